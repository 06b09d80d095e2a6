"""Tables, figures and annexes that the text never speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

NOT_MENTIONED = code_of(
    "not-mentioned",
    Text("表、图或附录没有提及", "Table, figure or annex that the text never mentions"),
    Text("正文没有提到{name}", "the text never mentions {name}"),
    Text(
        "在用到它的条款里写“见{name}”或“应符合{name} 的规定”，或删去它",
        "say in the clause that needs it `see {name}`, or leave it out",
    ),
    Text(
        "没有条款提到的表，里面的数值算不算要求，读者无从知道",
        "of a table that no clause refers to, nobody knows whether its values are required",
    ),
    example="1 范围\n\n本文件规定了门锁。\n\n2 门锁\n\n门锁应光滑。\n\n表 1 门锁尺寸",
)
_KINDS = {
    "Table": "表",
    "Tables": "表",
    "Figure": "图",
    "Figures": "图",
    "Fig.": "图",
    "Annex": "附录",
    "Annexes": "附录",
}
_NUMBER = r"(?:[A-Z]\.)?\d{1,3}(?![\d.]*\d)|[A-Z](?![A-Za-z])"
_KIND = r"表|图|附\s*录|\b(?:Tables?|Figures?|Fig\.|Annex(?:es)?)"
_JOIN = r"、|，|,|和|及|与|或|\band\b|\bor\b"
_TO = r"至|到|～|~|–|—|-|\bto\b"
_MENTION = re.compile(
    rf"(?:{_KIND})\s*[（(]?(?:{_NUMBER})[）)]?(?:\s*(?:{_JOIN}|{_TO})\s*(?:{_KIND})?\s*(?:{_NUMBER}))*"
)
_ONE = re.compile(rf"(?P<to>{_TO})?\s*(?P<kind>{_KIND})?\s*[（(]?(?P<number>{_NUMBER})")
_NEAR_BY = re.compile(r"[下上]表|[下上]图|如下|下列|\b(?:following|below|above)\b")
_SPOKEN_IN = (Part.BODY, Part.SCOPE, Part.TERMS, Part.INTRODUCTION, Part.ABBREVIATIONS)
_SPEAKS = (Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE, Kind.ROW, Kind.HEADING)


def not_mentioned(draft: Draft) -> Iterator[Finding]:
    """The first place of each one in a standard: captions once, however often they go on; an annex by its heading."""
    if not draft.is_standard:
        return
    speaking = [b for b in draft.blocks if b.kind in _SPEAKS and b.part in _SPOKEN_IN]
    mentioned = {name for block in speaking for name in _mentioned(block)}
    for block in draft.blocks:
        name = _name(block)
        if name and name not in mentioned and not _is_near(draft, block) and not _by_a_clause(name, speaking):
            mentioned.add(name)
            yield found(NOT_MENTIONED, block.place, name=_shown(name))


def _name(block: Block) -> str:
    """`表 1`, `附录 A`; nothing for other blocks."""
    if block.kind is Kind.CAPTION:
        kind, _, number = block.mark.partition(" ")
        return f"{_KINDS.get(kind, kind)} {number}" if number else ""
    is_annex = block.kind is Kind.HEADING and block.depth == 1 and re.fullmatch("[A-Z]", block.mark)
    return f"附录 {block.mark}" if is_annex and block.part is Part.BODY else ""


def _shown(name: str) -> Text:
    kind, _, number = name.partition(" ")
    english = {"表": "Table", "图": "Figure", "附录": "Annex"}[kind]
    return Text(name, f"{english} {number}")


def _mentioned(block: Block) -> Iterator[str]:
    """What a block speaks of; an annex does not by speaking of itself."""
    for mention in _MENTION.finditer(block.text):
        kind, last = "", ""
        for one in _ONE.finditer(mention[0]):
            said = re.sub(r"\s", "", one["kind"] or "")
            kind, number = _KINDS.get(said, said) or kind, one["number"]
            if kind != "附录" or number != block.section[:1]:
                yield from (f"{kind} {n}" for n in (_between(last, number) if one["to"] else (number,)))
            last = number


def _between(first: str, last: str) -> list[str]:
    """What lies from one number to another: 1 to 3, A.1 to A.4, A to C."""
    a, _, begin = first.rpartition(".")
    b, _, end = last.rpartition(".")
    if a == b and begin.isdigit() and end.isdigit():
        return [f"{a}.{n}".lstrip(".") for n in range(int(begin), min(int(end), int(begin) + 99) + 1)]
    if len(begin) == len(end) == 1:
        return [chr(n) for n in range(ord(begin), ord(end) + 1)]
    return [last]


def _is_near(draft: Draft, block: Block) -> bool:
    """Whether the text right above says that it comes: 见下表."""
    before = [draft.beside(block, step) for step in (-1, -2)]
    return block.kind is Kind.CAPTION and any(b is not None and _NEAR_BY.search(b.text) for b in before)


def _by_a_clause(name: str, speaking: list[Block]) -> bool:
    """Whether a clause of an annex is spoken of outside it: 见 A.2."""
    kind, _, letter = name.partition(" ")
    clause = re.compile(rf"(?<![A-Za-z\d.]){letter}\.\d")
    return kind == "附录" and any(b.section[:1] != letter and clause.search(b.text) for b in speaking)


RULE = Rule(NOT_MENTIONED, not_mentioned)
