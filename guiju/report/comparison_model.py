"""The published form of a comparison, `comparison/1`: what `guiju compare --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.engine.reasoning.editions.amendment import AmendmentKind
from guiju.report.diagnostics_model import DiagnosticModel
from guiju.report.left_out import LeftOutModel
from guiju.report.result_model import WHY_ENCLOSED, ExpiredModel, WhyEnclosed

SCHEMA_ID = "urn:guiju:schema:comparison-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SideModel(_Model):
    """What stands on one side."""

    policy: str
    policy_digest: str
    subject: str | None = Field(description="null where only policies are compared")
    evidence_digest: str | None
    as_of: str | None
    engine: str | None = Field(None, description="the version that recorded it; null where no bundle is compared")
    readings: dict[str, str] = Field(description="the options under which this side is assessed, by reading")
    designation: str | None = Field(
        None, description="the number of the standard; null in what earlier releases printed"
    )
    title: str | None = Field(None, description="of the standard; null likewise")
    evidence: str | None = Field(
        None, description="the name of the evidence file, without its folder; null where only policies are compared"
    )


class CauseModel(_Model):
    """One thing that the sides stand on and that is otherwise; null: that side does not have it."""

    what: Literal[
        "engine", "policy", "amendment", "reading", "as-of", "evidence", "input", "fact", "attestation", "crosswalk"
    ]
    about: str = Field(
        description="an id; of an attestation the clause and the voice, of a crosswalk the clause and the other "
        "standard, of an amendment its address"
    )
    label: str
    before: str | None = Field(description="what is given: of the engine its version, of an amendment what stood there")
    after: str | None
    place_before: str | None = Field(description="file:line:column")
    place_after: str | None
    amendments: list[int] = Field(
        default=[],
        description="of an amendment those that can only be put in together, by their place in `amendments`, from 0",
    )
    there: list[ThereModel] = Field(
        default=[], description="of a crosswalk the clauses at its other end that come to something else there"
    )


class ThereModel(_Model):
    """A clause at the other end of a crosswalk; null: on that side it takes no part."""

    clause: str = Field(description="as that standard prints it")
    label: str
    before: str | None = Field(description="its verdict there")
    after: str | None


class SeenModel(_Model):
    """What one side comes to."""

    values: list[str] = Field(description="every value it can take; `unknown` of what nothing decides")
    exact: bool = Field(description="false: an enclosure; some of the values may not be reachable")
    reason: str | None = Field(description="why it is unknown")
    why: list[WhyEnclosed] = Field([], description=WHY_ENCLOSED)
    expired: list[ExpiredModel] = Field([], description="where that is the reason: the evidence that does not count")


class UnchangedModel(_Model):
    """An outcome that both sides come to in the same way."""

    address: str
    label: str
    seen: SeenModel


class DerivedModel(_Model):
    """What this engine comes to from the sources of two bundles; null: that side has no such node."""

    before: SeenModel | None
    after: SeenModel | None


class BecauseModel(_Model):
    """The causes of an effect, by their place in `causes`, from 0."""

    sufficing: list[list[int]] = Field(description="sets that give the effect with no other cause changed")
    found: Literal["smallest", "irreducible", "suffices", "parts"] = Field(
        description="smallest: all smallest sets, and no smaller one suffices; irreducible: one set, no cause of which "
        "can be left out; suffices: one set, perhaps with more than is needed; parts: the engine, for what is recorded "
        "and is not what it derives here, and with it the smallest sets that give what it derives"
    )
    needed: list[int] | None = Field(description="without which the effect is not there; null: not all were tried")


class EffectModel(_Model):
    """A node at which the sides come to something else; null: that side has no such node."""

    what: Literal["outcome", "definition", "clause", "input", "fact"]
    address: str
    label: str
    before: SeenModel | None
    after: SeenModel | None
    because: BecauseModel
    derived: DerivedModel | None = Field(None, description="null: what is recorded, on both sides")


class AmendmentModel(_Model):
    """One thing that the later policy says otherwise."""

    what: AmendmentKind
    about: str
    label: str
    before: str | None = Field(description="what stood there: a number with its unit, levels, a modality, an option")
    after: str | None
    place_before: str | None = Field(description="file:line:column")
    place_after: str | None


class AgreementModel(_Model):
    """Whether two policies ever differ in an outcome."""

    outcome: str
    label: str
    answer: Literal["same", "never", "some", "not-proved"] = Field(
        description="same: computed alike, wording aside; never: no subject has another outcome; some: the witness "
        "has; not-proved: none of this by sweeping within the budget, nor by the solver"
    )
    before: str | None = Field(description="the outcome of the witness")
    after: str | None
    budget: int = Field(description="combinations that one sweep may keep")
    left_out: list[str] = Field([], description="`fact = option` that one edition alone has: nobody so was compared")
    hung_on: list[str] = Field([], description="facts whose values a sweep that proved nothing could not go through")
    why_not_proved: str | None = Field(None, description="what kept the sweep and the solver from an answer, in words")
    because: BecauseModel | None = Field(None, description="which causes give the witness its other outcome")


class RereadModel(_Model):
    """What is said of outcomes under other options of some readings."""

    readings: dict[str, str] = Field(description="the options that are other than those asked for, by reading")
    agreements: list[AgreementModel]


class RereadingsModel(_Model):
    """The editions under the other readings that both have."""

    combinations: str = Field(description="how many combinations there are beside the one asked for")
    tried: int
    alike: list[str] = Field(description="outcomes that are computed alike under all of them")
    under: list[RereadModel] = Field(description="the combinations that were tried for the other outcomes")


class ComparisonModel(_Model):
    """What is otherwise between two assessments, or between two policies."""

    guiju: Literal["comparison/1"]
    before: SideModel
    after: SideModel
    amendments: list[AmendmentModel]
    agreements: list[AgreementModel] = Field(description="where no evidence is given")
    readings: RereadingsModel | None = Field(None, description="where no evidence is given, and both have readings")
    left_out: list[LeftOutModel] = Field([], description="of readings, where no evidence is given")
    causes: list[CauseModel]
    effects: list[EffectModel]
    unchanged: list[UnchangedModel] = Field([], description="of two assessments the outcomes that are no effect")
    diagnostics: list[DiagnosticModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a comparison."""
    schema = ComparisonModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
