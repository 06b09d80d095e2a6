"""A gate that is lifted out of an operation changes nothing: tried on every value, known, unknown and missing."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from guiju.compiler.expressions import hoist
from guiju.compiler.graph import parts
from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    UNKNOWN,
    Case,
    Cases,
    Expression,
    Literal,
    Operation,
    Ref,
    Undefined,
    Value,
)
from guiju.compiler.operators import COMPARISONS
from guiju.dsl.source import Source, Span
from guiju.engine.kleene import lifted
from guiju.engine.meaning import form_of
from guiju.engine.network import Node

NOWHERE = Span(Source("test", ""), 0, 0)
U, V = Undefined("u"), Undefined("v")
GATES: tuple[Value, ...] = (True, False, UNKNOWN, U)
NUMBERS: tuple[Value, ...] = (Fraction(0), Fraction(2), ABSENT, NOT_ENTERED, V, UNKNOWN)
TRUTHS: tuple[Value, ...] = (True, False, V, UNKNOWN)


def literal(value: Value) -> Literal:
    return Literal(value=value, span=NOWHERE)


def gated(behind: Value, otherwise: Value) -> Cases:
    row = Case(condition=Ref(name="gate", span=NOWHERE), value=literal(behind), span=NOWHERE)
    return Cases(form="gate", rows=(row,), otherwise=literal(otherwise), span=NOWHERE)


def plain(operator: str, *operands: Expression) -> Operation:
    return Operation(operator=operator, operands=operands, span=NOWHERE)


def hoisted(operator: str, *operands: Expression) -> Expression:
    return hoist(lambda inner: plain(operator, *inner), operands, NOWHERE)


def value(expression: Expression, gate: Value) -> Value:
    """What an expression comes to in the engine where the gate has come to `gate`."""
    match expression:
        case Literal():
            return expression.value
        case Ref():
            return gate
    node = Node(0, "", expression, (), form_of(expression), None, None)
    return lifted(node, tuple(value(part, gate) for part in parts(expression)))


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "sum", "mean", "min", "max", *COMPARISONS])
def test_a_gate_beside_any_other_operand(operator: str) -> None:
    for behind, otherwise, other in product(NUMBERS, repeat=3):
        score, beside = gated(behind, otherwise), literal(other)
        for operands in ((score, beside), (beside, score)):
            written, outside = plain(operator, *operands), hoisted(operator, *operands)
            assert isinstance(outside, Cases)
            for gate in GATES:
                assert value(outside, gate) == value(written, gate), (operator, behind, otherwise, other, gate)


@pytest.mark.parametrize("operator", ["sum", "mean", "min", "max"])
def test_two_groups_with_weights_behind_one_gate(operator: str) -> None:
    """As in `sum of weight * score over each domain`, where the gate is lifted twice."""
    for first, second, behind in product(NUMBERS, repeat=3):
        weighted = [(literal(first), gated(behind, NOT_ENTERED)), (literal(second), gated(Fraction(3), Fraction(1)))]
        written = plain(operator, *(plain("*", *pair) for pair in weighted))
        outside = hoisted(operator, *(hoisted("*", *pair) for pair in weighted))
        for gate in GATES:
            assert value(outside, gate) == value(written, gate), (operator, first, second, behind, gate)


@pytest.mark.parametrize("operator", ["and", "or"])
def test_conditions_on_scores_behind_one_gate(operator: str) -> None:
    """As in `every domain scores 2 at L1, 3 at L2`, where the score at L2 has a gate of its own."""
    for other, behind, otherwise in product(TRUTHS, NUMBERS, NUMBERS):
        three, beside = literal(Fraction(2)), literal(other)
        written = plain(operator, beside, plain("=", gated(behind, otherwise), three))
        outside = hoisted(operator, beside, hoisted("=", gated(behind, otherwise), three))
        for gate in GATES:
            assert value(outside, gate) == value(written, gate), (operator, other, behind, otherwise, gate)
