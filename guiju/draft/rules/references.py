"""References that lead nowhere: to clauses, items, tables, figures, formulas and annexes of the draft itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.draft.forms import DESIGNATION, FORMULA, squeezed
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

DANGLING_REFERENCE = code_of(
    "dangling-reference",
    Text("引用落空", "Reference that leads nowhere"),
    Text("没有 {target}", "there is no {target}"),
    Text(
        "改正编号，或补上所指的内容；这里有：{known}",
        "correct the number, or add what it refers to; there are: {known}",
    ),
    Text(
        "读者找不到所指的条款；表中的条款号落空，等级要求的项数就不清楚",
        "a reader finds no such clause; in a table of levels it leaves open how many clauses a level asks for",
    ),
    example="5 门锁\n\n5.1 锁体\n\n锁体见 5.3 和表 2。\n\n应光滑。\n\n5.2 钥匙\n\n应有编号。",
)
_NUMBER = r"(?:\d{1,2}|[A-Z])(?:\.\d{1,3})+(?![\d.]*\d)"
_TO = r"\s*(?:[～~\-–—]+|至|到|\bto\b|\bthrough\b)\s*"
_MARKS = rf"(?:\s*[a-z][)）](?:\s*\d{{1,2}}[)）])?(?:{_TO}[a-z][)）])?)?"
_CLAUSE = re.compile(
    rf"(?P<section>{_NUMBER})(?:\s*(?P<mark>[a-z])[)）](?:\s*(?P<number>\d{{1,2}})[)）])?(?:{_TO}(?P<last>[a-z])[)）])?)?"
)
#: 见 5.1、5.2 a) 和 5.3: what refers, and the numbers behind it
_CUED = re.compile(
    r"(?:见|按照?|依据|根据|符合|满足|执行|\b(?:in|see|to|with|of|by|from|meets?|under) (?:clauses? |subclauses? )?)\s*(?:第\s*)?"
    rf"(?P<all>{_NUMBER}{_MARKS}(?:\s*(?:、|和|及|或|至|,|and|or|to)\s*{_NUMBER}{_MARKS})*)(?!\s*[%％])"
)
_ITEMS = rf"[a-z][)）](?:{_TO}[a-z][)）])?"
#: 满足 a)～c): items of the same clause
_OWN_ITEMS = re.compile(
    rf"(?:见|按照?|依据|根据|符合|满足|执行|\b(?:in|see|with|of|meets?|by) (?:items? )?)\s*(?P<all>{_ITEMS})"
)
_LISTED_ITEMS = re.compile(rf"{_ITEMS}(?:\s*[、,，;；和及]\s*{_ITEMS})*")
_LETTER = re.compile(r"([a-z])[)）]")
_OBJECT = re.compile(
    r"(?P<kind>表|图|公式|式|附录|\bTable|\bFigure|\bFormula|\bAnnex)\s*(?P<open>[（(])?(?P<number>(?:[A-Z]\.)?\d{1,3}|[A-Z](?![A-Za-z]))(?(open)[）)])(?![\d.]*\d)"
)
_CHAPTER = re.compile(r"第\s*(?P<section>\d{1,2})\s*章|\b[Cc]lause (?P<en>\d{1,2})(?!\.?\d)")
_ELSEWHERE = re.compile(r"(?:GB|ISO|IEC|DB|YD|T/|IEEE|ITU|《)[^。；;，,]*$")
_NUMBERED_FORMULA = re.compile(r"[（(]((?:[A-Z]\.)?\d{1,3})[）)]\s*\$*\s*$")
_OF_ANOTHER = re.compile(r"\s*(?:of|的)\s*(?:GB|ISO|IEC)")
_FAR = 200  # characters ahead of a reference in which another document is looked for
_KEY = {"式": "公式", "Table": "表", "Figure": "图", "Formula": "公式", "Annex": "附录"}
_KINDS = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW, Kind.NOTE)


@dataclass(frozen=True)
class _Targets:
    """What can be referred to: sections, items by `section mark`, and the other things by `表 3`."""

    sections: tuple[str, ...]
    items: dict[str, tuple[str, ...]]
    objects: frozenset[str]

    @classmethod
    def of(cls, draft: Draft) -> _Targets:
        items: dict[str, list[str]] = {}
        objects = {f"附录 {h.mark}" for h in draft.headings if h.mark.isalpha() and h.mark.isascii()}
        letter = ""
        for block in draft.blocks:
            if block.kind is Kind.ITEM and block.part is Part.BODY and block.mark.endswith(")"):
                letter = block.mark if not block.mark[0].isdigit() else letter
                mark = block.mark if letter in ("", block.mark) else f"{letter} {block.mark}"
                items.setdefault(block.section, []).append(mark)
            elif block.kind is Kind.HEADING:
                letter = ""
            if block.kind is Kind.CAPTION:
                kind, _, number = block.mark.partition(" ")
                objects.add(f"{_KEY.get(kind, kind)} {number}")
            formula = _NUMBERED_FORMULA.search(block.text)
            if formula and (FORMULA.search(block.text) or re.search(r"[=$\t]|\\dots", block.text)):
                objects.add(f"公式 {formula[1]}")
        sections = tuple(h.mark for h in draft.headings if h.mark)
        return cls(sections, {s: tuple(m) for s, m in items.items()}, frozenset(objects))


def dangling_reference(draft: Draft) -> Iterator[Finding]:
    """Each reference to what the draft does not have; what belongs to another standard is passed over."""
    targets = _Targets.of(draft)
    if not targets.sections:
        return
    for block in draft.blocks:
        if block.kind not in _KINDS or block.part in (Part.COVER, Part.REFERENCES, Part.BIBLIOGRAPHY, Part.CONTENTS):
            continue
        yield from _objects(block, targets)
        yield from _own_items(draft, block, targets)
        for start, end in _texts(block):
            text = block.text[start:end]
            for reference in _references(block, text):
                yield from _clause(block, start, text, reference, targets)
        for chapter in _CHAPTER.finditer(block.text):
            number = chapter["section"] or chapter["en"]
            is_ours = not _is_elsewhere(block.text, chapter.start()) and not _OF_ANOTHER.match(
                block.text, chapter.end()
            )
            if number not in targets.sections and is_ours:
                chapters = [s for s in targets.sections if "." not in s]
                yield _missing(block, chapter.span(), Text(f"第 {number} 章", f"clause {number}"), chapters)


def _is_elsewhere(text: str, at: int) -> bool:
    """Whether another document is named ahead of a place, in the same part of a sentence."""
    return _ELSEWHERE.search(text, max(0, at - _FAR), at) is not None


def _references(block: Block, text: str) -> Iterator[re.Match[str]]:
    """The numbers of clauses in a text: behind a word that refers, or at the beginning of a cell."""
    if block.kind is Kind.ROW and (first := _CLAUSE.match(text)):
        yield first
        return
    for cued in _CUED.finditer(text):
        yield from _CLAUSE.finditer(text, *cued.span("all"))


def _texts(block: Block) -> tuple[tuple[int, int], ...]:
    return block.cells if block.kind is Kind.ROW else ((0, len(block.text)),)


def _objects(block: Block, targets: _Targets) -> Iterator[Finding]:
    for reference in _OBJECT.finditer(block.text):
        kind = _KEY.get(reference["kind"], reference["kind"])
        if reference["number"].isalpha() != (kind == "附录"):
            continue
        before = block.text[max(0, reference.start() - 1) : reference.start()]
        if kind in ("表", "图", "公式") and before and before in "代列图地报仪发格正方形模等":
            continue
        name = f"{kind} {reference['number']}"
        if name not in targets.objects and not _is_elsewhere(block.text, reference.start()):
            known = sorted(o for o in targets.objects if o.startswith(kind))
            yield _missing(block, reference.span(), Text(name, re.sub(r"\s+", " ", reference[0])), known)


def _clause(block: Block, at: int, text: str, reference: re.Match[str], targets: _Targets) -> Iterator[Finding]:
    section = reference["section"]
    if _is_elsewhere(text, reference.start()) or DESIGNATION.match(text, reference.start()):
        return
    start, end = at + reference.start("section"), at + reference.end()
    if section not in targets.sections:
        depth = section.count(".")
        alike = [s for s in targets.sections if s.count(".") == depth and s.split(".")[0] == section.split(".")[0]]
        if block.kind is Kind.ROW and not alike:
            return
        known = alike or [s for s in targets.sections if s.count(".") <= 1]
        yield _missing(block, (start, at + reference.end("section")), Text(section, section), known)
        return
    items = targets.items.get(section, ())
    for letter in filter(None, (reference["mark"], reference["last"])):
        mark = f"{letter})" + (
            f" {reference['number']})" if reference["number"] and letter == reference["mark"] else ""
        )
        if items and mark not in items:
            name = f"{section} {mark}"
            yield _missing(block, (start, end), Text(name, name), [m for m in items if " " not in m])


def _own_items(draft: Draft, block: Block, targets: _Targets) -> Iterator[Finding]:
    """Letters that stand without a number: of the clause that a text stands in, or of the one that a row is about."""
    if block.kind is Kind.ROW:
        section = _section_of_row(draft, block)
        places = ((a, b) for a, b in block.cells[1:] if _LISTED_ITEMS.fullmatch(block.text, a, b))
    else:
        section = block.section
        places = (
            own.span("all") for own in _OWN_ITEMS.finditer(block.text) if not _is_elsewhere(block.text, own.start())
        )
    items = targets.items.get(section, ())
    for start, end in places if items else ():
        absent = [f"{m[1]})" for m in _LETTER.finditer(block.text, start, end) if f"{m[1]})" not in items]
        for mark in dict.fromkeys(absent):
            name = f"{section} {mark}"
            yield _missing(block, (start, end), Text(name, name), [m for m in items if " " not in m])


def _section_of_row(draft: Draft, row: Block) -> str:
    """The clause that the first cell of a row names by its number or its title."""
    first = row.cell(0)
    named = _CLAUSE.match(first)
    if named:
        return "" if named["mark"] else named["section"]
    titled = [h.mark for h in draft.headings if h.mark and squeezed(h.text) == squeezed(first)]
    return titled[0] if len(titled) == 1 else ""


def _missing(block: Block, place: tuple[int, int], target: Text, known: list[str]) -> Finding:
    listed = "、".join(known) if len(known) <= 8 else f"{'、'.join(known[:3])} … {'、'.join(known[-2:])}"
    english = listed.replace("、", ", ")
    nothing = Text("没有", "none")
    return found(
        DANGLING_REFERENCE, block.span(*place), target=target, known=Text(listed, english) if known else nothing
    )


RULE = Rule(DANGLING_REFERENCE, dangling_reference)
