"""Numbers that are left out or given twice: of headings, of items, of tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text

NUMBERING_GAP = code_of(
    "numbering-gap",
    Text("编号不连续", "Gap in the numbers"),
    Text("{mark} 的前面没有 {expected}", "there is no {expected} ahead of {mark}"),
    Text("改正编号，或补上缺的内容", "correct the number, or add what is missing"),
    Text(
        "编号跳过的地方，读者会以为少印了一条；别处的引用也多半没有跟着改",
        "where a number is skipped a clause seems to be lost, and references elsewhere mostly were not changed with it",
    ),
    example="5 门锁\n\na) 应光滑；\nc) 应有编号。",
)
NUMBER_TWICE = code_of(
    "number-twice",
    Text("编号重复", "Number that is given twice"),
    Text("{mark} 在前面已经用过", "{mark} is used above already"),
    Text("给其中一个换编号", "give one of the two another number"),
    Text("引用这个编号，指的是哪一个不清楚", "a reference to it may mean either"),
    example="5 门锁\n\na) 应光滑；\na) 应有编号。",
)
_HAN = "一二三四五六七八九十"


def numbering_gap(draft: Draft) -> Iterator[Finding]:
    """The first gap of each series, the one ahead of its first number among them."""
    for series in _series(draft):
        if _begins_late(draft, series):
            yield found(NUMBERING_GAP, series[0].place, mark=series[0].mark, expected=_like(series[0].mark, 1))
            continue
        for before, after in pairwise(series):
            first, second = _ordinal(before), _ordinal(after)
            if first is None or second is None:
                break
            if second > first + 1:
                expected = _like(after.mark, first + 1)
                label = Label(before.place, Text("前面的编号", "the number before"))
                yield found(NUMBERING_GAP, after.place, label, mark=after.mark, expected=expected)
                break


def _begins_late(draft: Draft, series: Sequence[Block]) -> bool:
    """Whether a series has no first number, although what it stands in is there from the beginning."""
    first = series[0]
    if any((_ordinal(block) or 1) == 1 for block in series):
        return False
    if first.kind is Kind.HEADING:
        return first.mark.rpartition(".")[0] in {heading.mark for heading in draft.headings} - {""}
    return first.kind is Kind.ITEM or draft.is_standard


def number_twice(draft: Draft) -> Iterator[Finding]:
    """Each block whose number another one of its series has."""
    for series in _series(draft):
        first: dict[str, Block] = {}
        for block in series:
            before = first.setdefault(block.mark, block)
            if before is not block and "续" not in block.whole.text and "continued" not in block.whole.text:
                label = Label(before.place, Text("前面的一个", "the one above"))
                yield found(NUMBER_TWICE, block.place, label, mark=block.mark)


def _series(draft: Draft) -> list[Sequence[Block]]:
    """Blocks that are numbered on: headings of one parent, items of one list, captions of one kind."""
    numbered = [h for h in draft.headings if h.mark and h.mark[0] != "（"]
    headings: dict[str, list[Block]] = {}
    for heading in numbered:
        headings.setdefault(heading.mark.rpartition(".")[0] or heading.mark[0].isdigit() * "#", []).append(heading)
    lists = [items for items in draft.lists if items[0].mark.endswith(")") and items[0].part is Part.BODY]
    captions = sorted((b for b in draft.blocks if b.kind is Kind.CAPTION), key=_caption_kind)
    return [*headings.values(), *lists, *(tuple(g) for _, g in groupby(captions, key=_caption_kind))]


def _caption_kind(block: Block) -> str:
    return re.sub(r"\d+$", "", block.mark)


def _ordinal(block: Block) -> int | None:
    """Which one it is in its series, from 1."""
    last = re.split(r"[ .]", block.mark.rstrip(")"))[-1]
    if last.isdigit():
        return int(last)
    if len(last) == 1 and last.isascii() and last.isalpha():
        return ord(last.lower()) - ord("a") + 1
    if last and all(c in _HAN for c in last):
        tens, _, ones = last.rpartition("十")
        ten = (_HAN.index(tens) + 1 if tens else 1) * 10 if "十" in last else 0
        return ten + (_HAN.index(ones) + 1 if ones else 0)
    return None


def _like(mark: str, number: int) -> str:
    """The mark of that number, written as another one is."""
    body, tail = mark.rstrip(")"), ")" * mark.endswith(")")
    head, last = re.fullmatch(r"(.*?)([^ .]*)", body).groups()  # type: ignore[union-attr] # it matches any text
    if last.isdigit():
        return f"{head}{number}{tail}"
    if last.isascii():
        return f"{head}{chr(ord('A' if last.isupper() else 'a') + number - 1)}{tail}"
    tens, ones = divmod(number, 10)
    shown = ("" if tens < 2 else _HAN[tens - 1]) + "十" * (tens > 0) + (_HAN[ones - 1] if ones else "")
    return f"{head}{shown}{tail}"


RULES = (Rule(NUMBERING_GAP, numbering_gap), Rule(NUMBER_TWICE, number_twice))
