"""Terms that are defined and not used, defined twice, or taken from one and the same clause of another standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.draft.forms import HAN, squeezed
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text
from guiju.dsl.source import Span

TERM_NOT_USED = code_of(
    "term-not-used",
    Text("定义的术语没有用到", "Term that is not used"),
    Text("术语“{name}”在别处没有用到", "the term `{name}` is used nowhere else"),
    Text("删去这一条，或在正文里用它", "leave the entry out, or use the term"),
    Text(
        "只定义文件里用到的概念；没有用到的定义多半是别处抄来的",
        "only what a document uses is defined in it; the others were mostly carried over",
    ),
    example="3 术语和定义\n\n3.1\n\n门闩 bolt\n\n从里面扣住门的部件。\n\n4 门锁\n\n门锁应能从里面打开。",
)
TERM_TWICE = code_of(
    "term-twice",
    Text("术语定义了两次", "Term that is defined twice"),
    Text("术语“{name}”已经定义过", "the term `{name}` is defined already"),
    Text("合成一条", "make one entry of both"),
    Text("两处定义一改就不同，读者不知以哪一处为准", "two definitions drift apart, and nobody knows which one counts"),
    example="3 术语和定义\n\n3.1\n\n门闩 bolt\n\n扣住门的部件。\n\n3.2\n\n门闩 latch\n\n门上的部件。\n\n4 门闩\n\n门闩应光滑。",
)
SAME_CLAUSE_TWICE = code_of(
    "same-clause-twice",
    Text("两条术语出自同一条", "Two terms from one clause"),
    Text("“{name}”和“{other}”都写来源是 {clause}", "`{name}` and `{other}` are both said to come from {clause}"),
    Text("核对来源，改正其中一处的条号", "look the sources up, and correct the number of one of them"),
    Text("一条术语条目只定义一个概念，两处之一必错", "an entry defines one concept: one of the two is wrong"),
    example="3 术语和定义\n\n3.1 门闩 bolt\n\n扣住门的部件。[来源：GB/T 12345—2020，3.2]\n\n"
    "3.2 门锁 lock\n\n锁住门的部件。[来源：GB/T 12345—2020，3.2]\n\n4 门闩和门锁\n\n门闩和门锁应光滑。",
)
_SOURCE = re.compile(
    r"[\[［【][^\]］】]{0,12}?((?:GB|ISO|IEC|[A-Z]{2,4}/)[^\]］】，,]{3,40})[，,]\s*(?:定义\s*)?(\d+(?:\.\d+)+)"
)


@dataclass(frozen=True)
class Term:
    """An entry of the chapter of terms: its name, where that stands, and the blocks of its definition."""

    name: str
    span: Span
    blocks: tuple[Block, ...]


def terms(draft: Draft) -> list[Term]:
    """The entries: a number with the term behind it or in the next line."""
    found_: list[Term] = []
    blocks = [b for b in draft.blocks if b.part is Part.TERMS and b.kind is not Kind.NOISE]
    for at, block in enumerate(blocks):
        if block.kind is not Kind.HEADING or block.depth < 2:
            continue
        stop = next((i for i in range(at + 1, len(blocks)) if blocks[i].kind is Kind.HEADING), len(blocks))
        named = block if block.text.strip() else next(iter(blocks[at + 1 : stop]), None)
        name = _name(named.text) if named else ""
        if named is not None and name:
            start = named.text.index(name)
            found_.append(Term(name, named.span(start, start + len(name)), tuple(blocks[at:stop])))
    return found_


def _name(text: str) -> str:
    """The preferred term: the Chinese ahead of the English, or the whole of an English line."""
    chinese = re.match(rf"\s*([{HAN}A-Z0-9][{HAN}A-Za-z0-9+/·-]*?)(?=\s+[A-Za-z(（]|[；;]|\s*$|[（(])", text)
    if chinese and re.search(f"[{HAN}]", chinese[1]):
        return chinese[1]
    plain = re.match(r"\s*([A-Za-z][A-Za-z -]{1,60}?)\s*$", text)
    return plain[1] if plain else ""


def term_not_used(draft: Draft) -> Iterator[Finding]:
    """Each term that stands in no other entry and nowhere in the body."""
    entries = terms(draft)
    kinds = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW, Kind.NOTE, Kind.HEADING, Kind.CAPTION)
    parts = (Part.BODY, Part.SCOPE, Part.ABBREVIATIONS)
    body = squeezed("\n".join(b.text for b in draft.blocks if b.kind in kinds and b.part in parts))
    texts = {t.name: squeezed("\n".join(b.text for b in t.blocks)) for t in entries}
    for term in entries:
        name = squeezed(term.name)
        if name not in body and not any(name in text for other, text in texts.items() if other != term.name):
            yield found(TERM_NOT_USED, term.span, name=term.name)


def term_twice(draft: Draft) -> Iterator[Finding]:
    """Each entry of a name that an earlier entry has."""
    first: dict[str, Term] = {}
    for term in terms(draft):
        before = first.setdefault(squeezed(term.name), term)
        if before is not term:
            label = Label(before.span, Text("前面的定义", "the entry before"))
            yield found(TERM_TWICE, term.span, label, name=term.name)


def same_clause_twice(draft: Draft) -> Iterator[Finding]:
    """Each entry whose source, clause and all, is that of an earlier entry."""
    first: dict[str, Term] = {}
    for term in terms(draft):
        for source in (m for b in term.blocks if (m := _SOURCE.search(b.text))):
            clause = f"{source[1].strip()}, {source[2]}"
            before = first.setdefault(squeezed(clause), term)
            if before is not term and before.name != term.name:
                label = Label(before.span, Text("另一条", "the other one"))
                arguments = {"name": term.name, "other": before.name, "clause": clause}
                yield found(SAME_CLAUSE_TWICE, term.span, label, **arguments)


RULES = (Rule(TERM_NOT_USED, term_not_used), Rule(TERM_TWICE, term_twice), Rule(SAME_CLAUSE_TWICE, same_clause_twice))
