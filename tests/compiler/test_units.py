"""Units: exact factors, dimensions, and numbers as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.units import UNITS, format_number, format_quantity, multiply, unit_named, unit_names

FRACTIONS = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("number", "unit", "same", "as_unit"),
    [
        (1, "PFLOPS", 1000, "TFLOPS"),
        (1, "EFLOPS", 1000, "PFLOPS"),
        (1, "TB/s", 8000, "Gbit/s"),
        (1, "TB/s", 1000, "GB/s"),
        (7, "d", 168, "h"),
        (1, "week", 7, "d"),
        (1, "h", 3_600_000, "ms"),
        (128, "Ktokens", 128_000, "tokens"),
        (125, "Kitokens", 128, "Ktokens"),
        (1, "TiB", 1_099_511_627_776, "B"),
        (1, "%", Fraction(1, 100), "number"),
        (1, "种", 1, "count"),
        (1, "小时", 60, "分钟"),
    ],
)
def test_factors_are_exact(number: int, unit: str, same: Fraction, as_unit: str) -> None:
    one, other = unit_named(unit), unit_named(as_unit)
    assert one is not None
    assert other is not None
    assert one.dimension == other.dimension
    assert number * one.factor == same * other.factor


def test_no_name_stands_for_two_units_and_no_factor_is_a_float() -> None:
    names = [name for u in UNITS for name in (u.name, *u.aliases)]
    assert len(names) == len(set(names)) == len(unit_names())
    assert {type(u.factor) for u in UNITS} == {Fraction}
    assert min(u.factor for u in UNITS) > 0
    assert unit_named("furlongs") is None


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_dividing_by_what_one_multiplied_with_gives_the_dimension_back(one: object, other: object) -> None:
    a, b = one.dimension, other.dimension  # type: ignore[attr-defined]
    assert multiply(multiply(a, b), b, -1) == a
    assert multiply(a, b) == multiply(b, a)
    assert multiply(a, a, -1) == ()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(100, 3), "100/3"),
        (Fraction(1000), "1 000"),
        (Fraction(1234567), "1 234 567"),
        (Fraction(-1000), "-1 000"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(999), "999"),
        (Fraction(1, 2**13), "1/8192"),
    ],
)
def test_numbers_are_shown_exactly(value: Fraction, shown: str) -> None:
    assert format_number(value) == shown


@given(FRACTIONS)
def test_what_is_shown_is_the_number(value: Fraction) -> None:
    assert Fraction(format_number(value).replace(" ", "")) == value


def test_quantities_are_shown_in_their_own_unit() -> None:
    assert format_quantity(Fraction(50 * 10**15), "PFLOPS") == "50 PFLOPS"
    assert format_quantity(Fraction(4, 5), "%") == "80 %"
    assert format_quantity(Fraction(3), "count") == "3"
