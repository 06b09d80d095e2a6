"""Names that stand for several nodes: a clause with items of its own, a group, a family of scores, a level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiju.compiler.ir import Clause, Definition, Group, Program
from guiju.dsl.diagnostic import Text
from guiju.exchange.families import family_text

_LAST_LETTER, _LAST_MARK = re.compile(r" \w+\)$"), re.compile(r" \w+\)$|-\d+$")
CLAUSE = "clauses:"  # what the address of a clause with items begins with: it is no clause of its own


@dataclass(frozen=True)
class Gathering:
    """Several nodes under one name."""

    address: str
    names: tuple[str, ...]
    title: Text
    addresses: tuple[str, ...]

    @property
    def is_clause(self) -> bool:
        """Whether these are the leaves of a clause."""
        return self.address.startswith(CLAUSE)


def gathering(program: Program, readings: Mapping[str, str], address: str) -> Gathering:
    """The gathering at an address."""
    return next(g for g in gatherings(program, readings) if g.address == address)


def gatherings(program: Program, readings: Mapping[str, str]) -> Iterator[Gathering]:
    """All gatherings of a program; the clauses in them are the items under some readings."""
    items = program.items(readings)
    for gathered in (*_clauses(items), *_groups(program, items), *_families(program), *_levels(program)):
        if gathered.addresses:
            yield gathered


def _clauses(items: tuple[Clause, ...]) -> Iterator[Gathering]:
    """Clauses that have items of their own: `6.1.1 e)` of `6.1.1 e) 1)`, `5.3-4` of `5.3-4-1`."""
    below: dict[tuple[str, str], list[str]] = {}
    for clause in items:
        for above in ((clause.id, clause.printed), *_above(clause)) if clause.item_under else _above(clause):
            below.setdefault(above, []).append(f"clause:{clause.id}")
    for (id_, printed), addresses in below.items():
        yield Gathering(f"{CLAUSE}{id_}", (id_, printed), Text(printed, printed), tuple(addresses))


def _above(clause: Clause) -> Iterator[tuple[str, str]]:
    """The clauses above a leaf, innermost first: their ids, and how they are printed."""
    id_, printed = clause.id, clause.printed
    in_group = printed.startswith(clause.group)  # else its number, such as `8-1`, is its own and has no marks in it
    while found := (_LAST_MARK if in_group else _LAST_LETTER).search(printed):
        id_, printed = id_[: max(id_.rfind("."), id_.rfind("-"))], printed[: found.start()]
        if printed == clause.group:
            return
        yield id_, printed


def _groups(program: Program, items: tuple[Clause, ...]) -> Iterator[Gathering]:
    """A group: its scores and grades, those of the groups in it, and its own clauses."""
    for group in program.groups:
        inside = [group.id, *(g.id for g in program.groups if g.parent == group.id)]
        shown = [d.id for g in inside for d in program.definitions if d.shown and d.group == g and _is_told(d)]
        clauses = [f"clause:{c.id}" for c in items if c.group == group.id]
        yield Gathering(f"group:{group.id}", _names(group), _titled(group), (*shown, *clauses))


def _families(program: Program) -> Iterator[Gathering]:
    for family in dict.fromkeys(d.family for d in program.definitions if d.shown and _is_told(d)):
        shown = tuple(d.id for d in program.definitions if d.shown and _is_told(d) and d.family == family)
        label = family_text(program, family)
        if shown != (family,):
            yield Gathering(f"family:{family}", (family, label.zh, label.en), _both(family, label), shown)


def _levels(program: Program) -> Iterator[Gathering]:
    """A level: every score at it."""
    for level in program.levels:
        shown = tuple(d.id for d in program.definitions if d.shown and _is_told(d) and d.level == level.id)
        names = (level.id, *level.aliases, level.label.zh, level.label.en)
        yield Gathering(f"level:{level.id}", names, _both(level.id, level.label), shown)


def _is_told(d: Definition) -> bool:
    return d.kind in ("score", "grade")


def _names(group: Group) -> tuple[str, ...]:
    return (group.id, *group.aliases, group.label.zh, group.label.en)


def _titled(group: Group) -> Text:
    return _both(group.id, group.label)


def _both(name: str, label: Text) -> Text:
    return Text(*(text if text == name else f"{name} {text}" for text in (label.zh, label.en)))
