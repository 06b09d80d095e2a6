"""What an answer is of, as programs read it: a part of several published forms."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class AssessedModel(BaseModel):
    """Whose assessment, against what, as of when, on which evidence and under which readings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    designation: str = Field(description="the number of the standard, with its year where it has one")
    title: str
    edition: dict[str, str] = Field(description="what the policy says of it: `status`, `issued`, `effective`")
    policy_digest: str
    subject: str
    fictional: bool
    inputs: dict[str, str] = Field(description="what is chosen before anything is scored; `unknown` where it is open")
    as_of: str | None
    evidence: str = Field(description="the name of the file, without its folder")
    evidence_digest: str
    readings: dict[str, str] = Field(description="the option of each reading that is taken")


#: of a form that was published without it
ASSESSED = Field(None, description="what it is of; null in what earlier releases printed")
