"""An item that begins in the middle of a word: its first character is gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from guiju.draft.model import Draft, Kind
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

FIRST_CHARACTER_MISSING = code_of(
    "first-character-missing",
    Text("句首缺字", "First character missing"),
    Text(
        "这一项以“{character}”开头，别处它几乎总在“{before}”之后",
        "the item begins with `{character}`, which elsewhere stands behind `{before}` nearly always",
    ),
    Text("是不是想写“{word}”？", "was {word} meant?"),
    Text("缺了字的要求，各人补的字不一定一样", "not everybody puts the same character in its place"),
    example="5 门锁\n\na) 支持开门，支持关门，支持上锁，支持报警；\nb) 支持记录，支持查询，支持删除，支持导出；\nc) 持远程开门。",
)
_LEAST = 8  # times that the character stands in the draft
_BEGUN = 3  # times that the whole word begins a part of a sentence
_MOSTLY = (3, 4)  # the share of them in which the same character stands ahead


def first_character_missing(draft: Draft) -> Iterator[Finding]:
    """Each item whose first character begins no other item and is elsewhere the end of one and the same word."""
    ahead: dict[str, Counter[str]] = {}
    for block in draft.blocks:
        for before, character in zip(block.text, block.text[1:], strict=False):
            ahead.setdefault(character, Counter())[before] += 1
    items = [b for b in draft.requirements if b.kind is Kind.ITEM and b.text[:1] > "\u2e80"]
    begun = Counter(item.text[0] for item in items)
    for item in items:
        character = item.text[0]
        before, times = next(iter(ahead.get(character, Counter()).most_common(1)), ("", 0))
        total = ahead.get(character, Counter()).total()
        is_rare = begun[character] == 1 and total >= _LEAST
        is_mostly_behind = before > "\u4e00" and times * _MOSTLY[1] >= total * _MOSTLY[0]
        if is_rare and is_mostly_behind and _begins_clauses(draft, before + character):
            arguments = {"character": character, "before": before, "word": before + character}
            yield found(FIRST_CHARACTER_MISSING, item.span(0, 1), **arguments)


def _begins_clauses(draft: Draft, word: str) -> bool:
    """Whether a word is one that parts of sentences begin with, as verbs of requirements do."""
    begun = re.compile(rf"(?:^|[，,；;。、：:]\s*){re.escape(word)}")
    return sum(len(begun.findall(block.text)) for block in draft.requirements) >= _BEGUN


RULE = Rule(FIRST_CHARACTER_MISSING, first_character_missing)
