"""What compiled code calls where facts meet verdicts: values of a row in type, and clauses that facts decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.compiler.ir import Clause, Input, NumberType, OptionType, SetType, TruthType, Undefined, Value, Verdict
from guiju.dsl.source import Source, Span
from guiju.engine.evidence import Attestation
from guiju.engine.layout import Slot
from guiju.engine.names import ids_by_name
from guiju.engine.verdict_words import verdict_in
from guiju.engine.verdicts import decide, facts_on


class UnplainError(Exception):
    """Something in a row is unknown, disputed or out of type, so that the row has to be looked at in another way."""


def in_type(slot: Slot) -> Callable[[Any], Any]:
    """Takes the value of a fact as a row has it; gives it as compiled code takes it, numbers in the fact's unit."""
    type_, declaration = slot.type, slot.declaration
    assert not isinstance(declaration, Clause)
    match type_:
        case NumberType():
            return _numbers(type_)
        case SetType():
            return _sets(ids_by_name(declaration.options))
    options = ids_by_name(declaration.options) if isinstance(type_, OptionType) else {}

    def read(value: Any) -> Any:
        if value is None or (isinstance(value, bool) and isinstance(type_, TruthType)):
            return value
        if isinstance(value, str) and value in options:
            return options[value]
        raise UnplainError

    return read


def _numbers(type_: NumberType) -> Callable[[Any], Fraction | None]:
    whole, least = type_.integer, Fraction(0) if type_.is_never_negative else None

    def read(value: Any) -> Fraction | None:
        if value is None:
            return None
        if isinstance(value, bool | float) or not isinstance(value, int | Fraction | Decimal):
            raise UnplainError
        if isinstance(value, Decimal) and not value.is_finite():
            raise UnplainError
        number = Fraction(value)
        if (whole and number.denominator != 1) or (least is not None and number < least):
            raise UnplainError
        return number

    return read


def _sets(options: Mapping[str, str]) -> Callable[[Any], frozenset[str] | None]:
    def read(value: Any) -> frozenset[str] | None:
        if value is None:
            return None
        if not isinstance(value, list | tuple | set | frozenset):
            raise UnplainError
        try:
            return frozenset([options[v] for v in value])
        except (KeyError, TypeError):  # no option; nothing that could be one
            raise UnplainError from None

    return read


def is_in_type(slot: Slot) -> Callable[[Any], bool]:
    """Whether a value of a column is in type at first sight; where it is not, `bind_row` says so."""
    clause = slot.declaration
    if isinstance(clause, Clause):
        words = ("not-applicable",) if clause.applies is None else ()
        return lambda value: value is None or verdict_in(value) not in (None, *words)
    if isinstance(clause, Input):
        known = ids_by_name(clause.options)
        return lambda value: value is None or (isinstance(value, str) and value in known)
    read, is_number = in_type(slot), isinstance(slot.type, NumberType)

    def found(value: Any) -> bool:
        if is_number and value.__class__ is int and value >= 0:
            return True
        try:
            read(value)
        except UnplainError:
            return False
        return True

    return found


def takes_bits(slot: Slot) -> bool:
    """Whether yes, no and nothing are in type in a column."""
    return slot.kind == "clause" or isinstance(slot.type, TruthType)


def judged(clause: Clause) -> Callable[..., Verdict]:
    """Takes what a row attests of a clause and what its facts give; gives its verdict, by the reference's own rules."""
    span = Span(Source("", ""), 0, 0)

    def verdict_of(attested: Any, *operands: Value) -> Verdict:
        said: tuple[Attestation, ...] = ()
        if attested is not None:
            word = verdict_in(attested)
            if word is None or (word == "not-applicable" and clause.applies is None):
                raise UnplainError
            said = (Attestation(clause=clause.id, verdict=word, voice="assessor", span=span),)
        verdict, _, _ = decide(facts_on(clause, operands), said)
        if not isinstance(verdict, Verdict):
            raise UnplainError
        return verdict

    return verdict_of


def share(counted: int, applicable: int) -> Value:
    """A share as the reference has it."""
    return Fraction(counted, applicable) if applicable else Undefined("share-of-nothing")
