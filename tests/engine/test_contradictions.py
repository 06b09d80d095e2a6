"""Attestations each of which may be true, and which cannot all be: a result names the clauses."""

from __future__ import annotations

from hypothesis import given

from guiju.engine.reasoning.why.contradictions import contradictions
from tests.engine.laws import assess, worlds_of
from tests.engine.oracle import Oracle
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn
from tests.engine.test_once_open import COUNT, assessment_of, said

STAFF = """fact people : count
fact trained : count
section 6.1 "s"
  a) "a shift" people >= 2
  b) "two shifts" people >= 4
  c) "training" trained >= 3
"""


def found(*verdicts: tuple[str, str], voice: str = "assessor", text: str = STAFF + COUNT) -> list[tuple[str, ...]]:
    people = tuple(said(clause, verdict, voice) for clause, verdict in verdicts)
    return list(contradictions(assessment_of(text, people)))


def test_fewer_than_two_are_not_four() -> None:
    assert found(("6.1.a", "unsatisfied"), ("6.1.b", "satisfied")) == [("6.1.a", "6.1.b")]


def test_what_goes_together_is_not_accused() -> None:
    assert found(("6.1.a", "satisfied"), ("6.1.b", "unsatisfied"), ("6.1.c", "satisfied")) == []


def test_only_those_are_named_that_it_takes() -> None:
    text = STAFF + '  d) "most of a shift" people >= 3\n' + COUNT
    verdicts = (("6.1.a", "unsatisfied"), ("6.1.b", "unsatisfied"), ("6.1.c", "satisfied"), ("6.1.d", "satisfied"))
    assert found(*verdicts, text=text) == [("6.1.a", "6.1.d")]


def test_two_contradictions_over_the_same_facts_are_two() -> None:
    text = STAFF + '  d) "most of a shift" people >= 3\n  e) "three shifts" people >= 6\n' + COUNT
    verdicts = (("6.1.a", "unsatisfied"), ("6.1.b", "satisfied"), ("6.1.d", "unsatisfied"), ("6.1.e", "satisfied"))
    assert found(*verdicts, text=text) == [("6.1.d", "6.1.e"), ("6.1.a", "6.1.b")]


def test_it_does_not_take_a_score_that_stands_on_the_facts() -> None:
    """All four clauses are decided, so nothing above them is open: the contradiction is there all the same."""
    everything = [(f"6.1.{letter}", "satisfied") for letter in "abc"]
    assert found(*everything[1:], ("6.1.a", "unsatisfied")) == [("6.1.a", "6.1.b")]


def test_what_else_stands_on_the_facts_hides_no_contradiction() -> None:
    text = STAFF + '  d) "all are trained" trained = people\n' + COUNT
    assert found(("6.1.a", "unsatisfied"), ("6.1.b", "satisfied"), text=text) == [("6.1.a", "6.1.b")]


def test_an_override_says_nothing_of_the_facts() -> None:
    assert found(("6.1.a", "unsatisfied"), ("6.1.b", "satisfied"), voice="override") == []


@drawn(80)
@given(cases())
def test_where_attestations_contradict_there_is_no_completion(case: Case) -> None:
    program, evidence = case
    assessment = assess(program, evidence)
    assert not contradictions(assessment) or not worlds_of(Oracle(assessment.bound))
