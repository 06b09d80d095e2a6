"""Normative references: cited and not listed, listed and not cited, cited in notes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.draft.forms import DESIGNATION
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text
from guiju.dsl.source import Span

CITED_NOT_LISTED = code_of(
    "cited-not-listed",
    Text("引用的文件没有列出", "Document that is cited and not listed"),
    Text(
        "引用了 {name}，规范性引用文件和参考文献里都没有它",
        "{name} is cited, and neither a normative reference nor in the bibliography",
    ),
    Text(
        "列入“规范性引用文件”；只供参考的列入“参考文献”",
        "list it among the normative references, or in the bibliography where it only informs",
    ),
    Text(
        "读者不知道要备齐哪些文件，也不知道用哪一版",
        "readers do not know which documents they need, and of which edition",
    ),
    example="2 规范性引用文件\n\nGB/T 11111—2020 门\n\n3 门锁\n\na) 应符合 GB/T 11111—2020；\nb) 应符合 GB/T 22222—2021。",
)
LISTED_NOT_CITED = code_of(
    "listed-not-cited",
    Text("列出的文件没有引用", "Normative reference that is not cited"),
    Text("{name} 列为规范性引用文件，正文没有引用它", "{name} is listed as a normative reference and cited nowhere"),
    Text("删去它，移到参考文献，或在正文里引用", "leave it out, move it to the bibliography, or cite it"),
    Text(
        "规范性引用的文件是必须照办的；没有引用，就不知道照办什么",
        "what is referenced normatively has to be kept; where it is never cited, nobody knows what of it",
    ),
    example="2 规范性引用文件\n\nGB/T 11111—2020 门\n\n3 门锁\n\n门锁应光滑。",
)
CITED_IN_NOTES_ONLY = code_of(
    "cited-in-notes-only",
    Text("规范性引用文件只在注里提到", "Normative reference that only notes cite"),
    Text(
        "{name} 列为规范性引用文件，只在注里提到", "{name} is listed as a normative reference, and only notes cite it"
    ),
    Text("移到参考文献，或把引用写进条款", "move it to the bibliography, or cite it in a clause"),
    Text("注是资料性的，由注引用的文件不构成要求", "notes inform: what they cite is no part of the requirements"),
    example="2 规范性引用文件\n\nGB/T 11111—2020 门\n\n3 门锁\n\n门锁应光滑。\n\n注：参考 GB/T 11111—2020。",
)
EDITION_DIFFERS = code_of(
    "edition-differs",
    Text("引用的版本与列出的不同", "Another edition than the one listed"),
    Text("引用 {name}，列出的是 {listed}", "{name} is cited, and {listed} is listed"),
    Text("两处写同一个年号", "give one year in both"),
    Text(
        "两版的条款不一定相同，照哪一版做不清楚",
        "the clauses of two editions may differ, and which one to keep to is not said",
    ),
    example="2 规范性引用文件\n\nGB/T 11111—2020 门\n\n3 门锁\n\n门锁应符合 GB/T 11111—2015 的规定。",
)


@dataclass(frozen=True)
class _Citation:
    name: str  # without year and blanks, so that dated and undated ones are alike
    year: str
    printed: str
    span: Span
    block: Block


def _citations(block: Block) -> list[_Citation]:
    return [
        _Citation(re.sub(r"\s", "", f"{m[1]}{m[2]}"), m[4] or "", m[0].strip(), block.span(*m.span()), block)
        for m in DESIGNATION.finditer(block.text)
    ]


def cited_not_listed(draft: Draft) -> Iterator[Finding]:
    """The first place of each one; in the foreword, on the cover and in notes of numbers documents are only mentioned."""
    listed = {c.name for b in draft.blocks if b.part in (Part.REFERENCES, Part.BIBLIOGRAPHY) for c in _citations(b)}
    if not any(h.part is Part.REFERENCES for h in draft.headings):
        return
    own = {c.name for b in draft.blocks if b.part is Part.COVER or b.kind is Kind.NOISE for c in _citations(b)}
    for citation in _cited(draft):
        if citation.name not in listed | own and not _whole_of(citation.name, listed):
            listed.add(citation.name)
            yield found(CITED_NOT_LISTED, citation.span, name=citation.printed)


def _cited(draft: Draft) -> list[_Citation]:
    parts, kinds = (Part.TERMS, Part.BODY, Part.SCOPE), (Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE, Kind.ROW, Kind.HEADING)
    return [c for b in draft.blocks if b.part in parts and b.kind in kinds for c in _citations(b)]


def _whole_of(name: str, listed: set[str]) -> bool:
    """Whether parts of a standard are listed where all of it is cited, or the other way round."""
    return any(other.startswith(f"{name}.") or name.startswith(f"{other}.") for other in listed)


def listed_not_cited(draft: Draft) -> Iterator[Finding]:
    """Each entry of the normative references that nothing cites."""
    cited = {c.name for c in _cited(draft)}
    for entry in _entries(draft):
        if entry.name not in cited and not _whole_of(entry.name, cited):
            yield found(LISTED_NOT_CITED, entry.span, name=entry.printed)


def cited_in_notes_only(draft: Draft) -> Iterator[Finding]:
    """Each entry that notes cite and nothing else does."""
    cited = _cited(draft)
    for entry in _entries(draft):
        places = [c for c in cited if c.name == entry.name]
        if places and all(c.block.kind is Kind.NOTE for c in places):
            labels = (Label(c.span, Text("注里提到", "cited in a note")) for c in places)
            yield found(CITED_IN_NOTES_ONLY, entry.span, *labels, name=entry.printed)


def edition_differs(draft: Draft) -> Iterator[Finding]:
    """Each citation with a year, of a document that is listed with other years alone."""
    listed: dict[str, list[_Citation]] = {}
    for block in (b for b in draft.blocks if b.part in (Part.REFERENCES, Part.BIBLIOGRAPHY)):
        for entry in _citations(block):
            listed.setdefault(entry.name, []).append(entry)
    for citation in _cited(draft):
        years = listed.get(citation.name, [])
        if citation.year and years and all(entry.year not in ("", citation.year) for entry in years):
            label = Label(years[0].span, Text("列出的", "the one listed"))
            yield found(EDITION_DIFFERS, citation.span, label, name=citation.printed, listed=years[0].printed)


def _entries(draft: Draft) -> list[_Citation]:
    """The documents listed: a line that begins with a designation."""
    entries = []
    for block in draft.blocks:
        if block.part is Part.REFERENCES and block.kind is not Kind.HEADING:
            entries += [c for c in _citations(block) if block.text.lstrip().startswith(c.printed)]
    return entries


RULES = (
    Rule(CITED_NOT_LISTED, cited_not_listed),
    Rule(LISTED_NOT_CITED, listed_not_cited),
    Rule(CITED_IN_NOTES_ONLY, cited_in_notes_only),
    Rule(EDITION_DIFFERS, edition_differs),
)
