"""The published form of diagnostics, `diagnostics/1`, whose items other forms hold as well.

It is what `check` prints with `--format json`, and what any command prints so whose files cannot be used.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.dsl.render import to_dict

SCHEMA_ID = "urn:guiju:schema:diagnostics-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlaceModel(_Model):
    """Where something stands. Lines and columns count from 1, columns in characters; the end is exclusive."""

    file: str = Field(description="a path, the name of a bundled policy, or what was given for an argument")
    line: int
    column: int
    end_line: int
    end_column: int


class LabelModel(PlaceModel):
    """A second place that explains the first."""

    message: str


class DiagnosticModel(PlaceModel):
    """What was found in a file, and what to write instead."""

    code: str = Field(description="stable; each has a page of its own")
    severity: Literal["error", "warning", "note"]
    message: str
    help: str
    suggestion: str | None = Field(description="what may have been meant")
    labels: list[LabelModel]


class DiagnosticsModel(_Model):
    """All that was found in some files."""

    guiju: Literal["diagnostics/1"]
    diagnostics: list[DiagnosticModel]


def diagnostic_model(diagnostic: Diagnostic, language: Language) -> DiagnosticModel:
    """A diagnostic as data."""
    return DiagnosticModel(**to_dict(diagnostic, language))


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of diagnostics."""
    schema = DiagnosticsModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
