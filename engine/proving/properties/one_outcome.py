"""Every subject gets exactly one outcome: none falls into a gap, and none into two rows at once.

An outcome without a value, for whatever reason, refutes it: no row holds, two rows hold where only one may, or what
the outcome is computed from has no value. `none` is a value: no level.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.ir import Special, Undefined
from guiju.dsl.diagnostic import Text
from guiju.engine.proving.claim import Asked, Claim, Ground, Property, Side
from guiju.engine.proving.question import judge, judged


def _claims(ground: Ground) -> tuple[Claim, ...]:
    return tuple(_claim(ground, outcome) for outcome in ground.program.outcomes)


def _claim(ground: Ground, outcome: str) -> Claim:
    def asked() -> Iterator[Asked]:
        index = ground.assessment.network.at[outcome]
        question = judged(ground.known, "is-missing", (index,), judge(has_no_value))
        yield Asked(question, ground.known, lambda sides: has_no_value(sides[0].value(outcome)))

    side = Side(ground.program, ground.assessment.readings)
    return Claim(ONE_OUTCOME.id, "outcome", (outcome,), (outcome,), False, (side,), asked)


def has_no_value(value: object) -> bool:
    """Whether an outcome has no value: undefined, not entered or absent."""
    return isinstance(value, Undefined | Special)


ONE_OUTCOME = Property(
    "one-outcome",
    Text("每个对象恰有一个结论", "Every subject gets exactly one outcome"),
    Text(
        "没有对象落在各行之外，也没有对象同时落在不可兼的两行里。",
        "No subject falls between the rows, and none into two rows that exclude each other.",
    ),
    Text("有对象得不到结论", "some subject gets no outcome"),
    _claims,
)
