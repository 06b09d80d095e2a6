"""Standards by their ids, for all that one call of the command or of the Python API does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.spelling import is_name
from guiju.folders import kind, sibling
from guiju.kept.programs import program_of
from guiju.library import Loaded, bundled, load
from guiju.pins import Broken, crosswalk_findings
from guiju.vocabularies import SUFFIXES

STANDARD_GIVEN_TWICE = Code(
    "standard-given-twice",
    Severity.ERROR,
    Text("同一标准给了两个文件", "Two files of one standard"),
    Text("“{first}”和“{second}”都是标准“{standard}”", "`{first}` and `{second}` both are the standard `{standard}`"),
    Text("去掉其中一个，或改掉一个的编号", "leave one of them out, or give one another id"),
    Text("否则一次评价里会有同一标准的两个版本", "one assessment would hold two versions of a standard"),
)
LOOKUP_CODES: tuple[Code, ...] = (STANDARD_GIVEN_TWICE,)


class Given(NamedTuple):
    """A policy that the user named, and the folder that it lies in: None of a bundled one."""

    program: Program
    folder: Path | None


@dataclass(frozen=True)
class Standards:
    """Which standard an id means: one that was given, else one that lies beside any of them, else a bundled one."""

    given: tuple[Given, ...]

    def __call__(self, id_: str) -> Program | Broken | None:
        """The standard of an id; it can be of no use where its file has errors or holds another one."""
        found = next((given.program for given in self.given if given.program.id == id_), None)
        place = self._place(id_) if found is None and is_name(id_) else None
        return found if place is None else _read(id_, place)

    def loaded(self, id_: str) -> Loaded | None:
        """What was read for the standard of an id; None where it cannot be used."""
        given = next((given for given in self.given if given.program.id == id_), None)
        place = self._place(id_) if given is None and is_name(id_) else None
        if given is not None:
            place = id_ if given.folder is None else given.program.span.source.name
        found = None if place is None else load(place)
        return found if found and found.program is not None and found.program.id == id_ else None

    def _place(self, id_: str) -> str | None:
        folders = dict.fromkeys(given.folder for given in self.given if given.folder is not None)
        places = (f for folder in folders for f in (folder, sibling(folder, id_)))
        near = (place / f"{id_}{suffix}" for place in places for suffix in SUFFIXES)
        return next((str(path) for path in near if kind(path) == "file"), id_ if id_ in bundled() else None)

    def clashes(self) -> Iterator[Diagnostic]:
        """Given policies that are different files of one standard."""
        first: dict[str, Program] = {}
        for program, _ in self.given:
            other = first.setdefault(program.id, program)
            if other is not program:
                names = (("first", other.span.source.name), ("second", program.span.source.name))
                label = Label(other.span, Text("先给出的", "given first"))
                yield Diagnostic(STANDARD_GIVEN_TWICE, program.span, (*names, ("standard", program.id)), (label,))


def findings(loaded: Loaded, others: tuple[Given, ...] = ()) -> tuple[Diagnostic, ...]:
    """What is wrong with a policy, and with its crosswalks to other standards."""
    if loaded.program is None or not loaded.program.crosswalks:
        return loaded.diagnostics
    standards = Standards((Given(loaded.program, loaded.folder), *others))
    found = crosswalk_findings(loaded.program, standards, bundled())
    return (*loaded.diagnostics, *standards.clashes(), *found)


def _read(id_: str, place: str) -> Program | Broken:
    kept = program_of(place)
    if kept is None:
        return Broken(place, sum(d.is_error for d in load(place).diagnostics))
    return kept.program if kept.program.id == id_ else Broken(place, holds=kept.program.id)
