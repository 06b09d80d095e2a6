"""A target that only rises as the modules below it do: from the least and the greatest that a row leaves of each.

The modules share nothing open, so they are all at their least in one completion, and all at their greatest in another;
between these two lies whatever the target can be. Of the values between, those are seen that a few other completions
lead to. A row for which some are not seen is left to the evaluator, and so is one that leaves no least or greatest of a
module. No combination of modules is gone through, so this grows with their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from operator import le
from typing import TypeAlias

from guiju.compiler.ir import Value
from guiju.engine.columnar.above import Above
from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit
from guiju.engine.columnar.combined import Planes
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.slopes import rank_of, slopes_down
from guiju.engine.columnar.weighed import Weighed
from guiju.engine.monotone import Rank, Slope
from guiju.engine.possible import Known, Relation

#: what a module's interface comes to together, with the rows that have it, or that may
_Rows: TypeAlias = Mapping[tuple[Value, ...], int]
_Order: TypeAlias = tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, eq=False)
class Extremes:
    """A target above some modules. `slopes`: which way each open node goes with it; `values` in order, the least first.

    NotInColumnsError where it is not told that the target goes with all of them, or where its values are too many.
    """

    above: Above
    relations: tuple[Relation, ...]
    slopes: Mapping[int, Slope]
    values: tuple[Value, ...]

    def ends(self, circuit: Circuit, reached: Sequence[_Rows]) -> tuple[dict[Value, int], int]:
        """For each value the plane of the rows that a completion leads to it, and that of the rows that are told.

        `reached`: of each module, in turn, what a completion leads to.
        """
        least, told_below = self._extreme(circuit, reached, 1)
        greatest, told_above = self._extreme(circuit, reached, -1)
        told = circuit.both(told_below, told_above)
        ends = {v: circuit.either(least.get(v, EMPTY), greatest.get(v, EMPTY)) for v in self.values}
        for orders in self.orders:
            for value, plane in self._first(circuit, reached, orders).items():
                ends[value] = circuit.either(ends[value], plane)
        for place, low in enumerate(self.values):
            for end, high in enumerate(self.values[place + 2 :], place + 2):
                apart = circuit.both(least.get(low, EMPTY), greatest.get(high, EMPTY))
                for between in self.values[place + 1 : end]:
                    told = circuit.both(told, circuit.either(circuit.neither(apart), ends[between]))
        return ends, told

    def _extreme(self, circuit: Circuit, reached: Sequence[_Rows], side: int) -> tuple[Planes, int]:
        """What the target is where all modules are at their least (`side` 1) or greatest, and the rows with such."""
        told, given = FULL, dict[int, Planes]()
        for relation, rows in zip(self.relations, reached, strict=True):
            extreme = self._extreme_of(circuit, relation, rows, side)
            told = circuit.both(told, circuit.any_of(extreme.values()))
            given |= _by_node(circuit, relation, extreme)
        return self._planes(circuit, given), told

    def _first(self, circuit: Circuit, reached: Sequence[_Rows], orders: Sequence[_Order]) -> Planes:
        """What the target is where of each module the first combination is taken that a row leaves."""
        given: dict[int, Planes] = {}
        for relation, rows, order in zip(self.relations, reached, orders, strict=True):
            first, before = dict[tuple[Value, ...], int](), EMPTY
            for row in order:
                first[row] = circuit.both(rows.get(row, EMPTY), circuit.neither(before))
                before = circuit.either(before, rows.get(row, EMPTY))
            given |= _by_node(circuit, relation, first)
        return self._planes(circuit, given)

    def _planes(self, circuit: Circuit, given: Mapping[int, Planes]) -> Planes:
        held = self.above.held(circuit, given)[self.above.target]
        assert not isinstance(held, Weighed)
        return held

    def _extreme_of(self, circuit: Circuit, relation: Relation, rows: _Rows, side: int) -> _Rows:
        """The rows that leave nothing of a module below one of its combinations (`side` 1), or above it."""
        found: dict[tuple[Value, ...], int] = {}
        for row in relation.rows:
            others = (p for other, p in rows.items() if not self._is_beyond(relation, row, other, side))
            found[row] = circuit.both(rows.get(row, EMPTY), circuit.neither(circuit.any_of(others)))
        return found

    def _is_beyond(self, relation: Relation, row: tuple[Value, ...], other: tuple[Value, ...], side: int) -> bool:
        heights = self._heights[id(relation)]
        low, high = (heights[row], heights[other]) if side > 0 else (heights[other], heights[row])
        return all(map(le, low, high))

    @cached_property
    def orders(self) -> tuple[tuple[_Order, ...], ...]:
        """Completions to try between the extremes: of what a row leaves of a module, each takes the first of an order.

        What is of lower levels is as high as it gets, and all else as low; or some modules are, and not the others.
        """
        network, number = self.above.known.network, len(self.relations)
        places = {level.id: place for place, level in enumerate(network.program.levels)}
        found = [
            tuple(self._order(relation, at < most) for at, relation in enumerate(self.relations))
            for most in (number // 2, number - 1)
        ]
        for most in range(len(places) - 1):
            orders = []
            for relation in self.relations:
                owners = [network.nodes[n].owner for n in relation.nodes if self.slopes.get(n)]
                is_high = [o is not None and places.get(o.level or "", 0) <= most for o in owners]
                orders.append(self._order(relation, *is_high))
            found.append(tuple(orders))
        return tuple(found)

    def _order(self, relation: Relation, *is_high: bool) -> _Order:
        """The combinations of a module: first those highest in some places, among these those lowest in the others."""

        def distance(row: tuple[Value, ...]) -> tuple[int, int]:
            heights = self._heights[id(relation)][row]
            high = sum(h for h, up in zip(heights, cycle(is_high), strict=False) if up)
            return -high, sum(heights) - high

        return tuple(sorted(relation.rows, key=distance))

    @cached_property
    def _heights(self) -> Mapping[int, Mapping[tuple[Value, ...], tuple[int, ...]]]:
        """Of each combination of a module how high what bears on the target is, among what it can be there."""
        return {id(relation): self._heights_in(relation) for relation in self.relations}

    def _heights_in(self, relation: Relation) -> Mapping[tuple[Value, ...], tuple[int, ...]]:
        columns = []
        for place, node in enumerate(relation.nodes):
            if slope := self.slopes.get(node, 0):
                ranks = [self._rank(node, row[place]) for row in relation.rows]
                ordered = sorted(set(ranks), reverse=slope < 0)
                columns.append([ordered.index(rank) for rank in ranks])
        heights = zip(*columns, strict=True) if columns else ((),) * len(relation.rows)
        return dict(zip(relation.rows, heights, strict=True))

    def _rank(self, node: int, value: Value) -> Rank:
        rank = rank_of(self.above.known.network.program, value)
        if rank is None:
            raise NotInColumnsError(self.above.known.network.nodes[node].address, "large")
        return rank


def extremes_of(known: Known, target: int, relations: Sequence[Relation]) -> Extremes:
    """A target above modules that come to what these relations say."""
    above = Above(known, target, [n for r in relations for n in r.nodes])
    circuit = Circuit()
    given: dict[int, Planes] = {}
    for number, relation in enumerate(relations):
        rows = {row: circuit.input((number, at)) for at, row in enumerate(relation.rows)}
        given |= _by_node(circuit, relation, rows)
    held = above.held(circuit, given)
    reached = held[target]
    program, address = known.network.program, known.network.nodes[target].address
    if isinstance(reached, Weighed):
        raise NotInColumnsError(address, "large")
    ranks = {value: rank for value in reached if (rank := rank_of(program, value)) is not None}
    if len(ranks) < len(reached):
        raise NotInColumnsError(address, "large")
    return Extremes(above, tuple(relations), slopes_down(above, held), tuple(sorted(ranks, key=ranks.__getitem__)))


def _by_node(circuit: Circuit, relation: Relation, rows: _Rows) -> dict[int, Planes]:
    """The same for each node of a module's interface."""
    found: dict[int, dict[Value, int]] = {node: {} for node in relation.nodes}
    for row, plane in rows.items():
        for node, value in zip(relation.nodes, row, strict=True):
            found[node][value] = circuit.either(found[node].get(value, EMPTY), plane)
    return dict(found)
