"""Whatever evidence says: out to OSCAL and back it says the same, and comes to the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import guiju
from guiju.compiler.ir import UNKNOWN
from guiju.intake.evidence.take import take
from guiju.report.exports.oscal_results import assessment_results
from guiju.report.exports.stable import json_text, tokens
from guiju.report.exports.verdict_table import verdict_table
from tests.docs.pages import blocks_of
from tests.project.repository import ROOT
from tests.report.exports.drawn import evidence
from tests.report.exports.every_status import POLICY


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> guiju.Policy:
    path = tmp_path_factory.mktemp("laws") / "every-1.guiju"
    path.write_text(POLICY, "utf-8")
    return guiju.load(path)


@given(given_=evidence())
def test_out_and_back_is_the_identity(policy: guiju.Policy, given_: dict[str, Any]):
    before = guiju.evaluate(policy, given_)
    as_of = before.bound.evidence.as_of
    assert as_of is not None
    assert policy.folder is not None
    path: Path = policy.folder / "results.json"
    path.write_text(json_text(assessment_results(before, as_of, "0", "en")), "utf-8")
    controls = {token: id_ for (kind, id_), token in tokens(policy.program).items() if kind == "clause"}
    made = take(path, None, policy.program, controls, "e.yaml")
    assert made.text is not None, [(d.code.name, d.message("en")) for d in made.diagnostics]
    assert made.bound is not None
    assert made.bound.evidence.subject == before.bound.evidence.subject
    assert made.bound.evidence.records == before.bound.evidence.records
    assert made.bound.facts == before.bound.facts
    assert made.bound.inputs == before.bound.inputs
    assert _together(made.bound.attestations) == _together(before.bound.attestations)
    assert _together(made.bound.lapsed) == _together(before.bound.lapsed)
    assert made.bound.waivers == before.bound.waivers
    assert made.bound.findings == before.bound.findings
    assert "verdict-differs" not in [d.code.name for d in made.diagnostics]
    assert json.loads(path.read_text("utf-8"))["assessment-results"]["results"]


def _together(said: Any) -> dict[str, set[str]]:
    """What is said of each clause; in which order decides nothing, and samples come behind the others."""
    return {clause: {repr(each) for each in listed} for clause, listed in said.items()}


#: as the page on other tools has it
MAPPING = next(b.text for b in blocks_of(ROOT / "docs" / "exchange.md") if "decided_by" in b.text)


@given(given_=evidence())
def test_the_verdicts_of_a_table_come_back(policy: guiju.Policy, given_: dict[str, Any]):
    """What is unknown has no verdict to come back, and stays so."""
    before = guiju.evaluate(policy, given_)
    assert policy.folder is not None
    table, mapping = policy.folder / "verdicts.csv", policy.folder / "mapping.yaml"
    table.write_text(verdict_table(before, "en"), "utf-8", newline="")
    mapping.write_text(MAPPING.replace("room-1", "every-1"), "utf-8")
    made = take(table, mapping, policy.program, {}, "e.yaml")
    assert made.text is not None, [(d.code.name, d.message("en")) for d in made.diagnostics]
    assert made.bound is not None
    kept = policy.folder / "again.yaml"
    kept.write_text(made.text, "utf-8")
    after = guiju.evaluate(policy, kept)
    verdicts = [{r.clause: r.verdict for r in side.items if r.verdict is not UNKNOWN} for side in (before, after)]
    assert verdicts[0] == verdicts[1]
