"""The published form of a dependency graph, `graph/1`: what `guiju graph -o FILE.json` writes and drawings show."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_ID = "urn:guiju:schema:graph-1"
Kind: TypeAlias = Literal["fact", "input", "reading", "clause", "let", "weight", "gate", "score", "grade"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupModel(_Model):
    """A node of the standard's own tree."""

    id: str
    parent: str | None
    label: str
    number: str = Field(description="as the standard prints it; empty where it prints none")


class NodeModel(_Model):
    """Something that has a value. What stands behind a gate is a part of the score that it is the gate of."""

    address: str
    kind: Kind
    label: str
    group: str | None = Field(description="the group that it belongs to; of a fact the one whose clauses alone use it")
    level: str | None
    place: str = Field(description="file:line of the policy")
    cites: str = Field(description="where the standard says so")


class EdgeModel(_Model):
    """One node is computed from another, under some reading."""

    used: str
    user: str
    places: list[str] = Field(description="file:line of each place of the policy that says so")


class GraphModel(_Model):
    """What is computed from what. Groups come before those inside them, nodes in the order of the policy."""

    guiju: Literal["graph/1"]
    policy: str
    title: str
    focus: str | None = Field(description="the node whose surroundings these are; null of the whole policy")
    groups: list[GroupModel]
    nodes: list[NodeModel]
    edges: list[EdgeModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a graph."""
    schema = GraphModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
