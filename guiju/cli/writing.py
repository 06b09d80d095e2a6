"""Write a text to standard output or to a file: whole or not at all, and never over what is not ours to replace."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from guiju.cli.codes import FILE_EXISTS, NEEDS_A_FILE, NOT_WRITABLE
from guiju.cli.edge import argument, fail, wrong_call
from guiju.cli.help import option
from guiju.dsl.diagnostic import Code, Diagnostic, Language, Text
from guiju.dsl.source import Source, Span

_F = TypeVar("_F", bound=Callable[..., object])


def write_option(said: Text) -> Callable[[_F], _F]:
    """`--write`: change the file of a policy instead of printing."""
    return option("--write", "in_place", is_flag=True, said=said)


out_option = option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    said=Text("写入此文件，不打印。", "Write to this file instead of printing."),
)


def refuse_unless_a_file(policy: str, language: Language) -> None:
    """End where what is to be written is bundled, or not there."""
    if not Path(policy).is_file():
        wrong_call(Diagnostic(NEEDS_A_FILE, argument("POLICY", policy), (("name", policy),)), language)


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
