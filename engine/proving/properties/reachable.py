"""Every level can be reached: for each result that a grade lists there is a subject that gets it.

A level that nobody can get is a mistake of the table that gives it, or of a gate before it that never opens.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.engine.proving.claim import Asked, Claim, Ground, Property, Side
from guiju.engine.proving.grades import results_of
from guiju.engine.proving.question import judge, judged


def _claims(ground: Ground) -> tuple[Claim, ...]:
    program = ground.program
    return tuple(
        _claim(ground, outcome, result)
        for outcome in program.outcomes
        for result in results_of(ground.assessment, outcome)
    )


def _claim(ground: Ground, outcome: str, result: str) -> Claim:
    def asked() -> Iterator[Asked]:
        index = ground.assessment.network.at[outcome]
        question = judged(ground.known, f"is:{result}", (index,), judge(lambda value: value == result))
        yield Asked(question, ground.known, lambda sides: sides[0].value(outcome) == result)

    side = Side(ground.program, ground.assessment.readings)
    return Claim(REACHABLE.id, "level", (result,), (outcome,), True, (side,), asked)


REACHABLE = Property(
    "reachable",
    Text("每一级都可达到", "Every level can be reached"),
    Text("定级列出的每个结果，都有对象得到它。", "For each result that a grade lists there is a subject that gets it."),
    Text("没有任何对象能得到这一级", "no subject gets this level"),
    _claims,
)
