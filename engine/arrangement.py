"""Open numbers that meet each other in comparisons: which of these hold together, by a point in every cell.

Where both sides of a comparison are linear in the facts, or ratios of such terms, it turns on hyperplanes alone. They
cut the space of the facts into cells in each of which every comparison comes to the same. Eliminating one fact after
the other (Fourier and Motzkin) and choosing values on and between what is left gives a point in each cell, and so every
combination of results, each with values of the facts as its witness. Whole numbers are tried where they lie; a cell in
which none was found may hold one all the same, so then the combination is told without a witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Fact, NumberType, Value
from guiju.engine.domains import ANY, Domains
from guiju.engine.network import Node, live_operands, open_below
from guiju.engine.possible import Known, Relation, Trail, longer

MOST_FACTS = 4  # that meet each other
MOST_POINTS = 2_000
MOST_ROWS = 500

#: a constant, and so many times each fact
_Linear: TypeAlias = tuple[Fraction, tuple[Fraction, ...]]


class _UnfitError(Exception):
    """No linear terms, or too many of them."""


@dataclass(frozen=True)
class Cluster:
    """Facts that comparisons join, and these."""

    facts: tuple[int, ...]
    comparisons: tuple[int, ...]


def clusters(known: Known, targets: Iterable[int], domains: Domains) -> Iterator[Cluster]:
    """The comparisons that share open numbers and cannot be told one by one."""
    network, seen = known.network, set[int]()
    below = open_below(network, known.values, targets)
    for node in (network.nodes[i] for i in sorted(below)):
        if node.index not in seen and _is_number(node) and domains.of(node) == (ANY,):
            cluster = _cluster(node.index, known, domains)
            if cluster is not None:
                seen.update(cluster.facts)
                yield cluster


def arranged(known: Known, cluster: Cluster, domains: Domains) -> Relation | None:
    """How the comparisons of a cluster go together; None where they are not linear, or too many."""
    try:
        return _relation(known, cluster, domains)
    except _UnfitError:
        return None


def _is_number(node: Node) -> bool:
    return isinstance(node.subject, Fact) and isinstance(node.subject.type, NumberType) and not node.operands


def _cluster(fact: int, known: Known, domains: Domains) -> Cluster | None:
    """What a fact meets, and what that meets; None where a number goes into anything but comparisons."""
    nodes, values = known.network.nodes, known.values
    facts, comparisons, stack = {fact}, set[int](), [fact]
    while stack:
        for comparison in domains.comparisons(stack.pop()):
            if comparison is None:
                return None
            comparisons.add(comparison.index)
            below = open_below(known.network, values, (comparison.index,))
            leaves = {i for i in below if nodes[i].form is None and not nodes[i].operands}
            if not all(_is_number(nodes[i]) for i in leaves) or len(facts | leaves) > MOST_FACTS:
                return None
            stack.extend(leaves - facts)
            facts |= leaves
    if len(comparisons) == 1 and domains.free(nodes[min(comparisons)]) is not None:
        return None
    return Cluster(tuple(sorted(facts)), tuple(sorted(comparisons)))


def _relation(known: Known, cluster: Cluster, domains: Domains) -> Relation:
    """How the comparisons of a cluster go together."""
    nodes = known.network.nodes
    types = [t for i in cluster.facts if isinstance(t := getattr(nodes[i].subject, "type", None), NumberType)]
    planes = _Planes(known, cluster).all
    planes |= {_fact(n, len(types)) for n, t in enumerate(types) if t.is_never_negative}
    rows: dict[tuple[Value, ...], Trail] = {}
    untold: dict[tuple[Value, ...], Trail] = {}
    for point in _points(sorted(planes), types):
        if any(t.is_never_negative and v < 0 for t, v in zip(types, point, strict=True)):
            continue
        chosen = dict(zip(cluster.facts, point, strict=True))
        row = tuple(domains.under(c, chosen) for c in cluster.comparisons)
        if all(v.denominator == 1 for t, v in zip(types, point, strict=True) if t.integer):
            rows.setdefault(row, _told(known, chosen))
        else:
            untold[row] = None
        if len(rows) > MOST_ROWS:
            raise _UnfitError
    untold = {row: trail for row, trail in untold.items() if row not in rows}
    if not rows:
        raise _UnfitError
    held = not known.standing.held.isdisjoint((*cluster.facts, *cluster.comparisons))
    enclosed = frozenset(cluster.comparisons) if untold or held else frozenset[int]()
    return Relation(cluster.comparisons, rows | untold, enclosed, None)


def _told(known: Known, chosen: Mapping[int, Fraction]) -> Trail:
    trail: Trail = None
    for index, value in chosen.items():
        trail = longer(trail, known.network.nodes[index].address, value)
    return trail


# --- points --------------------------------------------------------------------------------------------------------


def _points(planes: Sequence[_Linear], types: Sequence[NumberType]) -> Iterator[tuple[Fraction, ...]]:
    """A point in every cell that some hyperplanes cut out, and more of whole numbers."""
    for number, point in enumerate(_lifted(frozenset(planes), types)):
        if number == MOST_POINTS:
            raise _UnfitError
        yield point


def _lifted(planes: frozenset[_Linear], types: Sequence[NumberType]) -> Iterator[tuple[Fraction, ...]]:
    """The points of the first facts, each with values of the last one on and between the planes there."""
    if not types:
        yield ()
        return
    for point in _lifted(_projected(planes, len(types) - 1), types[:-1]):
        roots = {-_at((c, times[:-1]), point) / times[-1] for c, times in planes if times[-1]}
        for value in _on_and_between(sorted(roots), whole=types[-1].integer):
            yield (*point, value)


def _projected(planes: frozenset[_Linear], last: int) -> frozenset[_Linear]:
    """Where planes meet, or do not look at the last fact: over the cells of these nothing changes its order."""
    with_last = [p for p in planes if p[1][last]]
    found = {(c, times[:last]) for c, times in planes if not times[last]}
    for n, (a, one) in enumerate(with_last):
        for b, other in with_last[:n]:
            factor = one[last] / other[last]
            times = tuple(x - factor * y for x, y in zip(one[:last], other[:last], strict=True))
            found.add(_scaled(a - factor * b, times))
    if len(found) > MOST_POINTS:
        raise _UnfitError
    return frozenset(p for p in found if any(p[1]))


def _scaled(constant: Fraction, times: tuple[Fraction, ...]) -> _Linear:
    """One of all multiples of a plane."""
    first = next((t for t in times if t), Fraction(1))
    return constant / first, tuple(t / first for t in times)


def _on_and_between(roots: Sequence[Fraction], *, whole: bool) -> Iterator[Fraction]:
    """Each root, a number between each two and on either side; of whole numbers some more in each gap."""
    ends = [*roots] or [Fraction(0)]
    yield from ends
    least, most = Fraction(floor(ends[0]) - 4), Fraction(ceil(ends[-1]) + 4)
    for low, high in pairwise([least, *ends, most]):
        yield (low + high) / 2
        if whole:
            first, last = floor(low) + 1, ceil(high) - 1
            yield from map(Fraction, sorted({n for n in (first, first + 1, last - 1, last) if low < n < high}))
    if whole:
        yield most + 1
        yield most * 100


def _at(plane: _Linear, point: Sequence[Fraction]) -> Fraction:
    constant, times = plane
    return constant + sum((t * v for t, v in zip(times, point, strict=True)), Fraction(0))


# --- planes --------------------------------------------------------------------------------------------------------


def _fact(place: int, number: int) -> _Linear:
    return Fraction(0), tuple(Fraction(n == place) for n in range(number))


class _Planes:
    """Where the comparisons of a cluster turn: both sides are equal there, or a divisor is zero."""

    def __init__(self, known: Known, cluster: Cluster) -> None:
        self._known = known
        self._place = {index: place for place, index in enumerate(cluster.facts)}
        self._ratios: dict[int, tuple[_Linear, _Linear]] = {}
        self.all: set[_Linear] = set()
        for index in cluster.comparisons:
            (a, b), (c, d) = map(self._ratio, live_operands(known.network.nodes[index], known.values))
            self._note(_minus(_times(a, d), _times(c, b)))

    def _note(self, plane: _Linear) -> None:
        if any(plane[1]):
            self.all.add(_scaled(*plane))

    def _ratio(self, index: int) -> tuple[_Linear, _Linear]:
        if index not in self._ratios:
            self._ratios[index] = self._ratio_of(index)
        return self._ratios[index]

    def _ratio_of(self, index: int) -> tuple[_Linear, _Linear]:
        """A node as a linear term over another one."""
        value, number = self._known.values[index], len(self._place)
        if index in self._place:
            return _fact(self._place[index], number), self._constant(Fraction(1))
        if isinstance(value, Fraction):
            return self._constant(value), self._constant(Fraction(1))
        if value is not UNKNOWN:
            raise _UnfitError
        node = self._known.network.nodes[index]
        live = live_operands(node, self._known.values)
        if len(live) == 1:
            return self._ratio(live[0])
        symbol = node.form.symbol if node.form else ""
        if symbol not in ("+", "-", "*", "/"):
            raise _UnfitError
        (a, b), (c, d) = map(self._ratio, live)
        if symbol == "*":
            return _times(a, c), _times(b, d)
        if symbol == "/":
            self._note(c)
            return _times(a, d), _times(b, c)
        left, right = _times(a, d), _times(c, b)
        return (_plus(left, right) if symbol == "+" else _minus(left, right)), _times(b, d)

    def _constant(self, value: Fraction) -> _Linear:
        return value, (Fraction(0),) * len(self._place)


def _times(one: _Linear, other: _Linear) -> _Linear:
    """A product, where one of the two is a constant."""
    constant, term = (one, other) if not any(one[1]) else (other, one)
    if any(constant[1]):
        raise _UnfitError
    return constant[0] * term[0], tuple(constant[0] * t for t in term[1])


def _plus(one: _Linear, other: _Linear) -> _Linear:
    return one[0] + other[0], tuple(a + b for a, b in zip(one[1], other[1], strict=True))


def _minus(one: _Linear, other: _Linear) -> _Linear:
    return one[0] - other[0], tuple(a - b for a, b in zip(one[1], other[1], strict=True))
