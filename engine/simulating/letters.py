"""One value of a row: what it is in the engine's own terms, and which letters of a leaf it may be."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from guiju.compiler.ir import Clause, NumberType, Value, Verdict
from guiju.compiler.units import unit_named
from guiju.engine.columnar.leaf import Member, Options, Sets, Sides, Verdicts
from guiju.engine.compiled.judging import UnplainError, in_type
from guiju.engine.layout import Slot
from guiju.engine.verdict_words import verdict_in

_VERDICTS = {verdict.value: verdict for verdict in Verdict}  # `unknown` is none of them
Leaf: TypeAlias = Verdicts | Options | Member | Sets | Sides


def reader(slot: Slot) -> Callable[[Any], Value | None]:
    """Takes a value of a row; gives it as the engine has it, numbers in their coherent unit, None where it is unknown.

    UnplainError of one that is out of type at first sight.
    """
    clause, type_ = slot.declaration, slot.type
    if isinstance(clause, Clause):
        return lambda value: None if value is None else _verdict(clause, value)
    read = in_type(slot)
    if not isinstance(type_, NumberType):
        return read
    unit = unit_named(type_.unit)
    factor = unit.factor if unit else Fraction(1)
    return lambda value: None if value is None else read(value) * factor


def _verdict(clause: Clause, value: Any) -> Verdict | None:
    word = verdict_in(value)
    if word is None or (word == "not-applicable" and clause.applies is None):
        raise UnplainError
    return _VERDICTS.get(word)


def letter_in(leaf: Leaf, letters: frozenset[Any]) -> Callable[[Any], bool]:
    """Whether a value that is stated is one of some letters of a leaf."""
    match leaf:
        case Member():
            return lambda value: (leaf.option in value) in letters
        case Sets():
            asked = frozenset[str]().union(*leaf.letters)
            seen = frozenset(letter & asked for letter in letters)
            return lambda value: value & asked in seen
        case Sides():
            sides = frozenset(leaf.side(letter) for letter in letters)
            return lambda value: leaf.side(value) in sides
    return lambda value: value in letters
