"""The rows of a grade under the readings of an assessment, as nodes: which levels it gives, and what each asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import Cases
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Row:
    """One row of a grade: the result that it gives, and the node of its condition."""

    result: str
    condition: int


def rows_of(assessment: Assessment, outcome: str) -> tuple[Row, ...]:
    """The rows of a grade, in the order in which they are tried; none of an outcome that is no grade."""
    node = _meant(assessment, assessment.network.at[outcome])
    if not (isinstance(node.subject, Cases) and node.subject.form == "grade"):
        return ()
    pairs = zip(node.operands[:-1:2], node.operands[1:-1:2], strict=True)
    given = ((assessment.values[_meant(assessment, value).index], condition) for condition, value in pairs)
    return tuple(Row(value, condition) for value, condition in given if isinstance(value, str))


def results_of(assessment: Assessment, outcome: str) -> tuple[str, ...]:
    """What a grade can say beside `none`, levels lowest first, then results of its own as they are listed."""
    named = dict.fromkeys(row.result for row in rows_of(assessment, outcome))
    node = _meant(assessment, assessment.network.at[outcome])
    if isinstance(node.subject, Cases) and node.subject.form == "grade":
        last = assessment.values[_meant(assessment, node.operands[-1]).index]
        named |= {last: None} if isinstance(last, str) else {}
    levels = [level.id for level in assessment.program.levels]
    ranked = [level for level in levels if level in named]
    return (*ranked, *(r for r in named if r not in levels and r != "none"))


def asked_by(assessment: Assessment, row: Row, above: Row) -> tuple[int, ...]:
    """The conditions that all hold where a row asks for no more than it does, seen from the row above.

    Where the row above begins, an interval of the same score ends: what bounds it from above asks for nothing.
    """
    begun = {key for key, side in _bounds(assessment, above) if side == "from below"}
    parts = _conjuncts(assessment, row.condition)
    return tuple(p for p in parts if not ((b := _bound(assessment, p)) and b[1] == "from above" and b[0] in begun))


def _bounds(assessment: Assessment, row: Row) -> Iterator[tuple[str, str]]:
    found = (_bound(assessment, part) for part in _conjuncts(assessment, row.condition))
    return (bound for bound in found if bound is not None)


def _conjuncts(assessment: Assessment, index: int) -> list[int]:
    node = _meant(assessment, index)
    if node.form is not None and node.form.symbol == "and":
        return [part for operand in node.operands for part in _conjuncts(assessment, operand)]
    return [node.index]


def _bound(assessment: Assessment, index: int) -> tuple[str, str] | None:
    """Which score a comparison bounds, and from which side; None where it bounds no one score by a number."""
    node = assessment.network.nodes[index]
    symbol = node.form.symbol if node.form is not None else ""
    if symbol not in _MIRRORED:
        return None
    left, right = node.operands
    if isinstance(assessment.values[left], Fraction):
        left, right, symbol = right, left, _MIRRORED[symbol]
    key = _score(assessment, left)
    if key is None or not isinstance(assessment.values[right], Fraction):
        return None
    return key, "from above" if symbol in ("<", "<=") else "from below"


def _score(assessment: Assessment, index: int) -> str | None:
    """What is compared, at whatever level: a family of scores, or a fact."""
    node = assessment.network.nodes[index]
    while node.definition is None and (inner := _inner(assessment, node)) is not None:
        node = inner
    if node.definition is not None:
        return f"{node.definition.family}:{node.definition.group}"
    return node.address if node.form is None else None


def _meant(assessment: Assessment, index: int) -> Node:
    """What a node is under the readings, behind names that only stand for it."""
    node = assessment.network.nodes[index]
    while (inner := _inner(assessment, node)) is not None:
        node = inner
    return node


def _inner(assessment: Assessment, node: Node) -> Node | None:
    network = assessment.network
    found = chosen(network, node, assessment.values)
    if found is node and node.form is not None and node.form.symbol == "reference":
        found = network.nodes[node.operands[0]]
    return None if found is node else found
