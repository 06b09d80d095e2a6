"""Results that were wrong once, each with the smallest policy that shows it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import guiju
from guiju.compiler.ir import NOT_ENTERED, Undefined
from guiju.dsl.source import Source
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.readings.depending import reading_effects
from guiju.engine.reasoning.relevance import unknowns
from guiju.engine.reasoning.why.why_not import why_not
from guiju.library import compile_source


def assess(policy: str, facts: Mapping[str, object] | None = None, /, **verdicts: str) -> Assessment:
    loaded = compile_source(Source("once-wrong.guiju", policy))
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics]
    attestations = {k.replace("_", "."): v for k, v in verdicts.items()}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts or {}, "attestations": attestations}
    return guiju.evaluate(guiju.Policy(loaded.program), evidence)


def test_of_a_combination_that_is_not_listed_no_clause_stands_in_the_way() -> None:
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "platform+operations"}}
    assessment = guiju.evaluate("gbt-45288.3-2025", evidence)
    answer = why_not(assessment, "level", "L2")
    assert answer is not None
    assert answer.holds is not True
    assert answer.unweighted
    assert (answer.shortfalls, answer.lacks, answer.besides) == ((), (), ())


TWO_GATES = """
standard two-gates-1 "Two families with one name"
groups domain > subdomain
levels
  L1
  L2
domain d
  subdomain x
    a) "x" attested
  subdomain y
    a) "x" attested
membership
  subdomain | L1 | L2
  x | a) | all
  y | a) | all
score of each subdomain
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after every subdomain scores 2 at L1
    3 otherwise
score of each domain
  at L1
    1 otherwise
  at L2 after every domain scores 1 at L1
    2 otherwise
"""


def test_each_family_has_gates_of_its_own() -> None:
    assessment = assess(TWO_GATES, x_a="satisfied", y_a="unsatisfied")
    assert assessment.possible("score:d@L2").values == (2,)
    assert assessment.possible("score:x@L2").values == (NOT_ENTERED,)


HIDING = """
standard hiding-1 "Two readings that hide each other"
groups section
fact f : count
fact g : yes-no
section s
  a) "x" f >= 1 applies when g = yes
  b) "y" attested
score total
  0 when any clauses unsatisfied
  1 otherwise
reading threshold "甲" / "Threshold"
  default low : nothing changes
  or high : clause s a) requires f >= 5
reading scope "乙" / "Scope"
  default narrow : nothing changes
  or wide : clause s a) applies when f >= 0
"""


def test_readings_that_only_matter_together_are_found() -> None:
    effects = reading_effects(assess(HIDING, {"f": 3, "g": "no"}, s_b="satisfied"))
    assert effects.complete
    assert [dict(a.readings) for a in effects.changing] == [{"threshold": "high", "scope": "wide"}]


NAMED = """
standard named-1 "A rule that names its clauses"
groups section
levels
  L1
  L2
section s
  a) "x" attested
  b) "y" attested
membership
  section | L1 | L2
  s | all | all
score total at each level = 2 * count of clauses of s a) satisfied + 0 * count of clauses of s b) satisfied
grade level by total
  L2 | total >= 2
  L1 | total >= 2
  otherwise | none
"""


def test_clauses_that_a_rule_tells_apart_do_not_share_an_answer() -> None:
    found = {u.result.clause: u.matters for u in unknowns(assess(NAMED))}
    assert found["s.a"] == "alone"
    assert found["s.b"] != "alone"


def test_an_input_given_twice_is_refused() -> None:
    alias = guiju.load("gbt-45288.3-2025").program.inputs[0].aliases[0]
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "platform", alias: "full"}}
    with pytest.raises(guiju.GuijuError) as caught:
        guiju.evaluate("gbt-45288.3-2025", evidence)
    assert [d.code.name for d in caught.value.diagnostics if d.is_error] == ["stated-twice"]


def test_an_open_input_goes_with_a_verdict_that_someone_gave() -> None:
    assessment = assess(
        """
standard held-1 "An input that an assessor has already judged"
input service : one of a | b
groups section
section 1.1 "s"
  a) "c" service = a
score total = count of clauses satisfied
score by_input
  2 when service = a
  0 otherwise
""",
        {},
        **{"1.1_a": "unsatisfied"},
    )
    assert assessment.value("total") == 0
    possible = assessment.possible("by_input")
    assert (possible.values, possible.exact) == ((0,), True)  # the assessor says that it is not a


def test_a_pole_that_a_later_division_cancels_is_still_a_pole() -> None:
    policy = """
standard pole-1 "A ratio of ratios"
groups section
fact x : number
section 1 "s"
  a) "c" attested
score q
  2 when 1 / (1 / (x - 5)) >= 3
  0 otherwise
"""
    at_the_pole = assess(policy, {"x": 5}).value("q")
    possible = assess(policy).possible("q")
    assert possible.exact
    assert set(possible.values) == {0, 2, at_the_pole}


def test_a_quotient_of_an_open_number_that_nothing_compares_can_be_any_number() -> None:
    policy = """
standard rate-1 "A rate"
groups section
fact cases : number
fact hours : number
section 1 "s"
  a) "c" attested
score rate = (cases / hours)
"""
    possible = assess(policy, {"cases": 500}).possible("rate")
    assert not possible.exact
    assert set(possible.values) == {ANY, Undefined("division-by-zero")}


@pytest.mark.parametrize("late", [False, True])
def test_a_number_that_is_shown_does_not_take_from_others_that_they_are_exact(late: bool) -> None:
    """Where a part of the standard shows `double`, which can be any number, its score is exact all the same."""
    double = "let double = n"
    policy = f"""
standard square-1 "A square"
groups section
fact n : number
{"" if late else double}
section 1 "s"
  a) "c" n * {"n" if late else "double"} <= 1
section 2 "s"
  a) "c" attested
score met of each section = count of clauses satisfied
score total = sum of met over each section
{double if late else ""}
"""
    possible = assess(policy).possible("total")
    assert (set(possible.values), possible.exact) == ({0, 1, 2}, True)


def test_a_witness_goes_with_a_stated_verdict() -> None:
    assessment = assess(
        """
standard witness-1 "Two clauses on one fact, one of them already judged"
groups section
fact y : number
fact z : yes-no
section 1.1 "s"
  a) "c" y >= 1 and z = yes
section 2.1 "s"
  a) "c" y >= 1
  b) "c" z = no
score of each section
  2 when all clauses satisfied
  0 otherwise
""",
        {},
        **{"2.1_b": "satisfied"},
    )
    possible = assessment.possible("score:2.1")
    assert possible.exact
    assert set(possible.values) == {0, 2}
    assert all(possible.witness(v).get("fact:z") in (None, False) for v in possible.values)


def test_a_set_that_an_open_option_is_looked_up_in_is_tried_with_every_option() -> None:
    assessment = assess(
        """
standard lookup-1 "An open option looked up in an open set"
groups section
fact option : one of x | y | z
fact chosen : set of x | y | z
section 1 "s"
  a) "c" x in chosen applies when option in chosen
score satisfied = count of clauses satisfied
score unsatisfied = count of clauses unsatisfied
"""
    )
    assert set(assessment.possible("satisfied").values) == {0, 1}
    assert set(assessment.possible("unsatisfied").values) == {0, 1}


def test_a_row_behind_otherwise_is_never_tried() -> None:
    """It was tried before `otherwise`, while the check called it unreached."""
    rows = "score s\n  2 when 1 a) satisfied\n  0 otherwise\n  4 when 1 a) unsatisfied\n  5 otherwise\n"
    policy = f'standard late-1 "L"\ngroups section\nsection 1\n  a) "x" attested\n{rows}'
    assert assess(policy, **{"1_a": "unsatisfied"}).value("s") == 0


def test_a_fact_whose_formula_an_open_input_decides_is_known_in_each_case() -> None:
    policy = """
standard near-1 "Near or far"
groups section
input use : one of near | far
fact close : yes-no = use = near
section 1 "s"
  a) "c" attested
  b) "c" attested applies when close
score met of each section = count of clauses satisfied
score total = sum of met over each section
"""
    possible = assess(policy).possible("total")
    assert (set(possible.values), possible.exact) == ({0, 1, 2}, True)
