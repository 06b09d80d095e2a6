"""The published form of a review, `review/1`: what `guiju review --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_ID = "urn:guiju:schema:review-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FindingModel(_Model):
    """Something that the encoding of a text shows to be wrong or doubtful in it."""

    code: str
    kind: str = Field(description="the kind of finding, in words")
    message: str
    remedy: str
    line: int = Field(description="line of the policy that shows it")
    witness: str = Field(description="that line")
    can_change_a_result: bool = Field(description="whether an assessor who reads it otherwise may get another result")


class NoteModel(_Model):
    """Something that only a reader sees, kept in the policy as a record."""

    id: str
    kind: str = Field(description="`mistake` or `note`")
    what: str
    cites: str
    classified: str = Field(description="what kind of defect it is, as the record says; empty where it does not")
    settled: str = Field(description="how it was settled, as the record says")
    line: int
    affects: str = Field(description="what is judged or counted otherwise if it is settled otherwise")
    can_change_a_result: bool = Field(description="whether the record says that it affects anything")


class ReviewModel(_Model):
    """What is wrong or doubtful in a standard's own text: computed findings and reader's notes, counted apart."""

    guiju: Literal["review/1"]
    policy: str
    designation: str
    title: str
    computed: list[FindingModel]
    notes: list[NoteModel]
    readings: int = Field(description="places that can be read in several ways; see `guiju evaluate`")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a review."""
    schema = ReviewModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
