"""Tables beside a policy with columns of some name. A renaming changes no table, so whoever renames is told of them."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from guiju.folders import kind

_FORMS = (".csv", ".parquet", ".arrow", ".feather", ".arrows")


def tables_with(folder: Path, names: Collection[str]) -> tuple[str, ...]:
    """The tables of a folder and of those in it that have a column of one of the names, as seen from the folder."""
    found = sorted(path for shape in ("*", "*/*") for path in folder.glob(shape) if path.suffix.lower() in _FORMS)
    return tuple(path.relative_to(folder).as_posix() for path in found if not set(names).isdisjoint(_columns(path)))


def _columns(path: Path) -> Iterator[str]:
    """The columns of a table; none of one that cannot be read."""
    if kind(path) != "file":
        return
    if path.suffix.lower() == ".csv":
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from (name.strip() for name in next(csv.reader(file), []))
        except (OSError, ValueError, csv.Error):
            return
        return
    try:
        from guiju.batch.tables import Unreadable, opened
    except ImportError:  # without Arrow nobody here reads such a table
        return
    try:
        yield from opened(path).schema.names
    except (Unreadable, OSError):
        return
