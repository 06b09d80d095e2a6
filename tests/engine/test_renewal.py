"""Which clauses lack nothing but newer evidence: held against the same evidence with later dates."""

from __future__ import annotations

from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import UNKNOWN, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.renewal import satisfied_once_renewed

POLICY = """standard t-1 "T 1"
use shared
  validity days 30 d
fact hours : count
fact crew : count
groups section
section 1
  a) "open long" hours >= 8
  b) "recent" days >= 2
  c) "enough of both" hours >= 8 and crew >= 2
  d) "looked at" attested
score A = count of clauses satisfied
"""
SHARED = 'vocabulary shared "Shared facts"\nfact days : count\n'
EVIDENCE = """guiju: evidence/2
subject: x
as_of: 2026-06-30T00:00:00+08:00
evidence:
  E1: {kind: report, collected: %s, expires: %s}
  E2: {kind: report, collected: 2026-06-20, expires: 2027-05-31}
"""
SAID = "attestations: {1.a: {verdict: satisfied, voice: assessor, evidence: E1}}"
OLD, NEW = ("2026-01-01", "2026-05-31"), ("2026-06-20", "2027-05-31")


def assessed(tmp_path: Path, dates: tuple[str, str], statements: str) -> Assessment:
    for name, text in (("t-1.guiju", POLICY), ("shared.guiju", SHARED), ("e.yaml", EVIDENCE % dates + statements)):
        (tmp_path / name).write_text(text, "utf-8")
    return guiju.evaluate(guiju.load(str(tmp_path / "t-1.guiju")), str(tmp_path / "e.yaml"))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("facts: {hours: {value: 9, evidence: E1}}", {"1.a"}),
        ("facts: {hours: {value: 7, evidence: E1}}", set()),
        ("facts: {hours: {value: 9, evidence: E1}, crew: {value: 2, evidence: E2}}", {"1.a", "1.c"}),
        ("facts: {days: {value: 3, evidence: E1}, crew: 1}", {"1.b"}),
        ("attestations: {1.d: {verdict: satisfied, voice: assessor, evidence: E1}}", {"1.d"}),
        ("attestations: {1.d: {verdict: unsatisfied, voice: assessor, evidence: E1}}", set()),
        ("attestations: {1.a: {verdict: satisfied, voice: vendor, evidence: E1}}", {"1.a"}),
        (f"{SAID}\nfacts: {{hours: {{value: 7, evidence: E1}}}}", set()),
    ],
)
def test_a_clause_is_named_where_the_same_evidence_with_later_dates_satisfies_it(
    statements: str, expected: set[str], tmp_path: Path
) -> None:
    old, new = (assessed(tmp_path, dates, statements) for dates in (OLD, NEW))
    renewed = satisfied_once_renewed(old)
    assert renewed.keys() == expected
    assert {o.record.id for found in renewed.values() for o in found} == ({"E1"} if expected else set())
    turned = {r.clause for r in old.undecided if new.clauses[r.clause].verdict is Verdict.SATISFIED}
    assert renewed.keys() == turned


def test_what_was_said_for_some_time_only_is_not_renewed_by_evidence(tmp_path: Path) -> None:
    said = "attestations: {1.d: {verdict: satisfied, voice: assessor, evidence: E1, until: 2026-05-31}}"
    assessment = assessed(tmp_path, OLD, said)
    assert assessment.clauses["1.d"].verdict is UNKNOWN
    assert satisfied_once_renewed(assessment) == {}
