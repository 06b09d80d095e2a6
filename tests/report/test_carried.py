"""What a report says of clauses that stand on another standard: which decided them, on whose word, and what is open there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main

THERE = """standard there "THERE"
groups section
section 5
  a) "two shifts" / "两班" attested
  b) "drills" / "演练" attested
score met = count of clauses satisfied
"""
HERE = """standard here "HERE"
groups section
section 6
  a) "shifts" attested
  b) "practice" attested
crosswalk there
  6 a) | superset | 5 a)~b)
  6 b) | intersects | 5 b)
score met = count of clauses satisfied
"""
FILE = """guiju: evidence/1
subject: x
voice: VOICE
evidence:
  roster: {kind: record}
standards:
  here:
  there:
    attestations:
      5.a: {verdict: satisfied, evidence: roster}
      5.b: {verdict: %s}
"""


def said(folder: Path, drills: str, *command: str, voice: str = "vendor", here: str = HERE) -> str:
    """What a command prints of the two standards, the second clause there being as it is said to be."""
    (folder / "there.guiju").write_text(THERE, "utf-8")
    (folder / "here.guiju").write_text(here, "utf-8")
    (folder / "e.yaml").write_text(FILE.replace("VOICE", voice) % drills, "utf-8")
    first, *more = command
    done = CliRunner().invoke(main, [first, str(folder / "here.guiju"), str(folder / "e.yaml"), *more])
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())  # however wide the lines are


def test_what_is_carried_from_a_vendors_word_stays_a_vendors_word(tmp_path: Path) -> None:
    report = said(tmp_path, "satisfied", "evaluate", "--lang", "en")
    assert "Resting on the vendor's word alone: 1 6 a) " in report
    assert "the vendor alone says so: 5 a), 5 b)" in said(tmp_path, "satisfied", "explain", "6.a", "--lang", "en")


@pytest.mark.parametrize("voice", ["vendor", "assessor"])
def test_the_published_form_says_who_decided_there_and_on_what_evidence(tmp_path: Path, voice: str) -> None:
    printed = said(tmp_path, "satisfied", "evaluate", "--format", "json", "--lang", "en", voice=voice)
    clause = json.loads(printed)["clauses"][0]
    assert (clause["by"], clause["vendor_alone"], clause["evidence"]) == ("crosswalk", voice == "vendor", ["roster"])
    assert [(c["clause"], c["by"]) for c in clause["attestations"][0]["carried"]] == [("5 a)", voice), ("5 b)", voice)]


def test_a_report_names_what_nobody_looked_at_here(tmp_path: Path) -> None:
    report = said(tmp_path, "satisfied", "evaluate", "--lang", "zh")
    assert "由对照决定的条款，无人直接查验: 1 6 a) shifts: 满足 (there (超集): 2 条中 2 条满足" in report


def test_what_is_answered_in_part_names_the_clauses_there_that_keep_it_open(tmp_path: Path) -> None:
    report = said(tmp_path, "unsatisfied", "evaluate", "--lang", "zh")
    part = "经对照只有部分依据: there (超集): 2 条中 1 条满足; 不满足: 5 b); 只有供方自述: 5 a), 5 b); 缺 查验结论"
    assert part in report
    assert "there (相交): 1 条中 0 条满足; 缺" in report  # no verdict over there would decide it
    told = said(tmp_path, "unsatisfied", "explain", "6.a", "--lang", "en")
    assert "unknown (superset) [roster] — 1 of 2 satisfied; unsatisfied: 5 b)" in told


def test_rows_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    here = HERE.replace("6 a) | superset | 5 a)~b)", "6 a) | equal | 5 a)\n  6 a) | equal | 5 b)")
    report = said(tmp_path, "unsatisfied", "evaluate", "--lang", "en", here=here)
    assert "(crosswalk there 5 a) says satisfied, crosswalk there 5 b) says unsatisfied)" in report
