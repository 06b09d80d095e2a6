"""The published form of a run of examples, `examples/1`: what `guiju test --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel

SCHEMA_ID = "urn:guiju:schema:examples-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectationModel(_Model):
    """One expectation beside what was found."""

    about: str = Field(description="the name of the outcome, score, clause or fact, as `explain` takes it")
    address: str
    expected: str
    was: str
    exact: bool = Field(description="false: some of these may not be reachable")
    met: bool
    through: list[str] = Field(description="of one that is not met: what determines what was found")


class ExampleModel(_Model):
    """One example."""

    name: str
    file: str
    line: int
    proposed: bool = Field(description="nobody has confirmed it, so it counts for nothing")
    holds: bool
    expectations: list[ExpectationModel]


class ClauseCoverageModel(_Model):
    """How many examples have a clause so, and in how many it is among what determines an outcome."""

    clause: str
    label: str
    satisfied: int
    unsatisfied: int
    not_applicable: int
    mattered: int


class PointModel(_Model):
    """A place of the policy, the ways through it, those that no example goes, and those that no subject can go."""

    kind: Literal["row", "gate", "condition", "option"]
    file: str
    line: int
    text: str
    ways: list[str]
    missing: list[str]
    unreachable: list[str]


class CoverageModel(_Model):
    """What the confirmed examples go through."""

    clauses: list[ClauseCoverageModel]
    points: list[PointModel]


class MutantModel(_Model):
    """One slip in the policy, and whether the examples notice it."""

    kind: Literal["threshold", "boundary", "connective", "row", "clause", "weights"]
    file: str
    line: int
    was: str
    becomes: str
    fate: Literal["killed", "survived", "alike"] = Field(description="alike: no subject comes to another outcome")
    by: str | None = Field(description="the example that noticed it")
    example: str | None = Field(description="of a survivor: an example that would notice it, where one was found")


class MutationModel(_Model):
    """The slips that were tried, of so many that there are."""

    number: int
    tried: list[MutantModel]


class PolicyExamplesModel(_Model):
    """The examples of one policy."""

    policy: str
    designation: str
    examples: list[ExampleModel]
    coverage: CoverageModel | None = None
    mutation: MutationModel | None = None


class ExamplesModel(_Model):
    """A run of the examples of some policies."""

    guiju: Literal["examples/1"]
    holds: bool = Field(description="whether every confirmed example holds and no file has an error")
    policies: list[PolicyExamplesModel]
    diagnostics: list[DiagnosticModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a run of examples."""
    schema = ExamplesModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
