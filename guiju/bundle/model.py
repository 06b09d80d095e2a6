"""The published form of a bundle, `bundle/1`. Every value is a text, a truth or a list of these: numbers are exact."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

VERSION = "bundle/1"
SCHEMA_ID = "urn:guiju:schema:bundle-1"

Role: TypeAlias = Literal["policy", "vocabulary", "standard", "evidence"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ChosenModel(_Model):
    """The option under which the assessment was made, of one reading."""

    reading: str
    option: str


class SourceModel(_Model):
    """One text that the assessment was derived from, whole."""

    role: Role = Field(
        description="`standard`: another one that the evidence names, from which crosswalks may carry verdicts"
    )
    name: str = Field(description="its file's own name, without a folder")
    digest: str = Field(description="SHA-256 of its bytes: the lines joined by line feeds, in UTF-8")
    used_by: list[str] = Field([], description="of a vocabulary: the ids of the standards that use it")
    byte_order_mark: bool = Field(False, description="whether the bytes begin with one, which no line shows")
    lines: list[str] = Field(min_length=1)


class OriginalModel(_Model):
    """A piece of evidence, which itself lies elsewhere: the bundle holds no more of it than its stated hash."""

    evidence: str
    hash: str | None = Field(description="as the evidence file states it; null where it states none")


class OutcomeModel(_Model):
    """What the standard is asked for: the one value that is decided, or all that can still be reached."""

    outcome: str
    values: list[str]
    exact: bool = Field(True, description="false: an enclosure; some of the values may not be reachable")


class StepModel(_Model):
    """One step of the derivation: at this node, by this rule, from these premises, this value."""

    node: str
    rule: str
    premises: list[str] = Field([], description="earlier nodes")
    value: str = Field(description="`unknown` where it is open")
    reachable: list[str] = Field([], description="where it is open: the values that it can still take")
    exact: bool = Field(True, description="false: some of the reachable values may not be")
    by: str | None = Field(None, description="of a clause: who decided it")
    why: str | None = Field(None, description="of a clause: why it is unknown, undefined or does not apply")
    evidence: list[str] = Field([], description="the ids of the pieces of evidence behind a fact or a clause")
    cites: str = Field("", description="where in the standard")
    at: str = Field(description="where in the sources: file and line")


class ChecksumsModel(_Model):
    """What finds a change: of each line of a part, in order, the first eight digits of its SHA-256."""

    part: str
    lines: str


class BundleModel(_Model):
    """An assessment with all that it was derived from and every step of the derivation.

    It is written in one way only: a line for each member of the file, of its lists, and of a source; what is at its
    default in an inner object is left out. So the same inputs give the same bytes.
    """

    guiju: Literal["bundle/1"]
    engine: str = Field(description="the version of Guiju that wrote it", pattern=r"^[0-9][0-9A-Za-z.+!-]*$")
    policy: str
    designation: str
    policy_digest: str = Field(description="as in a result")
    subject: str
    as_of: str | None
    evidence_digest: str = Field(description="as in a result")
    readings: list[ChosenModel]
    sources: list[SourceModel]
    originals: list[OriginalModel]
    outcomes: list[OutcomeModel]
    derivation: list[StepModel]
    checksums: list[ChecksumsModel] = Field(description="of every line above; they find a change and keep nobody out")
    digest: str = Field(description="SHA-256 of all lines above `checksums`, with their line feeds")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a bundle."""
    schema = BundleModel.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
