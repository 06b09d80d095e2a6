"""Open numbers that meet each other in comparisons: which of these hold together, by a point in every cell.

Where both sides of a comparison are linear in the facts, or ratios of such terms, it turns on hyperplanes alone. They
cut the space of the facts into cells in each of which every comparison comes to the same. So a point in each of them
(`hyperplanes`) gives every combination of results, each with values of the facts as its witness. A cell in which no
whole numbers were found may hold some all the same, so then the combination is told without a witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Fact, NumberType, Value
from guiju.engine.domains import ANY, Domains
from guiju.engine.hyperplanes import (
    Linear,
    UnfitError,
    coordinate,
    difference_of,
    points_of,
    product_of,
    scaled,
    sum_of,
)
from guiju.engine.network import Node, live_operands, open_below
from guiju.engine.possible import Known, Relation, Trail, Why, longer

MOST_FACTS = 4  # that meet each other
MOST_ROWS = 500


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
    except UnfitError:
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
    planes |= {coordinate(n, len(types)) for n, t in enumerate(types) if t.is_never_negative}
    rows: dict[tuple[Value, ...], Trail] = {}
    untold: dict[tuple[Value, ...], Trail] = {}
    for point in points_of(sorted(planes), types):
        if any(t.is_never_negative and v < 0 for t, v in zip(types, point, strict=True)):
            continue
        chosen = dict(zip(cluster.facts, point, strict=True))
        row = tuple(domains.under(c, chosen) for c in cluster.comparisons)
        if all(v.denominator == 1 for t, v in zip(types, point, strict=True) if t.integer):
            rows.setdefault(row, _told(known, chosen))
        else:
            untold[row] = None
        if len(rows) > MOST_ROWS:
            raise UnfitError
    untold = {row: trail for row, trail in untold.items() if row not in rows}
    if not rows:
        raise UnfitError
    held = not known.standing.held.isdisjoint((*cluster.facts, *cluster.comparisons))
    why = frozenset(w for w, is_so in ((Why.WHOLE, untold), (Why.STATED, held)) if is_so)
    enclosed = frozenset(cluster.comparisons) if why else frozenset[int]()
    return Relation(cluster.comparisons, rows | untold, enclosed, None, why=why)


def _told(known: Known, chosen: Mapping[int, Fraction]) -> Trail:
    trail: Trail = None
    for index, value in chosen.items():
        trail = longer(trail, known.network.nodes[index].address, value)
    return trail


# --- planes --------------------------------------------------------------------------------------------------------


class _Planes:
    """Where the comparisons of a cluster turn: both sides are equal there, or a divisor is zero."""

    def __init__(self, known: Known, cluster: Cluster) -> None:
        self._known = known
        self._place = {index: place for place, index in enumerate(cluster.facts)}
        self._ratios: dict[int, tuple[Linear, Linear]] = {}
        self.all: set[Linear] = set()
        for index in cluster.comparisons:
            (a, b), (c, d) = map(self._ratio, live_operands(known.network.nodes[index], known.values))
            self._note(difference_of(product_of(a, d), product_of(c, b)))

    def _note(self, plane: Linear) -> None:
        if any(plane[1]):
            self.all.add(scaled(*plane))

    def _ratio(self, index: int) -> tuple[Linear, Linear]:
        if index not in self._ratios:
            self._ratios[index] = self._ratio_of(index)
        return self._ratios[index]

    def _ratio_of(self, index: int) -> tuple[Linear, Linear]:
        """A node as a linear term over another one."""
        value, number = self._known.values[index], len(self._place)
        if index in self._place:
            return coordinate(self._place[index], number), self._constant(Fraction(1))
        if isinstance(value, Fraction):
            return self._constant(value), self._constant(Fraction(1))
        if value is not UNKNOWN:
            raise UnfitError
        node = self._known.network.nodes[index]
        live = live_operands(node, self._known.values)
        if len(live) == 1:
            return self._ratio(live[0])
        symbol = node.form.symbol if node.form else ""
        if symbol not in ("+", "-", "*", "/"):
            raise UnfitError
        (a, b), (c, d) = map(self._ratio, live)
        if symbol == "*":
            return product_of(a, c), product_of(b, d)
        if symbol == "/":
            self._note(c)
            return product_of(a, d), product_of(b, c)
        left, right = product_of(a, d), product_of(c, b)
        return (sum_of(left, right) if symbol == "+" else difference_of(left, right)), product_of(b, d)

    def _constant(self, value: Fraction) -> Linear:
        return value, (Fraction(0),) * len(self._place)
