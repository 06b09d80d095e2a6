"""What is open can come to each value that is told: the witness, given as evidence, leads to just that value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.report.result import result_of
from guiju.report.result_model import OutcomeModel, ScoreModel
from guiju.report.witness import witness_lines

ROOT = Path(__file__).parents[2]

POLICY = """standard reach-1 "Reach"
groups section
levels
  L1 "One"
  L2 "Two"
fact linearity : % "线性度" / "Linearity"
fact formats : set of int8 | fp8 | fp4 "精度" / "Precisions"
section 1 "s"
  a) "快" / "Fast" linearity >= 80 %
  b) "全" / "Wide" fp8 in formats
  c) "稳" / "Steady" attested
score met = count of clauses satisfied
grade level by met
  L1 | 1 <= met < 3
  L2 | met >= 3
  otherwise | none
"""


@pytest.fixture
def blank(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    path = tmp_path / "reach-1.guiju"
    path.write_text(POLICY, "utf-8")
    return path, {"guiju": "evidence/1", "subject": "x"}


def test_every_value_of_an_outcome_and_both_ends_of_a_score_replay(blank: tuple[Path, dict[str, Any]]) -> None:
    policy, evidence = blank
    result = result_of(guiju.evaluate(policy, evidence), "en")
    met = next(score for score in result.scores if score.id == "met")
    told: list[OutcomeModel | ScoreModel] = [*result.outcomes, met]
    assert [[w.value for w in item.witnesses] for item in told] == [["L1", "L2", "none"], ["0", "3"]]
    for item in told:
        for witness in item.witnesses:
            stated = {"inputs": witness.inputs, "facts": witness.facts, "attestations": witness.clauses}
            again = result_of(guiju.evaluate(policy, evidence | stated), "en")
            afterwards: list[OutcomeModel | ScoreModel] = [*again.outcomes, *again.scores]
            found = next(other.possible for other in afterwards if other.id == item.id)
            assert (found.values, found.decided) == ([witness.value], True)


def test_people_are_told_only_what_makes_the_difference(blank: tuple[Path, dict[str, Any]]) -> None:
    policy, evidence = blank
    known = evidence | {"facts": {"linearity": "85 %"}, "attestations": {"1.c": "satisfied"}}
    lines = {str(value): how for value, how in witness_lines(guiju.evaluate(policy, known), "level", "en")}
    assert lines == {"L1": "1 b) unsatisfied, Precisions = none of them", "L2": "1 b) satisfied, Precisions = fp8"}


def test_what_is_decided_has_no_witness(blank: tuple[Path, dict[str, Any]]) -> None:
    policy, evidence = blank
    known = evidence | {"attestations": dict.fromkeys(("1.a", "1.b", "1.c"), "satisfied")}
    assert result_of(guiju.evaluate(policy, known), "en").outcomes[0].witnesses == []


def test_what_all_completions_share_and_need_is_told_with_each(blank: tuple[Path, dict[str, Any]]) -> None:
    policy, evidence = blank
    known = evidence | {"facts": {"linearity": "85 %"}}
    lines = {str(value): how for value, how in witness_lines(guiju.evaluate(policy, known), "level", "en")}
    assert all("1 c)" in how for how in lines.values())
