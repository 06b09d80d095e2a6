"""What to write in place of a unit that is not known: by what it is, or else how a fact does without it."""

from __future__ import annotations

import re

from guiju.compiler.units import NUMBER, unit_named
from guiju.dsl.diagnostic import Text

_NO_LENGTH = Text(
    "月、季、年长短不一：按标准所数写成天，如 30 d、365 d",
    "months, quarters and years have no one length: give the days that the standard counts, as 30 d or 365 d",
)
_PARTS = Text(
    "写明是什么的百万分之几：按质量写 mg/kg，水中写 mg/L，空气中写 mg/m3",
    "say of what it is a part: mg/kg by mass, mg/L in water, mg/m3 in air",
)
_METRIC = Text(
    "换算成法定计量单位：长度用 m，面积用 m2 或 ha，质量用 kg，体积用 L",
    "convert it to SI: lengths in m, areas in m2 or ha, masses in kg, volumes in L",
)
_PRESSURE = Text("换算成 kPa", "convert it to kPa")
_ENERGY = Text("换算成 kJ 或 kWh", "convert it to kJ or kWh")
#: units that are often typed -> what to write; each of them has no exact factor, or several meanings
_INSTEAD: dict[str, Text] = {
    **dict.fromkeys(("月", "个月", "月份", "年", "季度", "month", "months", "year", "years", "quarter"), _NO_LENGTH),
    **dict.fromkeys(("ppm", "ppb"), _PARTS),
    **dict.fromkeys(("亩", "斤", "两", "里", "尺", "寸", "inch", "inches", "ft", "lb", "oz", "mile", "miles"), _METRIC),
    **dict.fromkeys(("mmHg", "atm", "Torr", "psi", "kgf", "毫米汞柱"), _PRESSURE),
    **dict.fromkeys(("cal", "kcal", "卡", "千卡", "大卡"), _ENERGY),
    **dict.fromkeys(("℉", "°F", "华氏度"), Text("换算成 ℃", "convert it to ℃")),
    "‰": Text("写成 %：5 ‰ 是 0.5 %", "write it in %: 5 ‰ is 0.5 %"),
    "度": Text("电量写 kWh，温度写 ℃，角度写 °", "write kWh for electricity, ℃ for temperatures, ° for angles"),
    **dict.fromkeys(("%RH", "RH"), Text("相对湿度写 %", "write relative humidity in %")),
    "工作日": Text("写成天，如 5 个工作日写 7 d，或写成个数", "write days, as 7 d for 5 working days, or count them"),
    "分": Text("时间写 min；分数不写单位", "write min for minutes; points have no unit"),
    "点": Text("时刻不是时间长度：写成小时数", "a time of day is no length of time: give hours"),
}
_OTHERWISE = Text(
    "写已知的单位，如 ℃、mg/L、lx、h、%、个数；没有的，事实的类型写“数”，把单位写进标签，阈值不带单位",
    "write a known unit, such as ℃, mg/L, lx, h, %, count; where there is none, give the fact the type `number`, say "
    "the unit in its label, and write thresholds without one",
)


def remedy_for(unit: str) -> Text:
    """What to write instead of a unit that is not known."""
    return _INSTEAD.get(unit) or _of_a_quotient(unit) or _OTHERWISE


_BY_HEAD = re.compile(r"(?<=\()(?:人|个|户|床|台)·|·(?:人|个|户|床|台)(?=\))")


def _without_number(en: str, zh: str = "") -> Text:
    return Text(f"写 {zh or en}：个数是纯数，除以它量纲不变", f"write {en}: what is counted is a pure number")


def _of_a_quotient(unit: str) -> Text | None:
    """`m2/人` is `m2`, people being a number, and `L/(人·d)` is `L/d`; 元/月 is 元, by the month; t/L is two facts."""
    above, _, written = unit.partition("/")
    below = _BY_HEAD.sub("", written).strip("()")
    if not below:
        return None
    if _INSTEAD.get(below) is _NO_LENGTH:
        return Text(
            f"写 {above}，在标签里写明按{below}计", f"write {above}, and say in the label that it is for a {below}"
        )
    one, other = unit_named(above), unit_named(below)
    if below != written and one is not None and (whole := unit_named(f"{above}/{below}")) is not None:
        return _without_number(whole.name)
    if one is not None and one.dimension == NUMBER and unit_named(f"times/{below}") is not None:
        return _without_number(f"times/{below}", f"次/{below}")
    if one is None or other is None:
        return None
    if other.dimension == NUMBER and one.dimension:
        return _without_number(above)
    return Text(
        f"两个量各作一个事实，单位写 {above} 和 {below}，条件里比较它们的商，如 x / y >= 3 {above} / 1 {below}",
        f"make each quantity a fact, in {above} and {below}, and compare the quotient: x / y >= 3 {above} / 1 {below}",
    )
