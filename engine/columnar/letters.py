"""The planes of letters as gates: of what a row may be, as far as it says, and of what it says."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from guiju.compiler.ir import Verdict
from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit
from guiju.engine.columnar.leaf import NO, YES, Knot, Leaf, Options, Verdicts, slots_of


@dataclass(frozen=True)
class Shape:
    """What operations depend on: a table's columns, which of them are bits, and whether some bits are null."""

    present: frozenset[int]
    bits: frozenset[int]
    is_open: bool


@dataclass(frozen=True)
class Values:
    """The bits of a Boolean column; of null ones nothing is known."""

    slot: int


@dataclass(frozen=True)
class Stated:
    """The rows in which a column says something."""

    slot: int


@dataclass(frozen=True)
class May:
    """The rows that state one of some letters, or nothing."""

    leaf: Any
    letters: frozenset[Any]


class Letters:
    """Gates for the letters of leaves, on one shape of table. Called, it gives the rows that may have one of some."""

    def __init__(self, circuit: Circuit, shape: Shape) -> None:
        self._circuit, self._shape = circuit, shape

    def __call__(self, leaf: Hashable, letters: frozenset[Any]) -> int:
        """The plane of the rows that may have one of some letters."""
        circuit = self._circuit
        if isinstance(leaf, Knot):
            return circuit.any_of(self._together(leaf, letter) for letter in sorted(letters, key=str))
        if not isinstance(leaf, Verdicts | Options) or leaf.slot not in self._shape.bits:
            return circuit.input(May(leaf, letters))
        value, stated = self._bits(leaf.slot)
        yes, no = not letters.isdisjoint(YES), not letters.isdisjoint(NO)
        if yes and no:
            return FULL
        if not yes and not no:
            return circuit.neither(stated)
        may = circuit.either(value, circuit.neither(stated))
        return may if yes else circuit.differing(may, stated)  # what is stated is one of the two, all else may be both

    def _bits(self, slot: int) -> tuple[int, int]:
        circuit = self._circuit
        return circuit.input(Values(slot)), self.stated(slot)

    def _together(self, knot: Knot, letter: tuple[Verdict, ...]) -> int:
        """The rows that may have some verdicts together; where no facts bear them out, those that state them all."""
        is_borne = letter in knot.borne
        each = self._may if is_borne else self._says
        plane = FULL
        for slot, verdict in zip(knot.slots, letter, strict=True):
            plane = self._circuit.both(plane, each(slot, verdict))
        for slot in knot.inputs if not is_borne else ():
            plane = self._circuit.both(plane, self.stated(slot))
        return plane

    def stated(self, slot: int) -> int:
        """The plane of the rows that state something in a column."""
        if slot not in self._shape.present:
            return EMPTY
        return self._circuit.input(Stated(slot)) if self._shape.is_open or slot not in self._shape.bits else FULL

    def _may(self, slot: int, verdict: Verdict) -> int:
        return self(Verdicts(slot, tuple(Verdict)), frozenset((verdict,)))

    def _says(self, slot: int, verdict: Verdict) -> int:
        return self.says(Verdicts(slot, tuple(Verdict)), frozenset((verdict,)))

    def says(self, leaf: Leaf, letters: frozenset[Any]) -> int:
        """The plane of the rows that state one of some letters, in the one column that a leaf is read from."""
        (slot,), circuit = slots_of(leaf), self._circuit
        if not isinstance(leaf, Verdicts | Options) or slot not in self._shape.bits:
            return circuit.both(self(leaf, letters), self.stated(slot))
        value, stated = self._bits(slot)
        yes = value if not letters.isdisjoint(YES) else EMPTY
        no = circuit.neither(value) if not letters.isdisjoint(NO) else EMPTY
        return circuit.both(FULL if yes and no else yes or no, stated)
