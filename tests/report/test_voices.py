"""Who says what: one row a clause, the verdict that an evaluation gives, and a mark where those who speak differ."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.engine.bind import bind
from guiju.engine.codes import ENDED, WAIVER_ENDED
from guiju.report.result import result_of
from guiju.report.text import text_of as result_text
from guiju.report.voices import text_of, voices_of
from guiju.report.voices_model import json_schema
from tests.engine.registered import AS_OF, assess

POLICY = """groups section
fact n : count
section 1
  a) "a" attested
  b) "b" n >= 3
score S = share of clauses satisfied
"""


def said(clause: str, *voices: str, facts: str = "{}") -> str:
    return f"facts: {facts}\nattestations: {{{clause}: [{', '.join(voices)}]}}"


VENDOR = "{verdict: satisfied, voice: vendor}"
ASSESSOR = "{verdict: unsatisfied, voice: assessor, by: A, reason: seen}"
LOOKED = "{verdict: unknown, voice: assessor}"
OVERRIDE = "{verdict: satisfied, voice: override, by: C, reason: r, until: %s}"
WAIVER = "{voice: waiver, by: B, reason: later, until: %s}"


@pytest.mark.parametrize(
    ("evidence", "differ"),
    [
        (said("1.a", VENDOR), False),
        (said("1.a", VENDOR, "{verdict: unknown, voice: vendor}"), False),
        (said("1.a", VENDOR, ASSESSOR), True),
        (said("1.a", VENDOR, LOOKED), True),
        (said("1.a", VENDOR, OVERRIDE % "2026-12-31"), False),
        (said("1.a", ASSESSOR, OVERRIDE % "2026-12-31"), True),
        (said("1.a", ASSESSOR, OVERRIDE % "2026-03-30"), False),  # one of them speaks no longer
        (said("1.a", ASSESSOR, WAIVER % "2026-12-31"), False),
        (said("1.b", VENDOR, facts="{n: 1}"), True),
        (said("1.b", VENDOR, facts="{n: 5}"), False),
        (said("1.b", VENDOR), False),
    ],
)
def test_those_who_speak_differ_where_they_do_not_say_the_same(evidence: str, differ: bool) -> None:
    found = assess(POLICY, evidence)
    told, result = voices_of(found, "en", every=True), {c.id: c for c in result_of(found, "en").clauses}
    assert [c.differ for c in told.clauses] == [differ]
    assert told.differing == differ
    assert [c.clause for c in voices_of(found, "en").clauses] == ([told.clauses[0].clause] if differ else [])
    shown = told.clauses[0]
    assert (shown.verdict, shown.by) == (result[shown.clause].verdict, result[shown.clause].by)


def test_the_text_tells_who_why_and_until_when() -> None:
    found = assess(POLICY, said("1.a", VENDOR, ASSESSOR, OVERRIDE % "2026-03-30", WAIVER % "2026-12-31"))
    assert text_of(voices_of(found, "en"), "en").splitlines() == [
        "Where the voices differ: 1",
        "",
        "Clauses  vendor     assessor     waiver            comes to",
        "≠ 1 a)   satisfied  unsatisfied  until 2026-12-31  unknown (its override has ended)",
        "",
        "1 a) a",
        "  vendor: satisfied",
        "  assessor A: unsatisfied  seen",
        "  override C: satisfied  until 2026-03-30  r  (counts no longer: it has ended)",
        "  waiver by B until 2026-12-31: later",
    ]


def test_the_command_prints_what_its_schema_says(tmp_path: Path) -> None:
    policy, evidence = tmp_path / "t-1.guiju", tmp_path / "e.yaml"
    policy.write_text(f'standard t-1 "T"\n{POLICY}', encoding="utf-8")
    evidence.write_text(f"guiju: evidence/2\nsubject: x\nas_of: {AS_OF}\n{said('1.a', VENDOR, ASSESSOR)}", "utf-8")
    run = CliRunner().invoke(main, ["voices", str(policy), str(evidence), "--format", "json", "--lang", "en"])
    told = json.loads(run.stdout)
    jsonschema.Draft202012Validator(json_schema()).validate(told)
    assert [(v["voice"], v["by"]) for v in told["clauses"][0]["voices"]] == [("vendor", None), ("assessor", "A")]


def test_below_the_table_stands_what_it_is_of(tmp_path: Path) -> None:
    policy, evidence = tmp_path / "t-1.guiju", tmp_path / "e.yaml"
    policy.write_text(f'standard t-1 "T"\n{POLICY}', encoding="utf-8")
    evidence.write_text(f"guiju: evidence/2\nsubject: x\nas_of: {AS_OF}\n{said('1.a', VENDOR, ASSESSOR)}", "utf-8")
    shown = CliRunner().invoke(main, ["voices", str(policy), str(evidence), "--lang", "en"]).stdout.splitlines()
    assert shown[0] == "Where the voices differ: 1"
    assert shown[-4:] == ["Standard: T  T", "Subject: x", f"As of: {AS_OF}", "Evidence: e.yaml"]


ON_THE_DAY = """evidence: {e: {kind: log, expires: "%s"}}
facts: {n: {value: 4, evidence: e}}
attestations:
  1.a:
    - {verdict: satisfied, voice: assessor, by: A, until: "%s"}
    - {voice: waiver, by: B, reason: later, until: "%s"}
findings: {F: {clause: 1 a), grade: minor, statement: s, owner: O, due: "%s"}}
"""


@pytest.mark.parametrize(
    ("moment", "told", "due"),
    [
        ("2026-03-31T08:59:00+08:00", *(["2026-03-31T08:59:00+08:00"] * 2)),
        ("2026-03-30T19:00:00-05:00", "2026-03-30", "2026-03-30T19:00:00-05:00"),
        ("2026-03-31T14:59:00+14:00", *(["2026-03-31T14:59:00+14:00"] * 2)),
        ("2026-03-30", "2026-03-30", "2026-03-30"),
    ],
)
def test_what_ended_on_the_day_of_the_assessment_is_told_with_its_time(moment: str, told: str, due: str) -> None:
    """`as of 2026-03-31T09:00, valid until 2026-03-31` says that it is valid."""
    assessment = assess(POLICY, ON_THE_DAY % ((moment,) * 4))
    program, result = assessment.program, result_of(assessment, "en")
    voices = voices_of(assessment, "en", every=True)
    every = (
        result_text(result, program, "en"),
        text_of(voices, "en"),
        guiju.explain(assessment, "clause:1.a", language="en"),
    )
    evaluated, seen, explained = (" ".join(text.split()) for text in every)
    assert f"e was valid until {told})" in evaluated
    assert f"assessor A was given until {told})" in evaluated
    assert f"waiver by B, which ended on {told}: later" in evaluated
    assert f"until {told} (counts no longer: it has ended)" in seen
    assert f"waiver by B, which ended on {told}: later" in seen
    assert f"assessor A: satisfied (until {told}) (counts no longer: it has ended)" in explained
    assert f"(overdue, O, due {due})" in evaluated
    _, found = bind(program, assessment.bound.evidence)
    assert {d.code.name: told in d.message("en") for d in found if d.code in (ENDED, WAIVER_ENDED)} == {
        "ended-attestation": True,
        "ended-waiver": True,
    }


def test_what_counts_still_is_told_with_its_day() -> None:
    assessment = assess(POLICY, ON_THE_DAY % (("2026-03-31T09:00:00+08:00",) * 4))
    told = text_of(voices_of(assessment, "en", every=True), "en")
    assert "assessor A: satisfied  until 2026-03-31\n" in told
    assert "waiver by B until 2026-03-31: later" in told
