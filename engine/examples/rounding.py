"""A subject that a search found -> the same with rounder numbers, as far as it shows the same with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import floor

from guiju.compiler.ir import NumberType, Program
from guiju.compiler.units import format_number
from guiju.engine.evidence import Evidence, Quantity
from guiju.engine.names import ids_by_name

MOST_DIGITS = 3  # of a number that nobody minds to write and read: `50`, `1.25`, `300`


def with_round_numbers(program: Program, evidence: Evidence, shows: Callable[[Evidence], bool]) -> Evidence:
    """The evidence with round numbers for long ones, one after the other; `shows`: whether it still serves."""
    ids = ids_by_name(program.facts)
    for place, stated in enumerate(evidence.facts):
        type_ = program.fact[ids[stated.name]].type if stated.name in ids else None
        if not isinstance(type_, NumberType) or not isinstance(stated.value, Quantity):
            continue
        for number in rounder(stated.value.number, whole=type_.integer):
            quantity = replace(stated.value, number=number, text=f"{format_number(number)} {stated.value.unit or ''}")
            facts = (*evidence.facts[:place], replace(stated, value=quantity), *evidence.facts[place + 1 :])
            if shows(replace(evidence, facts=facts)):
                evidence = replace(evidence, facts=facts)
                break
    return evidence


def rounder(number: Fraction, *, whole: bool = False) -> Iterator[Fraction]:
    """Numbers near a long one that have fewer digits, the roundest first; none for one that is short.

    >>> [str(n) for n in rounder(Fraction(172801, 3600))]
    ['40', '50', '48', '49', '481/10']
    >>> list(rounder(Fraction(125)))
    []
    """
    if _digits(number) <= MOST_DIGITS:
        return
    size = len(str(abs(floor(number)))) if abs(number) >= 1 else 0
    told: set[Fraction] = set()
    for digits in range(1, MOST_DIGITS + 1):
        step = Fraction(10) ** (size - digits)
        for found in (floor(number / step) * step, (floor(number / step) + 1) * step):
            if found not in told and not (whole and found.denominator != 1):
                told.add(found)
                yield found


def _digits(number: Fraction) -> int:
    """How many digits a number is written with, without the zeros at its end; of a fraction, all."""
    return len("".join(c for c in format_number(abs(number)).replace(".", "") if c.isdecimal()).strip("0"))
