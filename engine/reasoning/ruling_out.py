"""Assessment -> what rules a value of an open table out: nodes that suffice for it not to be one, all else unknown.

A row that cannot hold rules its value out, and so does a row before it that always holds. Where no row does so by
itself, the rows do so together: then everything is named that their conditions vary with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Literal, Undefined, Value
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen
from guiju.engine.reasoning.determining import settled_at, sufficing

_Rows: TypeAlias = tuple[
    tuple[int | None, Value], ...
]  # the condition of each, None where no other holds, and its value


def ruled_out(assessment: Assessment, address: str) -> Mapping[Value, frozenset[int]]:
    """The values of the rows of a table that it cannot take, each with the nodes that rule it out, the table included.

    None of a table that is settled, for what determines it rules out all else; none of what is no table, or whose rows
    give what is computed; and none of the value of no row.
    """
    node = assessment.network.node(address)
    rows = _rows(assessment, node)
    possible = assessment.open.get(node.index)
    if possible is None or len(possible.values) < 2 or not rows:
        return {}
    gone = dict.fromkeys(value for _, value in rows[:-1] if value not in possible.values)
    return {v: frozenset((node.index, *_against(assessment, rows, v))) for v in gone if not isinstance(v, Undefined)}


def _rows(assessment: Assessment, node: Node) -> _Rows:
    """The condition of each row of a table, None where no other holds, and its value; none where one is computed."""
    if not isinstance(node.subject, Cases) or len(node.operands) != 2 * len(node.subject.rows) + 1:
        return ()
    network = assessment.network
    results = (*node.operands[1::2], node.operands[-1])
    values = [chosen(network, network.nodes[o], assessment.values).subject for o in results]
    given = tuple(v.value for v in values if isinstance(v, Literal))
    conditions = (*node.operands[:-1:2], None)
    return tuple(zip(conditions, given, strict=True)) if len(given) == len(values) else ()


def _against(assessment: Assessment, rows: _Rows, value: Value) -> frozenset[int]:
    """What keeps each row with a value from being the one."""
    found: set[int] = set()
    last = max(i for i, (_, given) in enumerate(rows) if given == value)
    for condition, given in rows[: last + 1]:
        comes_to = UNKNOWN if condition is None else settled_at(assessment, condition)
        if given == value:
            if condition is None or comes_to is UNKNOWN or comes_to is True:
                return sufficing(assessment, (c for c, _ in rows if c is not None), together=True)
            found.add(condition)
        elif condition is not None and comes_to is not UNKNOWN and comes_to is not False:
            return sufficing(assessment, (*found, condition))
    return sufficing(assessment, found)
