"""以上, 以下, 左右 and over, about: bounds that do not say whether the number counts, or where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.model import Draft, Kind
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

AMBIGUOUS_BOUND = code_of(
    "ambiguous-bound",
    Text("界限不明确", "Bound in doubt"),
    Text("“{quote}”没有写明界限", "`{quote}` does not say where the bound lies"),
    Text("写“{instead}”", "write `{instead}`"),
    Text(
        "“2 种以上”是否含 2 种，“左右”差多少，人们看法不一；恰在界限上的对象就有两种结果",
        "whether “over 2” takes in 2, and how far “about” goes, is read either way: what lies on the bound has two outcomes",
    ),
    example="5.1 钥匙\n\na) 应有 2 把以上的钥匙；\nb) 每把应重约 20 g。",
)
_NUMBER = r"(?<!第 )(?<![第\d.—–~～-])(?:\d(?:[\d .]*\d)?|[一二两三四五六七八九十百千]+)"
_COUNTED = rf"(?P<value>{_NUMBER} ?[\u4e00-\u9fffA-Za-z%％‰℃°Ωμ/²³·]{{0,8}}?)\s?"
_MEASURED = r"(?P<value>\d(?:[\d .]*\d)? ?[A-Za-z%％‰℃μ°Ω\u4e00-\u9fff]{0,3})"
_IN_ENGLISH = r"(?P<value>\d[\d .,]*(?: ?[A-Za-z%]+)?)"
#: what is written, and what may be meant; nothing where it is clear
_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"{_COUNTED}(?:及以上|或以上|及以下|或以下)"), ()),
    (re.compile(rf"{_COUNTED}以上"), ("不少于 {value}", "多于 {value}")),
    (re.compile(rf"{_COUNTED}以下"), ("不多于 {value}", "少于 {value}")),
    (re.compile(rf"{_COUNTED}左右"), ("{value}±…",)),
    (re.compile(rf"(?:大约|(?<![制节预契大条集公特誓签相隐])约) ?{_MEASURED}"), ("{value}±…",)),
    (re.compile(rf"\b(?:over|upwards of) {_IN_ENGLISH}"), ("at least {value}", "more than {value}")),
    (re.compile(rf"\b(?:about|around|approximately|roughly|circa) {_IN_ENGLISH}"), ("{value} ± …",)),
)
_DEFINED = re.compile(r"[“\"]?以[上下][”\"]?[^。]{0,12}(?:均|都)?(?:含|包括|包含)本数")


def ambiguous_bound(draft: Draft) -> Iterator[Finding]:
    """Each such bound in the body; none where the draft says once that 以上 takes the number in."""
    if _DEFINED.search(draft.source.text):
        return
    for block in draft.requirements:
        if block.kind is Kind.PARAGRAPH and not draft.is_standard:
            continue
        taken: list[tuple[int, int]] = []
        for pattern, meant in _FORMS:
            for bound in pattern.finditer(block.text):
                start, end = bound.span()
                if any(start < b and end > a for a, b in taken):
                    continue
                taken.append((start, end))
                if meant:
                    words = [text.format(value=bound["value"].strip(" ,.")) for text in meant]
                    instead = Text("”或“".join(words), "` or `".join(words))
                    yield found(AMBIGUOUS_BOUND, block.span(start, end), quote=bound[0].strip(" ,."), instead=instead)


RULE = Rule(AMBIGUOUS_BOUND, ambiguous_bound)
