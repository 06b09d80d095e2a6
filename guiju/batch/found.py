"""The tables that a path means, and what a folder holds beside them that is not read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from guiju.batch import codes
from guiju.batch.heading import few
from guiju.batch.tables import FORMS, Table, Unreadable, opened
from guiju.dsl.diagnostic import Argument, Code, Diagnostic
from guiju.dsl.source import Source, Span
from guiju.exchange.codes import FILE_NOT_FOUND
from guiju.system_errors import reason_of

_KNOWN = ", ".join(FORMS)
_HIDDEN = (".", "_")  # what names begin with that a program has for itself


def found_at(path: Path) -> tuple[tuple[Table, ...], tuple[Diagnostic, ...]]:
    """The tables that a path means: the file, or those in the folder and below it, in the order of their names."""
    try:
        if not path.is_dir() and path.suffix.lower() not in FORMS:
            code = codes.UNKNOWN_TABLE if path.exists() else FILE_NOT_FOUND
            return (), (_about(code, path, known=_KNOWN),)
        files, left_out = _in_folder(path) if path.is_dir() else ([path], [])
    except OSError as error:  # a name too long for the file system, a folder that may not be looked into
        return (), (_about(codes.DAMAGED_TABLE, Path(error.filename or path), reason=reason_of(error)),)
    if not files:
        return (), (_about(codes.NO_TABLE, path, known=_KNOWN),)
    tables: list[Table] = []
    wrong: list[Diagnostic] = list(_twice(files))
    if left_out:
        names = [str(other.relative_to(path)) for other in left_out]
        wrong.append(_about(codes.NOT_READ, path, number=len(names), names=few(names), known=_KNOWN))
    for file in files:
        try:
            tables.append(opened(file))
        except Unreadable as error:
            wrong.append(error.diagnostic)
    return tuple(tables), tuple(wrong)


def _in_folder(top: Path) -> tuple[list[Path], list[Path]]:
    """The tables, links that lead nowhere with them, and what else may be taken for one or may hold one."""
    tables: list[Path] = []
    others: list[Path] = []
    for at, folders, files in os.walk(top, onerror=_refuse):
        others += (path for path in (Path(at, name) for name in folders) if path.is_symlink())
        for path in (Path(at, name) for name in files):
            is_hidden = any(part.startswith(_HIDDEN) for part in path.relative_to(top).parts)
            is_table = path.suffix.lower() in FORMS
            if is_table and not is_hidden and (path.is_file() or not path.exists()):
                tables.append(path)
            elif is_table or not is_hidden:
                others.append(path)
    return sorted(tables), sorted(others)


def _refuse(error: OSError) -> NoReturn:
    raise error


def _twice(files: Iterable[Path]) -> Iterator[Diagnostic]:
    """The files that differ from one before in nothing but the form that their names end with."""
    seen: dict[Path, Path] = {}
    for file in files:
        first = seen.setdefault(file.with_suffix(""), file)
        if first is not file:
            yield _about(codes.TABLE_TWICE, file, first=str(first), second=str(file))


def _about(code: Code, path: Path, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, Span(Source(str(path), ""), 0, 0), (("path", str(path)), *arguments.items()))
