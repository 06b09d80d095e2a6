"""The published form of a run over tables, `batch/1`: what `guiju batch --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel

SCHEMA_ID = "urn:guiju:schema:batch-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ValueModel(_Model):
    """A value of an outcome, and of how many rows it is the value."""

    value: str | None = Field(description="null: what is known leaves it open")
    label: str
    rank: int = Field(description="levels from the highest, numbers from the least, what is open last")
    rows: int


class OutcomeModel(_Model):
    """An outcome over all rows that were answered, its values in order."""

    id: str
    label: str
    values: list[ValueModel]


class FrequencyModel(_Model):
    """How often an outcome was drawn, as an exact fraction of all draws of all rows."""

    value: str | None = Field(description="null: it stays open, because something unknown has no chances")
    label: str
    frequency: str


class DrawnModel(_Model):
    """An outcome over all draws."""

    id: str
    label: str
    values: list[FrequencyModel] = Field(description="the most frequent first")


class DrawsModel(_Model):
    """What was unknown, drawn at random. A run with the same table, policy, chances and seed gives the same."""

    number: int = Field(description="draws of each row")
    seed: int
    within: str = Field(description="how far the frequency of a row may lie from its chance, with 95 % (Hoeffding)")
    within_all: str = Field(description="the same of all rows together")
    without_chances: list[str] = Field(
        description="what is asked for and left unknown: numbers and sets without chances"
    )
    outcomes: list[DrawnModel]


class ClauseModel(_Model):
    """A requirement, and how often it is what."""

    id: str
    label: str
    unsatisfied: int
    unknown: int


class BatchModel(_Model):
    """What became of the rows of some tables."""

    guiju: Literal["batch/1"]
    policy: str
    designation: str
    policy_digest: str
    engine: str = Field(description="the version of Guiju")
    readings: dict[str, str] = Field(description="the option of every reading")
    tables: list[str]
    out: str
    rejects: str | None = Field(description="where the cells stand that state nothing possible; null where none do")
    read: int
    answered: int
    rejected: int = Field(description="rows that state something impossible; they have no answer")
    outcomes: list[OutcomeModel]
    clauses: list[ClauseModel] = Field(description="those that fail or are unknown anywhere, by how often they fail")
    uncounted: list[str] = Field(description="clauses left out above: counting them would take every row by itself")
    draws: DrawsModel | None = Field(description="null where nothing was drawn")
    ids_twice: dict[str, int] = Field(description="ids that stand in several rows, and in how many; a thousand at most")
    diagnostics: list[DiagnosticModel] = Field(description="what was found in the tables, none of it an error")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a run."""
    schema = BatchModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
