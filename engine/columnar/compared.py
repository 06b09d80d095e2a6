"""Comparisons that stand for several numbers, row by row as the evaluator makes them, once for each combination stated.

Where all is stated that a comparison needs, it comes to its value. Where nothing is, it may come to what it can on a
blank row. Rows in between are put aside, and so are those that state a formula's value beside what it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from guiju.compiler.ir import UNKNOWN, Fact, Value
from guiju.engine.columnar.columns import Column, Rows
from guiju.engine.columnar.leaf import Compared
from guiju.engine.kleene import lifted
from guiju.engine.layout import layout
from guiju.engine.network import Network, Node, open_below


@dataclass(frozen=True, eq=False)
class Results:
    """What a comparison comes to in each row of a table. `aside`: rows that are left to the evaluator."""

    leaf: Compared
    letters: tuple[Value, ...]
    numbers: npt.NDArray[np.int64]  # of each row's letter, -1 where nothing is stated
    aside: Rows

    def rows_with(self, letters: frozenset[Value]) -> Rows:
        """The rows in which it comes to one of some letters, or may."""
        may = not letters.isdisjoint(self.leaf.when_open or ())
        return np.array([letter in letters for letter in self.letters] + [may])[self.numbers]


def results_of(
    leaf: Compared, network: Network, values: Sequence[Value], columns: Mapping[int, Column], rows: int
) -> Results:
    """What a comparison comes to in each row."""
    comparison = _Comparison(leaf, network, values)
    stated = [columns[s] for s in leaf.slots if s in columns]
    combinations, of_row = _combinations(stated, rows)
    letters: dict[Value, int] = {letter: i for i, letter in enumerate(leaf.letters)}
    numbers, aside = np.empty(len(combinations), np.int64), np.zeros(len(combinations), bool)
    slots = [s for s in leaf.slots if s in columns]
    for i, combination in enumerate(combinations):
        given = {s: n for s, n in zip(slots, combination, strict=True) if n is not None}
        value = comparison.value(given) if given else UNKNOWN
        numbers[i] = -1 if value is UNKNOWN or value not in letters else letters[value]
        is_shared = leaf.when_open is None and not comparison.is_whole(given)
        aside[i] = bool(given and numbers[i] < 0) or is_shared or comparison.is_contested(given)
    return Results(leaf, leaf.letters, numbers[of_row], aside[of_row])


def _combinations(
    columns: Sequence[Column], rows: int
) -> tuple[list[tuple[Fraction | None, ...]], npt.NDArray[np.int64]]:
    """The different combinations of numbers that rows state, in coherent units, and which one each row states."""
    of_row = np.zeros(rows, np.int64)
    combinations: list[tuple[Fraction | None, ...]] = [()]
    for column in columns:
        numbers, places, _ = column.numbers
        different, own = np.unique(numbers, return_inverse=True)
        told = [Fraction(int(n), 10**places) * column.unit for n in different] + [None]
        own = np.where(column.stated & ~column.unread, own, len(different))
        pairs, of_row = np.unique(of_row * len(told) + own, return_inverse=True)
        combinations = [(*combinations[p // len(told)], told[p % len(told)]) for p in map(int, pairs)]
    return combinations, of_row


class _Comparison:
    def __init__(self, leaf: Compared, network: Network, values: Sequence[Value]) -> None:
        self._network, self._values, self._leaf = network, values, leaf
        self._slot_at = {slot.address: i for i, slot in enumerate(layout(network.program))}

    @cached_property
    def _nodes(self) -> list[Node]:
        below = open_below(self._network, self._values, (self._leaf.node,))
        return [self._network.nodes[i] for i in sorted(below)]

    @cached_property
    def _below(self) -> dict[int, frozenset[int]]:
        """For each fact with a formula, by its slot, the slots that the formula stands on."""
        found = {}
        for node in self._nodes:
            if isinstance(node.subject, Fact) and node.operands:
                below = open_below(self._network, self._values, node.operands)
                facts = (self._network.nodes[i] for i in below)
                slots = (self._slot_at[f.address] for f in facts if isinstance(f.subject, Fact))
                found[self._slot_at[node.address]] = frozenset(slots)
        return found

    def is_whole(self, given: Mapping[int, Fraction]) -> bool:
        """Whether all is stated that nothing else gives."""
        return all(slot in given for slot in self._leaf.slots if slot not in self._below)

    def is_contested(self, given: Mapping[int, Fraction]) -> bool:
        """Whether a formula's value is stated beside something that it is made of."""
        return any(slot in given and not below.isdisjoint(given) for slot, below in self._below.items())

    def value(self, given: Mapping[int, Fraction]) -> Value:
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
