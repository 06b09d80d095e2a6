"""The published form of what may be asked next, `questions/1`: what `guiju ask --format json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.report.assessed_model import ASSESSED, AssessedModel
from guiju.report.diagnostics_model import DiagnosticModel
from guiju.report.result_model import ExpiredModel, OutcomeModel

SCHEMA_ID = "urn:guiju:schema:questions-1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LeftModel(_Model):
    """What an outcome can still be once a question is answered so."""

    id: str
    values: list[str]


class AnswerModel(_Model):
    """One kind of answer."""

    value: str = Field(description="of a number one on each threshold and one between, in its coherent unit")
    leaves: list[LeftModel]


class QuestionModel(_Model):
    """One thing that evidence may still say."""

    kind: Literal["fact", "input", "clause"]
    id: str
    name: str = Field(description="a name that an evidence file takes, or the clause as it is printed")
    label: str
    type: Literal["number", "yes-no", "option", "options", "verdict"]
    unit: str | None
    options: list[str]
    guidance: str | None
    evidence: str | None = Field(description="evidence that is typically given for it")
    cites: str
    matters: Literal["alone", "with-others", "untried", "no"]
    by_override: bool = Field(
        description="it takes an override, or a correction: voices and facts disagree, or it has no value"
    )
    expired: list[ExpiredModel] = Field([], description="evidence that had said it and does not count any more")
    removes: str | None = Field(description="the share of what is open that an answer takes away, in the mean")
    removes_at_least: str | None = Field(description="the same at worst; null where it is not known")
    exact: bool = Field(description="whether each answer leaves just that, and not an enclosure")
    cost: str
    answers: list[AnswerModel]


class QuestionsModel(_Model):
    """What may be asked next, the most telling first."""

    guiju: Literal["questions/1"]
    policy: str
    designation: str
    subject: str
    assessed: AssessedModel | None = ASSESSED
    settled: bool = Field(description="whether nothing can change an outcome any more")
    outcomes: list[OutcomeModel]
    other_outcomes: list[OutcomeModel] = Field([], description="of the standard, for which no question is asked")
    questions: list[QuestionModel]
    need_not_be_asked: int = Field(description="open facts, inputs and clauses that no outcome looks at any more")
    diagnostics: list[DiagnosticModel] = Field([], description="what was found in the evidence, none of it an error")


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a list of questions."""
    schema = QuestionsModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
