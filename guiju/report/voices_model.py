"""The published form of a list of voices, `voices/1`: what `guiju voices --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel
from guiju.report.result_model import AttestationModel, WaiverModel

VERSION = "voices/1"
SCHEMA_ID = "urn:guiju:schema:voices-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VoicedClauseModel(_Model):
    """All that is said of one clause, and what it comes to."""

    clause: str
    cites: str
    label: str
    facts: str = Field(description="what its facts alone make of it; unknown where they do not decide")
    voices: list[AttestationModel] = Field(description="in the order of the file; those that count no longer apart")
    lapsed: list[AttestationModel] = Field(description="what counts no longer")
    waivers: list[WaiverModel]
    verdict: str = Field(description="what it comes to")
    by: str | None = Field(description="who decided it")
    reason: str | None = Field(description="why it is unknown, if it is")
    differ: bool = Field(description="whether those who speak, the facts among them, do not all say the same")


class VoicesModel(_Model):
    """Who says what of which clause."""

    guiju: Literal["voices/1"]
    engine: str
    policy: str
    designation: str
    subject: str
    as_of: str | None
    evidence_digest: str
    clauses: list[VoicedClauseModel]
    differing: int = Field(description="how many of all clauses have voices that differ")
    diagnostics: list[DiagnosticModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a list of voices."""
    schema = VoicesModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
