"""Sums of what independent parts come to, the sides of zero that they lie on, and comparisons of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import Value

#: a node that stands on one part alone: its number; or with a value, 1 where it has that value and else 0
Term: TypeAlias = int | tuple[int, Value]


@dataclass(frozen=True)
class Sum:
    """A constant and so many times what some nodes come to, each of which stands on one part alone."""

    constant: Fraction
    times: Mapping[Term, Fraction]

    def plus(self, other: Sum, factor: Fraction) -> Sum:
        """This sum and so many times another one."""
        times = dict(self.times)
        for term, number in other.times.items():
            times[term] = times.get(term, Fraction(0)) + factor * number
        return Sum(self.constant + factor * other.constant, times)

    def plus_constant(self, constant: int) -> Sum:
        """This sum and so much more."""
        return Sum(self.constant + constant, self.times)

    def scaled(self, factor: Fraction) -> Sum:
        """So many times this sum."""
        return Sum(self.constant * factor, {t: number * factor for t, number in self.times.items()})


@dataclass(frozen=True)
class Side:
    """A sum is not below zero; or, where that is `strict`, above zero."""

    sum: Sum
    strict: bool = False

    @property
    def other(self) -> Side:
        """What holds just where this does not."""
        return Side(self.sum.scaled(Fraction(-1)), not self.strict)


class UnfitError(Exception):
    """Something that is no comparison of such sums, or too much of it."""


@dataclass(frozen=True)
class Comparison:
    """A comparison of a sum with 0, by the node that asks for it."""

    node: int
    sum: Sum
    symbol: str

    def sides(self, *, truth: bool) -> Iterator[tuple[Side, ...]]:
        """On which sides the sum lies where this is true, or false: in two ways where it is not to be 0."""
        least, most = Side(self.sum), Side(self.sum.scaled(Fraction(-1)))
        match self.symbol, truth:
            case (">=", True) | ("<", False):
                yield (least,)
            case (">=", False) | ("<", True):
                yield (least.other,)
            case ("<=", True) | (">", False):
                yield (most,)
            case ("<=", False) | (">", True):
                yield (most.other,)
            case ("=", True) | ("!=", False):
                yield (least, most)
            case _:
                yield (least.other,)
                yield (most.other,)
