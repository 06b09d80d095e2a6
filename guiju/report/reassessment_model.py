"""The published form of a re-assessment, `reassessment/1`: what `guiju reassess --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.comparison_model import ComparisonModel, SeenModel
from guiju.report.result_model import ExpiredModel, FindingModel

VERSION = "reassessment/1"
SCHEMA_ID = "urn:guiju:schema:reassessment-1"
DIRECTION = (
    "by the least and the highest level that it can be, as the standard lists them; of a number by the way that"
    " satisfying clauses takes it, where that is told"
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WentModel(_Model):
    """One outcome, then and now."""

    outcome: str
    label: str
    before: SeenModel | None
    after: SeenModel | None
    direction: Literal["improved", "unchanged", "regressed", "otherwise"] = Field(description=DIRECTION)


class CarriedOverModel(_Model):
    """What is said as the baseline says it, and that no evidence since the baseline confirms."""

    what: Literal["fact", "attestation"]
    about: str = Field(description="a fact, or a clause and the voice")
    label: str
    given: str
    evidence: list[str] = Field(description="what it rests on, none of which came to be since the baseline")
    confirmed: Literal[False] = False


class SinceModel(_Model):
    """What became of a finding."""

    finding: FindingModel = Field(description="as it is now; of one that is dropped as it was")
    change: Literal["raised", "closed", "still-open", "reopened", "dropped"] = Field(
        description="raised: the baseline does not have it; dropped: it was open there, and is left out now"
    )
    before: FindingModel | None = Field(description="as it was, where its grade or statement is otherwise now")


class ReassessmentModel(_Model):
    """An assessment after a baseline."""

    guiju: Literal["reassessment/1"]
    engine: str
    direction: Literal["improved", "unchanged", "regressed", "otherwise"] = Field(
        description="of all outcomes together; otherwise: some one way and some another, or no way that there is an "
        "order for"
    )
    outcomes: list[WentModel]
    carried_over: list[CarriedOverModel]
    expired: list[ExpiredModel] = Field(description="evidence that counted then and does not any more")
    findings: list[SinceModel] = Field(description="those that were open then or are there since")
    comparison: ComparisonModel = Field(description="what is otherwise, and by which cause")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a re-assessment."""
    schema = ReassessmentModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
