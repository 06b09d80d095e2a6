"""Full-width letters and digits, and ranges whose unit stands behind the second number alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.units import unit_named
from guiju.draft.model import Block, Draft, Kind
from guiju.draft.quotations import is_quoted
from guiju.draft.rule import Edit, Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Argument, Severity, Text

FULL_WIDTH_CHARACTER = code_of(
    "full-width-character",
    Text("全角的字母、数字或百分号", "Full-width letters, digits or per cent signs"),
    Text(
        "全角的字母、数字或百分号有 {places} 处，第一处是“{quote}”",
        "full-width letters, digits or per cent signs stand in {places} place(s), first `{quote}`",
    ),
    Text("写“{instead}”", "write `{instead}`"),
    Text(
        "全角的“３０”和半角的“30”不是同样的字符：检索不到，读进程序也不是数",
        "full-width digits are other characters: they are not found by a search, and a program reads no number in them",
    ),
    example="5 门锁\n\n门锁的寿命应不少于３０年。",
)
UNIT_AT_ONE_END = code_of(
    "unit-at-one-end",
    Text("范围只在后一个数写了单位", "Range with a unit behind its second number alone"),
    Text("“{quote}”的前一个数没有单位", "the first number of `{quote}` has no unit"),
    Text("写“{instead}”", "write `{instead}`"),
    Text(
        "“3～5%”可以读成 3 到 5%；两端都写单位，就没有第二种读法",
        "`3–5%` can be read as 3 to 5 %; with the unit behind both numbers there is no second reading",
    ),
    example="5 门锁\n\n门锁应能在 5～25 ℃ 使用。",
    severity=Severity.NOTE,
)
_FULL = re.compile(r"[０-９Ａ-Ｚａ-ｚ％](?:[．０-９Ａ-Ｚａ-ｚ％]*[０-９Ａ-Ｚａ-ｚ％])?")
_HALF = {code: code - 0xFEE0 for code in (*range(ord("０"), ord("９") + 1), *range(ord("Ａ"), ord("ｚ") + 1))} | {
    ord("％"): "%",
    ord("．"): ".",
}
_RANGE = re.compile(
    r"(?<![\d.A-Za-z～~–-])(?P<first>[-+−]?\d+(?:\.\d+)?)\s?(?P<to>[～~–]|—)\s?"
    r"(?P<last>[-+−]?\d+(?:\.\d+)?)(?P<blank>\s?)(?P<unit>[%‰℃]|°C|[A-Za-zμµΩ][A-Za-z\d²³/μµΩ·()]*)"
)
#: ahead of a number that belongs to what stands there: 2×3, 10^3, 1:5, 1/5, √2
_CALCULATED = re.compile(r"(?:[×*/÷^·+±√∕⁄]|[乘除]以?|\d\s?[:：∶比]|(?<![A-Za-z])[xX])\s*$")


def full_width_character(draft: Draft) -> Iterator[Finding]:
    """One finding at the first of them; they are mended all at once."""
    found_ = [
        (block, characters)
        for block in draft.blocks
        if block.kind not in (Kind.NOISE, Kind.CONTENTS)
        for characters in _FULL.finditer(block.text)
    ]
    if not found_:
        return
    edits = []
    for block, characters in found_:
        span = block.span(*characters.span())
        is_plain = span.text == characters[0] and not is_quoted(block, characters.start())
        edits += [Edit(span, characters[0].translate(_HALF))] if is_plain else []
    first, quote = found_[0][0].span(*found_[0][1].span()), found_[0][1][0]
    arguments: dict[str, Argument] = {"places": len(found_), "quote": quote, "instead": quote.translate(_HALF)}
    yield found(FULL_WIDTH_CHARACTER, first, **arguments).mended_by(*edits)


def unit_at_one_end(draft: Draft) -> Iterator[Finding]:
    """Each such range; in brackets, `(5～25) ℃`, the unit stands for both."""
    for block in draft.blocks:
        if block.kind in (Kind.NOISE, Kind.CONTENTS):
            continue
        for range_ in _RANGE.finditer(block.text):
            known = unit_named(range_["unit"])
            is_unit = known is not None and (known.dimension or known.name == "%")
            if not is_unit or _CALCULATED.search(block.text, 0, range_.start()) or _is_subtracted(block, range_):
                continue
            instead = range_[0].replace(range_["first"], range_["first"] + range_["blank"] + range_["unit"], 1)
            span = block.span(*range_.span("first"))
            edits = (
                (Edit(span, range_["first"] + range_["blank"] + range_["unit"]),)
                if span.text == range_["first"] and not is_quoted(block, range_.start())
                else ()
            )
            arguments = {"quote": range_[0], "instead": instead}
            yield found(UNIT_AT_ONE_END, block.span(*range_.span()), **arguments).mended_by(*edits)


def _is_subtracted(block: Block, range_: re.Match[str]) -> bool:
    """Whether the sign of a range is that of a difference: 8 -3～5 m."""
    return range_[0][0] in "-+−" and block.text[: range_.start()].rstrip()[-1:].isalnum()


RULES = (Rule(FULL_WIDTH_CHARACTER, full_width_character), Rule(UNIT_AT_ONE_END, unit_at_one_end))
