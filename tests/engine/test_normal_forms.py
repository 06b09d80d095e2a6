"""Conditions of two editions that say the same in other words: proved alike by their normal form, or left to the sweep."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from guiju.compiler.ir import Program
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Evidence, Quantity, StatedFact
from guiju.engine.reasoning.editions.deciding import agreements
from tests.engine.strategies import SPAN, compiled
from tests.engine.test_laws import drawn

POLICY = """standard demo-1 "DEMO 1"
fact price : number
fact fee : number
fact lit : yes-no
fact rate : % = price / fee
groups section
section 6.1 "s"
  a) "closed" attested
  b) "cheap" {condition}
  c) "uses" price > 0 or fee > 0 or rate > 0 or lit
score A
  1 when all clauses satisfied
  0 otherwise
grade level by A
  good | A = 1
  otherwise | none
"""


def edition(condition: str) -> Program:
    program = compiled(POLICY.format(condition=condition))
    assert program is not None, condition
    return program


def answer(one: str, other: str) -> str:
    (agreement,) = agreements(edition(one), edition(other), {}, budget=100)
    return agreement.answer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("price * 2 >= 10", "price + price >= 10"),
        ("price + fee + 1 <= 10", "1 + fee + price <= 10"),
        ("price >= 80%", "price * 100 >= 80"),
        ("price >= fee", "fee <= price"),
        ("2 * price > 2 * fee + 2", "0 < price - fee - 1"),
        ("price * (fee + 1) >= 3", "price * fee + price >= 3"),
        ("price / 4 < 3", "price < 12"),
        ("price / (2 * fee) < 3", "price / fee < 6"),
        ("price > 1 and fee > 1", "fee > 1 and price > 1"),
        ("price > 1 or (fee > 1 or lit)", "lit or price > 1 or fee > 1"),
        ("not (price > 1 and fee > 1)", "price <= 1 or fee <= 1"),
        ("price > 1 and price > 1", "price > 1"),
        ("lit = yes and price > 1", "price > 1 and lit"),
        ("lit = no", "not lit"),
        ("rate >= 80%", "100 * rate >= 80"),
    ],
)
def test_the_same_in_other_words_is_computed_alike(one: str, other: str) -> None:
    assert answer(one, other) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("price * 2 >= 10", "price + price > 10"),
        ("price >= 80%", "price * 100 >= 8"),
        ("price / fee >= 2", "price >= 2 * fee"),
        ("price - price + fee > 1", "fee > 2"),
        ("rate - rate <= 1", "price <= price + 1"),
        ("not (price > 1 and fee > 1)", "price <= 1 and fee <= 1"),
    ],
    ids=["a strict bound", "another factor", "division by zero", "a number", "an undefined fact", "and for or"],
)
def test_what_is_nearly_the_same_is_not_computed_alike(one: str, other: str) -> None:
    assert answer(one, other) != "same"


def test_of_numbers_too_many_to_sweep_the_normal_form_is_the_proof() -> None:
    one, other = "price * fee * 3 >= price + fee", "fee + price <= fee * price + 2 * fee * price"
    assert answer(one, other) == "same"
    with patch("guiju.engine.reasoning.editions.joined.NormalForms.of", lambda *_: None):
        assert answer(one, other) == "not-proved"


# --- every pair of drawn conditions, against trying numbers ---------------------------------------------------------

NUMBERS = ("0", "1", "2", "-1", "0.5", "3")


#: an operation and its operands, or a name or a number
Tree = tuple[object, ...] | str
#: what an operation may be exchanged for, rightly or wrongly
EXCHANGED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "and": "or", "-": "+", "/": "*"}


def numbers(depth: int) -> st.SearchStrategy[Tree]:
    plain: st.SearchStrategy[Tree] = st.sampled_from(("price", "fee", "rate", "1", "2", "3"))
    return st.one_of(plain, st.tuples(st.sampled_from("+-*/"), numbers(depth - 1), plain)) if depth else plain


def conditions(depth: int) -> st.SearchStrategy[Tree]:
    compared = st.tuples(st.sampled_from(("<", "<=", "=", ">=", ">", "!=")), numbers(2), numbers(1))
    if not depth:
        return st.one_of(compared, st.just("lit"))
    inner = conditions(depth - 1)
    return st.one_of(inner, st.tuples(st.just("not"), inner), st.tuples(st.sampled_from(("and", "or")), inner, inner))


def said(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    operator, *operands = tree
    texts = [said(o) for o in operands]  # type: ignore[arg-type]
    return f"(not {texts[0]})" if operator == "not" else f"({texts[0]} {operator} {texts[1]})"


def otherwise(tree: Tree, draw: Random) -> Tree:
    """The same with operands the other way round, operations exchanged, numbers doubled: sometimes it says the same."""
    if isinstance(tree, str):
        return ("/", ("+", tree, tree), "2") if tree not in ("lit", "3") and draw.random() < 0.2 else tree
    operator, *operands = (tree[0], *(otherwise(o, draw) for o in tree[1:]))  # type: ignore[arg-type]
    if len(operands) == 2 and draw.random() < 0.5:
        operands.reverse()
        operator = EXCHANGED.get(str(operator), operator) if operator in ("<", ">", "<=", ">=") else operator
    if draw.random() < 0.05:
        operator = EXCHANGED.get(str(operator), operator)
    return ("not", ("not", (operator, *operands))) if operator in ("and", "<") else (operator, *operands)


@drawn(50)
@given(conditions(2), st.randoms(use_true_random=False))
def test_what_is_said_to_be_computed_alike_is_so_for_every_number_tried(tree: Tree, draw: Random) -> None:
    one, other = said(tree), said(otherwise(tree, draw))
    first, second = compiled(POLICY.format(condition=one)), compiled(POLICY.format(condition=other))
    assume(first is not None and second is not None)
    assert first is not None
    assert second is not None
    (agreement,) = agreements(first, second, {}, budget=2)
    event(agreement.answer)
    if agreement.answer == "same":
        for subject in subjects():
            assert verdict(first, subject) == verdict(second, subject), (one, other, subject)


def subjects() -> Iterator[Evidence]:
    for price, fee, lit in product(NUMBERS, NUMBERS, (True, False)):
        stated = {"price": price, "fee": fee}
        facts = tuple(StatedFact(name=n, value=_number(v), span=SPAN) for n, v in stated.items())
        yield Evidence(subject="s", facts=(*facts, StatedFact(name="lit", value=lit, span=SPAN)), span=SPAN)


def _number(text: str) -> Quantity:
    return Quantity(number=Fraction(text), text=text)


def verdict(program: Program, subject: Evidence) -> object:
    result = evaluate(bind(program, subject)[0]).clauses["6.1.b"]
    return result.verdict, result.detail
