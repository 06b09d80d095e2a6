"""The units that a number in a cell may have: the policy's own first, each with the names that a cell may give it."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from guiju.compiler.ir import NumberType
from guiju.compiler.units import unit_named, units_for
from guiju.dsl.keywords import unit_in

MOST_UNITS = 24


@cache
def units_of(type_: NumberType) -> tuple[tuple[str, ...], ...]:
    """The units of a type: a pure number and a count have one without a name."""
    own = unit_named(type_.unit)
    if own is None or (not type_.dimension and type_.unit != "%"):
        return (("number",),) if own is None else ((own.name,),)
    others = (unit_named(name) for name in units_for(type_.unit, integer=type_.integer))
    found = dict.fromkeys((own.name, *(u.name for u in others if u is not None and u.dimension == own.dimension)))
    return tuple(tuple(dict.fromkeys((name, unit_in(name, "zh")))) for name in list(found)[:MOST_UNITS])


def has_unit(type_: NumberType) -> bool:
    """Whether a number of the type is written with a unit."""
    return bool(type_.dimension) or type_.unit == "%"


def factor(name: str) -> Fraction:
    """How many of the coherent unit a unit is."""
    unit = unit_named(name)
    return unit.factor if unit else Fraction(1)
