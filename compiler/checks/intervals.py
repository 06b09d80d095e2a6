"""Rows of a table as intervals of one quantity, where their conditions are comparisons of it with constants."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor

from guiju.compiler.units import unit_named
from guiju.dsl import tree


@dataclass(frozen=True)
class Interval:
    """`low` and `high` None: without bound. `low_in`, `high_in`: whether the end belongs to it.

    `low_text` and `high_text` are the ends as they are written.
    """

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool
    low_text: str = field(default="", compare=False)
    high_text: str = field(default="", compare=False)

    @property
    def is_backward(self) -> bool:
        """Whether no number lies in it, as in `3 < A <= 2`."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def touches(self, later: Interval) -> bool:
        """Whether no number lies between this one and a later one."""
        if self.high is None or later.low is None or later.low < self.high:
            return True
        return later.low == self.high and (self.high_in or later.low_in)

    def parts_whole_numbers(self, later: Interval) -> bool:
        """Whether a whole number lies between this one and a later one."""
        if self.high is None or later.low is None:
            return False
        first = floor(self.high) + 1 if self.high_in else ceil(self.high)
        last = ceil(later.low) - 1 if later.low_in else floor(later.low)
        return first <= last

    def begins_with(self, other: Interval) -> bool:
        """Whether both have the same lower end."""
        return (self.low, self.low_in) == (other.low, other.low_in)

    def ends_with(self, other: Interval) -> bool:
        """Whether both have the same upper end."""
        return (self.high, self.high_in) == (other.high, other.high_in)

    def begins_before(self, other: Interval) -> bool:
        """Whether it has numbers below all of another one."""
        if self.low is None or other.low is None:
            return self.low is None and other.low is not None
        return (self.low, not self.low_in) < (other.low, not other.low_in)

    def ends_behind(self, other: Interval) -> bool:
        """Whether it has numbers above all of another one."""
        if self.high is None or other.high is None:
            return self.high is None and other.high is not None
        return (self.high, self.high_in) > (other.high, other.high_in)

    def takes_in(self, other: Interval) -> bool:
        """Whether every number of another one lies in it."""
        return not other.begins_before(self) and not other.ends_behind(self)

    def ended_before(self, later: Interval) -> Interval:
        """It up to where a later one begins."""
        return replace(self, high=later.low, high_in=not later.low_in, high_text=later.low_text)

    def without_low(self) -> Interval:
        """Everything up to its upper end."""
        return replace(self, low=None, low_in=False, low_text="")

    def without_high(self) -> Interval:
        """Everything from its lower end on."""
        return replace(self, high=None, high_in=False, high_text="")

    def written(self, quantity: str) -> str:
        """It as an editor would write it: `1 < A <= 2`, `A >= 2`."""
        above, below = (
            f"{'>' if not self.low_in else '>='} {self.low_text}",
            f"{'<=' if self.high_in else '<'} {self.high_text}",
        )
        if self.low is None or self.high is None:
            return f"{quantity} {above if self.high is None else below}"
        return f"{self.low_text} {'<=' if self.low_in else '<'} {quantity} {below}"

    def gap_to(self, later: Interval, quantity: str) -> str:
        """What lies between this one and a later one, as an editor would write it: `2 < A <= 2.5`."""
        after, until = "<" if self.high_in else "<=", "<" if later.low_in else "<="
        return f"{self.high_text} {after} {quantity} {until} {later.low_text}"


def interval_of(condition: tree.Expr, quantity: str) -> Interval | None:
    """The numbers of a named quantity for which a condition holds; None if it is not of that form."""
    parts = condition.operands if isinstance(condition, tree.Logic) and condition.op == "and" else (condition,)
    bounds = [b for part in parts for b in _bounds(part, quantity)]
    if not bounds or None in bounds:
        return None
    low: tuple[Fraction, bool, str] | None = None
    high: tuple[Fraction, bool, str] | None = None
    for op, number in (b for b in bounds if b):
        value, text = _number(number), number.span.text
        if op in (">", ">=", "="):
            new = (value, op != ">", text)
            low = new if low is None or (value, not new[1]) > (low[0], not low[1]) else low
        if op in ("<", "<=", "="):
            new = (value, op != "<", text)
            high = new if high is None or (value, new[1]) < (high[0], high[1]) else high
    (a, a_in, a_text), (b, b_in, b_text) = low or (None, False, ""), high or (None, False, "")
    return Interval(a, a_in, b, b_in, a_text, b_text)


MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def _bounds(part: tree.Expr, quantity: str) -> list[tuple[str, tree.Number] | None]:
    if not isinstance(part, tree.Compare):
        return [None]
    found: list[tuple[str, tree.Number] | None] = []
    for op, left, right in zip(part.ops, part.operands, part.operands[1:], strict=False):
        if op in MIRRORED and _is(left, quantity) and isinstance(right, tree.Number):
            found.append((op, right))
        elif op in MIRRORED and _is(right, quantity) and isinstance(left, tree.Number):
            found.append((MIRRORED[op], left))
        else:
            found.append(None)
    return found


def _is(expression: tree.Expr, quantity: str) -> bool:
    return isinstance(expression, tree.NameRef) and expression.text == quantity


def _number(number: tree.Number) -> Fraction:
    unit = unit_named(number.unit) if number.unit else None
    return number.value * (unit.factor if unit else 1)


def quantity_in(condition: tree.Expr) -> str | None:
    """The one name that the comparisons of a condition speak of."""
    parts = condition.operands if isinstance(condition, tree.Logic) and condition.op == "and" else (condition,)
    names = {o.text for p in parts if isinstance(p, tree.Compare) for o in p.operands if isinstance(o, tree.NameRef)}
    return names.pop() if len(names) == 1 and all(isinstance(p, tree.Compare) for p in parts) else None
