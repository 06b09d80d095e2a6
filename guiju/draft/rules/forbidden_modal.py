"""必须, 不得, 应当 … and must, have to …: words that ask for something, and are not the modals of a standard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.modals import modals
from guiju.draft.model import Draft
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

FORBIDDEN_MODAL = code_of(
    "forbidden-modal",
    Text("不是标准的能愿动词", "No modal of a standard"),
    Text("“{word}”不是标准用的能愿动词", "`{word}` is none of the modals that a standard uses"),
    Text("写“{instead}”", "write `{instead}`"),
    Text(
        "要求只用“应”“不应”，推荐用“宜”，允许用“可”：用别的词，读者分不清是本文件的要求，还是法律或事实使然",
        "a standard requires by `shall`, recommends by `should`, permits by `may`: by other words a reader cannot tell a "
        "requirement of the document from what the law or the facts impose",
    ),
    example="5.1 门锁\n\na) 门锁必须能从里面打开；\nb) 钥匙应有编号。",
)
_INSTEAD = {
    "必须": "应",
    "须": "应",
    "务必": "应",
    "不得不": "应",
    "应该": "应",
    "应当": "应",
    "不应该": "不应",
    "不应当": "不应",
    "不得": "不应",
    "不准": "不应",
    "严禁": "不应",
    "禁止": "不应",
    "must": "shall",
    "must not": "shall not",
    "has to": "shall",
    "have to": "shall",
    "is required to": "shall",
    "are required to": "shall",
    "is to be": "shall be",
    "are to be": "shall be",
    "ought to": "should",
    "不允许": "不应",
    "不可以": "不应",
    "需": "应",
    "需要": "应",
    "may not": "shall not` or `need not",
    "needs to": "shall",
    "need to": "shall",
}
WORDS = re.compile(
    r"不得不|(?<!所)必须(?!的)|务必|不应该|不应当|(?<!不)应该|(?<!不)应当|不得(?!不|已|而知|以)|不准(?!确)|严禁|(?<!违规)禁止(?=[\u4e00-\u9fff]{2})"
    r"|(?<![必无毋务勿胡急莫赖些])须(?![知臾要根髯后眉])"
    r"|不允许(?!的)|不可以"
    r"|(?<![所必急按供刚内军特无不如若当确因凡视只仅的对为将把有和及])需(?:要(?=[\u4e00-\u9fff]))?(?![求要方量氧用电水热的时])"
    r"|(?<!or )\bmay not\b|(?<!not )(?<!if )(?<!as )\bneeds? to\b"
    r"|\bmust(?: not)?\b|\b(?:has|have) to\b|\b(?:is|are) required to\b|\b(?:is|are) to be\b|\bought to\b",
)
_RFC = re.compile(r"\bRFC ?(?:2119|8174)\b")  # a draft that says so has modals of its own, MUST among them
_NEED = ("需", "need")  # what is needed for something is a fact, too: told only where nothing else asks
_SENTENCE_END = re.compile(r"[。；;]|\.(?=\s)")
_DESCRIBES = re.compile(r"\b(?:if|when|where|as|who|which|that|what)\b")
_NEEDED = re.compile(r"所必须|必须(?=的)")


def forbidden_modal(draft: Draft) -> Iterator[Finding]:
    """Each such word in an item or a paragraph of the body of a standard; elsewhere nothing is required."""
    if _RFC.search(draft.source.text) or (
        not draft.is_standard and not any(h.mark[:1].isdigit() for h in draft.headings)
    ):
        return
    for block in draft.requirements:
        for word in WORDS.finditer(block.text):
            if word[0].startswith(_NEED) and _is_asked_beside(block.text, word.start()):
                continue
            instead = _INSTEAD[word[0]]
            yield found(FORBIDDEN_MODAL, block.span(*word.span()), word=word[0], instead=instead)
        for word in _NEEDED.finditer(block.text):
            span = block.span(*word.span())
            yield found(FORBIDDEN_MODAL, span, word=word[0], instead=word[0].replace("必须", "必需"))


def _is_asked_beside(text: str, at: int) -> bool:
    """Whether the sentence has a modal as well: of `需备份的数据应加密` only that one asks for anything.

    What something needs to be `if` or `which` is described, too.
    """
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, at)), default=0)
    end = _SENTENCE_END.search(text, at)
    is_described = _DESCRIBES.search(text, start, at) is not None
    return is_described or bool(modals(text[start : end.start() if end else len(text)]))


RULE = Rule(FORBIDDEN_MODAL, forbidden_modal)
