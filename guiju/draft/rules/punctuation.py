"""Half- and full-width punctuation mixed, brackets that do not match, dashes in the numbers of standards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.forms import DESIGNATION, HAN
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.quotations import is_quoted
from guiju.draft.rule import Edit, Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Argument, Text
from guiju.dsl.source import Span

MIXED_PUNCTUATION = code_of(
    "mixed-punctuation",
    Text("全角和半角标点混用", "Full- and half-width punctuation mixed"),
    Text(
        "中文里半角“{half}”用了 {halves} 处，全角“{full}”用了 {fulls} 处",
        "in Chinese text half-width `{half}` stands {halves} time(s), full-width `{full}` {fulls}",
    ),
    Text("中文里都用全角“{full}”", "use full-width `{full}` throughout Chinese text"),
    Text(
        "同一份文件两种标点，检索和比对时同一句话会被当作两句",
        "with two kinds of marks one sentence counts as two where texts are searched and compared",
    ),
    example="5 门锁\n\na) 门锁应光滑,没有毛刺；\nb) 钥匙应有编号，刻在正面。",
)
UNEQUAL_BRACKETS = code_of(
    "unequal-brackets",
    Text("括号不成对", "Brackets that do not match"),
    Text("“{open}”没有与之成对的括号", "`{open}` has no bracket to match it"),
    Text("补上另一半，两半用同一种宽度", "add the other half, of the same width"),
    Text("插入的话到哪里为止，读者看不出", "where the insertion ends cannot be seen"),
    example="5 门锁\n\na) 门锁（含钥匙)应光滑；\nb) 应有编号（见铭牌。",
)
DESIGNATION_DASH = code_of(
    "designation-dash",
    Text("标准编号用了短横线", "Hyphen in the number of a standard"),
    Text("“{quote}”的年号前用“—”", "the year in `{quote}` takes a dash of its own"),
    Text("写“{instead}”", "write `{instead}`"),
    Text(
        "国家标准和团体标准的编号与年号之间用一字线；写法不一，检索不到",
        "numbers of Chinese standards join the year by an em dash; written otherwise they are not found",
    ),
    example="5 门锁\n\n门锁应符合 GB/T 12345-2020。",
)
_PAIRS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF = re.compile(rf"(?<=[{HAN}”」》）)])\s?([,;:?!])(?=\s*(?:[{HAN}“「《]|$))")
_BRACKETS = {"(": ")", "（": "）", "【": "】", "《": "》"}
_CLOSING = {v: k for k, v in _BRACKETS.items()}
_BRACKETED = (Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE, Kind.ROW, Kind.CAPTION)
_MARK = re.compile(r"(?<![A-Za-z0-9])(?:[a-z]|\d{1,2})$")  # of a), b) 1): a bracket that nothing has to open
_CHINESE_STANDARDS = re.compile(r"(?:GB|GJB|DB|T/|[A-Z]{2,3}/[TZ]$|(?:YD|SJ|JR|GA|YY|HJ|DL|JT|CJ|MH|AQ|TB)$)")


def mixed_punctuation(draft: Draft) -> Iterator[Finding]:
    """One finding a mark, where both widths stand in Chinese text; it is mended at all places at once."""
    places: dict[str, list[tuple[Span, bool]]] = {}
    fulls = dict.fromkeys(_PAIRS, 0)
    for block in draft.blocks:
        if block.kind in (Kind.NOISE, Kind.CONTENTS):
            continue
        for half, full in _PAIRS.items():
            fulls[half] += block.text.count(full)
        for mark in _HALF.finditer(block.text):
            place = block.span(*mark.span(1)), is_quoted(block, mark.start(1))
            places.setdefault(mark[1], []).append(place)
    for half, spans in places.items():
        if fulls[half]:
            edits = tuple(Edit(span, _PAIRS[half]) for span, quoted in spans if not quoted)
            arguments: dict[str, Argument] = {
                "half": half,
                "full": _PAIRS[half],
                "halves": len(spans),
                "fulls": fulls[half],
            }
            yield found(MIXED_PUNCTUATION, spans[0][0], **arguments).mended_by(*edits)


def unequal_brackets(draft: Draft) -> Iterator[Finding]:
    """Each bracket of a block that is never closed, or closed in another width."""
    for block in draft.blocks:
        if block.kind in _BRACKETED and "$" not in block.text:
            for at in _unmatched(block):
                yield found(UNEQUAL_BRACKETS, block.span(at, at + 1), open=block.text[at])


def _unmatched(block: Block) -> list[int]:
    """What has no other half, whether the brackets of marks such as a) and b) 1) close something or not."""
    return sorted(_open_or_stray(block.text, marks_close=True) & _open_or_stray(block.text, marks_close=False))


def _open_or_stray(text: str, *, marks_close: bool) -> set[int]:
    open_: list[int] = []
    unmatched: list[int] = []
    for at, char in enumerate(text):
        if char in _BRACKETS:
            open_.append(at)
        elif char in _CLOSING:
            is_mark = char in ")）" and _MARK.search(text, max(0, at - 3), at) is not None
            if is_mark and not marks_close:
                continue
            if open_ and text[open_[-1]] == _CLOSING[char]:
                open_.pop()
            elif open_ and {text[open_[-1]], _CLOSING[char]} == {"(", "（"}:
                unmatched.append(open_.pop())
            elif not is_mark:
                unmatched.append(at)
    return {*unmatched, *open_}


def designation_dash(draft: Draft) -> Iterator[Finding]:
    """Each Chinese standard whose year stands behind another sign than the em dash."""
    for block in draft.blocks:
        for name in DESIGNATION.finditer(block.text):
            if name[3] in ("-", "–") and _CHINESE_STANDARDS.match(name[1]) and block.part is not Part.CONTENTS:
                sign = block.span(*name.span(3))
                instead = f"{name[0][: name.start(3) - name.start()]}—{name[4]}"
                arguments = {"quote": name[0], "instead": instead}
                edits = () if is_quoted(block, name.start()) else (Edit(sign, "—"),)
                yield found(DESIGNATION_DASH, block.span(*name.span()), **arguments).mended_by(*edits)


RULES = (
    Rule(MIXED_PUNCTUATION, mixed_punctuation),
    Rule(UNEQUAL_BRACKETS, unequal_brackets),
    Rule(DESIGNATION_DASH, designation_dash),
)
