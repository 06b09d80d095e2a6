"""The published form of evidence that was read from others, `evidence-import/1`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel

SCHEMA_ID = "urn:guiju:schema:evidence-import-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AccountedModel(_Model):
    """A row of a table, or a part of OSCAL results, and what became of it."""

    place: str
    kind: Literal[
        "verdict",
        "waiver",
        "fact",
        "sample",
        "finding",
        "evidence",
        "unanswered",
        "heading",
        "skipped",
        "blank",
        "aside",
        "wrong",
    ] = Field(
        description="the first six were taken over; `unanswered` names a clause or fact and says nothing of it;"
        " `heading` is of a group; `skipped` as the mapping says; `aside` is none of these by its kind; `wrong` was not"
        " understood, and then there is no evidence file"
    )
    quote: str
    why: str


class TakenModel(_Model):
    """The evidence file that was made, and an account of every row."""

    guiju: Literal["evidence-import/1"]
    document: str
    policy: str = Field(description="the id of the standard")
    text: str | None = Field(description="the evidence file; null where something was not understood")
    counts: dict[str, int] = Field(description="rows by what became of them; they add up to all rows")
    readings: dict[str, str] = Field(description="under which OSCAL results of ours were derived")
    rows: list[AccountedModel]
    diagnostics: list[DiagnosticModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of such an import."""
    schema = TakenModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
