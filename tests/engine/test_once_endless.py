"""Small policies whose assessment once took minutes: each shape must come to an answer within the sweep's budget."""

from __future__ import annotations

from fractions import Fraction

import guiju
from guiju.compiler.ir import UNKNOWN, Undefined
from guiju.dsl.source import Source
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.why.why_not import why_not
from guiju.library import compile_source


def assess(policy: str, facts: dict[str, object] | None = None) -> Assessment:
    program = compile_source(Source("endless.guiju", policy)).program
    assert program is not None
    return guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts or {}})


def weighted(sections: int) -> str:
    """Every subset of the sections has a total of its own."""
    numbers = range(1, sections + 1)
    clauses = "".join(f'section {i} "s"\n  a) "c" attested\n' for i in numbers)
    rows = "".join(f"  {i} | 100% * {2 ** (i - 1)} / {2**sections - 1}\n" for i in numbers)
    return f"""standard weights-1 "W"
groups section
{clauses}score of each section
  1 when all clauses satisfied
  0 otherwise
weights
  section | w
{rows}score total = sum of weight * score over each section
score passed
  1 when total >= 1
  0 otherwise
"""


def test_a_total_with_too_many_values_is_an_enclosure() -> None:
    few, many = assess(weighted(10)), assess(weighted(24))
    assert few.possible("total").exact
    assert len(few.possible("total").values) == 2**10
    assert not many.possible("total").exact
    assert ANY in many.possible("total").values
    assert set(many.possible("passed").values) == {0, 1}


def test_many_open_inputs_are_not_split_into_all_their_combinations() -> None:
    inputs = "".join(f"input i{k} : one of a{k} | b{k} | c{k}\n" for k in range(12))
    clauses = "".join(f'  {mark}) "c" attested applies when i{k} = a{k}\n' for k, mark in enumerate("abcdefghijkl"))
    policy = f'standard inputs-1 "I"\n{inputs}groups section\nsection 1 "s"\n{clauses}score total = count of clauses satisfied\n'
    possible = assess(policy).possible("total")
    assert possible.exact
    assert set(possible.values) == set(range(13))


def doubled(operator: str, lets: int = 40) -> str:
    """Each definition uses the one before twice."""
    lines = "".join(f"let l{k} = l{k - 1} {operator} l{k - 1}\n" for k in range(1, lets))
    return f"""standard doubled-1 "D"
groups section
fact x : number
let l0 = x + 1
{lines}section 1 "s"
  a) "c" l{lets - 1} >= 3
score total = count of clauses satisfied
"""


def test_a_definition_that_is_used_twice_is_looked_at_once() -> None:
    possible = assess(doubled("+")).possible("total")
    assert possible.exact
    assert set(possible.values) == {0, 1}


def test_a_number_that_doubles_its_length_with_every_step_is_given_up() -> None:
    result = assess(doubled("*"), {"x": "1.37"})
    assert result.clauses["1.a"].reason == "undefined"
    assert result.value("l39") == Undefined("too-large")
    assert isinstance(result.value("l5"), Fraction)


def copies(times: int) -> str:
    """Sections whose clauses are counted, and their scores added up: far more than any standard has."""
    sections = "".join(
        f'section {i} "s"\n' + "".join(f'  {mark}) "c" attested\n' for mark in "abcdef") for i in range(1, times + 1)
    )
    return f"""standard copies-1 "C"
groups section
{sections}score of each section
  2 when all clauses satisfied
  1 when more than half of clauses satisfied
  0 otherwise
score total = sum of score over each section
score full
  1 when total >= {2 * times}
  0 otherwise
"""


def test_many_sections_leave_their_scores_behind_and_not_their_clauses() -> None:
    assessment = assess(copies(60))
    assert assessment.possible("total").exact
    assert set(assessment.possible("total").values) == {Fraction(n) for n in range(121)}
    assert set(assessment.possible("full").values) == {0, 1}


def gated(sections: int) -> str:
    """A graded score behind a gate, of which only the ends are known: every subset of the sections has its own total."""
    numbers = range(1, sections + 1)
    clauses = "".join(f'section {i} "s"\n  a) "c" attested\n  b) "c" attested\n' for i in numbers)
    members = "".join(f"  {i} | a) | a), b)\n" for i in numbers)
    rows = "".join(f"  {i} | 100% * {2 ** (i - 1)} / {2**sections - 1}\n" for i in numbers)
    return f"""standard gated-1 "G"
groups section
levels
  L1 "1"
  L2 "2"
{clauses}membership
  section | L1 | L2
{members}score of each section
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2 after every section scores 1 at L1
    3 when all clauses satisfied
    2 otherwise
weights
  section | w
{rows}score total at each level = sum of weight * score over each section
grade level by total
  L1 | 0 < total <= 1
  L2 | 1 < total <= 3
  otherwise | none
"""


def test_why_not_is_told_of_a_score_of_which_only_the_ends_are_known() -> None:
    assessment = assess(gated(24))
    assert ANY in assessment.possible("total@L2").values
    told = why_not(assessment, "level", "L2")
    assert told is not None
    assert told.holds is UNKNOWN
