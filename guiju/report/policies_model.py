"""The published form of the list of bundled policies, `policies/1`: what `guiju policies --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language

SCHEMA_ID = "urn:guiju:schema:policies-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PolicyModel(_Model):
    """A bundled policy and its size."""

    id: str
    designation: str
    title: str
    clauses: int = Field(description="the leaves")
    levels: list[str] = Field(description="lowest first; empty where the standard defines none")
    readings: int
    digest: str = Field(description="SHA-256 of its text")


class PoliciesModel(_Model):
    """The bundled policies, by id."""

    guiju: Literal["policies/1"]
    policies: list[PolicyModel]


def policy_model(program: Program, language: Language) -> PolicyModel:
    """A policy as the list has it."""
    return PolicyModel(
        id=program.id,
        designation=program.designation,
        title=program.title.in_language(language),
        clauses=len(program.items()),
        levels=[level.id for level in program.levels],
        readings=len(program.readings),
        digest=program.digest,
    )


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the list."""
    schema = PoliciesModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
