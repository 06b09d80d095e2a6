"""Comparisons that stand for several numbers, row by row as the evaluator makes them: once for each combination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from guiju.compiler.ir import Value
from guiju.engine.columnar.columns import Column, Rows
from guiju.engine.columnar.comparison import Comparison
from guiju.engine.columnar.leaf import Compared
from guiju.engine.network import Network


@dataclass(frozen=True, eq=False)
class Results:
    """What a comparison comes to in each row of a table. `aside`: rows that are left to the evaluator."""

    may_be: tuple[frozenset[Value], ...]
    numbers: npt.NDArray[np.int64]  # of each row the place of what it may be
    aside: Rows

    def rows_with(self, letters: frozenset[Value]) -> Rows:
        """The rows in which it comes to one of some letters, or may."""
        return np.array([not letters.isdisjoint(found) for found in self.may_be])[self.numbers]


def results_of(
    leaf: Compared, network: Network, values: Sequence[Value], columns: Mapping[int, Column], rows: int
) -> Results:
    """What a comparison comes to in each row."""
    comparison = Comparison(leaf, network, values)
    slots = [s for s in leaf.slots if s in columns]
    combinations, of_row = _combinations([columns[s] for s in slots], rows)
    stated = ({s: n for s, n in zip(slots, c, strict=True) if n is not None} for c in combinations)
    found = [comparison.may_be(given) for given in stated]
    aside = np.array([one is None for one in found])
    return Results(tuple(one or frozenset() for one in found), of_row, aside[of_row])


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
