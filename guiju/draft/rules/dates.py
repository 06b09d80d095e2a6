"""The dates on the cover."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.model import Block, Draft, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Severity, Text

SAME_DAY_IN_FORCE = code_of(
    "same-day-in-force",
    Text("发布当日即实施", "In force on the day of issue"),
    Text("发布和实施都是 {date}", "issued and in force on the same day, {date}"),
    Text(
        "给使用者留出准备的时间，或确认不需要", "leave those who use it time to prepare, or confirm that none is needed"
    ),
    Text("发布当日就实施，没有人来得及照办", "on the day of issue nobody can have complied yet"),
    example="2026-03-01 发布\n\n2026-03-01 实施\n\n1 范围\n\n本文件规定了门锁。",
    severity=Severity.NOTE,
)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(发布|实施|Issued|Implemented)", re.IGNORECASE)


def same_day_in_force(draft: Draft) -> Iterator[Finding]:
    """The date of implementation on the cover, where it is that of the issue."""
    issued: dict[str, tuple[Block, re.Match[str]]] = {}
    for block in draft.blocks:
        dated = _DATED.search(block.text) if block.part is Part.COVER else None
        if dated and dated[2] in ("发布", "Issued"):
            issued[dated[1]] = block, dated
        elif dated and dated[1] in issued:
            first, date = issued[dated[1]]
            label = Label(first.span(*date.span()), Text("发布", "issued"))
            yield found(SAME_DAY_IN_FORCE, block.span(*dated.span()), label, date=dated[1])


RULE = Rule(SAME_DAY_IN_FORCE, same_day_in_force)
