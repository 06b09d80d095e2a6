"""Ids of an export are unique, and whatever it refers to is there: for the bundled standards and their evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.engine.evaluate import Assessment
from guiju.library import bundled
from guiju.report.exports import cyclonedx, oscal_catalog, oscal_results
from guiju.report.exports.stable import tokens
from tests.project.repository import ROOT
from tests.report.exports.every_status import assessed

EVIDENCE = sorted((ROOT / "policies").glob("*-*/evidence/*.yaml"))
MOMENT = "2026-01-01T00:00:00+08:00"
TOKEN = re.compile(r"[^\W\d][\w.-]*|_[\w.-]*")


def inside(node: Any, *names: str) -> Iterator[Any]:
    """The values of some keys, anywhere in a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in names:
                yield from value if isinstance(value, list) else (value,)
            else:
                yield from inside(value, *names)
    elif isinstance(node, list):
        for item in node:
            yield from inside(item, *names)


def assessments(folder: Path) -> Iterator[Assessment]:
    yield assessed(folder)
    for path in EVIDENCE:
        yield guiju.evaluate(path.parents[1].name, path)


def test_there_is_evidence_for_every_bundled_standard():
    assert {path.parents[1].name for path in EVIDENCE} == set(bundled())


def test_what_oscal_results_refer_to_is_there(tmp_path: Path):
    for assessment in assessments(tmp_path):
        made = oscal_results.assessment_results(
            assessment, assessment.bound.evidence.as_of or datetime(2026, 1, 1, tzinfo=UTC), "0", "zh"
        )
        ids = Counter(inside(made, "uuid"))
        assert set(ids.values()) == {1}
        asked = {*inside(made, "subject-uuid", "observation-uuid")} | {h[1:] for h in inside(made, "href")}
        assert asked <= set(ids)
        controls = {*inside(made, "control-id")}
        assert controls == {tokens(assessment.program)["clause", r.clause] for r in assessment.items}
        catalog = oscal_catalog.catalog(assessment.program, MOMENT, "zh")
        assert {*inside(made, "target-id")} <= {*inside(catalog, "id")}


def test_what_attestations_refer_to_is_there(tmp_path: Path):
    for assessment in assessments(tmp_path):
        made = cyclonedx.attestations(assessment, "0", "zh")
        refs = Counter(inside(made, "bom-ref"))
        assert set(refs.values()) == {1}
        declared = made["declarations"]
        said = (*declared.get("claims", ()), *(m for a in declared["attestations"] for m in a["map"]))
        asked = {*inside(said, "requirement", "claims", "counterClaims", "target", "evidence")}
        standard = made["definitions"]["standards"][0]
        asked |= {*inside(standard["requirements"], "parent")}
        asked |= {ref for level in standard.get("levels", ()) for ref in level["requirements"]}
        assert asked
        assert asked <= set(refs)


@pytest.mark.parametrize("name", bundled())
def test_ids_are_tokens_and_lead_to_one_thing_each(name: str):
    found = tokens(guiju.load(name).program)
    assert len(set(found.values())) == len(found)
    assert not [token for token in found.values() if not TOKEN.fullmatch(token)]
