"""Satisfying one more clause never lowers the outcome: not of any two subjects that differ in that clause alone.

Of grades, a level is above those listed before it, and every level above `none`; results of a grade's own have no
order, so nothing is claimed of a grade that has some. A number may count what is good or what is bad: of that it is
claimed that a clause never moves it both ways. To lose its value is lower than all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from guiju.compiler.ir import NumberType
from guiju.dsl.diagnostic import Text
from guiju.engine.proving.alike import alike
from guiju.engine.proving.claim import Asked, Claim, Ground, Property
from guiju.engine.proving.grades import results_of
from guiju.engine.proving.pairs import Between, asked_of_pairs, sides_of
from guiju.engine.proving.properties.one_outcome import has_no_value
from guiju.engine.proving.question import Gave


def _claims(ground: Ground) -> tuple[Claim, ...]:
    items = ground.program.items(ground.assessment.readings)
    ordered = ((outcome, _judgements(ground, outcome)) for outcome in ground.program.outcomes)
    return tuple(_claim(ground, c.id, outcome, lower) for outcome, lower in ordered if lower for c in items)


def _claim(ground: Ground, clause: str, outcome: str, judgements: tuple[tuple[str, Between], ...]) -> Claim:
    def asked() -> Iterator[Asked | Gave]:
        return asked_of_pairs(ground, clause, (outcome,), judgements)

    return Claim(
        MONOTONE.id, "clause", (clause,), (outcome,), False, sides_of(ground, clause), asked, alike(ground)[clause]
    )


def _judgements(ground: Ground, outcome: str) -> tuple[tuple[str, Between], ...]:
    """What would lower an outcome; of a number one judgement for each way. None of what has no order."""
    if isinstance(ground.program.definition[outcome].type, NumberType):
        return ((">", _further(lambda one, other: other < one)), ("<", _further(lambda one, other: other > one)))
    levels, results = [level.id for level in ground.program.levels], results_of(ground.assessment, outcome)
    if not results or not set(results) <= set(levels):
        return ()
    rank: dict[object, int] = {result: i for i, result in enumerate(("none", *results))}
    return (("", _lower(rank)),)


def _lower(rank: Mapping[object, int]) -> Between:
    return _further(lambda one, other: rank[other] < rank[one])


def _further(is_further: Callable[..., bool]) -> Between:
    """To lose a value is lower in either direction."""

    def between(one: object, other: object) -> bool:
        if has_no_value(one) or has_no_value(other):
            return not has_no_value(one)
        return is_further(one, other)

    return between


MONOTONE = Property(
    "monotone",
    Text("多满足一条，结论不会更低", "One clause more never lowers the outcome"),
    Text(
        "两个对象只在一条上不同时，满足它的一方结论不更低；结论是数的，一条不会使它有升有降。",
        "Of two subjects that differ in one clause alone, the one that satisfies it has no lower outcome; a number is "
        "never moved both ways by one clause.",
    ),
    Text("有对象满足此条后结论更低", "some subject gets a lower outcome for satisfying it"),
    _claims,
)
