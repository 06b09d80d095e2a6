"""Values known without any evidence: what a check may compute from the policy alone."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.compiler.ir import Choice, Expression, Literal, Operation, Value
from guiju.compiler.operators import OPERATOR, Fold


def constant(expression: Expression, readings: Mapping[str, str]) -> Value | None:
    """The value of an expression of literals and operators under some readings; None if it needs evidence."""
    match expression:
        case Literal():
            return expression.value
        case Choice():
            return constant(dict(expression.options)[readings[expression.reading]], readings)
        case Operation():
            operands = [constant(o, readings) for o in expression.operands]
            return None if any(o is None for o in operands) else _apply(expression.operator, operands)
    return None


def _apply(symbol: str, operands: list[Value | None]) -> Value:
    operator = OPERATOR[symbol]
    if not isinstance(operator, Fold):
        return operator.apply(*operands)
    so_far = operator.start
    for operand in operands:
        so_far = operator.combine(so_far, operand)
    return operator.finish(so_far)
