"""Which values an unknown fact needs to be tried with, so that every outcome it can cause is seen.

A fact that is only compared, alone, with known numbers matters by the side of each threshold it lies on: one value
on each threshold and one in each gap stand for all. The thresholds are found exactly, through any arithmetic that
leaves the fact a ratio of linear terms (a x + b) / (c x + d). A fact that meets another unknown fact in one
comparison, or whose number flows into a score, cannot be reduced so; it is `ANY`, and what depends on it is an
enclosure unless the comparison can be shown to go either way freely, or all that it meets is linear (`arrangement`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise, product
from math import ceil, floor

from guiju.compiler.ir import (
    UNKNOWN,
    Choice,
    Clause,
    Fact,
    Input,
    NumberType,
    OptionType,
    Reading,
    SetType,
    TruthType,
    Type,
    Undefined,
    Value,
)
from guiju.compiler.operators import COMPARISONS
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, live_operands, open_below, users_of
from guiju.engine.planes import breaks

#: a stand-in for "some number", or some set, where no finite list would do
ANY = "any number"
MOST_SAMPLED = 4  # open facts of one comparison that are tried together
MOST_OPTIONS = 8  # options of one open set that are tried in every combination

_PASSING = ("+", "-", "*", "/", "reference")  # a number goes through these

Moebius = tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class FreeComparison:
    """A comparison of unknown facts that nothing else uses: each of its results, with values that give it."""

    results: tuple[tuple[Value, tuple[tuple[str, Value], ...]], ...]


@dataclass(frozen=True)
class Met:
    """What an open number is compared with: the thresholds that known numbers make, and other open facts by node."""

    thresholds: frozenset[Fraction]
    others: frozenset[int]


class Domains:
    """The values to try for the open nodes of a network under what is known (`values`, UNKNOWN where open).

    What looks at them is what is shown, unless that is left aside, and the `targets` where these are something else.
    """

    def __init__(
        self, network: Network, values: Sequence[Value], targets: Iterable[int] = (), *, beside_shown: bool = True
    ) -> None:
        shown = (network.at[d.id] for d in network.program.definitions if d.shown and beside_shown)
        self._network, self._values, self._looking = network, values, (*shown, *targets)
        self._known_ratios: dict[tuple[int, int], tuple[Moebius, ...] | None] = {}
        self._breaks: dict[int, set[Fraction] | None] = {}

    @cached_property
    def _looked_at(self) -> set[int]:
        """The open nodes that something looks at; found only where something is swept."""
        return open_below(self._network, self._values, self._looking)

    def _users(self, index: int) -> Iterator[int]:
        """Those of them that look at a node."""
        nodes, values = self._network.nodes, self._values
        above = (u for u in users_of(self._network).get(index, ()) if u in self._looked_at)
        return (u for u in above if index in live_operands(nodes[u], values))

    def of(self, node: Node) -> tuple[Value, ...]:
        """The values to try for an open fact, input or reading."""
        match node.subject:
            case Reading():
                return tuple(o.id for o in node.subject.options)
            case Input() | Fact():
                return self._of_type(node, node.subject.type)
        raise TypeError(node.subject)

    def _of_type(self, node: Node, type_: Type) -> tuple[Value, ...]:
        match type_:
            case TruthType():
                return (True, False)
            case OptionType():
                return type_.options
            case SetType():
                return self._sets(node.index, type_.options)
            case NumberType():
                thresholds = self._thresholds(node.index)
                return (ANY,) if thresholds is None else spread(thresholds, type_)

    def tried(self, node: Node) -> tuple[Value, ...]:
        """The same; of a number that goes into what scores come to what stands for all others, if it meets no other."""
        values = self.of(node)
        if ANY in values and isinstance(node.subject, Fact) and isinstance(node.subject.type, NumberType):
            if node.index not in self._breaks:
                self._breaks[node.index] = breaks(self._network, self._values, self._looking, node.index)
            found = self._breaks[node.index]
            return values if found is None else spread(found, node.subject.type)
        return values

    def _sets(self, fact: int, options: tuple[str, ...]) -> tuple[Value, ...]:
        """Every set of the options that something asks for; of too many, `ANY`."""
        users = [self._network.nodes[u] for u in self._users(fact)]
        asked = {self._values[u.operands[0]] for u in users if u.form and u.form.symbol == "in"}
        relevant = tuple(o for o in options if o in asked)
        if UNKNOWN in asked or any(not (u.form and u.form.symbol == "in") for u in users):
            relevant = options
        if len(relevant) > MOST_OPTIONS:
            return (ANY,)
        return tuple(frozenset(c) for n in range(len(relevant) + 1) for c in combinations(relevant, n))

    def beyond(self, inner: Iterable[int], interface: Iterable[int]) -> tuple[object, ...]:
        """What is tried of some nodes, where it depends on others: those that look at numbers among them.

        They do so through the interface; or directly, where something shown is not among the targets of a sweep.
        """
        if not any(self._shows_number(i) for i in interface) and not self._is_looked_into(inner, interface):
            return ()
        nodes = [self._network.nodes[i] for i in inner]
        facts = tuple(self.tried(n) for n in nodes if isinstance(n.subject, Fact) and not n.operands)
        return (*facts, *(self.free(n) for n in nodes if n.form and n.form.symbol in COMPARISONS))

    def _is_looked_into(self, inner: Iterable[int], interface: Iterable[int]) -> bool:
        """Whether a node that no target looks at looks at one behind the interface."""
        inside, behind = {*inner}, {*inner}.difference(interface)
        return any(user not in inside for i in behind for user in self._users(i))

    # --- thresholds ----------------------------------------------------------------------------------------------

    def _thresholds(self, fact: int) -> tuple[Fraction, ...] | None:
        compared = self.compared(fact)
        return None if compared is None else tuple(sorted(frozenset[Fraction]().union(*(t for _, t in compared))))

    def compared(self, fact: int) -> tuple[tuple[Node, frozenset[Fraction]], ...] | None:
        """The comparisons that an open number reaches, each with its thresholds; None where they cannot be found."""
        found: list[tuple[Node, frozenset[Fraction]]] = []
        for comparison, thresholds in self.each_compared(fact):
            if comparison is None or thresholds is None:
                return None
            found.append((comparison, thresholds))
        return tuple(found)

    def each_compared(self, fact: int) -> Iterator[tuple[Node | None, frozenset[Fraction] | None]]:
        """The same one by one, None for the thresholds of one alone; and None, None where the number goes elsewhere."""
        for comparison in self.comparisons(fact):
            solved = None if comparison is None else self._solve(comparison, fact)
            yield comparison, None if solved is None else frozenset(solved)

    def meets(self, fact: int) -> Met | None:
        """What an open number is compared with, if that is known numbers and other open facts as they are."""
        thresholds, others = set[Fraction](), set[int]()
        for comparison in self.comparisons(fact):
            solved = self._solve(comparison, fact) if comparison is not None else None
            sides = {self._plain_fact(o) for o in comparison.operands} if comparison is not None else {None}
            if solved is not None:
                thresholds |= solved
            elif None in sides or fact not in sides:
                return None
            else:
                others |= {side for side in sides if side is not None and side != fact}
        return Met(frozenset(thresholds), frozenset(others))

    def meets_open(self, fact: int) -> bool:
        """Whether some comparison takes an open number with other facts that are open."""
        comparisons = (c for c in self.comparisons(fact) if c is not None)
        return any(other not in (fact, -1) for c in comparisons for other in self._open_facts(c.index))

    def _plain_fact(self, index: int) -> int | None:
        """The open fact without a formula that a node is, by whatever references; None where it is anything else."""
        node = self._network.nodes[index]
        while node.form and node.form.symbol == "reference":
            node = self._network.nodes[node.operands[0]]
        is_open = self._values[node.index] is UNKNOWN and isinstance(node.subject, Fact)
        return node.index if is_open and not node.operands else None

    def comparisons(self, fact: int) -> Iterator[Node | None]:
        """The comparisons that a number reaches through arithmetic; None where it goes elsewhere."""
        seen, stack = {fact}, [fact]
        while stack:
            for user in self._users(stack.pop()):
                if user in seen:
                    continue
                seen.add(user)
                node = self._network.nodes[user]
                if node.form and node.form.symbol in COMPARISONS:
                    yield node
                elif self._is_number(user):
                    stack.append(user)
                else:
                    yield None

    def _solve(self, comparison: Node, fact: int) -> set[Fraction] | None:
        """Where the two sides of a comparison are equal, and where one of them has no value."""
        left, right = (self._ratios(i, fact) for i in comparison.operands)
        if left is None or right is None:
            return None
        found: set[Fraction] = set()
        for a, b in product(left, right):
            difference = _combine("-", a, b)
            if difference is None:
                return None
            if difference[0]:
                found.add(-difference[1] / difference[0])
        return found | self._poles(comparison, fact)

    def _poles(self, comparison: Node, fact: int) -> set[Fraction]:
        """Where some part of a comparison has no value: the poles of every ratio in it, cancelled later or not."""
        parts = open_below(self._network, self._values, (comparison.index,)) - {comparison.index}
        ratios = (r for i in parts if self._is_number(i) for r in self._ratios(i, fact) or ())
        return {-d / c for _, _, c, d in ratios if c}

    def _shows_number(self, index: int) -> bool:
        """Whether the number of an open fact, or its set, is seen through a node."""
        if self._values[index] is not UNKNOWN or not self._is_number(index):
            return False
        node = self._network.nodes[index]
        operands = live_operands(node, self._values)
        return any(map(self._shows_number, operands)) if operands else isinstance(node.subject, Fact)

    def _is_number(self, index: int) -> bool:
        node = self._network.nodes[index]
        symbol = node.form.symbol if node.form else ""
        return symbol in _PASSING or isinstance(node.subject, Fact | Choice)

    def _ratios(self, index: int, fact: int) -> tuple[Moebius, ...] | None:
        """A node as ratios of linear terms in one fact: several where a reading chooses; None if it is not one."""
        key = (index, fact)
        if key not in self._known_ratios:
            self._known_ratios[key] = self._ratios_of(index, fact)
        return self._known_ratios[key]

    def _ratios_of(self, index: int, fact: int) -> tuple[Moebius, ...] | None:
        if index == fact:
            return ((Fraction(1), Fraction(0), Fraction(0), Fraction(1)),)
        value, node = self._values[index], self._network.nodes[index]
        if isinstance(value, Fraction):
            return ((Fraction(0), value, Fraction(0), Fraction(1)),)
        if value is not UNKNOWN:
            return ()
        if isinstance(node.subject, Choice):
            live = live_operands(node, self._values)
            return self._any_of(live[1:] if live is node.operands else live, fact)
        if isinstance(node.subject, Fact) and node.operands:
            return self._ratios(node.operands[0], fact)
        symbol = node.form.symbol if node.form else ""
        if symbol == "reference":
            return self._ratios(node.operands[0], fact)
        if symbol not in ("+", "-", "*", "/"):
            return None
        left, right = (self._ratios(i, fact) for i in node.operands)
        if left is None or right is None:
            return None
        combined = [_combine(symbol, a, b) for a, b in product(left, right)]
        return None if None in combined else tuple(dict.fromkeys(c for c in combined if c))

    def _any_of(self, indices: tuple[int, ...], fact: int) -> tuple[Moebius, ...] | None:
        parts = [self._ratios(i, fact) for i in indices]
        return None if None in parts else tuple(dict.fromkeys(r for p in parts if p for r in p))

    # --- free comparisons ----------------------------------------------------------------------------------------

    def free(self, comparison: Node) -> FreeComparison | None:
        """The results of a comparison whose open facts are used nowhere else, if samples show every one of them.

        That is true and false, and where an open number divides, undefined. A single fact is tried on its thresholds.
        """
        facts = self._open_facts(comparison.index)
        if len(facts) == 1 and facts[0] >= 0 and self._thresholds(facts[0]) is not None:
            return None
        if not 0 < len(facts) <= MOST_SAMPLED or any(list(self.comparisons(f)) != [comparison] for f in facts):
            return None
        samples = [self._samples(f) for f in facts]
        results: dict[Value, tuple[tuple[str, Value], ...]] = {}
        for sample in product(*samples):
            chosen = dict(zip(facts, sample, strict=True))
            value = self.under(comparison.index, chosen)
            named = tuple((self._network.nodes[f].address, v) for f, v in chosen.items())
            results.setdefault(value, named)
        expected = {True, False} | ({Undefined("division-by-zero")} if self._divides(comparison) else set())
        return FreeComparison(tuple(results.items())) if expected <= set(results) else None

    def _divides(self, comparison: Node) -> bool:
        """Whether an open number divides anything in a comparison."""
        below = (self._network.nodes[i] for i in open_below(self._network, self._values, (comparison.index,)))
        return any(n.form and n.form.symbol == "/" and self._values[n.operands[1]] is UNKNOWN for n in below)

    def _samples(self, fact: int) -> tuple[Fraction, ...]:
        """Numbers to try for a fact; none for one that is no number."""
        type_ = getattr(self._network.nodes[fact].subject, "type", None) if fact >= 0 else None
        if not isinstance(type_, NumberType):
            return ()
        return tuple(s for s in _SAMPLES if s.denominator == 1 or not type_.integer)

    def _open_facts(self, index: int) -> tuple[int, ...]:
        """The open facts below a node; -1 stands for whatever else is open: a reading, an input, a clause."""
        below = (self._network.nodes[i] for i in sorted(open_below(self._network, self._values, (index,))))
        leaves = (n for n in below if n.form is None and (isinstance(n.subject, Clause) or not n.operands))
        return tuple(n.index if isinstance(n.subject, Fact) else -1 for n in leaves)

    def under(self, comparison: int, chosen: dict[int, Fraction]) -> Value:
        """What a comparison comes to with some facts chosen."""
        values: dict[int, Value] = dict(chosen)
        for index in sorted(open_below(self._network, self._values, (comparison,))):
            if index not in chosen:
                node = self._network.nodes[index]
                operands = tuple(values.get(o, self._values[o]) for o in node.operands)
                values[index] = operands[0] if isinstance(node.subject, Fact) else lifted(node, operands)
        return values[comparison]


_SAMPLES = (Fraction(1), Fraction(0), Fraction(2), Fraction(1, 1000), Fraction(10**18))


def spread(thresholds: Iterable[Fraction], type_: NumberType) -> tuple[Fraction, ...]:
    """One value on each threshold and one in each gap, as far as the type allows: whole numbers, nothing below zero.

    Most ratios are shares: where a gap has a value from 0 to 100 %, it is such a one, which a subject may well have.
    """
    low = Fraction(0) if type_.is_never_negative else None
    points = sorted(t for t in set(thresholds) if low is None or t >= low)
    if not points:
        return (Fraction(0),)
    is_ratio = type_.unit == "%"
    first = Fraction(0) if low is not None or (is_ratio and points[0] > 0) else points[0] - 1
    tried = {first, *points, Fraction(1) if is_ratio and points[-1] < 1 else points[-1] + 1}
    tried |= {(a + b) / 2 for a, b in pairwise(points)}
    if type_.integer:
        tried = {Fraction(n) for x in tried for n in (floor(x), ceil(x))}
    by_side = {(bisect_left(points, x), bisect_right(points, x)): x for x in sorted(tried)}
    return tuple(by_side.values())


def _combine(symbol: str, left: Moebius, right: Moebius) -> Moebius | None:
    """An operation on two ratios of linear terms, where the result is one again."""
    a, b, c, d = left
    e, f, g, h = right
    if symbol == "-":
        return _combine("+", left, (-e, -f, g, h))
    if symbol == "/":
        return _combine("*", left, (g, h, e, f))
    if symbol == "*":
        if not a and not c:
            return (b * e, b * f, d * g, d * h)
        if not e and not g:
            return (a * f, b * f, c * h, d * h)
        if not c and not e:  # (a x + b) / (g x + h)
            return (a * f, b * f, d * g, d * h)
        if not a and not g:
            return (b * e, b * f, c * h, d * h)
        return None
    if (c, d) == (g, h):
        return (a + e, b + f, c, d)
    if not e and not g:
        return (a * h + f * c, b * h + f * d, c * h, d * h)
    if not a and not c:
        return _combine("+", right, left)
    if not c and not g:
        return (a * h + e * d, b * h + f * d, Fraction(0), d * h)
    return None
