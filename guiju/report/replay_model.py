"""The published form of `guiju replay --format json`, `replay/1`: what a bundle that replays is one of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_ID = "urn:guiju:schema:replay-1"


class ReplayModel(BaseModel):
    """A bundle of which everything follows from its own sources, byte for byte."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guiju: Literal["replay/1"]
    bundle: str = Field(description="SHA-256 of the bytes of the bundle")
    engine: str = Field(description="the version that wrote it")
    replayed_by: str = Field(description="the version that replayed it")
    policy: str
    policy_digest: str
    evidence_digest: str
    outcomes: dict[str, list[str]] = Field(description="by outcome: its value, or all that can still be reached")
    steps: int = Field(description="how many derivation steps were compared")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a replay."""
    schema = ReplayModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
