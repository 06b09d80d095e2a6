"""Numbers that are too many to list, as one: some numbers, none of them outside two bounds.

Only an enclosure holds these. An operation that grows or falls with each of its operands has its least and greatest
results where the operands have theirs; so the ends are all that is computed, as in interval arithmetic (Moore 1966).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from guiju.compiler.ir import Undefined
from guiju.engine.domains import ANY

MOST_LISTED = 200  # numbers of one node in an enclosure; beyond that only their bounds are kept

_ORDERED = ("<", "<=", ">", ">=")
_BETWEEN_ITS_ENDS = ("reference", "reading", "+", "-", "*", "/", "sum", "mean", "min", "max", "count", "share")


@dataclass(frozen=True)
class Between:
    """Some numbers, not told which: none is below `low` or above `high`."""

    low: Fraction
    high: Fraction


def results_between(symbol: str, results: Callable[..., Iterable[Any]], arguments: tuple[Any, ...]) -> Iterable[Any]:
    """What an operation gives where some arguments are known by their bounds; `symbol` "" passes them on unseen."""
    if not symbol or not any(map(_bounds, arguments)):
        return results(*arguments)
    ends = [r for chosen in product(*map(_ends, arguments)) for r in results(*chosen)]
    if symbol in _ORDERED:
        return ends
    somewhere = tuple(results(*(ANY if _bounds(a) else a for a in arguments)))
    is_divisor = symbol == "/" and any(isinstance(r, Undefined) for r in somewhere)
    divided = is_divisor and (bounds := _bounds(arguments[-1])) and bounds.low <= 0 <= bounds.high
    if symbol in _BETWEEN_ITS_ENDS and not divided and all(map(_is_number, ends)):
        return [_hull(ends)]
    return somewhere


def few(values: Iterable[Any]) -> tuple[Any, ...]:
    """The values, with the bounds in place of numbers that are too many; whatever else there is stays."""
    listed = tuple(dict.fromkeys(values))
    if len(listed) <= MOST_LISTED and not any(map(_bounds, listed)):
        return listed
    kinds: dict[Any, list[Any]] = {}
    for value in filter(_is_number, listed):
        kinds.setdefault(value[1:] if isinstance(value, tuple) else None, []).append(value)
    return (*(v for v in listed if not _is_number(v)), *map(_hull, kinds.values()))


def spelled(values: Iterable[Any]) -> Iterator[Any]:
    """The values for a reader: of what lies between bounds these, and any number."""
    for value in values:
        yield from (value.low, value.high, ANY) if isinstance(value, Between) else (value,)


def _is_number(value: Any) -> bool:
    """A number, or the running sum of an aggregate, which has how many were added beside it."""
    number = value[0] if isinstance(value, tuple) else value
    return isinstance(number, Fraction | Between | int) and not isinstance(number, bool)


def _bounds(value: Any) -> Between | None:
    number = value[0] if isinstance(value, tuple) else value
    return number if isinstance(number, Between) else None


def _ends(value: Any) -> tuple[Any, ...]:
    bounds = _bounds(value)
    if bounds is None:
        return (value,)
    return tuple((end, *value[1:]) if isinstance(value, tuple) else end for end in (bounds.low, bounds.high))


def _hull(numbers: list[Any]) -> Any:
    """The least bounds around some numbers, or around sums of equally many."""
    ends = [end[0] if isinstance(end, tuple) else end for number in numbers for end in _ends(number)]
    low, high = min(ends), max(ends)
    around = low if low == high else Between(low, high)
    first = numbers[0]
    return (around, *first[1:]) if isinstance(first, tuple) else around
