"""What a row of a plain table means: the evidence that a file would state, value by value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from guiju.compiler.ir import Program, Undefined, Verdict
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.engine.layout import layout, slots_by_name
from guiju.engine.rows import bind_row, evidence_of, row_of
from guiju.exchange.evidence import parse_evidence
from tests.engine.strategies import compiled

POLICY = """standard shop "SHOP 1"
input size : one of small | large
  small alias 小
fact staff : count alias 人数
fact area : m2
fact staff_per_area : number = staff / 10 alias 密度
fact media : set of phone | mail
fact lit : yes-no
groups section
section 4 "s"
  a) "Staff" staff >= 3
  b) "Training" attested applies when lit = yes
  c) "Telephone" phone in media and staff_per_area > 0
score A
  2 when all clauses satisfied
  1 otherwise
grade level by A
  good | A > 1
  otherwise | none
"""


@pytest.fixture(scope="module")
def shop() -> Program:
    program = compiled(POLICY)
    assert program is not None
    return program


def test_a_row_has_a_column_for_each_input_fact_and_clause_in_the_order_of_the_text(shop: Program) -> None:
    told = [(s.name, s.kind, s.unit, s.is_asked) for s in layout(shop)]
    assert told == [
        ("size", "input", None, True),
        ("staff", "fact", "count", True),
        ("area", "fact", "m2", True),
        ("staff_per_area", "fact", "number", False),
        ("media", "fact", None, True),
        ("lit", "fact", None, True),
        ("4.a", "clause", None, False),
        ("4.b", "clause", None, True),
        ("4.c", "clause", None, False),
    ]


def test_a_column_has_the_names_that_evidence_has_for_it(shop: Program) -> None:
    at = slots_by_name(shop)
    assert at["人数"] == at["staff"] == 1
    assert at["4 a)"] == at["4.a"] == 6


def test_a_row_says_what_a_file_with_the_same_values_says(shop: Program) -> None:
    row = row_of(
        shop,
        {
            "size": "小",
            "staff": 5,
            "area": Decimal("12.50"),
            "media": ["mail"],
            "lit": True,
            "4.b": "满足",
            "4.c": False,
        },
    )
    text = """guiju: evidence/1
subject: s
voice: assessor
inputs: {size: small}
facts: {staff: 5, area: 12.50 m2, media: [mail], lit: yes}
attestations: {4 b): satisfied, 4 c): unsatisfied}
"""
    stated, found = parse_evidence(Source("file", text))
    assert stated is not None, found
    of_file, of_row = bind(shop, stated)[0], bind_row(shop, row, "s")[0]
    assert (of_row.facts, of_row.inputs, of_row.rounded) == (of_file.facts, of_file.inputs, of_file.rounded)
    assert evaluate(of_row).values == evaluate(of_file).values


def test_a_number_is_as_exact_as_its_column_writes_it(shop: Program) -> None:
    def density(stated: object) -> object:
        row = row_of(shop, {"staff": 7, "staff_per_area": stated})
        return evaluate(bind_row(shop, row, "s")[0]).value("fact:staff_per_area")

    assert density(Decimal("0.7")) == density(1) == Fraction(7, 10)  # 0.7 as a whole number
    assert density(Decimal("0.70")) == Fraction(7, 10)
    assert density(Decimal("0.8")) == density(Fraction(4, 5)) == Undefined("conflicting")


def test_not_applicable_is_attested_where_the_clause_has_a_condition_of_applicability(shop: Program) -> None:
    bound, found = bind_row(shop, row_of(shop, {"4.b": "not applicable"}), "s")
    assert not found
    assert evaluate(bound).value("4.b") is Verdict.NOT_APPLICABLE
    assert [d.code.name for d in bind_row(shop, row_of(shop, {"4.a": "不适用"}), "s")[1]] == ["always-applicable"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("staff", 2.0, "wrong-kind-of-value"),
        ("staff", Decimal("2.5"), "not-a-whole-number"),
        ("area", Decimal(-1), "negative-quantity"),
        ("area", Decimal("Infinity"), "wrong-kind-of-value"),
        ("lit", 1, "wrong-kind-of-value"),
        ("size", "huge", "unknown-option"),
        ("media", ("mail", "fax"), "unknown-option"),
        ("4.a", "partly", "wrong-kind-of-value"),
        ("4.a", 2, "wrong-kind-of-value"),
    ],
)
def test_what_is_out_of_type_is_told_by_row_column_and_value(
    shop: Program, column: str, value: object, code: str
) -> None:
    (found,) = bind_row(shop, row_of(shop, {column: value}), "row 17")[1]
    assert (found.code.name, found.is_error) == (code, True)
    assert str(found.span) == "row 17:1:1"
    assert found.span.text.startswith(f"{column}: ")


def test_evidence_of_a_row_of_nothing_states_nothing(shop: Program) -> None:
    evidence = evidence_of(shop, [None] * len(layout(shop)), "nobody")
    assert (evidence.inputs, evidence.facts, evidence.attestations) == ((), (), ())
