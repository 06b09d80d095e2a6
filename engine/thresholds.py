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
from typing import Any, TypeAlias

from guiju.compiler.ir import NOT_ENTERED, UNKNOWN, Cases, Choice, Clause, Tally, Undefined, Value, Verdict
from guiju.compiler.operators import COMPARISONS, Fold, Function
from guiju.engine.domains import ANY
from guiju.engine.kleene import lifted
from guiju.engine.knapsack import Answer, Taken, Vector, choose, possible_vectors, sums
from guiju.engine.network import Node, live_operands
from guiju.engine.possible import INNER, Known, Possible, Relation, Trail, longer

MOST_MOVES = 10  # times the budget: partial sums that one question goes through
MOST_CASES = 200  # of comparisons that a split goes through
MOST_SUMS = 2_000  # that are listed; beyond that the ends are told
MOST_LENGTH = 2_000  # bits of a number in a sum, so that none is near what is too large to be worked out


#: a node that stands on one part alone: its number; or with a value, 1 where it has that value and else 0
_Term: TypeAlias = int | tuple[int, Value]


@dataclass(frozen=True)
class Sum:
    """A constant and so many times what some nodes come to, each of which stands on one part alone."""

    constant: Fraction
    times: Mapping[_Term, Fraction]

    def plus(self, other: Sum, factor: Fraction) -> Sum:
        """This sum and so many times another one."""
        times = dict(self.times)
        for term, number in other.times.items():
            times[term] = times.get(term, Fraction(0)) + factor * number
        return Sum(self.constant + factor * other.constant, times)

    def plus_constant(self, constant: int) -> Sum:
        """This sum and so much more."""
        return Sum(self.constant + constant, self.times)

    def scaled(self, factor: Fraction) -> Sum:
        """So many times this sum."""
        return Sum(self.constant * factor, {t: number * factor for t, number in self.times.items()})


@dataclass(frozen=True)
class Side:
    """A sum is not below zero; or, where that is `strict`, above zero."""

    sum: Sum
    strict: bool = False

    @property
    def other(self) -> Side:
        """What holds just where this does not."""
        return Side(self.sum.scaled(Fraction(-1)), not self.strict)


@dataclass(frozen=True, eq=False)
class Leaf:
    """A case in which the node has a value: on which sides the sums lie, and a choice of the parts that gives it.

    `taken` None: it is not known whether there is one.
    """

    value: Value | Sum
    sides: tuple[Side, ...]
    taken: Taken | None


class _UnfitError(Exception):
    """Something that is no comparison of such sums, or too much of it."""


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
    except _UnfitError:
        return None


@dataclass(frozen=True, eq=False)
class Part:
    """A relation, seen from those of its nodes that something looks at."""

    relation: Relation
    nodes: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    trails: tuple[Trail, ...]


class Split:
    """The cases of the comparisons of sums below a node, with the values that it has in them."""

    def __init__(self, known: Known, target: int, relations: Sequence[Relation], moves: int) -> None:
        """`moves`: partial sums that each question to a knapsack may go through."""
        self._moves = moves
        self._above = _Above(known, target, relations)
        self.parts = self._above.parts
        self._scaled: dict[tuple[Fraction, frozenset[tuple[_Term, Fraction]], bool], _Scaled] = {}
        self.leaves = tuple(self._leaves(_Cases(known, self._above)))

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
        return Possible(tuple(all_), found.keys() == all_.keys(), tuple(all_.values()))

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
        return Possible((*numbers, ANY), False, (*trails, None), bounded=True)

    def _trail(self, taken: Taken) -> Trail:
        trail: Trail = None
        for part, place in zip(self.parts, taken, strict=True):
            trail = longer(trail, INNER, part.trails[place])
        return trail

    def _leaves(self, cases: _Cases) -> Iterator[Leaf]:
        """The cases that the parts can come to, or of which that is not known."""
        stack: list[tuple[Mapping[int, bool], tuple[Side, ...], Taken | Answer]] = [({}, (), (0,) * len(self.parts))]
        number = 0
        while stack:
            decided, sides, taken = stack.pop()
            number += 1
            if number > MOST_CASES:
                raise _UnfitError
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
            raise _UnfitError
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


# --- the nodes above the parts -----------------------------------------------------------------------------------


class _Above:
    """The open nodes below a target down to relations, and what those come to that stand on one relation alone."""

    def __init__(self, known: Known, target: int, relations: Sequence[Relation]) -> None:
        self._known = known
        of = {node: relation for relation in relations for node in relation.nodes}
        self.target, self.needed = target, self._needed(target, of)
        used: dict[int, list[int]] = {}
        for index in self.needed:
            if index in of:
                used.setdefault(id(of[index]), []).append(index)
        self.parts = tuple(self._part(of[nodes[0]], tuple(nodes)) for nodes in used.values())
        self.part_of = {index: number for number, part in enumerate(self.parts) for index in part.nodes}
        self.local: dict[int, list[Any]] = {
            index: [row[place] for row in part.rows] for part in self.parts for place, index in enumerate(part.nodes)
        }
        for index in self.needed:
            if index not in self.local:
                self._note_local(index)

    def column(self, term: _Term) -> tuple[int, list[Fraction]]:
        """The part that a term stands on, and its number in each row of that."""
        if isinstance(term, int):
            return self.part_of[term], self.local[term]
        index, value = term
        return self.part_of[index], [Fraction(v == value) for v in self.local[index]]

    def _needed(self, target: int, of: Mapping[int, Relation]) -> list[int]:
        """The open nodes at or below the target, operands first."""
        nodes, values = self._known.network.nodes, self._known.values
        found, stack = set[int](), [target]
        while stack:
            index = stack.pop()
            if index in found:
                continue
            found.add(index)
            if index in of:
                continue
            node = nodes[index]
            if isinstance(node.subject, Clause) or (node.form is None and not node.operands):
                raise _UnfitError  # a clause, a fact or a reading that belongs to no part
            stack.extend(o for o in live_operands(node, values) if values[o] is UNKNOWN)
        return sorted(found)

    def _part(self, relation: Relation, nodes: tuple[int, ...]) -> Part:
        if relation.sampled or not relation.enclosed.union(self._known.standing.held).isdisjoint(nodes):
            raise _UnfitError
        rows = relation.on(nodes)
        return Part(relation, nodes, tuple(rows), tuple(rows.values()))

    def _note_local(self, index: int) -> None:
        """What a node comes to in every row of the one relation that it stands on, if it does."""
        node, values = self._known.network.nodes[index], self._known.values
        live = live_operands(node, values)
        open_ = [o for o in live if values[o] is UNKNOWN]
        on = {self.part_of.get(o) for o in open_}
        number = on.pop() if len(on) == 1 else None
        if number is None:
            return
        if _passes_on(node, live):
            self.local[index] = self.local[live[0]]
        else:
            rows = (dict(zip(open_, row, strict=True)) for row in zip(*(self.local[o] for o in open_), strict=True))
            self.local[index] = [lifted(node, tuple([row.get(o, values[o]) for o in live])) for row in rows]
        if UNKNOWN in self.local[index]:
            raise _UnfitError
        self.part_of[index] = number


def _passes_on(node: Node, live: Sequence[int]) -> bool:
    """Whether a node has the value of the one operand that it looks at: a choice that is made, or a name."""
    return len(live) == 1 and (isinstance(node.subject, Choice) or node.form is None or node.form.symbol == "reference")


@dataclass(frozen=True)
class Comparison:
    """A comparison of a sum with 0, by the node that asks for it."""

    node: int
    sum: Sum
    symbol: str

    def sides(self, *, truth: bool) -> Iterator[tuple[Side, ...]]:
        """On which sides the sum lies where this is true, or false: in two ways where it is not to be 0."""
        least, most = Side(self.sum), Side(self.sum.scaled(Fraction(-1)))
        match self.symbol, truth:
            case (">=", True) | ("<", False):
                yield (least,)
            case (">=", False) | ("<", True):
                yield (least.other,)
            case ("<=", True) | (">", False):
                yield (most,)
            case ("<=", False) | (">", True):
                yield (most.other,)
            case ("=", True) | ("!=", False):
                yield (least, most)
            case _:
                yield (least.other,)
                yield (most.other,)


class _Cases:
    """What the nodes above the parts come to once some comparisons are decided."""

    def __init__(self, known: Known, above: _Above) -> None:
        self._known, self._above = known, above
        self._nodes = tuple(known.network.nodes[i] for i in above.needed if i not in above.local)

    def next(self, decided: Mapping[int, bool]) -> Comparison | Sum | Value:
        """The first comparison that the target still asks for; where there is none, the value of the target."""
        case = _Case(self._known, self._above, decided)
        for node in self._nodes:
            case.note(node)
        return case.first(self._above.target)


class _Case:
    """One case: the nodes that it settles, as values or as sums, and the comparisons that it leaves open."""

    def __init__(self, known: Known, above: _Above, decided: Mapping[int, bool]) -> None:
        self._known, self._above, self._decided = known, above, decided
        self._found: dict[int, Any] = {}  # UNKNOWN where a comparison has to be decided first
        self._open: dict[int, Comparison] = {}

    def note(self, node: Node) -> None:
        """What a node comes to, its operands being noted."""
        self._found[node.index] = self._value(node, live_operands(node, self._known.values))

    def first(self, index: int) -> Comparison | Sum | Value:
        """The first comparison that a node asks for, or its value."""
        value = self._of(index)
        if isinstance(value, Sum) and self._decided:
            raise _UnfitError  # which sums go with a case, is not asked of a knapsack
        while self._of(index) is UNKNOWN:
            if index in self._open:
                return self._open[index]
            index = self._deciding(self._known.network.nodes[index])
        return value  # type: ignore[no-any-return]

    def _deciding(self, node: Node) -> int:
        """The first operand that a node waits for."""
        live = live_operands(node, self._known.values)
        if isinstance(node.subject, Cases):
            for condition, value in zip(live[:-1:2], live[1::2], strict=False):
                holds = self._of(condition)
                if holds is UNKNOWN:
                    return condition
                if holds is True and self._of(value) is UNKNOWN:
                    return value
        mine = (o for o in live if not (_is_connective(node) and o in self._above.local))
        return next(o for o in mine if self._of(o) is UNKNOWN)

    def _of(self, index: int) -> Any:
        value = self._known.values[index]
        if value is not UNKNOWN:
            return value
        if index not in self._above.local:
            return self._found[index]
        rows = self._above.local[index]
        if all(isinstance(v, Fraction) for v in rows):
            return Sum(Fraction(0), {index: Fraction(1)})
        return self._compared(index, self._number_of((index,)).plus_constant(-1), ">=")

    def _number_of(self, indices: Sequence[int], value: Value = True) -> Sum:
        """How many of some nodes have a value."""
        possible = {Verdict.SATISFIED, Verdict.UNSATISFIED} if isinstance(value, Verdict) else {True, False}
        if any(v not in possible for i in indices for v in self._above.local[i]):
            raise _UnfitError
        return Sum(Fraction(0), {(i, value): Fraction(1) for i in indices})

    def _compared(self, index: int, sum_: Sum, symbol: str) -> Value:
        if index not in self._decided:
            self._open[index] = Comparison(index, sum_, symbol)
        return self._decided.get(index, UNKNOWN)

    def _value(self, node: Node, live: Sequence[int]) -> Any:
        if _passes_on(node, live):
            return self._of(live[0])
        if node.form is None or isinstance(node.subject, Choice):
            raise _UnfitError
        if isinstance(node.subject, Tally):
            return self._tallied(node.subject, live)
        if _is_connective(node):
            return self._connected(node, live)
        given = tuple([self._of(o) for o in live])
        if isinstance(node.subject, Cases):
            is_waiting = node.subject.undecided is not None and given[0] is UNKNOWN
            return UNKNOWN if is_waiting else lifted(node, given)
        if not any(isinstance(v, Sum) for v in given):
            return lifted(node, given)
        return UNKNOWN if UNKNOWN in given else self._summed(node, node.form, given)

    def _connected(self, node: Node, live: Sequence[int]) -> Value:
        """`and` or `or`: what stands on one part each is counted, so that all of it is one comparison."""
        counted = [o for o in live if o in self._above.local]
        others = [self._of(o) for o in live if o not in self._above.local]
        if counted:
            least = len(counted) if node.form is not None and node.form.symbol == "and" else 1
            others.append(self._compared(node.index, self._number_of(counted).plus_constant(-least), ">="))
        return lifted(node, tuple(others))

    def _tallied(self, tally: Tally, live: Sequence[int]) -> Sum:
        """A count or a share of clauses that all apply, as a sum."""
        wanted = Verdict.SATISFIED if tally.verdict == "satisfied" else Verdict.UNSATISFIED
        open_ = [o for o in live if self._known.values[o] is UNKNOWN]
        known = [self._known.values[o] for o in live if self._known.values[o] is not UNKNOWN]
        if tally.cap is not None or any(o not in self._above.local for o in open_):
            raise _UnfitError
        number = self._number_of(open_, wanted).plus_constant(known.count(wanted))
        if tally.measure == "share":
            applicable = len(live) - known.count(Verdict.NOT_APPLICABLE)
            return number.scaled(Fraction(1, applicable))
        return number

    def _summed(self, node: Node, form: Function | Fold, given: tuple[Any, ...]) -> Any:
        """Arithmetic and comparisons of sums."""
        sums = [v if isinstance(v, Sum) else Sum(v, {}) for v in given if isinstance(v, Sum | Fraction)]
        missing = any(isinstance(v, Undefined) or v is NOT_ENTERED for v in given)
        if missing or (len(sums) < len(given) and isinstance(form, Function)):
            return lifted(node, tuple([Fraction(1) if isinstance(v, Sum) else v for v in given]))
        match form.symbol:
            case "+" | "-":
                return sums[0].plus(sums[1], Fraction(1 if form.symbol == "+" else -1))
            case "*" if not (sums[0].times and sums[1].times):
                constant, other = sums if sums[1].times else reversed(sums)
                return other.scaled(constant.constant)
            case "/" if not sums[1].times and sums[1].constant:
                return sums[0].scaled(1 / sums[1].constant)
            case "sum" | "mean":
                total = Sum(Fraction(0), {})
                for one in sums:
                    total = total.plus(one, Fraction(1))
                return total.scaled(Fraction(1, len(sums))) if form.symbol == "mean" else total
            case symbol if symbol in COMPARISONS:
                return self._compared(node.index, sums[0].plus(sums[1], Fraction(-1)), symbol)
        raise _UnfitError


def _is_connective(node: Node) -> bool:
    return node.form is not None and node.form.symbol in ("and", "or")
