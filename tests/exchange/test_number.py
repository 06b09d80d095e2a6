"""Texts of numbers: exact, bounded, and nothing left over."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostic import Code
from guiju.engine.evidence import Quantity
from guiju.exchange import codes
from guiju.exchange.number import DIGITS, EXPONENT, problem_with, read_quantity
from guiju.exchange.problem import Problem

QUANTITIES = [
    ("0", 0, None),
    ("012", 12, None),
    ("+5", 5, None),
    ("-5", -5, None),
    ("0.1", Fraction(1, 10), None),
    (".5", Fraction(1, 2), None),
    ("5.", 5, None),
    ("1e6", 10**6, None),
    ("1.5E-3", Fraction(15, 10**4), None),
    ("1/3", Fraction(1, 3), None),
    ("-1 000/3", Fraction(-1000, 3), None),
    ("1 000", 1000, None),
    ("12 345 678.5", Fraction(123456785, 10), None),
    ("1\u202f000 TB/s", 1000, "TB/s"),
    ("50 PFLOPS", 50, "PFLOPS"),
    ("50PFLOPS", 50, "PFLOPS"),
    ("  50  PFLOPS ", 50, "PFLOPS"),
    ("83.5 %", Fraction(167, 2), "%"),
    ("83.5％", Fraction(167, 2), "%"),
    ("７　天", 7, "天"),
    ("－５．５ ｍｓ", Fraction(-11, 2), "ms"),
    ("5 EFLOPS", 5, "EFLOPS"),
    ("3 个", 3, "个"),
    ("10 µs", 10, "µs"),
]

PROBLEMS = [
    ("50 PFLOPS or so", codes.STRAY_TEXT),
    ("about 50", codes.STRAY_TEXT),
    ("不低于50 PFLOPS", codes.STRAY_TEXT),
    ("≥50", codes.STRAY_TEXT),
    ("50±2", codes.STRAY_TEXT),
    ("1_000", codes.STRAY_TEXT),
    ("1 0000", codes.STRAY_TEXT),
    ("0o17", codes.STRAY_TEXT),
    ("12:30", codes.STRAY_TEXT),
    ("1/2/3", codes.STRAY_TEXT),
    ("NaN", codes.NOT_FINITE),
    ("-.INF", codes.NOT_FINITE),
    ("7/0", codes.ZERO_DENOMINATOR),
    ("1e999999999", codes.NUMBER_OUT_OF_BOUNDS),
    ("1e-" + "9" * 10_000, codes.NUMBER_OUT_OF_BOUNDS),
    ("9" * 10_000, codes.NUMBER_OUT_OF_BOUNDS),
]


@pytest.mark.parametrize(("text", "number", "unit"), QUANTITIES)
def test_quantity(text: str, number: Fraction, unit: str | None):
    assert read_quantity(text) == Quantity(number=Fraction(number), unit=unit)


@pytest.mark.parametrize(("text", "code"), PROBLEMS, ids=lambda value: str(getattr(value, "name", value))[:20])
def test_problem(text: str, code: Code):
    found = read_quantity(text)
    assert isinstance(found, Problem)
    assert found.code is code


@pytest.mark.parametrize("number", [10**99, Decimal("1E-100"), Fraction(1, 3), 0.5, -0.0])
def test_a_number_within_bounds_has_no_problem(number: float | Decimal | Fraction):
    assert problem_with(number) is None


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (10**100, codes.NUMBER_OUT_OF_BOUNDS, "1" + "0" * 58 + "…"),
        (-(10**5000), codes.NUMBER_OUT_OF_BOUNDS, "≈-1e5000"),
        (Fraction(1, 10**5000), codes.NUMBER_OUT_OF_BOUNDS, "≈1e-5000"),
        (Decimal("1E+101"), codes.NUMBER_OUT_OF_BOUNDS, "1E+101"),
        (Decimal("sNaN"), codes.NOT_FINITE, "NaN"),
        (float("-inf"), codes.NOT_FINITE, "-inf"),
    ],
    ids=lambda value: getattr(value, "name", "")[:20],
)
def test_a_number_that_never_was_a_text_has_its_bounds(number: float | Decimal | Fraction, code: Code, text: str):
    found = problem_with(number)
    assert found is not None
    assert (found.code, dict(found.arguments)["text"]) == (code, text)


@pytest.mark.parametrize(
    "text", ["", "yes", "百亿", "full", "platform+development", "FP16", "L1", "e", ".", "-", "两个"]
)
def test_what_is_no_number_stays_text(text: str):
    assert read_quantity(text) is None


def test_the_bounds_themselves_are_taken():
    assert read_quantity("9" * DIGITS) == Quantity(number=Fraction(10**DIGITS - 1))
    assert read_quantity(f"1e-{EXPONENT}") == Quantity(number=Fraction(1, 10**EXPONENT))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40, places=None))
def test_every_decimal_is_exact(value: Decimal):
    found = read_quantity(str(value))
    within = len(value.as_tuple().digits) <= 40 and abs(value.adjusted()) <= 50
    assert not within or found == Quantity(number=Fraction(value))


@given(st.fractions(max_denominator=10**20))
def test_every_fraction_is_exact(value: Fraction):
    assert read_quantity(f"{value.numerator}/{value.denominator}") == Quantity(number=value)


@given(st.integers(-(10**60), 10**60), st.sampled_from(("", " TB/s", "%")))
def test_grouped_digits_are_exact(value: int, unit: str):
    found = read_quantity(f"{value:,}".replace(",", " ") + unit)
    assert found == Quantity(number=Fraction(value), unit=unit.strip() or None)


@given(st.text(st.sampled_from("0123456789+-./eE %１／．　aP,年"), max_size=12))
def test_no_text_raises(text: str):
    found = read_quantity(text)
    assert found is None or isinstance(found, Quantity | Problem)
