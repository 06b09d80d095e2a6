"""The published form of an impact, `impact/1`: what `guiju impact --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.batch.model import OutcomeModel
from guiju.report.diagnostics_model import DiagnosticModel

SCHEMA_ID = "urn:guiju:schema:impact-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RulesModel(_Model):
    """A side: the policy under which rows are answered."""

    policy: str
    designation: str
    policy_digest: str


class SettingModel(_Model):
    """A threshold that is set otherwise."""

    threshold: str
    before: str
    after: str


class ThroughModel(_Model):
    """A clause whose verdict turns, or that one side alone has and that is not satisfied; and in how many rows."""

    clause: str
    how: Literal["turned", "added", "dropped"]
    label: str
    rows: int


class TurnModel(_Model):
    """Rows that come from one value of an outcome to another."""

    before: str = Field(description="unknown: what is known leaves it open")
    after: str
    label_before: str
    label_after: str
    rows: int
    levels: int | None = Field(description="by how many levels it rises or, below zero, falls; null without an order")
    through: list[ThroughModel] = Field(description="the most frequent first")
    without_clauses: int = Field(
        description="rows in which there is no such clause: what is made of the verdicts is otherwise,"
        " or what they leave of open facts"
    )


class OutcomeImpactModel(_Model):
    """An outcome that both sides have."""

    id: str
    label: str
    before: OutcomeModel
    after: OutcomeModel
    turns: list[TurnModel]


class StepModel(_Model):
    """One value of a sweep: how many rows come to something else than under the policy as it is, and all outcomes."""

    value: str
    changed: int
    outcomes: list[OutcomeModel]


class ImpactModel(_Model):
    """What other rules change in a population."""

    guiju: Literal["impact/1"]
    before: RulesModel
    after: RulesModel | None = Field(description="null of a sweep")
    settings: list[SettingModel]
    tables: list[str]
    read: int
    answered: int
    rejected: int
    rejects: str | None = Field(
        description="where the cells stand that state nothing possible; null where none do, or no table is written"
    )
    changed: int | None = Field(description="rows of which an outcome is otherwise; null of a sweep")
    outcomes: list[OutcomeImpactModel]
    sweep: str | None = Field(description="the threshold that is swept")
    steps: list[StepModel]
    diagnostics: list[DiagnosticModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of an impact."""
    schema = ImpactModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
