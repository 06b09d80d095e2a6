"""Whether a node only rises as clauses are satisfied, or only falls: then two looks tell its least and its greatest.

Read off the operators alone, so it may well not be told of a node that does. What is not entered counts as below all
numbers. Nothing is told of what may be absent or undefined. Where numbers grow too large to be worked out, nothing is
told either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from guiju.compiler.ir import ABSENT, NOT_ENTERED, UNKNOWN, Cases, Choice, Clause, Tally, Value, Verdict
from guiju.compiler.operators import COMPARISONS, MOST_BITS
from guiju.engine.monotone import ALWAYS, EITHER, NEVER, Ends, Extent, Slope, factor, goes_by_row, slopes_of, truth_of
from guiju.engine.network import Item, Network, Node, chosen, live_operands, standing_below

_NO, _YES = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Course(Extent):
    """How a node goes as clauses are satisfied, and how far. Its numbers are whole ones over `parts`."""

    way: Slope = 0
    parts: int = 1


_EITHER_WAY = Course(EITHER, way=1)


def rises(network: Network, values: Sequence[Value], target: int, clauses: Collection[int]) -> bool:
    """Whether a node can be no higher than where all these clauses are satisfied; False where that is not told.

    `values`: with the clauses open, each of which is satisfied or not, and which nothing else open may lie beside.
    """
    return way_of(network, values, target, clauses) > 0


def way_of(network: Network, values: Sequence[Value], target: int, clauses: Collection[int]) -> Slope:
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
        return _readable(Course((_NO, most), way=-1 if falls else 1, parts=parts))

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

    def row_of(self, table: Node) -> Slope | None:
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
            if course is None or course.ends != NEVER:
                found.append(number)
            if course is not None and course.ends == ALWAYS:
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
        inner = _common(c.way for c in courses)
        stepped = (way * by_row for by_row in goes_by_row(courses))
        told = next((w for w in sorted(stepped, reverse=True) if inner in (0, w)), None)
        return None if told is None else _readable(_one_of(courses, told))


def value_of(table: Node, row: int) -> int:
    """The value of a row of a table, by number from 0; of what is else where there is no such row."""
    assert isinstance(table.subject, Cases)
    return table.operands[2 * row + 1 if row < len(table.subject.rows) else 2 * row]


def _constant(value: Value) -> Course | None:
    if isinstance(value, bool | Fraction):
        number = Fraction(value)
        return Course((number, number), parts=number.denominator)
    return Course(None, hides=True) if value is NOT_ENTERED else None


def _one_of(courses: Sequence[Course], way: Slope) -> Course:
    """The course of what is always one of these."""
    ends = [c.ends for c in courses if c.ends is not None]
    both = (min(e[0] for e in ends), max(e[1] for e in ends)) if ends else None
    return Course(both, any(c.hides for c in courses), way, lcm(*(c.parts for c in courses)))


def _combined(symbol: str, courses: Sequence[Course]) -> Course | None:
    """The course of what an operator makes of nodes that are all told."""
    slopes = slopes_of(symbol, courses)
    if slopes is None or not courses:
        return None
    way = _common(slope * course.way for slope, course in zip(slopes, courses, strict=True))
    return None if way is None else _made(symbol, courses, way)


def _made(symbol: str, courses: Sequence[Course], way: Slope) -> Course:
    hides = any(c.hides for c in courses)
    if symbol == "present":
        return Course(ALWAYS)
    if symbol in COMPARISONS:
        no, yes = truth_of(symbol, *courses)
        return Course((_NO if hides else no, yes), way=way)
    ends = [c.ends for c in courses if c.ends is not None]
    parts = lcm(*(c.parts for c in courses))
    if len(ends) < len(courses):  # one is never entered, so this is not
        return Course(None, hides=True)
    if symbol in ("*", "/") and (found := factor(symbol, *courses)) is not None:
        number, place = found
        low, high = sorted(end * number for end in ends[place])
        return Course((low, high), hides, way, courses[place].parts * number.denominator)
    return Course(_ends(symbol, ends), hides, way, parts * (len(courses) if symbol == "mean" else 1))


def _ends(symbol: str, of: Sequence[Ends]) -> Ends:
    """What an operator makes of nodes that are at their least, and at their greatest."""
    lows, highs = zip(*of, strict=True)
    match symbol:
        case "and" | "min":
            return min(lows), min(highs)
        case "or" | "max":
            return max(lows), max(highs)
        case "not":
            return _YES - highs[0], _YES - lows[0]
        case "-":
            return lows[0] - highs[1], highs[0] - lows[1]
    over = len(of) if symbol == "mean" else 1
    return sum(lows, _NO) / over, sum(highs, _NO) / over


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
