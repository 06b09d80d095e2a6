"""Each status in each format is what the table of the documentation says, and no format knows another verdict."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import guiju
from guiju.engine.evaluate import Assessment
from guiju.report.exports import cyclonedx, junit_clauses, oscal_results, sarif, verdict_table
from guiju.report.exports.judged import STATUSES, Status, judged
from guiju.report.words import plain
from tests.docs.pages import between, cells
from tests.engine.registered import assess
from tests.project.repository import ROOT
from tests.report.exports.every_status import assessed

CLAUSES: dict[Status, str] = {
    "satisfied": "3.a",
    "unsatisfied": "3.b",
    "not-applicable": "4.1.b",
    "not-assessed": "4.1.f",
    "conflicting": "4.1.c",
    "undefined": "4.1.d",
}


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assessed(tmp_path_factory.mktemp("every"))


def in_oscal(assessment: Assessment, clause: str) -> str:
    as_of = assessment.bound.evidence.as_of
    assert as_of is not None
    made = oscal_results.assessment_results(assessment, as_of, "0", "en")["assessment-results"]["results"][0]
    id_ = f"every-1-{clause}"
    found = [f["target"]["status"] for f in made["findings"] if f["target"]["target-id"] == f"{id_}_smt"]
    selection = made["reviewed-controls"]["control-selections"][0]
    excluded = id_ in [c["control-id"] for c in selection["exclude-controls"]]
    assert excluded != (id_ in [c["control-id"] for c in selection["include-controls"]])
    assert len([o for o in made["observations"] if o["props"][0]["value"] == clause]) == 1
    if found:
        return f"finding `{found[0]['state']}`, `{found[0]['reason']}`"
    return "no finding, control excluded" if excluded else "no finding, observation"


def in_cyclonedx(assessment: Assessment, clause: str) -> str:
    made = cyclonedx.attestations(assessment, "0", "en")["declarations"]["attestations"][0]["map"]
    conformance = next(m for m in made if m["requirement"] == f"clause:{clause}")["conformance"]
    assert conformance["rationale"]
    return f"score {conformance['score']}" if "score" in conformance else "rationale, no score"


def in_sarif(assessment: Assessment, clause: str) -> str:
    made = sarif.results(assessment, "0", "en")["runs"][0]["results"]
    result = next(r for r in made if r["ruleId"] == clause)
    assert (result["level"] == "none") == (result["kind"] != "fail")
    return f"`{result['kind']}`"


def in_junit(assessment: Assessment, clause: str) -> str:
    root = ET.fromstring(junit_clauses.document(assessment, "en"))
    printed = assessment.program.clause[clause].printed
    case = next(c for c in root.iter("testcase") if c.attrib["name"].startswith(printed))
    return f"`{case[0].tag}`" if len(case) else "passes"


def in_csv(assessment: Assessment, clause: str) -> str:
    rows = csv.DictReader(io.StringIO(verdict_table.verdict_table(assessment, "en").removeprefix("\ufeff")))
    row = next(r for r in rows if r["clause"] == clause)
    return f"`{row['verdict']}`, `{row['status']}`"


FORMATS = (in_oscal, in_cyclonedx, in_sarif, in_junit, in_csv)


def table(page: str) -> list[list[str]]:
    text = between(ROOT / "docs" / page, "verdicts")
    return [[c.strip() for c in line.strip("|").split("|")] for line in text.strip().splitlines()[2:]]


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_is_in_each_format_what_the_documentation_says(status: Status, assessment: Assessment):
    clause = CLAUSES[status]
    assert {j.clause.id: j.status for j in judged(assessment)}[clause] == status
    row = next(r for r in table("exchange.md") if f"`{status}`" in r[0])
    assert [shown(assessment, clause) for shown in FORMATS] == row[1:]


def test_both_pages_have_one_table_of_the_same_words():
    english, chinese = table("exchange.md"), table("exchange.zh.md")
    coded = [[c.split("`")[1::2] for c in row] for row in english]
    assert [[c.split("`")[1::2] for c in row] for row in chinese] == coded
    assert list(cells(between(ROOT / "docs" / "exchange.md", "verdicts")))


def test_every_export_counts_as_many_as_the_result(assessment: Assessment):
    every = judged(assessment)
    verdicts = [plain(r.verdict) for r in assessment.items]
    assert [j.verdict for j in every] == verdicts
    runs = sarif.results(assessment, "0", "en")["runs"][0]["results"]
    assert [r["properties"]["verdict"] for r in runs] == verdicts
    rows = list(csv.DictReader(io.StringIO(verdict_table.verdict_table(assessment, "zh").removeprefix("\ufeff"))))
    assert [r["verdict"] for r in rows] == verdicts
    root = ET.fromstring(junit_clauses.document(assessment, "en"))
    failing = {"failures": "unsatisfied", "errors": "", "skipped": ""}
    assert root.attrib["tests"] == str(len(verdicts))
    assert root.attrib["failures"] == str(verdicts.count(failing["failures"]))
    assert sum(int(s.attrib["tests"]) for s in root.iter("testsuite")) == len(verdicts)


def test_what_fails_weighs_as_much_as_its_modal_verb(assessment: Assessment):
    results = {r["ruleId"]: r for r in sarif.results(assessment, "0", "en")["runs"][0]["results"]}
    assert (results["3.b"]["kind"], results["3.b"]["level"]) == ("fail", "warning")


def test_a_spreadsheet_takes_no_text_for_a_formula(assessment: Assessment):
    rows = list(csv.DictReader(io.StringIO(verdict_table.verdict_table(assessment, "en").removeprefix("\ufeff"))))
    assert rows[0]["label"] == "'=First"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_share_that_is_decided_is_a_score_and_one_that_is_open_is_none(assessment: Assessment):
    made = cyclonedx.attestations(assessment, "0", "en")["declarations"]["attestations"]
    at_one = next(a for a in made if a["summary"].endswith("at L1"))
    scores = {m["requirement"]: m["conformance"] for m in at_one["map"]}
    assert scores["group:3"] == {"score": 0.5, "rationale": "share:3@L1 = 50 %"}
    at_two = next(a for a in made if a["summary"].endswith("at L2"))
    open_ = next(m["conformance"] for m in at_two["map"] if m["requirement"] == "group:4.1")
    assert "score" not in open_


def test_a_waiver_stands_beside_the_verdict_in_every_format(assessment: Assessment):
    """And one that has ended does not; the row of the documentation names where."""
    as_of = assessment.bound.evidence.as_of
    assert as_of is not None
    results = oscal_results.assessment_results(assessment, as_of, "0", "en")["assessment-results"]["results"][0]
    (risk,) = results["risks"]
    assert (risk["status"], risk["deadline"][:10]) == ("deviation-approved", "2026-12-31")
    waived = [f["target"]["status"]["state"] for f in results["findings"] if "related-risks" in f]
    assert waived == ["not-satisfied"]
    log = sarif.results(assessment, "0", "en")["runs"][0]["results"]
    (found,) = [r for r in log if "suppressions" in r]
    told = "waiver by 委员会 until 2026-12-31: 正在\n建造"
    suppression = {"kind": "external", "status": "accepted", "justification": told}
    assert (found["ruleId"], found["kind"], found["suppressions"]) == ("3.b", "fail", [suppression])
    root = ET.fromstring(junit_clauses.document(assessment, "en"))
    (failure,) = root.iter("failure")
    assert "until 2026-12-31" in failure.attrib["message"]
    rows = csv.DictReader(io.StringIO(verdict_table.verdict_table(assessment, "en").removeprefix("\ufeff")))
    assert [(r["clause"], r["verdict"]) for r in rows if r["waiver"]] == [("3.b", "unsatisfied")]
    made = cyclonedx.attestations(assessment, "0", "en")["declarations"]["attestations"][0]["map"]
    conformance = next(m["conformance"] for m in made if m["requirement"] == "clause:3.b")
    assert conformance["score"] == 0
    assert "until 2026-12-31" in conformance["rationale"]
    row = next(r for r in table("exchange.md") if "waiver" in r[0])
    assert row[1:] == [
        "finding as it is, with a risk `deviation-approved`",
        "score as it is, the waiver in its rationale",
        "`fail`, suppressed as `external`, `accepted`",
        "`failure`, the waiver in its message",
        "its verdict, the waiver in `waiver`",
    ]


def test_what_looks_like_nothing_is_refused_by_no_reader(assessment: Assessment):
    """Line ends and blanks around a text, which OSCAL forbids in properties, are kept beside the line that it takes."""
    as_of = assessment.bound.evidence.as_of
    assert as_of is not None
    made: Any = oscal_results.assessment_results(assessment, as_of, "0", "en")["assessment-results"]
    subject = next(p for p in made["results"][0]["props"] if p["name"] == "subject")
    assert (subject["value"], subject["remarks"]) == ("x & <y> 二行", "x & <y>\n二行")
    expires = [p for r in made["back-matter"]["resources"] for p in r["props"] if p["name"] == "expires"]
    assert [p["value"] for p in expires] == ["2026-01-02T03:04:05.600000+05:45"]
    json.dumps(made, allow_nan=False)


OPPOSED = """groups section
fact n : count
section 1
  a) "a" attested
  b) "b" n >= 3
score S = share of clauses satisfied
"""


@pytest.mark.parametrize(
    ("clause", "said", "verdict", "evidence"),
    [
        ("1.a", "assessor unsatisfied bad, vendor satisfied good", "unsatisfied", ["bad"]),
        ("1.a", "assessor satisfied good, vendor satisfied more", "satisfied", ["good", "more"]),
        ("1.a", "override satisfied , assessor unsatisfied bad, vendor satisfied good", "satisfied", ["good"]),
        ("1.a", "assessor satisfied good, assessor unsatisfied bad", "unknown", ["good", "bad"]),
        ("1.b", "vendor unsatisfied bad", "satisfied", ["counted"]),
        ("1.b", "assessor unsatisfied bad", "unknown", ["counted", "bad"]),
        ("1.b", "override unsatisfied bad", "unsatisfied", ["bad"]),
        ("1.b", "vendor satisfied good", "satisfied", ["counted", "good"]),
    ],
)
def test_evidence_given_with_a_verdict_is_that_of_those_who_say_so(
    clause: str, said: str, verdict: str, evidence: list[str]
):
    listed = [dict(zip(("voice", "verdict", "evidence"), one.split(" "), strict=True)) for one in said.split(", ")]
    stated = [{"reason": "so", **{k: v for k, v in one.items() if v}} for one in listed]
    records = {id_: {"kind": "log"} for id_ in ("good", "bad", "more", "counted")}
    facts = {"n": {"value": 3, "evidence": "counted"}}
    assessment = assess(
        OPPOSED,
        "".join(
            f"{key}: {json.dumps(value)}\n"
            for key, value in (("evidence", records), ("facts", facts), ("attestations", {clause: stated}))
        ),
    )
    rows = csv.DictReader(io.StringIO(verdict_table.verdict_table(assessment, "en").removeprefix("\ufeff")))
    assert [(r["verdict"], r["evidence"]) for r in rows if r["clause"] == clause] == [(verdict, "; ".join(evidence))]
    (result,) = (r for r in sarif.results(assessment, "0", "en")["runs"][0]["results"] if r["ruleId"] == clause)
    assert result["properties"]["evidence"] == evidence
    as_of = assessment.bound.evidence.as_of
    assert as_of is not None
    made = oscal_results.assessment_results(assessment, as_of, "0", "en")["assessment-results"]
    names = {r["uuid"]: _own(r, "evidence") for r in made["back-matter"]["resources"]}
    (seen,) = (o for o in made["results"][0]["observations"] if _own(o, "clause") == clause)
    assert [names[e["href"][1:]] for e in seen["relevant-evidence"]] == evidence
    claims = cyclonedx.attestations(assessment, "0", "en")["declarations"]["claims"]
    by_facts = [c["evidence"] for c in claims if c["bom-ref"] == f"clause:{clause}#facts"]
    assert by_facts == ([["evidence:counted"]] if "counted" in evidence and verdict != "unknown" else [])


def _own(part: dict[str, Any], name: str) -> str | None:
    return next((p["value"] for p in part.get("props", ()) if p["name"] == name), None)


def test_the_score_that_the_documentation_shows_is_a_property_of_oscal():
    assessment = guiju.evaluate(
        "gbt-45288.3-2025", ROOT / "policies/gbt-45288.3-2025/evidence/mid-vendor-with-gaps.yaml"
    )
    as_of = assessment.bound.evidence.as_of
    assert as_of is not None
    made = oscal_results.assessment_results(assessment, as_of, "0", "en")["assessment-results"]["results"][0]
    for page in ("exchange.md", "exchange.zh.md"):
        shown = re.search("`(score:[^`]+)`", (ROOT / "docs" / page).read_text("utf-8"))
        assert shown is not None
        assert shown[1] in [p["value"] for p in made["props"] if p["name"] == "score"]
