"""Compiled policies in the user's cache folder: one file for each, named by all that it was compiled from.

What cannot be used is compiled anew and its file written over. A program that came from here or went there is known by
what its file holds, so that what is made of it can be kept as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.kept import files
from guiju.kept.form import NotWritableError, read, written

FORM = "kept-program/1"

#: a vocabulary by its name in the policy, and its text
Vocabulary = tuple[str, Source]

_digests: WeakKeyDictionary[Program, str] = WeakKeyDictionary()


def find(policy: Source, vocabulary: Callable[[str], Source | None]) -> Program | None:
    """The kept program of a policy's text, where the vocabularies that it uses have the texts that they had."""
    key = _key(policy)
    data = files.find(_file(key), key)
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
        program = read(data["program"], sources)
        _digests[program] = _digest_of_all(key, data["vocabularies"])
        return program
    return None


def keep(policy: Source, program: Program, vocabularies: Sequence[Vocabulary]) -> None:
    """Write a program, as far as the system lets it be written."""
    sources = [policy, *(source for _, source in vocabularies)]
    try:
        table = written(program, sources)
    except NotWritableError:
        return
    key, used = _key(policy), [[name, _digest_of(source)] for name, source in vocabularies]
    files.keep(_file(key), key, {"vocabularies": used, "program": table})
    _digests[program] = _digest_of_all(key, used)


def digest_of(program: Program) -> str | None:
    """What tells a program from every other; None of one that was not kept, such as one that was altered since."""
    return _digests.get(program)


def _digest_of_all(key: str, vocabularies: Sequence[Sequence[str]]) -> str:
    return files.digest("\0".join((key, *(part for row in vocabularies for part in row))))


def _file(key: str) -> Path:
    return _folder() / f"{key}.json"


def _folder() -> Path:
    return files.folder() / "programs"


def _key(policy: Source) -> str:
    """The digest of everything but the vocabularies that a program comes from: its text and name, and the compiler."""
    return files.digest(f"{FORM}\0{_compiler()}\0{policy.name}\0{policy.text}")


def _digest_of(source: Source) -> str:
    return files.digest(f"{source.name}\0{source.text}")


@lru_cache(maxsize=1)
def _compiler() -> str:
    import guiju.compiler
    import guiju.dsl
    import guiju.kept

    return files.state_of(guiju.compiler, guiju.dsl, guiju.kept)
