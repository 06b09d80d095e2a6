"""Formulas and conditions in a normal form: two that have the same one come to the same for every subject.

A sum, difference or product is a polynomial with exact coefficients; a comparison compares one, brought to a leading
coefficient of 1, with zero; `and` and `or` are sets of their parts, and `not` stands before single ones. What
may have no value keeps its place: `x - x` is not 0 where x may be undefined, nor is `x / x` 1. All else is an atom.
Different forms prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Fact, Input, Literal, Operation, Tally
from guiju.engine.network import Subject

#: beyond these a formula is an atom. So no number on the way to its value is too long that is not in another form
MOST_TERMS, MOST_FACTORS, MOST_BITS = 60, 6, 500


@dataclass(frozen=True)
class Atom:
    """A node by its index, or, below zero, what 1 divided by some formula is."""

    of: int


#: how often each atom is a factor
Monomial: TypeAlias = frozenset[tuple[Atom, int]]


@dataclass(frozen=True)
class Number:
    """A polynomial; `missing` are the atoms in it that may have no value, in the order in which they are met."""

    terms: frozenset[tuple[Monomial, Fraction]]
    missing: tuple[Atom, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Whether a number is so to zero."""

    operator: str
    number: Number


@dataclass(frozen=True)
class Several:
    """All or any of some parts."""

    connective: Word["and", "or"]
    parts: frozenset[Normal]


@dataclass(frozen=True)
class Not:
    """What does not hold."""

    of: Normal


@dataclass(frozen=True)
class Constant:
    """Yes or no."""

    value: bool


Normal: TypeAlias = Atom | Number | Compared | Several | Not | Constant

_NEGATED = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_ONE: Monomial = frozenset()


class NormalForms:
    """The normal forms of the nodes of a network, each found when it is laid out."""

    def __init__(self) -> None:
        self._of: dict[int, Normal] = {}
        self._valued: set[Atom] = set()  # have a value whatever the subject
        self._entered: set[Atom] = set()  # are undefined at worst: never absent, never not entered
        self._inverses: dict[Number, Atom] = {}

    def note(self, index: int, subject: Subject, operands: tuple[int, ...], normal: Normal | None) -> None:
        """Keep the form of a node that has been laid out; without one it is an atom."""
        if index in self._of:
            return
        atom = Atom(index)
        self._of[index] = atom if normal is None else normal
        match subject:
            case Literal(value=bool() as truth):
                self._of[index] = Constant(truth)
            case Literal(value=Fraction() as number):
                self._of[index] = _constant(number)
            case Fact() | Input():
                self._entered.add(atom)
                if not operands:
                    self._valued.add(atom)
            case Tally(measure=measure):
                self._entered.add(atom)
                if measure == "count":
                    self._valued.add(atom)

    def of(self, subject: Subject, operands: tuple[int, ...]) -> Normal | None:
        """The form of an operation on nodes that have theirs; None where it is one of its own."""
        if not isinstance(subject, Operation):
            return None
        parts = [self._of[o] for o in operands]
        match subject.operator:
            case "and" | "or" as connective:
                return _several(connective, parts)
            case "not":
                return self._negated(parts[0])
            case "+" | "-" | "*" | "/" as operator:
                left, right = (self._number(p) for p in parts)
                found = self._calculated(operator, left, right)
                return found if found is None or _is_small(found) else None
            case "=" | "!=" as operator if any(isinstance(p, Constant) for p in parts):
                return self._said(operator, parts)
            case operator if operator in _NEGATED and any(isinstance(p, Number) for p in parts):
                return self._compared(operator, *(self._number(p) for p in parts))
            case operator if operator in _NEGATED and operator not in ("=", "!="):
                return self._compared(operator, *(self._number(p) for p in parts))
        return None

    def _number(self, normal: Normal) -> Number:
        if isinstance(normal, Number):
            return normal
        assert isinstance(normal, Atom), normal
        return Number(frozenset([(frozenset([(normal, 1)]), Fraction(1))]), () if normal in self._valued else (normal,))

    def _calculated(self, operator: str, left: Number, right: Number) -> Number | None:
        missing = tuple(dict.fromkeys((*left.missing, *right.missing)))
        match operator:
            case "+":
                return _sum((left, right), missing)
            case "-":
                return _sum((left, _scaled(right, Fraction(-1))), missing)
            case "*":
                return Number(_product(left, right), missing)
        divisor = _value(right)
        if divisor is not None:
            return Number(_scaled(left, 1 / divisor).terms, missing) if divisor else None
        leading = _leading(right)
        if leading is None:
            return None
        inverse = self._inverses.setdefault(_scaled(right, 1 / leading), Atom(-1 - len(self._inverses)))
        self._entered.add(inverse)
        one = Number(frozenset([(frozenset([(inverse, 1)]), 1 / leading)]))
        return Number(_product(left, one), tuple(dict.fromkeys((*missing, inverse))))

    def _compared(self, operator: str, left: Number, right: Number) -> Normal | None:
        """A comparison with zero of a number that begins with 1."""
        number = self._calculated("-", left, right)
        if number is None or not _is_small(number):
            return None
        leading = _leading(number)
        if leading is None:
            return None
        mirrored = _MIRRORED.get(operator, operator) if leading < 0 else operator
        return Compared(mirrored, Number(_scaled(number, 1 / leading).terms, number.missing))

    def _negated(self, normal: Normal) -> Normal:
        match normal:
            case Constant(value=value):
                return Constant(not value)
            case Not(of=inner):
                return inner
            case Several(connective=connective, parts=parts):
                return _several("or" if connective == "and" else "and", [self._negated(p) for p in parts])
            case Compared(operator=operator, number=number) if self._is_entered(number.missing):
                return Compared(_NEGATED[operator], number)
        return Not(normal)

    def _is_entered(self, missing: Iterable[Atom]) -> bool:
        """Whether these are undefined at worst; what is absent or not entered is in no comparison."""
        return self._entered.issuperset(missing)

    def _said(self, operator: str, parts: list[Normal]) -> Normal | None:
        """What is compared with yes or no: it, or its contrary."""
        said = next(p for p in parts if isinstance(p, Constant))
        other = next((p for p in parts if p is not said), said)
        if isinstance(other, Number) or (isinstance(other, Atom) and other not in self._entered):
            return None
        return other if said.value is (operator == "=") else self._negated(other)


def _several(connective: Word["and", "or"], parts: Iterable[Normal]) -> Normal:
    decisive, found = Constant(connective == "or"), set[Normal]()
    for part in parts:
        found |= part.parts if isinstance(part, Several) and part.connective == connective else {part}
    if decisive in found:
        return decisive
    found -= {Constant(not decisive.value)}
    if not found:
        return Constant(not decisive.value)
    return next(iter(found)) if len(found) == 1 else Several(connective, frozenset(found))


def identity(normal: Normal) -> int | None:
    """The node that a form is, if it is none but that."""
    if isinstance(normal, Number) and len(normal.terms) == 1:
        ((monomial, factor),) = normal.terms
        if factor == 1 and len(monomial) == 1:
            ((atom, power),) = monomial
            normal = atom if power == 1 and set(normal.missing) <= {atom} else normal
    return normal.of if isinstance(normal, Atom) and normal.of >= 0 else None


# --- polynomials ---------------------------------------------------------------------------------------------------


def _constant(value: Fraction) -> Number:
    return Number(frozenset([(_ONE, value)]) if value else frozenset())


def _value(number: Number) -> Fraction | None:
    """The value of a number that stands on nothing."""
    if number.missing or any(monomial != _ONE for monomial, _ in number.terms):
        return None
    return dict(number.terms).get(_ONE, Fraction(0))


def _sum(numbers: Iterable[Number], missing: tuple[Atom, ...]) -> Number:
    return Number(_gathered(term for number in numbers for term in number.terms), missing)


def _product(left: Number, right: Number) -> frozenset[tuple[Monomial, Fraction]]:
    return _gathered((_times(m, n), a * b) for m, a in left.terms for n, b in right.terms)


def _gathered(terms: Iterable[tuple[Monomial, Fraction]]) -> frozenset[tuple[Monomial, Fraction]]:
    found: dict[Monomial, Fraction] = {}
    for monomial, factor in terms:
        found[monomial] = found.get(monomial, Fraction(0)) + factor
    return frozenset((monomial, factor) for monomial, factor in found.items() if factor)


def _times(one: Monomial, other: Monomial) -> Monomial:
    powers: dict[Atom, int] = dict(one)
    for atom, power in other:
        powers[atom] = powers.get(atom, 0) + power
    return frozenset(powers.items())


def _scaled(number: Number, factor: Fraction) -> Number:
    return Number(frozenset((monomial, a * factor) for monomial, a in number.terms), number.missing)


def _leading(number: Number) -> Fraction | None:
    """The coefficient of the first term in an order of its own; None of a number that is a constant."""
    found: Mapping[Monomial, Fraction] = {m: a for m, a in number.terms if m != _ONE}
    return found[min(found, key=_order)] if found else None


def _order(monomial: Monomial) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((atom.of, power) for atom, power in monomial))


def _is_small(number: Number) -> bool:
    factors = max((sum(power for _, power in monomial) for monomial, _ in number.terms), default=0)
    bits = max((max(a.numerator.bit_length(), a.denominator.bit_length()) for _, a in number.terms), default=0)
    return len(number.terms) <= MOST_TERMS and factors <= MOST_FACTORS and bits <= MOST_BITS
