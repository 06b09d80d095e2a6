"""The published form of a revision, `revision/1` (`guiju diff`), and of several, `changelog/1` (`guiju changelog`)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from guiju.engine.reasoning.editions.amendment import AmendmentKind
from guiju.report.diagnostics_model import DiagnosticModel

REVISION_SCHEMA_ID = "urn:guiju:schema:revision-1"
CHANGELOG_SCHEMA_ID = "urn:guiju:schema:changelog-1"

ChapterName = Literal[
    "added", "removed", "renumbered", "renamed", "requirements", "tables", "facts", "readings", "wording"
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EditionModel(_Model):
    """One edition of a standard."""

    policy: str
    designation: str
    title: str
    issued: str | None = Field(description="as exact as it is known: 2026, 2026-01, 2026-01-05")
    replaces: str | None = Field(description="the designation of the edition before, as this one says")
    policy_digest: str


class ChangeModel(_Model):
    """One thing that the later edition says otherwise."""

    chapter: ChapterName
    what: AmendmentKind
    about: str
    label: str
    sentence: str = Field(description="what an editor would write, in the language asked for")
    before: str | None
    after: str | None
    place_before: str | None = Field(description="file:line:column")
    place_after: str | None


class OutcomeModel(_Model):
    """Whether some subject comes to another outcome, and which."""

    outcome: str
    label: str
    answer: Literal["same", "never", "some", "not-proved"]
    sentence: str
    before: str | None = Field(description="the outcome of the subject under the earlier edition")
    after: str | None
    subject: list[str] = Field(
        description="the inputs of that subject, what is stated of it that the changes leading there ask for, and each "
        "clause of the later edition that it does not satisfy"
    )
    also_stated: list[str] = Field(description="what else is stated of it")
    because: list[list[int]] = Field(description="the changes that lead there, alone or together, by place, from 0")


class RevisionModel(_Model):
    """What an edition changes, in the words of an editor."""

    guiju: Literal["revision/1"]
    before: EditionModel
    after: EditionModel
    changes: list[ChangeModel]
    outcomes: list[OutcomeModel]
    diagnostics: list[DiagnosticModel]


class ChangelogModel(_Model):
    """The revisions of a standard, the oldest first."""

    guiju: Literal["changelog/1"]
    editions: list[EditionModel]
    revisions: list[RevisionModel]
    diagnostics: list[DiagnosticModel]


def revision_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a revision."""
    return _schema(RevisionModel, REVISION_SCHEMA_ID)


def changelog_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a change log."""
    return _schema(ChangelogModel, CHANGELOG_SCHEMA_ID)


def _schema(model: type[BaseModel], id_: str) -> dict[str, object]:
    schema = model.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id_, **schema}
