"""Programs by id or path, kept from one call to the next where nothing is wrong with them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.kept import files, store
from guiju.library import Place, load, place_of
from guiju.vocabularies import VocabularyFiles


class Kept(NamedTuple):
    """A program, and the folder that its policy lies in: None of a bundled one."""

    program: Program
    folder: Path | None


def program_of(name: str) -> Kept | None:
    """The program of a policy by id or path; None where there is none, and `load` says why."""
    if not files.is_on():
        return _compiled(name)
    with place_of(name) as place:
        return None if place is None else _program(name, place)


@lru_cache(maxsize=16)
def _program(name: str, place: Place) -> Kept | None:
    text = _text_in(place.path)
    if text is None:
        return None
    program = store.find(Source(place.shown, text), lambda name: VocabularyFiles(place.folder).source_of(name))
    return _compiled(name) if program is None else Kept(program, place.folder)


def _text_in(path: Path) -> str | None:
    """The text of a file as `exchange.text` reads it; what that one refuses was never kept, and is not looked for."""
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except (OSError, ValueError):
        return None


def _compiled(name: str) -> Kept | None:
    """Compiles a policy and keeps it."""
    from guiju.compiler.vocabularies import used_by

    loaded = load(name)
    if loaded.program is None or loaded.document is None:
        return None
    if files.is_on():
        texts = VocabularyFiles(loaded.folder)
        used = ((n, texts.source_of(n)) for n in dict.fromkeys(used_by(loaded.document)))
        store.keep(loaded.source, loaded.program, [(n, source) for n, source in used if source is not None])
    return Kept(loaded.program, loaded.folder)
