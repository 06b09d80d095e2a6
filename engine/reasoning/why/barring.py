"""Which other rows of a grade are in the way of one that holds: they hold too, may hold, or have no value.

A row that is tried earlier is in the way if it gives nothing as good. Where exactly one row may hold, any other is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Cases, Undefined, Value
from guiju.engine.evaluate import Assessment
from guiju.engine.network import chosen
from guiju.engine.reasoning.relevance import narrowed


@dataclass(frozen=True)
class Bars:
    """The conditions of the rows in the way: those that surely are, and those that may be.

    `values` holds the values of all nodes, with what every completion agrees on. `only_one`: exactly one row may hold.
    """

    sure: tuple[int, ...]
    open: tuple[int, ...]
    values: Sequence[Value]
    only_one: bool


def barring(assessment: Assessment, outcome: str, value: Value, wanted: frozenset[Value]) -> Bars:
    """The rows in the way of the first row that gives a value; those that give others of the `wanted` are as good."""
    network, at = assessment.network, assessment.network.at[outcome]
    values = narrowed(network, assessment.values, assessment.open, (at,))
    grade = chosen(network, network.nodes[at], values)
    assert isinstance(grade.subject, Cases)
    rows = [*zip(grade.operands[:-1:2], grade.operands[1:-1:2], strict=True)]
    own = next(i for i, (_, given) in enumerate(rows) if values[given] == value)
    only_one = grade.subject.exclusive
    others = [*rows[:own], *rows[own + 1 :]] if only_one else rows[:own]
    in_the_way = [o for o, given in others if only_one or values[given] not in wanted or _may_have_none(assessment, o)]
    sure = [o for o in in_the_way if values[o] is True or isinstance(values[o], Undefined)]
    open_ = [o for o in in_the_way if values[o] is UNKNOWN]
    return Bars(tuple(sure if only_one else sure[:1]), tuple(open_), values, only_one)


def _may_have_none(assessment: Assessment, condition: int) -> bool:
    """Whether a condition is undefined in some completion, as where a share may be one of nothing."""
    value, open_ = assessment.values[condition], assessment.open.get(condition)
    return any(isinstance(v, Undefined) for v in ((value,) if open_ is None else open_.values))
