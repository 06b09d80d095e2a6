"""Units: exact factors, dimensions, and numbers as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.checks.figures import figures
from guiju.compiler.names import near_miss
from guiju.compiler.pipeline import compile_document
from guiju.compiler.unit_remedies import remedy_for
from guiju.compiler.units import format_number, format_quantity, multiply, unit_named, unit_names, units, units_for
from guiju.dsl.keywords import UNIT_SPELLINGS
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.dsl.spelling import has_cjk
from guiju.engine.evidence import Quantity
from guiju.exchange.number import read_quantity

FRACTIONS = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("number", "unit", "same", "as_unit"),
    [
        (1, "PFLOPS", 1000, "TFLOPS"),
        (1, "EFLOPS", 1000, "PFLOPS"),
        (1, "TB/s", 8000, "Gbit/s"),
        (1, "TB/s", 1000, "GB/s"),
        (7, "d", 168, "h"),
        (1, "week", 7, "d"),
        (1, "h", 3_600_000, "ms"),
        (128, "Ktokens", 128_000, "tokens"),
        (125, "Kitokens", 128, "Ktokens"),
        (1, "TiB", 1_099_511_627_776, "B"),
        (1, "%", Fraction(1, 100), "number"),
        (1, "种", 1, "count"),
        (1, "小时", 60, "分钟"),
        (1, "周", 168, "小时"),
        (1, "km", 1000, "m"),
        (1, "公里", 100_000, "cm"),
        (1, "m", 1000, "mm"),
        (1, "m³", 1000, "L"),
        (1, "升", 1000, "mL"),
        (1, "t", 1000, "kg"),
        (1, "公斤", 1000, "g"),
        (1, "MW", 1000, "kW"),
        (1, "kW", 1000, "W"),
        (1, "MPa", 1000, "kPa"),
        (1, "kPa", 1000, "Pa"),
        (1, "GHz", 1000, "MHz"),
        (1, "MHz", 1000, "kHz"),
        (1, "千赫", 1000, "Hz"),
        (3, "人", 3, "persons"),
        (3, "台", 3, "个"),
        (3, "项", 3, "items"),
        (3, "次", 3, "times"),
        (3, "家", 3, "count"),
        (1, "平方米", 1, "m²"),
        (1, "勒克斯", 1, "lx"),
        (1, "分贝", 1, "dB"),
        (1, "伏", 1, "V"),
        (1, "安", 1, "A"),
        (1, "千瓦时", 1, "kWh"),
        (1, "亿元", 10_000, "万元"),
        (1, "万元", 10_000, "元"),
        (2, "hours", 120, "minutes"),
        (1, "day", 86_400, "seconds"),
        (2, "套", 2, "件"),
        (1, "mg/L", 1, "g/m³"),
        (1, "μg/m³", Fraction(1, 1000), "mg/m3"),
        (36, "km/h", 10, "m/s"),
        (1, "公顷", 10_000, "m2"),
        (60, "次/分", 1, "Hz"),
        (1, "kWh", 3600, "kJ"),
        (1, "bar", 100, "kPa"),
        (2000, "mAh", 2, "Ah"),
        (8, "kbit/s", 1, "KB/s"),
        (1, "℃", 1, "°C"),
        (1, "毫克/升", 1, "mg/L"),
        (1, "微克/立方米", 1, "ug/m³"),
        (1, "g/mL", 1, "g/cm3"),
        (1, "ng/L", 1, "μg/m3"),
        (1, "mg/100 mL", 10, "mg/L"),
        (1, "g/100g", 10, "g/kg"),
        (1, "CFU/mL", 100, "CFU/100 mL"),
        (1, "CFU/mL", 1_000_000, "CFU/m3"),
        (1, "MPN/100mL", 10, "MPN/L"),
        (1, "个/毫升", 1_000_000, "个/m³"),
        (1, "umol/L", Fraction(1, 1000), "mol/m3"),
        (36, "L/h", 10, "mL/s"),
        (1, "立方米/小时", 24, "m3/d"),
        (1, "t/h", 24, "t/d"),
        (1, "吨/小时", 1000, "kg/h"),
        (1, "L/kWh", 1, "m3/MWh"),
        (1, "L/(kW·h)", 1, "升/千瓦时"),
        (1, "kW·h", 1, "千瓦时"),
        (1, "GWh", 1000, "MW·h"),
        (1, "GJ", 1000, "MJ"),
        (1, "GJ", Fraction(2500, 9), "kWh"),
        (1, "万千瓦时", 10_000, "kWh"),
        (24, "kWh/d", 1, "kW"),
        (1, "kWh/m³", 3600, "kJ/m3"),
        (1, "kWh/t", Fraction(18, 5), "kJ/kg"),
        (1, "tce", 1000, "kgce"),
        (1, "吨标准煤", 1_000_000, "克标准煤"),
        (1, "tce/t", 1000, "kgce/t"),
        (1, "kgce/kWh", 1000, "gce/kWh"),
        (1, "tCO₂e", 1000, "千克二氧化碳当量"),
        (1, "kgCO2/kWh", 1, "tCO2/MWh"),
        (1, "元/kWh", 1, "yuan/(kW·h)"),
        (1, "kV·A", 1000, "VA"),
        (1, "Mvar", 1000, "kvar"),
        (1, "MΩ·cm", 10_000, "Ω·m"),
        (1, "mPa·s", Fraction(1, 1000), "Pa·s"),
        (1, "N/mm2", 1, "MPa"),
        (1, "kN·m", 1000, "J"),
        (60, "℃/h", 1, "K/min"),
        (1, "kV/mm", 1_000_000, "V/m"),
        (1, "μGy/h", 1000, "nGy/h"),
        (1, "Bq/g", 1000, "Bq/kg"),
        (1, "Mbit", 125, "KB"),
        (1, "TOPS", 1000, "GOPS"),
        (1, "IOPS", 1, "次/秒"),
        (1, "帧/秒", 1, "fps"),
        (1, "万像素", 10_000, "px"),
        (24, "mm/d", 1, "mm/h"),
        (1, "t/hm2", 1000, "kg/ha"),
        (1, "万吨", 10_000, "吨"),
        (1, "亿立方米", 10_000, "万m3"),
    ],
)
def test_factors_are_exact(number: int, unit: str, same: Fraction, as_unit: str) -> None:
    one, other = unit_named(unit), unit_named(as_unit)
    assert one is not None
    assert other is not None
    assert one.dimension == other.dimension
    assert number * one.factor == same * other.factor


def test_no_name_stands_for_two_units_and_no_factor_is_a_float() -> None:
    names = [name for u in units() for name in (u.name, *u.aliases)]
    assert len(names) == len(set(names)) == len(unit_names())
    assert {type(u.factor) for u in units()} == {Fraction}
    assert min(u.factor for u in units()) > 0
    assert unit_named("furlongs") is None


@pytest.mark.parametrize(
    ("one", "other", "product"),
    [
        ("kW", "h", "kWh"),
        ("V", "A", "W"),
        ("m", "m", "m2"),
        ("m2", "m", "m3"),
        ("Hz", "s", "number"),
        ("m/s", "s", "m"),
        ("mmol/L", "m3", "mol"),
        ("lx", "m2", "lm"),
        ("cd/m2", "m2", "cd"),
        ("lm/W", "W", "lm"),
        ("ohm", "A", "V"),
        ("W/m2", "m2", "W"),
        ("W/(m2·K)", "K", "W/m2"),
        ("N", "m", "J"),
        ("mg/L", "L", "mg"),
        ("CFU/mL", "mL", "CFU"),
        ("gce/kWh", "kWh", "gce"),
        ("yuan/kWh", "kWh", "yuan"),
        ("kgCO2/GJ", "GJ", "kgCO2"),
        ("L/min", "min", "L"),
        ("Pa·s", "m2/s", "N"),
        ("A/m", "m", "A"),
    ],
)
def test_a_product_of_units_is_measured_like_its_own_unit(one: str, other: str, product: str) -> None:
    a, b, c = unit_named(one), unit_named(other), unit_named(product)
    assert a is not None
    assert b is not None
    assert c is not None
    assert multiply(a.dimension, b.dimension) == c.dimension
    assert a.factor * b.factor == c.factor


@pytest.mark.parametrize("row", UNIT_SPELLINGS, ids=lambda row: row[0])
def test_what_is_written_in_both_languages_is_one_unit(row: tuple[str, ...]) -> None:
    units = {unit_named(spelling) for spelling in row}
    assert len(units) == 1
    assert None not in units
    assert row[0].isascii()
    assert has_cjk(row[1])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kwh", "kWh"),
        ("KW", "kW"),
        ("Mpa", "MPa"),
        ("ghz", "GHz"),
        ("PFLOP", "PFLOPS"),
        ("小时数", "小时"),
        ("个小时", "小时"),
        ("平米", "平方米"),
        ("token/秒", "token/s"),
        ("weks", "weeks"),
    ],
)
def test_a_unit_that_is_nearly_known_is_offered(typed: str, meant: str) -> None:
    assert unit_named(typed) is None
    assert near_miss(typed, unit_names()) == meant


@pytest.mark.parametrize("typed", ["month", "months", "year", "年", "月", "℉", "ppm", "mmHg", "亩"])
def test_what_has_no_exact_factor_is_no_unit(typed: str) -> None:
    assert unit_named(typed) is None


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("年", "365 d", "365 d"),
        ("元/月", "写 元，在标签里写明按月计", "write 元, and say in the label that it is for a 月"),
        ("m2/人", "写 m2：", "write m2:"),
        ("L/(人·d)", "写 L/d：", "write L/d:"),
        ("m3/(h·人)", "写 m3/h：", "write m3/h:"),
        ("件/h", "写 次/h：", "write times/h:"),
        ("%RH", "写 %", "in %"),
        ("t/L", "x / y >= 3 t / 1 L", "in t and L"),
        ("ppm", "mg/kg", "mg/kg"),
        ("mmHg", "kPa", "kPa"),
        ("‰", "0.5 %", "0.5 %"),
        ("TCU", "类型写“数”", "the type `number`"),
    ],
)
def test_of_an_unknown_unit_it_is_said_what_to_write_instead(typed: str, zh: str, en: str) -> None:
    assert unit_named(typed) is None
    assert zh in remedy_for(typed).zh
    assert en in remedy_for(typed).en


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NTU", "FNU"),
        ("TOPS", "TFLOPS"),
        ("kVA", "kW"),
        ("kvar", "kVA"),
        ("tce", "t"),
        ("tCO2", "t"),
        ("CFU/mL", "MPN/mL"),
    ],
)
def test_what_no_factor_joins_is_not_compared(one: str, other: str) -> None:
    first, second = unit_named(one), unit_named(other)
    assert first is not None
    assert second is not None
    assert first.dimension != second.dimension


@pytest.mark.parametrize(
    "unit",
    ["CFU/100 mL", "L/(kW·h)", "kW·h/m2", "m2·K/W", "℃/h", "毫克/升", "元/kWh", "tCO₂/MWh", "Ω·m", "m2", "mg/m3"],
)
def test_a_unit_with_signs_of_its_own_is_read_in_a_policy_and_in_evidence(unit: str) -> None:
    policy = f'standard demo-1 "DEMO 1"\ngroups section\nfact x : {unit}\nsection 4.1\n  a) "x" x <= 5 {unit}\n'
    document, mistakes = parse(Source("case", policy))
    assert (mistakes, compile_document(document).diagnostics) == ((), ())
    quantity = read_quantity(f"5 {unit}")
    assert isinstance(quantity, Quantity)
    assert (quantity.number, quantity.unit) == (Fraction(5), unit)
    assert [f.unit for f in figures(f"不超过 5 {unit}。", "zh")] == [unit_named(unit).name]  # type: ignore[union-attr]


@given(st.sampled_from(units()), st.sampled_from(units()))
def test_dividing_by_what_one_multiplied_with_gives_the_dimension_back(one: object, other: object) -> None:
    a, b = one.dimension, other.dimension  # type: ignore[attr-defined]
    assert multiply(multiply(a, b), b, -1) == a
    assert multiply(a, b) == multiply(b, a)
    assert multiply(a, a, -1) == ()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(100, 3), "100/3"),
        (Fraction(1000), "1 000"),
        (Fraction(1234567), "1 234 567"),
        (Fraction(-1000), "-1 000"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(999), "999"),
        (Fraction(1, 2**13), "1/8192"),
    ],
)
def test_numbers_are_shown_exactly(value: Fraction, shown: str) -> None:
    assert format_number(value) == shown


@given(FRACTIONS)
def test_what_is_shown_is_the_number(value: Fraction) -> None:
    assert Fraction(format_number(value).replace(" ", "")) == value


def test_quantities_are_shown_in_their_own_unit() -> None:
    assert format_quantity(Fraction(50 * 10**15), "PFLOPS") == "50 PFLOPS"
    assert format_quantity(Fraction(4, 5), "%") == "80 %"
    assert format_quantity(Fraction(3), "count") == "3"
    week = [format_quantity(Fraction(7 * 86400), unit, "zh") for unit in ("d", "天", "week")]
    assert week == ["7 天", "7 天", "1 周"]
    assert [format_quantity(Fraction(3), unit, "zh") for unit in ("number", "count", "%")] == ["3", "3", "300 %"]


@pytest.mark.parametrize(
    ("number", "unit", "same", "as_"),
    [
        (10, "TiB/s", 10 * 2**40, "B/s"),
        (80, "Tbit/s", 10, "TB/s"),
        (Fraction(128, 1000), "Mtokens", 128, "Ktokens"),
        (1000, "亿", 100_000_000_000, "count"),
        (2, "亿词元", 200_000_000, "tokens"),
    ],
)
def test_larger_units_convert_exactly(number: int | Fraction, unit: str, same: int, as_: str) -> None:
    one, other = unit_named(unit), unit_named(as_)
    assert one is not None
    assert other is not None
    assert one.dimension == other.dimension
    assert number * one.factor == same * other.factor


def test_the_units_of_a_quantity_keep_shares_and_counts_apart() -> None:
    assert units_for("h", integer=False) == ("ns", "us", "ms", "s", "min", "h", "d", "week")
    assert units_for("%", integer=False) == ("%",)
    assert "%" not in units_for("count", integer=True)
    assert "亿" in units_for("count", integer=True)
