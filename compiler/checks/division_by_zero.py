"""A division by what is zero whatever the evidence says."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.constants import constant
from guiju.compiler.graph import parts
from guiju.compiler.ir import Expression, Operation
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.source import Span

DIVISION_BY_ZERO = Code(
    "division-by-zero",
    Severity.WARNING,
    Text("除以零", "Division by zero"),
    Text("“{divided}”总是除以零", "`{divided}` always divides by zero"),
    Text(
        "检查除数；标准没有给出值的，写“未定”",
        "check the divisor; where the standard gives no value, say `undefined`",
    ),
    Text(
        "没有任何事实能让它有值，只能由人判定",
        "no fact gives it a value, so people decide",
    ),
    "fact n : number\nsection 6.1\n  a) n / 0 > 1",
)


def division_by_zero(checked: Checked) -> Iterator[Diagnostic]:
    """Nothing that evidence gives is divided by zero under the defaults; `0 / 0` is a value that is none.

    Weights have a finding of their own.
    """
    program = checked.program
    found: dict[Span, None] = {}
    whole = (
        *(e for c in program.clauses for e in (c.applies, c.condition)),
        *(f.formula for f in program.facts),
        *(d.expression for d in program.definitions if d.kind != "weight"),
    )
    for expression in whole:
        if expression is not None:
            found |= dict.fromkeys(_divisions(expression, program.defaults))
    for span in found:
        yield Diagnostic(DIVISION_BY_ZERO, span, (("divided", " ".join(span.text.split())),))


def _divisions(expression: Expression, readings: dict[str, str]) -> Iterator[Span]:
    if isinstance(expression, Operation) and expression.operator == "/":
        dividend, divisor = (constant(o, readings) for o in expression.operands)
        if divisor == 0 and dividend is None:
            yield expression.span
    for part in parts(expression):
        yield from _divisions(part, readings)
