"""The published form of a policy as a function of rows, `compiled/1`: what `guiju compile --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_ID = "urn:guiju:schema:compiled-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnModel(_Model):
    """One value of a row, in the order in which the function takes them."""

    name: str
    kind: Literal["input", "fact", "clause"]
    unit: str | None = Field(description="the unit of its numbers; null of what is no number")


class CompiledModel(_Model):
    """A policy compiled for rows with some inputs, under some readings."""

    guiju: Literal["compiled/1"]
    policy: str
    digest: str = Field(description="SHA-256 of its text")
    readings: dict[str, str]
    inputs: dict[str, str]
    targets: list[str] = Field(description="what a row is answered with, by id")
    columns: list[ColumnModel]
    source: str | None = Field(description="the code, Python; null where rows with these inputs are the reference's")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a compiled policy."""
    schema = CompiledModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
