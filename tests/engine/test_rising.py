"""What only rises as clauses are satisfied: the best case answers as a sweep does, and answers at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

import guiju
from guiju.compiler.ir import Cases, Value
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.possible import Possible
from guiju.engine.reasoning.why.fewest import Obstacles
from guiju.engine.reasoning.why.why_not import why_not
from guiju.engine.rising import rises, way_of
from guiju.library import compile_source
from tests.engine.laws import assess
from tests.engine.strategies import Case, cases

SCORED = """standard rising-1 "Rising"
groups section
levels
  L1 "One"
fact f : count "Fact"
fact g : yes-no "Given"
section s "s"
  a) "A" attested
  b) "B" attested
  c) "C" attested applies when g
score of each sectionSHARE
score A = SCORE
grade level by A "Grade"
  L1 | ROW
  otherwise | none
"""


def assessed(
    row: str, share: str = "share of clauses satisfied", score: str = "sum of score over each section", **facts: object
) -> Assessment:
    text = SCORED.replace("score A", "score A at each level") if share.startswith("\n") else SCORED
    written = share if share.startswith("\n") else f" = {share}"
    text = text.replace("ROW", row).replace("SHARE", written).replace("SCORE", score)
    compiled = compile_source(Source("rising.guiju", text))
    assert compiled.program is not None, compiled.diagnostics
    return guiju.evaluate(guiju.Policy(compiled.program), {"guiju": "evidence/1", "subject": "x", "facts": facts})


def outcome_rises(assessment: Assessment) -> bool:
    network = assessment.network
    clauses = {network.at[f"clause:s.{mark}"] for mark in "abc"}
    return rises(network, assessment.values, network.node("level").operands[0], clauses)


@pytest.mark.parametrize(
    "row", ["A >= 50%", "A * 2 > 30%", "not A < 50%", "1 - A < 20%", "A >= 50% and A > 10%", "A / 2 >= 10% or A > 1"]
)
def test_what_gains_with_every_clause_rises(row: str) -> None:
    assert outcome_rises(assessed(row, g=True))


@pytest.mark.parametrize(
    "row", ["A < 50%", "A = 50%", "A * -1 > 0", "not A > 50%", "A >= f", "A >= 50% or A < 10%", "1 / A > 1"]
)
def test_what_may_lose_by_a_clause_does_not(row: str) -> None:
    assert not outcome_rises(assessed(row, g=True))


def test_a_share_may_fall_with_clauses_that_may_not_apply() -> None:
    assert outcome_rises(assessed("A >= 50%", g=False))
    open_too = assessed("A >= 50%")
    assert not Obstacles(open_too, open_too.network.node("level").operands[0])._rises


def test_a_threshold_that_nobody_stated_is_open_beside_open_clauses() -> None:
    assessment = assessed("A >= f", g=True)
    assert set(assessment.possible("level").values) == {"L1", "none"}


SATISFIED = "2 when all clauses satisfied"
ONE_MISSING = "1 when exactly 1 clause unsatisfied"


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        ((SATISFIED, "0 otherwise"), 1),
        ((SATISFIED, ONE_MISSING, "0 otherwise"), 1),  # one that is missing is no more than one where none is not
        ((SATISFIED, ONE_MISSING, "0.5 when exactly 2 clauses unsatisfied", "0 otherwise"), 1),
        ((SATISFIED, "1 when more than half of clauses satisfied", "0 otherwise"), 1),
        (("3 when all clauses unsatisfied", "2 when at most 1 clause satisfied", "0 otherwise"), -1),
        (("0 when all clauses satisfied", ONE_MISSING, "2 otherwise"), -1),
        ((ONE_MISSING, "0 otherwise"), 0),
        ((SATISFIED, "1 when exactly 2 clauses unsatisfied", "0 otherwise"), 0),
        ((SATISFIED, "3 when more than half of clauses satisfied", "0 otherwise"), 0),
        ((SATISFIED, "1 when at most 1 clause satisfied", "0 otherwise"), 0),
    ],
)
def test_a_table_goes_with_its_rows_where_their_values_stand_in_order(rows: tuple[str, ...], way: int) -> None:
    table = "\n".join(("", "  at L1", *(f"    {row}" for row in rows)))
    assessment = assessed("A >= 1", table, "sum of score over each section", g=True)
    network = assessment.network
    clauses = {network.at[f"clause:s.{mark}"] for mark in "abc"}
    assert way_of(network, assessment.values, network.at["score:s@L1"], clauses) == way


def conditions(assessment: Assessment) -> Iterator[int]:
    for outcome in assessment.program.outcomes:
        node = assessment.network.node(outcome)
        if isinstance(node.subject, Cases):
            yield from (c for c in node.operands[:-1:2] if assessment.values[c] is False)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases())
def test_the_best_case_answers_as_a_sweep_does(case: Case) -> None:
    assessment = assess(*case)
    for condition in conditions(assessment):
        quick, slow = Obstacles(assessment, condition), Obstacles(assessment, condition)
        slow.__dict__["_rises"] = False
        failed = quick.failed[:5]
        for kept in (c for size in range(len(failed) + 1) for c in combinations(failed, size)):
            assert quick.suffice(kept) == slow.suffice(kept), kept


def test_of_many_failures_those_in_the_way_are_found_without_a_sweep_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of forty sections of ten clauses: each look at a set of failures was a sweep over all of them."""
    sections = "".join(
        f'section {n}.1 "s"\n' + "".join(f'  {mark}) "c" attested\n' for mark in "abcdefghij") for n in range(1, 41)
    )
    head, tail = SCORED.split("fact f", maxsplit=1)[0], SCORED[SCORED.index("score of") :]
    text = head + sections + tail.replace("SHARE", " = share of clauses satisfied")
    text = text.replace("SCORE", "mean of score over each section").replace("ROW", "A >= 90%")
    program = compile_source(Source("many.guiju", text)).program
    assert program is not None
    said = {
        f"{n}.1.{mark}": ("satisfied", "unsatisfied", "unsatisfied")[(n + place) % 3]
        for n in range(1, 41)
        for place, mark in enumerate("abcdefgh")
    }
    assessment = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "attestations": said})
    tries: list[tuple[int, ...]] = []
    reachable_with = Obstacles._reachable_with

    def noted(self: Obstacles, values: Sequence[Value], free: tuple[int, ...]) -> dict[int, Possible]:
        tries.append(free)
        return reachable_with(self, values, free)

    monkeypatch.setattr(Obstacles, "_reachable_with", noted)
    found = why_not(assessment, "level", "L1")
    assert found is not None
    assert found.holds is False
    assert len({clause for s in found.shortfalls for clause in s.failed}) == 41  # of 400 clauses 40 may fail
    assert not tries
