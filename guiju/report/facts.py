"""What the evidence states of a fact, as it states it."""

from __future__ import annotations

import re

from guiju.compiler.ir import Fact, Input, NumberType
from guiju.compiler.units import format_number, unit_named
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import units_in
from guiju.engine.bind import Bound
from guiju.engine.evidence import Quantity, StatedValue

_QUANTITY = re.compile(r"(?P<number>[-+]?\d[^\[]*) (?P<unit>[^\s\[]+)(?P<behind> \[.*)?")


def stated_text(value: StatedValue, language: Language | None = None) -> str:
    """A value in the words and the unit of the evidence: `128 Kitokens`, `1 周`; the unit as a language writes it."""
    match value:
        case Quantity():
            number = value.text or format_number(value.number)
            told = number if not value.unit or number.endswith(value.unit) else f"{number} {value.unit}"
            return told if language is None else in_units_of(told, language)
        case bool():
            return "yes" if value else "no"
        case tuple():
            return f"[{', '.join(value)}]"
    return "null" if value is None else value


def units_of(fact: Fact | Input, bound: Bound) -> tuple[str, ...]:
    """The units that a number is told in: its own, then that in which the evidence states it; none of what is none."""
    if not isinstance(fact.type, NumberType):
        return ()
    stated = bound.stated.get(fact.id)
    said = stated.value.unit if stated is not None and isinstance(stated.value, Quantity) else None
    return (fact.type.unit, said) if said and unit_named(said) else (fact.type.unit,)


def in_units_of(text: str, language: Language) -> str:
    """What evidence states, its unit as a language writes it: `7 天 [E-1]` of `7 d [E-1]`.

    What is no quantity stays as it is.
    """
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return text
    unit = units_in(language).get(found["unit"], found["unit"])
    return f"{found['number']} {unit}{found['behind'] or ''}"
