"""Numbers that meet each other, or a score: what they can be changed to together, for every way things come out.

Of each set of them that changes, all others being as they are, every comparison turns on hyperplanes (`engine/planes`);
so the points that are nearest to today in each of the cells stand for all others. Sets of which this cannot be told are
named, so that no answer that costs as much as one of them is said to be proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise
from math import ceil, floor, lcm
from typing import TypeAlias

from guiju.compiler.ir import Fact, NumberType, Value
from guiju.engine.hyperplanes import Linear, UnfitError, coordinate, points_of, value_at
from guiju.engine.network import Network, live_operands, standing_below
from guiju.engine.planes import Planes, Side, numbers_below, turning

MOST_TOGETHER = 4  # numbers that change at once
MOST_CELLS = 2_000  # of all sets of some numbers
MOST_POINTS = 10_000  # that are looked at in the cells of one set
MOST_SIDE_BY_SIDE = 24  # whole numbers that are tried one after the other


_FEW, _IN_A_PLANE = 3, 2

#: how far it is from today, and what the numbers are there
_Point: TypeAlias = tuple[Fraction, tuple[Fraction, ...]]


@dataclass(frozen=True)
class Found:
    """The points to try, those nearest to today first; and the sets of facts of which not every cell has one."""

    points: tuple[Mapping[int, Fraction], ...]
    untried: tuple[tuple[int, ...], ...]


class Joint:
    """The numbers among the `changeable` facts of a network, where `opened` values are UNKNOWN once all may change."""

    def __init__(
        self,
        network: Network,
        opened: Sequence[Value],
        today: Sequence[Value],
        changeable: Iterable[int],
        tops: Iterable[int],
    ) -> None:
        self._network, self._opened, self._today = network, opened, today
        self._types = {i: t for i in sorted(changeable) if (t := _number_type(network, i)) is not None}
        self._below = sorted(standing_below(network.nodes, opened, tops))
        self._turning = turning(network, opened, self._below)
        self._lines: dict[object, tuple[Fraction, ...] | None] = {}

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The numbers that meet each other in what turns, in groups that do not."""
        group = {i: {i} for i in self._types}
        for numbers in self._seen.values():
            for one in numbers:
                if group[one] is not group[min(numbers)]:
                    group[min(numbers)] |= group[one]
                    group.update(dict.fromkeys(group[one], group[min(numbers)]))
        return tuple(tuple(sorted(g)) for g in {id(g): g for g in group.values()}.values())

    def among(self, numbers: tuple[int, ...], most: int) -> Found:
        """What the numbers of a group can be changed to, at `most` so many at once."""
        points: list[tuple[int, Fraction, tuple[int, ...], tuple[Fraction, ...]]] = []
        untried: list[tuple[int, ...]] = []
        for size in range(1, min(most, len(numbers)) + 1):
            for moved in combinations(numbers, size):
                found, is_complete = self._points(moved) if len(points) < MOST_CELLS else ([], False)
                points += ((size, far, moved, point) for far, point in found)
                untried += [] if is_complete else [moved]
        if len(numbers) > most:
            untried += combinations(numbers, most + 1)
        told = (dict(zip(moved, point, strict=True)) for _, _, moved, point in sorted(points))
        return Found(tuple(told), tuple(untried))

    def line(self, fact: int, beside: Mapping[int, Value]) -> tuple[Fraction, ...] | None:
        """What one number can come to `beside` others as they are planned, that stands for all else; None: not told."""
        fixed = {i: beside.get(i, self._today[i]) for i in self._types if i != fact}
        key = (fact, *fixed.items())
        if key not in self._lines:
            try:
                planes = Planes(self._network, self._opened, (fact,), fixed).of(self._turning_on(fact))
            except UnfitError:
                self._lines[key] = None
            else:
                self._lines[key] = _along({-c / times[0] for c, times in planes}, self._types[fact])
        return self._lines[key]

    @cached_property
    def _seen(self) -> dict[int, frozenset[int]]:
        """The numbers that each thing that turns looks at, by itself or through arithmetic and tables."""
        numbers = numbers_below(self._network, self._opened, self._below)
        found = ((i, frozenset().union(*(numbers[o] for o in self._operands(i)))) for i in self._turning)
        return {i: seen & self._types.keys() for i, seen in found if seen & self._types.keys()}

    def _operands(self, index: int) -> tuple[int, ...]:
        return live_operands(self._network.nodes[index], self._opened)

    def _turning_on(self, *facts: int) -> list[int]:
        return [i for i, numbers in self._seen.items() if not numbers.isdisjoint(facts)]

    def _points(self, moved: tuple[int, ...]) -> tuple[list[_Point], bool]:
        """The point nearest to today in each cell of some numbers, and whether each cell that may hold one has one."""
        types, today = [self._types[i] for i in moved], [self._today[i] for i in moved]
        fixed = {i: self._today[i] for i in self._types if i not in moved}
        found = _Nearest(today)
        try:
            walls = Planes(self._network, self._opened, moved, fixed).of(self._turning_on(*moved))
            _put_up(walls, types, today)
            period, side_by_side = _period(walls, types), MOST_SIDE_BY_SIDE if len(types) <= _IN_A_PLANE else _FEW
            for point in points_of(sorted(walls), types, MOST_POINTS, min(period, side_by_side)):
                if _is_apart(point, types, today):
                    found.note(walls, types, point)
        except UnfitError:
            is_complete = False
        else:
            is_complete = found.is_complete(repeats=len(types) <= _IN_A_PLANE and period <= side_by_side)
        return found.points(), is_complete


class _Nearest:
    """The points that are nearest to today, one of each cell; a cell on a border is one with the side that is alike."""

    def __init__(self, today: Sequence[Value]) -> None:
        self._today = today
        self._found: dict[tuple[int, ...], _Point] = {}
        self._parts: dict[
            tuple[int, ...], bool
        ] = {}  # where numbers were found that are not whole: whether on a border

    def note(self, walls: Mapping[Linear, Side], types: Sequence[NumberType], point: tuple[Fraction, ...]) -> None:
        """Take a point for what it is."""
        signs = [_sign(value_at(wall, point)) for wall in walls]
        cell = tuple([sign or side for sign, side in zip(signs, walls.values(), strict=True)])
        if any(v.denominator != 1 for v, t in zip(point, types, strict=True) if t.integer):
            self._parts[cell] = self._parts.get(cell, True) and 0 in signs
            return
        far = _distance(point, self._today)
        if cell not in self._found or (far, point) < self._found[cell]:
            self._found[cell] = (far, point)

    def points(self) -> list[_Point]:
        """All of them."""
        return list(self._found.values())

    def is_complete(self, *, repeats: bool) -> bool:
        """Whether no other cell can hold whole numbers: on a line, once all ways were tried in which these `repeat`."""
        return all(cell in self._found or (repeats and on_border) for cell, on_border in self._parts.items())


def _number_type(network: Network, index: int) -> NumberType | None:
    subject = network.nodes[index].subject
    return subject.type if isinstance(subject, Fact) and isinstance(subject.type, NumberType) else None


def _put_up(walls: dict[Linear, Side], types: Sequence[NumberType], today: Sequence[Value]) -> None:
    """Where a number is as it is today, which is no change of it; and zero, below which many are not."""
    for place, (type_, now) in enumerate(zip(types, today, strict=True)):
        constant, times = coordinate(place, len(types))
        if isinstance(now, Fraction):
            walls.setdefault((constant - now, times), 0)
        if type_.is_never_negative:
            walls.setdefault((constant, times), 1)


def _is_apart(point: Sequence[Fraction], types: Sequence[NumberType], today: Sequence[Value]) -> bool:
    """Whether a point is allowed, and changes every number."""
    allowed = all(v >= 0 for v, t in zip(point, types, strict=True) if t.is_never_negative)
    return allowed and all(v != now for v, now in zip(point, today, strict=True))


def _distance(point: Sequence[Fraction], today: Sequence[Value]) -> Fraction:
    """How far numbers move, each measured by what it is."""
    moved = ((v, now if isinstance(now, Fraction) else Fraction(0)) for v, now in zip(point, today, strict=True))
    return sum((abs(v - now) / max(abs(now), Fraction(1)) for v, now in moved), Fraction(0))


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _period(walls: Iterable[Linear], types: Sequence[NumberType]) -> int:
    """After how many whole numbers every hyperplane passes between them in the same way again."""
    if len(types) == 1 or not any(t.integer for t in types):
        return 1
    whole = (lcm(*(x.denominator for x in (constant, *times))) * t for constant, times in walls for t in times)
    return max((int(abs(t)) for t in whole), default=1)


def _along(roots: Iterable[Fraction], type_: NumberType) -> tuple[Fraction, ...]:
    """On and between the places where one number turns something, as near to these as whole numbers are."""
    zero = {Fraction(0)} if type_.is_never_negative else set[Fraction]()
    points = sorted({*roots, *zero}) or [Fraction(0)]
    tried = {*points, points[0] - 1, points[-1] + 1}
    tried |= {(a + b) / 2 for a, b in pairwise(points)}
    if type_.unit == "%":  # most ratios are shares
        tried |= {v for v in (Fraction(0), Fraction(1)) if not points[0] <= v <= points[-1]}
    if type_.integer:
        tried = {Fraction(n) for x in points for n in (floor(x), ceil(x), floor(x) + 1, ceil(x) - 1)}
    return tuple(sorted(v for v in tried if v >= 0 or not type_.is_never_negative))
