"""Two open numbers that meet each other and constants, and nothing else: values so that comparisons go each way.

The constants cut both number lines into points and gaps. Of two numbers on different points or in different gaps it is
settled which is greater; within one gap either may be, or they may be equal. So the points are tried, and in each gap
enough values for these three ways: more of the same kind make no comparison go otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, islice, pairwise, takewhile
from math import ceil, floor

from guiju.compiler.ir import Fact, NumberType, Value
from guiju.engine.domains import Domains
from guiju.engine.network import Node

_BEYOND = 4  # how wide the gaps beyond the first and the last point are taken to be: two whole numbers lie in each


def meeting(domains: Domains, node: Node, nodes: tuple[Node, ...], today: list[Value]) -> tuple[Fraction, ...] | None:
    """The values to try of a fact that meets one other; None where it meets anything else, or the other does.

    `today`: what the two may also stay at, and so a point for either.
    """
    mine = domains.meets(node.index)
    if mine is None or len(mine.others) != 1:
        return None
    (other,) = mine.others
    theirs = domains.meets(other)
    types = [_number_type(nodes[i]) for i in (node.index, other)]
    if theirs is None or theirs.others != {node.index} or None in types:
        return None
    stays = {v for i in (node.index, other) if isinstance(v := today[i], Fraction)}
    return crossed(mine.thresholds | theirs.thresholds | stays, *(t for t in types if t is not None))


def crossed(points: Iterable[Fraction], mine: NumberType, other: NumberType) -> tuple[Fraction, ...]:
    """Values of one number on each point and in each gap, so many that it can lie on each side of the other one."""
    zero = {Fraction(0)} if mine.is_never_negative or other.is_never_negative else set[Fraction]()
    cuts = sorted({*points, *zero}) or [Fraction(0)]
    least, most = Fraction(ceil(cuts[0]) - _BEYOND), Fraction(floor(cuts[-1]) + _BEYOND)
    gaps = pairwise([least, *cuts, most])
    tried = {*cuts, *(v for low, high in gaps for v in _within(low, high, mine, other))}
    return tuple(
        v for v in sorted(tried) if (v >= 0 or not mine.is_never_negative) and (v.denominator == 1 or not mine.integer)
    )


def _within(low: Fraction, high: Fraction, mine: NumberType, other: NumberType) -> Iterator[Fraction]:
    """Values inside one gap: two whole numbers where either is whole, and for a number that is not those between."""
    whole = list(islice(takewhile(lambda n: n < high, map(Fraction, count(floor(low) + 1))), 2))
    met = whole if mine.integer or other.integer else [(low + high) / 2]
    yield from met
    if not mine.integer:
        yield from ((a + b) / 2 for a, b in pairwise([low, *met, high]))


def _number_type(node: Node) -> NumberType | None:
    type_ = node.subject.type if isinstance(node.subject, Fact) else None
    return type_ if isinstance(type_, NumberType) else None
