"""The published form of `guiju prove --format json`: `proofs/1`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.left_out import LeftOutModel

SCHEMA_ID = "urn:guiju:schema:proofs-1"

Verified = Literal["proved", "refuted", "not-proved"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OverriddenModel(_Model):
    """The clause in which the two sides of a witness differ."""

    clause: str
    verdict: str


class ProofSideModel(_Model):
    """What a witness comes to under one side."""

    policy: str
    readings: dict[str, str]
    overridden: OverriddenModel | None = Field(description="what an override gives this side; null: nothing")
    outcomes: dict[str, str]


class ProofWitnessModel(_Model):
    """A subject, as evaluated: what it chooses, states and has attested, and its outcomes."""

    inputs: dict[str, str]
    facts: dict[str, str | bool | list[str]]
    clauses: dict[str, str]
    sides: list[ProofSideModel]


class TriedModel(_Model):
    """What kept a way from an answer."""

    way: Literal["sweep", "solver"]
    why: str = Field(
        description="combinations: more than so many; seconds, time: the time ran out; not-installed; "
        "decided-by-the-clause: people may decide this clause, which stands on the one in question; "
        "only-here, only-there: an outcome that the other edition has not, or it alone has; "
        "no-evidence: a subject that no one evidence file can state; "
        "no-fraction: a number that is none; else what cannot be put to the solver"
    )
    detail: str


class ClaimModel(_Model):
    """A property of one thing."""

    about: Literal["outcome", "level", "clause", "reading"]
    names: list[str] = Field(description="of a level it and the one below, of a reading its option")
    outcomes: list[str] = Field(description="the outcomes that it speaks of")
    answer: Verified
    by: Literal["sweep", "solver"] | None = Field(description="how it was answered; null where it was not")
    as_of: list[str] = Field(description="the clause with which it is proved, as nothing tells the two apart")
    tried: list[TriedModel] = Field(description="ways that came to no answer")
    witness: ProofWitnessModel | None = Field(description="a subject that shows it, or shows the opposite")


class PropertyModel(_Model):
    """One property, and what came of each of its claims."""

    property: str
    title: str
    says: str
    answer: Literal["proved", "refuted", "not-proved", "nothing"] = Field(
        description="refuted if one claim is, else not-proved if one is; nothing: there is nothing to claim"
    )
    claims: list[ClaimModel]


class ProofsModel(_Model):
    """What holds of a standard for every subject there can be."""

    guiju: Literal["proofs/1"]
    policy: str
    policy_digest: str
    same_as: str | None = Field(description="the digest of the other policy; null where none is given")
    readings: dict[str, str]
    left_out: list[LeftOutModel] = Field([], description="options that only one edition has")
    answer: Verified
    computed: list[str] = Field([], description="facts with a formula: proofs have them as computed, and nothing else")
    properties: list[PropertyModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of proofs."""
    schema = ProofsModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
