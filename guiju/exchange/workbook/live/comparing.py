"""Comparisons: whether they can be true, false or undefined of what their operands can be."""

from __future__ import annotations

from fractions import Fraction
from math import floor, log10

from guiju.exchange.workbook.live.arithmetic import SMALL, Pen, alike, chosen, number, plain, rounded, within_rounding
from guiju.exchange.workbook.live.terms import NO, YES, every, lacking, some, where
from guiju.exchange.workbook.live.values import (
    Held,
    Members,
    NotLiveError,
    Numbers,
    Options,
    Stated,
    Truth,
)

DIGITS = 14  # of a number in a cell: spreadsheets take numbers for equal that differ in the sixteenth
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NOT = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "!=": "="}


def compared(pen: Pen, symbol: str, left: Held, right: Held) -> Truth:
    """What a comparison can come to."""
    if isinstance(right, Stated) and _fixed(left) is not None:
        return compared(pen, _MIRRORED[symbol], right, left)
    if isinstance(left, Stated) and (limit := _fixed(right)) is not None:
        true, false, undefined = _with_cell(pen, symbol, left, limit)
        return Truth(true=true, false=false, undefined=undefined)
    if isinstance(left, Truth) and isinstance(right, Truth):
        return _lacking(pen, left, right, *_equal_truths(symbol, left, right))
    if isinstance(left, Options) and isinstance(right, Options):
        return _lacking(pen, left, right, *_equal_options(symbol, left, right))
    one, other = plain(pen, number(left)), plain(pen, number(right))
    true, false = _ordered(pen, symbol, one, other)
    both = every((one.some, other.some))
    return _lacking(pen, one, other, every((both, true)), every((both, false)))


def member(pen: Pen, element: Held, held: Held) -> Truth:
    """Whether an option is among others."""
    if not isinstance(element, Options) or not isinstance(held, Members):
        raise NotLiveError("in")
    inside = some(every((bit, held.inside.get(o, NO))) for o, bit in element.may.items())
    outside = some(every((bit, held.outside.get(o, YES if o not in held.inside else NO)))
                   for o, bit in element.may.items())  # fmt: skip
    return _lacking(pen, element, held, inside, outside)


def _fixed(held: Held) -> Fraction | None:
    """The number that a constant is."""
    if isinstance(held, Numbers) and held.some == YES and held.is_exact and held.limits[0] == held.limits[1]:
        is_alone = NO == held.absent == held.not_entered == held.undefined
        return Fraction(held.limits[0], held.parts) if is_alone else None
    return None


def _lacking(pen: Pen, left: Held, right: Held, true: str, false: str) -> Truth:
    """A value that is not there satisfies no comparison; an undefined one leaves it undefined."""
    aside = some((*left.aside, *right.aside))
    there = [_is_there(v) for v in (left, right)]
    undefined = some((every((left.undefined, there[1])), every((right.undefined, there[0]))))
    return Truth(
        true=pen.put("may be true", true),
        false=pen.put("may be false", some((false, aside))),
        undefined=pen.put("may be undefined", undefined),
    )


def _is_there(held: Held) -> str:
    """Whether a value may be neither absent nor not entered."""
    if isinstance(held, Numbers):
        return some((held.some, held.undefined))
    return YES


def _ordered(pen: Pen, symbol: str, one: Numbers, other: Numbers) -> tuple[str, str]:
    (one, other), _ = alike(pen, (one, other))
    if symbol in ("=", "!="):
        meets = where(f"AND({one.low}<={other.high},{other.low}<={one.high})")
        apart = where(f"NOT(AND({one.low}={one.high},{other.low}={other.high},{one.low}={other.low}))")
        return (meets, apart) if symbol == "=" else (apart, meets)
    flip = symbol in (">", ">=")
    low, high = (other, one) if flip else (one, other)
    sign = "<" if symbol in ("<", ">") else "<="
    opposite = ">=" if sign == "<" else ">"
    return where(f"{low.low}{sign}{high.high}"), where(f"{low.high}{opposite}{high.low}")


def _equal_truths(symbol: str, left: Truth, right: Truth) -> tuple[str, str]:
    same = some((every((left.true, right.true)), every((left.false, right.false))))
    other = some((every((left.true, right.false)), every((left.false, right.true))))
    return (same, other) if symbol == "=" else (other, same)


def _equal_options(symbol: str, left: Options, right: Options) -> tuple[str, str]:
    same = some(every((bit, right.may.get(o, NO))) for o, bit in left.may.items())
    other = some(every((bit, some(b for p, b in right.may.items() if p != o))) for o, bit in left.may.items())
    return (same, other) if symbol == "=" else (other, same)


# --- a number in a cell with a number of the standard ----------------------------------------------------------------


def _with_cell(pen: Pen, symbol: str, cell: Stated, limit: Fraction) -> tuple[str, str, str]:
    """The cell is compared in the unit that it is written in, with the limit in that unit: nothing is converted."""
    limits = [_decimal(limit / factor) for factor in cell.factors]
    against = pen.put("limit in the unit of the cell", chosen(cell.unit, limits))
    sign, opposite = ("<>" if symbol == "!=" else symbol), _NOT[symbol]
    met = pen.put("stated and met", f"IF({cell.known},IF({cell.cell}{sign}{against},1,0),0)")
    missed = pen.put("stated and missed", f"IF({cell.known},IF({cell.cell}{opposite}{against},1,0),0)")
    by = cell.by_formula
    if by is None:
        is_open = lacking(cell.known)
        return pen.put("may be true", some((met, is_open))), pen.put("may be false", some((missed, is_open))), NO
    one = rounded(pen, by)
    n = limit.numerator
    other = Numbers(some=YES, low=str(n), high=str(n), parts=limit.denominator, limits=(n, n))
    may_be, may_not = _ordered(pen, symbol, one, rounded(pen, other))
    if one.is_ratio != NO and max(abs(n), limit.denominator) < SMALL:
        sign, opposite = ("<>" if symbol == "!=" else symbol), _NOT[symbol]
        nearest = repr(float(limit)).upper()
        may_be = f"IF({one.is_ratio},{where(f'{one.low}{sign}{nearest}')},{may_be})"
        may_not = f"IF({one.is_ratio},{where(f'{one.low}{opposite}{nearest}')},{may_not})"
        may_be, may_not = pen.put("ratio met", may_be), pen.put("ratio missed", may_not)
    both = pen.put("stated and computed", every((cell.known, cell.computed, by.some)))
    alone = pen.put("computed alone", lacking(cell.known))
    inside, outside = within_rounding(pen, cell, one)
    computed = pen.put("the computed one", some((every((both, inside)), every((alone, by.some)))))
    stated = lacking(both)
    true = some((every((met, stated)), every((computed, may_be))))
    false = some((every((missed, stated)), every((computed, may_not))))
    undefined = some((every((both, outside)), every((alone, by.undefined))))
    return (
        pen.put("may be true", true),
        pen.put("may be false", false),
        pen.put("may be undefined", undefined),
    )


def _decimal(limit: Fraction) -> str:
    """A limit as a number in a formula: itself, or one that lies on its side of every number with so many digits."""
    text = repr(float(limit))
    if limit == 0 or Fraction(text) == limit:
        digits = text.replace(".", "").replace("-", "").split("e")[0].strip("0")
        if len(digits) <= DIGITS:
            return text.upper()
    below = Fraction(10) ** (floor(log10(abs(limit))) - DIGITS + 1)
    steps = limit / below
    if steps.denominator != 1 and min(steps - floor(steps), floor(steps) + 1 - steps) > Fraction(1, 100):
        return text.upper()
    raise NotLiveError(f"limit {limit}")
