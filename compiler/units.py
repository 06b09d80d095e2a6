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
PRESSURE: Dimension = (("length", -1), ("mass", 1), ("time", -2))
CURRENT: Dimension = (("current", 1),)
VOLTAGE: Dimension = (("current", -1), ("length", 2), ("mass", 1), ("time", -3))
FREQUENCY: Dimension = (("time", -1),)
ILLUMINANCE: Dimension = (("illuminance", 1),)
LEVEL: Dimension = (("decibel", 1),)  # a logarithm: compared with its like, converted into nothing

# Not here: months and years, which have no fixed length, and °C, whose zero is not zero.
UNITS: tuple[Unit, ...] = (
    _unit("number", NUMBER, 1, "数"),
    _unit(
        "count", NUMBER, 1, "persons", "person", "人", "items", "项", "times", "次", *"种款家台件套名位", integer=True
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
    _unit("mm", LENGTH, Fraction(1, 1000)),
    _unit("cm", LENGTH, Fraction(1, 100)),
    _unit("m", LENGTH, 1),
    _unit("km", LENGTH, 1000),
    _unit("m2", AREA, 1),
    _unit("m3", VOLUME, 1),
    _unit("L", VOLUME, Fraction(1, 1000)),
    _unit("mL", VOLUME, Fraction(1, 10**6)),
    _unit("g", MASS, Fraction(1, 1000)),
    _unit("kg", MASS, 1),
    _unit("t", MASS, 1000),
    _unit("kWh", ENERGY, 3_600_000),
    _unit("W", POWER, 1),
    _unit("kW", POWER, 10**3),
    _unit("MW", POWER, 10**6),
    _unit("V", VOLTAGE, 1),
    _unit("A", CURRENT, 1),
    _unit("Pa", PRESSURE, 1),
    _unit("kPa", PRESSURE, 10**3),
    _unit("MPa", PRESSURE, 10**6),
    _unit("lx", ILLUMINANCE, 1),
    _unit("dB", LEVEL, 1),
    _unit("yuan", MONEY, 1),
    _unit("万元", MONEY, 10**4),
    _unit("亿元", MONEY, 10**8),
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
