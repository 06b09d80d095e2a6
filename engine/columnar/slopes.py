"""Which way each node above the modules has to go for a target to rise, read off operators and the values there are.

Where that is told of all of them, a target is least where each module is as low as a row lets it be, and greatest where
each is as high. Not entered counts as lower than any number. It is not told of all that rises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from guiju.compiler.ir import NOT_ENTERED, Cases, Choice, Program, Value
from guiju.engine.columnar.above import Above, Held
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.weighed import Weighed
from guiju.engine.network import Node
from guiju.engine.ranked import is_ranked, ranked

#: 1: has to rise, -1: has to fall
Slope: TypeAlias = int
#: the place of a value among its like, what is not entered before all numbers
Rank: TypeAlias = tuple[int, Fraction]

_SAME = ("and", "or", "sum", "mean", "min", "max", "+", "reference")
_GREATER = {">=": 1, ">": 1, "<=": -1, "<": -1}
_LOWEST: Rank = (0, Fraction(0))


def rank_of(program: Program, value: Value) -> Rank | None:
    """The place of a value among its like; None where it has none."""
    if value is NOT_ENTERED:
        return _LOWEST
    if isinstance(value, bool | Fraction):
        return 1, Fraction(value)
    if not is_ranked(program, value):
        return None
    levels = ("none", *(level.id for level in program.levels))
    return 1, Fraction(ranked(program, levels).index(value))


def slopes_of(above: Above, held: Mapping[int, Held]) -> dict[int, Slope]:
    """The slope of each open node that bears on the target; NotInColumnsError where one has none, or both.

    `held`: what each node can come to, over all rows there may be.
    """
    found: dict[int, Slope] = {above.target: 1}
    for node in reversed(above.nodes):
        if node.index not in found or _is_constant(held[node.index]):
            continue
        for operand, slope in _Looking(above, held, node).slopes():
            if operand not in held or _is_constant(held[operand]):
                continue
            if found.setdefault(operand, slope * found[node.index]) != slope * found[node.index]:
                raise NotInColumnsError(node.address, "large")
    return found


def _is_constant(held: Held) -> bool:
    return not held.weights and not held.missing if isinstance(held, Weighed) else len(held) == 1


class _Looking:
    """A node that has to rise, and which way its operands have to go for that."""

    def __init__(self, above: Above, held: Mapping[int, Held], node: Node) -> None:
        self._node, self._operands, self._program = node, above.operands(node), above.known.network.program
        self._held, self._values = held, above.known.values

    def slopes(self) -> Iterator[tuple[int, Slope]]:
        symbol = self._node.form.symbol if self._node.form else ""
        if isinstance(self._node.subject, Cases):
            return self._table(self._node.subject)
        if symbol in _SAME or (isinstance(self._node.subject, Choice) and len(self._operands) == 1):
            return ((o, 1) for o in self._operands)
        if symbol == "not":
            return iter([(self._operands[0], -1)])
        if symbol == "-" and self._is_always_there(self._operands[1]):
            return zip(self._operands, (1, -1), strict=True)
        if symbol in ("*", "/"):
            return self._scaled()
        if symbol in _GREATER:
            return self._compared(_GREATER[symbol])
        if symbol in ("=", "!="):
            return self._equal(1 if symbol == "=" else -1)
        return self._untold()

    def _untold(self) -> Iterator[tuple[int, Slope]]:
        raise NotInColumnsError(self._node.address, "large")

    def _ranks(self, index: int) -> tuple[Rank, Rank]:
        """The least and the greatest that an operand can be."""
        if index not in self._held:
            ranks = [rank_of(self._program, self._values[index])]
        elif isinstance(held := self._held[index], Weighed):
            ranks = [(1, held.least), (1, held.greatest), *([_LOWEST] if held.missing else ())]
        else:
            ranks = [rank_of(self._program, value) for value in held]
        told = [rank for rank in ranks if rank is not None]
        if len(told) < len(ranks):
            raise NotInColumnsError(self._node.address, "large")
        return min(told), max(told)

    def _is_always_there(self, index: int) -> bool:
        return self._ranks(index)[0] > _LOWEST

    def _scaled(self) -> Iterator[tuple[int, Slope]]:
        known = [v for o in self._operands if isinstance(v := self._values[o], Fraction)]
        inner = next(o for o in self._operands if o in self._held)
        is_divisor = self._node.form is not None and self._node.form.symbol == "/" and inner == self._operands[1]
        if not known or not known[0] or is_divisor or (known[0] < 0 and not self._is_always_there(inner)):
            return self._untold()
        return iter([(inner, 1 if known[0] > 0 else -1)])

    def _compared(self, side: Slope) -> Iterator[tuple[int, Slope]]:
        """`side`: 1 where the left has to be the greater one. What is not entered makes it false."""
        greater, less = self._operands[::side]
        if not self._is_always_there(less):
            (_, most), (least, _) = self._ranks(less), self._ranks(greater)
            if least < most or self._node.form is None or self._node.form.symbol in ("<", ">"):
                return self._untold()
            return iter([(less, 1)])  # it holds of all numbers that there are: as soon as there is one
        return iter([(greater, 1), (less, -1)])

    def _equal(self, slope: Slope) -> Iterator[tuple[int, Slope]]:
        """With the greatest that a number can be, or the least."""
        number, other = sorted(self._operands, key=lambda o: o not in self._held)
        if other in self._held or self._values[other] is NOT_ENTERED:
            return self._untold()
        (least, greatest), (known, _) = self._ranks(number), self._ranks(other)
        if known >= greatest and (slope > 0 or self._is_always_there(number)):
            return iter([(number, slope)])
        if known <= least and self._is_always_there(number):
            return iter([(number, -slope)])
        return self._untold()

    def _table(self, cases: Cases) -> Iterator[tuple[int, Slope]]:
        """A table whose values only fall from row to row, or only rise, goes the way of its conditions."""
        operands: Sequence[int] = self._operands
        if cases.undecided is not None:
            conditions, values = [operands[0]], [operands[1], operands[2]]
        else:
            conditions, values = list(operands[:-1:2]), [*operands[1:-1:2], operands[-1]]
        ranks = [self._ranks(value) for value in values]
        falls = all(upper[0] >= lower[1] for upper, lower in pairwise(ranks))
        rises = all(upper[1] <= lower[0] for upper, lower in pairwise(ranks))
        if not falls and not rises:
            return self._untold()
        return iter([*((c, 1 if falls else -1) for c in conditions), *((v, 1) for v in values)])
