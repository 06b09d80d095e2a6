"""Rows of a table as intervals: what they hold, and whether a number lies between them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.checks.intervals import Interval, interval_of, quantity_in
from guiju.dsl import tree
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

ENDS = st.none() | st.integers(-3, 3).map(Fraction)
POINTS = [Fraction(n, 4) for n in range(-20, 21)]


def expression(text: str) -> tree.Expr:
    document, mistakes = parse(Source("test", f'standard s-1 "S"\nlet x = {text}\n'))
    assert not mistakes
    declared = document.declarations[0]
    assert isinstance(declared, tree.LetDecl)
    return declared.value


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    low_in, high_in = low is not None and draw(st.booleans()), high is not None and draw(st.booleans())
    if low is not None and low == high:
        low_in = high_in = True
    return Interval(low, low_in, high, high_in)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("1 <= a <= 2", (1, True, 2, True)),
        ("2 < a <= 3", (2, False, 3, True)),
        ("a > 1", (1, False, None, False)),
        ("3 >= a", (None, False, 3, True)),
        ("a = 2", (2, True, 2, True)),
        ("a > 1 and a < 2", (1, False, 2, False)),
        ("a > 1 and a >= 1", (1, False, None, False)),
        ("50 % < a < 1", (Fraction(1, 2), False, 1, False)),
    ],
)
def test_comparisons_with_constants_are_intervals(
    text: str, ends: tuple[Fraction | None, bool, Fraction, bool]
) -> None:
    written = expression(text)
    assert quantity_in(written) == "a"
    assert interval_of(written, "a") == Interval(*ends)


@pytest.mark.parametrize("text", ["a != 1", "a > b", "a > 1 or a < 0", "not a > 1", "a + 1 > 2", "yes"])
def test_other_conditions_are_not(text: str) -> None:
    assert interval_of(expression(text), "a") is None


@given(intervals(), intervals())
def test_intervals_touch_where_no_number_lies_between(one: Interval, other: Interval) -> None:
    lower, later = sorted((one, other), key=lambda i: (i.low is not None, i.low or 0, not i.low_in))
    if lower.high is None or later.low is None:
        assert lower.touches(later)
        return
    above = [x for x in POINTS if x > lower.high or (x == lower.high and not lower.high_in)]
    between = [x for x in above if x < later.low or (x == later.low and not later.low_in)]
    assert lower.touches(later) == (not between)
