"""What every reader gives: the numbered entries of a document, its levels, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Text

Modality: TypeAlias = Literal["shall", "should", "may"]
#: why something did not become a clause: `aside` is no requirement by its kind, the others may be one
Reason: TypeAlias = Literal[
    "aside", "withdrawn", "unnumbered", "duplicate", "unknown-name", "unclear", "no-level", "choice"
]


@dataclass(frozen=True)
class Entry:
    """A group of requirements, or a requirement.

    `mark` is as the language writes it: `AC-2`, `6.1.1`, `a)`, `-`. A group holds groups, or clauses; a clause holds
    clauses. `title` may be empty, then the label comes from `text`; of a group, `text` is what leads to its items.
    `levels` holds the ids of the levels that choose it, and `id` is what the document calls it elsewhere, empty where
    nothing else names it.
    """

    mark: str
    title: str
    text: str
    place: str
    id: str = ""
    is_group: bool = False
    modality: Modality | None = None
    levels: frozenset[str] = frozenset()
    children: tuple[Entry, ...] = ()

    def leaves(self) -> Iterator[Entry]:
        """The requirements without others below them, in order."""
        if not self.children and not self.is_group:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True)
class Level:
    """A level of the standard to be: `id` as policies write it, its label in one language or two."""

    id: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Unread:
    """Something not understood, or left out by its kind: where it stands, what it says, why it was not taken."""

    place: str
    quote: str
    reason: Reason
    why: Text

    @property
    def is_left_out(self) -> bool:
        """Whether it may be a requirement that became no clause."""
        return self.reason not in ("aside", "choice")


@dataclass(frozen=True)
class Catalog:
    """A document as read. `entries` are its outermost groups, in order; `levels` its levels, the lowest first."""

    id: str
    designation: str
    title: str
    source: str
    kinds: tuple[str, ...]
    entries: tuple[Entry, ...]
    levels: tuple[Level, ...] = ()
    unread: tuple[Unread, ...] = field(default=())

    def leaves(self) -> Iterator[Entry]:
        """Every requirement that stands at a level or not, in order."""
        for entry in self.entries:
            yield from entry.leaves()


def filled(text: Text, **arguments: str | int) -> Text:
    """A sentence with its arguments, in both languages."""
    return Text(text.zh.format(**arguments), text.en.format(**arguments))
