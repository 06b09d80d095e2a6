"""Every export of every bundled standard and its evidence validates against the official schema (`make exports`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given

import guiju
from guiju.cli.export import FORMS
from guiju.cli.main import main
from guiju.library import bundled
from guiju.report.exports.cyclonedx import attestations
from guiju.report.exports.oscal_results import assessment_results
from guiju.report.exports.sarif import results
from guiju.report.exports.stable import json_text
from tests.project.repository import ROOT
from tests.report.exports import official
from tests.report.exports.drawn import evidence
from tests.report.exports.every_status import POLICY, written

pytestmark = pytest.mark.official
NOON = ("--as-of", "2026-01-01T12:00:00+08:00")
EXAMPLES = sorted((ROOT / "policies" / "examples").glob("*/*.guiju"))
POLICIES = [*bundled(), *map(str, EXAMPLES)]
EVIDENCE = sorted((ROOT / "policies").glob("**/evidence/*.yaml"))
ASSESSED = [
    pytest.param(path, form, id=f"{path.stem}-{form}")
    for path in EVIDENCE
    for form, (can, _) in FORMS.items()
    if can and form in official.FORMS and (form != "oscal-results" or "\nas_of:" in path.read_text(encoding="utf-8"))
]


def exported(*arguments: str) -> Any:
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exit_code == 0, (arguments, result.stderr[:2000])
    return json.loads(result.stdout)


def of_evidence(path: Path) -> str:
    """The policy that an evidence file lies beside."""
    folder = path.parents[1]
    if folder.name == "vocabulary":
        return "gbt-45288.3-2025"
    return folder.name if folder.name in bundled() else str(folder / f"{folder.name}.guiju")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("path", "form"), ASSESSED)
def test_assessments_validate(path: Path, form: str, language: str):
    made = exported(of_evidence(path), str(path), "--to", form, "--lang", language)
    assert official.problems(form, made) == []


@pytest.mark.parametrize("form", [form for form, (can, _) in FORMS.items() if can and form in official.FORMS])
def test_odd_texts_validate(form: str, tmp_path: Path):
    assert official.problems(form, exported(*written(tmp_path), "--to", form)) == []


@pytest.mark.parametrize("policy", POLICIES)
def test_policies_validate(policy: str):
    for form, options in policy_calls(policy):
        assert official.problems(form, exported(policy, "--to", form, *options)) == []


def policy_calls(policy: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "oscal-catalog", NOON
    yield "cyclonedx", NOON
    yield "cyclonedx", ()
    yield "sarif", ()
    program = guiju.load(policy).program
    for level in program.levels:
        if any(level.id in clause.levels for clause in program.clauses):
            yield "oscal-profile", (*NOON, "--level", level.id)


@pytest.mark.parametrize(
    ("form", "path", "value"),
    [
        ("oscal-catalog", ("catalog", "uuid"), "x"),
        ("oscal-catalog", ("catalog", "groups"), []),
        ("oscal-catalog", ("catalog", "metadata", "last-modified"), "2026-01-01"),
        ("oscal-profile", ("profile", "imports"), []),
        ("cyclonedx", ("specVersion",), 1),
        ("cyclonedx", ("definitions", "standards", 0, "grade"), "A"),
        ("sarif", ("runs", 0, "results", 0, "kind"), "waived"),
    ],
)
def test_the_schemas_refuse_what_is_wrong(form: str, path: tuple[str | int, ...], value: Any):
    options = dict(policy_calls("gbt-45288.3-2025"))[form]
    made = exported("gbt-45288.3-2025", "--to", form, *options)
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert official.problems(form, made)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> guiju.Policy:
    path = tmp_path_factory.mktemp("drawn") / "every-1.guiju"
    path.write_text(POLICY, "utf-8")
    return guiju.load(path)


@given(given_=evidence())
def test_whatever_evidence_says_validates(policy: guiju.Policy, given_: dict[str, Any]):
    assessment = guiju.evaluate(policy, given_)
    as_of = assessment.bound.evidence.as_of
    assert as_of is not None
    made = {
        "oscal-results": assessment_results(assessment, as_of, "0", "zh"),
        "cyclonedx": attestations(assessment, "0", "zh"),
        "sarif": results(assessment, "0", "zh"),
    }
    assert {form: official.problems(form, json.loads(json_text(document))) for form, document in made.items()} == {
        form: [] for form in made
    }
