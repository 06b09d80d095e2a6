"""The published form of `guiju plan --check --format json`, `plan-check/1`: what a certificate that holds proves."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.assessed_model import ASSESSED, AssessedModel

SCHEMA_ID = "urn:guiju:schema:plan-check-1"


class PlanCheckModel(BaseModel):
    """A certificate that was replayed and holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guiju: Literal["plan-check/1"]
    policy: str
    outcome: str
    wanted: list[str] = Field(description="the values that the changes were to lead to")
    possible: bool = Field(description="false: it proves that no changes lead there")
    changes: dict[str, str] = Field(
        description="by address what each becomes, and open inputs are chosen to be; no other changes are cheaper"
    )
    cost: str | None = Field(description="of all changes; null where it proves that none lead there")
    renewed: list[str] = Field(
        description="clauses that evidence renewed or confirmed may decide: it is no change, and may do at less"
    )
    by_people: list[str] = Field(
        description="clauses that facts leave open and people may decide: it is no change, and may do at less"
    )
    assessed: AssessedModel | None = ASSESSED


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a checked certificate."""
    schema = PlanCheckModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
