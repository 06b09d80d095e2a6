"""A requirement in a note, an example, the foreword, the introduction, the scope or an informative annex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.modals import requirements
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

REQUIREMENT_OUT_OF_PLACE = code_of(
    "requirement-out-of-place",
    Text("要求写在不该写的地方", "Requirement out of place"),
    Text("{where}里有“{word}”：要求只写在正文", "`{word}` in {where}: only the body of a standard requires anything"),
    Text("移到正文的条款，或改成陈述", "move it into a clause of the body, or make it a statement"),
    Text(
        "注、示例、前言、引言和范围是资料性的：写在那里的要求，有人照做，有人不看",
        "notes, examples, foreword, introduction and scope inform: what they require is kept by some and passed over by others",
    ),
    example="1 范围\n\n本文件规定了门锁。\n\n2 门锁\n\n门锁应能从里面打开。\n\n注：钥匙应有编号。",
)
_PARTS = {
    Part.FOREWORD: Text("前言", "the foreword"),
    Part.INTRODUCTION: Text("引言", "the introduction"),
    Part.SCOPE: Text("范围", "the scope"),
}
_NOTE = Text("注或示例", "a note or an example")
_ANNEX = Text("资料性附录", "an informative annex")
_INFORMS = re.compile(r"[（(]?\s*(?:资料性|informative)", re.IGNORECASE)


def requirement_out_of_place(draft: Draft) -> Iterator[Finding]:
    """The first requirement of each such block."""
    informative = tuple(_informative(draft))
    for block in draft.blocks:
        where = _where(block, informative) if draft.is_standard or block.kind is Kind.NOTE else None
        if where is None:
            continue
        for modal in requirements(block.text)[:1]:
            word = block.text[modal.start : modal.end]
            yield found(REQUIREMENT_OUT_OF_PLACE, block.span(modal.start, modal.end), where=where, word=word)


def _informative(draft: Draft) -> Iterator[str]:
    """The letters of the annexes that say of themselves, in their first lines, that they only inform."""
    for heading in draft.headings:
        if heading.depth == 1 and len(heading.mark) == 1 and heading.mark.isalpha():
            head = [heading, *filter(None, (draft.beside(heading, step) for step in (1, 2)))]
            says = any(_INFORMS.match(b.text) for b in head[1:]) or _INFORMS.search(heading.whole.text)
            yield from (heading.mark,) if says else ()


def _where(block: Block, informative: tuple[str, ...]) -> Text | None:
    if block.kind is Kind.NOTE:
        return _NOTE
    if block.part is Part.BODY and block.kind in (Kind.PARAGRAPH, Kind.ITEM) and block.section[:1] in informative:
        return _ANNEX
    return _PARTS.get(block.part) if block.kind in (Kind.PARAGRAPH, Kind.ITEM) else None


RULE = Rule(REQUIREMENT_OUT_OF_PLACE, requirement_out_of_place)
