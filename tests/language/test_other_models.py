"""Models of other standards, in the language as it is: each small policy says one, and evidence gives what it must."""

from __future__ import annotations

from fractions import Fraction

import guiju
from guiju.compiler.ir import Value
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.library import compile_source


def assess(policy: str, facts: dict[str, object] | None = None, **verdicts: str) -> Assessment:
    loaded = compile_source(Source("model.guiju", policy))
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics]
    attestations = {k.replace("_", "."): v for k, v in verdicts.items()}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts or {}, "attestations": attestations}
    return guiju.evaluate(guiju.Policy(loaded.program), evidence)


def value(assessment: Assessment, address: str) -> Value:
    possible = assessment.possible(address)
    assert possible.exact
    assert len(possible.values) == 1
    return possible.values[0]


CONFORMANCE = """
standard shall-should-1 "Conformance by modality"
groups section
section s.one "One"
  a) shall "x" attested
  b) should "y" attested
  c) should "z" attested
section s.two "Two"
  a) shall "x" attested
score shall_held of each section = share of shall clauses satisfied
score should_held = share of should clauses satisfied
score conformant
  1 when all shall clauses satisfied
  0 otherwise
"""


def test_shall_and_should_with_counts_by_section() -> None:
    result = assess(
        CONFORMANCE,
        s_one_a="satisfied",
        s_one_b="satisfied",
        s_one_c="unsatisfied",
        s_two_a="unsatisfied",
    )
    assert value(result, "shall_held:s.one") == 1
    assert value(result, "shall_held:s.two") == 0
    assert value(result, "should_held") == Fraction(1, 2)
    assert value(result, "conformant") == 0


RATINGS = """
standard process-rating-1 "N P L F of ISO/IEC 33020"
groups process
process p "P"
  a) "one" attested
  b) "two" attested
  c) "three" attested
score achieved of each process = share of clauses satisfied
grade rating by achieved
  N | achieved <= 15%
  P | 15% < achieved <= 50%
  L | 50% < achieved <= 85%
  F | 85% < achieved
"""


def test_ratings_with_thresholds() -> None:
    result = assess(RATINGS, p_a="satisfied", p_b="satisfied", p_c="unsatisfied")
    assert value(result, "rating:p") == "L"
    open_ = assess(RATINGS, p_a="satisfied", p_b="satisfied")
    assert set(open_.possible("rating:p").values) == {"L", "F"}


POINTS = """
standard points-lost-1 "Points lost from a maximum, NIST SP 800-171 style"
groups control
fact mfa : one of none-at-all | remote-only | everywhere
control c.one "Weighs five"
  a) "x" attested
control c.two "Weighs one"
  a) "x" attested
score lost of each control
  1 when any clause unsatisfied
  0 otherwise
score lost_mfa
  5 when mfa = none-at-all
  3 when mfa = remote-only
  0 otherwise
score total = 110 - (sum of weight * lost over each control) - lost_mfa
weights
  control | points
  c.one | 5
  c.two | 1
"""


def test_points_lost_from_a_maximum_with_partial_credit() -> None:
    result = assess(POINTS, {"mfa": "remote-only"}, c_one_a="unsatisfied", c_two_a="satisfied")
    assert value(result, "total") == 110 - 5 - 3
    assert set(assess(POINTS, c_one_a="satisfied", c_two_a="satisfied").possible("total").values) == {105, 107, 110}


STAGED = """
standard staged-1 "Staged levels with mandatory items, CMMI and graded protection style"
groups area
levels
  L2
  L3
area a "A"
  a) "x" attested
  b) "y" attested
area b "B"
  a) "x" attested
membership
  area | L2 | L3
  a | a) | all
  b | a) | all
score met at each level = share of clauses satisfied
grade level by met
  L2 | met = 1
  L3 | met = 1
  otherwise | none
"""


def test_staged_levels_need_everything_below() -> None:
    assert value(assess(STAGED, a_a="satisfied", a_b="unsatisfied", b_a="satisfied"), "level") == "L2"
    assert value(assess(STAGED, a_a="satisfied", a_b="satisfied", b_a="satisfied"), "level") == "L3"
    assert value(assess(STAGED, a_a="unsatisfied", a_b="satisfied", b_a="satisfied"), "level") == "none"


ANSWERS = """
standard answers-1 "Averaged answers on a scale of 0 to 1, OWASP SAMM style"
groups practice > stream
fact answer_a : one of no-one | some | most | everyone
fact answer_b : one of no-one | some | most | everyone
practice p "P"
  stream p.a "A"
    a) "x" answer_a != no-one
  stream p.b "B"
    a) "x" answer_b != no-one
score credit_a
  0 when answer_a = no-one
  0.25 when answer_a = some
  0.5 when answer_a = most
  1 otherwise
score credit_b
  0 when answer_b = no-one
  0.25 when answer_b = some
  0.5 when answer_b = most
  1 otherwise
score average = (credit_a + credit_b) / 2
"""


def test_averaged_answers() -> None:
    assert value(assess(ANSWERS, {"answer_a": "some", "answer_b": "everyone"}), "average") == Fraction(5, 8)
    low_to_high = assess(ANSWERS, {"answer_a": "most"}).possible("average").values
    assert set(low_to_high) == {Fraction(1, 4), Fraction(3, 8), Fraction(1, 2), Fraction(3, 4)}
