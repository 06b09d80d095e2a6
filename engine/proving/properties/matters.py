"""Each clause can matter: there are two subjects that differ in it alone and have different outcomes.

A requirement that never decides anything may as well not be there: it counts nowhere, or others always outweigh it.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.engine.proving.alike import alike
from guiju.engine.proving.claim import Asked, Claim, Ground, Property
from guiju.engine.proving.pairs import asked_of_pairs, sides_of
from guiju.engine.proving.question import Gave


def _claims(ground: Ground) -> tuple[Claim, ...]:
    items = ground.program.items(ground.assessment.readings) if ground.program.outcomes else ()
    return tuple(_claim(ground, clause.id) for clause in items)


def _claim(ground: Ground, clause: str) -> Claim:
    outcomes = ground.program.outcomes

    def asked() -> Iterator[Asked | Gave]:
        return asked_of_pairs(ground, clause, outcomes, (("!=", lambda one, other: one != other),))

    return Claim(
        MATTERS.id, "clause", (clause,), outcomes, True, sides_of(ground, clause), asked, alike(ground)[clause]
    )


MATTERS = Property(
    "matters",
    Text("每一条都有影响", "Each clause can matter"),
    Text(
        "每一条都有两个对象，只在这一条上不同而结论不同。",
        "For each clause there are two subjects that differ in it alone and have different outcomes.",
    ),
    Text("这一条从不改变结论", "this clause never changes an outcome"),
    _claims,
)
