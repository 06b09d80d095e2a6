"""Every operator of the core in one table: symbol, operand types, result type, meaning on known values.

A function takes a fixed number of operands. A fold takes any number and combines them one by one, so that an
evaluator may stop early (`settled`) or combine in any order. What happens to unknown operands is not said here:
lifting is done once, in `engine.kleene`. To add an operator, add an entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    TRUTH,
    NumberType,
    OptionType,
    SetType,
    Special,
    TruthType,
    Type,
    Undefined,
    Value,
)
from guiju.compiler.units import DIFFERENCE, TEMPERATURE, multiply

MOST_BITS = 10_000  # of a numerator or denominator: three thousand digits

TypeRule: TypeAlias = Callable[[tuple[Type, ...]], Type | None]


@dataclass(frozen=True)
class Function:
    """An operator with a fixed number of operands. `typed` gives None where the operands do not fit."""

    symbol: str
    typed: TypeRule
    apply: Callable[..., Value]


@dataclass(frozen=True)
class Fold:
    """An operator over any number of operands: the meaning is `finish(combine(…combine(start, x1)…, xn))`."""

    symbol: str
    typed: TypeRule
    start: Any
    combine: Callable[[Any, Any], Any]
    finish: Callable[[Any], Value]
    settled: Callable[[Any], bool]


# --- types -------------------------------------------------------------------------------------------------------


def _same_dimension(types: tuple[Type, ...]) -> Type | None:
    first = types[0]
    if not isinstance(first, NumberType):
        return None
    if all(isinstance(t, NumberType) and t.dimension == first.dimension for t in types):
        return NumberType(first.dimension, unit=first.unit)
    return None


def _sum(types: tuple[Type, ...]) -> Type | None:
    """Numbers of one dimension; a temperature and a difference give a temperature, and two temperatures nothing."""
    if _is_temperature(types[0]):
        return types[0] if len(types) == 2 and _is_difference(types[1]) else None
    if _is_difference(types[0]) and len(types) == 2 and _is_temperature(types[1]):
        return types[1]
    return _same_dimension(types)


def _difference(types: tuple[Type, ...]) -> Type | None:
    """Numbers of one dimension; of two temperatures in ℃ it is one in K, which may be taken from a temperature."""
    left, right = types
    if _is_temperature(left) and _is_difference(right):
        return left
    if _is_temperature(left) and _is_temperature(right):
        return NumberType(DIFFERENCE, unit="K")
    return _same_dimension(types)


def _total(types: tuple[Type, ...]) -> Type | None:
    return None if _is_temperature(types[0]) else _same_dimension(types)


def _is_temperature(type_: Type) -> bool:
    return isinstance(type_, NumberType) and type_.dimension == TEMPERATURE


def _is_difference(type_: Type) -> bool:
    return isinstance(type_, NumberType) and type_.dimension == DIFFERENCE


def _product(types: tuple[Type, ...]) -> Type | None:
    left, right = types
    if any(map(_is_temperature, types)):
        return None
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        return NumberType(multiply(left.dimension, right.dimension))
    return None


def _quotient(types: tuple[Type, ...]) -> Type | None:
    left, right = types
    if any(map(_is_temperature, types)):
        return None
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        return NumberType(multiply(left.dimension, right.dimension, -1))
    return None


def _ordered(types: tuple[Type, ...]) -> Type | None:
    return TRUTH if _same_dimension(types) else None


def _comparable(types: tuple[Type, ...]) -> Type | None:
    left, right = types
    if isinstance(left, OptionType) and isinstance(right, OptionType):
        return TRUTH if set(left.options) & set(right.options) else None
    if isinstance(left, TruthType) and isinstance(right, TruthType):
        return TRUTH
    return _ordered(types)


def _member(types: tuple[Type, ...]) -> Type | None:
    element, collection = types
    if isinstance(element, OptionType) and isinstance(collection, SetType):
        return TRUTH if set(element.options) <= set(collection.options) else None
    return None


def _truths(types: tuple[Type, ...]) -> Type | None:
    return TRUTH if all(isinstance(t, TruthType) for t in types) else None


def _anything(types: tuple[Type, ...]) -> Type | None:
    return TRUTH


# --- meanings ----------------------------------------------------------------------------------------------------


def _missing(operands: tuple[Value, ...]) -> Value | None:
    """The strongest way of having no value among operands: absent before not entered before undefined."""
    found: Value | None = None
    for operand in operands:
        if operand is ABSENT:
            return ABSENT
        if operand is NOT_ENTERED or (found is None and isinstance(operand, Undefined)):
            found = operand
    return found


def _arithmetic(meaning: Callable[[Fraction, Fraction], Value]) -> Callable[[Value, Value], Value]:
    def apply(left: Value, right: Value) -> Value:
        missing = _missing((left, right))
        if missing is not None:
            return missing
        assert isinstance(left, Fraction)
        assert isinstance(right, Fraction)
        return _bounded(meaning(left, right))

    return apply


def _comparison(meaning: Callable[[Any, Any], bool]) -> Callable[[Value, Value], Value]:
    """A value that is not there satisfies no comparison; an undefined one leaves it undefined."""

    def apply(left: Value, right: Value) -> Value:
        missing = _missing((left, right))
        if missing is not None:
            return missing if isinstance(missing, Undefined) else False
        return meaning(left, right)

    return apply


def _bounded(value: Value) -> Value:
    """Exact numbers can double in length with each step; beyond what anyone could read they are not worked out."""
    if not isinstance(value, Fraction):
        return value
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return Undefined("too-large") if bits > MOST_BITS else value


def _divide(left: Fraction, right: Fraction) -> Value:
    return left / right if right else Undefined("division-by-zero")


def _not(operand: Value) -> Value:
    return operand if isinstance(operand, Undefined) else not operand


def _present(weight: Value) -> Value:
    """Only an empty cell leaves a group out; with a weight that is undefined it takes part."""
    return weight is not ABSENT


def _whole(operand: Value) -> Value:
    return operand if isinstance(operand, Undefined) else isinstance(operand, Fraction) and operand.denominator == 1


def _undefined(left: Any, right: Any) -> Undefined | None:
    """Of several reasons why a value is undefined the first by name is told, so that no order of operands matters."""
    if not isinstance(left, Undefined):
        return right if isinstance(right, Undefined) else None
    return min(left, right, key=lambda o: o.reason) if isinstance(right, Undefined) else left


def _connective(decisive: bool) -> Callable[[Value, Value], Value]:
    """`and` (decisive False) or `or` (decisive True): one decisive operand decides, also beside an undefined one."""

    def combine(so_far: Value, operand: Value) -> Value:
        if so_far is decisive or operand is decisive:
            return decisive
        return _undefined(so_far, operand) or operand

    return combine


def _gather(combine: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Any, Value], Any]:
    """Aggregates leave out absent operands; one that is not entered, or else undefined, takes the whole with it."""

    def step(so_far: Any, operand: Value) -> Any:
        if operand is ABSENT or so_far is NOT_ENTERED:
            return so_far
        if operand is NOT_ENTERED:
            return NOT_ENTERED
        undefined = _undefined(so_far, operand)
        if undefined is not None:
            return undefined
        if so_far is None:
            return (operand, 1)
        total, number = so_far
        return (combine(total, operand), number + 1)  # type: ignore[arg-type]

    return step


def _gathered(finish: Callable[[Fraction, int], Fraction]) -> Callable[[Any], Value]:
    def end(so_far: Any) -> Value:
        if so_far is None:
            return Undefined("nothing-to-aggregate")
        if isinstance(so_far, Special | Undefined):
            return so_far
        return _bounded(finish(*so_far))

    return end


def _aggregate(
    symbol: str,
    combine: Callable[[Fraction, Fraction], Fraction],
    finish: Callable[[Fraction, int], Fraction] = lambda total, _: total,
    typed: TypeRule = _same_dimension,
) -> Fold:
    return Fold(symbol, typed, None, _gather(combine), _gathered(finish), lambda x: x is NOT_ENTERED)


OPERATORS: tuple[Function | Fold, ...] = (
    Function("+", _sum, _arithmetic(lambda a, b: a + b)),
    Function("-", _difference, _arithmetic(lambda a, b: a - b)),
    Function("*", _product, _arithmetic(lambda a, b: a * b)),
    Function("/", _quotient, _arithmetic(_divide)),
    Function("=", _comparable, _comparison(lambda a, b: a == b)),
    Function("!=", _comparable, _comparison(lambda a, b: a != b)),
    Function("<", _ordered, _comparison(lambda a, b: a < b)),
    Function("<=", _ordered, _comparison(lambda a, b: a <= b)),
    Function(">", _ordered, _comparison(lambda a, b: a > b)),
    Function(">=", _ordered, _comparison(lambda a, b: a >= b)),
    Function("in", _member, _comparison(lambda a, b: a in b)),
    Function("not", _truths, _not),
    Function("present", _anything, _present),
    Function("whole", _anything, _whole),
    Fold("and", _truths, True, _connective(False), lambda x: x, lambda x: x is False),
    Fold("or", _truths, False, _connective(True), lambda x: x, lambda x: x is True),
    _aggregate("sum", lambda a, b: a + b, typed=_total),
    _aggregate("mean", lambda a, b: a + b, lambda total, number: total / number),
    _aggregate("min", min),
    _aggregate("max", max),
)

OPERATOR: dict[str, Function | Fold] = {o.symbol: o for o in OPERATORS}
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
