"""Mendings -> the minimal sets of clauses that stand in the way, as lines and as part of `why-not/1`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from guiju.compiler.ir import UNKNOWN, Fact
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.changes import Aim, standing_below, wanted_from
from guiju.engine.reasoning.mending import Mendings, mendings
from guiju.engine.reasoning.remedy import Part, parts_of
from guiju.engine.reasoning.why_not import WhyNot
from guiju.report.explanation_model import MendingPartModel, MendingsModel
from guiju.report.layout import wrapped
from guiju.report.words import word

MOST_TOLD, MOST_LISTED, MOST_NAMES = 8, 200, 12


def mendings_of(assessment: Assessment, outcome: str, answer: WhyNot) -> Mendings | None:
    """What would mend it; None where nothing has to be mended, or where nothing does as long as an input is open."""
    found = mendings(Aim(assessment, outcome, wanted_from(assessment, outcome, answer.value)))
    is_open = not found.counts and found.complete and bool(answer.lacks)
    return None if answer.holds is True or 0 in found.counts or is_open else found


def mending_lines(assessment: Assessment, found: Mendings, level: str, language: Language) -> Iterator[str]:
    """How many sets there are, and the first ones; where there is none, what looks further."""
    return (piece for line in _lines(assessment, found, level, language) for piece in wrapped(line))


def _lines(assessment: Assessment, found: Mendings, level: str, language: Language) -> Iterator[str]:
    if not found.counts and not found.complete:
        yield word("mending-unknown", language)
        return
    if not found.counts:
        yield f"{word('mending-none', language)}; {word('mending-facts', language, level=level)}"
        return
    yield _how_many(found, language)
    selections = list(islice(_selections(found), MOST_TOLD + 1))
    shared = _shared(selections[:MOST_TOLD]) if len(selections) > 1 else ()
    if shared:
        part = Part(len(shared), tuple((a,) for a in shared))
        yield f"  {word('mending-shared', language)}: {_told(assessment, (part,), language)}"
    for parts in selections[:MOST_TOLD]:
        yield f"  {_told(assessment, tuple(_without(parts, shared)), language)}"
    if len(selections) > MOST_TOLD:
        yield f"  {word('mending-more', language, most=MOST_LISTED)}"
    if _may_bring_in_others(assessment, {a for parts in selections for part in parts for a in part.addresses}):
        yield word("mending-brings", language, level=level)


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


def _told(assessment: Assessment, parts: tuple[Part, ...], language: Language) -> str:
    """A selection in one line: what failed apart from what was not shown."""
    told = []
    for part in parts:
        clauses = [a.removeprefix("clause:") for a in part.addresses]
        open_ = [c for c in clauses if assessment.clauses[c].verdict is UNKNOWN]
        failed = [c for c in clauses if c not in open_]
        listed = [
            f"{word(key, language)} {_names(assessment, those)}"
            for key, those in (("failed", failed), ("not-shown", open_))
            if those
        ]
        any_of = f"{word('any-of', language, number=part.number, of=len(part.of))}: "
        told.append(f"{any_of if part.number < len(part.of) else ''}{', '.join(listed)}")
    return "; ".join(told)


def _names(assessment: Assessment, clauses: list[str]) -> str:
    names = [assessment.program.clause[c].printed for c in clauses]
    more = [f"… +{len(names) - MOST_NAMES}"] if len(names) > MOST_NAMES else []
    return ", ".join([*names[:MOST_NAMES], *more])
