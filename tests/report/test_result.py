"""What a report says about what is open, who decided, and what takes no part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import guiju
import guiju.dsl.source
import guiju.exchange.evidence
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.result import result_of
from guiju.report.result_model import ResultModel
from guiju.report.text import text_of

ROOT = Path(__file__).parents[2]
POLICY = "gbt-45288.3-2025"
EXAMPLES = ROOT / "policies" / POLICY / "evidence"

SMALL = """standard p-1 "P 1"
input svc : one of a | b "服务" / "Service"
groups section
levels
  L1 "一级" / "One"
  L2 "二级" / "Two"
fact share : number "占比" / "Share"
fact hours : number alias 时数 "时数" / "Hours"
fact days : number alias 天数 "天数" / "Days"
fact rate : number = hours / days alias 比率 "比率" / "Rate"
section 4.1 "一节" / "Room"
  a) "甲" / "First" attested applies when svc = a
  b) "乙" / "Second" attested
  c) "丙" / "Third" rate >= 5
score of each section
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2
    3 when all clauses satisfied
    SHARE otherwise
score A at each level = mean of score over each section
grade level by A
  L1 | 1 <= A <= 2
  L2 | 2 < A <= 3
  otherwise | none
"""


def assess(folder: Path, share: str = "2", **evidence: Any) -> Assessment:
    path = folder / "p.guiju"
    path.write_text(SMALL.replace("SHARE", share), "utf-8")
    return guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", **evidence})


def report(assessment: Assessment, language: Language = "en") -> tuple[ResultModel, str]:
    result = result_of(assessment, language)
    return result, text_of(result, assessment.program, language)


def example(name: str) -> Assessment:
    return guiju.evaluate(POLICY, EXAMPLES / f"{name}.yaml")


B = {"4.1.b": "satisfied"}
OVERRIDE = {"verdict": "satisfied", "voice": "override", "by": "Committee", "reason": "began late"}


def test_groups_outside_the_service_stand_in_no_way_and_are_counted_apart() -> None:
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "platform"}}
    result, text = report(guiju.evaluate(POLICY, evidence))
    groups = {s.group for w in result.why_not for s in w.shortfalls}
    assert groups == {"hardware", "toolchain", "platform_integration"}
    apart = sum(not u.takes_part for u in result.unknown)
    assert f"unknown in groups that take no part: {apart}" in text
    assert f"What is unknown: {len(result.unknown) - apart}\n" in text


@pytest.mark.parametrize("name", ["full-stack-provider", "mid-vendor-with-gaps", "strong-platform-vendor"])
def test_what_cannot_matter_is_counted_and_the_first_three_are_named(name: str) -> None:
    result, text = report(example(name))
    clauses = {c.id: c for c in result.clauses}
    idle = [clauses[u.clause] for u in result.unknown if u.takes_part and u.matters == "no"]
    assert idle
    below = text.partition(f"  unknown and cannot matter: {len(idle)}\n")[2].splitlines()
    named = [line for line in below[: 2 * 3 + 1] if line.startswith("    ") and not line.startswith("     ")]
    more = len(idle) - 3
    assert [line.strip().partition("  (")[0] for line in named] == [
        *(f"{c.cites} {c.label}" for c in idle[:3]),
        *([f"… +{more} (--format json lists them)"] if more > 0 else []),
    ]


def test_an_override_is_named_with_its_author_and_its_reason(tmp_path: Path) -> None:
    _, text = report(assess(tmp_path, attestations={"4.1.b": OVERRIDE}))
    assert "Decided by an override: 1\n  4.1 b) Second: satisfied (Committee: began late)" in text


def test_what_only_the_vendor_says_is_marked(tmp_path: Path) -> None:
    _, text = report(assess(tmp_path, attestations=B))
    assert "Resting on the vendor's word alone: 1\n  4.1 b)" in text
    _, text = report(assess(tmp_path, attestations={"4.1.b": "unsatisfied"}, inputs={"svc": "a"}))
    assert "failed  4.1 b) Second  (the vendor alone says so)" in text


def test_expired_evidence_is_named_with_its_day() -> None:
    result, text = report(example("mid-vendor-with-gaps"))
    assert "EV-105 was valid until 2026-05-30" in text
    clause = next(c for c in result.clauses if c.id == "6.2.2.5.b")
    assert [(e.evidence, (e.expires or "")[:10]) for e in clause.expired] == [("EV-105", "2026-05-30")]


def test_readings_have_one_heading() -> None:
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "full"}}
    for assessment in (guiju.evaluate(POLICY, evidence), example("mid-vendor-with-gaps")):
        assert report(assessment)[1].count("\nReadings: ") == 1


def test_an_open_fact_that_only_a_score_uses_is_listed(tmp_path: Path) -> None:
    decided = {"4.1.b": "unsatisfied", "4.1.c": "satisfied"}
    result, text = report(assess(tmp_path, "share", inputs={"svc": "b"}, attestations=decided))
    assert [(v.name, v.kind, v.matters) for v in result.open_values] == [("share", "fact", "alone")]
    assert "Share: can change the outcome by itself  (no evidence: share)" in text
    assert "nothing is unknown" not in text


def test_an_open_input_that_weights_use_is_listed_with_what_it_leads_to() -> None:
    path = EXAMPLES / "full-stack-provider.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("inputs:")]
    source = guiju.exchange.evidence.parse_evidence(guiju.dsl.source.Source("e.yaml", "\n".join(lines)))[0]
    assert source is not None
    result, text = report(guiju.evaluate(POLICY, source))
    assert result.open_values[0].name == "service"
    assert "Service type: can change the outcome by itself  (no evidence: service)" in text


def test_a_clause_whose_applicability_is_open_lacks_the_input(tmp_path: Path) -> None:
    assessment = assess(tmp_path, attestations={**B, "4.1.c": "satisfied"})
    result, text = report(assessment)
    unknown = next(u for u in result.unknown if u.clause == "4.1.a")
    assert unknown.missing == ["svc", "attestation"]
    assert (unknown.if_satisfied, unknown.if_not_applicable) == (["L2"], ["L2"])
    assert "no evidence: svc, an attestation" in text


def test_what_is_possible_under_the_verdicts_is_all_that_is_possible(tmp_path: Path) -> None:
    assessments = (assess(tmp_path), assess(tmp_path, attestations=B), example("mid-vendor-with-gaps"))
    for assessment in assessments:
        result, _ = report(assessment)
        tried = [u for u in result.unknown if u.matters == "alone"]
        assert tried
        for u in tried:
            possible = {*u.if_satisfied, *u.if_unsatisfied, *u.if_not_applicable}
            assert possible == set(result.outcomes[0].possible.values)


def test_a_fact_with_a_formula_may_itself_be_stated(tmp_path: Path) -> None:
    assessment = assess(tmp_path, attestations=B)
    result, text = report(assessment)
    clause = next(c for c in result.clauses if c.id == "4.1.c")
    assert (clause.missing, clause.alternatives) == (["rate"], {"rate": ["hours", "days"]})
    assert "no evidence: rate (or hours and days)" in text
    assert "缺少证据: 比率 (或 时数、天数)" in report(assessment, "zh")[1]


def test_a_fact_against_its_formula_is_a_disagreement(tmp_path: Path) -> None:
    facts = {"rate": 6, "hours": 20, "days": 4}
    result, text = report(assess(tmp_path, facts=facts))
    fact = next(f for f in result.facts if f.id == "rate")
    assert (fact.value, fact.stated, fact.computed) == ("undefined:conflicting", "6", "5")
    assert "Where the voices differ: 1\n  rate: conflicting evidence (stated 6, computed 5)" in text


def test_what_cannot_help_is_not_said_to_be_missing(tmp_path: Path) -> None:
    result, text = report(assess(tmp_path, facts={"days": 0}, attestations=B))
    clause = next(c for c in result.clauses if c.id == "4.1.c")
    assert (clause.missing, clause.alternatives) == (["rate"], {})
    assert "no evidence: rate)" in text


def test_what_an_assessor_could_not_confirm_is_told_with_both_voices(tmp_path: Path) -> None:
    doubt = {"verdict": "unknown", "voice": "assessor", "by": "Li"}
    said = {"4.1.a": [{"verdict": "satisfied", "voice": "vendor"}, doubt]}
    left = {"verdict": "unknown", "voice": "override", "by": "Committee", "reason": "to be seen again"}
    _, text = report(assess(tmp_path, inputs={"svc": "a"}, attestations={**said, "4.1.b": left}))
    assert "4.1 a) First: unknown, not confirmed by the assessor  (vendor says satisfied)" in text
    assert "4.1 b) Second: unknown (Committee: to be seen again)" in text
    assert "no evidence: an attestation" not in text


UNSTATED = """standard p-2 "P 2"
groups section
fact b : yes-no
section s
  a) "a" b
  b) "b" attested
score total
  count of clauses satisfied when b
  0 otherwise
"""


def test_a_fact_that_nobody_stated_is_not_listed_though_an_attestation_leaves_it_one_value(tmp_path: Path) -> None:
    path = tmp_path / "p.guiju"
    path.write_text(UNSTATED, "utf-8")
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": {"s.a": "satisfied"}}
    assessment = guiju.evaluate(path, evidence)
    assert assessment.value("fact:b") is True
    assert report(assessment)[0].facts == []


SQUARE = """standard p-3 "P 3"
groups section
levels
  L1 "一级" / "One"
fact w : yes-no
fact x : number
section s
  a) "a" w
score total = count of clauses satisfied
grade level by total
  L1 | total >= 1
  otherwise | none
reading square "What a) asks for"
  default as-printed : nothing changes
  or other : clause s a) requires x * x < 0
"""


def test_what_another_reading_may_not_reach_is_marked_as_an_enclosure(tmp_path: Path) -> None:
    path = tmp_path / "p.guiju"
    path.write_text(SQUARE, "utf-8")
    result, text = report(guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", "facts": {"w": False}}))
    assert [a.enclosed for a in result.readings.changing] == [["level"]]
    assert "  under square = other: L1 One | no level (enclosure: some of these may not be reachable)\n" in text
