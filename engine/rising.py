"""Whether a node only rises as clauses are satisfied, or only falls: then two looks tell its least and its greatest.

Read off the operators alone, so it may well not be told of a node that does. What is not entered counts as below all
numbers. Nothing is told of what may be absent or undefined. Where numbers grow too large to be worked out, nothing is
told either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, NOT_ENTERED, UNKNOWN, Cases, Choice, Clause, Tally, Value, Verdict
from guiju.compiler.operators import COMPARISONS, MOST_BITS
from guiju.engine.network import Item, Network, Node, chosen, live_operands, standing_below

_NO, _YES = Fraction(0), Fraction(1)
_Ends: TypeAlias = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Course:
    """How a node goes as clauses are satisfied: 1 where it only rises, -1 where it only falls, 0 where it stays.

    `ends` are numbers that it never lies outside of, no and yes as 0 and 1; None where it is never entered. `hides`: it
    may be not entered, and in another completion be so. Its numbers are whole ones over `parts`.
    """

    way: int
    ends: _Ends | None
    hides: bool = False
    parts: int = 1

    @property
    def lowest(self) -> tuple[bool, Fraction]:
        """What it is at least, in the order of all courses."""
        return (False, _NO) if self.hides or self.ends is None else (True, self.ends[0])

    @property
    def highest(self) -> tuple[bool, Fraction]:
        """What it is at most."""
        return (False, _NO) if self.ends is None else (True, self.ends[1])


_EITHER_WAY = Course(1, (_NO, _YES))
_ALWAYS = Course(0, (_YES, _YES))
_NEVER = Course(0, (_NO, _NO))
_FLIPPED = {"<": ">", "<=": ">="}


def rises(network: Network, values: Sequence[Value], target: int, clauses: Collection[int]) -> bool:
    """Whether a node can be no higher than where all these clauses are satisfied; False where that is not told.

    `values`: with the clauses open, each of which is satisfied or not, and which nothing else open may lie beside.
    """
    return way_of(network, values, target, clauses) > 0


def way_of(network: Network, values: Sequence[Value], target: int, clauses: Collection[int]) -> int:
    """The same: 1 where a node only rises as clauses are satisfied, -1 where it only falls, 0 where it is not told."""
    course = Courses(network, values, clauses).of(target)
    return course.way if course else 0


def with_clauses_open(network: Network, values: Sequence[Value]) -> list[Value]:
    """The values where no verdict is known, nor what stands on one."""
    again = list(values)
    for node in network.nodes:  # operands before users
        if isinstance(node.subject, Clause) or any(again[o] is UNKNOWN for o in node.operands):
            again[node.index] = UNKNOWN
    return again


class Courses:
    """The courses of the nodes of a network, each found once.

    `values`: with the `clauses` open, each of which is satisfied or not, but for those that `may_not_apply`: such a one
    may as well not apply, and then does in all completions.
    """

    def __init__(
        self,
        network: Network,
        values: Sequence[Value],
        clauses: Collection[int],
        may_not_apply: Collection[int] = frozenset(),
    ) -> None:
        self._network, self._values = network, values
        self._clauses, self._may_not_apply = clauses, may_not_apply
        self._found: dict[int, Course | None] = {}

    def of(self, index: int) -> Course | None:
        """The course of a node; None where it is not told."""
        stack = [index]
        while stack:
            top = stack[-1]
            waiting = [o for o in self._looked_at(top) if o not in self._found]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            if top not in self._found:
                self._found[top] = self._of(self._network.nodes[top])
        return self._found[index]

    def _looked_at(self, index: int) -> tuple[int, ...]:
        node = self._network.nodes[index]
        is_leaf = self._values[index] is not UNKNOWN or isinstance(node.subject, Clause)
        return () if is_leaf else live_operands(node, self._values)

    def _of(self, node: Node) -> Course | None:
        value = self._values[node.index]
        if value is not UNKNOWN:
            return _constant(value)
        match node.subject:
            case Clause():
                is_told = node.index in self._clauses and self._stands_alone(node)
                return _EITHER_WAY if is_told else None
            case Cases():
                return self._of_table(node)
            case Tally() | Item():
                return self._of_items(node)
        operands = live_operands(node, self._values)
        if isinstance(node.subject, Choice):
            return self.of(operands[0]) if len(operands) == 1 else None
        symbol = node.form.symbol if node.form else ""
        if symbol in ("sum", "mean", "min", "max"):
            operands = tuple(o for o in operands if self._values[o] is not ABSENT)
        courses = [c for o in operands if (c := self.of(o)) is not None]
        return _readable(_combined(symbol, courses)) if len(courses) == len(operands) else None

    def _stands_alone(self, clause: Node) -> bool:
        """Whether no other clause lies below one."""
        below = standing_below(self._network.nodes, self._values, clause.operands)
        return not any(isinstance(self._network.nodes[i].subject, Clause) for i in below)

    def _of_items(self, node: Node) -> Course | None:
        """A verdict of several leaves, or how many items have some verdict, or which share of them."""
        given = [self._values[o] for o in node.operands]
        is_told = all(
            isinstance(v, Verdict) if v is not UNKNOWN else self.of(o)
            for o, v in zip(node.operands, given, strict=True)
        )
        tally = node.subject
        if not is_told or not isinstance(tally, Tally):
            return _EITHER_WAY if is_told else None
        if tally.measure == "share" and not any(map(self._applies, node.operands)):
            return None
        number = len(node.operands)
        falls = tally.verdict == "unsatisfied"
        most = Fraction(number if tally.cap is None else min(number, tally.cap)) if tally.measure == "count" else _YES
        parts = 1 if tally.measure == "count" else self._parts(node)
        return _readable(Course(-1 if falls else 1, (_NO, most), parts=parts))

    def _parts(self, share: Node) -> int:
        """What shares are whole numbers over, however many of the items apply."""
        number = len(share.operands)
        applying = sum(map(self._applies, share.operands))
        return lcm(*range(applying, number + 1))

    def _applies(self, item: int) -> bool:
        """Whether an item applies in all completions."""
        node, value = self._network.nodes[item], self._values[item]
        if value is not UNKNOWN:
            return value is not Verdict.NOT_APPLICABLE
        if isinstance(node.subject, Item):
            return any(map(self._applies, node.operands))
        return item not in self._may_not_apply

    # --- tables --------------------------------------------------------------------------------------------------

    def row_of(self, table: Node) -> int | None:
        """Which row holds as clauses are satisfied: 1 where it is one further up or the same, -1 where further down.

        0 where it stays the same; None where that is not told.
        """
        assert isinstance(table.subject, Cases)
        if table.subject.exclusive:
            return None
        passed: dict[object, Fraction] = {}
        conditions = [self._meant(table.operands[2 * number]) for number in self.rows(table)[:-1]]
        return _common(self._joining(condition, passed) for condition in conditions)

    def rows(self, table: Node) -> list[int]:
        """The rows of a table that may hold, by number from 0: the last holds in any case, or is what is else."""
        assert isinstance(table.subject, Cases)
        found: list[int] = []
        for number in range(len(table.subject.rows)):
            course = self.of(table.operands[2 * number])
            if course is None or course.ends != _NEVER.ends:
                found.append(number)
            if course is not None and course.ends == _ALWAYS.ends:
                return found
        return [*found, len(table.subject.rows)]

    def _joining(self, condition: Node, passed: dict[object, Fraction]) -> int | None:
        """Which way it goes that a condition, or one before it, holds.

        Where rows before have taken all numbers below some number, what equals it is what is no greater.
        """
        counted = self._counted(condition)
        if counted is not None:
            tally, number = counted
            assert isinstance(tally.subject, Tally)
            key = (tally.subject.verdict, tally.operands)
            course = self.of(tally.index)
            if course is not None and number == passed.get(key, Fraction(-1)) + 1:
                passed[key] = number
                return -course.way
        course = self.of(condition.index)
        return course.way if course and not course.hides else None

    def _meant(self, index: int) -> Node:
        """What a node is, through references and settled readings."""
        node = chosen(self._network, self._network.nodes[index], self._values)
        while node.form is not None and node.form.symbol == "reference":
            node = chosen(self._network, self._network.nodes[node.operands[0]], self._values)
        return node

    def _counted(self, condition: Node) -> tuple[Node, Fraction] | None:
        """What is counted in a condition that a count is some number, and the number."""
        if condition.form is None or condition.form.symbol != "=":
            return None
        left, right = map(self._meant, condition.operands)
        number, tally = self._values[right.index], left.subject
        if not isinstance(tally, Tally) or tally.measure != "count" or not isinstance(number, Fraction):
            return None
        return (left, number) if tally.cap is None or number < tally.cap else None

    def _of_table(self, table: Node) -> Course | None:
        way = self.row_of(table)
        rows = self.rows(table)
        courses = [c for number in rows if (c := self.of(value_of(table, number))) is not None]
        if way is None or len(courses) != len(rows):
            return None
        if len(rows) == 1:
            return courses[0]
        falls = all(before.lowest >= after.highest for before, after in pairwise(courses))
        climbs = all(before.highest <= after.lowest for before, after in pairwise(courses))
        inner = _common(c.way for c in courses)
        told = next((w for w in (1, -1) if (falls if way == w else climbs) and inner in (0, w)), None)
        return None if told is None else _readable(_beside(courses, told, min, max))


def value_of(table: Node, row: int) -> int:
    """The value of a row of a table, by number from 0; of what is else where there is no such row."""
    assert isinstance(table.subject, Cases)
    return table.operands[2 * row + 1 if row < len(table.subject.rows) else 2 * row]


def _constant(value: Value) -> Course | None:
    if isinstance(value, bool):
        return _ALWAYS if value else _NEVER
    if isinstance(value, Fraction):
        return Course(0, (value, value), parts=value.denominator)
    return Course(0, None, hides=True) if value is NOT_ENTERED else None


def _combined(symbol: str, courses: Sequence[Course]) -> Course | None:
    """The course of what an operator makes of nodes that are all told."""
    if symbol in COMPARISONS:
        return _compared(symbol, *courses)
    match symbol:
        case "reference":
            return courses[0]
        case "present":
            return _ALWAYS
        case "not" | "and" | "or" if not any(c.hides for c in courses):
            return _connected(symbol, courses)
        case "+" | "sum" | "mean":
            return _added(courses, len(courses) if symbol == "mean" else 1)
        case "min" | "max":
            least, greatest = (min, min) if symbol == "min" else (max, max)
            return _beside(courses, _common(c.way for c in courses), least, greatest)
        case "-" if not courses[1].hides:
            return _added((courses[0], _times(courses[1], Fraction(-1))), 1)
        case "*" | "/":
            return _scaled(symbol, *courses)
    return None


def _connected(symbol: str, courses: Sequence[Course]) -> Course | None:
    if symbol == "not":
        return _plus(_times(courses[0], Fraction(-1)), _YES)
    pick = min if symbol == "and" else max
    return _beside(courses, _common(c.way for c in courses), pick, pick)


def _beside(
    courses: Sequence[Course],
    way: int | None,
    least: Callable[[Iterable[Fraction]], Fraction],
    greatest: Callable[[Iterable[Fraction]], Fraction],
) -> Course | None:
    """The course of what is always one of these: from the `least` of what they are at least to the `greatest`."""
    ends = [c.ends for c in courses if c.ends is not None]
    both = (least(e[0] for e in ends), greatest(e[1] for e in ends)) if ends else None
    hides = any(c.hides for c in courses)
    return None if way is None else Course(way, both, hides, lcm(*(c.parts for c in courses)))


def _added(courses: Sequence[Course], over: int) -> Course | None:
    """The course of a sum, divided by a number."""
    way = _common(c.way for c in courses)
    ends = [c.ends for c in courses if c.ends is not None]
    if way is None or not courses:
        return None
    hides = any(c.hides for c in courses)
    if len(ends) < len(courses):  # one is never entered, nor is the sum
        return Course(0, None, hides=True)
    both = (sum((e[0] for e in ends), _NO) / over, sum((e[1] for e in ends), _NO) / over)
    return Course(way, both, hides, over * lcm(*(c.parts for c in courses)))


def _plus(course: Course, number: Fraction) -> Course | None:
    return _added((course, Course(0, (number, number), parts=number.denominator)), 1)


def _times(course: Course, factor: Fraction) -> Course:
    """The same times a factor that is not 0; of what hides only one above it."""
    low, high = sorted(e * factor for e in course.ends) if course.ends else (_NO, _NO)
    way = course.way if factor > 0 else -course.way
    return replace(course, way=way, ends=(low, high) if course.ends else None, parts=course.parts * factor.denominator)


def _scaled(symbol: str, left: Course, right: Course) -> Course | None:
    """The course of a product or a quotient with a factor or a divisor that is known, and not 0."""
    course, known = (right, left) if symbol == "*" and right.way else (left, right)
    if known.way or known.hides or known.ends is None or not known.ends[0] or known.ends[0] != known.ends[1]:
        return None
    factor = 1 / known.ends[0] if symbol == "/" else known.ends[0]
    return _times(course, factor) if factor > 0 or not course.hides else None


# --- comparisons -----------------------------------------------------------------------------------------------------


def _compared(symbol: str, left: Course, right: Course) -> Course | None:
    """No where a side is not entered; else what its numbers say."""
    if left.ends is None or right.ends is None:
        return _NEVER
    symbol, left, right = (_FLIPPED[symbol], right, left) if symbol in _FLIPPED else (symbol, left, right)
    numbers = _of_numbers(symbol, left, right)
    if numbers is None or numbers.ends == _NEVER.ends:
        return numbers
    way = _common([numbers.way, *(side.way for side in (left, right) if side.hides)])
    hides = left.hides or right.hides
    return None if way is None else Course(way, (_NO, numbers.ends[1])) if hides and numbers.ends else numbers


def _of_numbers(symbol: str, left: Course, right: Course) -> Course | None:
    """The course of a comparison of two sides that are entered."""
    assert left.ends is not None
    assert right.ends is not None
    low, high = left.ends[0] - right.ends[1], left.ends[1] - right.ends[0]  # of what the left is above the right
    if symbol in ("=", "!="):
        return _equal(low, high, _common([left.way, -right.way]), is_other=symbol == "!=")
    if low > 0 or (symbol == ">=" and low == 0):
        return _ALWAYS
    if high < 0 or (symbol == ">" and high == 0):
        return _NEVER
    way = _common([left.way, -right.way])
    return None if way is None else Course(way, (_NO, _YES))


def _equal(low: Fraction, high: Fraction, way: int | None, *, is_other: bool) -> Course | None:
    """The course of whether a difference with these ends is nothing: told where that is one of its ends."""
    if low > 0 or high < 0 or low == high:
        return _ALWAYS if (low == high == 0) is not is_other else _NEVER
    if way is None or 0 not in (low, high):
        return None
    met = way if high == 0 else -way
    return Course(-met if is_other else met, (_NO, _YES))


# --- what several courses have in common -----------------------------------------------------------------------------


def _common(ways: Iterable[int | None]) -> int | None:
    """The way that all go that do not stay; None where there is none, or one of them is not told."""
    found = set(ways) - {0}
    return 0 if not found else found.pop() if len(found) == 1 else None


def _readable(course: Course | None) -> Course | None:
    """A course whose numbers are all worked out; what never differs stays."""
    if course is None or course.ends is None:
        return course
    low, high = course.ends
    bits = course.parts.bit_length() + max(abs(low), abs(high)).__ceil__().bit_length()
    if bits >= MOST_BITS:
        return None
    return replace(course, way=0) if low == high and not course.hides else course
