"""What a row may state, as a sweep over a blank row asks for it: leaves, each with the few letters that matter.

Of a clause these are verdicts, of a number the sides of its thresholds, of a set whether it has an option. Numbers
that meet others, or that a formula gives, are asked for through the comparison above them: its value is the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import Clause, Value, Verdict


@dataclass(frozen=True)
class Verdicts:
    """An attestation. `letters`: the verdicts that the column can have."""

    slot: int
    letters: tuple[Verdict, ...]


@dataclass(frozen=True)
class Options:
    """One of some options, or yes or no."""

    slot: int
    letters: tuple[Value, ...]


@dataclass(frozen=True)
class Member:
    """Whether a set has an option."""

    slot: int
    option: str
    letters: tuple[bool, ...] = (True, False)


@dataclass(frozen=True)
class Sets:
    """Which of some options a set has."""

    slot: int
    letters: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Sides:
    """On or between which thresholds a number lies. Each letter is a number that stands for its side."""

    slot: int
    thresholds: tuple[Fraction, ...]
    letters: tuple[Fraction, ...]

    def side(self, number: Fraction) -> int:
        """Twice the number of thresholds below, and one more on a threshold."""
        return sum((t < number) + (t <= number) for t in self.thresholds)


@dataclass(frozen=True)
class Compared:
    """What a comparison over several facts, or over a formula, comes to.

    `slots` are all facts below it, by the layout; `when_open` is what it can be where none of them is stated, None
    where that goes together with something else. Unknown is a letter where it is asked what is settled, and not what
    completions leave.
    """

    node: int
    slots: tuple[int, ...]
    letters: tuple[Value, ...]
    when_open: tuple[Value, ...] | None


@dataclass(frozen=True)
class Knot:
    """Clauses by their columns, and the verdicts that they may have together; those `borne` out by some facts.

    The others stand where all `inputs`, by their columns, are stated: under some other input facts may bear them out.
    `is_sure`: whether a row has one of the letters whatever it states; else it may be in dispute, or deny an input.
    """

    slots: tuple[int, ...]
    letters: tuple[tuple[Verdict, ...], ...]
    borne: frozenset[tuple[Verdict, ...]]
    inputs: tuple[int, ...]
    is_sure: bool


Leaf: TypeAlias = Verdicts | Options | Member | Sets | Sides | Compared | Knot

#: what the bits of a column can say; that a clause does not apply is none of it
YES, NO = (True, Verdict.SATISFIED), (False, Verdict.UNSATISFIED)


class NotInColumnsError(Exception):
    """What columns cannot express: the address of a node, and why."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(address, why)
        self.address, self.why = address, why


def verdicts_on(clause: Clause) -> tuple[Verdict, ...]:
    """The verdicts that the column of a clause can have."""
    return tuple(Verdict) if clause.applies is not None else tuple(Verdict)[:2]


def slots_of(leaf: Leaf) -> tuple[int, ...]:
    """The columns that a leaf is read from."""
    return leaf.slots if isinstance(leaf, Compared | Knot) else (leaf.slot,)
