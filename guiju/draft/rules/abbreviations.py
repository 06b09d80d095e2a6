"""Abbreviations that are used and not explained, and those that are explained and not used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.lexicon import NO_ABBREVIATIONS
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Severity, Text
from guiju.dsl.source import Span

ABBREVIATION_NOT_EXPLAINED = code_of(
    "abbreviation-not-explained",
    Text("缩略语没有说明", "Abbreviation that is not explained"),
    Text(
        "“{name}”没有列入缩略语，首次出现时也没有写全称",
        "`{name}` is neither listed nor written out where it first stands",
    ),
    Text(
        "列入“缩略语”一章，或首次出现时写出全称",
        "list it among the abbreviations, or write it out where it first stands",
    ),
    Text("同样的字母在不同行业是不同的东西", "the same letters are different things in different trades"),
    example="4 缩略语\n\nKEY：钥匙编号（Key Identifier）\n\n5 门锁\n\n门锁应支持 KEY 和 NFC。",
    severity=Severity.NOTE,
)
ABBREVIATION_NOT_USED = code_of(
    "abbreviation-not-used",
    Text("列出的缩略语没有用到", "Abbreviation that is not used"),
    Text("缩略语“{name}”在正文里没有用到", "the abbreviation `{name}` is used nowhere in the text"),
    Text("删去它，或在正文里用它", "leave it out, or use it"),
    Text(
        "读者会去找它用在哪里，往往是正文改了而表没有改",
        "readers look for where it is used; mostly the text was changed and the list was not",
    ),
    example="4 缩略语\n\nKEY：钥匙编号（Key Identifier）\n\n5 门锁\n\n门锁应能从里面打开。",
)
#: capitals, perhaps with digits or small letters inside: CPU, FP16, IPv6, mAP, LoRA; no part of PM2.5
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_./\\@-])(?:[A-Z]{2,}\d*[a-z]?|[A-Z][a-z][A-Z]+|[A-Z]{2,}[a-z][A-Z]+|[A-Z]+\d+[A-Z]+|[a-z][A-Z]{2,})(?![A-Za-z0-9_@]|\.\d)"
)
_ENTRY = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9&/+.\- ]{0,20}?)\s*(?:[:：—–\t]|-{1,2}\s)")
_PLACES = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW, Kind.NOTE)


def abbreviation_not_explained(draft: Draft) -> Iterator[Finding]:
    """Each one in the body or the terms; a single finding where the draft has no list of abbreviations."""
    if not draft.is_standard:
        return
    entries = _listed(draft)
    places = list(_not_explained(draft, {name for name, _ in entries}))
    if entries:
        for name, span in places:
            yield found(ABBREVIATION_NOT_EXPLAINED, span, name=name)
    elif places:
        labels = (Label(span, Text(name, name)) for name, span in places[1:])
        names = [name for name, _ in places]
        yield found(ABBREVIATION_NOT_EXPLAINED, places[0][1], *labels, name=Text("、".join(names), ", ".join(names)))


def _not_explained(draft: Draft, known: set[str]) -> Iterator[tuple[str, Span]]:
    """Each such abbreviation, with the first place where it stands."""
    seen: set[str] = set()
    for block in draft.blocks:
        if block.kind not in _PLACES or block.part not in (Part.BODY, Part.TERMS):
            continue
        for token in _TOKEN.finditer(block.text):
            name = token[0]
            if name in seen or name in known or name in NO_ABBREVIATIONS or _is_symbol(block.text, token):
                continue
            seen.add(name)
            if not _explained(draft, name):
                yield name, block.span(*token.span())


def abbreviation_not_used(draft: Draft) -> Iterator[Finding]:
    """Each entry of the list that stands nowhere else."""
    kinds = (*_PLACES, Kind.HEADING, Kind.CAPTION)
    blocks = [b for b in draft.blocks if b.kind in kinds and b.part not in (Part.ABBREVIATIONS, Part.CONTENTS)]
    text = "\n".join(b.text for b in blocks)
    for name, block in _listed(draft):
        if not re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z])", text):
            at = block.text.index(name)
            yield found(ABBREVIATION_NOT_USED, block.span(at, at + len(name)), name=name)


def _listed(draft: Draft) -> list[tuple[str, Block]]:
    kinds = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
    entries = [b for b in draft.blocks if b.part is Part.ABBREVIATIONS and b.kind in kinds]
    return [(m[1].strip(), b) for b in entries if (m := _ENTRY.match(b.text))]


def _explained(draft: Draft, name: str) -> bool:
    """Whether it is written out anywhere: ABC（全称）, 全称（ABC）, 以下简称ABC."""
    quoted = re.escape(name)
    inside = rf"[（(](?:[^（）()]{{0,40}}[,，：: ])?(?:简称|以下简称|即)?[“\"]?{quoted}[”\"]?(?:[,，][^（）()]{{0,40}})?[）)]"
    return (
        re.search(rf"{inside}|{quoted} ?[（(][A-Za-z\u4e00-\u9fff][^（）()]{{3,80}}[）)]", draft.source.text)
        is not None
    )


def _is_symbol(text: str, token: re.Match[str]) -> bool:
    """Whether it is part of a number of a document or of a formula."""
    behind = text[token.end() : token.end() + 2]
    return bool(re.match(r"/[TZ]|[ -]?\d{4}|=|_\{", behind)) or "$" in text[: token.start()]


RULES = (
    Rule(ABBREVIATION_NOT_EXPLAINED, abbreviation_not_explained),
    Rule(ABBREVIATION_NOT_USED, abbreviation_not_used),
)
