"""Which scores are shares of a whole, so that they can stand as numbers from 0 to 1 in other formats."""

from __future__ import annotations

from fractions import Fraction

from guiju.compiler.ir import Definition, NumberType, Value


def as_share(definition: Definition, value: Value) -> float | None:
    """A decided score in % from 0 to 1 for a format that has decimals alone; None of what is none, or has no value.

    The nearest binary number: the exact one is to stand beside it. What is not quite 0 or 1 is never shown as that.
    """
    is_share = isinstance(definition.type, NumberType) and definition.type.unit == "%"
    if not is_share or not isinstance(value, Fraction) or not 0 <= value <= 1:
        return None
    near = float(value)
    return None if near in (0, 1) and value != near else near
