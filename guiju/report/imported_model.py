"""The published form of an import, `import/1`: what `guiju import --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel

SCHEMA_ID = "urn:guiju:schema:import-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ImportedLevelModel(_Model):
    """A level, and how many clauses count at it."""

    id: str
    clauses: int


class UnreadModel(_Model):
    """Something of the document that was not understood, or left out by its kind."""

    place: str
    quote: str
    reason: Literal[
        "aside", "withdrawn", "unnumbered", "duplicate", "unknown-name", "unclear", "no-level", "choice"
    ] = Field(description="`aside` is no requirement by its kind; `choice` was carried over, in one of several ways")
    why: str


class ImportModel(_Model):
    """The policy that was made of a document, and all that did not become a clause of it."""

    guiju: Literal["import/1"]
    document: str
    policy: str = Field(description="the id of the standard")
    text: str = Field(description="the policy itself")
    groups: int
    clauses: int = Field(description="the leaves")
    modalities: dict[str, int] = Field(description="clauses by modal verb; `none` where the text has none")
    levels: list[ImportedLevelModel] = Field(description="lowest first; empty where the document has none")
    unread: list[UnreadModel]
    diagnostics: list[DiagnosticModel] = Field(description="what `guiju check` says of the policy")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of an import."""
    schema = ImportModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
