"""What the number format of a spreadsheet's cell makes of the number in it, and what the cell says with both.

A percentage is kept as a hundredth of what was typed, a day as the number of days since one that the file names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import inf, isfinite, nextafter
from typing import Literal, TypeAlias

from guiju.compiler.units import format_number

Form: TypeAlias = Literal["plain", "percentage", "day", "fraction"]

DIGITS = 15  # of a number, that a spreadsheet keeps
#: the formats that stand in no file, by their numbers; those from 27 on are of Chinese, Japanese, Korean and Thai Excel
BUILT_IN: Mapping[int, Form] = {
    **dict.fromkeys((9, 10, 67, 68), "percentage"),
    **dict.fromkeys((12, 13, 69, 70), "fraction"),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)), "day"),
}
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general|e[-+]', re.IGNORECASE)
_OF_A_DAY = re.compile("[abdeghmsy]", re.IGNORECASE)
_FRACTION = re.compile(r"[?#0] */ *[?#0-9]")
_FIRST, _FIRST_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SURE = range(61, 2_000_000)  # days of which every spreadsheet says the same: Excel has a 29 February 1900
_SECONDS = 86_400


def form_of(code: str) -> Form:
    """What a format shows a number as.

    >>> [form_of(code) for code in ("0.0%", "yyyy-mm-dd", "# ?/?", '0.00" days"', "[Red]0.00E+00")]
    ['percentage', 'day', 'fraction', 'plain', 'plain']
    """
    bare = _LITERAL.sub("", code)
    if _OF_A_DAY.search(bare):
        return "day"
    if "%" in bare:
        return "percentage"
    return "fraction" if _FRACTION.search(bare) else "plain"


def cell_text(number: str, form: Form, *, counts_from_1904: bool = False) -> str | None:
    """What a cell says, from its number as the file has it; None where that is not what was typed.

    >>> cell_text("1.1000000000000001", "plain"), cell_text("0.999", "percentage")
    ('1.1', '99.9 %')
    >>> cell_text("46154", "day"), cell_text("0.4375", "day")
    ('2026-05-12', '10:30:00')
    >>> cell_text("0.3333333333333333", "plain"), cell_text("0.333333333333333", "fraction")
    (None, None)
    """
    match form:
        case "day":
            return _day(Fraction(number), _FIRST_OF_1904 if counts_from_1904 else _FIRST) or typed(number)
        case "percentage":
            return _percentage(number)
        case "fraction":
            digits = typed(number)
            return digits if digits is not None and _digits(digits) < DIGITS else None
    return typed(number)


def typed(number: str) -> str | None:
    """A number as it was typed: spreadsheets save `1.1` as `1.1000000000000001`. None: its digits were not kept."""
    exact = Fraction(number)
    if exact.denominator == 1 and abs(exact) < 10**DIGITS:
        return str(exact.numerator)
    shortest = repr(float(number))
    if _digits(shortest) > DIGITS or float(shortest) != float(number):
        return None
    if Fraction(shortest) != exact and _digits(number) not in (DIGITS + 1, DIGITS + 2):
        return None
    return shortest


def _digits(number: str) -> int:
    return len(number.replace(".", "").replace("-", "").lower().partition("e")[0].strip("0"))


def _percentage(number: str) -> str | None:
    """The hundredfold; dividing by a hundred may have moved the number to the next one that a spreadsheet has."""
    size = float(number)
    near = (repr(n) for n in (size, nextafter(size, inf), nextafter(size, -inf)) if isfinite(n))
    digits = typed(min(near, key=_digits))
    return None if digits is None else f"{format_number(Fraction(digits) * 100)} %"


def _day(number: Fraction, first: date) -> str | None:
    """The day, or the instant to the second; the time alone where there is no day. None outside of the calendar."""
    days, seconds = divmod(round(number * _SECONDS), _SECONDS)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if days == 0:
        return clock.isoformat()
    if days not in _SURE:
        return None
    day = first + timedelta(days=days)
    return day.isoformat() if clock == time() else datetime.combine(day, clock).isoformat()
