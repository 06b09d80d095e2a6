"""Write a text to standard output or to a file: whole or not at all, and never over what is not ours to replace."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from guiju.cli.codes import FILE_EXISTS, NOT_WRITABLE
from guiju.cli.edge import fail
from guiju.dsl.diagnostic import Code, Diagnostic, Language
from guiju.dsl.source import Source, Span


def write(text: str, path: Path | None, language: Language, *, replace: bool = False) -> None:
    """Print a text, or write it to a file. `replace`: the file that is there is the one to be changed.

    A link stays one, its target is written; a file keeps its mode; a failed write leaves the old file.
    """
    if path is None:
        click.echo(text, nl=False)
        return
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        _refuse(NOT_WRITABLE, path, os.strerror(errno.EISDIR), language)
    if target.exists() and not replace:
        _refuse(FILE_EXISTS, path, "", language)
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        _refuse(NOT_WRITABLE, path, os.strerror(errno.EACCES), language)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        _refuse(NOT_WRITABLE, path, error.strerror or str(error), language)


def _refuse(code: Code, path: Path, reason: str, language: Language) -> NoReturn:
    arguments = (("path", str(path)), ("reason", reason))
    fail((Diagnostic(code, Span(Source(str(path), ""), 0, 0), arguments),), language)
