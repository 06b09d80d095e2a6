"""The published forms of `guiju explain --format json`: `explanation/1`, and `why-not/1` with `--why-not`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.assessed_model import ASSESSED, AssessedModel
from guiju.report.result_model import OutcomeReadingsModel, WhyNotModel

EXPLANATION_ID, WHY_NOT_ID = "urn:guiju:schema:explanation-1", "urn:guiju:schema:why-not-1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BranchModel(_Model):
    """One conclusion and what it rests on."""

    address: str = Field(description="the node that it speaks of")
    text: str
    because: list[BranchModel]
    cites: str = Field("", description="where the standard says so")
    policy: str = Field("", description="where the policy says so: `file:line`, or `file:first-last`")
    evidence: list[str] = Field([], description="the pieces of evidence that it names")
    note: str = ""
    state: Literal["holds", "fails", "unknown", "value"] = Field("value", description="`value`: neither true nor false")
    determining: bool = Field(False, description="whether it is one of those that suffice for the conclusion")
    ruling_out: bool = Field(
        False,
        description="of an open conclusion, whether it is one of those that suffice for it not to be another value",
    )
    of_the_policy: bool = Field(
        False, description="whether no place of the standard says it: the policy's own arithmetic over the lines below"
    )
    told_above: bool = Field(False, description="whether what it rests on stands further up, where it is told first")


class ExplanationModel(_Model):
    """The derivation of one result as a tree."""

    guiju: Literal["explanation/1"]
    policy: str
    explained: BranchModel
    readings: OutcomeReadingsModel | None = Field(
        None, description="of an outcome whether it depends on the readings; null of all else, and without readings"
    )
    other_outcomes: list[str] = Field(
        [], description="where no node was named, the outcomes that are not explained here"
    )
    assessed: AssessedModel | None = ASSESSED


class MendingPartModel(_Model):
    """Any `number` of some clauses that are interchangeable; all of them where they are as many."""

    number: int
    of: list[str]


class MendingsModel(_Model):
    """The minimal sets of clauses that, were exactly these satisfied, would reach the level or one above it."""

    counts: dict[str, int] = Field(description="how many sets there are, by the number of their clauses")
    complete: bool = Field(
        description="false: only those of the smallest size were looked for; with no counts, not even these were found"
    )
    left_open: dict[str, Literal["any-number", "other-numbers", "not-linear", "computed", "too-many-cases"]] = Field(
        {},
        description="facts that nobody states, where they are why it was not found out, each with the reason",
    )
    entailed: list[str] = Field(
        [],
        description="clauses that nobody decides and that are unsatisfied in no completion, for what is attested of"
        " others; here they count as unsatisfied all the same",
    )
    listed: bool = Field(description="whether `selections` holds them all")
    selections: list[list[MendingPartModel]]


class ChosenMendingsModel(_Model):
    """The sets where open inputs are chosen in one of the ways there are."""

    inputs: dict[str, str]
    mendings: MendingsModel = Field(description="the empty set: nothing has to be mended then")


class WhyNotAnswerModel(WhyNotModel):
    """Why one value of an outcome is not, or not surely, reached, and what would mend it."""

    mendings: MendingsModel | None = Field(
        None, description="null: it is reached already, nothing was looked for, or `choices` has it"
    )
    choices: list[ChosenMendingsModel] = Field(
        [], description="what would mend it for each thing that open inputs can be"
    )
    readings: OutcomeReadingsModel | None = Field(
        None, description="whether the outcome depends on the readings; null where the standard has none"
    )
    renewed: list[str] = Field(
        [],
        description="clauses of these that are not shown only because evidence has expired, and satisfied once that is"
        " renewed and says the same",
    )
    renewed_facts: list[str] = Field(
        [], description="of `missing` the facts that would be known, were evidence renewed that has expired"
    )


class WhyNotAnswersModel(_Model):
    """Why a level is not, or not surely, reached: one answer for each outcome that can come to it."""

    guiju: Literal["why-not/1"]
    policy: str
    answers: list[WhyNotAnswerModel]
    assessed: AssessedModel | None = ASSESSED


def explanation_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of an explanation."""
    return {"$schema": DIALECT, "$id": EXPLANATION_ID, **ExplanationModel.model_json_schema(mode="serialization")}


def why_not_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of an answer to why not a level."""
    return {"$schema": DIALECT, "$id": WHY_NOT_ID, **WhyNotAnswersModel.model_json_schema(mode="serialization")}
