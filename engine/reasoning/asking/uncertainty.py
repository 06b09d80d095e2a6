"""How much is still open in what an outcome can be, as an exact share of what was open before.

Where values are grades, the width of a set is how many values it holds beyond the first. Numbers count as one value
together, and beside that by their spread, the greatest less the least, as a share of the spread there was.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from guiju.compiler.ir import Value
from guiju.engine.domains import ANY


def share_left(before: Collection[Value], after: Collection[Value]) -> Fraction:
    """How much of the width of a set a part of it keeps: 1 all of it, 0 nothing, as where one value is left.

    Against numbers without end any that have one count as nothing.
    """
    whole = _places(before) + (_spread(before) != 0)
    if not whole:
        return Fraction(0)
    return (_places(after) + _share_of_spread(before, after)) / Fraction(whole)


def _places(values: Collection[Value]) -> int:
    """The values beyond the first, all numbers counted as one."""
    others = [v for v in values if not _is_number(v)]
    return max(0, len(others) + (len(others) < len(values)) - 1)


def _share_of_spread(before: Collection[Value], after: Collection[Value]) -> Fraction:
    was, is_ = _spread(before), _spread(after)
    if was is None:
        return Fraction(is_ is None)
    return is_ / was if was and is_ is not None else Fraction(0)


def _spread(values: Collection[Value]) -> Fraction | None:
    """The greatest number less the least; None where any number is possible."""
    if ANY in values:
        return None
    numbers = [v for v in values if isinstance(v, Fraction)]
    return max(numbers) - min(numbers) if numbers else Fraction(0)


def _is_number(value: Value) -> bool:
    return isinstance(value, Fraction) or value == ANY
