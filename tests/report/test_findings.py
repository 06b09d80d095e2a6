"""Findings: where they stand at an instant, beside what their clauses come to, and what became of them since."""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.comparing.recorded import as_derived, because_of, difference_of
from guiju.exchange.evidence import parse_evidence
from guiju.report.comparison import Comparison
from guiju.report.reassessment import reassessment_model, text_of
from guiju.report.reassessment_model import ReassessmentModel
from guiju.report.register import without_finding
from guiju.report.result import result_of
from guiju.report.text import text_of as result_text
from tests.engine.registered import assess

POLICY = """groups section
section 1
  a) "a" attested
  b) "b" attested
score S = share of clauses satisfied
"""
SAID = "attestations: {1.a: {verdict: unsatisfied}, 1.b: {verdict: unsatisfied}}\n"
FINDING = "clause: 1 a), grade: %s, statement: Nobody is in charge, owner: B, due: %s"
CLOSED = ", closure: {on: %s, by: A}"


def with_findings(*findings: str, as_of: str = "2026-03-31T09:00:00+08:00", said: str = SAID) -> Assessment:
    listed = ", ".join(f"F-{n}: {{{finding}}}" for n, finding in enumerate(findings, start=1))
    return assess(POLICY, f"{said}findings: {{{listed}}}", as_of)


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (FINDING % ("major", "2026-04-01"), "open"),
        (FINDING % ("major", "2026-03-31"), "open"),  # to the end of its last day
        (FINDING % ("major", "2026-03-30"), "overdue"),
        (FINDING % ("major", "2026-03-30") + CLOSED % "2026-03-31", "closed"),
        (FINDING % ("major", "2026-03-30") + CLOSED % "2026-04-01", "overdue"),  # not yet, at that instant
        (FINDING % ("major", "2026-06-30") + CLOSED % "2026-04-01", "open"),
    ],
)
def test_a_finding_stands_somewhere_at_an_instant_and_decides_nothing(finding: str, state: str) -> None:
    found, without = with_findings(finding), assess(POLICY, SAID)
    assert [f.state for f in result_of(found, "en").findings] == [state]
    assert found.values == without.values
    assert dict(found.clauses) == dict(without.clauses)


def test_without_an_instant_a_finding_is_open_until_it_was_closed() -> None:
    text = "guiju: evidence/2\nsubject: x\nfindings: {F: {clause: a, grade: observation, statement: s%s}}\n"
    for closure, closed in (("", False), (CLOSED % "2026-04-01", True)):
        evidence, _ = parse_evidence(Source("e.yaml", text % closure))
        assert evidence is not None
        assert [(f.is_closed(None), f.is_overdue(None)) for f in evidence.findings] == [(closed, False)]


def test_evaluate_tells_them_and_which_failed_clauses_have_none() -> None:
    found = with_findings(FINDING % ("major", "2026-03-30"), FINDING % ("minor", "2026-03-30") + CLOSED % "2026-03-31")
    result = result_of(found, "en")
    assert without_finding(result) == ["1 b)"]
    text = result_text(result, found.program, "en")
    assert "Findings: 2 (overdue: 1)" in text
    assert "F-1  major  1 a) a: Nobody is in charge  (overdue, B, due 2026-03-30)" in text
    assert "closed by A on 2026-03-31" in text
    assert "(closed, but the clause is unsatisfied)" in text
    assert "Unsatisfied, and no open finding about it: 1 b)" in text
    assert without_finding(result_of(assess(POLICY, SAID), "en")) == []


def test_a_result_without_findings_does_not_mention_them() -> None:
    assert '"findings"' not in result_of(assess(POLICY, SAID), "en").model_dump_json()


def test_a_finding_must_be_about_a_clause_of_the_policy() -> None:
    with pytest.raises(AssertionError, match=r"no clause `9\.z`"):
        with_findings((FINDING % ("major", "2026-04-01")).replace("1 a)", "9.z"))


def test_a_reassessment_tells_what_became_of_each() -> None:
    open_, mended = FINDING % ("major", "2026-12-31"), CLOSED % "2026-06-01"
    was_closed = FINDING % ("minor", "2026-03-30") + CLOSED % "2026-03-01"
    before = with_findings(open_, open_, was_closed, was_closed, open_)
    after = with_findings(
        open_, open_ + mended, was_closed, FINDING % ("minor", "2027-12-31"), as_of="2027-03-31T09:00:00+08:00"
    )
    raised = with_findings(open_, as_of="2027-03-31T09:00:00+08:00")
    told = compared(before, after)
    assert [(s.finding.id, s.change) for s in told[0].findings] == [
        ("F-1", "still-open"),
        ("F-2", "closed"),
        ("F-4", "reopened"),
        ("F-5", "dropped"),
    ]
    assert "Findings that were open and are left out now: 1" in told[1]
    assert [(s.finding.id, s.change) for s in compared(assess(POLICY, SAID), raised)[0].findings] == [("F-1", "raised")]


LATER = "2027-03-31T09:00:00+08:00"


@pytest.mark.parametrize(
    ("was", "now", "changes"),
    [
        (", raised: 2026-02-01", ", raised: 2026-02-01", ["still-open"]),
        (", raised: 2026-02-01", "", ["still-open"]),
        (", raised: 2026-02-01", ", raised: 2027-02-01", ["raised", "dropped"]),
        (CLOSED % "2026-03-01", ", raised: 2027-02-01", ["reopened"]),
        (", raised: 2026-02-01" + CLOSED % "2026-03-01", ", raised: 2027-02-01", ["raised"]),
    ],
)
def test_a_finding_of_the_same_number_and_clause_is_another_where_it_was_raised_on_another_day(
    was: str, now: str, changes: list[str]
) -> None:
    finding = FINDING % ("major", "2027-12-31")
    told, _ = compared(with_findings(finding + was), with_findings(finding + now, as_of=LATER))
    assert [s.change for s in told.findings] == changes


def test_a_number_that_is_given_again_on_another_clause_hides_no_finding() -> None:
    before = with_findings(FINDING % ("major", "2026-12-31"))
    after = with_findings((FINDING % ("minor", "2027-12-31")).replace("1 a)", "1 b)"), as_of=LATER)
    told, text = compared(before, after)
    assert [(s.change, s.finding.grade, s.finding.clause) for s in told.findings] == [
        ("raised", "minor", "1.b"),
        ("dropped", "major", "1.a"),
    ]
    assert text.index("Findings raised since: 1") < text.index("Findings that were open and are left out now: 1")


def test_a_finding_that_is_said_otherwise_is_told_as_it_was() -> None:
    before, after = with_findings(FINDING % ("major", "2026-12-31")), FINDING % ("minor", "2026-12-31")
    told, text = compared(before, with_findings(after, as_of=LATER))
    assert [(s.change, s.before.grade if s.before else None) for s in told.findings] == [("still-open", "major")]
    assert "    then: major, Nobody is in charge" in text
    told, text = compared(before, with_findings(after.replace("minor", "major"), as_of=LATER))
    assert [s.before for s in told.findings] == [None]
    assert "then:" not in text


def compared(before: Assessment, after: Assessment) -> tuple[ReassessmentModel, str]:
    sides = as_derived(before, "0"), as_derived(after, "0")
    difference = difference_of(*sides)
    programs = before.program, after.program
    comparison = Comparison(
        programs, sides=(before, after), difference=difference, because=because_of(*sides, difference)
    )
    model = reassessment_model(comparison, "en", (), "0")
    return model, text_of(model, comparison, "en")


def test_findings_stand_beside_their_clause_in_an_explanation_and_not_beside_others() -> None:
    found = with_findings(FINDING % ("major", "2026-03-30"), FINDING % ("minor", "2026-06-30") + CLOSED % "2026-03-01")
    english, chinese = (" ".join(guiju.explain(found, "clause:1.a", language=x).split()) for x in ("en", "zh"))
    assert "finding F-1, major: Nobody is in charge (overdue, B, due 2026-03-30)" in english
    assert "finding F-2, minor: Nobody is in charge (closed by A on 2026-03-01, B)" in english
    assert "(closed, but the clause is unsatisfied)" in english
    assert "评价发现 F-1, 严重不符合: Nobody is in charge (逾期, B, 期限 2026-03-30)" in chinese
    assert "finding" not in guiju.explain(found, "clause:1.b", language="en")
