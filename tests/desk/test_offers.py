"""The law of completion: whatever is offered can stand there, and what stands there is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from guiju.compiler.codes import CIRCULAR
from guiju.desk.completion import completion
from guiju.desk.desk import Written, read_desk
from guiju.dsl.kept import KeptLines
from tests.project.repository import ROOT

PLACE = "‸"
POLICY = """标准 demo-1 "示范 1"
  状态 草案
分组 域 > 节
等级
  一级
  二级
输入 规模 : 取值 大 | 小
输入 类型 : 取值 店 | 铺
事实 照度 : lx
事实 亮度 : klx
事实 人手 : 个数
事实 面积 : 平方米
事实 有证 : 是否
事实 室温 : ℃
事实 媒介 : 集合 电话 | 邮件
令 亮 = 照度 > 300 lx
令 总 = 照度 * 2
域 4 "一"
节 4.1 "门店"
  a) "甲" 照度 >= 300 lx
  b) "乙" 规模 = 大
  c) 应 "丙" 查验 适用 当 有证
节 4.2 "后场"
  a) "丁" 查验
归属
  节 | 一级 | 二级
  4.1 | a) | 全部
  4.2 | 全部 | 全部
得分 节分 属于 各 节 各级 = 占比 条款 满足
得分 A 各级 = 平均 节分 于 各 节
权重
  规模 | 4.1 | 4.2
  大 | 50% | 50%
  小 | 40% | 60%
定级 结论 按 A
  一级 | A >= 50%
  否则 | 无
读法 何解 "何解"
  默认 宽 "宽" : 不变
  或 严 "严" : 条款 4.1 c) 宜
示例 "一"
  给定 类型 = 店, 规模 = 大
  期望 结论 = 一级
"""
#: a part of the policy, and what is typed instead of it
TYPED = (
    *(("照度 >= 300 lx", typed) for typed in ("照度 ≥ ‸", "照度 >= 300 ‸", "照度 + ‸ > 3 lx", "人手 * ‸ > 3", "‸")),
    *(("照度 >= 300 lx", typed) for typed in ("照度 > 2 * (亮度 + ‸)", "照度 > 3 lx 且 非 ‸", "‸ >= 300 lx")),
    *(("照度 >= 300 lx", typed) for typed in ("总 >= 300 ‸", "有证 = ‸", "电话 属于 ‸", "‸ 属于 媒介", "室温 > ‸")),
    *(('"乙" 规模 = 大', typed) for typed in ('"乙" 规模 ≠ ‸', '"乙" 类型 = ‸', '"乙" (规模 = 大 且 ‸)')),
    *(("当 有证", typed) for typed in ("当 ‸", "当 照度 > 3 lx 或 ‸")),
    *(("照度 * 2", typed) for typed in ("照度 - ‸", "‸ / 2", "照度 * ‸")),
    *(("节 | 一级 | 二级", typed) for typed in ("‸ | 一级 | 二级", "节 | ‸ | 二级")),
    *(("4.2 | 全部 | 全部", typed) for typed in ("‸ | 全部 | 全部", "4.2 | ‸ | 全部")),
    ("规模 | 4.1 | 4.2", "规模 | ‸ | 4.2"),
    *(("小 | 40% | 60%", typed) for typed in ("‸ | 40% | 60%", "小 | ‸ | 60%")),
    *(("平均 节分 于", typed) for typed in ("平均 ‸ 于", "求和 ‸ * 2 于")),
    *(("A >= 50%", typed) for typed in ("A >= ‸", "A >= 50% 且 ‸", "‸")),
    *(("否则 | 无", typed) for typed in ("否则 | ‸", "‸ | 无")),
    *(
        ("条款 4.1 c) 宜", typed)
        for typed in ("归属 ‸ 一级 = 全部", "权重 ‸ = 50% | 50%", "条款 ‸ 宜", "定级 ‸ = A > 3")
    ),
    *(
        ("类型 = 店, 规模 = 大", typed)
        for typed in ("规模 = ‸", "‸", "照度 = ‸", "有证 = ‸", "媒介 = 电话 | ‸", "读法 ‸")
    ),
    ("类型 = 店, 规模 = 大", "读法 何解 = ‸"),
    *(("结论 = 一级", typed) for typed in ("结论 = ‸", "‸", "规模 = ‸", "A 在 ‸")),
)
#: what a candidate may be completed with
_REST = (
    *("", " > 0", " > 0 lx", " > 0 平方米", " > 0 ℃", " = 大", " = 店", " = 一级", " 在 一级 > 0", " 在 一级", " 满足"),
    *(
        " 条款 满足",
        " 条款 满足 > 0",
        " 3 条款 满足",
        " 照度",
        " 照度 > 3 lx",
        " 节分 在 一级 于 各 节",
        " 有证",
        " 4.1 a)",
    ),
    *(
        " 节分 在 一级 于 各 节 > 0",
        " 节 得 50% 在 一级",
        " = 是",
        " = 3",
        " = 3 lx",
        " = 3 平方米",
        " = 电话",
        " = 3 ℃",
        " 何解 = 严",
    ),
    *(" 节分 于 各 节", " 节分 于 各 节 > 0", " 表 1"),
)


def mistakes(text: str, kept: KeptLines) -> Counter[str]:
    """The errors of a text, but for a clause that stands on a score that stands on it: that is no matter of types."""
    found = read_desk(Written("a.guiju", text), kept).diagnostics
    return Counter(d.code.name for d in found if d.is_error and d.code is not CIRCULAR)


def test_the_policy_is_without_a_mistake() -> None:
    assert not mistakes(POLICY, KeptLines())


#: places where a condition begins, which nearly everything can
_OPEN = ("非 ‸", "且 ‸", "或 ‸", "当 ‸", "且 ‸)")


def _each() -> Iterator[Any]:
    for part, typed in TYPED:
        marks = [pytest.mark.slow] if typed == PLACE or typed.endswith(_OPEN) else []
        yield pytest.param(part, typed, id=f"{part} {typed}", marks=marks)


@pytest.mark.parametrize(("part", "typed"), tuple(_each()))
def test_whatever_is_offered_can_stand_there(part: str, typed: str) -> None:
    assert POLICY.count(part) == 1
    text, kept = POLICY.replace(part, typed), KeptLines()
    offset, text = text.index(PLACE), text.replace(PLACE, "")
    offers = completion(read_desk(Written("a.guiju", text), kept), offset, "zh")
    before = mistakes(text, kept)
    begun, behind = text[: offers.span.start], text[offset:]
    wrong = [
        offer.text
        for offer in offers.offers
        if all(mistakes(f"{begun}{offer.text}{rest}{behind}", kept) - before for rest in _REST)
    ]
    assert offers.offers or typed == "照度 = ‸"
    assert wrong == []


#: lines and cells whose names speak of what is declared elsewhere
_SPEAKING = (
    "clause_line",
    "row_line",
    "expr_cell",
    "weight_cell",
    "name_cell",
    "grade_key_cell",
    "given_line",
    "patch",
)
_FOR_EACH = 10  # words of a policy that are tried


@pytest.mark.parametrize("name", ["caict-fangsheng", "t-taf-320-2025"])
def test_what_stands_in_a_policy_is_offered_there(name: str) -> None:
    path, kept = ROOT / "policies" / name / f"{name}.guiju", KeptLines()
    text = path.read_text("utf-8")
    whole = read_desk(Written(str(path), text, path.parent), kept)
    assert whole.symbols is not None
    spaces = (whole.symbols.values, whole.symbols.levels, whole.symbols.groups, whole.symbols.kinds)
    spoken = [(r, w) for r, w in whole.all_words() if w.terminal == "NAME" and r.start in _SPEAKING]
    for read, word in spoken[:: max(1, len(spoken) // _FOR_EACH)]:
        if whole.words(read)[0].terminal == "CLAUSES" and word.start == len("clause "):
            continue  # the name of a new clause
        begin, end = read.offset + word.start, read.offset + word.end
        desk = read_desk(Written(str(path), text[:begin] + text[end:], path.parent), kept)
        offered = {offer.text for offer in completion(desk, begin, "zh").offers}
        spellings = {word.text}.union(*(names.spellings({word.text}) for names in spaces))
        assert offered & spellings, (word.text, whole.source.position(begin))
