"""The one door to z3: conditions and numbers that are still to be chosen, and whether a choice satisfies all of them.

Known conditions stay `bool`, so a formula holds only what is open. Numbers are rationals, computed with exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import z3

    Guard: TypeAlias = bool | z3.BoolRef


def is_installed() -> bool:
    """Whether the extra `prove` is there."""
    return find_spec("z3") is not None


class OutOfTimeError(Exception):
    """The solver gave up."""


class NoFractionError(Exception):
    """A number was chosen that is no fraction, such as a square root."""


@dataclass(frozen=True, eq=False)
class Number:
    """A number that depends on what is chosen. Equal if written alike."""

    term: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and bool(self.term.eq(other.term))

    def __hash__(self) -> int:
        return int(self.term.hash())


@dataclass(frozen=True, eq=False)
class Members:
    """A set that is still to be chosen: whether each option is in it."""

    holds: dict[str, Guard]


Numeric: TypeAlias = Fraction | Number


def both(*guards: Guard) -> Guard:
    """All of some conditions."""
    import z3

    if any(g is False for g in guards):
        return False
    open_ = [g for g in guards if g is not True]
    return True if not open_ else open_[0] if len(open_) == 1 else z3.And(*open_)


def either(guards: Iterable[Guard]) -> Guard:
    """Any of some conditions."""
    import z3

    given = list(guards)
    if any(g is True for g in given):
        return True
    open_ = [g for g in given if g is not False]
    return False if not open_ else open_[0] if len(open_) == 1 else z3.Or(*open_)


def otherwise(guard: Guard) -> Guard:
    """The opposite."""
    import z3

    return not guard if isinstance(guard, bool) else z3.Not(guard)


def _term(number: Numeric) -> Any:
    import z3

    return number.term if isinstance(number, Number) else z3.RealVal(str(number))


def compared(symbol: str, left: Numeric, right: Numeric) -> Guard:
    """A comparison of two numbers."""
    a, b = _term(left), _term(right)
    made: Guard = {
        "=": lambda: a == b,
        "!=": lambda: a != b,
        "<": lambda: a < b,
        "<=": lambda: a <= b,
        ">": lambda: a > b,
        ">=": lambda: a >= b,
    }[symbol]()
    return made


def computed(symbol: str, left: Numeric, right: Numeric) -> Number:
    """What an operation makes of two numbers; nothing is divided by zero."""
    a, b = _term(left), _term(right)
    return Number({"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[symbol]())


def chosen(cases: Iterable[tuple[Numeric, Guard]]) -> Number:
    """The number whose condition holds; of several the first, and the last where none does."""
    import z3

    *others, (number, _) = cases
    term = _term(number)
    for other, guard in reversed(others):
        term = z3.If(guard, _term(other), term)
    return Number(term)


def counted(guards: Iterable[Guard]) -> Number:
    """How many conditions hold."""
    import z3

    return Number(z3.Sum([z3.RealVal(0), *(z3.If(g, z3.RealVal(1), z3.RealVal(0)) for g in guards)]))


def is_whole(number: Number) -> Guard:
    """Whether a number is whole."""
    import z3

    guard: Guard = z3.IsInt(number.term)
    return guard


class Choice:
    """A choice that satisfies everything."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def holds(self, guard: Guard) -> bool:
        """Whether a condition holds."""
        import z3

        return guard if isinstance(guard, bool) else z3.is_true(self._model.eval(guard, model_completion=True))

    def number(self, number: Number) -> Fraction:
        """What a number is."""
        import z3

        value = self._model.eval(number.term, model_completion=True)
        if not z3.is_rational_value(value):
            raise NoFractionError
        return Fraction(value.numerator_as_long(), value.denominator_as_long())


class Choices:
    """What is to be chosen, and the conditions on it."""

    def __init__(self) -> None:
        import z3

        self._solver = z3.Solver()
        self._number = 0

    def _name(self) -> str:
        self._number += 1
        return f"x{self._number}"

    def condition(self) -> Guard:
        """A condition that may hold or not."""
        import z3

        guard: Guard = z3.Bool(self._name())
        return guard

    def number(self, *, whole: bool, from_zero: bool) -> Number:
        """Any number, perhaps a whole one, perhaps none below zero."""
        import z3

        name = self._name()
        number = Number(z3.ToReal(z3.Int(name)) if whole else z3.Real(name))
        if from_zero:
            self.require(compared(">=", number, Fraction(0)))
        return number

    def one_of(self, number: int) -> list[Guard]:
        """Conditions of which exactly one holds."""
        import z3

        which = z3.Int(self._name())
        self._solver.add(which >= 0, which < number)
        return [which == i for i in range(number)]

    def require(self, guard: Guard) -> None:
        """Let a condition hold."""
        self._solver.add(guard)

    def find(self, seconds: float) -> Choice | None:
        """A choice; None where there is none, and that is certain. OutOfTimeError where neither is found in time."""
        import z3

        self._solver.set("timeout", max(1, int(seconds * 1000)))
        answer = self._solver.check()
        if answer == z3.unknown:
            raise OutOfTimeError
        return Choice(self._solver.model()) if answer == z3.sat else None
