"""Expressions that a case file cannot show: what they come to, not what is wrong with them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guiju.compiler.constants import constant
from guiju.compiler.ir import Literal, NumberType
from guiju.compiler.pipeline import compile_document
from guiju.compiler.units import TIME
from guiju.dsl.parser import parse
from guiju.dsl.source import Source


@pytest.mark.parametrize(
    ("written", "value", "dimension", "unit"),
    [
        ("-3 h", Fraction(-10800), TIME, "h"),
        ("-0 h", Fraction(0), TIME, "h"),
        ("-(2 min - 5 min)", Fraction(180), TIME, "min"),
        ("--1 s", Fraction(1), TIME, "s"),
        ("-50 %", Fraction(-1, 2), (), "%"),
        ("-5", Fraction(-5), (), "number"),
    ],
)
def test_a_minus_keeps_the_unit(written: str, value: Fraction, dimension: object, unit: str) -> None:
    document, mistakes = parse(Source("case", f'standard demo-1 "DEMO 1"\nlet a = {written}\n'))
    program = compile_document(document).program
    assert not mistakes
    assert program is not None
    made = program.definition["a"]
    assert constant(made.expression, {}) == value
    assert isinstance(made.type, NumberType)
    assert (made.type.dimension, made.type.unit, made.type.integer) == (dimension, unit, False)


def test_a_negated_number_is_a_number() -> None:
    document, _ = parse(Source("case", 'standard demo-1 "DEMO 1"\nlet a = -3 h\n'))
    program = compile_document(document).program
    assert program is not None
    made = program.definition["a"].expression
    assert isinstance(made, Literal)
    assert made.unit == "h"
