"""The order of values that bounds are the ends of: levels with `none` below them, or numbers; all else has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from guiju.compiler.ir import Program, Value


def ranked(program: Program, values: Sequence[Value]) -> tuple[Value, ...]:
    """Values in the order of their bounds: levels with `none` below them, or numbers; what has no order at the end."""
    if len(values) == 1:
        return tuple(values)
    places = _places(program)

    def rank(value: Value) -> tuple[int, Fraction | int, str]:
        if isinstance(value, Fraction):
            return 0, value, ""
        place = places.get(str(value))
        return (1, 0, str(value)) if place is None else (0, place, str(value))

    return tuple(sorted(values, key=rank))


def bounds(program: Program, ordered: Sequence[Value]) -> tuple[Value, Value] | None:
    """The least and the greatest of some `ranked` values; None where one of them has no order, or there is none."""
    return (ordered[0], ordered[-1]) if ordered and all(is_ranked(program, v) for v in ordered) else None


def is_ranked(program: Program, value: Value) -> bool:
    """Whether a value has an order among its like."""
    return isinstance(value, Fraction) or (isinstance(value, str) and value in _places(program))


@lru_cache(maxsize=8)
def _places(program: Program) -> Mapping[str, int]:
    """The place of each level, and of none."""
    return {value: place for place, value in enumerate(("none", *(level.id for level in program.levels)))}
