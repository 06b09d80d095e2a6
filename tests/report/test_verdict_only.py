"""A verdict with nothing behind it is said to be that at its line, and counted below; one with anything is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.dsl.diagnostic import Language
from guiju.report.branch import Branch
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.explained.whole import explanation
from guiju.report.result import result_of
from guiju.report.text import text_of
from tests.engine.registered import assess

GBT = "gbt-45288.3-2025"
EVIDENCE = Path(__file__).parents[2] / "policies" / GBT / "evidence"
SAID: dict[Language, str] = {"en": "verdict only, no evidence named", "zh": "只有结论，未指明证据"}
EXAMPLES = [
    ("strong-platform-vendor", "6.1.1.1 c)"),
    ("mid-vendor-with-gaps", "6.1.1.3 f)"),
    ("full-stack-provider", ""),
]

POLICY = """groups section
section 1
  a) "a" attested
score S = share of clauses satisfied
"""


@pytest.mark.parametrize(
    ("voices", "marked"),
    [
        pytest.param("{verdict: satisfied, voice: vendor}", 1, id="the vendor alone"),
        pytest.param("{verdict: unsatisfied, voice: assessor, by: A}", 1, id="the assessor, and no reason"),
        pytest.param("{verdict: satisfied, voice: assessor, reason: seen}", 1, id="a reason is no evidence"),
        pytest.param("{verdict: satisfied, voice: override, by: C, reason: r}", 1, id="an override"),
        pytest.param("{verdict: satisfied, evidence: [E-1]}", 0, id="with evidence"),
        pytest.param("{verdict: unknown, voice: assessor}", 0, id="who could not tell gives no verdict"),
        pytest.param("{verdict: satisfied, voice: vendor}, {verdict: satisfied, evidence: [E-1]}", 1, id="one of two"),
        pytest.param("{verdict: satisfied, voice: vendor}, {verdict: satisfied, voice: assessor}", 2, id="both"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_verdict_says_that_it_is_all_there_is(voices: str, marked: int, language: Language) -> None:
    records = "evidence: {E-1: {kind: document, title: T}}\n" if "E-1" in voices else ""
    assessment = assess(POLICY, f"{records}attestations: {{1.a: [{voices}]}}")
    lines = list(at_depth(explain(assessment, "clause:1.a", language), "review").walk())
    assert sum(line.text.count(SAID[language]) for line in lines) == marked
    assert result_of(assessment, language).clauses[0].verdict_only == bool(marked)


def lines(name: str, language: Language) -> list[Branch]:
    assessment = guiju.evaluate(GBT, EVIDENCE / f"{name}.yaml")
    return list(at_depth(explain(assessment, "level", language), "review").walk())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("name", "clause"), EXAMPLES)
def test_of_the_examples_it_is_told_once_and_below_the_clause(name: str, clause: str, language: Language) -> None:
    told = lines(name, language)
    above = [line for line in told if any(SAID[language] in below.text for below in line.branches)]
    assert [line.text.partition(") ")[0] + ")" for line in above] == ([clause] if clause else [])


@pytest.mark.parametrize(("name", "clause"), EXAMPLES)
def test_the_foot_the_result_and_the_limits_count_them(name: str, clause: str) -> None:
    path = EVIDENCE / f"{name}.yaml"
    printed = CliRunner().invoke(main, ["explain", GBT, str(path), "--depth", "review", "--lang", "en"]).stdout
    assessment = guiju.evaluate(GBT, path)
    result = result_of(assessment, "en")
    limits = next(s for s in explanation(assessment, result, "en").sections if s.id == "limits")
    named = "Clauses on which somebody gives a verdict only, with no evidence named: 1"
    foot, text = (told.partition(named)[2] for told in (printed, text_of(result, assessment.program, "en")))
    assert [told.strip().splitlines()[:1] for told in (foot, text)] == [[clause] if clause else []] * 2
    assert (named in str(limits)) == bool(clause)
    assert [c.cites for c in result.clauses if c.verdict_only] == ([clause] if clause else [])


def test_less_than_a_review_has_no_foot_of_them() -> None:
    arguments = ["explain", GBT, str(EVIDENCE / "strong-platform-vendor.yaml"), "--lang", "en"]
    assert "verdict only" not in CliRunner().invoke(main, arguments).stdout.rpartition("Standard:")[2]
