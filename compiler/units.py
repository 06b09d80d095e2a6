"""Units and their exact conversion factors. To add a unit, add a line.

A dimension is what can be compared: seconds with hours, never seconds with bytes. Prefixes are decimal (SI) unless
the unit says otherwise (`Kitokens` is 1024, IEC 80000-13).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeAlias

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


NUMBER: Dimension = ()
TIME: Dimension = (("time", 1),)
DATA: Dimension = (("data", 1),)
RATE: Dimension = (("data", 1), ("time", -1))
COMPUTE: Dimension = (("operation", 1), ("time", -1))
TOKEN: Dimension = (("token", 1),)
TOKEN_RATE: Dimension = (("time", -1), ("token", 1))
ENERGY: Dimension = (("energy", 1),)
MONEY: Dimension = (("yuan", 1),)

UNITS: tuple[Unit, ...] = (
    Unit("number", NUMBER, Fraction(1), ("数",)),
    Unit("count", NUMBER, Fraction(1), ("个数", "个", "种", "款", "家", "次"), integer=True),
    Unit("%", NUMBER, Fraction(1, 100), ("percent", "％")),
    Unit("FLOPS", COMPUTE, Fraction(1)),
    Unit("GFLOPS", COMPUTE, Fraction(10**9)),
    Unit("TFLOPS", COMPUTE, Fraction(10**12)),
    Unit("PFLOPS", COMPUTE, Fraction(10**15)),
    Unit("EFLOPS", COMPUTE, Fraction(10**18)),
    Unit("B", DATA, Fraction(1), ("字节",)),
    Unit("KB", DATA, Fraction(10**3), ("kB",)),
    Unit("MB", DATA, Fraction(10**6)),
    Unit("GB", DATA, Fraction(10**9)),
    Unit("TB", DATA, Fraction(10**12)),
    Unit("PB", DATA, Fraction(10**15)),
    Unit("KiB", DATA, Fraction(2**10)),
    Unit("MiB", DATA, Fraction(2**20)),
    Unit("GiB", DATA, Fraction(2**30)),
    Unit("TiB", DATA, Fraction(2**40)),
    Unit("Gbit/s", RATE, Fraction(10**9, 8), ("Gbps", "Gb/s")),
    Unit("MB/s", RATE, Fraction(10**6)),
    Unit("GB/s", RATE, Fraction(10**9)),
    Unit("TB/s", RATE, Fraction(10**12)),
    Unit("PB/s", RATE, Fraction(10**15)),
    Unit("ns", TIME, Fraction(1, 10**9), ("纳秒",)),
    Unit("us", TIME, Fraction(1, 10**6), ("μs", "µs", "微秒")),
    Unit("ms", TIME, Fraction(1, 1000), ("毫秒",)),
    Unit("s", TIME, Fraction(1), ("秒",)),
    Unit("min", TIME, Fraction(60), ("分钟",)),
    Unit("h", TIME, Fraction(3600), ("小时",)),
    Unit("d", TIME, Fraction(86400), ("天", "日")),
    Unit("week", TIME, Fraction(604800), ("周",)),
    Unit("tokens", TOKEN, Fraction(1), ("token", "词元")),
    Unit("Ktokens", TOKEN, Fraction(1000)),
    Unit("Kitokens", TOKEN, Fraction(1024)),
    Unit("tokens/s", TOKEN_RATE, Fraction(1), ("token/s",)),
    Unit("kWh", ENERGY, Fraction(3_600_000)),
    Unit("yuan", MONEY, Fraction(1), ("元", "CNY")),
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
