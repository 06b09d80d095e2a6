"""Which causes are likely to give an effect: those that lead to it by what comes to something else on the way.

A guess that saves trying, and no more than that: whether such causes suffice is seen by changing them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Value
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node
from guiju.engine.reasoning.comparing.difference import Effect
from guiju.engine.reasoning.relevance import left_out_by
from guiju.engine.reasoning.why.determining import sufficing


@dataclass(frozen=True)
class Ways:
    """The ways down from an effect, by the addresses of nodes: those that are `determining` for what it leads to.

    `all`: those of them that lead to it by what comes to something else. `met`: the same where a way ends at an effect
    whose causes are told already, and these are the `ends`.
    """

    determining: frozenset[str]
    all: frozenset[str]
    met: frozenset[str]
    ends: frozenset[str]


class Leading:
    """What leads to the effects between two assessments, as the later one is determined."""

    def __init__(self, before: Assessment, after: Assessment) -> None:
        self._before, self._after = before, after

    def ways(self, effect: Effect, told: Container[str]) -> Ways:
        """The ways down from an effect where those at some addresses are told already.

        An expression may come to the same for another reason, so a way ends only at clauses, facts, inputs and
        definitions that do.
        """
        tops = self._tops(effect)
        among = sufficing(self._after, tops)
        met, ends = self._down(tops, among, told)
        everything, _ = self._down(tops, among, ())
        return Ways(self._addresses(among), self._addresses(everything), self._addresses(met), self._addresses(ends))

    def _down(self, tops: tuple[int, ...], among: frozenset[int], told: Container[str]) -> tuple[set[int], set[int]]:
        nodes = self._after.network.nodes
        met, ends = set[int](), set[int]()
        stack = list(tops)
        while stack:
            index = stack.pop()
            if index in met or index in ends:
                continue
            if index not in tops and nodes[index].address in told:
                ends.add(index)
                continue
            met.add(index)
            stack.extend(o for o in nodes[index].operands if o in among and self._leads_on(nodes[o]))
        return met, ends

    def _addresses(self, indices: Iterable[int]) -> frozenset[str]:
        return frozenset(self._after.network.nodes[i].address for i in indices)

    def _tops(self, effect: Effect) -> tuple[int, ...]:
        """The node of an effect, and the weight by which its group takes part where it took none, or takes none now."""
        lost, gained = (self._left_out(side, effect) for side in (self._after, self._before))
        addresses = [lost] if lost is not None else [effect.address, *([gained] if gained is not None else [])]
        return tuple(self._after.network.at[a] for a in addresses if a in self._after.network.at)

    @staticmethod
    def _left_out(side: Assessment, effect: Effect) -> str | None:
        definition = side.program.definition.get(effect.address)
        group = definition.group if definition is not None else None
        return left_out_by(side, group) if group is not None else None

    def _leads_on(self, node: Node) -> bool:
        is_named = node.definition is not None or isinstance(node.subject, Clause | Fact | Input)
        return not is_named or node.index in self._otherwise

    @cached_property
    def _otherwise(self) -> frozenset[int]:
        """The nodes of the later side that come to something else than before, or that are new."""
        before, at = self._before, self._before.network.at
        nodes = self._after.network.nodes
        new = (n.index for n in nodes if n.address not in at)
        other = (
            n.index
            for n in nodes
            if n.address in at and _comes_to(self._after, n.index) != _comes_to(before, at[n.address])
        )
        return frozenset((*new, *other))


def _comes_to(assessment: Assessment, index: int) -> Value | frozenset[Value]:
    value = assessment.values[index]
    return frozenset(assessment.open[index].values) if value is UNKNOWN and index in assessment.open else value
