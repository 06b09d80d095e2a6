"""Which nodes a change of readings can touch: only these are settled again, all others stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.engine.fixed import standing_on
from guiju.engine.network import Network, Node


class Touched:
    """The nodes that stand on some readings."""

    def __init__(self, network: Network, readings: Iterable[str]) -> None:
        self._network = network
        self.stands_on = standing_on(network, readings)
        self._by: dict[frozenset[str], tuple[Node, ...]] = {}

    def changed(self, one: Mapping[str, str], other: Mapping[str, str]) -> tuple[Node, ...]:
        """Those that stand on a reading of which two choices take different options, operands first."""
        return self.by(frozenset(r for r, option in one.items() if option != other[r]))

    def by(self, readings: frozenset[str]) -> tuple[Node, ...]:
        """Those that stand on any of some readings, operands first."""
        if readings not in self._by:
            indices = (i for i, below in self.stands_on.items() if not readings.isdisjoint(below))
            self._by[readings] = tuple(self._network.nodes[i] for i in sorted(indices))
        return self._by[readings]
