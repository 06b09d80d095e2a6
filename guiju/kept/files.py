"""Files in the user's cache folder: data behind its checksum, under a key that names all that it was made of.

What cannot be read, was changed, has another key or may be written by others counts as no file, and nobody is told,
since nothing is lost. A checksum finds damage; it keeps nobody out who may write as the user.
`GUIJU_NO_CACHE` in the environment switches all of it off.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from guiju import __version__

NO_CACHE = "GUIJU_NO_CACHE"
_OTHERS_WRITE = 0o022
MOST_FILES = 64  # in a folder; beyond that the oldest make room


def is_on() -> bool:
    """Whether anything is kept."""
    return not os.environ.get(NO_CACHE)


def folder() -> Path:
    """The user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("guiju")


def find(file: Path, key: str) -> dict[str, Any] | None:
    """What a file holds, if it is what was written under this very key."""
    try:
        if not _is_ours(file):
            return None
        head, _, body = file.read_bytes().partition(b"\n")
        if head != sha256(body).hexdigest().encode():
            return None
        data = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and data.get("key") == key else None


def keep(file: Path, key: str, data: dict[str, Any]) -> None:
    """Write data, as far as the system lets it be written."""
    body = json.dumps({"key": key} | data, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        _write(file, sha256(body).hexdigest().encode() + b"\n" + body)


def digest(text: str) -> str:
    """What tells a text from every other."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def state_of(*packages: ModuleType) -> str:
    """Tells the code of some packages from what it was: its version, and its files, which change without one."""
    states = []
    for package in packages:
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            with suppress(OSError):
                found = file.stat()
                states.append(f"{file.name} {found.st_size} {found.st_mtime_ns}")
    return digest("\n".join((__version__, *states)))


def _is_ours(file: Path) -> bool:
    """Whether nobody but the user, who may change the program as well, can have written a file."""
    state = file.stat()
    return not hasattr(os, "getuid") or (state.st_uid in (os.getuid(), 0) and not state.st_mode & _OTHERS_WRITE)


def _write(path: Path, data: bytes) -> None:
    """Put a file in place in one step; the oldest of too many make room."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    files = sorted(path.parent.glob("*.json"), key=lambda f: f.stat().st_mtime)
    for old in files[:-MOST_FILES]:
        old.unlink(missing_ok=True)
