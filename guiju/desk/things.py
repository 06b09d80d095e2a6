"""What a policy speaks of by a name or a number, and a place where it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from guiju.dsl.source import Span

ThingKind: TypeAlias = Literal[
    "value",  # a fact, an input or a let
    "option",  # of a fact or an input, which is `of`
    "kind",  # of groups
    "level",
    "group",
    "clause",
    "family",  # a score
    "grade",
    "reading",
    "choice",  # an option of a reading, which is `of`
    "record",  # of a kind, which is `of`
    "vocabulary",
]


class Thing(NamedTuple):
    """Something that has a name: what it is and its id."""

    kind: ThingKind
    id: str
    of: str = ""


@dataclass(frozen=True)
class Occurrence:
    """A place that speaks of a thing; of several where it is a range of clauses.

    `declares`: the name that the thing has from there; `is_alias`: another name of it; `is_indirect`: the place holds
    the thing without naming it, as a range or a table cell `all` does.
    """

    span: Span
    things: tuple[Thing, ...]
    declares: bool = False
    is_alias: bool = False
    is_indirect: bool = False

    @property
    def thing(self) -> Thing:
        """What it speaks of, the first of several."""
        return self.things[0]
