"""Units and their exact conversion factors. To add a unit, add a line; its Chinese word stands in `dsl/keywords.py`.

A dimension is what can be compared: seconds with hours, never seconds with bytes. Prefixes are decimal (SI) unless
the unit says otherwise (`Kitokens` is 1024, IEC 80000-13).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from guiju.dsl.keywords import spellings_of

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


def _unit(name: str, dimension: Dimension, factor: int | Fraction, *others: str, integer: bool = False) -> Unit:
    """A unit with the words that both languages have for it, and others that mean the same."""
    return Unit(name, dimension, Fraction(factor), (*spellings_of(name), *others), integer)


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
SPEED: Dimension = (("length", 1), ("time", -1))
ACCELERATION: Dimension = (("length", 1), ("time", -2))
FLOW: Dimension = (("length", 3), ("time", -1))
DENSITY: Dimension = (("length", -3), ("mass", 1))
MASS_FRACTION: Dimension = (("fraction of mass", 1),)  # apart from %, so that a bare number is never taken for one
AMOUNT: Dimension = (("amount", 1),)
AMOUNT_DENSITY: Dimension = (("amount", 1), ("length", -3))
CURRENT: Dimension = (("current", 1),)
CHARGE: Dimension = (("current", 1), ("time", 1))
VOLTAGE: Dimension = (("current", -1), ("length", 2), ("mass", 1), ("time", -3))
RESISTANCE: Dimension = (("current", -2), ("length", 2), ("mass", 1), ("time", -3))
CONDUCTIVITY: Dimension = (("current", 2), ("length", -3), ("mass", -1), ("time", 3))
FREQUENCY: Dimension = (("time", -1),)
ROTATION: Dimension = (("rotation", 1), ("time", -1))
ANGLE: Dimension = (("angle", 1),)
LUMINOUS_FLUX: Dimension = (("luminous flux", 1),)
ILLUMINANCE: Dimension = (("length", -2), ("luminous flux", 1))
LUMINOUS_EFFICACY: Dimension = (("length", -2), ("luminous flux", 1), ("mass", -1), ("time", 3))
LUMINOUS_INTENSITY: Dimension = (("luminous intensity", 1),)
LUMINANCE: Dimension = (("length", -2), ("luminous intensity", 1))
POWER_DENSITY: Dimension = (("mass", 1), ("time", -3))
ENERGY_DENSITY: Dimension = (("mass", 1), ("time", -2))
DIFFERENCE: Dimension = (("temperature", 1),)  # of two temperatures, in K
#: a temperature in ℃, whose zero is not zero: compared, averaged and subtracted; no multiple of it means anything
TEMPERATURE: Dimension = (("celsius", 1),)
CONDUCTANCE: Dimension = (("mass", 1), ("temperature", -1), ("time", -3))  # of heat through a surface
HEAT_CONDUCTIVITY: Dimension = (("length", 1), ("mass", 1), ("temperature", -1), ("time", -3))
ACTIVITY: Dimension = (("activity", 1),)
ACTIVITY_DENSITY: Dimension = (("activity", 1), ("length", -3))
DOSE: Dimension = (("dose", 1),)
DOSE_RATE: Dimension = (("dose", 1), ("time", -1))
# logarithms: compared with their like, converted into nothing
LEVEL: Dimension = (("decibel", 1),)
WEIGHTED_LEVEL: Dimension = (("decibel (A)", 1),)
POWER_LEVEL: Dimension = (("decibel of a milliwatt", 1),)
DOLLAR: Dimension = (("dollar", 1),)
EURO: Dimension = (("euro", 1),)
#: dimensions whose quantities may lie below zero
SIGNED: frozenset[Dimension] = frozenset((TEMPERATURE, DIFFERENCE, LEVEL, WEIGHTED_LEVEL, POWER_LEVEL))

# Not here: months and years, which have no fixed length; what to write for these stands in `unit_remedies.py`.
UNITS: tuple[Unit, ...] = (
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
    _unit("bit/s", RATE, Fraction(1, 8), "bps", "b/s"),
    _unit("kbit/s", RATE, Fraction(1000, 8), "kbps", "Kbps", "kb/s", "Kb/s"),
    _unit("Mbit/s", RATE, Fraction(10**6, 8), "Mbps", "Mb/s"),
    _unit("Gbit/s", RATE, Fraction(10**9, 8), "Gbps", "Gb/s"),
    _unit("Tbit/s", RATE, Fraction(10**12, 8), "Tbps", "Tb/s"),
    _unit("B/s", RATE, 1),
    _unit("KB/s", RATE, 10**3, "kB/s"),
    _unit("MB/s", RATE, 10**6),
    _unit("GB/s", RATE, 10**9),
    _unit("TB/s", RATE, 10**12),
    _unit("PB/s", RATE, 10**15),
    _unit("KiB/s", RATE, 2**10),
    _unit("MiB/s", RATE, 2**20),
    _unit("GiB/s", RATE, 2**30),
    _unit("TiB/s", RATE, 2**40),
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
    _unit("Ktokens/s", TOKEN_RATE, 1000),
    _unit("nm", LENGTH, Fraction(1, 10**9)),
    _unit("um", LENGTH, Fraction(1, 10**6)),
    _unit("mm", LENGTH, Fraction(1, 1000)),
    _unit("cm", LENGTH, Fraction(1, 100)),
    _unit("m", LENGTH, 1),
    _unit("km", LENGTH, 1000),
    _unit("m2", AREA, 1),
    _unit("mm2", AREA, Fraction(1, 10**6), "mm²"),
    _unit("cm2", AREA, Fraction(1, 10**4), "cm²"),
    _unit("ha", AREA, 10**4),
    _unit("km2", AREA, 10**6, "km²"),
    _unit("m3", VOLUME, 1),
    _unit("cm3", VOLUME, Fraction(1, 10**6), "cm³"),
    _unit("L", VOLUME, Fraction(1, 1000)),
    _unit("mL", VOLUME, Fraction(1, 10**6)),
    _unit("uL", VOLUME, Fraction(1, 10**9)),
    _unit("ug", MASS, Fraction(1, 10**9)),
    _unit("mg", MASS, Fraction(1, 10**6)),
    _unit("g", MASS, Fraction(1, 1000)),
    _unit("kg", MASS, 1),
    _unit("t", MASS, 1000),
    _unit("kg/m3", DENSITY, 1, "kg/m³"),
    _unit("g/m3", DENSITY, Fraction(1, 1000), "g/m³"),
    _unit("mg/m3", DENSITY, Fraction(1, 10**6), "mg/m³"),
    _unit("ug/m3", DENSITY, Fraction(1, 10**9), "μg/m3", "µg/m3", "μg/m³", "µg/m³", "ug/m³"),
    _unit("g/cm3", DENSITY, 1000, "g/cm³"),
    _unit("g/L", DENSITY, 1),
    _unit("mg/L", DENSITY, Fraction(1, 1000)),
    _unit("ug/L", DENSITY, Fraction(1, 10**6), "μg/L", "µg/L"),
    _unit("g/kg", MASS_FRACTION, Fraction(1, 1000)),
    _unit("mg/kg", MASS_FRACTION, Fraction(1, 10**6)),
    _unit("ug/kg", MASS_FRACTION, Fraction(1, 10**9), "μg/kg", "µg/kg"),
    _unit("mol", AMOUNT, 1),
    _unit("mmol", AMOUNT, Fraction(1, 1000)),
    _unit("mol/L", AMOUNT_DENSITY, 1000),
    _unit("mmol/L", AMOUNT_DENSITY, 1),
    _unit("m/s", SPEED, 1),
    _unit("km/h", SPEED, Fraction(5, 18)),
    _unit("m/min", SPEED, Fraction(1, 60)),
    _unit("m/s2", ACCELERATION, 1, "m/s²"),
    _unit("m3/s", FLOW, 1, "m³/s"),
    _unit("m3/h", FLOW, Fraction(1, 3600), "m³/h"),
    _unit("m3/d", FLOW, Fraction(1, 86400), "m³/d"),
    _unit("L/s", FLOW, Fraction(1, 1000)),
    _unit("L/min", FLOW, Fraction(1, 60_000)),
    _unit("L/h", FLOW, Fraction(1, 3_600_000)),
    _unit("mL/min", FLOW, Fraction(1, 60_000_000)),
    _unit("N", FORCE, 1),
    _unit("kN", FORCE, 1000),
    _unit("J", ENERGY, 1),
    _unit("kJ", ENERGY, 10**3),
    _unit("MJ", ENERGY, 10**6),
    _unit("Wh", ENERGY, 3600),
    _unit("kWh", ENERGY, 3_600_000),
    _unit("MWh", ENERGY, 3_600_000_000),
    _unit("mW", POWER, Fraction(1, 1000)),
    _unit("W", POWER, 1),
    _unit("kW", POWER, 10**3),
    _unit("MW", POWER, 10**6),
    _unit("GW", POWER, 10**9),
    _unit("W/m2", POWER_DENSITY, 1, "W/m²"),
    _unit("kWh/m2", ENERGY_DENSITY, 3_600_000, "kWh/m²"),
    _unit("mV", VOLTAGE, Fraction(1, 1000)),
    _unit("V", VOLTAGE, 1),
    _unit("kV", VOLTAGE, 1000),
    _unit("uA", CURRENT, Fraction(1, 10**6)),
    _unit("mA", CURRENT, Fraction(1, 1000)),
    _unit("A", CURRENT, 1),
    _unit("kA", CURRENT, 1000),
    _unit("mAh", CHARGE, Fraction(36, 10)),
    _unit("Ah", CHARGE, 3600),
    _unit("ohm", RESISTANCE, 1),
    _unit("kohm", RESISTANCE, 10**3),
    _unit("Mohm", RESISTANCE, 10**6),
    _unit("S/m", CONDUCTIVITY, 1),
    _unit("mS/cm", CONDUCTIVITY, Fraction(1, 10)),
    _unit("uS/cm", CONDUCTIVITY, Fraction(1, 10**4), "μS/cm", "µS/cm"),
    _unit("Pa", PRESSURE, 1),
    _unit("hPa", PRESSURE, 100),
    _unit("kPa", PRESSURE, 10**3),
    _unit("MPa", PRESSURE, 10**6),
    _unit("GPa", PRESSURE, 10**9),
    _unit("bar", PRESSURE, 10**5),
    _unit("℃", TEMPERATURE, 1, "°C", "摄氏度"),
    _unit("K", DIFFERENCE, 1),
    _unit("W/(m2·K)", CONDUCTANCE, 1, "W/(m²·K)"),
    _unit("W/(m·K)", HEAT_CONDUCTIVITY, 1),
    _unit("cd", LUMINOUS_INTENSITY, 1),
    _unit("cd/m2", LUMINANCE, 1, "cd/m²"),
    _unit("lm", LUMINOUS_FLUX, 1),
    _unit("lm/W", LUMINOUS_EFFICACY, 1),
    _unit("lx", ILLUMINANCE, 1),
    _unit("klx", ILLUMINANCE, 1000),
    _unit("dB", LEVEL, 1),
    _unit("dB(A)", WEIGHTED_LEVEL, 1, "dBA"),
    _unit("dBm", POWER_LEVEL, 1),
    _unit("Bq", ACTIVITY, 1),
    _unit("Bq/m3", ACTIVITY_DENSITY, 1, "Bq/m³"),
    _unit("Bq/L", ACTIVITY_DENSITY, 1000),
    _unit("Sv", DOSE, 1),
    _unit("mSv", DOSE, Fraction(1, 1000)),
    _unit("uSv", DOSE, Fraction(1, 10**6)),
    _unit("uSv/h", DOSE_RATE, Fraction(1, 3_600_000_000), "μSv/h", "µSv/h"),
    _unit("yuan", MONEY, 1),
    _unit("千元", MONEY, 1000),
    _unit("万元", MONEY, 10**4),
    _unit("百万元", MONEY, 10**6),
    _unit("亿元", MONEY, 10**8),
    _unit("USD", DOLLAR, 1),
    _unit("EUR", EURO, 1),
)


@cache
def _by_name() -> dict[str, Unit]:
    return {name: unit for unit in UNITS for name in (unit.name, *unit.aliases)}


def unit_named(name: str) -> Unit | None:
    """The unit of that name or alias."""
    return _by_name().get(name)


def unit_names() -> tuple[str, ...]:
    """Every name and alias, for did-you-mean."""
    return tuple(_by_name())


def units_for(type_unit: str, *, integer: bool) -> tuple[str, ...]:
    """The units that a number of a type may be given in: those of its quantity; shares and counts stay apart."""
    own = unit_named(type_unit)
    alike = [u for u in UNITS if own and u.dimension == own.dimension]
    if type_unit == "%":
        return ("%",)
    return tuple(u.name for u in alike if not (integer and u.name == "%"))


def multiply(left: Dimension, right: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product, or with `sign` -1 of a quotient."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


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


def format_quantity(value: Fraction, unit: str) -> str:
    """A value of the coherent unit, shown in `unit`: `50 PFLOPS`, `80 %`."""
    known = unit_named(unit)
    shown = value / known.factor if known else value
    return format_number(shown) if unit in ("number", "count") else f"{format_number(shown)} {unit}"
