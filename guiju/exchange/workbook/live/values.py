"""What a node can come to, as terms: its ways of having no value, its numbers, truth values, options or members."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, NOT_ENTERED, Special, Undefined, Value
from guiju.exchange.workbook.live.terms import NO, YES


class NotLiveError(Exception):
    """That no formula says what a node comes to; its text says of which construct."""


@dataclass(frozen=True, kw_only=True)
class Lacks:
    """The bits of having no value: an empty cell of the weights, behind a gate that is shut, not defined."""

    absent: str = NO
    not_entered: str = NO
    undefined: str = NO

    @property
    def aside(self) -> tuple[str, str]:
        """Absent or not entered: what no comparison is true of."""
        return (self.absent, self.not_entered)


@dataclass(frozen=True, kw_only=True)
class Numbers(Lacks):
    """Numbers from `low` to `high`, if `some` is set.

    Whole numbers of 1/`parts` between the limits; of `parts` 0 they are rounded outwards, and in coherent units.
    `is_ratio`: it is that of two small whole numbers, as near as the spreadsheet has it.
    """

    some: str
    low: str = NO
    high: str = NO
    parts: int = 1
    limits: tuple[int, int] = (0, 0)
    is_ratio: str = NO

    @property
    def is_exact(self) -> bool:
        """Whether they are whole numbers of a part."""
        return self.parts > 0


@dataclass(frozen=True, kw_only=True)
class Stated(Lacks):
    """The number in a cell, in one of some units.

    `by_formula` is what a formula of the policy gives beside it, `computed` whether all is stated that it stands on.
    """

    cell: str
    known: str
    unit: str  # which of the units, from 1
    factors: tuple[Fraction, ...]
    is_never_negative: bool
    by_formula: Numbers | None = None
    computed: str = NO
    is_whole: bool = False  # of a whole number nothing was rounded away


@dataclass(frozen=True, kw_only=True)
class Truth(Lacks):
    """True or false."""

    true: str
    false: str


@dataclass(frozen=True, kw_only=True)
class Options(Lacks):
    """One of some options, each with its bit."""

    may: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Members(Lacks):
    """Some of some options: for each the bits of being a member, and of being none."""

    known: str
    inside: dict[str, str]
    outside: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Anything(Lacks):
    """What no formula says: whatever it can be."""

    absent: str = YES
    not_entered: str = YES
    undefined: str = YES
    why: str = ""


Held: TypeAlias = Numbers | Stated | Truth | Options | Members | Anything
EITHER = Truth(true=YES, false=YES, undefined=YES)


def constant(value: Value) -> Held:
    """What has one value for every workbook."""
    match value:
        case bool():
            return Truth(true=YES if value else NO, false=NO if value else YES)
        case Fraction():
            n = value.numerator
            return Numbers(some=YES, low=str(n), high=str(n), parts=value.denominator, limits=(n, n))
        case str():
            return Options(may={value: YES})
        case frozenset():
            return Members(known=YES, inside=dict.fromkeys(value, YES), outside={})
        case Undefined():
            return Numbers(some=NO, undefined=YES)
        case Special() if value in (ABSENT, NOT_ENTERED):
            return Numbers(some=NO, absent=YES if value is ABSENT else NO, not_entered=NO if value is ABSENT else YES)
    return Anything(why=str(value))
