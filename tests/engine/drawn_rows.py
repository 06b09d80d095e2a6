"""Random rows of a program's plain table: mostly known, some unknown, now and then something out of type."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from guiju.compiler import ir
from guiju.engine.layout import Slot, layout

Draw = Callable[[st.SearchStrategy[Any]], Any]
NUMBERS = (0, 1, 2, 3, 7, 50, 500, Decimal("0.5"), Decimal("66.7"), Decimal(-1), Fraction(5, 3), Decimal("33.30"))
OUT_OF_TYPE = (0.5, -3, "perhaps", ("x", "nowhere"), Decimal("NaN"))


@st.composite
def rows_for(draw: Draw, program: ir.Program) -> list[object]:
    """A row: how much of it is unknown is drawn first, so that some rows have nothing open."""
    open_percent = draw(st.sampled_from((0, 0, 5, 30, 90)))
    odd_percent = draw(st.sampled_from((0, 0, 0, 0, 5)))
    return [_value(draw, slot, open_percent, odd_percent) for slot in layout(program)]


def _value(draw: Draw, slot: Slot, open_percent: int, odd_percent: int) -> object:
    chance = draw(st.integers(0, 99))
    if chance < odd_percent:
        return draw(st.sampled_from(OUT_OF_TYPE))
    computed = not slot.is_asked  # what facts or formulas give is stated now and then, agreeing or not
    if chance >= 100 - open_percent or (computed and draw(st.integers(0, 2))):
        return None
    match slot.type:
        case None:
            applies = isinstance(slot.declaration, ir.Clause) and slot.declaration.applies is not None
            words = ("satisfied", "不满足", "unknown", *(("not applicable", "不适用") if applies else ()))
            return draw(st.sampled_from((True, True, True, False, False, *words)))
        case ir.TruthType():
            return draw(st.booleans())
        case ir.OptionType(options):
            return draw(st.sampled_from(options))
        case ir.SetType(options):
            return draw(st.lists(st.sampled_from(options), unique=True))
        case ir.NumberType() as type_:
            fitting = [n for n in NUMBERS if fits(n, type_)]
            return draw(st.sampled_from(fitting))


def fits(number: int | Decimal | Fraction, type_: ir.NumberType) -> bool:
    """Whether a number can be one of a type."""
    is_whole = Fraction(number).denominator == 1
    return (is_whole or not type_.integer) and (number >= 0 or not type_.is_never_negative)
