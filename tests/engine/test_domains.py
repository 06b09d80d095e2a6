"""Which numbers an open fact is tried with: thresholds are found through arithmetic, and every gap is seen."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guiju.compiler.ir import NumberType, Program, Undefined
from guiju.compiler.units import TIME
from guiju.engine.domains import ANY, Domains, spread
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence, Quantity, StatedFact
from guiju.engine.network import Node, network_of
from tests.engine.laws import bound_to
from tests.engine.strategies import SPAN, compiled

HEAD = 'standard s-1 "S"\ngroups section\n'


def program_of(condition: str, *declarations: str) -> Program:
    facts = ("fact a : number", "fact b : number", "fact n : count", "fact t : ms", "fact yes1 : yes-no")
    clause = f'section 6.1 "s"\n  a) "c" {condition}'
    score = "score rest = count of clauses satisfied"
    program = compiled(HEAD + "\n".join((*facts, *declarations, clause, score, "")))
    assert program is not None
    return program


def assessment_of(program: Program, **facts: int) -> Assessment:
    stated = tuple(StatedFact(name=f, value=Quantity(number=Fraction(v)), span=SPAN) for f, v in facts.items())
    return evaluate(bound_to(program, Evidence(subject="s", facts=stated, span=SPAN)))


def domain(program: Program, fact: str, **facts: int) -> tuple[object, ...]:
    network, values = network_of(program), list(assessment_of(program, **facts).values)
    node: Node = network.node(f"fact:{fact}")
    return Domains(network, values).of(node)


@pytest.mark.parametrize(
    ("condition", "thresholds"),
    [
        ("a > 3", (3,)),
        ("1 <= a < 2", (1, 2)),
        ("a + 2 > 3", (1,)),
        ("3 - a > 2", (1,)),
        ("2 * a > 3", (Fraction(3, 2),)),
        ("a / 4 > 3", (12,)),
        ("1 / a > 3", (0, Fraction(1, 3))),
        ("(a + 1) / (a - 2) > 2", (2, 5)),
        ("a > 2 * a - 7", (7,)),
        ("(2 * a + 1) / 3 > 50 %", (Fraction(1, 4),)),
        ("a * b > 6", (3,)),  # b is 2
        ("a / b > 6", (12,)),
        ("(-a) > 1", (-1,)),
    ],
)
def test_thresholds_are_found_through_arithmetic(condition: str, thresholds: tuple[Fraction, ...]) -> None:
    found = domain(program_of(f"{condition} and {condition}", ""), "a", b=2)
    assert set(thresholds) <= set(found)
    between = sorted(f for f in found if isinstance(f, Fraction))
    assert between[0] < min(thresholds) <= max(thresholds) < between[-1]
    assert len(found) == 2 * len(thresholds) + 1


def test_thresholds_are_found_through_lets_and_formulas() -> None:
    program = program_of("twice > 3 and half < 2", "let twice = 2 * a", "fact half : number = a / 2")
    assert {Fraction(3, 2), Fraction(4)} <= set(domain(program, "a"))


@pytest.mark.parametrize("condition", ["a * a > 2", "a > b and a < 2 * b", "1 / (a * a) > 3"])
def test_what_is_no_ratio_of_linear_terms_is_any_number(condition: str) -> None:
    assert domain(program_of(f"{condition} and {condition}"), "a") == (ANY,)


def test_a_number_of_which_several_things_are_asked_is_split_and_stays_exact() -> None:
    program = program_of("a > 3 and a <= 3")
    assert assessment_of(program).possible("rest").values == (0,)
    assert assessment_of(program).possible("rest").exact


def test_two_unknown_facts_in_one_comparison_go_either_way_with_a_witness() -> None:
    possible = assessment_of(program_of("a / b > 80 %")).possible("rest")
    assert possible.exact
    assert set(possible.values) == {0, 1}
    told = possible.witness(Fraction(1))
    a, b = told["fact:a"], told["fact:b"]
    assert isinstance(a, Fraction)
    assert isinstance(b, Fraction)
    assert a / b > Fraction(4, 5)


def test_a_witness_of_counts_is_whole_numbers() -> None:
    program = program_of("n / m > 5", "fact m : count")
    possible = assessment_of(program).possible("rest")
    assert possible.exact
    for value in possible.values:
        assert all(v.denominator == 1 for v in possible.witness(value).values() if isinstance(v, Fraction))


def test_a_yes_no_fact_is_never_tried_with_numbers() -> None:
    possible = assessment_of(program_of("yes1 = yes")).possible("rest")
    assert {possible.witness(v)["fact:yes1"] is True for v in possible.values} == {True, False}
    assert all(isinstance(possible.witness(v)["fact:yes1"], bool) for v in possible.values)


def test_an_open_number_that_is_shown_can_be_any_and_says_so() -> None:
    possible = assessment_of(program_of("third < 2 and a > 1", "let third = a / 3", "let rate = 1 / a"))
    assert possible.possible("third").values[0] == ANY
    assert not possible.possible("third").exact
    assert Undefined("division-by-zero") in possible.possible("rate").values


def test_spread_has_every_threshold_and_every_gap_that_the_type_allows() -> None:
    assert spread((Fraction(1), Fraction(3)), NumberType()) == tuple(map(Fraction, range(5)))
    assert min(spread((Fraction(-5),), NumberType(TIME, unit="s"))) == 0
    whole = spread((Fraction(5, 2),), NumberType(integer=True, unit="count"))
    assert all(n.denominator == 1 and n >= 0 for n in whole)
    assert whole[0] < Fraction(5, 2) < whole[1]
    assert len(whole) == 2
    assert len(spread((Fraction(3), Fraction(50)), NumberType(integer=True, unit="count"))) == 5
    assert spread((), NumberType()) != ()


def test_spread_keeps_to_shares_where_a_gap_has_any() -> None:
    """Below the least threshold and above the largest one; beyond the whole only where the standard asks for that."""
    share = NumberType(unit="%")
    assert spread((Fraction(1, 2),), share) == (Fraction(0), Fraction(1, 2), Fraction(1))
    assert spread((Fraction(0), Fraction(1)), share) == (
        *map(Fraction, (-1, 0)),
        Fraction(1, 2),
        Fraction(1),
        Fraction(2),
    )
