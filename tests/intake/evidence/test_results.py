"""OSCAL assessment-results read back: our own keep every verdict, those of others give their findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.compiler.ir import Program
from guiju.engine.evaluate import Assessment
from guiju.intake.evidence.take import Made, take
from guiju.report.exports.oscal_results import assessment_results
from guiju.report.exports.stable import json_text, tokens
from guiju.report.words import plain
from tests.intake.evidence.standard import POLICY
from tests.project.repository import ROOT
from tests.report.exports.every_status import assessed, written

EVIDENCE = [
    *((path.parents[1].name, path) for path in sorted((ROOT / "policies").glob("*-*/evidence/*.yaml"))),
    *(
        (name, ROOT / "policies" / "vocabulary" / "evidence" / "full-stack-provider.yaml")
        for name in ("gbt-45288.3-2025", "t-isc-full-stack-2025-12", "t-taf-320-2025", "t-isc-23-drafting-note")
    ),
]
USUAL = datetime(2026, 1, 1, tzinfo=UTC)


def exported(assessment: Assessment) -> dict[str, Any]:
    as_of = assessment.bound.evidence.as_of or USUAL
    return assessment_results(assessment, as_of, "0", "zh")


def read(folder: Path, document: Mapping[str, Any], program: Program, mapping: str | None = None) -> Made:
    path = folder / "results.json"
    path.write_text(json_text(document), "utf-8")
    if mapping is not None:
        (folder / "m.yaml").write_text(mapping, "utf-8")
    controls = {token: id_ for (kind, id_), token in tokens(program).items() if kind == "clause"}
    return take(path, None if mapping is None else folder / "m.yaml", program, controls, "e.yaml")


def codes(made: Made) -> list[str]:
    return [d.code.name for d in made.diagnostics]


def values(assessment: Assessment) -> dict[str, Any]:
    shown = [d.id for d in assessment.program.definitions if d.shown]
    return {id_: assessment.possible(id_).values for id_ in shown}


@pytest.mark.parametrize(("policy", "path"), EVIDENCE, ids=lambda given: getattr(given, "stem", given))
def test_our_own_results_keep_every_verdict_every_score_and_all_evidence(policy: str, path: Path, tmp_path: Path):
    before = guiju.evaluate(policy, path)
    made = read(tmp_path, exported(before), before.program)
    assert made.text is not None, [d.message("en") for d in made.diagnostics]
    assert "verdict-differs" not in codes(made)
    again = tmp_path / "e.yaml"
    again.write_text(made.text, "utf-8")
    after = guiju.evaluate(policy, again, before.readings)
    assert [(r.clause, plain(r.verdict)) for r in after.items] == [(r.clause, plain(r.verdict)) for r in before.items]
    assert values(after) == values(before)
    assert after.bound.evidence.records == before.bound.evidence.records
    assert after.bound.facts == before.bound.facts
    assert after.bound.evidence.subject == before.bound.evidence.subject
    assert {a.place for a in made.taken.account if a.kind == "wrong"} == set()


def test_odd_texts_come_back_as_they_were(tmp_path: Path):
    before = assessed(tmp_path)
    made = read(tmp_path, exported(before), before.program)
    assert made.text is not None, [d.message("en") for d in made.diagnostics]
    (tmp_path / "again.yaml").write_text(made.text, "utf-8")
    after = guiju.evaluate(written(tmp_path)[0], tmp_path / "again.yaml")
    assert after.bound.evidence.records == before.bound.evidence.records
    assert after.bound.facts == before.bound.facts
    assert after.bound.evidence.subject == "x & <y>\n二行"
    assert after.bound.evidence.details == before.bound.evidence.details
    assert before.bound.evidence.details.organization == "甲; 乙, 丙"
    assert [(r.verdict, r.by, r.reason) for r in after.items] == [(r.verdict, r.by, r.reason) for r in before.items]
    notes = {f.name: f.note for f in after.bound.stated.values()}
    assert notes["hours"] == "约 \n 三分之一"
    assert after.bound.waivers == before.bound.waivers
    assert len(after.bound.waivers["3.b"]) == 2
    assert after.bound.findings == before.bound.findings
    assert [f.id for f in after.bound.findings] == ["F 1", "F2"]
    assert after.bound.lapsed == before.bound.lapsed
    assert after.bound.attestations == before.bound.attestations
    assert {id_: s.sample for id_, s in after.bound.stated.items()} == {
        id_: s.sample for id_, s in before.bound.stated.items()
    }
    assert after.bound.stated["met"].sample is not None
    drawn = next(a.sample for a in after.bound.attestations["4.1.g"])
    assert drawn is not None
    assert [(i.name, i.result, i.note) for i in drawn.instances] == [
        ("c 1", "satisfied", None),
        ("c:2", "unsatisfied", "断线"),
        ("c3", "unknown", None),
    ]
    kinds = [a.kind for a in made.taken.account]
    assert (kinds.count("sample"), kinds.count("evidence"), kinds.count("wrong")) == (2, 2, 0)
    said = {a.note for listed in after.bound.attestations.values() for a in listed}
    assert "一\n二" in said


def test_a_verdict_that_is_not_what_the_file_recorded_is_told(tmp_path: Path):
    before = assessed(tmp_path)
    document = exported(before)
    observation = document["assessment-results"]["results"][0]["observations"][0]
    next(p for p in observation["props"] if p["name"] == "verdict")["value"] = "unsatisfied"
    made = read(tmp_path, document, before.program)
    assert made.text is not None
    told = [d.message("en") for d in made.diagnostics if d.code.name == "verdict-differs"]
    assert told == ["clause `3.a`: recorded as unsatisfied, and by the policy as it is now satisfied"]


def test_a_finding_that_is_not_what_is_derived_is_told_whatever_its_observation_says(tmp_path: Path):
    before = assessed(tmp_path)
    document = exported(before)
    findings = document["assessment-results"]["results"][0]["findings"]
    turned = {"satisfied": "not-satisfied", "not-satisfied": "satisfied"}
    for finding in findings:
        status = finding["target"]["status"]
        status["state"] = turned[status["state"]]
    made = read(tmp_path, document, before.program)
    assert made.text is not None
    told = [d.message("en") for d in made.diagnostics if d.code.name == "verdict-differs"]
    assert len(told) == len(findings) > 2
    places = [d.span.text for d in made.diagnostics if d.code.name == "verdict-differs"]
    assert places == [json.dumps(finding["target"]["target-id"]) for finding in findings]
    assert "clause `3.a`: recorded as unsatisfied, and by the policy as it is now satisfied" in told


@pytest.mark.parametrize("left", [None, [1], {}, [], "missing"], ids=str)
def test_findings_of_our_own_without_their_observations_are_refused(left: Any, tmp_path: Path):
    before = assessed(tmp_path)
    document = exported(before)
    result = document["assessment-results"]["results"][0]
    result["observations"] = left
    if left == "missing":
        del result["observations"]
    made = read(tmp_path, document, before.program)
    assert made.text is None
    alone = [d for d in made.diagnostics if d.code.name == "finding-without-observation"]
    assert len(alone) == len(result["findings"])
    assert [a.kind for a in made.taken.account].count("wrong") == len(alone)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda target: target.update({"target-id": "zz"}), "target-of-no-clause"),
        (lambda target: target["status"].update(state="maybe"), "finding-not-understood"),
        (lambda target: target.pop("status"), "finding-not-understood"),
        (lambda target: target.pop("target-id"), "target-of-no-clause"),
    ],
)
def test_a_finding_of_our_own_that_says_something_else_is_refused(
    change: Callable[[dict[str, Any]], object], code: str, tmp_path: Path
):
    before = assessed(tmp_path)
    document = exported(before)
    change(document["assessment-results"]["results"][0]["findings"][0]["target"])
    made = read(tmp_path, document, before.program)
    assert made.text is None
    assert code in codes(made)


def foreign(**more: Any) -> dict[str, Any]:
    """Results as another tool writes them: nothing of our namespace."""

    def finding(target: str, state: str, *observations: str) -> dict[str, Any]:
        related = [{"observation-uuid": o} for o in observations]
        status = {"target-id": target, "type": "objective-id", "status": {"state": state}}
        return {"uuid": "f", "title": target, "description": "looked", "target": status} | (
            {"related-observations": related} if related else {}
        )

    result = {
        "uuid": "r",
        "title": "First look",
        "start": "2026-01-31T00:00:00Z",
        "end": "2026-02-01T00:00:00Z",
        "reviewed-controls": {"control-selections": [{"include-all": {}, "exclude-controls": [{"control-id": "z"}]}]},
        "observations": [
            {
                "uuid": "12345678-o1",
                "title": "seen",
                "methods": ["TEST", "EXAMINE"],
                "collected": "2026-01-31T00:00:00Z",
                "expires": "2026-12-31T00:00:00Z",
                "description": "as it was",
                "relevant-evidence": [{"href": "#abcdef0123", "description": "photo"}],
            },
            {"uuid": "o2", "title": "unused"},
        ],
        "findings": [finding("rooms-1-4.c_smt", "satisfied", "12345678-o1"), finding("5 a)", "not-satisfied")],
    }
    resources = [
        {"uuid": "abcdef0123", "title": "Photo", "rlinks": [{"href": "photo.jpg"}]},
        {"uuid": "99", "title": "x"},
    ]
    whole = {"results": [{**result, **more}], "back-matter": {"resources": resources}}
    return {"assessment-results": whole}


@pytest.fixture
def rooms(tmp_path: Path) -> Program:
    path = tmp_path / "rooms-1.guiju"
    path.write_text(POLICY.replace(' / "Rooms"', ""), "utf-8")
    return guiju.load(path).program


def test_the_findings_of_others_are_an_assessors_verdicts(rooms: Program, tmp_path: Path):
    made = read(tmp_path, foreign(), rooms)
    assert codes(made) == []
    assert made.text == (
        'guiju: evidence/2\nsubject: "First look"\nstandard: "rooms-1"\nas_of: "2026-02-01T00:00:00Z"\n'
        'evidence:\n  "resource-abcdef01": {kind: "resource", title: "Photo", source: "photo.jpg"}\n'
        '  "observation-12345678": {kind: "observation", title: "seen", collected: "2026-01-31T00:00:00Z", '
        'expires: "2026-12-31T00:00:00Z", method: "TEST, EXAMINE", note: "as it was"}\n'
        'attestations:\n  "4.c": {verdict: "satisfied", voice: "assessor", until: "2026-12-31T00:00:00Z", evidence: ["observation-12345678", "resource-abcdef01"], note: "looked"}\n'
        '  "5.a": {verdict: "unsatisfied", voice: "assessor", note: "looked"}\n'
    )
    kinds = [(a.kind, a.quote) for a in made.taken.account]
    assert kinds == [
        ("evidence", "resource-abcdef01"),
        ("aside", "x"),
        ("evidence", "seen"),
        ("aside", "unused"),
        ("verdict", "rooms-1-4.c_smt"),
        ("verdict", "5 a)"),
        ("aside", "z"),
    ]


def test_a_finding_whose_observation_has_expired_counts_no_longer(rooms: Program, tmp_path: Path):
    made = read(tmp_path, foreign(end="2027-02-01T00:00:00Z"), rooms)
    assert made.bound is not None
    assert (*made.bound.attestations,) == ("5.a",)
    assert (*made.bound.lapsed,) == ("4.c",)  # though the photo has no end


def test_a_mapping_says_which_clause_a_target_is_and_who_the_subject_is(rooms: Program, tmp_path: Path):
    document = foreign()
    document["assessment-results"]["results"][0]["findings"][1]["target"]["target-id"] = "ac-1_obj"
    refused = read(tmp_path, document, rooms)
    assert (refused.text, codes(refused)) == (None, ["target-of-no-clause"])
    assert [a.place.partition(":")[0] for a in refused.taken.account if a.kind == "wrong"] == ["results.json"]
    mapping = "guiju: mapping/1\nsubject: 岭街\ntargets: {ac-1_obj: 5.a}\n"
    made = read(tmp_path, document, rooms, mapping)
    assert codes(made) == []
    assert made.text is not None
    assert 'subject: "岭街"' in made.text
    assert '"5.a": {verdict: "unsatisfied"' in made.text


@pytest.mark.parametrize(
    ("document", "mapping", "code"),
    [
        ({"catalog": {}}, None, "not-assessment-results"),
        ({"assessment-results": {"results": []}}, None, "not-assessment-results"),
        (
            {"assessment-results": {"results": [*foreign()["assessment-results"]["results"]] * 2}},
            None,
            "several-results",
        ),
        (foreign(), "guiju: mapping/1\ntables: [{holds: facts, columns: {fact: a}}]\n", "mapping-of-tables"),
        (
            foreign(
                findings=[
                    {"title": "x", "target": {"target-id": "5.a", "status": {"state": "partial"}}},
                ]
            ),
            None,
            "finding-not-understood",
        ),
        (
            {
                "assessment-results": {
                    "metadata": {"props": [{"name": "policy", "ns": "urn:guiju:oscal", "value": "other"}]},
                    "results": [{"title": "x"}],
                }
            },
            None,
            "results-of-another-policy",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(
    document: dict[str, Any], mapping: str | None, code: str, rooms: Program, tmp_path: Path
):
    made = read(tmp_path, document, rooms, mapping)
    assert made.text is None
    assert code in codes(made)


@pytest.mark.parametrize("asked", ["2", "Second", "b7c6"])
def test_one_of_several_results_is_chosen_by_place_title_or_uuid(asked: str, rooms: Program, tmp_path: Path):
    (result,) = foreign()["assessment-results"]["results"]
    turned = {"satisfied": "not-satisfied", "not-satisfied": "satisfied"}
    other = json.loads(json.dumps(result)) | {"title": "Second", "uuid": "b7c6"}
    for finding in other["findings"]:
        finding["target"]["status"]["state"] = turned[finding["target"]["status"]["state"]]
    both = {"assessment-results": {**foreign()["assessment-results"], "results": [result, other]}}
    alone = {"assessment-results": {**foreign()["assessment-results"], "results": [other]}}
    path = tmp_path / "results.json"
    path.write_text(json_text(both), "utf-8")
    controls = {token: id_ for (kind, id_), token in tokens(rooms).items() if kind == "clause"}
    chosen = take(path, None, rooms, controls, "e.yaml", asked)
    assert chosen.text is not None
    assert chosen.text == read(tmp_path, alone, rooms).text
    assert chosen.text != read(tmp_path, foreign(), rooms).text


@pytest.mark.parametrize("asked", ["3", "0", "x", "-1", "x" * 400, "²"])
def test_a_result_that_there_is_not_is_told_with_those_that_there_are(asked: str, rooms: Program, tmp_path: Path):
    results = foreign()["assessment-results"]["results"] * 2
    path = tmp_path / "results.json"
    path.write_text(json_text({"assessment-results": {**foreign()["assessment-results"], "results": results}}), "utf-8")
    made = take(path, None, rooms, {}, "e.yaml", asked)
    assert (made.text, codes(made)) == (None, ["no-such-result"])
    assert "2" in made.diagnostics[0].message("en")


def test_broken_json_is_told_as_in_evidence(rooms: Program, tmp_path: Path):
    path = tmp_path / "results.json"
    path.write_text('{"assessment-results": ', "utf-8")
    made = take(path, None, rooms, {}, "e.yaml")
    assert (made.text, codes(made)) == (None, ["json-syntax"])


def test_risks_and_other_parts_are_named_in_the_account(rooms: Program, tmp_path: Path):
    made = read(tmp_path, foreign(risks=[{"uuid": "k", "title": "a risk"}]), rooms)
    assert [(a.kind, a.quote) for a in made.taken.account if a.quote == "risks"] == [("aside", "risks")]
    assert json.loads(json_text(foreign())) == foreign()
