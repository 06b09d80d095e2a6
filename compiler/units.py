"""Units and their exact conversion factors.

To add a unit, add a line, or its name to the quotients; its Chinese word stands in `dsl/keywords.py`.

A dimension is what can be compared: seconds with hours, never seconds with bytes. Prefixes are decimal (SI) unless
the unit says otherwise (`Kitokens` is 1024, IEC 80000-13).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from guiju.compiler.unit_signs import in_words, parts_of, written
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import spellings_of, units_in

#: exponents of the base quantities, sorted by name; () is a pure number
Dimension: TypeAlias = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unit:
    """One unit: its name, what it measures, how many of the coherent unit it is, and what else it is called."""

    name: str
    dimension: Dimension
    factor: Fraction
    aliases: tuple[str, ...] = ()
    integer: bool = False


def multiply(left: Dimension, right: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product, or with `sign` -1 of a quotient."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _unit(name: str, dimension: Dimension, factor: int | Fraction, *others: str, integer: bool = False) -> Unit:
    """A unit with the words that both languages have for it, and others that mean the same."""
    said = dict.fromkeys((*spellings_of(name), *others, *written(name)))
    return Unit(name, dimension, Fraction(factor), tuple(other for other in said if other != name), integer)


def _prefixed(base: str, dimension: Dimension, factor: int | Fraction, prefixes: str) -> Iterator[Unit]:
    """A unit with each of some SI prefixes."""
    for prefix in prefixes.split():
        yield _unit(f"{prefix}{base}", dimension, factor * _PREFIXES[prefix])


def _quotients(parts: tuple[Unit, ...], names: str) -> Iterator[Unit]:
    """`mg/L` and others, each by its parts; of `CFU/100mL`, `CFU` by the hundred `mL`."""
    named = {unit.name: unit for unit in parts}
    for name in names.split():
        above, many, below = parts_of(name)
        over, under = named[above], named[below]
        words = (
            over.aliases[:1] if over.dimension in (NUMBER, MONEY) else ()
        )  # 个 and 元 stand above signs, too: 元/kWh
        others = [name.replace(above, word, 1) for word in words]
        others += [sign.replace(above, word, 1) for word in words for sign in written(name)]
        others += in_words(words or over.aliases, under.aliases) if many == 1 else []
        factor = over.factor / (under.factor * many)
        yield _unit(name, multiply(over.dimension, under.dimension, -1), factor, *others)


def _equivalents(sign: str, word: str) -> tuple[str, ...]:
    """Carbon dioxide and what has the effect of so much of it."""
    signs = tuple(f"{sign}{gas}{end}" for gas in ("CO2", "CO₂") for end in ("e", "eq"))
    return (*signs, f"{word}二氧化碳", f"{word}二氧化碳当量")


_PREFIXES = {
    "p": Fraction(1, 10**12),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    "k": Fraction(10**3),
    "M": Fraction(10**6),
    "G": Fraction(10**9),
    "T": Fraction(10**12),
    "P": Fraction(10**15),
    "万": Fraction(10**4),
    "亿": Fraction(10**8),
}
NUMBER: Dimension = ()
TIME: Dimension = (("time", 1),)
DATA: Dimension = (("data", 1),)
RATE: Dimension = (("data", 1), ("time", -1))
COMPUTE: Dimension = (("operation", 1), ("time", -1))
TOKEN: Dimension = (("token", 1),)
TOKEN_RATE: Dimension = (("time", -1), ("token", 1))
MONEY: Dimension = (("yuan", 1),)
LENGTH: Dimension = (("length", 1),)
AREA: Dimension = (("length", 2),)
VOLUME: Dimension = (("length", 3),)
MASS: Dimension = (("mass", 1),)
ENERGY: Dimension = (("length", 2), ("mass", 1), ("time", -2))
POWER: Dimension = (("length", 2), ("mass", 1), ("time", -3))
FORCE: Dimension = (("length", 1), ("mass", 1), ("time", -2))
PRESSURE: Dimension = (("length", -1), ("mass", 1), ("time", -2))
ACCELERATION: Dimension = (("length", 1), ("time", -2))
MASS_FRACTION: Dimension = (("fraction of mass", 1),)  # apart from %, so that a bare number is never taken for one
AMOUNT: Dimension = (("amount", 1),)
CURRENT: Dimension = (("current", 1),)
CHARGE: Dimension = (("current", 1), ("time", 1))
VOLTAGE: Dimension = (("current", -1), ("length", 2), ("mass", 1), ("time", -3))
RESISTANCE: Dimension = (("current", -2), ("length", 2), ("mass", 1), ("time", -3))
FREQUENCY: Dimension = (("time", -1),)
ROTATION: Dimension = (("rotation", 1), ("time", -1))
ANGLE: Dimension = (("angle", 1),)
LUMINOUS_FLUX: Dimension = (("luminous flux", 1),)
ILLUMINANCE: Dimension = (("length", -2), ("luminous flux", 1))
LUMINOUS_INTENSITY: Dimension = (("luminous intensity", 1),)
DIFFERENCE: Dimension = (("temperature", 1),)  # of two temperatures, in K
_TEMPERATURE_RATE: Dimension = (("temperature", 1), ("time", -1))
#: a temperature in ℃, whose zero is not zero: compared, averaged and subtracted; no multiple of it means anything
TEMPERATURE: Dimension = (("celsius", 1),)
CONDUCTANCE: Dimension = (("mass", 1), ("temperature", -1), ("time", -3))  # of heat through a surface
HEAT_CONDUCTIVITY: Dimension = (("length", 1), ("mass", 1), ("temperature", -1), ("time", -3))
ACTIVITY: Dimension = (("activity", 1),)
DOSE: Dimension = (("dose", 1),)
# logarithms: compared with their like, converted into nothing
LEVEL: Dimension = (("decibel", 1),)
WEIGHTED_LEVEL: Dimension = (("decibel (A)", 1),)
POWER_LEVEL: Dimension = (("decibel of a milliwatt", 1),)
INTEGER_COMPUTE: Dimension = (("integer operation", 1), ("time", -1))  # TOPS of whole numbers are no FLOPS
APPARENT_POWER: Dimension = (("apparent power", 1),)  # kVA and kvar: not compared with kW, whatever their product is
REACTIVE_POWER: Dimension = (("reactive power", 1),)
COAL: Dimension = (("standard coal", 1),)  # each standard has coefficients of its own between it and energy
CARBON: Dimension = (("carbon dioxide", 1),)
COLONY: Dimension = (("colony", 1),)
PROBABLE_NUMBER: Dimension = (("most probable number", 1),)
TURBIDITY: Dimension = (("turbidity", 1),)  # NTU and FNU are measured in two ways, and no factor joins them
FORMAZIN: Dimension = (("turbidity, formazin", 1),)
PIXEL: Dimension = (("pixel", 1),)
CONDUCTIVITY: Dimension = (("current", 2), ("length", -3), ("mass", -1), ("time", 3))
RESISTIVITY: Dimension = (("current", -2), ("length", 3), ("mass", 1), ("time", -3))
VISCOSITY: Dimension = (("length", -1), ("mass", 1), ("time", -1))
HEAT_RESISTANCE: Dimension = (("mass", -1), ("temperature", 1), ("time", 3))
HEAT_CAPACITY: Dimension = (("length", 2), ("temperature", -1), ("time", -2))
ABSORBED: Dimension = (("absorbed dose", 1),)
DOLLAR: Dimension = (("dollar", 1),)
EURO: Dimension = (("euro", 1),)
#: dimensions whose quantities may lie below zero
SIGNED: frozenset[Dimension] = frozenset((TEMPERATURE, DIFFERENCE, LEVEL, WEIGHTED_LEVEL, POWER_LEVEL))


def _parts() -> tuple[Unit, ...]:
    # Not here: months and years, which have no fixed length; what to write for these stands in `unit_remedies.py`.
    return (
        _unit("number", NUMBER, 1, "数"),
        _unit(
            "count",
            NUMBER,
            1,
            "persons",
            "person",
            "人",
            "items",
            "项",
            "times",
            "次",
            *"种款家台件套名位",
            *"条份处间座辆部组类例批户字张本册",
            *"只支片块根瓶包盒袋枚粒栋幢层架柜篇轮",
            "机柜",
            "机架",
            "人次",
            integer=True,
        ),
        _unit("万", NUMBER, 10**4, "万个", "万次", integer=True),
        _unit("亿", NUMBER, 10**8, "亿个", "亿次", integer=True),
        _unit("%", NUMBER, Fraction(1, 100), "percent", "％"),
        _unit("FLOPS", COMPUTE, 1),
        _unit("GFLOPS", COMPUTE, 10**9),
        _unit("TFLOPS", COMPUTE, 10**12),
        _unit("PFLOPS", COMPUTE, 10**15),
        _unit("EFLOPS", COMPUTE, 10**18),
        _unit("OPS", INTEGER_COMPUTE, 1),
        *_prefixed("OPS", INTEGER_COMPUTE, 1, "G T P"),
        _unit("B", DATA, 1),
        _unit("KB", DATA, 10**3, "kB"),
        _unit("MB", DATA, 10**6),
        _unit("GB", DATA, 10**9),
        _unit("TB", DATA, 10**12),
        _unit("PB", DATA, 10**15),
        _unit("EB", DATA, 10**18),
        _unit("KiB", DATA, 2**10),
        _unit("MiB", DATA, 2**20),
        _unit("GiB", DATA, 2**30),
        _unit("TiB", DATA, 2**40),
        _unit("PiB", DATA, 2**50),
        _unit("bit", DATA, Fraction(1, 8)),
        *_prefixed("bit", DATA, Fraction(1, 8), "k M G T"),
        _unit("bit/s", RATE, Fraction(1, 8), "bps", "b/s"),
        _unit("kbit/s", RATE, Fraction(1000, 8), "kbps", "Kbps", "kb/s", "Kb/s"),
        _unit("Mbit/s", RATE, Fraction(10**6, 8), "Mbps", "Mb/s"),
        _unit("Gbit/s", RATE, Fraction(10**9, 8), "Gbps", "Gb/s"),
        _unit("Tbit/s", RATE, Fraction(10**12, 8), "Tbps", "Tb/s"),
        _unit("ns", TIME, Fraction(1, 10**9)),
        _unit("us", TIME, Fraction(1, 10**6)),
        _unit("ms", TIME, Fraction(1, 1000)),
        _unit("s", TIME, 1),
        _unit("min", TIME, 60),
        _unit("h", TIME, 3600),
        _unit("d", TIME, 86400),
        _unit("week", TIME, 604800),
        _unit("Hz", FREQUENCY, 1),
        _unit("kHz", FREQUENCY, 10**3),
        _unit("MHz", FREQUENCY, 10**6),
        _unit("GHz", FREQUENCY, 10**9),
        _unit("THz", FREQUENCY, 10**12),
        _unit("QPS", FREQUENCY, 1),
        _unit("TPS", FREQUENCY, 1),
        _unit("IOPS", FREQUENCY, 1),
        _unit("fps", FREQUENCY, 1, "帧/秒", "帧/s"),
        _unit("times/s", FREQUENCY, 1),
        _unit("times/min", FREQUENCY, Fraction(1, 60)),
        _unit("times/h", FREQUENCY, Fraction(1, 3600)),
        _unit("times/d", FREQUENCY, Fraction(1, 86400)),
        _unit("r/s", ROTATION, 1),
        _unit("r/min", ROTATION, Fraction(1, 60), "rpm"),
        _unit("°", ANGLE, 1),
        _unit("tokens", TOKEN, 1),
        _unit("Ktokens", TOKEN, 1000),
        _unit("Kitokens", TOKEN, 1024),
        _unit("Mtokens", TOKEN, 10**6),
        _unit("Mitokens", TOKEN, 2**20),
        _unit("Gtokens", TOKEN, 10**9),
        _unit("万词元", TOKEN, 10**4),
        _unit("亿词元", TOKEN, 10**8),
        _unit("tokens/s", TOKEN_RATE, 1, "token/s"),
        _unit("像素", PIXEL, 1, "px"),
        *_prefixed("像素", PIXEL, 1, "万 亿"),
        _unit("nm", LENGTH, Fraction(1, 10**9)),
        _unit("um", LENGTH, Fraction(1, 10**6)),
        _unit("mm", LENGTH, Fraction(1, 1000)),
        _unit("cm", LENGTH, Fraction(1, 100)),
        _unit("m", LENGTH, 1),
        _unit("km", LENGTH, 1000),
        _unit("m2", AREA, 1),
        _unit("mm2", AREA, Fraction(1, 10**6)),
        _unit("cm2", AREA, Fraction(1, 10**4)),
        _unit("ha", AREA, 10**4, "hm2", "hm²"),
        _unit("km2", AREA, 10**6),
        _unit("万m2", AREA, 10**4, "万平方米"),
        _unit("m3", VOLUME, 1),
        _unit("cm3", VOLUME, Fraction(1, 10**6)),
        _unit("mm3", VOLUME, Fraction(1, 10**9)),
        _unit("dm3", VOLUME, Fraction(1, 1000)),
        _unit("万m3", VOLUME, 10**4, "万立方米"),
        _unit("亿m3", VOLUME, 10**8, "亿立方米"),
        _unit("L", VOLUME, Fraction(1, 1000)),
        _unit("mL", VOLUME, Fraction(1, 10**6)),
        _unit("uL", VOLUME, Fraction(1, 10**9)),
        *_prefixed("g", MASS, Fraction(1, 1000), "p n"),
        _unit("ug", MASS, Fraction(1, 10**9)),
        _unit("mg", MASS, Fraction(1, 10**6)),
        _unit("g", MASS, Fraction(1, 1000)),
        _unit("kg", MASS, 1),
        _unit("t", MASS, 1000),
        *_prefixed("t", MASS, 1000, "k M"),
        _unit("万t", MASS, 10**7, "万吨"),
        _unit("亿t", MASS, 10**11, "亿吨"),
        _unit("gce", COAL, Fraction(1, 1000), "克标准煤"),
        _unit("kgce", COAL, 1, "千克标准煤", "公斤标准煤"),
        _unit("tce", COAL, 1000, "吨标准煤"),
        _unit("万tce", COAL, 10**7, "万吨标准煤"),
        _unit("gCO2", CARBON, Fraction(1, 1000), *_equivalents("g", "克")),
        _unit("kgCO2", CARBON, 1, *_equivalents("kg", "千克")),
        _unit("tCO2", CARBON, 1000, *_equivalents("t", "吨")),
        _unit("万tCO2", CARBON, 10**7, *_equivalents("万t", "万吨")),
        _unit("CFU", COLONY, 1),
        _unit("MPN", PROBABLE_NUMBER, 1),
        _unit("NTU", TURBIDITY, 1),
        _unit("FNU", FORMAZIN, 1),
        _unit("g/kg", MASS_FRACTION, Fraction(1, 1000), "克/千克", "克/公斤"),
        _unit("mg/kg", MASS_FRACTION, Fraction(1, 10**6), "毫克/千克", "毫克/公斤"),
        _unit("ug/kg", MASS_FRACTION, Fraction(1, 10**9), "微克/千克", "微克/公斤"),
        _unit("ng/kg", MASS_FRACTION, Fraction(1, 10**12)),
        _unit("mg/g", MASS_FRACTION, Fraction(1, 1000)),
        _unit("ug/g", MASS_FRACTION, Fraction(1, 10**6)),
        _unit("g/100g", MASS_FRACTION, Fraction(1, 100)),
        _unit("mg/100g", MASS_FRACTION, Fraction(1, 10**5)),
        _unit("mol", AMOUNT, 1),
        _unit("mmol", AMOUNT, Fraction(1, 1000)),
        *_prefixed("mol", AMOUNT, 1, "k u n"),
        _unit("m/s2", ACCELERATION, 1),
        _unit("N", FORCE, 1),
        _unit("kN", FORCE, 1000),
        _unit("N·m", ENERGY, 1),
        _unit("kN·m", ENERGY, 1000),
        _unit("J", ENERGY, 1),
        _unit("kJ", ENERGY, 10**3),
        _unit("MJ", ENERGY, 10**6),
        *_prefixed("J", ENERGY, 1, "G T"),
        _unit("Wh", ENERGY, 3600),
        _unit("kWh", ENERGY, 3_600_000),
        _unit("MWh", ENERGY, 3_600_000_000),
        *_prefixed("Wh", ENERGY, 3600, "G T"),
        _unit("万kWh", ENERGY, 36 * 10**9, "万千瓦时"),
        _unit("亿kWh", ENERGY, 36 * 10**13, "亿千瓦时"),
        _unit("uW", POWER, Fraction(1, 10**6)),
        _unit("mW", POWER, Fraction(1, 1000)),
        _unit("W", POWER, 1),
        _unit("kW", POWER, 10**3),
        _unit("MW", POWER, 10**6),
        _unit("GW", POWER, 10**9),
        _unit("万kW", POWER, 10**7, "万千瓦"),
        _unit("VA", APPARENT_POWER, 1, "V·A"),
        _unit("kVA", APPARENT_POWER, 10**3, "kV·A"),
        _unit("MVA", APPARENT_POWER, 10**6, "MV·A"),
        _unit("var", REACTIVE_POWER, 1),
        *_prefixed("var", REACTIVE_POWER, 1, "k M"),
        _unit("uV", VOLTAGE, Fraction(1, 10**6)),
        _unit("mV", VOLTAGE, Fraction(1, 1000)),
        _unit("V", VOLTAGE, 1),
        _unit("kV", VOLTAGE, 1000),
        _unit("nA", CURRENT, Fraction(1, 10**9)),
        _unit("uA", CURRENT, Fraction(1, 10**6)),
        _unit("mA", CURRENT, Fraction(1, 1000)),
        _unit("A", CURRENT, 1),
        _unit("kA", CURRENT, 1000),
        _unit("mAh", CHARGE, Fraction(36, 10)),
        _unit("Ah", CHARGE, 3600),
        _unit("ohm", RESISTANCE, 1),
        _unit("kohm", RESISTANCE, 10**3),
        _unit("Mohm", RESISTANCE, 10**6),
        _unit("Gohm", RESISTANCE, 10**9),
        _unit("S/m", CONDUCTIVITY, 1),
        _unit("mS/cm", CONDUCTIVITY, Fraction(1, 10)),
        _unit("uS/cm", CONDUCTIVITY, Fraction(1, 10**4)),
        _unit("ohm·m", RESISTIVITY, 1),
        _unit("Mohm·cm", RESISTIVITY, 10**4),
        _unit("Pa", PRESSURE, 1),
        _unit("hPa", PRESSURE, 100),
        _unit("kPa", PRESSURE, 10**3),
        _unit("MPa", PRESSURE, 10**6),
        _unit("GPa", PRESSURE, 10**9),
        _unit("bar", PRESSURE, 10**5),
        _unit("mbar", PRESSURE, 100),
        _unit("Pa·s", VISCOSITY, 1),
        _unit("mPa·s", VISCOSITY, Fraction(1, 1000)),
        _unit("℃", TEMPERATURE, 1, "°C", "摄氏度"),
        _unit("K", DIFFERENCE, 1),
        _unit("K/h", _TEMPERATURE_RATE, Fraction(1, 3600), "℃/h", "℃/小时"),
        _unit("K/min", _TEMPERATURE_RATE, Fraction(1, 60), "℃/min", "℃/分钟"),
        _unit("W/(m2·K)", CONDUCTANCE, 1),
        _unit("W/(m·K)", HEAT_CONDUCTIVITY, 1),
        _unit("m2·K/W", HEAT_RESISTANCE, 1),
        _unit("J/(kg·K)", HEAT_CAPACITY, 1),
        _unit("kJ/(kg·K)", HEAT_CAPACITY, 1000),
        _unit("cd", LUMINOUS_INTENSITY, 1),
        _unit("lm", LUMINOUS_FLUX, 1),
        _unit("lx", ILLUMINANCE, 1),
        _unit("klx", ILLUMINANCE, 1000),
        _unit("dB", LEVEL, 1),
        _unit("dB(A)", WEIGHTED_LEVEL, 1, "dBA"),
        _unit("dBm", POWER_LEVEL, 1),
        _unit("Bq", ACTIVITY, 1),
        *_prefixed("Bq", ACTIVITY, 1, "k M"),
        _unit("Sv", DOSE, 1),
        _unit("mSv", DOSE, Fraction(1, 1000)),
        _unit("uSv", DOSE, Fraction(1, 10**6)),
        _unit("nSv", DOSE, Fraction(1, 10**9)),
        _unit("Gy", ABSORBED, 1),
        *_prefixed("Gy", ABSORBED, 1, "m u n"),
        _unit("yuan", MONEY, 1),
        _unit("千元", MONEY, 1000),
        _unit("万元", MONEY, 10**4),
        _unit("百万元", MONEY, 10**6),
        _unit("亿元", MONEY, 10**8),
        _unit("USD", DOLLAR, 1),
        _unit("EUR", EURO, 1),
    )


#: by their parts, kind by kind: data, lengths, flows, densities, amounts, heat and power, electricity, light and dose
_QUOTIENTS = """
B/s KB/s MB/s GB/s TB/s PB/s KiB/s MiB/s GiB/s TiB/s Ktokens/s FLOPS/W GFLOPS/W TFLOPS/W TOPS/W
m/s km/h m/min mm/s cm/s mm/min mm/h mm/d
m3/s m3/h m3/d m3/min L/s L/min L/h L/d mL/min mL/s mL/h kg/s kg/h kg/d g/h g/s mg/h t/h t/d mm2/s m2/s
kg/m3 t/m3 g/m3 mg/m3 ug/m3 ng/m3 g/cm3 g/mL g/L mg/L ug/L ng/L mg/mL ug/mL g/100mL mg/100mL
g/m2 kg/m2 mg/m2 mg/cm2 ug/cm2 kg/ha g/ha t/ha
CFU/mL CFU/L CFU/100mL CFU/m3 CFU/g CFU/100g CFU/cm2 MPN/mL MPN/L MPN/100mL MPN/g MPN/100g
count/L count/mL count/m3 count/cm3 count/m2 count/cm2 count/km2
mol/L mmol/L umol/L nmol/L mol/m3 mol/kg mmol/kg umol/kg
N/m2 kN/m2 N/mm2 N/cm2 Pa/m J/m2 kJ/m2
L/kWh m3/kWh m3/MWh m3/t L/t L/kg
W/m2 kW/m2 W/m3 kW/m3 kWh/m2 MJ/m2 GJ/m2 kWh/m3 kJ/m3 MJ/m3 kWh/t kWh/kg kJ/kg MJ/kg GJ/t MJ/t kJ/100g
kWh/d kgce/t gce/kWh kgce/kWh kgce/m2 kgce/m3 tce/t
kgCO2/kWh gCO2/kWh tCO2/MWh kgCO2/t kgCO2/kg tCO2/t kgCO2/m2 kgCO2/m3 kgCO2/GJ tCO2/GJ tCO2/TJ gCO2/km
kWh/万元 m3/万元 tce/万元 kgce/万元 tCO2/万元 yuan/kWh yuan/m3 yuan/m2 yuan/t yuan/kg yuan/L yuan/h yuan/d 万元/m2
V/m kV/m kV/mm A/m A/mm2 A/m2 mA/cm2
cd/m2 lm/W Bq/m3 Bq/L Bq/kg Bq/g Bq/cm2 mSv/h uSv/h nSv/h mGy/h uGy/h nGy/h
"""


@cache
def units() -> tuple[Unit, ...]:
    """All of them. They are made when one is first asked for: most answers about tables need none."""
    parts = _parts()
    return (*parts, *_quotients(parts, _QUOTIENTS))


@cache
def _by_name() -> dict[str, Unit]:
    return {name: unit for unit in units() for name in (unit.name, *unit.aliases)}


def unit_named(name: str) -> Unit | None:
    """The unit of that name or alias."""
    return _by_name().get(name)


def unit_names() -> tuple[str, ...]:
    """Every name and alias, for did-you-mean."""
    return tuple(_by_name())


def units_for(type_unit: str, *, integer: bool) -> tuple[str, ...]:
    """The units that a number of a type may be given in: those of its quantity; shares and counts stay apart."""
    own = unit_named(type_unit)
    alike = [u for u in units() if own and u.dimension == own.dimension]
    if type_unit == "%":
        return ("%",)
    return tuple(u.name for u in alike if not (integer and u.name == "%"))


def format_number(value: Fraction) -> str:
    """A number in the exact decimal form if it has one, else as a fraction: `2.5`, `100/3`, `1 000`."""
    if value.denominator == 1:
        return _grouped(str(value.numerator))
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > 12:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{_grouped(digits[:-places])}.{digits[-places:]}"


def _grouped(digits: str) -> str:
    """Thousands apart, as GB/T 15835 prints them: `10 000`; four digits stay together only in years, so `1 000`."""
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    head = len(digits) % 3
    parts = [digits[:head]] if head else []
    parts += [digits[i : i + 3] for i in range(head, len(digits), 3)]
    return sign + " ".join(parts)


_BARE = (None, "number", "count")


def format_quantity(value: Fraction, unit: str, language: Language = "en") -> str:
    """A value of the coherent unit, shown in `unit` as a language writes it: `50 PFLOPS`, `80 %`, `7 天`."""
    known = unit_named(unit)
    return f"{format_number(value / known.factor if known else value)}{unit_behind(unit, language)}"


def unit_behind(unit: str | None, language: Language) -> str:
    """A unit as a language writes it behind a number, with the space before it; nothing of a bare number."""
    spelled = units_in(language).get(unit, unit) if unit else unit
    return "" if spelled in _BARE or unit in _BARE else f" {spelled}"
