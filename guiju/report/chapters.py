"""The chapters in which an editor reads what an edition changes, and the one number that each change has everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.dsl.diagnostic import Text
from guiju.engine.reasoning.editions.amendment import AmendmentKind
from guiju.report.revision_model import ChapterName

CHAPTER: Mapping[AmendmentKind, ChapterName] = {
    "clause-added": "added",
    "clause-removed": "removed",
    "clause-renumbered": "renumbered",
    "renamed": "renamed",
    **dict.fromkeys(
        ("meaning", "threshold", "condition", "requirement", "applicability", "modality", "group", "level"),
        "requirements",
    ),
    **dict.fromkeys(("counted", "weight", "gate", "score", "grade"), "tables"),
    **dict.fromkeys(("formula", "declaration", "type", "validity", "crosswalk"), "facts"),
    **dict.fromkeys(("reading", "reading-default"), "readings"),
    "wording": "wording",
}
CHAPTERS: Mapping[ChapterName, Text] = {
    "added": Text("新增的条款", "Clauses added"),
    "removed": Text("删去的条款", "Clauses removed"),
    "renumbered": Text("改号的条款", "Clauses renumbered"),
    "renamed": Text("改名", "Renamed"),
    "requirements": Text("改变的要求", "Requirements changed"),
    "tables": Text("得分、权重和定级", "Scores, weights and grades"),
    "facts": Text("事实、算式和对照", "Facts, formulas and crosswalks"),
    "readings": Text("读法", "Readings"),
    "wording": Text("仅措辞或写法", "Wording only"),
}


def numbers(changes: Sequence[AmendmentKind | None]) -> list[int]:
    """The number of each change, from 1, chapter by chapter; None: one that no chapter tells comes last."""
    order = [None if what is None else CHAPTER[what] for what in changes]
    chapters = [*CHAPTERS, None]
    places = sorted(range(len(changes)), key=lambda i: chapters.index(order[i]))
    found = [0] * len(changes)
    for number, place in enumerate(places, 1):
        found[place] = number
    return found
