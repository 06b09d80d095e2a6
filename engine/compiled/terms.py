"""How the value of a node is held in compiled code, and the text that gives it.

`truth`: anything that Python takes for true or false. `number`: a whole number of 1/`denominator`; with `missing` None
stands for *not entered*. `fact`: a number as the row states it, to be multiplied by `factor`. `plain`: an option or a
set. `any`: the very value that the reference has; it goes through the reference's own operators.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from keyword import kwlist
from math import lcm
from typing import Literal as Word

from guiju.compiler.ir import NOT_ENTERED, Special, Undefined, Value


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


#: what generated code says in words of its own
_OWN_WORDS = (
    *("Fraction", "UnplainError", "UNSATISFIED", "NOT_APPLICABLE", "NOT_ENTERED", "UNKNOWN", "share"),
    *("clauses", "answer", "decide", "values", "length", "read", "said", "verdict", "one"),
    *("dumps", "signs_of", "parted", "SIGNS_AS_BITS", "NUMBERS_AS_BITS"),
)
_PLANE = re.compile(r"[uao]\d+")


@dataclass
class Constants:
    """The names in compiled code: of what it calls that is no variable of it (`values`), and of its variables.

    A name is made of what the policy calls a thing, so that the code can be read beside the policy.
    """

    values: dict[str, object] = field(default_factory=dict)
    _known: dict[object, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=lambda: {*kwlist, *dir(builtins), *_OWN_WORDS})

    def name(self, told: str, value: object, key: object) -> str:
        """The name of a value; one name for each key."""
        if key not in self._known:
            self.values[self.variable(told, key)] = value
        return self._known[key]

    def variable(self, told: str, key: object) -> str:
        """The name of a variable, or a function; one name for each key, and for nothing else."""
        if key not in self._known:
            plain = re.sub(r"\W+", "_", told).strip("_")
            plain = f"_{plain}" if not plain or plain[0].isdigit() or _PLANE.fullmatch(plain) else plain
            name = next(n for i in count(1) if (n := plain if i == 1 else f"{plain}_{i}") not in self._taken)
            self._taken.add(name)
            self._known[key] = name
        return self._known[key]


def spelled(value: Value) -> str:
    """A value as a part of a name: `5_3`, `L2`, `undefined_share_of_nothing`."""
    match value:
        case Undefined(reason):
            return f"undefined_{reason}"
        case Special():
            return value.name.lower()
        case frozenset():
            return "_".join(("set", *sorted(value)))
    return str(value).replace("-", "minus_")


def scaled(text: str, held_as: Held, denominator: int) -> str:
    """A number that is never missing as a whole number of a finer part."""
    times = denominator // held_as.denominator
    return text if times == 1 else f"{text} * {times}"
