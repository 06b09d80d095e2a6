"""Write a text to standard output or to a file: whole or not at all, and never over what is not ours to replace."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from guiju.cli.codes import FILE_EXISTS, NEEDS_A_FILE, NOT_WRITABLE, OVER_ITS_INPUT, UNKNOWN_FORM
from guiju.cli.edge import argument, fail, wrong_call
from guiju.cli.help import option
from guiju.dsl.diagnostic import Argument, Diagnostic, Language, Text
from guiju.dsl.source import Source, Span
from guiju.system_errors import NO_FILE, reason_numbered, reason_of

_F = TypeVar("_F", bound=Callable[..., object])
_INSTEAD = Text("写入此文件，不打印。", "Write to this file instead of printing.")
_REPLACE = Text("替换已有的文件。", "Replace a file that is there.")
_OR_REPLACE = Text("；加 --replace 则替换它", "; --replace writes over it")


def write_option(said: Text) -> Callable[[_F], _F]:
    """`--write`: change the file of a policy instead of printing."""
    return option("--write", "in_place", is_flag=True, said=said)


def out_option(said: Text = _INSTEAD, *, required: bool = False) -> Callable[[_F], _F]:
    """`-o FILE`: where what a command makes is written."""
    return option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", required=required, said=said)


def replace_option(function: _F) -> _F:
    """`--replace`: write over what is there."""
    return option("--replace", is_flag=True, said=_REPLACE)(function)


def file_of(policy: str, language: Language) -> Path:
    """The file of a policy, which a folder with one policy stands for; end where that is bundled, or not there."""
    from guiju.library import place_of

    with place_of(policy) as place:
        if place is None or place.folder is None:
            wrong_call(Diagnostic(NEEDS_A_FILE, argument("POLICY", policy), (("name", policy),)), language)
        return place.path


def refuse_over_input(language: Language, *outs: Path | None, option: str = "--out") -> None:
    """End where what is to be written, be it by another name, is what the command that runs reads.

    That is whatever else it was given, and the policies and vocabularies that lie beside a policy of these.
    """
    files = tuple(files_read(*outs))
    for out in outs:
        if out is not None and any(_is_one(out, file) for file in files):
            wrong_call(Diagnostic(OVER_ITS_INPUT, argument(option, str(out)), (("path", str(out)),)), language)


def files_read(*outs: Path | None) -> Iterator[Path]:
    """The files that the command which runs was given beside these, or that lie beside a policy of these."""
    given = (value for value in click.get_current_context().params.values() if not any(value is out for out in outs))
    texts = (text for value in given for text in (value if isinstance(value, tuple) else (value,)))
    yield from (file for text in texts if isinstance(text, str | Path) for file in _read_for(Path(text)))


def _read_for(given: Path) -> Iterator[Path]:
    """A file with those that may be read for it; those of a folder."""
    from guiju.folders import kind
    from guiju.vocabularies import files_near, policies_in

    if kind(given) == "file":
        yield given
    if kind(given) == "folder" or given.suffix in (".guiju", ".md"):
        folder = given if kind(given) == "folder" else given.parent
        yield from (*files_near(folder), *policies_in(folder))


def _is_one(out: Path, file: Path) -> bool:
    try:
        return out.samefile(file)
    except (OSError, ValueError):  # nothing there
        return False


def write(
    content: str | bytes, path: Path | None, language: Language, *, replace: bool = False, private: bool = False
) -> None:
    """Print what was made, or write it to a file. `replace`: the file that is there is the one to be changed.

    `private`: none but its owner can read it, from the start. A link stays one, its target is written; a file keeps its
    mode; a failed write leaves the old file.
    """
    if path is None:
        click.echo(content, nl=False)
        return
    target = refuse_unless_writable(path, language, replace=replace)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(beside, "xb", opener=_for_its_owner if private else None) as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        refuse_writing(path, error, language)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def refuse_unless_a_place_of_cases(path: Path, language: Language) -> None:
    """End where a file cannot be written, even if a folder `cases` is made for it."""
    from guiju.examples import FOLDER

    is_made = path.parent.name == FOLDER and not path.parent.exists() and path.parent.parent.is_dir()
    if not is_made:
        refuse_unless_writable(path, language)
    elif not os.access(path.parent.parent, os.W_OK):
        refuse_writing(path, reason_numbered(errno.EACCES), language)


def make_folder(folder: Path, language: Language) -> None:
    """Have a folder, with those above it; end where there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse_writing(folder, error, language)


def file_exists(path: Path) -> Diagnostic:
    """That something is there, and what the command that runs can do about it."""
    context = click.get_current_context(silent=True)
    can = context is not None and any(option.name == "replace" for option in context.command.params)
    arguments = (("path", str(path)), ("or_replace", _OR_REPLACE if can else ""))
    return Diagnostic(FILE_EXISTS, Span(Source(str(path), ""), 0, 0), arguments)


def refuse_unless_writable(path: Path, language: Language, *, replace: bool = False) -> Path:
    """The file that a path leads to; end where it cannot be written, best before the work that is to be kept in it."""
    target = Path(os.path.realpath(path))
    try:
        target.exists()
    except OSError as error:  # a name too long for the file system
        refuse_writing(path, error, language)
    if target.exists() and not target.is_file():
        refuse_writing(path, reason_numbered(errno.EISDIR) if target.is_dir() else NO_FILE, language)
    if target.exists() and not replace:
        fail((file_exists(path),), language)
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        refuse_writing(path, reason_numbered(errno.EACCES), language)
    if not target.parent.is_dir():
        refuse_writing(path, reason_numbered(errno.ENOENT), language)
    if not os.access(target.parent, os.W_OK):
        refuse_writing(path, reason_numbered(errno.EACCES), language)
    return target


def refuse_other_form(path: Path, known: tuple[str, ...], language: Language, *, option: str = "--out") -> None:
    """End where the name of a file does not end as that of what is written, such as `.xlsx`."""
    if path.suffix.lower() not in known:
        arguments = (("file", str(path)), ("known", ", ".join(known)))
        wrong_call(Diagnostic(UNKNOWN_FORM, argument(option, str(path)), arguments), language)


def refuse_writing(path: Path, reason: OSError | Argument, language: Language) -> NoReturn:
    """End with why nothing can be written there."""
    told = reason_of(reason) if isinstance(reason, OSError) else reason
    fail(
        (Diagnostic(NOT_WRITABLE, Span(Source(str(path), ""), 0, 0), (("path", str(path)), ("reason", told))),),
        language,
    )
