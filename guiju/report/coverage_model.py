"""The published form of a coverage, `coverage/1`: what `guiju coverage --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel
from guiju.report.result_model import OutcomeModel

SCHEMA_ID = "urn:guiju:schema:coverage-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StandardModel(_Model):
    """What one evidence file answers of one standard."""

    policy: str
    designation: str
    title: str
    outcomes: list[OutcomeModel]
    satisfied: int
    unsatisfied: int
    not_applicable: int
    unknown: int
    by_crosswalk: int = Field(description="of the decided clauses, those that only a crosswalk decided")
    partial: int = Field(description="of the unknown clauses, those of which a crosswalk answers a part")
    questions: int = Field(description="facts and verdicts that the standard asks for by itself")
    shared: int = Field(description="of the questions, facts that another of the standards asks for as well")


class CoverageModel(_Model):
    """What one evidence file answers of several standards, and what asking them together saves."""

    guiju: Literal["coverage/1"]
    subject: str
    as_of: str | None
    fictional: bool
    standards: list[StandardModel]
    questions_alone: int = Field(description="the questions of each standard, added up")
    questions_together: int = Field(description="different questions, without those that a crosswalk answered")
    saved_by_vocabulary: int
    saved_by_crosswalk: int
    diagnostics: list[DiagnosticModel] = Field([], description="what was found in the evidence, none of it an error")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a coverage."""
    schema = CoverageModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
