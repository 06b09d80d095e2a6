"""Sums of planes with weights, row by row, and how they compare: counted in binary, a plane for each digit.

All that is done is exact: weights are whole multiples of one fraction, and the digits are as many as the largest sum
takes. A column of bits of one place is made three at a time into one of that place and one of the next, as a carry-save
adder does (Wallace 1964), so adding grows with the number of planes.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm

from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit


@dataclass(frozen=True)
class Weighed:
    """A number of each row: `base`, and for each plane that has the row its weight; none in the rows `missing`."""

    base: Fraction
    weights: Mapping[int, Fraction]
    missing: int = EMPTY

    @property
    def least(self) -> Fraction:
        """No row has less."""
        return self.base + sum((w for w in self.weights.values() if w < 0), Fraction(0))

    @property
    def greatest(self) -> Fraction:
        """No row has more."""
        return self.base + sum((w for w in self.weights.values() if w > 0), Fraction(0))

    def times(self, factor: Fraction) -> Weighed:
        """Multiplied by a known number."""
        return Weighed(self.base * factor, {p: w * factor for p, w in self.weights.items()}, self.missing)


def added(circuit: Circuit, numbers: Iterable[Weighed]) -> Weighed:
    """Their sum, missing where one of them is."""
    base, weights, missing = Fraction(0), defaultdict[int, Fraction](Fraction), EMPTY
    for number in numbers:
        base += number.base
        missing = circuit.either(missing, number.missing)
        for plane, weight in number.weights.items():
            weights[plane] += weight
    return Weighed(base, {p: w for p, w in weights.items() if w}, missing)


def is_at_least(circuit: Circuit, number: Weighed, least: Fraction) -> int:
    """The rows whose number is not less; of those that miss it nothing is said."""
    planes, rest = _rising(circuit, number, least)
    if rest <= 0 or not planes:
        return FULL if rest <= 0 else EMPTY
    unit = Fraction(gcd(*(w.numerator for w in planes.values())), lcm(*(w.denominator for w in planes.values())))
    return _reach(circuit, _digits(circuit, {plane: int(w / unit) for plane, w in planes.items()}), ceil(rest / unit))


def at_least_each(circuit: Circuit, planes: Sequence[int]) -> tuple[int, ...]:
    """For each number from none to all of some planes the rows that are in at least so many of them."""
    digits = _digits(circuit, Counter(planes))
    return tuple(_reach(circuit, digits, number) for number in range(len(planes) + 1))


def _reach(circuit: Circuit, digits: Sequence[int], wanted: int) -> int:
    """The rows whose digits make a whole number that is not less than one."""
    if wanted >> len(digits):
        return EMPTY
    found = FULL
    for place, digit in enumerate(digits):
        found = circuit.both(digit, found) if wanted >> place & 1 else circuit.either(digit, found)
    return found


def _rising(circuit: Circuit, number: Weighed, least: Fraction) -> tuple[dict[int, Fraction], Fraction]:
    """Weights above zero alone, and what they have to come to: a plane that takes away is one that does not give."""
    planes, rest = dict[int, Fraction](), least - number.base
    for plane, weight in number.weights.items():
        if plane == FULL:
            rest -= weight
        elif plane != EMPTY and weight:
            gives = plane if weight > 0 else circuit.neither(plane)
            planes[gives] = planes.get(gives, Fraction(0)) + abs(weight)
            rest -= min(weight, Fraction(0))
    return planes, rest


def _digits(circuit: Circuit, weights: Mapping[int, int]) -> list[int]:
    """The digits of the sum of some planes, the lowest first: planes of one weight are counted, then the counts added.

    So that a long weight is not written once for each plane that has it.
    """
    alike: dict[int, list[int]] = {}
    for plane, weight in weights.items():
        alike.setdefault(weight, []).append(plane)
    columns: dict[int, deque[int]] = defaultdict(deque)
    for weight, planes in alike.items():
        for place, digit in enumerate(_summed(circuit, {0: deque(planes)})):
            for shift in range(weight.bit_length()):
                if weight >> shift & 1:
                    columns[place + shift].append(digit)
    return _summed(circuit, columns)


def _summed(circuit: Circuit, columns: Mapping[int, deque[int]]) -> list[int]:
    """Bits by place -> the digits of their sum."""
    digits: list[int] = []
    carried: list[int] = []
    place = 0
    while carried or any(at >= place for at in columns):
        waiting = deque((*columns.get(place, ()), *carried))
        carried = []
        while len(waiting) > 1:
            one, other = waiting.popleft(), waiting.popleft()
            third = waiting.popleft() if waiting else EMPTY
            differing = circuit.differing(one, other)
            waiting.append(circuit.differing(differing, third))
            carry = circuit.either(circuit.both(one, other), circuit.both(differing, third))
            if carry != EMPTY:
                carried.append(carry)
        digits.append(waiting[0] if waiting else EMPTY)
        place += 1
    return digits
