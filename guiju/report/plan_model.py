"""The published forms of `guiju plan`: `plan/1` with `--format json`, `plan-certificate/1` with `--certificate`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.assessed_model import ASSESSED, AssessedModel
from guiju.report.result_model import OutcomeReadingsModel

PLAN_ID, CERTIFICATE_ID = "urn:guiju:schema:plan-1", "urn:guiju:schema:plan-certificate-1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GainModel(_Model):
    """A score or an outcome that a step changes."""

    address: str
    before: str
    after: str
    either: list[str] = Field(
        [], description="where it is unknown after the step: what it is in one case or another of what nobody states"
    )


class AlsoModel(_Model):
    """What else an option, a set or a yes-no fact may become, all other changes being as they are."""

    values: list[str] = Field(description="besides what is required; of a number none, its bound says it")
    holding: bool = Field(description="of a set: any that holds all of one of these `values` does; none else does")
    complete: bool = Field(description="false: more than 1024 values are possible, and not all were tried")


Bound: TypeAlias = Literal["=", ">=", ">", "<=", "<"]


class LimitModel(_Model):
    """The other end of what a number may be."""

    bound: Bound
    value: str


_PLANNED = "what it is planned to be: all other changes go with this value"
_EXAMPLE = "true: what is planned is one number that does, chosen among others, and no bound of all that do"
_LIMIT = "where `bound` is `>` or `<`: the other end of what does as well; null where it has none"


class BecomingModel(_Model):
    """What a fact becomes in one of the sets."""

    address: str
    planned: str = Field(description=_PLANNED)
    bound: Bound
    required: str
    example: bool = Field(False, description=_EXAMPLE)
    limit: LimitModel | None = Field(None, description=_LIMIT)
    also: AlsoModel


class StepModel(_Model):
    """One change, and what it gains in its place."""

    address: str = Field(description="clause:… or fact:…")
    actual: str = Field(description="as it is: unknown for what is not shown or not stated")
    planned: str = Field(description=_PLANNED)
    bound: Bound = Field(description="how what it must be lies to `required`")
    required: str
    example: bool = Field(False, description=_EXAMPLE)
    limit: LimitModel | None = Field(None, description=_LIMIT)
    unit: str | None = Field(description="the coherent unit of both numbers, where it is a quantity")
    also: AlsoModel = Field(description="what else it may become, all other changes being as they are")
    cost: str
    serves: list[str] = Field([], description="of a fact the clauses that it is changed for")
    gains: list[GainModel]


class PartModel(_Model):
    """Any `number` of some things that are interchangeable; all of them where they are as many."""

    number: int
    of: list[list[str]] = Field(description="each with all that changes together for it, as two facts of one clause")


class OtherModel(_Model):
    """Another outcome of the standard, of which no plan was asked for."""

    outcome: str
    now: list[str]
    afterwards: list[str] = Field(description="what it can be with the changes of this plan")
    exact: bool = Field(description="false: some of these may not be reachable")


State: TypeAlias = Literal["reached", "found", "impossible", "missing", "untried"]


Why: TypeAlias = Literal[
    "any-number", "other-numbers", "not-linear", "computed", "too-many-cases", "numbers-together", "too-many-ways"
]


class ChoiceModel(_Model):
    """What the answer is where open inputs are chosen in one of the ways there are."""

    inputs: dict[str, str]
    state: State
    cost: str | None = Field(description="null where no changes were found")
    proved: bool


class PlanModel(_Model):
    """The cheapest changes that reach a level."""

    guiju: Literal["plan/1"]
    policy: str
    outcome: str
    value: str = Field(description="the level that is to be reached, or one above it")
    state: State = Field(
        description="impossible: no changes lead there; missing: an input is open; untried: there is too much to try"
    )
    proved: bool = Field(
        description="that among changes of clauses and facts nothing cheaper does, or that nothing does: what is"
        " `not_priced`, `left_to_people` or `entailed` is no change"
    )
    cost: str | None = Field(description="of all steps; null where there is no plan")
    steps: list[StepModel]
    afterwards: list[str] = Field(description="what the outcome can be then, with all that stays open")
    afterwards_exact: bool = Field(description="false: some of these may not be reachable")
    judged_anew: list[str] = Field(
        [],
        description="clauses on which people have to give their verdict anew: an assessor's stands against the change,"
        " or one against what facts then decide; until then `afterwards` does not hold",
    )
    alternatives: list[list[PartModel]] = Field(
        description="all sets of clauses and facts whose change comes to this cost, this one among them"
    )
    ways: list[list[BecomingModel]] = Field(
        [],
        description="of the first 8 of these one way to make each: what its facts become, and what else they may; of"
        " things that are interchangeable what each would",
    )
    ways_judged_anew: list[list[str]] = Field([], description="of each of these ways what is `judged_anew`")
    count: int | None = Field(
        description="how many sets these are, whatever their facts become; null where not all are listed, or where of"
        " others of this cost it is not settled whether they do"
    )
    untried: list[str] = Field(description="facts and clauses of which not every change was tried")
    unproved: dict[str, Why] = Field(
        {},
        description="what keeps it from being proved, and why. Of facts that nobody states not all cases are tried:"
        " any-number: a score takes the number itself; other-numbers: a comparison takes it with another that is open;"
        " not-linear: what a comparison makes of it; computed: a formula gives it or looks at it; too-many-cases."
        " Of others not every change was tried: numbers-together: what they come to cannot be split into few cases;"
        " too-many-ways",
    )
    exceeded: Literal["ways", "states"] | None = Field(
        None, description="what was too much to try or to keep where none was found and no fact or clause is the reason"
    )
    not_priced: dict[str, Literal["expired", "unconfirmed"]] = Field(
        {}, description="clauses that renewed evidence, or somebody's confirmation, might decide: no change is either"
    )
    left_to_people: list[str] = Field(
        [],
        description="clauses that their facts leave open and nobody has spoken of, where verdicts on them, which are no"
        " change, can make it cheaper; without a plan all of these",
    )
    entailed: list[str] = Field(
        [],
        description="clauses that nobody decides and that are unsatisfied in no completion, for what is attested of"
        " others, where counting that can make it cheaper; without a plan all of these",
    )
    others: list[OtherModel] = Field([], description="the other outcomes of the standard, where there is a plan")
    readings_today: OutcomeReadingsModel | None = Field(
        None,
        description="where under other readings nothing has to change: what the outcome is under each as things are",
    )
    readings_then: OutcomeReadingsModel | None = Field(
        None, description="what the readings do to the outcome once all steps are made; null without steps or readings"
    )
    missing: list[str] = Field(description="open inputs, without which no plan was found or proved")
    chosen: dict[str, str] = Field({}, description="what open inputs are taken to be: as it costs least")
    choices: list[ChoiceModel] = Field([], description="the answer for each thing that open inputs can be")
    changeable: list[str] = Field([], description="clauses and facts that may change")
    pinned: list[str] = Field([], description="clauses and facts that may not, as the costs file says")
    blocking: list[str] = Field(
        [], description="where no changes lead there: the pinned that would have to change, too"
    )
    assessed: AssessedModel | None = ASSESSED


class CostModel(_Model):
    """A state, as what is kept of it, and the least that it costs."""

    state: list[str]
    cost: str


class StageModel(_Model):
    """What is settled at one stage of the course, and every state after it."""

    of: list[str]
    within: list[StageModel] = Field(description="the course of which these nodes are the end; empty: they are chosen")
    least: list[CostModel]


class CertificateModel(_Model):
    """What was asked, the answer, and the least costs that prove it."""

    guiju: Literal["plan-certificate/1"]
    policy: str
    digest: str
    today: str = Field(description="SHA-256 of all values as the evidence gives them")
    readings: dict[str, str]
    outcome: str
    wanted: list[str]
    default: str
    costs: dict[str, str]
    pinned: list[str]
    first: dict[str, list[str]]
    not_priced: dict[str, Literal["expired", "unconfirmed"]] = Field(
        description="clauses that renewed evidence or a confirmation might decide: the proof says nothing of these"
    )
    changes: dict[str, str] | None = Field(description="null: no changes lead there")
    cost: str
    course: list[StageModel]
    choices: list[CertificateModel] = Field(
        description="where inputs are open: a certificate for each thing that they can be, and no course"
    )
    missed: dict[str, str] | None = Field(
        description="in place of a course: what open facts may be for the outcome not to be reached with nothing"
        " changed, which is all that costs less than any one change",
    )


def plan_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a plan."""
    return {"$schema": DIALECT, "$id": PLAN_ID, **PlanModel.model_json_schema(mode="serialization")}


def certificate_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a plan's certificate."""
    return {"$schema": DIALECT, "$id": CERTIFICATE_ID, **CertificateModel.model_json_schema(mode="serialization")}
