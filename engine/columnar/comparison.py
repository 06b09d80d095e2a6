"""What a comparison comes to that stands for several numbers, from those of them that one row states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Fact, Value
from guiju.engine.columnar.leaf import Compared
from guiju.engine.kleene import lifted
from guiju.engine.layout import places
from guiju.engine.network import Network, Node, open_below


class Comparison:
    """One such comparison, over the values that are known of a blank row."""

    def __init__(self, leaf: Compared, network: Network, values: Sequence[Value]) -> None:
        self._network, self._values, self._leaf = network, values, leaf
        self._slot_at = places(network.program)

    def may_be(self, given: Mapping[int, Fraction]) -> frozenset[Value] | None:
        """What it comes to, or can, where so much is stated; None where that is for the evaluator to say.

        It is where a formula's value is stated beside what it is made of, and where what is open goes together with
        something else.
        """
        is_whole = self._is_whole(given)
        if self._is_contested(given) or (self._leaf.when_open is None and not is_whole):
            return None
        value = self._value(given)
        if value is not UNKNOWN or UNKNOWN in self._leaf.letters:
            return frozenset((value,)) if value in self._leaf.letters else None
        if is_whole or any(slot in given for slot in self.formulas):
            return None
        return frozenset(self._leaf.when_open or ()) if not given else self._reachable(given)

    def _reachable(self, given: Mapping[int, Fraction]) -> frozenset[Value] | None:
        """What it can come to where some of its numbers are open; None where that is not known exactly."""
        from guiju.engine.possible import Known, Standing  # what sweeps is not needed where rows state all or nothing
        from guiju.engine.reachable import possible_of, relift

        stated = {n.index: given[s] for n in self._nodes if (s := self._slot_at.get(n.address, -1)) in given}
        values = relift(self._network, self._values, stated)
        possible = possible_of(Known(self._network, values, Standing()), self._leaf.node, {})
        return frozenset(possible.values) if possible.exact and {*possible.values} <= {*self._leaf.letters} else None

    @cached_property
    def _nodes(self) -> list[Node]:
        below = open_below(self._network, self._values, (self._leaf.node,))
        return [self._network.nodes[i] for i in sorted(below)]

    @property
    def needed(self) -> frozenset[int]:
        """The slots all of which a row has to state, for what is open there goes together with something else."""
        if self._leaf.when_open is not None:
            return frozenset()
        return frozenset(slot for slot in self._leaf.slots if slot not in self.formulas)

    @cached_property
    def formulas(self) -> Mapping[int, frozenset[int]]:
        """For each fact with a formula, by its slot, the slots below the formula: it is not stated beside them."""
        found = {}
        for node in self._nodes:
            if isinstance(node.subject, Fact) and node.operands:
                below = open_below(self._network, self._values, node.operands)
                facts = (self._network.nodes[i] for i in below)
                slots = (self._slot_at[f.address] for f in facts if isinstance(f.subject, Fact))
                found[self._slot_at[node.address]] = frozenset(slots)
        return found

    def _is_whole(self, given: Mapping[int, Fraction]) -> bool:
        """Whether all is stated that nothing else gives."""
        return all(slot in given for slot in self._leaf.slots if slot not in self.formulas)

    def _is_contested(self, given: Mapping[int, Fraction]) -> bool:
        """Whether a formula's value is stated beside something that it is made of."""
        return any(slot in given and not below.isdisjoint(given) for slot, below in self.formulas.items())

    def _value(self, given: Mapping[int, Fraction]) -> Value:
        """What the comparison comes to, UNKNOWN where that is not enough for it."""
        values: dict[int, Value] = {}
        for node in self._nodes:
            if isinstance(node.subject, Fact):
                stated = given.get(self._slot_at[node.address])
                computed = values.get(node.operands[0], self._values[node.operands[0]]) if node.operands else UNKNOWN
                values[node.index] = computed if stated is None else stated
            else:
                values[node.index] = lifted(node, tuple(values.get(o, self._values[o]) for o in node.operands))
        return values[self._leaf.node]
