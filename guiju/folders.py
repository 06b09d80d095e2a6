"""What lies in and beside a folder, told without an exception where the system cannot look."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def kind(path: Path) -> Literal["folder", "file", "other"] | None:
    """What there is at a path; None also where the system cannot even look, as for a name that is too long.

    "other" is a pipe, a socket or a device: whoever reads one may wait for ever.
    """
    try:
        return "folder" if path.is_dir() else "file" if path.is_file() else "other" if path.exists() else None
    except (OSError, ValueError):
        return None


def files_named(folder: Path, *endings: str) -> tuple[Path, ...]:
    """What a folder has by names that end so, in small letters or capital ones, in the order of the names."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.name.lower().endswith(endings)))
    except OSError:
        return ()


def sibling(folder: Path, name: str) -> Path:
    """The folder of a name beside this one.

    >>> sibling(Path("policies/demo"), "vocabulary").as_posix(), sibling(Path(), "vocabulary").as_posix()
    ('policies/vocabulary', '../vocabulary')
    """
    return folder / ".." / name if folder.name in ("", "..") else folder.parent / name


def version(path: Path) -> tuple[int, ...]:
    """Tells one file from another and one state of it from the next; () of one that cannot be reached."""
    try:
        found = path.stat()
    except (OSError, RuntimeError):
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
