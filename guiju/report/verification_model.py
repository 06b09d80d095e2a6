"""The published form of `guiju verify --format json`, `verification/1`: what a signature that counts is one of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_ID = "urn:guiju:schema:verification-1"


class VerificationModel(BaseModel):
    """A bundle that a key signed, these very bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guiju: Literal["verification/1"]
    bundle: str = Field(description="SHA-256 of the bytes of the bundle")
    key: str = Field(description="the key that signed it, by its id")
    replayed_by: str | None = Field(description="the version that replayed it before it was signed, as was signed")
    policy: str
    policy_digest: str
    evidence_digest: str
    outcomes: dict[str, list[str]] = Field(description="by outcome: its value, or all that could still be reached")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a verification."""
    schema = VerificationModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
