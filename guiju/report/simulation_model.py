"""The published form of a simulation, `simulation/1`: what `guiju simulate --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.assessed_model import ASSESSED, AssessedModel
from guiju.report.diagnostics_model import DiagnosticModel
from guiju.report.result_model import OutcomeReadingsModel, PossibleModel

SCHEMA_ID = "urn:guiju:schema:simulation-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChangeModel(_Model):
    """One thing that was set."""

    kind: Literal["fact", "input", "clause"]
    id: str
    label: str
    before: str | None = Field(description="as the evidence states it; null where it says nothing")
    after: str | None


class EffectModel(_Model):
    """A node that comes to something else."""

    kind: Literal["outcome", "definition", "clause", "fact"] = Field(description="definition: a score, weight or gate")
    id: str
    label: str
    before: PossibleModel
    after: PossibleModel


class TurnModel(_Model):
    """An outcome that is another one beyond a threshold."""

    id: str
    label: str
    before: PossibleModel
    after: PossibleModel


class MarginModel(_Model):
    """A known number beside a threshold, exact and in the unit of its fact."""

    fact: str
    label: str
    unit: str
    value: str
    comparator: Literal[">=", ">", "<=", "<", "="] | None = Field(
        description="what is asked of the number beside the threshold; null where that is no single relation"
    )
    threshold: str
    distance: str
    holds: str = Field(description="what the comparison comes to now")
    clauses: list[str]
    beyond: str = Field(description="the nearest value on the other side; where none is nearest, the threshold")
    beyond_is_limit: bool = Field(
        description="true where none is nearest: turns are what comes just past the threshold"
    )
    turns: list[TurnModel] | None = Field(description="null where it is not proved what outcomes are on the other side")


class SimulationModel(_Model):
    """What changes if some things are set."""

    guiju: Literal["simulation/1"]
    policy: str
    designation: str
    subject: str
    changes: list[ChangeModel]
    outcomes: list[EffectModel] = Field(description="all of them, changed or not")
    effects: list[EffectModel] = Field(description="scores, clauses and computed facts that come to something else")
    margins: list[MarginModel] | None = Field(description="null where they were not asked for")
    without_margin: list[str] = Field(description="facts of which some threshold or all cannot be found")
    why_without_margin: dict[str, Literal["fixed", "open", "formula"]] = Field(
        description="why: it meets an open number, it goes through a formula, or a fact computed from it is stated"
    )
    readings: list[OutcomeReadingsModel] = Field(
        [], description="whether each outcome, with what is set, depends on how the standard is read"
    )
    diagnostics: list[DiagnosticModel] = Field([], description="what was found in the evidence, none of it an error")
    assessed: AssessedModel | None = ASSESSED


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a simulation."""
    schema = SimulationModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
