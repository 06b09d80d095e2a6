"""What one change of a plan gains: the outcome first, then what its table compares, then everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Cases, Definition, Value
from guiju.engine.network import chosen, live_operands
from guiju.engine.reasoning.planning.changes import Aim

_TOLD = ("score", "grade")


@dataclass(frozen=True)
class Gain:
    """A score or an outcome that one step changes.

    `either`: where it is unknown `after`, all that it is in one case or another of what nobody states, if known.
    """

    definition: Definition
    before: Value
    after: Value
    either: frozenset[Value] = frozenset()


def gains(aim: Aim, before: Sequence[Value], after: Sequence[Value]) -> tuple[Gain, ...]:
    """What becomes otherwise, first what says that the goal is reached or near: others in the order of the policy."""
    outcome = aim.network.at[aim.outcome]
    reached = aim.told(after, outcome)
    here, there = compared(aim, {reached}), compared(aim, aim.wanted)

    def rank(gain: Gain) -> int:
        id_ = gain.definition.id
        firsts = (id_ == aim.outcome, id_ in here, id_ in there, gain.definition.kind == "grade")
        return firsts.index(True) if True in firsts else len(firsts)

    return tuple(sorted(_gains(aim, before, after), key=rank))


def compared(aim: Aim, values: frozenset[Value] | set[Value]) -> frozenset[str]:
    """The scores and grades that the outcome's table compares in the rows of some values, by id."""
    network, today = aim.assessment.network, aim.assessment.values
    grade = chosen(network, network.node(aim.outcome), today)
    if not isinstance(grade.subject, Cases):
        return frozenset()
    rows = zip(grade.operands[:-1:2], grade.operands[1:-1:2], strict=True)
    stack, found, seen = [test for test, value in rows if today[value] in values], set[str](), set[int]()
    while stack:
        node = network.nodes[stack.pop()]
        if node.definition is not None and node.definition.kind in _TOLD and node.definition.shown:
            found.add(node.definition.id)
        elif node.index not in seen:
            seen.add(node.index)
            stack.extend(live_operands(node, today))
    return frozenset(found)


def _gains(aim: Aim, before: Sequence[Value], after: Sequence[Value]) -> Iterator[Gain]:
    for definition in aim.network.program.definitions:
        index = aim.network.at.get(definition.id)
        if index is not None and definition.kind in _TOLD and definition.shown:
            told, cases = aim.told(after, index), aim.in_cases(after, index)
            either = cases if told is UNKNOWN and UNKNOWN not in cases else frozenset[Value]()
            gain = Gain(definition, aim.told(before, index), told, either)
            if gain.before != gain.after:
                yield gain
