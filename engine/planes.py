"""Where comparisons of numbers turn: the hyperplanes of the facts that they look at, in every way things come out.

A number that is linear in the facts, or a ratio of such terms, is one or several of these: a count may be any number, a
table gives one of its rows. A comparison of two of them turns where any of one equals any of the other, and where a
divisor is zero. That is more than what can be so all at once, and nothing is missing: between the hyperplanes every
comparison depends on other things alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, UNKNOWN, Cases, Choice, Fact, Literal, Tally, Value
from guiju.compiler.operators import COMPARISONS
from guiju.engine.hyperplanes import Linear, UnfitError, coordinate, difference_of, product_of, scaled, sum_of
from guiju.engine.meaning import tallied_value
from guiju.engine.network import Network, Node, live_operands, standing_below

MOST_TERMS = 300  # that one number may come out as

#: a linear term over another one
Ratio: TypeAlias = tuple[Linear, Linear]

#: where two sides are equal it is as where the left one is greater (1), or less (-1), or neither (0)
Side: TypeAlias = Word[-1, 0, 1]

_OPPOSITE: dict[Side, Side] = {-1: 1, 0: 0, 1: -1}
_GREATER: dict[str, Side] = {">=": 1, "<": 1, ">": -1, "<=": -1}
#: by the sign of what the two are multiplied with, too
_SIDES: dict[tuple[str, int], Side] = {
    (s, d): side if d > 0 else _OPPOSITE[side] for s, side in _GREATER.items() for d in (1, -1)
}

#: what a divisor may be zero at, or where the greater of two numbers becomes the other one
_TURNING = (*COMPARISONS, "/", "min", "max", "whole")
_PASSING = ("+", "-", "*", "/", "reference", "sum", "mean", "min", "max")  # a number goes through these


def turning(network: Network, values: Sequence[Value], below: Iterable[int]) -> list[int]:
    """Of some nodes those that are open and turn somewhere."""
    nodes = (network.nodes[i] for i in below if values[i] is UNKNOWN)
    return [node.index for node in nodes if node.form is not None and node.form.symbol in _TURNING]


def numbers_below(network: Network, values: Sequence[Value], below: Iterable[int]) -> dict[int, frozenset[int]]:
    """Of some nodes, operands before their users, the open facts whose number each of them passes on."""
    found: dict[int, frozenset[int]] = {}
    for index in below:
        node, passed = network.nodes[index], frozenset[int]()
        if values[index] is UNKNOWN:
            passed = frozenset().union(*(found.get(o, frozenset()) for o in _passed_on(node, values)))
            passed |= {index} if isinstance(node.subject, Fact) else frozenset()
        found[index] = passed
    return found


def _passed_on(node: Node, values: Sequence[Value]) -> tuple[int, ...]:
    operands = live_operands(node, values)
    match node.subject:
        case Cases() as cases:
            return operands[1:] if cases.undecided is not None else (*operands[1:-1:2], operands[-1])
        case Fact() | Literal() | Choice():
            return operands
    return operands if node.form is not None and node.form.symbol in _PASSING else ()


def breaks(network: Network, values: Sequence[Value], tops: Iterable[int], fact: int) -> set[Fraction] | None:
    """Where anything at or below some nodes turns on an open number; None where it meets others or is not linear."""
    below = sorted(standing_below(network.nodes, values, tops))
    numbers = numbers_below(network, values, below)
    operands = {i: live_operands(network.nodes[i], values) for i in turning(network, values, below)}
    looking = [i for i, inner in operands.items() if any(fact in numbers[o] for o in inner)]
    if any(numbers[o] - {fact} for i in looking for o in operands[i]):
        return None
    try:
        planes = Planes(network, values, (fact,)).of(looking)
    except UnfitError:
        return None
    return {-constant / times[0] for constant, times in planes}


class Planes:
    """The hyperplanes of some `numbers`, facts by node, where `values` are known and UNKNOWN where something is open.

    Other open facts are as they are `fixed`; one that is not stays unknown, and no comparison turns on it.
    """

    def __init__(
        self,
        network: Network,
        values: Sequence[Value],
        numbers: Sequence[int],
        fixed: Mapping[int, Value] | None = None,
    ) -> None:
        self._network, self._values, self._fixed = network, values, fixed or {}
        self._place = {index: place for place, index in enumerate(numbers)}
        self._known: dict[int, tuple[Ratio, ...]] = {}

    def of(self, indices: Iterable[int]) -> dict[Linear, Side]:
        """Where some nodes turn, and what it is like there; UnfitError where one does so elsewhere, or too often."""
        found: dict[Linear, Side] = {}
        for plane, side in (p for i in indices for p in self._at(self._network.nodes[i])):
            if any(plane[1]):
                one, here = scaled(*plane), side if _is_scaled_by_positive(plane) else _OPPOSITE[side]
                found[one] = here if found.get(one, here) == here else 0
        return found

    def _at(self, node: Node) -> Iterator[tuple[Linear, Side]]:
        operands = [self.ratios(o) for o in live_operands(node, self._values)]
        match symbol := node.form.symbol if node.form else "":
            case "/":
                yield from ((a, 0) for a, _ in operands[1])
            case "whole":
                if any(any(a[1]) or any(b[1]) for a, b in operands[0]):
                    raise UnfitError
            case "min" | "max":
                pairs = (two for both in combinations(operands, 2) for two in product(*both))
                yield from ((_apart(*two), 1) for two in pairs)
            case _:
                for two in product(*operands):
                    divisors = self._sign(two[0][1]) * self._sign(two[1][1])
                    yield _apart(*two), _SIDES.get((symbol, divisors), 0)

    def _sign(self, term: Linear) -> Side:
        """Whether a term is above zero wherever something is divided by it, or below; 0: it may be either."""
        places = [place for place, times in enumerate(term[1]) if times]
        facts = (self._network.nodes[i].subject for i, place in self._place.items() if place in places)
        is_one_sided = all(isinstance(f, Fact) and getattr(f.type, "is_never_negative", False) for f in facts)
        signs = {times > 0 for times in (term[0], *term[1]) if times}
        return (1 if signs == {True} else -1) if is_one_sided and len(signs) == 1 else 0

    def ratios(self, index: int) -> tuple[Ratio, ...]:
        """Every term that a number may come out as; none of what is no number."""
        if index not in self._known:
            self._known[index] = tuple(dict.fromkeys(self._ratios_of(index)))
            if len(self._known[index]) > MOST_TERMS:
                raise UnfitError
        return self._known[index]

    def _ratios_of(self, index: int) -> Iterator[Ratio]:
        value, node = self._values[index], self._network.nodes[index]
        if isinstance(value, Fraction):
            yield self._constant(value)
        if value is not UNKNOWN:
            return
        operands = live_operands(node, self._values)
        match node.subject:
            case Fact():
                yield from self._fact(index)
                yield from (r for o in operands for r in self.ratios(o))
            case Literal(value=Fraction() as taken):  # a fact as it is taken to be in one case
                yield from self._fact(operands[0]) or (self._constant(taken),)
            case Tally() as tally:
                yield from map(self._constant, self._tallied(tally, operands))
            case Cases() | Choice():
                yield from (r for o in _passed_on(node, self._values) for r in self.ratios(o))
            case _:
                yield from self._made(node, operands)

    def _fact(self, index: int) -> tuple[Ratio, ...]:
        """A fact by itself, without its formula."""
        if index in self._place:
            return ((coordinate(self._place[index], len(self._place)), self._constant(Fraction(1))[0]),)
        fixed = self._fixed.get(index)
        return (self._constant(fixed),) if isinstance(fixed, Fraction) else ()

    def _tallied(self, tally: Tally, operands: tuple[int, ...]) -> set[Fraction]:
        """What a count can come to, whichever of its clauses are satisfied, not, or do not apply."""
        known = [self._values[o] for o in operands]
        open_, found = known.count(UNKNOWN), set[Fraction]()
        if open_ > MOST_TERMS:
            raise UnfitError
        yes, no = (sum(getattr(v, "value", None) == said for v in known) for said in ("satisfied", "unsatisfied"))
        for more in range(open_ + 1):
            for less in range(open_ - more + 1) if tally.measure == "share" else (open_ - more, 0):
                value = tallied_value(tally, yes + more, no + less)
                if isinstance(value, Fraction):
                    found.add(value)
        return found

    def _made(self, node: Node, operands: tuple[int, ...]) -> Iterator[Ratio]:
        symbol = node.form.symbol if node.form else ""
        if symbol in ("+", "-", "*", "/"):
            yield from (r for two in product(*map(self.ratios, operands)) if (r := _combined(symbol, *two)))
        elif symbol in ("reference", "min", "max"):
            yield from (r for o in operands for r in self.ratios(o))
        elif symbol in ("sum", "mean"):
            yield from self._gathered(operands, is_mean=symbol == "mean")

    def _gathered(self, operands: tuple[int, ...], *, is_mean: bool) -> Iterator[Ratio]:
        so_far: dict[tuple[Ratio | None, int], None] = {(None, 0): None}
        for operand in operands:
            left_out = [(None, 0)] if self._may_be_absent(operand) else []
            taken: list[tuple[Ratio | None, int]] = [*left_out, *((r, 1) for r in self.ratios(operand))]
            so_far = {(_plus(a, b), n + m): None for (a, n), (b, m) in product(so_far, taken)}
            if len(so_far) > MOST_TERMS:
                raise UnfitError
        for total, number in so_far:
            if total is not None:
                (a, b), by = total, Fraction(1, number if is_mean else 1)
                yield product_of(a, self._constant(by)[0]), b

    def _may_be_absent(self, index: int) -> bool:
        value, node = self._values[index], self._network.nodes[index]
        return value is ABSENT or (value is UNKNOWN and any(map(self._may_be_absent, _passed_on(node, self._values))))

    def _constant(self, value: Fraction) -> Ratio:
        zero = (Fraction(0),) * len(self._place)
        return (value, zero), (Fraction(1), zero)


def _is_scaled_by_positive(plane: Linear) -> bool:
    return next(t for t in plane[1] if t) > 0


def _apart(left: Ratio, right: Ratio) -> Linear:
    """What is zero where two ratios are equal."""
    (a, b), (c, d) = left, right
    return difference_of(a, c) if b == d else difference_of(product_of(a, d), product_of(c, b))


def _plus(left: Ratio | None, right: Ratio | None) -> Ratio | None:
    return _combined("+", left, right) if left and right else left or right


def _combined(symbol: str, left: Ratio, right: Ratio) -> Ratio | None:
    """An operation on two ratios; None where it has no value anywhere."""
    (a, b), (c, d) = left, right
    if symbol == "/":
        return _combined("*", left, (d, c)) if c[0] or any(c[1]) else None
    if symbol == "*":
        (a, d), (c, b) = _cancelled(a, d), _cancelled(c, b)
        return _cancelled(product_of(a, c), product_of(b, d))
    with_sign = sum_of if symbol == "+" else difference_of
    if b == d:
        return _cancelled(with_sign(a, c), b)
    return _cancelled(with_sign(product_of(a, d), product_of(c, b)), product_of(b, d))


def _cancelled(above: Linear, below: Linear) -> Ratio:
    """A ratio with a divisor that begins with one; where one term is a multiple of the other, what is left of them."""
    first = next((x for x in (*below[1], below[0]) if x), Fraction(1))
    above, below = ((c / first, tuple(t / first for t in times)) for c, times in (above, below))
    times = next((x / y for x, y in zip(above[1], below[1], strict=True) if y), None)
    one = (Fraction(1), (Fraction(0),) * len(below[1]))
    if times is not None and above == (times * below[0], tuple(times * t for t in below[1])):
        return (times, one[1]), one
    return above, below
