"""How the value of a node is held in compiled code, and the text that gives it.

`truth`: anything that Python takes for true or false. `number`: a whole number of 1/`denominator`; with `missing` None
stands for *not entered*. `fact`: a number as the row states it, to be multiplied by `factor`. `plain`: an option or a
set. `any`: the very value that the reference has; it goes through the reference's own operators.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Literal as Word

from guiju.compiler.ir import NOT_ENTERED, Value


@dataclass(frozen=True)
class Held:
    """How a value is held."""

    as_: Word["truth", "number", "fact", "plain", "any"]
    denominator: int = 1
    missing: bool = False
    factor: Fraction = Fraction(1)


TRUTH, PLAIN, ANY_VALUE = Held("truth"), Held("plain"), Held("any")


def held(value: Value) -> Held:
    """How a constant is held."""
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, Fraction):
        return Held("number", value.denominator)
    if isinstance(value, str | frozenset):
        return PLAIN
    return Held("number", missing=True) if value is NOT_ENTERED else ANY_VALUE


def together(options: list[Held]) -> Held:
    """How a value is held that comes from one of several places."""
    kinds = {o.as_ for o in options}
    if kinds in ({"truth"}, {"plain"}):
        return options[0]
    if kinds == {"number"}:
        return Held("number", lcm(*(o.denominator for o in options)), any(o.missing for o in options))
    return ANY_VALUE


@dataclass
class Constants:
    """What compiled code calls by a name that is no variable of it: values, operators of the reference, answers."""

    values: dict[str, object] = field(default_factory=dict)
    _known: dict[object, str] = field(default_factory=dict)

    def name(self, prefix: str, value: object, key: object) -> str:
        """The name of a value; one name for each key."""
        if key not in self._known:
            self._known[key] = f"{prefix}{len(self._known) + 1}"
            self.values[self._known[key]] = value
        return self._known[key]


def scaled(text: str, held_as: Held, denominator: int) -> str:
    """A number that is never missing as a whole number of a finer part."""
    times = denominator // held_as.denominator
    return text if times == 1 else f"{text} * {times}"
