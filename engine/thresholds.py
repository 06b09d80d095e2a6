"""What a node can be where independent parts meet in sums that are only compared: one comparison after the other.

A sweep keeps how far every sum has come, all of them together, and these are too many where a score of each level adds
up the shares of fifty sections. But all that matters of a sum is on which side of each threshold it lies. So the
comparisons are gone through by cases, as a decision diagram does it, and each case asks only whether the parts can be
chosen so that the sums come to lie there: a multiple-choice knapsack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from guiju.compiler.ir import UNKNOWN, Value
from guiju.engine.domains import ANY
from guiju.engine.knapsack import Answer, Taken, Vector, choose, possible_vectors, sums
from guiju.engine.possible import INNER, Known, Possible, Relation, Trail, Why, longer
from guiju.engine.split_cases import Deciding
from guiju.engine.split_parts import Above
from guiju.engine.sums import Comparison, Side, Sum, Term, UnfitError

MOST_MOVES = 10  # times the budget: partial sums that one question goes through
MOST_CASES = 200  # of comparisons that a split goes through
MOST_SUMS = 2_000  # that are listed; beyond that the ends are told
MOST_LENGTH = 2_000  # bits of a number in a sum, so that none is near what is too large to be worked out


@dataclass(frozen=True, eq=False)
class Leaf:
    """A case in which the node has a value: on which sides the sums lie, and a choice of the parts that gives it.

    `taken` None: it is not known whether there is one.
    """

    value: Value | Sum
    sides: tuple[Side, ...]
    taken: Taken | None


def by_thresholds(known: Known, target: int, relations: Sequence[Relation], budget: int) -> Possible | None:
    """What a node can be; None where it stands on anything but sums of independent parts that are compared."""
    split = split_at(known, target, relations, budget)
    return None if split is None else split.possible


def split_at(known: Known, target: int, relations: Sequence[Relation], budget: int) -> Split | None:
    """The cases of the comparisons below a node; None as above. `budget`: as of a sweep, for each case."""
    if known.fewest or known.values[target] is not UNKNOWN:
        return None
    try:
        return Split(known, target, relations, budget * MOST_MOVES)
    except UnfitError:
        return None


class Split:
    """The cases of the comparisons of sums below a node, with the values that it has in them."""

    def __init__(self, known: Known, target: int, relations: Sequence[Relation], moves: int) -> None:
        """`moves`: partial sums that each question to a knapsack may go through."""
        self._moves = moves
        self._above = Above(known, (target,), relations)
        self.parts = self._above.parts
        self._scaled: dict[tuple[Fraction, frozenset[tuple[Term, Fraction]], bool], _Scaled] = {}
        self.leaves = tuple(self._leaves(Deciding(known, self._above)))

    @cached_property
    def possible(self) -> Possible:
        """The values of the node, each with a witness where a choice of the parts is known that gives it."""
        found: dict[Value, Trail] = {}
        untold: dict[Value, Trail] = {}
        for leaf in self.leaves:
            if isinstance(leaf.value, Sum):  # then there is no other case
                return self._sums(self.scaled(Side(leaf.value)))
            if leaf.taken is None:
                untold[leaf.value] = None
            elif leaf.value not in found:
                found[leaf.value] = self._trail(leaf.taken)
        all_ = untold | found
        why = frozenset[Why]() if found.keys() == all_.keys() else frozenset((Why.COMBINATIONS,))
        return Possible(tuple(all_), not why, tuple(all_.values()), why=why)

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

    def _sums(self, scaled: _Scaled) -> Possible:
        """All numbers that a sum comes to; where these are too many to list, its least and its greatest."""
        found = sums(scaled.columns, MOST_SUMS)
        is_whole = found is not None
        if found is None:
            ends = (tuple([column.index(end(column)) for column in scaled.columns]) for end in (min, max))
            found = {scaled.total(taken): taken for taken in ends}
        numbers = tuple(Fraction(total - scaled.demand, scaled.unit) for total in found)
        trails = tuple([self._trail(taken) for taken in found.values()])
        if is_whole:
            return Possible(numbers, True, trails)
        why = frozenset((Why.ANY_NUMBER,))
        return Possible((*numbers, ANY), False, (*trails, None), bounded=True, why=why)

    def _trail(self, taken: Taken) -> Trail:
        trail: Trail = None
        for part, place in zip(self.parts, taken, strict=True):
            trail = longer(trail, INNER, part.trails[place])
        return trail

    def _leaves(self, cases: Deciding) -> Iterator[Leaf]:
        """The cases that the parts can come to, or of which that is not known."""
        stack: list[tuple[Mapping[int, bool], tuple[Side, ...], Taken | Answer]] = [({}, (), (0,) * len(self.parts))]
        number = 0
        while stack:
            decided, sides, taken = stack.pop()
            number += 1
            if number > MOST_CASES:
                raise UnfitError
            found = cases.next(decided)
            if not isinstance(found, Comparison):
                yield Leaf(found, sides, None if isinstance(taken, Answer) else taken)
                continue
            for truth in (False, True):
                for more in found.sides(truth=truth):
                    here = (*sides, *more)
                    if (still := self._taken(here, taken)) is not Answer.NONE:
                        stack.append(({**decided, found.node: truth}, here, still))

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


@dataclass(frozen=True, eq=False)
class _Scaled:
    """What every row of every part adds to a sum, and what is to be reached at least, in so many parts of 1."""

    columns: tuple[tuple[int, ...], ...]
    demand: int
    unit: int

    def total(self, taken: Taken) -> int:
        return sum(column[place] for column, place in zip(self.columns, taken, strict=True))
