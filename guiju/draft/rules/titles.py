"""Titles against what stands below them: the same title one level down, a lead that calls the clause otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from guiju.draft.forms import squeezed
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Severity, Text

TITLE_OF_THE_PART = code_of(
    "title-of-the-part",
    Text("标题与所属的章条相同", "Title of the part it stands in"),
    Text("{mark} 与 {parent} 同名：“{title}”", "{mark} has the title of {parent}: `{title}`"),
    Text("给其中一个换标题", "give one of the two another title"),
    Text("提到这个名称，指整体还是指其中一部分不清楚", "the name may mean the whole or a part of it"),
    example="5 门锁\n\n5.1 门锁\n\n应光滑。\n\n5.2 钥匙\n\n应有编号。",
)
TITLE_TWICE = code_of(
    "title-twice",
    Text("并列的标题相同", "Title that stands twice side by side"),
    Text("{mark} 与 {other} 同名：“{title}”", "{mark} has the title of {other}: `{title}`"),
    Text("给其中一个换标题，或合成一条", "give one of the two another title, or make one of both"),
    Text(
        "两条同名，多半是改稿时留下了一条；引用标题的人不知道指哪一条",
        "one of them was mostly left behind in editing, and who refers to the title may mean either",
    ),
    example="5 门锁\n\n5.1 锁体\n\n应光滑。\n\n5.2 锁体\n\n应有编号。",
)
LEAD_DIFFERS = code_of(
    "lead-differs",
    Text("引导语与标题的名称不同", "Lead that calls the clause otherwise"),
    Text("标题是“{title}”，引导语写“{lead}”", "the title is `{title}`, the lead says `{lead}`"),
    Text("两处用同一个名称", "use one name in both"),
    Text("名称不同，读者会以为是两样东西", "two names seem to be two things"),
    example="5.1 门锁安装位置\n\n门锁固定位置的要求包含：\n\na) 应平整；\nb) 应光滑。",
)
HANGING_PARAGRAPH = code_of(
    "hanging-paragraph",
    Text("悬置段", "Hanging paragraph"),
    Text("{mark} 分成了条，标题下又有一段", "{mark} is divided, and has a paragraph ahead of its parts"),
    Text(
        "给这一段一个条号，如 {first}“概述”，或删去",
        "make it a clause of its own, such as {first} General, or leave it out",
    ),
    Text("引用这一章时，指这一段还是指全章不清楚", "a reference to the clause may mean this paragraph or all of it"),
    example="5 门锁\n\n门锁用来锁门。\n\n5.1 锁体\n\n应光滑。\n\n5.2 钥匙\n\n应有编号。",
    severity=Severity.NOTE,
)
_WORD = re.compile(r"[A-Za-z]{2}|[\u4e00-\u9fff]")  # what a title has that is more than a date
_LEAD = re.compile(
    r"^(?P<name>[^，,。；;]{2,30}?)(?:的?(?:保障|优化)?(?:指标|要求|内容|功能)?)(?:包含|包括)(?:以下|下列|：|:|$)"
)

_STATUS = re.compile(r"[（(](?:规范性|资料性|normative|informative)(?:附录)?[）)]", re.IGNORECASE)  # of an annex


def title_of_the_part(draft: Draft) -> Iterator[Finding]:
    """Each heading with the title of the one it stands below."""
    by_mark = {h.mark: h for h in draft.headings if h.mark and h.part is Part.BODY}
    for heading in by_mark.values():
        parent = by_mark.get(heading.mark.rpartition(".")[0])
        if parent is not None and heading.text.strip() and squeezed(parent.text) == squeezed(heading.text):
            label = Label(parent.span(), Text("所属的章条", "the part"))
            arguments = {"mark": heading.mark, "parent": parent.mark, "title": heading.text.strip()}
            yield found(TITLE_OF_THE_PART, heading.span(), label, **arguments)


def title_twice(draft: Draft) -> Iterator[Finding]:
    """Each heading with the title of an earlier one below the same part."""
    first: dict[tuple[str, str], Block] = {}
    for heading in draft.headings:
        if heading.part is not Part.BODY or not heading.mark or not _WORD.search(heading.text):
            continue
        other = first.setdefault((heading.mark.rpartition(".")[0], squeezed(heading.text)), heading)
        if other.mark != heading.mark:
            label = Label(other.span(), Text("前一个", "the other"))
            arguments = {"mark": heading.mark, "other": other.mark, "title": heading.text.strip()}
            yield found(TITLE_TWICE, heading.span(), label, **arguments)


def lead_differs(draft: Draft) -> Iterator[Finding]:
    """A lead right below a title that shares half of the title and does not have all of it."""
    for heading, lead in pairwise(draft.blocks):
        if heading.kind is not Kind.HEADING or lead.kind is not Kind.PARAGRAPH or heading.part is not Part.BODY:
            continue
        said = _LEAD.match(lead.text)
        title = squeezed(heading.text)
        if (
            said
            and len(title) >= 4
            and title not in squeezed(lead.text)
            and _shares_half(title, squeezed(said["name"]))
        ):
            label = Label(heading.span(), Text("标题", "the title"))
            yield found(
                LEAD_DIFFERS, lead.span(*said.span("name")), label, title=heading.text.strip(), lead=said["name"]
            )


def _shares_half(title: str, lead: str) -> bool:
    blocks = SequenceMatcher(None, title, lead, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) * 2 >= len(title)


def hanging_paragraph(draft: Draft) -> Iterator[Finding]:
    """Each paragraph right below a heading that has headings below it."""
    marks = {h.mark for h in draft.headings}
    for heading, text in pairwise(draft.blocks):
        is_pair = heading.kind is Kind.HEADING and text.kind is Kind.PARAGRAPH and heading.part is Part.BODY
        is_pair = is_pair and not _STATUS.fullmatch(text.text.strip())
        first = f"{heading.mark}.1"
        if is_pair and heading.mark and first in marks:
            yield found(HANGING_PARAGRAPH, text.place, mark=heading.mark, first=first)


RULES = (
    Rule(TITLE_OF_THE_PART, title_of_the_part),
    Rule(TITLE_TWICE, title_twice),
    Rule(LEAD_DIFFERS, lead_differs),
    Rule(HANGING_PARAGRAPH, hanging_paragraph),
)
