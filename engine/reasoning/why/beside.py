"""What keeps a level out beside clauses: conditions on facts, inputs and scores that no verdict of a clause mends.

Where a level stays out though every failed clause were satisfied, its condition is gone down to the comparisons that
keep it out then. Each is told with what is compared and with the facts that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Literal, Value
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen, live_operands
from guiju.engine.reasoning.why.fewest import Obstacles


@dataclass(frozen=True)
class Beside:
    """A condition that keeps a level out.

    `node` is the condition, `holds` what it comes to and should not: UNKNOWN if it is open, Undefined if it has no
    value. `measured` is the node that it compares with a constant, None where it does not, and `value` what that comes
    to: where `in_the_best_case`, with every clause satisfied that may be. `facts` are the decided facts and inputs
    below it. `mendable`: clauses alone can turn it.
    """

    node: int
    holds: Value
    measured: int | None
    value: Value | None
    facts: tuple[str, ...]
    in_the_best_case: bool = False
    mendable: bool = False


def beside_clauses(assessment: Assessment, condition: int, obstacles: Obstacles) -> tuple[Beside, ...]:
    """What keeps a condition from holding whatever its failed clauses come to, and then what clauses could mend."""
    freed, today = obstacles.with_open(obstacles.failed), assessment.values
    if freed[condition] is UNKNOWN:
        best = obstacles.best()
        keeping = [*_keeping(assessment, best, condition)] or _keeping(assessment, best, condition, sure=False)
        return tuple(replace(_told(assessment, best, i), in_the_best_case=True) for i in dict.fromkeys(keeping))
    kept = dict.fromkeys(_keeping(assessment, freed, condition))
    others = (i for i in dict.fromkeys(_keeping(assessment, today, condition)) if i not in kept)
    lasting = (_told(assessment, today, i) for i in kept)
    return (*lasting, *(replace(_told(assessment, today, i), mendable=True) for i in others))


def not_false(assessment: Assessment, values: Sequence[Value], conditions: Sequence[int]) -> tuple[Beside, ...]:
    """What keeps conditions from being false: parts that hold, or have no value; with what may where none is sure."""
    parts = [i for c in conditions for i in _keeping(assessment, values, c, wanted=False)]
    parts = parts or [i for c in conditions for i in _keeping(assessment, values, c, wanted=False, sure=False)]
    return tuple(_told(assessment, values, i) for i in dict.fromkeys(parts))


def _keeping(
    assessment: Assessment, values: Sequence[Value], index: int, *, wanted: bool = True, sure: bool = True
) -> Iterator[int]:
    """The parts that keep a condition from being as wanted, down to those that are no `and`, `or` or `not` of others.

    Not `sure`: also those that are open, where only together they do.
    """
    node = chosen(assessment.network, assessment.network.nodes[index], values)
    symbol = node.form.symbol if node.form else ""
    if sure and values[index] is UNKNOWN:
        return
    if symbol not in ("and", "or", "not"):
        yield node.index
        return
    inner = not wanted if symbol == "not" else wanted
    for operand in node.operands:
        if values[operand] is not inner:
            yield from _keeping(assessment, values, operand, wanted=inner, sure=sure)


def _told(assessment: Assessment, values: Sequence[Value], index: int) -> Beside:
    measured = _measured(assessment, assessment.network.nodes[index])
    value = None if measured is None else values[measured]
    return Beside(index, values[index], measured, value, tuple(_facts(assessment, index)))


def _measured(assessment: Assessment, node: Node) -> int | None:
    """What a comparison with a constant compares; a fact that is a condition is that itself."""
    if isinstance(node.subject, Fact):
        return node.index
    if len(node.operands) != 2:
        return None
    literal = [isinstance(assessment.network.nodes[o].subject, Literal) for o in node.operands]
    return node.operands[literal.index(False)] if any(literal) and not all(literal) else None


def _facts(assessment: Assessment, index: int) -> Iterator[str]:
    """The addresses of decided facts and inputs below a condition, other than through clauses."""
    stack, seen = [index], set()
    while stack:
        node = assessment.network.nodes[stack.pop()]
        if node.index in seen or isinstance(node.subject, Clause):
            continue
        seen.add(node.index)
        if isinstance(node.subject, Fact | Input) and assessment.values[node.index] is not UNKNOWN:
            yield node.address
        stack.extend(reversed(live_operands(node, assessment.values)))
