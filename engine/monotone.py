"""Which way an operator goes with each of its operands, read off how far each of these may lie.

The one table of this that there is. `engine/rising.py` goes up through it, from clauses that all become satisfied;
`engine/columnar/slopes.py` goes down, from a target to which way each module has to go for it. What is not entered
counts as below all numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from guiju.compiler.operators import COMPARISONS

#: 1: rises with it, -1: falls as it rises, 0: stays
Slope: TypeAlias = int
#: the place of a value among its like, what is not entered before all numbers
Rank: TypeAlias = tuple[bool, Fraction]
Ends: TypeAlias = tuple[Fraction, Fraction]

_NO, _YES = Fraction(0), Fraction(1)
BELOW_ALL: Rank = (False, _NO)
EITHER: Ends = (_NO, _YES)
ALWAYS: Ends = (_YES, _YES)
NEVER: Ends = (_NO, _NO)

_WITH_ALL = ("sum", "mean", "min", "max", "+", "reference")
_OF_TRUTHS = {"and": 1, "or": 1, "not": -1}
_FLIPPED = {"<": ">", "<=": ">="}


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a value may lie: no and yes as 0 and 1.

    `ends` are numbers that it never lies outside of, None where it is never entered. `hides`: it may be not entered.
    """

    ends: Ends | None
    hides: bool = False

    @property
    def lowest(self) -> Rank:
        """What it is at least, in the order of all values."""
        return BELOW_ALL if self.hides or self.ends is None else (True, self.ends[0])

    @property
    def highest(self) -> Rank:
        """What it is at most."""
        return BELOW_ALL if self.ends is None else (True, self.ends[1])


def slopes_of(symbol: str, operands: Sequence[Extent]) -> tuple[Slope, ...] | None:
    """Which way an operator goes as each of its operands rises; None where that is not told of all of them."""
    if symbol in COMPARISONS:
        return _of_comparison(symbol, *operands)
    if symbol in _WITH_ALL:
        return (1,) * len(operands)
    if symbol in _OF_TRUTHS:
        return None if any(o.hides for o in operands) else (_OF_TRUTHS[symbol],) * len(operands)
    match symbol:
        case "present":
            return (0,)
        case "-" if not operands[1].hides:
            return (1, -1)
        case "*" | "/" if (found := factor(symbol, *operands)) is not None:
            number, place = found
            slope = 1 if number > 0 else -1
            is_told = number > 0 or not operands[place].hides
            return (slope * (place == 0), slope * (place == 1)) if is_told else None
    return None


def factor(symbol: str, left: Extent, right: Extent) -> tuple[Fraction, int] | None:
    """The known number, not 0, that a product or quotient multiplies its other operand by, and the place of that."""
    for known, place in ((right, 0), (left, 1)):
        if known.ends is not None and not known.hides and known.ends[0] == known.ends[1] and known.ends[0]:
            return (1 / known.ends[0] if symbol == "/" else known.ends[0]), place
        if symbol == "/":
            return None
    return None


def goes_by_row(values: Sequence[Extent]) -> tuple[Slope, ...]:
    """The ways in which a table may go as the row that holds is one further up: those that its values stand in."""
    falls = all(before.lowest >= after.highest for before, after in pairwise(values))
    climbs = all(before.highest <= after.lowest for before, after in pairwise(values))
    return (*((1,) if falls else ()), *((-1,) if climbs else ()))


def truth_of(symbol: str, left: Extent, right: Extent) -> Ends:
    """What the numbers of two sides say of a comparison of them, where both are entered; no where one never is."""
    if left.ends is None or right.ends is None:
        return NEVER
    if symbol in _FLIPPED:
        return truth_of(_FLIPPED[symbol], right, left)
    low, high = left.ends[0] - right.ends[1], left.ends[1] - right.ends[0]  # of what the left is above the right
    if symbol in ("=", "!="):
        met, missed = (ALWAYS, NEVER) if symbol == "=" else (NEVER, ALWAYS)
        return missed if low > 0 or high < 0 else met if low == high else EITHER
    if low > 0 or (symbol == ">=" and low == 0):
        return ALWAYS
    return NEVER if high < 0 or (symbol == ">" and high == 0) else EITHER


def _of_comparison(symbol: str, left: Extent, right: Extent) -> tuple[Slope, ...] | None:
    """Of what its numbers say, and of their being there: a side that is not entered makes it false."""
    if symbol in _FLIPPED:
        found = _of_comparison(_FLIPPED[symbol], right, left)
        return found[::-1] if found else None
    truth = truth_of(symbol, left, right)
    slopes = (0, 0) if truth in (ALWAYS, NEVER) else _of_numbers(symbol, left, right)
    if slopes is None or truth == NEVER:
        return slopes
    sides = tuple(zip(slopes, (left.hides, right.hides), strict=True))
    falls_where_entered = any(slope < 0 and hides for slope, hides in sides)
    return None if falls_where_entered else tuple(1 if hides else slope for slope, hides in sides)


def _of_numbers(symbol: str, left: Extent, right: Extent) -> tuple[Slope, ...] | None:
    """Of a comparison that may go either way; of whether both are equal where one is at its end, or beyond it, then."""
    if symbol in (">", ">="):
        return (1, -1)
    assert left.ends is not None
    assert right.ends is not None
    met = 1 if symbol == "=" else -1
    if left.ends[1] == right.ends[0]:
        return (met, -met)
    return (-met, met) if left.ends[0] == right.ends[1] else None
