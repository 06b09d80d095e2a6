"""A defined term with one character changed: 电量利用效率 where 电能利用效率 is defined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.forms import HAN
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.draft.rules.terms import Term, terms
from guiju.dsl.diagnostic import Label, Severity, Text

TERM_VARIED = code_of(
    "term-varied",
    Text("术语有一个字不同", "Term with one character changed"),
    Text("这里是“{said}”，定义的术语是“{name}”", "this says `{said}`, the defined term is `{name}`"),
    Text(
        "写“{name}”；若是另一个概念，也给它定义", "write `{name}`, or define the other one where it is another concept"
    ),
    Text("一个概念两个名称，读者会以为是两样东西", "under two names one concept seems to be two"),
    example="3 术语和定义\n\n3.1\n\n门锁开启力矩 torque\n\n转动钥匙所用的力矩。\n\n4 门锁\n\n"
    "门锁开启力矩应不大于 2 N·m，门锁开闭力矩应逐把测量。",
    severity=Severity.NOTE,
)
_SHORTEST = 5  # characters of a term; of shorter ones another character mostly makes another word
_KINDS = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW, Kind.NOTE, Kind.HEADING, Kind.CAPTION)
_PARTS = (Part.SCOPE, Part.TERMS, Part.ABBREVIATIONS, Part.BODY)


def term_varied(draft: Draft) -> Iterator[Finding]:
    """Each place in which one character inside a term is another; words that begin or end otherwise are other words."""
    entries = terms(draft)
    long = [t for t in entries if len(t.name) >= _SHORTEST and re.fullmatch(f"[{HAN}]+", t.name)]
    names = {t.name for t in entries}
    for block in draft.blocks if long else ():
        if block.kind in _KINDS and block.part in _PARTS:
            first: dict[int, Finding] = {}  # of terms that are alike, one at a place
            for finding in (f for term in long for f in _varied(block, term, names)):
                first.setdefault(finding.diagnostic.span.start, finding)
            yield from first.values()


def _varied(block: Block, term: Term, names: set[str]) -> Iterator[Finding]:
    name, text = term.name, block.text
    pattern = re.compile(rf"(?={re.escape(name[0])}[{HAN}]{{{len(name) - 2}}}{re.escape(name[-1])})")
    for place in pattern.finditer(text):
        at = place.start()
        said = text[at : at + len(name)]
        differing = sum(a != b for a, b in zip(said, name, strict=True))
        if differing == 1 and said not in names and not any(said in other for other in names):
            label = Label(term.span, Text("定义", "the definition"))
            yield found(TERM_VARIED, block.span(at, at + len(name)), label, said=said, name=name)


RULE = Rule(TERM_VARIED, term_varied)
