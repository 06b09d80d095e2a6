"""The user's cache folder: one file for each compiled policy, named by all that it was compiled from.

What cannot be read, was changed or is of another version counts as no file: the policy is compiled anew and its file
written over. Nobody is told, since nothing is lost. `GUIJU_NO_CACHE` in the environment switches it off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from guiju import __version__
from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.kept.form import NotWritableError, read, written

NO_CACHE = "GUIJU_NO_CACHE"
FORM = "kept-program/1"
MOST_FILES = 64

#: a vocabulary by its name in the policy, and its text
Vocabulary = tuple[str, Source]


def is_on() -> bool:
    """Whether anything is kept."""
    return not os.environ.get(NO_CACHE)


def find(policy: Source, vocabulary: Callable[[str], Source | None]) -> Program | None:
    """The kept program of a policy's text, where the vocabularies that it uses have the texts that they had."""
    data = _checked(policy)
    if data is None:
        return None
    # whatever is wrong with it, the policy itself can still be compiled
    with suppress(Exception):
        sources = [policy]
        for name, digest in data["vocabularies"]:
            source = vocabulary(name)
            if source is None or _digest_of(source) != digest:
                return None
            sources.append(source)
        return read(data["program"], sources)
    return None


def keep(policy: Source, program: Program, vocabularies: Sequence[Vocabulary]) -> None:
    """Write a program, as far as the system lets it be written."""
    sources = [policy, *(source for _, source in vocabularies)]
    try:
        table = written(program, sources)
    except NotWritableError:
        return
    data = {
        "form": FORM,
        "key": _key(policy),
        "vocabularies": [[name, _digest_of(source)] for name, source in vocabularies],
        "program": table,
    }
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        _write(_file(policy), sha256(body).hexdigest().encode() + b"\n" + body)


def _checked(policy: Source) -> dict[str, Any] | None:
    """What the file of a policy holds, if it is what was written for this very text by this very version."""
    try:
        head, _, body = _file(policy).read_bytes().partition(b"\n")
        if head != sha256(body).hexdigest().encode():
            return None
        data = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    is_ours = isinstance(data, dict) and data.get("form") == FORM and data.get("key") == _key(policy)
    return data if is_ours else None


def _file(policy: Source) -> Path:
    return _folder() / f"{_key(policy)}.json"


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("guiju") / "programs"


def _key(policy: Source) -> str:
    """The digest of everything but the vocabularies that a program comes from: its text and name, and the compiler."""
    return _digest(f"{FORM}\0{_compiler()}\0{policy.name}\0{policy.text}")


def _digest_of(source: Source) -> str:
    return _digest(f"{source.name}\0{source.text}")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _compiler() -> str:
    """Tells one compiler from the next: its version, and the state of its files, which change without one."""
    import guiju.compiler
    import guiju.dsl

    states = []
    for package in (guiju.compiler, guiju.dsl):
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            with suppress(OSError):
                found = file.stat()
                states.append(f"{file.name} {found.st_size} {found.st_mtime_ns}")
    return _digest("\n".join((__version__, *states)))


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
