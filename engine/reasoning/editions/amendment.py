"""One thing that an edition of a policy says otherwise than another, with its places in both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Word
from typing import TypeAlias

from guiju.dsl.source import Span

AmendmentKind: TypeAlias = Word[
    "clause-added",
    "clause-removed",
    "clause-renumbered",
    "threshold",
    "condition",
    "requirement",
    "applicability",
    "modality",
    "group",
    "level",
    "counted",
    "weight",
    "gate",
    "score",
    "grade",
    "formula",
    "reading",
    "reading-default",
    "declaration",
    "type",
    "validity",
    "crosswalk",
    "wording",
    "meaning",
    "renamed",
]


@dataclass(frozen=True)
class Amendment:
    """One thing that the later edition says otherwise: what it is about, what stood there and what stands there now.

    `before` and `after` are places, None where one edition has nothing of the kind; `was` and `now` say in few words
    what was changed at them: a number with its unit, a level, a modality, an option.
    """

    what: AmendmentKind
    about: str
    before: Span | None
    after: Span | None
    was: str = ""
    now: str = ""
