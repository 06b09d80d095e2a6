"""The published schema is the one of the models, and the bundled examples suit it."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from guiju.dsl.source import Source
from guiju.exchange import evidence_model, register_model
from guiju.exchange.codes import EVIDENCE_CODES, FILE_CODES
from guiju.exchange.evidence import parse_evidence
from tests.exchange.plain import plain_data
from tests.project.repository import ROOT

FORMS = (evidence_model, register_model)
EACH = pytest.mark.parametrize("form", FORMS, ids=[form.VERSION for form in FORMS])
EXAMPLES = sorted(
    path for path in (ROOT / "policies").glob("*/evidence/*") if path.suffix in (".yaml", ".yml", ".json")
)


def _published(form: ModuleType) -> Path:
    return ROOT / "docs" / "schemas" / f"{form.VERSION.replace('/', '-')}.schema.json"


def _refuses(form: ModuleType, data: object) -> bool:
    return not jsonschema.Draft202012Validator(form.json_schema()).is_valid(data)


@EACH
def test_the_published_schema_is_that_of_the_models(form):
    """If they differ, write `json_schema()` to the file; a change that refuses old files needs a new version."""
    assert json.loads(_published(form).read_text(encoding="utf-8")) == form.json_schema()


@EACH
def test_the_schema_is_a_schema_and_says_its_version(form):
    jsonschema.Draft202012Validator.check_schema(form.json_schema())
    assert form.json_schema()["$id"] == form.SCHEMA_ID
    assert form.SCHEMA_ID.endswith(form.VERSION.replace("/", "-"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_suit_the_schema_and_are_read_without_errors(path):
    source = Source(str(path), path.read_text(encoding="utf-8"))
    form = register_model if "evidence/2" in source.text else evidence_model
    jsonschema.Draft202012Validator(form.json_schema()).validate(plain_data(source))
    evidence, _ = parse_evidence(source)
    assert evidence is not None


@pytest.mark.parametrize(
    "data",
    [
        {"guiju": "evidence/3", "subject": "x"},
        {"guiju": "evidence/1"},
        {"guiju": "evidence/1", "subject": "x", "fact": {}},
        {"guiju": "evidence/1", "subject": "x", "as_of": "2026-01-01"},
        {"guiju": "evidence/1", "subject": "x", "attestations": {"a": "not-applicable"}},
        {"guiju": "evidence/1", "subject": "x", "attestations": {"a": {"verdict": "不适用"}}},
        {"guiju": "evidence/1", "subject": "x", "attestations": {"a": {"verdict": "satisfied", "voice": "override"}}},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(data):
    assert _refuses(evidence_model, data)
    assert parse_evidence(Source("x.json", json.dumps(data)))[0] is None


_WAIVER = {"voice": "waiver", "by": "Board", "reason": "r", "until": "2026-12-31"}
_SAMPLE = {"clause": "a", "population": 9, "rule": "all"}


def _register(**more: Any) -> dict[str, Any]:
    return {"guiju": "evidence/2", "subject": "x", "as_of": "2026-03-31T09:00:00+08:00", **more}


@pytest.mark.parametrize(
    "data",
    [
        _register(attestations={"a": {"voice": "assessor"}}),
        _register(attestations={"a": {"verdict": "不适用"}}),
        *(_register(attestations={"a": {k: v for k, v in _WAIVER.items() if k != key}}) for key in _WAIVER),
        _register(attestations={"a": {**_WAIVER, "verdict": "satisfied"}}),
        _register(evidence={"e": {"kind": "log", "collected_on": "2026-01-01"}}),
        _register(evidence={"e": {"kind": "log", "sha256": "0123"}}),
        _register(evidence={"e": {"kind": "log", "period": "2025"}}),
        _register(samples={"s": {**_SAMPLE, "population": -1}}),
        _register(samples={"s": {k: v for k, v in _SAMPLE.items() if k != "rule"}}),
    ],
)
def test_the_schema_of_the_register_refuses_what_the_reader_refuses(data):
    assert _refuses(register_model, data)
    assert parse_evidence(Source("x.json", json.dumps(data)))[0] is None


def test_a_waiver_and_a_sample_that_are_whole_suit_the_schema():
    data = _register(attestations={"a": _WAIVER}, samples={"s": {**_SAMPLE, "results": {"i": None, "j": "satisfied"}}})
    assert not _refuses(register_model, data)
    evidence, found = parse_evidence(Source("x.json", json.dumps(data)))
    assert found == ()
    assert evidence is not None
    assert [w.clause for w in evidence.waivers] == ["a"]
    assert [(a.clause, a.verdict) for a in evidence.attestations] == [("a", "unknown")]


@pytest.mark.parametrize("code", [c for c in (*FILE_CODES, *EVIDENCE_CODES) if c.example], ids=lambda code: code.name)
def test_the_example_of_a_code_provokes_it(code):
    name = "x.json" if code.name == "json-syntax" else "x.yaml"
    _, diagnostics = parse_evidence(Source(name, code.example))
    assert code in [found.code for found in diagnostics]
