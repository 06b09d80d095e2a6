"""Attestations that contradict one another across clauses, as a reader of a result is told of them."""

from __future__ import annotations

from pathlib import Path

import guiju
from guiju.dsl.diagnostic import Language
from guiju.report.result import result_of
from guiju.report.text import text_of

SHIFTS = """standard s "S"
groups section
fact people : count
section 6.1 "值班" / "Staff"
  a) "一班" / "one shift" people >= 2
  b) "两班" / "two shifts" people >= 4
score met = count of clauses satisfied
"""


def told(folder: Path, verdicts: dict[str, str], language: Language) -> tuple[list[list[str]], list[str]]:
    """The contradictions as data, and the lines about them."""
    (folder / "s.guiju").write_text(SHIFTS, "utf-8")
    evidence = {"guiju": "evidence/1", "subject": "x", "voice": "assessor", "attestations": verdicts}
    assessment = guiju.evaluate(folder / "s.guiju", evidence)
    result = result_of(assessment, language)
    blocks = text_of(result, assessment.program, language).split("\n\n")
    lines = next((b.splitlines() for b in blocks if b.startswith(("Attestations", "不能同时"))), [])
    return [c.clauses for c in result.contradictions], lines


def test_a_result_names_the_clauses_and_what_was_attested_of_them(tmp_path: Path) -> None:
    fewer_than_two_are_not_four = {"6.1.a": "unsatisfied", "6.1.b": "satisfied"}
    clauses, lines = told(tmp_path, fewer_than_two_are_not_four, "en")
    assert clauses == [["6.1.a", "6.1.b"]]
    assert lines == [
        "Attestations that cannot all be true: 1",
        "  6.1 a) one shift: unsatisfied (assessor)  6.1 b) two shifts: satisfied (assessor)",
    ]
    _, lines = told(tmp_path, fewer_than_two_are_not_four, "zh")
    assert lines == ["不能同时为真的查验结论: 1", "  6.1 a) 一班: 不满足 (评估方)  6.1 b) 两班: 满足 (评估方)"]


def test_nothing_is_said_of_what_goes_together(tmp_path: Path) -> None:
    assert told(tmp_path, {"6.1.a": "satisfied", "6.1.b": "unsatisfied"}, "en") == ([], [])


def test_what_is_said_of_a_lead_that_is_no_item_contradicts_nothing() -> None:
    lead = {"verdict": "not-applicable", "reason": "no data are kept"}
    said = {"5.1": lead, "5.1 a)": "satisfied"}
    evidence = {"guiju": "evidence/1", "subject": "x", "voice": "assessor", "attestations": said}
    assessment = guiju.evaluate("t-taf-320-2025", evidence, readings={"whose-items": "by-activity"})
    result = result_of(assessment, "en")
    assert result.contradictions == []
    assert text_of(result, assessment.program, "en").startswith("T/TAF 320")
