"""What a policy settled where its standard leaves room, and on which a result may depend: the records that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guiju.compiler.ir import Definition, Program, Record
from guiju.compiler.review.records import shown_as
from guiju.dsl.diagnostic import Language, Text
from guiju.report.gatherings import gatherings
from guiju.report.words import word

_MOST_PLACES = 3  # of a record beside a line; of more the one that the line stands at


@dataclass(frozen=True)
class Settled:
    """A record beside what it bears on: `cites` is where the standard leaves room.

    `is_of_clause`: it names the clause itself, and is told there however often it is told elsewhere.
    """

    record: Record
    cites: str
    is_of_clause: bool


def settled(program: Program) -> tuple[Record, ...]:
    """The records that name what would be judged or counted otherwise; what is not encoded stands by itself."""
    return tuple(r for r in program.records if r.affects and r.kind != "not-encoded")


def title_of(record: Record) -> Text:
    """What a record is about."""
    return shown_as(record.kind, record.id, record.label)


def why(record: Record, language: Language) -> str:
    """How it was settled, and why so; of a record that does not say it, all that it says."""
    texts = dict(record.properties)
    told = [texts["why"]] if "why" in texts else texts.values()
    return " ".join(text.in_language(language) for text in told)


def settled_line(program: Program, language: Language) -> str:
    """How much was settled, and where it is told; "" where nothing was."""
    number = len(settled(program))
    return word("settled-number", language, number=number) if number else ""


@lru_cache(maxsize=8)
def settled_beside(program: Program) -> Mapping[str, tuple[Settled, ...]]:
    """What was settled, by the address of the clause, or the id of the whole definition, that it bears on."""
    found: dict[str, dict[str, Settled]] = {}
    for record in settled(program):
        for place in record.affects.split(", "):
            is_of_clause, names = _borne_by(program, place)
            told = Settled(record, _cited(record, place), is_of_clause)
            for name in names:
                found.setdefault(name, {}).setdefault(record.id, told)
    return {name: tuple(told.values()) for name, told in found.items()}


def _cited(record: Record, place: str) -> str:
    places = record.cites.split(", ") if record.cites else []
    return place if not places or (len(places) > _MOST_PLACES and place in places) else record.cites


def _borne_by(program: Program, place: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a place is that of clauses, and what has it.

    Clauses first, then the scores that cite it, whatever else does, the leaves of a clause, the scores of groups; what
    none of these has bears on the outcomes, which stand on all of it.
    """
    clauses = {c.printed: f"clause:{c.id}" for c in program.clauses}
    if names := _of_places(clauses, place):
        return True, names
    return False, next(filter(None, _elsewhere(program, place)), program.outcomes)


def _elsewhere(program: Program, place: str) -> Iterator[tuple[str, ...]]:
    citing = [d for d in program.definitions if place in d.cites.split(", ")]
    yield _wholes(d for d in citing if d.kind in ("score", "grade"))
    yield _wholes(citing)
    for gathered in gatherings(program, program.defaults):
        if gathered.is_clause and place in gathered.names:
            yield gathered.addresses
    groups = _of_places({g.id: g.id for g in program.groups}, place)
    yield _wholes(d for d in program.definitions if d.group in groups and d.kind in ("score", "grade"))


def _wholes(definitions: Iterable[Definition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d.whole for d in definitions))


def _of_places(named: Mapping[str, str], place: str) -> tuple[str, ...]:
    """What stands at a place, or from the first to the last of a range, in the order of the text.

    An end of a range may be a clause with others below it, which are in the range, too.
    """
    first, to, last = place.partition("~")
    if not to:
        return (named[place],) if place in named else ()
    printed = tuple(named)
    begin, end = (_at_or_below(printed, p) for p in (first, last))
    end = end or _at_or_below(printed, f"{first.rpartition(' ')[0]} {last}")
    return tuple(named[p] for p in printed[begin[0] : end[-1] + 1]) if begin and end else ()


def _at_or_below(printed: Sequence[str], place: str) -> list[int]:
    """Where a place stands, or what is below it: of a section, which is no clause, nothing is."""
    is_clause = place.endswith(")") or place in printed
    return [i for i, p in enumerate(printed) if is_clause and (p == place or p.startswith((f"{place} ", f"{place}-")))]
