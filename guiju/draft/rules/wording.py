"""Words that differ or say too little: 本标准 beside 本文件, 足够 and 适当, 和/或."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.modals import Modality, modals
from guiju.draft.model import Draft, Kind, Part
from guiju.draft.quotations import is_quoted
from guiju.draft.rule import Edit, Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Severity, Text

DOCUMENT_NAMED_OTHERWISE = code_of(
    "document-named-otherwise",
    Text("文件自称不一", "Document that calls itself by two names"),
    Text("这里自称“{name}”，别处自称“{usual}”", "here it calls itself `{name}`, elsewhere `{usual}`"),
    Text("都写“本文件”", "write 本文件 throughout"),
    Text(
        "GB/T 1.1—2020 起自称“本文件”；两种写法并存，是新旧稿拼接的痕迹",
        "since GB/T 1.1—2020 it is 本文件; both beside each other show that an old text was joined to a new one",
    ),
    example="前 言\n\n本文件由门锁委员会提出。\n\n1 范围\n\n本标准规定了门锁。",
)
VAGUE_WORD = code_of(
    "vague-word",
    Text("要求没有尺度", "Requirement without a measure"),
    Text("“{word}”没有尺度，无法判断是否满足", "`{word}` has no measure: whether it is satisfied cannot be told"),
    Text(
        "写出数值、可查验的条件，或所依据的标准",
        "give a value, a condition that can be checked, or the standard that says it",
    ),
    Text(
        "没有尺度的要求，两位评价人会有两个结论", "of a requirement without a measure two assessors have two verdicts"
    ),
    example="5 门锁\n\na) 门锁应足够牢固；\nb) 应及时上油。",
    severity=Severity.NOTE,
)
AND_OR = code_of(
    "and-or",
    Text("和/或", "And/or"),
    Text("“{quote}”没有写明是都要还是任选", "`{quote}` does not say whether all or any are meant"),
    Text("写“和”“或”，或“至少一种”", "write and, or, or at least one of"),
    Text("都要还是任选，决定是否满足", "whether all or any are meant decides whether it is satisfied"),
    example="5 门锁\n\n应有锁体和/或门闩。",
    severity=Severity.NOTE,
)
PLACEHOLDER = code_of(
    "placeholder",
    Text("还没有填的地方", "Place that is still to be filled"),
    Text("“{quote}”还没有填", "`{quote}` is still to be filled"),
    Text("填上，或删去", "fill it in, or leave it out"),
    Text("发布稿里不该有占位的字", "what is published must not have places left open"),
    example="5 门锁\n\na) 寿命不少于 XXX 次；\nb) 颜色待定。",
    severity=Severity.NOTE,
)
_OPEN = re.compile(r"[Xx×]{3,}(?:\s*[-—]\s*[Xx×]{2,})*|待定|待补充|\bTBD\b|\bTODO\b|\bTBC\b")
#: none in 样本标准差, 日本标准, 文本文件
_SELF = re.compile(
    r"(?<![日基样版文脚副原译课读剧书单成])本(?:标准|文件|规范|指南)(?!化|差|偏差|物质|样品|试样|溶液|大气|曲线)"
)
_VAGUE = re.compile(
    r"足够|适当|合理|及时|尽量|尽可能|良好|较高|较低|较好|较为|相当|充分|必要的?时|若干|一定的?|高效|快速|灵活|"
    r"\b(?:sufficient(?:ly)?|adequate(?:ly)?|appropriate(?:ly)?|reasonabl[ey]|timely|as far as possible|suitabl[ey]|several|user-friendly)\b"
)
_AND_OR = re.compile(r"和/或|与/或|及/或|\band/or\b")


def document_named_otherwise(draft: Draft) -> Iterator[Finding]:
    """Each 本标准 where 本文件 is said as well; in a quotation it is another document that speaks, or the word itself is meant."""
    named = [(b, m) for b in draft.blocks if b.part is not Part.CONTENTS for m in _SELF.finditer(b.text)]
    files = [(b, m) for b, m in named if m[0] == "本文件"]
    if not files or not draft.is_standard:
        return
    label = Label(files[0][0].span(*files[0][1].span()), Text("别处", "elsewhere"))
    for block, name in named:
        if name[0] == "本标准" and not is_quoted(block, name.start()):
            span = block.span(*name.span())
            edits = (Edit(span, "本文件"),) if span.text == name[0] else ()
            yield found(DOCUMENT_NAMED_OTHERWISE, span, label, name=name[0], usual="本文件").mended_by(*edits)


def vague_word(draft: Draft) -> Iterator[Finding]:
    """Each such word of an item, or of a paragraph that says shall, should or may."""
    for block in draft.requirements:
        if block.kind is Kind.ITEM or (block.kind is Kind.PARAGRAPH and _asks(block.text)):
            for word in _VAGUE.finditer(block.text):
                yield found(VAGUE_WORD, block.span(*word.span()), word=word[0])


def _asks(text: str) -> bool:
    return any(modal.modality is not Modality.CAPABILITY for modal in modals(text))


def and_or(draft: Draft) -> Iterator[Finding]:
    """Each one in the body."""
    for block in draft.requirements:
        for words in _AND_OR.finditer(block.text):
            yield found(AND_OR, block.span(*words.span()), quote=words[0])


def placeholder(draft: Draft) -> Iterator[Finding]:
    """Each one, wherever it stands."""
    for block in draft.blocks:
        for words in _OPEN.finditer(block.text):
            yield found(PLACEHOLDER, block.span(*words.span()), quote=words[0])


RULES = (
    Rule(DOCUMENT_NAMED_OTHERWISE, document_named_otherwise),
    Rule(VAGUE_WORD, vague_word),
    Rule(AND_OR, and_or),
    Rule(PLACEHOLDER, placeholder),
)
