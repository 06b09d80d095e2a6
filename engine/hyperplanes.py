"""Hyperplanes over some numbers: the cells that they cut out, with a point in each, and the terms that they come from.

Eliminating one number after the other (Fourier and Motzkin) and choosing values on and between what is left gives a
point in each cell. Whole numbers are chosen first and tried where they lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

from guiju.compiler.ir import NumberType

MOST_POINTS = 2_000
_PART, _FAR = Fraction(1, 2), 100

#: a constant, and so many times each number; as a hyperplane: where it is zero
Linear: TypeAlias = tuple[Fraction, tuple[Fraction, ...]]


class UnfitError(Exception):
    """No linear terms, or too many of them."""


def points_of(
    planes: Iterable[Linear], types: Sequence[NumberType], most: int = MOST_POINTS, side_by_side: int = 2
) -> Iterator[tuple[Fraction, ...]]:
    """A point in every cell that some hyperplanes cut out, of whole numbers so many `side_by_side` at an end of a gap.

    What is not whole where it should be lies in a cell that may hold whole numbers all the same; where all of a gap
    were tried there is no such point.
    """
    whole_first = sorted(range(len(types)), key=lambda n: not types[n].integer)
    places = [whole_first.index(n) for n in range(len(types))]
    turned = frozenset((c, tuple(times[n] for n in whole_first)) for c, times in planes)
    lifted = _lifted(turned, [types[n].integer for n in whole_first], side_by_side)
    for number, point in enumerate(lifted):
        if number == most:
            raise UnfitError
        yield tuple(point[place] for place in places)


def _lifted(planes: frozenset[Linear], whole: Sequence[bool], side_by_side: int) -> Iterator[tuple[Fraction, ...]]:
    """The points of the first numbers, each with values of the last one on and between the planes there."""
    if not whole:
        yield ()
        return
    last = len(whole) - 1
    for point in _lifted(_projected(planes, last), whole[:-1], side_by_side):
        roots = sorted({-value_at((c, times[:-1]), point) / times[-1] for c, times in planes if times[-1]})
        is_part = any(v.denominator != 1 for v, is_whole in zip(point, whole, strict=False) if is_whole)
        is_told = whole[-1] and not is_part  # beside a part of one, what is not whole stands for what may be
        for value in _whole(roots, side_by_side) if is_told else _on_and_between(roots):
            yield (*point, value)


def _projected(planes: frozenset[Linear], last: int) -> frozenset[Linear]:
    """Where planes meet, or do not look at the last number: over the cells of these nothing changes its order."""
    with_last = [p for p in planes if p[1][last]]
    found = {(c, times[:last]) for c, times in planes if not times[last]}
    for n, (a, one) in enumerate(with_last):
        for b, other in with_last[:n]:
            factor = one[last] / other[last]
            times = tuple(x - factor * y for x, y in zip(one[:last], other[:last], strict=True))
            found.add(scaled(a - factor * b, times))
    if len(found) > MOST_POINTS:
        raise UnfitError
    return frozenset(p for p in found if any(p[1]))


def scaled(constant: Fraction, times: tuple[Fraction, ...]) -> Linear:
    """One of all multiples of a plane."""
    first = next((t for t in times if t), Fraction(1))
    return constant / first, tuple(t / first for t in times)


def _on_and_between(roots: Sequence[Fraction]) -> Iterator[Fraction]:
    """Each root, a number between each two and on either side."""
    ends = [*roots] or [Fraction(0)]
    yield from ends
    least, most = Fraction(floor(ends[0]) - 4), Fraction(ceil(ends[-1]) + 4)
    yield from ((low + high) / 2 for low, high in pairwise([least, *ends, most]))


def _whole(roots: Sequence[Fraction], side_by_side: int) -> Iterator[Fraction]:
    """Each root that is whole, and of each gap all whole numbers, or those at the ends of a long one and a part."""
    ends = [*roots] or [Fraction(0)]
    yield from (root for root in ends if root.denominator == 1)
    for low, high in pairwise(ends):
        inside = range(floor(low) + 1, ceil(high))
        yield from map(Fraction, {*inside[:side_by_side], *inside[-side_by_side:]})
        if len(inside) > 2 * side_by_side:
            yield inside[len(inside) // 2] + _PART
    least, most = ceil(ends[0]) - 1, floor(ends[-1]) + 1
    for first, step in ((least, -1), (most, 1)):
        far = (*range(side_by_side), _FAR * (1 + abs(first)), side_by_side + _PART)
        yield from (Fraction(first + step * n) for n in far)


def value_at(plane: Linear, point: Sequence[Fraction]) -> Fraction:
    """What a linear term comes to at a point."""
    constant, times = plane
    return constant + sum((t * v for t, v in zip(times, point, strict=True)), Fraction(0))


def coordinate(place: int, number: int) -> Linear:
    """One of so many numbers as a term."""
    return Fraction(0), tuple(Fraction(n == place) for n in range(number))


def product_of(one: Linear, other: Linear) -> Linear:
    """A product, where one of the two is a constant."""
    constant, term = (one, other) if not any(one[1]) else (other, one)
    if any(constant[1]):
        raise UnfitError
    return constant[0] * term[0], tuple(constant[0] * t for t in term[1])


def sum_of(one: Linear, other: Linear) -> Linear:
    """The sum of two terms."""
    return one[0] + other[0], tuple(a + b for a, b in zip(one[1], other[1], strict=True))


def difference_of(one: Linear, other: Linear) -> Linear:
    """One term less another."""
    return one[0] - other[0], tuple(a - b for a, b in zip(one[1], other[1], strict=True))
