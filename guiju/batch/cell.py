"""One cell, read as an evidence file would be: text or not, it comes to a value, or to what is wrong with it."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from guiju.batch.codes import BLANK_OPTION
from guiju.compiler.ir import Clause, NumberType, OptionType, Program, SetType
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.source import Source, Span
from guiju.engine.layout import Slot, layout
from guiju.engine.names import ids_by_name
from guiju.engine.verdict_words import verdict_in

if TYPE_CHECKING:  # most tables have nothing that has to be read as evidence is
    from guiju.engine.evidence import StatedValue
    from guiju.exchange.problem import Problem

#: a value of a row, see `engine.rows`
CellValue: TypeAlias = bool | str | Decimal | Fraction | frozenset[str] | None
_UNKNOWN = ("unknown", "未知")
_BETWEEN = re.compile(r"[|,;，；、｜]")  # options of a set in one text; no name of an option has these
_TRUTHS = ("true", "false")
_SUBJECT = "row"


@lru_cache(maxsize=1 << 16)
def cell_of_text(program: Program, index: int, text: str) -> CellValue | tuple[Diagnostic, ...]:
    """What a text in a column (by its place in the layout) states, or why it states nothing.

    A number without a unit is in the unit of its fact; several options stand side by side, `a | b`, and none is `[]`.
    Names come out as ids. Blank is unknown, and so is the word; of a clause the word says that somebody looked.
    """
    slot, plain = layout(program)[index], text.strip()
    if not plain or (plain in _UNKNOWN and slot.kind != "clause"):
        return None
    if slot.kind == "clause":
        if plain.lower() in _TRUTHS:  # a boolean, as it is written to CSV
            return plain.lower() == "true"
        verdict = verdict_in(plain)
        value = {"satisfied": True, "unsatisfied": False}.get(verdict or "", verdict)
        return wrong_with(program, index, plain) or value
    assert not isinstance(slot.declaration, Clause)
    known = ids_by_name(slot.declaration.options) if isinstance(slot.type, OptionType) else {}
    return known[plain] if plain in known else _as_evidence(program, slot, text)


def _as_evidence(program: Program, slot: Slot, text: str) -> CellValue | tuple[Diagnostic, ...]:
    """What evidence with this alone in it would state."""
    from guiju.engine.bind import bind
    from guiju.engine.evidence import Choice, Evidence, StatedFact
    from guiju.exchange.problem import Problem

    plain = text.strip()
    stated = _stated(slot, plain)
    if isinstance(stated, Problem):
        return (Diagnostic(stated.code, _place(slot, text), stated.arguments),)
    id_, place = slot.declaration.id, _place(slot, text)
    evidence = Evidence(
        subject=_SUBJECT,
        inputs=(Choice(name=id_, value=plain, span=place),) if slot.kind == "input" else (),
        facts=(StatedFact(name=id_, value=stated, span=place),) if slot.kind == "fact" else (),
        span=Span(Source(_SUBJECT, ""), 0, 0),
    )
    bound, found = bind(program, evidence)
    wrong = tuple(d for d in found if d.is_error)
    return wrong or _of_row(slot, stated, (bound.inputs if slot.kind == "input" else bound.facts)[id_])


def cell_of_options(
    program: Program, index: int, options: tuple[str | None, ...]
) -> CellValue | tuple[Diagnostic, ...]:
    """The same of a list of options."""
    if all(option and option.strip() for option in options):
        return cell_of_text(program, index, f"[{'|'.join(map(str, options))}]")
    slot = layout(program)[index]
    place = _place(slot, " | ".join(option or "" for option in options))
    return (Diagnostic(BLANK_OPTION, place, (("name", slot.name),)),)


def _stated(slot: Slot, text: str) -> StatedValue | Problem:
    """The text as an evidence file would take it, a bare number with the unit of its fact."""
    if isinstance(slot.type, SetType):
        inside = text.removeprefix("[").removesuffix("]")
        return tuple(part for part in map(str.strip, _BETWEEN.split(inside)) if part)
    if not isinstance(slot.type, NumberType):
        return text
    from guiju.engine.evidence import Quantity
    from guiju.exchange.number import read_quantity

    quantity = read_quantity(text)
    if isinstance(quantity, Quantity):
        return Quantity(number=quantity.number, unit=quantity.unit or slot.unit, text=quantity.text)
    return text if quantity is None else quantity


def _of_row(slot: Slot, stated: StatedValue, value: object) -> CellValue:
    """A bound value as rows have it: numbers in the unit of their fact, with the decimal places they were given."""
    if not isinstance(value, Fraction):
        assert isinstance(value, bool | str | frozenset)
        return value
    from guiju.engine.evidence import Quantity

    if isinstance(stated, Quantity) and stated.places is not None and stated.unit == slot.unit:
        return Decimal(f"{int(stated.number * 10**stated.places)}e-{stated.places}")
    unit = unit_named(slot.unit or "")
    return value / (unit.factor if unit else 1)


@lru_cache(maxsize=1 << 14)
def wrong_with(program: Program, index: int, value: object) -> tuple[Diagnostic, ...]:
    """What is wrong with a value of a row (hashable) where it stands alone; () where nothing is."""
    from guiju.engine.rows import bind_row

    row: list[object] = [None] * len(layout(program))
    row[index] = value
    _, found = bind_row(program, row, _SUBJECT)
    return tuple(d for d in found if d.is_error)


def _place(slot: Slot, text: str) -> Span:
    """The cell as a text of its own, as `engine.rows` has it."""
    shown = f"{slot.name}: {text}"
    return Span(Source(_SUBJECT, shown), 0, len(shown))
