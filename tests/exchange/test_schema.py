"""The published schema is the one of the models, and the bundled examples suit it."""

import json

import jsonschema
import pytest

from guiju.dsl.source import Source
from guiju.exchange.codes import EVIDENCE_CODES, FILE_CODES
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.evidence_model import SCHEMA_ID, json_schema
from tests.exchange.plain import plain_data
from tests.project.repository import ROOT

PUBLISHED = ROOT / "docs" / "schemas" / "evidence-1.schema.json"
EXAMPLES = sorted(
    path for path in (ROOT / "policies").glob("*/evidence/*") if path.suffix in (".yaml", ".yml", ".json")
)


def test_the_published_schema_is_that_of_the_models():
    """If they differ, write `json_schema()` to the file; a change that refuses old files needs a new version."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == json_schema()


def test_the_schema_is_a_schema_and_says_its_version():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$id"] == SCHEMA_ID
    assert SCHEMA_ID.endswith("evidence-1")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_suit_the_schema_and_are_read_without_errors(path):
    source = Source(str(path), path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(json_schema()).validate(plain_data(source))
    evidence, _ = parse_evidence(source)
    assert evidence is not None


@pytest.mark.parametrize(
    "data",
    [
        {"guiju": "evidence/2", "subject": "x"},
        {"guiju": "evidence/1"},
        {"guiju": "evidence/1", "subject": "x", "fact": {}},
        {"guiju": "evidence/1", "subject": "x", "as_of": "2026-01-01"},
        {"guiju": "evidence/1", "subject": "x", "attestations": {"a": "not-applicable"}},
        {"guiju": "evidence/1", "subject": "x", "attestations": {"a": {"verdict": "不适用"}}},
        {"guiju": "evidence/1", "subject": "x", "attestations": {"a": {"verdict": "satisfied", "voice": "override"}}},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(data):
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(data)
    assert parse_evidence(Source("x.json", json.dumps(data)))[0] is None


@pytest.mark.parametrize("code", [c for c in (*FILE_CODES, *EVIDENCE_CODES) if c.example], ids=lambda code: code.name)
def test_the_example_of_a_code_provokes_it(code):
    name = "x.json" if code.name == "json-syntax" else "x.yaml"
    _, diagnostics = parse_evidence(Source(name, code.example))
    assert code in [found.code for found in diagnostics]
