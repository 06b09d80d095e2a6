"""A grade -> the scale that its levels divide, where each of its rows asks for a score between two numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from guiju.compiler.ir import Cases, Literal
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen


class Asked(NamedTuple):
    """What a level asks of a score."""

    level: str
    score: str
    low: Fraction
    high: Fraction
    above: str = "≤"  # between `low` and the score: `<` where it must be more
    below: str = "≤"  # between the score and `high`

    def holds(self, value: Fraction) -> bool:
        """Whether a score is in the band."""
        is_above = value > self.low if self.above == "<" else value >= self.low
        return is_above and (value < self.high if self.below == "<" else value <= self.high)


def asked(assessment: Assessment, outcome: str) -> tuple[Asked, ...]:
    """What each level asks, the lowest first; () where a row asks anything but a score between two numbers."""
    network, values = assessment.network, assessment.values
    node = chosen(network, network.node(outcome), values)
    if not isinstance(node.subject, Cases) or node.subject.form != "grade":
        return ()
    found = []
    for condition, value in zip(node.operands[:-1:2], node.operands[1::2], strict=True):
        level = chosen(network, network.nodes[value], values).subject
        row = _between(assessment, chosen(network, network.nodes[condition], values))
        if row is None or not isinstance(level, Literal):
            return ()
        found.append(Asked(str(level.value), *row))
    return tuple(sorted(found, key=lambda row: row.low))


def _between(assessment: Assessment, node: Node) -> tuple[str, Fraction, Fraction, str, str] | None:
    """The score that a condition compares with a number on either side."""
    nodes = assessment.network.nodes
    ends: dict[str, Fraction] = {}
    signs: dict[str, str] = {}
    scores = set[str]()
    for part in (nodes[o] for o in node.operands) if node.form and node.form.symbol == "and" else ():
        symbol = part.form.symbol if part.form else ""
        if symbol not in ("<", "<=", ">", ">="):
            return None
        left, right = (nodes[o] for o in part.operands)
        is_low = isinstance(left.subject, Literal) == (symbol in ("<", "<="))
        number, score = (left, right) if isinstance(left.subject, Literal) else (right, left)
        if not isinstance(number.subject, Literal) or not isinstance(number.subject.value, Fraction):
            return None
        if score.definition is None:
            return None
        scores.add(score.definition.id)
        end = "low" if is_low else "high"
        ends[end], signs[end] = number.subject.value, "<" if symbol in ("<", ">") else "≤"
    if len(scores) != 1 or ends.keys() != {"low", "high"}:
        return None
    return (scores.pop(), ends["low"], ends["high"], signs["low"], signs["high"])
