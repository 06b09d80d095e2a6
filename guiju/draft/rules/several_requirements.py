"""More than one requirement in one item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from guiju.compiler.modals import requirements
from guiju.draft.model import Draft, Kind
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text

SEVERAL_REQUIREMENTS = code_of(
    "several-requirements",
    Text("一项里有几个要求", "Several requirements in one item"),
    Text("一项里有 {count} 个要求", "one item has {count} requirements"),
    Text("拆成几项，各有标号", "make them items of their own, each with a mark"),
    Text(
        "一项只满足一部分时算不算满足，评价的人各有说法；引用时也指不到其中一个",
        "whether an item counts that is satisfied in part is answered differently by every assessor, and none of its "
        "requirements can be referred to",
    ),
    example="5.1 门锁\n\na) 门锁应能从里面打开；钥匙应有编号；\nb) 门应朝外开。",
)
_BREAK = re.compile(r"[；;。.](?=\s*\S)|[,，](?=.{0,12}(?:应|\bshall\b))|[且并](?=.{0,4}应)|以及|\band\b")
_VERB = re.compile(r"(?:具备|支持|提供|实现|具有|保存|建立|采用|记录)")


def several_requirements(draft: Draft) -> Iterator[Finding]:
    """Two modals with a break between them; or, where nothing in it is a modal, two parts that begin with a verb."""
    for block in draft.requirements:
        if block.kind is not Kind.ITEM:
            continue
        starts = requirement_starts(block.text) or _predicates(block.text)
        if len(starts) > 1:
            labels = (Label(block.span(at, at + 2), Text("又一个", "another")) for at in starts[1:])
            yield found(SEVERAL_REQUIREMENTS, block.span(starts[0], starts[0] + 1), *labels, count=len(starts))


def requirement_starts(text: str) -> list[int]:
    """Where the modals of a text stand that each require something of their own: there is a break between them."""
    found_ = requirements(text)
    starts = [b.start for a, b in pairwise(found_) if _BREAK.search(text, a.end, b.start + 1)]
    return [found_[0].start, *starts] if found_ else []


def _predicates(text: str) -> list[int]:
    """Where the parts between semicolons begin that begin with a verb as the first one does."""
    starts, at = [], 0
    for part in re.split(r"(?<=[；;])", text):
        lead = len(part) - len(part.lstrip())
        if _VERB.match(part.lstrip()):
            starts.append(at + lead)
        at += len(part)
    return starts


RULE = Rule(SEVERAL_REQUIREMENTS, several_requirements)
