"""How far a number has to move: of all that it can be planned to be, what lies nearest to what it is and does it.

One place says it. The plan takes its numbers from here, and the check of a certificate accepts no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from operator import eq, ge, gt, le, lt
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Fact, NumberType, Value
from guiju.compiler.units import unit_named
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms
from guiju.engine.reasoning.planning.means import Means

MOST_ROUNDS = 16  # numbers that wait for each other come nearer in every round
MOST_PLACES = 6  # after the point, of a number beside one that does not do

Bound: TypeAlias = Word["=", ">=", ">", "<=", "<"]
_LIES: dict[Bound, Callable[[Fraction, Fraction], bool]] = {"=": eq, ">=": ge, ">": gt, "<=": le, "<": lt}


@dataclass(frozen=True)
class Limit:
    """As far as a number may go: it is `bound` the value."""

    bound: Bound
    value: Fraction


@dataclass(frozen=True)
class Needed:
    """What a thing is planned to be: a number `bound` the value `required`, anything else just that.

    Where nothing lies nearest, as below 500, `required` itself does not do; `limit` is how far from there all does.
    Where a number is planned to be the least that there is, `required` is the far end, as no other is needed.
    `others_follow`: other numbers, which meet it, are what they are because it is what is planned.
    `is_example`: what is planned is one number that does, chosen among others; it is neither a bound nor the nearest.
    """

    planned: Value
    required: Value
    bound: Bound = "="
    limit: Limit | None = None
    others_follow: bool = False
    is_example: bool = False

    def admits(self, number: Fraction) -> bool:
        """Whether a number is what is asked for: just the planned one where others follow it, else within the ends."""
        if self.others_follow:
            return number == self.planned
        ends = ((self.bound, self.required), *(((self.limit.bound, self.limit.value),) if self.limit else ()))
        return all(isinstance(end, Fraction) and _LIES[bound](number, end) for bound, end in ends)


def as_near_as_can_be(means: Means, terms: Terms, changes: Changes) -> dict[str, Value]:
    """The changes with every number as near to what it is as all the others, which may move too, let it be."""
    aim, moved = means.aim, dict(changes)
    numbers = sorted(address for address, planned in moved.items() if isinstance(planned, Fraction))
    values = aim.values(moved) if numbers else []
    for _ in range(MOST_ROUNDS if len(numbers) > 1 else len(numbers)):
        before = dict(moved)
        for address in numbers:
            moved[address] = needed_of(means, terms, values, moved, address).planned
            values = aim.after(values, moved, (address,))
        if moved == before:
            break
    return moved


def needed_of(means: Means, terms: Terms, values: Sequence[Value], changes: Changes, address: str) -> Needed:
    """What one thing must be, all other changes being as they are; `values` are what follows from all of them."""
    aim, planned = means.aim, changes[address]
    if not isinstance(planned, Fraction):
        return Needed(planned, planned)
    actual = aim.today[aim.network.at[address]]
    domain = _domain(means, changes, address)

    def does(value: Fraction) -> bool:
        instead = {**changes, address: value}
        after = aim.after(values, instead, (address,))
        return after[aim.goal] is True and aim.is_in_order(after, instead, terms)

    doing = [value for value in domain if does(value)]
    if not doing:
        return Needed(planned, planned)
    line = _Line(domain, doing, does, actual, type_=_number_type(aim, address))
    others_follow = address in means.meeting and len(means.meeting & changes.keys()) > 1
    is_chosen = others_follow and not isinstance(actual, Fraction)  # it is near to nothing, and the others go with it
    if not line.is_open and line.is_one_sided:
        return Needed(line.nearest, line.nearest, line.bound, others_follow=is_chosen, is_example=is_chosen)
    if line.is_endless or means.is_left_out(address, changes):  # between what was tried, nobody knows
        return Needed(line.nearest, line.nearest, is_example=True)
    if not line.is_open:
        return replace(line.from_the_nearest, others_follow=others_follow, is_example=is_chosen)
    if address in means.joint:  # between two values that turn something all numbers do alike
        planned = planned if planned in line.beside_the_edge else line.beside_the_edge[0]
        return Needed(planned, line.edge, line.bound, line.limit, others_follow, others_follow)
    return Needed(line.nearest, line.edge, line.bound, line.limit, others_follow, is_chosen)


def may_be_planned(means: Means, changes: Changes, address: str, needed: Needed) -> bool:
    """Whether a fact is planned to be what was tried of it, or a number that does the same as one that was."""
    stands_alike = address in means.joint and needed.bound in ("<", ">")
    return address not in means.tried or stands_alike or changes[address] in to_plan(means, changes, address)


def numbers_within(means: Means, changes: Changes, address: str, needed: Needed) -> list[Fraction]:
    """Of all that is asked of a number what was tried, and what lies between; of anything else nothing."""
    domain = _domain(means, changes, address) if isinstance(needed.planned, Fraction) else []
    between = [] if _is_whole(means.aim, address) else [(low + high) / 2 for low, high in pairwise(domain)]
    return [number for number in (*domain, *between) if needed.admits(number)]


def _domain(means: Means, changes: Changes, address: str) -> list[Fraction]:
    """What a number can be planned to be, and what it is, in order."""
    actual = means.aim.today[means.aim.network.at[address]]
    return sorted(v for v in {*to_plan(means, changes, address), actual} if isinstance(v, Fraction))


class _Line:
    """What one number can be planned to be, in order; of all that does, those side by side that are nearest to today.

    `doing` is not empty.
    """

    def __init__(
        self,
        domain: Sequence[Fraction],
        doing: Sequence[Fraction],
        does: Callable[[Fraction], bool],
        actual: Value,
        *,
        type_: NumberType | None,
    ) -> None:
        self._domain, self._does = domain, does
        self._is_whole, self._unit = type_ is not None and type_.integer, _unit(type_)
        low, high = domain.index(doing[0]), domain.index(doing[-1])
        if len(doing) < high - low + 1:  # what does has gaps: only what lies side by side is told
            nearest = min(doing, key=lambda v: abs(v - actual)) if isinstance(actual, Fraction) else doing[0]
            low = high = domain.index(nearest)
            while low > 0 and domain[low - 1] in doing:
                low -= 1
            while high + 1 < len(domain) and domain[high + 1] in doing:
                high += 1
            is_above = actual < nearest if isinstance(actual, Fraction) else True
        else:
            is_above = actual < doing[0] if isinstance(actual, Fraction) else low > 0
        self._near, self._far, self._out = (low, high, -1) if is_above else (high, low, 1)

    @property
    def nearest(self) -> Fraction:
        """What is nearest to today, of all that was tried."""
        return self._domain[self._near]

    @property
    def edge(self) -> Fraction:
        """Where what does ends, towards today."""
        return self._domain[self._near + self._out] if self.is_open else self.nearest

    @cached_property
    def beside_the_edge(self) -> tuple[Fraction, ...]:
        """What does where there is no nearest: one unit from the edge, a tenth of it and so on; else what was tried."""
        named = (self.edge - self._out * self._unit / 10**places for places in range(MOST_PLACES))
        return tuple(v for v in named if self._does_beside_the_edge(v)) or (self.nearest,)

    def _does_beside_the_edge(self, value: Fraction) -> bool:
        """Whether a number lies no further than the next value that turns anything, and is one that there can be."""
        further = self._near - self._out
        if not 0 <= further < len(self._domain):
            return value >= min(self._domain[0], Fraction(0))
        beyond = (self._domain[further] - value) * -self._out
        return beyond > 0 or (beyond == 0 and self._near != self._far)

    @cached_property
    def is_open(self) -> bool:
        """Whether more does between the nearest that was tried and what does not, so that there is no nearest."""
        return self._is_open(self._near, self._out)

    @property
    def bound(self) -> Bound:
        """How what does lies to the edge."""
        return _bound(is_above=self._out < 0, is_open=self.is_open)

    @property
    def is_one_sided(self) -> bool:
        """Whether all does beyond the edge, as far as it goes."""
        return not self._is_end(self._near, self._out) and self._is_end(self._far, -self._out)

    @property
    def is_endless(self) -> bool:
        """Whether all that was tried does, so that there is no bound."""
        return self._is_end(self._near, self._out) and self._is_end(self._far, -self._out)

    @property
    def from_the_nearest(self) -> Needed:
        """What must be where the nearest does itself: up to where, or just that where nothing beside it does."""
        nearest, limit = self.nearest, self.limit
        if limit is None or limit.value == nearest:
            return Needed(nearest, nearest)
        if self._is_end(self._near, self._out):  # it is as near as any number can be: there is one end
            return Needed(nearest, limit.value, limit.bound)
        return Needed(nearest, nearest, self.bound, limit)

    @property
    def limit(self) -> Limit | None:
        """The other end of what does; None where it has none."""
        if self._is_end(self._far, -self._out):
            return None
        is_open = self._is_open(self._far, -self._out)
        value = self._domain[self._far - self._out if is_open else self._far]
        return Limit(_bound(is_above=self._out > 0, is_open=is_open), value)

    def _is_end(self, place: int, out: int) -> bool:
        return not 0 <= place + out < len(self._domain)

    def _is_open(self, place: int, out: int) -> bool:
        if self._is_whole or self._is_end(place, out):
            return False
        return self._does((self._domain[place] + self._domain[place + out]) / 2)


def _bound(*, is_above: bool, is_open: bool) -> Bound:
    if is_above:
        return ">" if is_open else ">="
    return "<" if is_open else "<="


def to_plan(means: Means, changes: Changes, address: str) -> frozenset[Value]:
    """What one thing can be planned to be: what was tried, and of whole numbers, which have neighbours, these, too."""
    tried = means.tried_beside(address, changes)
    if not _is_whole(means.aim, address):
        return frozenset(tried)
    known = [v for v in (*tried, means.aim.today[means.aim.network.at[address]]) if isinstance(v, Fraction)]
    return frozenset((*tried, *(n for v in known for n in (v - 1, v + 1) if n >= 0)))


def _is_whole(aim: Aim, address: str) -> bool:
    type_ = _number_type(aim, address)
    return type_ is not None and type_.integer


def _number_type(aim: Aim, address: str) -> NumberType | None:
    subject = aim.network.node(address).subject
    return subject.type if isinstance(subject, Fact) and isinstance(subject.type, NumberType) else None


def _unit(type_: NumberType | None) -> Fraction:
    """One of what people count a number in."""
    unit = unit_named(type_.unit) if type_ is not None else None
    return Fraction(1) if unit is None else unit.factor
