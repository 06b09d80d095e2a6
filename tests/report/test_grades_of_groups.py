"""A policy that grades groups and never the whole subject: the grades of the groups are its outcomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import unknowns
from guiju.report.result import result_of
from guiju.report.text import text_of
from tests.feet import above_the_foot

DOMAINS = """standard d-1 "D 1"
groups domain > area
levels
  L1
  L2
domain A "甲域" / "First"
  area A-1 "一" / "One"
    a) shall "a" attested
    b) should "b" attested
domain B "乙域" / "Second"
  area B-1 "二" / "Two"
    a) shall "a" attested
membership
  area | L1 | L2
  A-1 | a) | all
  B-1 | a) | all
score reached of each domain at each level "达到" / "Reached" = share of clauses satisfied
score part of each area at each level "部分" / "Part" = share of clauses satisfied
grade mark by reached "评级" / "Mark"
  L1 | reached = 100%
  L2 | reached = 100%
  otherwise | none
grade piece by part "分级" / "Piece"
  L1 | part = 100%
  L2 | part = 100%
  otherwise | none
reading strict "读法" / "S"
  default no : nothing changes
  or yes : membership A-1 L1 = all
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "d.guiju"
    path.write_text(DOMAINS, "utf-8")
    return path


def said(policy: Path, **verdicts: str) -> str:
    assessment = evaluated(policy, **verdicts)
    return text_of(result_of(assessment, "en"), assessment.program, "en")


def evaluated(policy: Path, **verdicts: str) -> Assessment:
    stated: dict[str, Any] = {"guiju": "evidence/1", "subject": "x", "attestations": verdicts}
    return guiju.evaluate(policy, stated)


def test_the_grades_of_the_widest_groups_are_the_outcomes(policy: Path) -> None:
    assert evaluated(policy).program.outcomes == ("mark:A", "mark:B")
    assert said(policy, **{"A-1.a": "satisfied"}).splitlines()[3:6] == [
        "Outcomes: Mark  Value                 Name",
        "  First         one of L1 | L2        mark:A",
        "  Second        one of L2 | no level  mark:B",
    ]


def test_what_decides_the_grade_of_a_group_is_not_said_to_be_without_effect(policy: Path) -> None:
    assert {u.result.clause: u.matters for u in unknowns(evaluated(policy))} == dict.fromkeys(
        ("A-1.a", "A-1.b", "B-1.a"), "alone"
    )


def test_a_reading_that_changes_the_grade_of_a_group_is_told(policy: Path) -> None:
    text = said(policy, **{"A-1.a": "satisfied", "A-1.b": "unsatisfied", "B-1.a": "satisfied"})
    assert "  under strict = yes\n    First: no level\n" in text


def test_the_target_is_reached_once_each_group_reaches_it(policy: Path, tmp_path: Path) -> None:
    stated = {"guiju": "evidence/1", "subject": "x", "target": "L1"}
    for second, told in (("satisfied", "Target L1: reached"), ("unsatisfied", "Target L1: not reached")):
        both = {"A-1.a": "satisfied", "B-1.a": second}
        assessment = guiju.evaluate(policy, {**stated, "attestations": both})
        assert told in text_of(result_of(assessment, "en"), assessment.program, "en")


@pytest.mark.parametrize("depth", ["summary", "gaps", "review", "engineer"])
def test_an_explanation_of_one_outcome_says_which_others_there_are_and_how_to_ask(
    policy: Path, tmp_path: Path, depth: str
) -> None:
    evidence = tmp_path / "e.yaml"
    evidence.write_text("guiju: evidence/1\nsubject: x\nstandard: d-1\nattestations: {A-1.a: satisfied}\n")

    def explained(*arguments: str) -> str:
        run = CliRunner().invoke(main, ["explain", str(policy), str(evidence), *arguments, "--depth", depth])
        assert run.exit_code == 0, run.output
        return run.stdout

    others = "Other outcomes (to explain one, give its name as NODE):\n  mark:B Second = L2 | no level\n"
    assert above_the_foot(explained("--lang", "en")).endswith(others)
    assert above_the_foot(explained("--lang", "zh")).endswith(
        "其余结果（以名称作“节点”即可解释）：\n  mark:B 乙域 = L2 | 无等级\n"
    )
    assert "mark:B Second" in explained("mark:B", "--lang", "en").splitlines()[0]
    assert "Other outcomes" not in explained("mark:A", "--lang", "en")
    assert json.loads(explained("--format", "json"))["other_outcomes"] == ["mark:B"]


def test_why_not_is_answered_group_by_group_and_a_plan_is_made_for_one_of_them(policy: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "e.yaml"
    evidence.write_text(
        "guiju: evidence/1\nsubject: x\nstandard: d-1\nattestations: {A-1.a: satisfied, B-1.a: unsatisfied}\n"
    )

    def run(*arguments: str) -> str:
        return CliRunner().invoke(main, [*arguments, "--lang", "en"]).output

    why = run("explain", str(policy), str(evidence), "--why-not", "L1")
    assert "First: L1 is reached" in why
    assert "Second: L1 is not reached" in why
    plan = ("plan", str(policy), str(evidence), "--to", "L1")
    assert above_the_foot(run(*plan)).endswith("This is for mark:A; ask for others by --outcome: mark:B\n")
    assert run(*plan, "--outcome", "mark:B").startswith("Second: L1: 1 to change, cost 1\n")
    assert "error[unknown-outcome]" in run(*plan, "--outcome", "mark:C")


def test_a_level_of_groups_alone_cannot_be_planned_for_where_the_whole_has_a_grade(tmp_path: Path) -> None:
    policy, evidence = tmp_path / "w.guiju", tmp_path / "e.yaml"
    whole = "score A = share of clauses satisfied\ngrade whole by A\n  L1 | A = 100%\n  otherwise | none\n"
    policy.write_text(DOMAINS + whole, "utf-8")
    evidence.write_text("guiju: evidence/1\nsubject: x\nstandard: d-1\n")
    told = CliRunner().invoke(main, ["plan", str(policy), str(evidence), "--to", "L2", "--lang", "en"])
    assert (told.exit_code, "level-never-given" in told.output) == (2, True)


def test_without_any_score_or_grade_nothing_is_said_to_matter_or_not(tmp_path: Path) -> None:
    bare = tmp_path / "bare.guiju"
    bare.write_text(
        'standard bare "B"\ngroups area\narea A-1 "A"\n  a) shall "a" attested\n'
        'reading r "R"\n  default a : nothing changes\n  or b : clause A-1 a) may\n',
        "utf-8",
    )
    text = said(bare)
    assert "so there is no outcome" in text
    assert "A-1 a) a: not established whether it matters" in text
    assert "Readings" not in text
