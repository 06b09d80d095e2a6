"""Mendings -> the minimal sets of clauses that stand in the way: as lines, for a page, and as part of `why-not/1`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Fact
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import standing_below
from guiju.engine.reasoning.changes import Aim, wanted_from
from guiju.engine.reasoning.mending import Mendings, mendings
from guiju.engine.reasoning.remedy import Part, parts_of
from guiju.engine.reasoning.why_not import WhyNot
from guiju.report.explanation_model import MendingPartModel, MendingsModel
from guiju.report.layout import wrapped
from guiju.report.words import word

MOST_TOLD, MOST_LISTED, MOST_NAMES = 8, 200, 12

#: a line in pieces, each with the id of the clause that it names, or ""
Pieces: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldMendings:
    """What there is to mend, in words: how many sets there are, the first of them, and what else is to be known."""

    heading: str
    sets: tuple[Pieces, ...] = ()
    after: tuple[str, ...] = ()


def mendings_of(assessment: Assessment, outcome: str, answer: WhyNot) -> Mendings | None:
    """What would mend it; None where nothing has to be mended, or where nothing does as long as an input is open."""
    found = mendings(Aim(assessment, outcome, wanted_from(assessment, outcome, answer.value)))
    is_open = not found.counts and found.complete and bool(answer.lacks)
    return None if answer.holds is True or 0 in found.counts or is_open else found


def mending_lines(assessment: Assessment, found: Mendings, level: str, language: Language) -> Iterator[str]:
    """How many sets there are, and the first ones; where there is none, what looks further."""
    told = told_mendings(assessment, found, level, language)
    sets = ("  " + "".join(text for text, _ in pieces) for pieces in told.sets)
    return (piece for line in (told.heading, *sets, *told.after) for piece in wrapped(line))


def told_mendings(assessment: Assessment, found: Mendings, level: str, language: Language) -> ToldMendings:
    """The same in parts."""
    if not found.counts and not found.complete:
        return ToldMendings(word("mending-unknown", language))
    if not found.counts:
        return ToldMendings(f"{word('mending-none', language)}; {word('mending-facts', language, level=level)}")
    selections = list(islice(_selections(found), MOST_TOLD + 1))
    shared = _shared(selections[:MOST_TOLD]) if len(selections) > 1 else ()
    sets = [_told(assessment, tuple(_without(parts, shared)), language) for parts in selections[:MOST_TOLD]]
    if shared:
        part = Part(len(shared), tuple((a,) for a in shared))
        sets.insert(0, ((f"{word('mending-shared', language)}: ", ""), *_told(assessment, (part,), language)))
    if len(selections) > MOST_TOLD:
        sets.append(((word("mending-more", language, most=MOST_LISTED, level=level), ""),))
    after = []
    if _may_bring_in_others(assessment, {a for parts in selections for part in parts for a in part.addresses}):
        after.append(word("mending-brings", language, level=level))
    return ToldMendings(_how_many(found, language), tuple(sets), tuple(after))


def _how_many(found: Mendings, language: Language) -> str:
    """How many sets there are, and of how many clauses."""
    number = sum(found.counts.values())
    if number == 1 and found.complete:
        size = next(iter(found.counts))
        return word("mending-one", language) if size == 1 else word("mending", language, size=size)
    sizes = [word("mending-size", language, size=s, sets=n) for s, n in sorted(found.counts.items())]
    more = [f"… +{len(sizes) - MOST_NAMES}"] if len(sizes) > MOST_NAMES else []
    told = ", ".join([*sizes[:MOST_NAMES], *more])
    return word("mending-sets" if found.complete else "mending-least", language, sets=number, sizes=told)


def _may_bring_in_others(assessment: Assessment, clauses: set[str]) -> bool:
    """Whether what some clauses stand on also says which clauses apply: the sets leave that as it is."""
    network = assessment.network

    def facts(tops: Iterable[int]) -> set[int]:
        found = standing_below(network.nodes, assessment.values, tops)
        return {i for i in found if isinstance(network.nodes[i].subject, Fact)}

    applying = (c for c in assessment.program.clauses if c.applies is not None)
    asked = facts(network.node(f"clause:{c.id}").operands[0] for c in applying)
    return not asked.isdisjoint(facts(network.at[a] for a in clauses))


def _shared(selections: list[tuple[Part, ...]]) -> tuple[str, ...]:
    """The clauses that are in every set of some selections."""
    needed = [[a for part in parts if part.is_whole for a in part.addresses] for parts in selections]
    return tuple(a for a in needed[0] if all(a in those for those in needed[1:]))


def _without(parts: tuple[Part, ...], shared: tuple[str, ...]) -> Iterator[Part]:
    for part in parts:
        of = tuple(t for t in part.of if not part.is_whole or set(t).isdisjoint(shared))
        if of:
            yield Part(min(part.number, len(of)), of)


def mendings_model(found: Mendings) -> MendingsModel:
    """The sets as programs read them."""
    selections = list(islice(_selections(found), MOST_LISTED + 1))
    return MendingsModel(
        counts={str(size): number for size, number in sorted(found.counts.items())},
        complete=found.complete,
        listed=found.complete and len(selections) <= MOST_LISTED,
        selections=[[_part(part) for part in parts] for parts in selections[:MOST_LISTED]],
    )


def _selections(found: Mendings) -> Iterator[tuple[Part, ...]]:
    return (parts for selection in found.selections() for parts in parts_of(selection))


def _part(part: Part) -> MendingPartModel:
    return MendingPartModel(number=part.number, of=[a.removeprefix("clause:") for a in part.addresses])


def _told(assessment: Assessment, parts: tuple[Part, ...], language: Language) -> Pieces:
    """A selection in one line: what failed apart from what was not shown."""
    told: list[tuple[str, str]] = []
    for i, part in enumerate(parts):
        if i:
            told.append(("; ", ""))
        if part.number < len(part.of):
            told.append((f"{word('any-of', language, number=part.number, of=len(part.of))}: ", ""))
        clauses = [a.removeprefix("clause:") for a in part.addresses]
        open_ = [c for c in clauses if assessment.clauses[c].verdict is UNKNOWN]
        failed = [c for c in clauses if c not in open_]
        told += _names(assessment, failed, word("failed", language))
        told += [(", ", "")] if failed and open_ else []
        told += _names(assessment, open_, word("not-shown", language))
    return tuple(told)


def _names(assessment: Assessment, clauses: list[str], state: str) -> Iterator[tuple[str, str]]:
    """The names of some clauses behind what is the matter with them; nothing where there are none."""
    for i, clause in enumerate(clauses[:MOST_NAMES]):
        yield (", " if i else f"{state} ", "")
        yield (assessment.program.clause[clause].printed, clause)
    if len(clauses) > MOST_NAMES:
        yield (f", … +{len(clauses) - MOST_NAMES}", "")
