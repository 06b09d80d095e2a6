"""The published form of a result, `result/1`: what `--format json` prints. Numbers are exact, as text: `5/3`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.diagnostics_model import DiagnosticModel

VERSION = "result/1"
SCHEMA_ID = "urn:guiju:schema:result-1"


WhyEnclosed: TypeAlias = Literal["any-number", "combinations", "numbers", "stated", "whole-numbers"]
WHY_ENCLOSED = (
    "what keeps it from being exact: more numbers than can be listed; more combinations than are kept; open numbers"
    " that meet or go in otherwise than as linear terms; something stated that stands on what is open; it is not known"
    " whether whole numbers lie there"
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PossibleModel(_Model):
    """What a value is, or can still become."""

    values: list[str] = Field(description="every value it can take; one if it is decided")
    decided: bool
    exact: bool = Field(description="false: an enclosure; some of the values may not be reachable")
    low: str | None = Field(None, description="the least number among the values")
    high: str | None = Field(None, description="the greatest number among the values")
    why: list[WhyEnclosed] = Field([], description=WHY_ENCLOSED)


class WitnessModel(_Model):
    """A completion in which something open has one of its values: what is open, as evidence may state it."""

    value: str
    inputs: dict[str, str]
    facts: dict[str, str | bool | list[str]]
    clauses: dict[str, str] = Field(description="the verdicts of clauses that no fact decides then")


class OutcomeModel(_Model):
    """One question that the standard answers."""

    id: str
    label: str
    possible: PossibleModel
    witnesses: list[WitnessModel] = Field(default=[], description="one for each value, where it is open and exact")


class ScoreModel(_Model):
    """A score of the subject or of one group, at one level or at none."""

    id: str
    family: str
    label: str
    group: str | None
    level: str | None
    cites: str
    possible: PossibleModel
    witnesses: list[WitnessModel] = Field(
        default=[],
        description="of a score of the subject: for the least and the greatest number, where it is open and exact",
    )


class GroupModel(_Model):
    """A node of the standard's own tree, with its weight and its counts of verdicts."""

    id: str
    kind: str
    label: str
    parent: str | None
    depth: int
    weight: PossibleModel | None
    takes_part: bool = Field(description="false where the weights leave the group out")
    satisfied: int
    unsatisfied: int
    not_applicable: int
    unknown: int


class CarriedModel(_Model):
    """A clause of another standard that a crosswalk stands on."""

    clause: str = Field(description="as that standard prints it")
    label: str
    verdict: str
    by: str | None = Field(description="who decided it there")


def _absent(value: object) -> bool:
    """Of what `evidence/1` cannot say: whether there is none. Then a result does not mention it."""
    return value is None or value is False or value == []


class SampleModel(_Model):
    """What was drawn out of a population, and what was found."""

    id: str
    title: str | None
    method: str | None
    population: int
    size: int = Field(description="how many were to be drawn; those without result are unknown")
    rule: str = Field(description="how the results become one, as the evidence states it")
    satisfied: int
    unsatisfied: int
    not_applicable: int
    unknown: int


class WaiverModel(_Model):
    """Leave not to meet a clause for some time. It changes no verdict and no score."""

    by: str
    reason: str
    until: str = Field(description="the last instant at which it stands")
    ended: bool = Field(description="whether that was before the as-of instant")
    evidence: list[str]
    note: str | None


class ClosureModel(_Model):
    """That a finding was mended."""

    on: str
    by: str
    evidence: list[str]
    note: str | None


class FindingModel(_Model):
    """What an assessor holds against the subject on one clause. It decides nothing."""

    id: str
    clause: str
    cites: str
    label: str
    grade: Literal["major", "minor", "observation"]
    statement: str
    evidence: list[str]
    raised: str | None
    by: str | None
    owner: str | None
    due: str | None = Field(description="the last instant to mend it")
    closure: ClosureModel | None
    state: Literal["open", "overdue", "closed"] = Field(description="at the as-of instant")
    verdict: str = Field(description="what its clause comes to")
    note: str | None


class AttestationModel(_Model):
    """What one voice says of a clause; of a crosswalk: `by` which standard, `reason` the relation, `note` the row."""

    voice: str
    verdict: str
    by: str | None
    reason: str | None
    evidence: list[str]
    note: str | None = None
    carried: list[CarriedModel] = Field([], description="of a crosswalk: the clauses of the other standard that apply")
    until: str | None = Field(None, description="the last instant at which it counts", exclude_if=_absent)
    ended: bool = Field(False, description="whether that was before the as-of instant", exclude_if=_absent)
    sample: SampleModel | None = Field(None, description="what it follows from", exclude_if=_absent)


class ExpiredModel(_Model):
    """A piece of evidence that does not count at the as-of instant."""

    evidence: str
    why: Literal["expired", "too-old", "undated", "later"] = Field(
        description="past its own date; or, where the standard sets a validity: older than that, without date of "
        "collection, or collected after the as-of instant"
    )
    expires: str | None = Field(description="the last instant at which it counted; null if undated or later")


class FactModel(_Model):
    """A fact that is stated or computed."""

    id: str
    label: str
    unit: str | None = Field(description="the unit of `value` and `computed`; null of what is no number")
    value: str = Field(description="what counts; undefined:conflicting where statement and formula differ")
    stated: str | None = Field(description="as the evidence states it, in its own unit")
    computed: str | None = Field(description="what its formula gives; null without a formula or where that is open")
    evidence: list[str]
    expired: list[ExpiredModel]
    note: str | None
    sample: SampleModel | None = Field(None, description="what it follows from", exclude_if=_absent)


class ClauseModel(_Model):
    """One leaf requirement and how it was decided."""

    id: str
    cites: str
    label: str
    group: str
    modality: str | None
    levels: list[str]
    verdict: str
    by: str | None
    reason: str | None = Field(
        description="why it is unknown: missing, conflicting, undefined, expired, partial, crosswalk-outdated,"
        " unconfirmed (an assessor could not confirm it) or left-open (by an override);"
        " else why it does not apply, if that was said"
    )
    missing: list[str] = Field(description="facts, inputs or `attestation`; any fact with alternatives may be stated")
    by_facts: str
    attestations: list[AttestationModel]
    disagreeing: list[AttestationModel]
    evidence: list[str]
    takes_part: bool = Field(description="false where the weights leave its group out")
    alternatives: dict[str, list[str]] = Field(
        description="of missing facts that a formula can give: the missing values that it needs, instead of the fact"
    )
    expired: list[ExpiredModel] = Field(description="evidence that would have decided it and had expired")
    given_before: list[str] = Field(
        [],
        description="where its evidence expired: of what is missing, and of `attestation`, what that evidence gave",
        exclude_if=_absent,
    )
    lapsed: list[AttestationModel] = Field(
        [], description="attestations that count no longer, as none of their evidence does"
    )
    vendor_alone: bool = Field(
        False, description="whether nothing but the vendor's word decides it, be it by way of a crosswalk"
    )
    unsupported: list[str] = Field(
        [], description="where facts decide it: those of them that the evidence states and gives nothing for"
    )
    verdict_only: bool = Field(
        False,
        description="whether somebody's verdict on it names no evidence, and no sample or row that it follows from",
    )
    waivers: list[WaiverModel] = Field(
        [], description="what stands beside the verdict and changes nothing", exclude_if=_absent
    )


class UnknownModel(_Model):
    """An undecided clause and whether it matters."""

    clause: str
    reason: str | None
    missing: list[str]
    matters: Literal["alone", "with-others", "untried", "no"]
    outcome: str = Field(description="which the values are of: the first that differs, else the first; empty: none")
    if_satisfied: list[str]
    if_unsatisfied: list[str]
    if_not_applicable: list[str] = Field(description="empty where that is known to be impossible, or was not tried")
    takes_part: bool = Field(description="false where the weights leave its group out")


class OpenValueModel(_Model):
    """An open fact or input that an outcome looks at itself, and not only through clauses."""

    name: str
    kind: Literal["fact", "input"]
    label: str
    alternatives: list[str] = Field(description="the missing facts that give it by its formula")
    matters: Literal["alone", "with-others", "untried", "no"]
    outcome: str = Field(description="which the values are of: the first that differs, else the first; empty: none")
    under: dict[str, list[str]] = Field(description="what it can be under each value that is possible, where tried")


class ShortfallModel(_Model):
    """A group that stands in the way of a level."""

    score: str
    group: str | None
    level: str | None
    values: list[str]
    failed: list[str]
    not_shown: list[str]
    failed_too: list[str] = Field([], description="what else failed there and keeps the level out, were those mended")


class BesideModel(_Model):
    """A condition that keeps a level out and is no clause."""

    condition: str = Field(description="as the policy has it")
    holds: bool | None = Field(
        description="what it comes to; true: of another row, which is in the way; null: it is open, or has no value"
    )
    undefined: str | None = Field(None, description="why it has no value, where it has none")
    actual: str | None = Field(description="what is compared comes to; null where nothing is compared with a constant")
    required: str | None = Field(description="the constant with its sign: `≥ 90`")
    in_the_best_case: bool = Field(description="whether `actual` is what it comes to with every clause satisfied")
    facts: dict[str, str] = Field(description="the facts and inputs that it stands on, and what they are")
    mendable: bool = Field(description="whether clauses alone can make it otherwise")
    policy: str = Field(description="where the policy says it: `file:line`")


class WhyNotModel(_Model):
    """Why one value of an outcome is not, or not surely, reached."""

    outcome: str
    value: str
    holds: Literal["true", "false", "unknown"]
    entered: Literal["true", "false", "unknown"]
    score: list[str]
    shortfalls: list[ShortfallModel] = Field(description="the fewest that suffice as an answer")
    missing: list[str] = Field(description="open facts and inputs on the way, other than through clauses")
    besides: list[str] = Field(description="other scores each of which would suffice as an answer, too")
    unweighted: bool = Field(False, description="whether the standard gives no weights, which is then the whole answer")
    barred: bool = Field(False, description="whether another row is in the way: it holds, may hold, or has no value")
    only_one: bool = Field(False, description="whether exactly one row may hold, so that whichever other is in the way")
    beside: list[BesideModel] = Field(
        [], description="conditions on facts, inputs and scores that keep it out though all clauses were satisfied"
    )


class AlternativeModel(_Model):
    """A combination of other readings and the outcomes under it."""

    readings: dict[str, str]
    outcomes: dict[str, list[str]]
    enclosed: list[str] = Field(description="outcomes of which some values may not be reachable")


class OptionsModel(_Model):
    """Options other than those chosen, and what one outcome is, or can be, with these and else those chosen."""

    readings: dict[str, str]
    values: list[str]
    enclosed: bool = Field(False, description="whether some of the values may not be reachable")


class ConjunctionModel(_Model):
    """What one outcome is, or can be, under every combination with one of the options of each reading named here."""

    readings: dict[str, list[str]]
    values: list[str]
    enclosed: bool = Field(False, description="whether some of the values may not be reachable")


class OutcomeReadingsModel(_Model):
    """Whether one outcome depends on how the text is read."""

    outcome: str
    says: Literal["all-readings", "all-tried", "depends"] = Field(
        description="nothing else under any combination of readings; nothing else under those tried, and there are"
        " more; something else under one of them"
    )
    values: list[str] = Field(description="under the readings chosen")
    reachable: list[str] = Field(description="under any combination of readings that was tried")
    depends_on: list[str] = Field(description="the readings that change it, in the order of the policy")
    under: list[OptionsModel] = Field(description="the smallest combinations that change it, the smallest first")
    told: list[ConjunctionModel] = Field(
        [],
        description="where all combinations were tried: what they come to that change it, none left out; empty where"
        " that takes more than can be read",
    )
    elsewhere: bool = Field(
        False, description="whether it is as under the readings chosen under others as well that are not told"
    )
    combinations: int
    tried: int


class ReadingsModel(_Model):
    """Under which readings the result was made, and whether others change it."""

    chosen: dict[str, str]
    active: list[str] = Field(description="readings that can matter for this evidence")
    combinations: int
    tried: int
    complete: bool = Field(description="false: only the combinations with the fewest changes were tried")
    same: list[str] = Field(description="outcomes that none of the combinations tried changes")
    changing: list[AlternativeModel]
    outcomes: list[OutcomeReadingsModel] = Field(
        [], description="of each outcome whether it depends on them; empty where the standard has no readings"
    )


class NotEncodedModel(_Model):
    """Something that the document says and the policy does not."""

    label: str
    cites: str
    why: str


class ContradictionModel(_Model):
    """Clauses whose verdicts, as attested, exclude one another."""

    clauses: list[str] = Field(description="without any one of these the others could be as attested")


class ResultModel(_Model):
    """A whole assessment."""

    guiju: Literal["result/1"]
    engine: str
    policy: str
    designation: str
    policy_digest: str
    subject: str
    fictional: bool
    as_of: str | None
    target: str
    evidence_digest: str
    inputs: dict[str, str]
    outcomes: list[OutcomeModel]
    scores: list[ScoreModel]
    groups: list[GroupModel]
    clauses: list[ClauseModel]
    facts: list[FactModel]
    unknown: list[UnknownModel]
    open_values: list[OpenValueModel]
    why_not: list[WhyNotModel]
    readings: ReadingsModel
    diagnostics: list[DiagnosticModel]
    grades: list[ScoreModel] = Field([], description="the grade of each group, where a grade is given to groups")
    counted: list[ShortfallModel] = Field(
        [], description="of each outcome that counts clauses: those that failed and those not shown"
    )
    levels: list[str] = Field([], description="the levels of the standard, lowest first; empty where it defines none")
    contradictions: list[ContradictionModel] = Field(
        [], description="attestations that cannot all be true, be the open facts below their clauses what they may"
    )
    findings: list[FindingModel] = Field(
        [], description="what is held against the subject, in the order of the file", exclude_if=_absent
    )
    not_encoded: list[NotEncodedModel] = Field(
        [], description="where an outcome can have no value: what the policy leaves out of the document, and why"
    )


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a result."""
    schema = ResultModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
