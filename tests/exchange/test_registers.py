"""Whatever a file of the newest version says: it is read as its schema has it, or refused."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import given

from guiju.dsl.diagnostic import has_errors
from guiju.dsl.source import Source
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.register_model import json_schema
from tests.exchange.plain import plain_data
from tests.exchange.strategies import REGISTERS

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@given(REGISTERS)
def test_it_is_read_as_its_schema_has_it_or_refused_with_a_reason(data: dict[str, Any]) -> None:
    source = Source("x.json", json.dumps(data, ensure_ascii=False))
    evidence, found = parse_evidence(source)
    assert (evidence is None) == has_errors(found)
    if evidence is not None:
        VALIDATOR.validate(plain_data(source))
        assert all(w.by.strip() and w.reason.strip() for w in evidence.waivers)
        assert all(f.grade == "observation" or (f.owner and f.due) for f in evidence.findings)
