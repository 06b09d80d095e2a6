"""The order of values that bounds are the ends of: levels with `none` below them, or numbers; all else has none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from guiju.compiler.ir import Program, Value


def ranked(program: Program, values: Sequence[Value]) -> tuple[Value, ...]:
    """Values in the order of their bounds: levels with `none` below them, or numbers; what has no order at the end."""
    levels = ("none", *(level.id for level in program.levels))
    place = {v: (0, Fraction(i)) for i, v in enumerate(levels)}

    def rank(value: Value) -> tuple[int, Fraction, str]:
        if isinstance(value, Fraction):
            return 0, value, ""
        return *place.get(str(value), (1, Fraction(0))), str(value)

    return tuple(sorted(values, key=rank))


def bounds(program: Program, ordered: Sequence[Value]) -> tuple[Value, Value] | None:
    """The least and the greatest of some `ranked` values; None where one of them has no order, or there is none."""
    return (ordered[0], ordered[-1]) if ordered and all(is_ranked(program, v) for v in ordered) else None


def is_ranked(program: Program, value: Value) -> bool:
    """Whether a value has an order among its like."""
    return isinstance(value, Fraction) or value == "none" or value in {level.id for level in program.levels}
