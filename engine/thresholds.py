"""What a node can be where independent parts meet in sums that are only compared: one comparison after the other.

A sweep keeps how far every sum has come, all of them together, and these are too many where a score of each level adds
up the shares of fifty sections. But all that matters of a sum is on which side of each threshold it lies. So the
comparisons are gone through by cases, as a decision diagram does it, and each case asks only whether the parts can be
chosen so that the sums come to lie there: a multiple-choice knapsack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from guiju.compiler.ir import UNKNOWN, Value
from guiju.engine.domains import ANY
from guiju.engine.knapsack import Answer, Chain, Taken, Vector, choose, ends, possible_vectors, sums
from guiju.engine.possible import INNER, Known, Possible, Relation, Trail, Why, longer
from guiju.engine.split_cases import Decided
from guiju.engine.split_parts import Above
from guiju.engine.sums import Comparison, Side, Sum, Term, UnfitError

MOST_MOVES = 10  # times the budget: partial sums that one question goes through
MOST_CASES = 200  # of comparisons that a split goes through
MOST_SUMS = 2_000  # that are listed; beyond that the ends are told
MOST_LENGTH = 2_000  # bits of a number in a sum, so that none is near what is too large to be worked out


@dataclass(frozen=True, eq=False)
class Leaf:
    """A case in which the node has a value: on which sides the sums lie, and a choice of the parts that gives it.

    `taken` None: it is not known whether there is one. Of a sum, which may have several values, `rows` of each part go
    with the case, whatever the others take.
    """

    value: Value | Sum
    sides: tuple[Side, ...]
    taken: Taken | None
    rows: tuple[tuple[int, ...], ...] = ()


def by_thresholds(known: Known, target: int, relations: Sequence[Relation], budget: int) -> Possible | None:
    """What a node can be; None where it stands on anything but sums of independent parts that are compared."""
    split = split_at(known, target, relations, budget)
    return None if split is None else split.possible


def split_at(
    known: Known, target: int, relations: Sequence[Relation], budget: int, fewest_parts: int = 0
) -> Split | None:
    """The cases of the comparisons below a node; None as above, or of fewer parts than these.

    `budget`: as of a sweep, for each case.
    """
    if known.fewest or known.values[target] is not UNKNOWN:
        return None
    try:
        above = Above(known, (target,), relations)
        return Split(known, above, budget * MOST_MOVES) if len(above.parts) >= fewest_parts else None
    except UnfitError:
        return None


class Split:
    """The cases of the comparisons of sums below a node, with the values that it has in them."""

    def __init__(self, known: Known, above: Above, moves: int) -> None:
        """`moves`: partial sums that each question to a knapsack may go through.

        UnfitError where anything but comparisons of sums is met.
        """
        self._moves = moves
        self._above = above
        self.parts = self._above.parts
        self._scaled: dict[tuple[Fraction, frozenset[tuple[Term, Fraction]], bool], _Scaled] = {}
        nodes = (known.network.nodes[i] for i in above.needed if i not in above.local)
        self.leaves = tuple(self._leaves(Decided(known, above, nodes)))

    @cached_property
    def possible(self) -> Possible:
        """The values of the node, each with a witness where a choice of the parts is known that gives it."""
        found: dict[Value, Trail] = {}
        untold: dict[Value, Trail] = {}
        for leaf in self.leaves:
            if isinstance(leaf.value, Sum):
                told, is_whole = self._sums(leaf.value, leaf.rows)
                found = told | found
                if not is_whole:
                    untold[ANY] = None
            elif leaf.taken is None:
                untold[leaf.value] = None
            elif leaf.value not in found:
                found[leaf.value] = self._trail(leaf.taken)
        all_ = untold | found
        reasons = (Why.ANY_NUMBER if value == ANY else Why.COMBINATIONS for value in untold if value not in found)
        why = frozenset(reasons)
        return Possible(tuple(all_), not why, tuple(all_.values()), bounded=ANY in untold, why=why)

    @cached_property
    def under(self) -> tuple[dict[tuple[Value, ...], frozenset[Value]], ...] | None:
        """For each part what the node can be under each of its rows; None where that is not known of all."""
        found: list[dict[tuple[Value, ...], frozenset[Value]]] = [
            dict.fromkeys(p.rows, frozenset()) for p in self.parts
        ]
        for leaf in self.leaves:
            if leaf.taken is None or isinstance(leaf.value, Sum):
                return None
            classes, _ = self.classes(leaf.sides)
            columns = [self.scaled(side).columns for side in leaf.sides]
            given = tuple(
                vectors.index(tuple([column[number][place] for column in columns]))
                for number, (vectors, place) in enumerate(zip(classes, leaf.taken, strict=True))
            )
            leading = possible_vectors(
                classes, tuple(self.scaled(side).demand for side in leaf.sides), given, self._moves
            )
            if leading is None:
                return None
            for number, (part, possible) in enumerate(zip(self.parts, leading, strict=True)):
                for place, row in enumerate(part.rows):
                    if tuple([column[number][place] for column in columns]) in possible:
                        found[number][row] |= {leaf.value}
        return tuple(found)

    def _sums(self, sum_: Sum, rows: Sequence[Sequence[int]]) -> tuple[dict[Value, Trail], bool]:
        """The numbers that a sum comes to over some rows of each part, and whether these are all.

        Where they are too many to list, its least and its greatest.
        """
        scaled = self.scaled(Side(sum_))
        columns = [[column[place] for place in places] for column, places in zip(scaled.columns, rows, strict=True)]
        listed = sums(columns, MOST_SUMS)
        found = ends(columns) if listed is None else listed
        numbers = (Fraction(total - scaled.demand, scaled.unit) for total in found)
        trails = [[part.trails[place] for place in places] for part, places in zip(self.parts, rows, strict=True)]
        return dict(zip(numbers, _trails(found.values(), trails), strict=True)), listed is not None

    def _free(self, sides: tuple[Side, ...], taken: Taken | None) -> tuple[tuple[int, ...], ...]:
        """The rows of each part that go with a case; UnfitError where some of these do so only with some of others."""
        if taken is None:
            raise UnfitError
        scaled = [self.scaled(side) for side in sides]
        rows = tuple(
            tuple(place for place in range(len(part.rows)) if all(one.may_take(number, place) for one in scaled))
            for number, part in enumerate(self.parts)
        )
        for one in scaled:
            least = sum(min(column[place] for place in own) for column, own in zip(one.columns, rows, strict=True))
            if least < one.demand:
                raise UnfitError  # which sums go with a case, is not asked of a knapsack
        return rows

    def _trail(self, taken: Taken) -> Trail:
        trail: Trail = None
        for part, place in zip(self.parts, taken, strict=True):
            trail = longer(trail, INNER, part.trails[place])
        return trail

    def _leaves(self, first: Decided) -> Iterator[Leaf]:
        """The cases that the parts can come to, or of which that is not known."""
        stack: list[tuple[Decided, tuple[Side, ...], Taken | Answer]] = [(first, (), (0,) * len(self.parts))]
        number = 0
        while stack:
            case, sides, taken = stack.pop()
            number += 1
            if number > MOST_CASES:
                raise UnfitError
            found = case.next
            if not isinstance(found, Comparison):
                known = None if isinstance(taken, Answer) else taken
                yield Leaf(found, sides, known, self._free(sides, known) if isinstance(found, Sum) else ())
                continue
            for truth in (False, True):
                here = [(*sides, *more) for more in found.sides(truth=truth)]
                ways = [(w, still) for w in here if (still := self._taken(w, taken)) is not Answer.NONE]
                if ways:
                    then = case.then(found.node, truth=truth)
                    stack += ((then, *way) for way in ways)

    def _taken(self, sides: tuple[Side, ...], around: Taken | Answer) -> Taken | Answer:
        """A choice of the parts in a case; that of the case around it, if it will do."""
        scaled = [self.scaled(side) for side in sides]
        if not isinstance(around, Answer) and all(s.total(around) >= s.demand for s in scaled):
            return around
        classes, places = self.classes(sides)
        taken = choose(classes, tuple(s.demand for s in scaled), self._moves)
        if isinstance(taken, Answer):
            return taken
        return tuple(own[place] for own, place in zip(places, taken, strict=True))

    def classes(self, sides: tuple[Side, ...]) -> tuple[list[list[Vector]], list[list[int]]]:
        """What the rows of every part add to the sums, and for each such vector the first row that adds it."""
        columns = [self.scaled(side).columns for side in sides]
        firsts: list[dict[Vector, int]] = []
        for number in range(len(self.parts)):
            first: dict[Vector, int] = {}
            for place, vector in enumerate(zip(*(column[number] for column in columns), strict=True)):
                first.setdefault(vector, place)
            firsts.append(first)
        return [list(first) for first in firsts], [list(first.values()) for first in firsts]

    def scaled(self, side: Side) -> _Scaled:
        """A side of a sum in whole numbers."""
        key = (side.sum.constant, frozenset(side.sum.times.items()), side.strict)
        if key not in self._scaled:
            self._scaled[key] = self._in_whole_numbers(side)
        return self._scaled[key]

    def _in_whole_numbers(self, side: Side) -> _Scaled:
        columns = [[Fraction(0)] * len(part.rows) for part in self.parts]
        for term, times in side.sum.times.items():
            number, values = self._above.column(term)
            columns[number] = [v + times * value for v, value in zip(columns[number], values, strict=True)]
        unit = lcm(side.sum.constant.denominator, *{v.denominator for column in columns for v in column})
        if unit.bit_length() > MOST_LENGTH:
            raise UnfitError
        whole = tuple(tuple([int(v * unit) for v in column]) for column in columns)
        return _Scaled(whole, int(-side.sum.constant * unit) + side.strict, unit)


def _trails(chains: Iterable[Chain], rows: Sequence[Sequence[Trail]]) -> list[Trail]:
    """The trails of some choices of a row of each part; choices that begin alike share it."""
    found: dict[int, Trail] = {id(None): None}  # by the chain: those of equal places may lead to other sums
    told: list[Trail] = []
    for whole in chains:
        chain, links = whole, list[tuple[int, Chain]]()
        while chain is not None and id(chain) not in found:
            links.append(chain)
            chain = chain[1]
        trail = found[id(chain)]
        for own, link in zip(rows[len(rows) - len(links) :], reversed(links), strict=True):
            trail = found[id(link)] = longer(trail, INNER, own[link[0]])
        told.append(trail)
    return told


@dataclass(frozen=True, eq=False)
class _Scaled:
    """What every row of every part adds to a sum, and what is to be reached at least, in so many parts of 1."""

    columns: tuple[tuple[int, ...], ...]
    demand: int
    unit: int

    @cached_property
    def _spare(self) -> int:
        """By how much all parts together may stay below the most that they could add."""
        return sum(map(max, self.columns)) - self.demand

    def may_take(self, number: int, place: int) -> bool:
        """Whether what is demanded can be reached with a row of a part."""
        return max(self.columns[number]) - self.columns[number][place] <= self._spare

    def total(self, taken: Taken) -> int:
        return sum(column[place] for column, place in zip(self.columns, taken, strict=True))
