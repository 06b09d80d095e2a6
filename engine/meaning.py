"""What each form of the core means on known values. Together with `compiler.operators` this is the semantics.

A form is either a `Function` of its operands or a `Fold` over them; the same folds serve the plain evaluator, which
runs them to the end, and the sweep, which runs them one operand at a time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from guiju.compiler.ir import Cases, Choice, Expression, Operation, Tally, Undefined, Value, Verdict
from guiju.compiler.operators import OPERATOR, Fold, Function

_OPEN = object()  # no row of a table has held yet


def form_of(expression: Expression) -> Function | Fold:
    """How an expression makes its value out of the values of its operands."""
    match expression:
        case Operation():
            return OPERATOR[expression.operator]
        case Tally():
            return _tally(expression)
        case Cases():
            return _cases(expression)
        case Choice():
            names = tuple(name for name, _ in expression.options)
            return Function("reading", _untyped, lambda chosen, *options: options[names.index(chosen)])
    raise TypeError(expression)


def grouped(expression: Expression, operands: tuple[Any, ...]) -> tuple[Any, ...]:
    """The operands as a fold takes them: rows of a table as pairs of condition and value, all others one by one."""
    if not isinstance(expression, Cases):
        return operands
    if expression.undecided is not None:
        gate, behind, otherwise, undecided = operands
        return ((gate, behind), (gate, otherwise), (True, undecided))
    rows = tuple(zip(operands[:-1:2], operands[1::2], strict=True))
    return (*rows, (True, operands[-1]))


def _tally(tally: Tally) -> Fold:
    wanted = Verdict.SATISFIED if tally.verdict == "satisfied" else Verdict.UNSATISFIED
    cap = tally.cap

    def count(so_far: int, verdict: Verdict) -> int:
        return so_far + 1 if verdict is wanted and so_far != cap else so_far

    def both(so_far: tuple[int, int], verdict: Verdict) -> tuple[int, int]:
        if verdict is Verdict.NOT_APPLICABLE:
            return so_far
        return (so_far[0] + (verdict is wanted), so_far[1] + 1)

    if tally.measure == "share":
        return Fold("share", _untyped, (0, 0), both, lambda so_far: _share(*so_far), lambda _: False)
    return Fold("count", _untyped, 0, count, Fraction, lambda so_far: so_far == cap)


def tallied_value(tally: Tally, satisfied: int, unsatisfied: int) -> Value:
    """What a tally comes to over so many satisfied and unsatisfied items, whichever these are."""
    wanted = satisfied if tally.verdict == "satisfied" else unsatisfied
    if tally.measure == "share":
        return _share(wanted, satisfied + unsatisfied)
    return Fraction(wanted if tally.cap is None else min(wanted, tally.cap))


def _share(wanted: int, applicable: int) -> Value:
    return Fraction(wanted, applicable) if applicable else Undefined("share-of-nothing")


def _cases(cases: Cases) -> Fold:
    """The first row that holds gives the value; a row whose condition is undefined leaves the value undefined.

    In an exclusive table a second row that holds makes the value undefined, unless it is; `otherwise` is no row.
    """
    if cases.undecided is not None:
        return _LIFTED
    last = len(cases.rows)

    def settled(so_far: tuple[int, Any]) -> bool:
        number, value = so_far
        ends = not cases.exclusive or number >= last or isinstance(value, Undefined)
        return value is not _OPEN and ends

    def first(so_far: tuple[int, Any], row: tuple[Value, Value]) -> tuple[int, Any]:
        number, value = so_far
        condition, candidate = row
        if value is _OPEN:
            if isinstance(condition, Undefined):
                value = condition
            elif condition:
                value = candidate
        elif not settled(so_far) and condition is not False:
            value = condition if isinstance(condition, Undefined) else Undefined("overlapping-rows")
        return (number + 1, value)

    return Fold("table", _untyped, (0, _OPEN), first, lambda so_far: so_far[1], settled)


def _branch(so_far: tuple[int, Any], row: tuple[Value, Value]) -> tuple[int, Any]:
    """A lifted gate: what it is where the gate is open, where it is shut, and where it is neither."""
    number, value = so_far
    condition, candidate = row
    taken = value is _OPEN and condition is (True, False, True)[number]
    return (number + 1, candidate if taken else value)


def _untyped(_: object) -> None:
    return None


_LIFTED = Fold("table", _untyped, (0, _OPEN), _branch, lambda so_far: so_far[1], lambda so_far: so_far[1] is not _OPEN)


def _worse(so_far: Verdict, leaf: Verdict) -> Verdict:
    worst_last = (Verdict.NOT_APPLICABLE, Verdict.SATISFIED, Verdict.UNSATISFIED)
    return max(so_far, leaf, key=worst_last.index)


#: several leaves that count as one item: those that do not apply are left out, the others must all hold
ITEM = Fold("item", _untyped, Verdict.NOT_APPLICABLE, _worse, lambda v: v, lambda v: v is Verdict.UNSATISFIED)
