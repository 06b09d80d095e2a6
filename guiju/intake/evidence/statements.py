"""What is taken over, before it is an evidence file: plain data in which each text may know where it comes from."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span

NAMESPACE = "urn:guiju:oscal"  # of the properties in OSCAL that are ours

Said: TypeAlias = "Placed | str | bool | list[Said] | dict[str, Said] | None"
Section: TypeAlias = Literal["evidence", "facts", "attestations", "samples", "findings"]
SECTIONS: tuple[Section, ...] = ("evidence", "facts", "attestations", "samples", "findings")

#: what became of a row: taken over as one of six, known and without anything to take over, or not understood
Kind: TypeAlias = Literal[
    "verdict",
    "waiver",
    "fact",
    "sample",
    "finding",
    "evidence",
    "unanswered",
    "heading",
    "skipped",
    "blank",
    "aside",
    "wrong",
]


@dataclass(frozen=True)
class Placed:
    """A text with its place; `plain`: it stands without quotation marks, as a number or a date does."""

    text: str
    span: Span
    plain: bool = False


@dataclass(frozen=True)
class Accounted:
    """A row, or a part of OSCAL results: where it stands, what became of it, what it says, and why that."""

    place: str
    kind: Kind
    quote: str = ""
    why: Text | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of a section of the evidence: its key, what it says, and the place that messages about it point to."""

    section: Section
    key: str
    said: dict[str, Said]
    span: Span


@dataclass
class Taken:
    """All that was taken over, the account, and what is wrong.

    `recorded` are the clauses with the verdicts that the file itself has, each in every place that says it.
    """

    head: dict[str, Said] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    account: list[Accounted] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    recorded: list[tuple[str, Placed]] = field(default_factory=list)
    readings: dict[str, str] = field(default_factory=dict)

    def wrong(self, diagnostic: Diagnostic, place: str, quote: str) -> None:
        """A row that was not understood, with why."""
        self.diagnostics.append(diagnostic)
        message = Text(diagnostic.message("zh"), diagnostic.message("en"))
        self.account.append(Accounted(place, "wrong", quote, message))


def said_of(row: Dictionary[str, Said]) -> dict[str, Said]:
    """What is said, without what is not."""
    return {key: value for key, value in row.items() if value is not None and value != ""}
