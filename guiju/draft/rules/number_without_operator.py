"""A number with a unit that nothing compares, and a comparison whose number has no unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from guiju.compiler.lexicon import COMPARING
from guiju.compiler.units import units
from guiju.draft.model import Draft, Kind
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

NUMBER_WITHOUT_OPERATOR = code_of(
    "number-without-operator",
    Text("数值没有比较词", "Number that nothing compares"),
    Text(
        "“{quote}”没有写明是下限、上限还是定值", "`{quote}` is neither called a minimum, nor a maximum, nor the value"
    ),
    Text("写“不小于”“不大于”或“为”", "say at least, at most or equal to"),
    Text(
        "更大的值是否也满足，各人读法不同；机器更无从判断",
        "whether a larger value satisfies it is read either way, and no program can tell",
    ),
    example="5.1 钥匙\n\na) 钥匙应有 20 g 的质量；\nb) 门锁应光滑。",
)
NUMBER_WITHOUT_UNIT = code_of(
    "number-without-unit",
    Text("数值没有单位", "Number without a unit"),
    Text("“{quote}”没有单位，也没有量词", "`{quote}` has no unit, and does not say what is counted"),
    Text("写上单位或量词；比值写“%”或“1”", "give it a unit, or say what is counted; a ratio takes % or 1"),
    Text("没有单位的数，两个人量出来不是一个数", "a number without a unit is not the same number to two who measure"),
    example="5.1 钥匙\n\na) 门锁应光滑；\nb) 寿命应不低于 10。",
)
#: beside a number: it is the value, an approximate one, or one of time that steps of a test name
_NAMED = "[：:/]|为|是|约|每|至|到|按|间隔|周期|运行|持续|采样|后|前|内|\\bis\\b|\\bare\\b|every|about|around|approximately|after|for"
#: ahead of the number of a clause, behind which stands an item: 符合 2.1 h 的规定
_REFERS = re.compile(r"(?:见|按照?|依据|根据|符合|满足|执行|\b(?:in|see|to|with|of|by|from|meets?|under)) ?第? ?$")
_COMPARED = re.compile(
    r"(?:应(?:当|该)?[为是]|等于|\b(?:shall be|equals?(?: to)?)\b|不低于|不小于|不少于|不大于|不多于|不高于|不超过|大于|小于|低于|高于|至少|至多"
    r"|\b(?:not exceed(?:ing)?|at least|at most|(?:more|less|greater|fewer) than)\b) ?(?P<number>\d+(?:\.\d+)?)(?=[。；;，,]|\.?$)"
)
#: what is counted, or has no unit, where it stands ahead of a number in the same clause: 钥匙数, 版本, the number of keys
_WITHOUT_UNIT = re.compile(
    r"数(?![值据字码])|版本|编号|序号|号|码|等级|级别|系数|指数|比[值例率]?|端口|标志|取值|[pP][hH]值?|折射率|密度"
    r"|\b(?:number|count|version|level|grade|class|port|ratio|factor|index|value|code)s?\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[，,；;。：:]")
_NEAR = 14  # characters ahead of a number in which a comparison is looked for


@cache
def _measured() -> re.Pattern[str]:
    """A number with a unit; in `2 A 级` there is none, and `2.1 h)` is an item of a clause."""
    signs = {sign for unit in units() if unit.dimension or unit.name == "%" for sign in (unit.name, *unit.aliases)}
    longest = sorted((re.escape(sign) for sign in signs if sign < "\u3000"), key=lambda sign: (-len(sign), sign))
    return re.compile(
        r"(?<![\dA-Za-z.—–/-])\d(?:[\d ]*\d)?(?:\.\d+)? ?"
        rf"(?:{'|'.join(longest)}|GE|％)(?![A-Za-z0-9/)）]|\s?[级类型区号项])"
    )


def number_without_operator(draft: Draft) -> Iterator[Finding]:
    """The first such number of each item."""
    clauses = {heading.mark for heading in draft.headings}
    for block in draft.requirements:
        if block.kind is not Kind.ITEM or COMPARING.search(block.text):
            continue
        for number in _measured().finditer(block.text):
            ahead, behind = block.text[max(0, number.start() - _NEAR) : number.start()], block.text[number.end() :][:4]
            around = f"{ahead} {behind}"  # without its unit: the stroke of mg/L names nothing
            is_clause = _REFERS.search(ahead) and number[0].rstrip("abcdefghijklmnopqrstuvwxyz ") in clauses
            if not is_clause and not re.search(_NAMED, around) and not _in_brackets(block.text, number.start()):
                yield found(NUMBER_WITHOUT_OPERATOR, block.span(*number.span()), quote=number[0])
                break


def number_without_unit(draft: Draft) -> Iterator[Finding]:
    """Each comparison in an item that ends with its number."""
    for block in draft.requirements:
        if block.kind is Kind.ITEM:
            for number in _COMPARED.finditer(block.text):
                ahead = _CLAUSE_END.split(block.text[: number.start()])[-1]
                if number["number"] not in ("0", "1") and not _WITHOUT_UNIT.search(ahead):
                    yield found(NUMBER_WITHOUT_UNIT, block.span(*number.span()), quote=number[0])


def _in_brackets(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


RULES = (Rule(NUMBER_WITHOUT_OPERATOR, number_without_operator), Rule(NUMBER_WITHOUT_UNIT, number_without_unit))
