"""Write a text to standard output or to a file: whole or not at all, and never over what is not ours to replace."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from guiju.cli.codes import FILE_EXISTS, NEEDS_A_FILE, NOT_WRITABLE, OVER_ITS_INPUT
from guiju.cli.edge import argument, fail, wrong_call
from guiju.cli.help import option
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Language, Text
from guiju.dsl.source import Source, Span

_F = TypeVar("_F", bound=Callable[..., object])
_NO_FILE = Text("是设备、管道之类，不是普通文件", "a device or a pipe, no regular file")


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


def refuse_over_input(out: Path | None, inputs: Iterable[str | Path], language: Language) -> None:
    """End where what is to be written, be it by another name, is what the command reads."""
    for name in inputs:
        try:
            is_one = out is not None and out.samefile(name)
        except (OSError, ValueError):  # a bundled policy, or nothing there
            continue
        if is_one:
            wrong_call(Diagnostic(OVER_ITS_INPUT, argument("--out", str(out)), (("path", str(out)),)), language)


def write(content: str | bytes, path: Path | None, language: Language, *, replace: bool = False) -> None:
    """Print what was made, or write it to a file. `replace`: the file that is there is the one to be changed.

    A link stays one, its target is written; a file keeps its mode; a failed write leaves the old file.
    """
    if path is None:
        click.echo(content, nl=False)
        return
    target = refuse_unless_writable(path, language, replace=replace)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        _refuse(NOT_WRITABLE, path, error.strerror or str(error), language)


def refuse_unless_writable(path: Path, language: Language, *, replace: bool = False) -> Path:
    """The file that a path leads to; end where it cannot be written, best before the work that is to be kept in it."""
    target = Path(os.path.realpath(path))
    try:
        target.exists()
    except OSError as error:  # a name too long for the file system
        _refuse(NOT_WRITABLE, path, error.strerror or str(error), language)
    if target.exists() and not target.is_file():
        _refuse(NOT_WRITABLE, path, os.strerror(errno.EISDIR) if target.is_dir() else _NO_FILE, language)
    if target.exists() and not replace:
        _refuse(FILE_EXISTS, path, "", language)
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        _refuse(NOT_WRITABLE, path, os.strerror(errno.EACCES), language)
    if not target.parent.is_dir():
        _refuse(NOT_WRITABLE, path, os.strerror(errno.ENOENT), language)
    if not os.access(target.parent, os.W_OK):
        _refuse(NOT_WRITABLE, path, os.strerror(errno.EACCES), language)
    return target


def _refuse(code: Code, path: Path, reason: Argument, language: Language) -> NoReturn:
    arguments = (("path", str(path)), ("reason", reason))
    fail((Diagnostic(code, Span(Source(str(path), ""), 0, 0), arguments),), language)
