"""A comparison that no evidence can make true, or none false."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.intervals import MIRRORED
from guiju.compiler.ir import NumberType
from guiju.compiler.units import unit_named
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.source import Span

COMPARISON_DECIDED = Code(
    "comparison-decided",
    Severity.WARNING,
    Text("比较没有作用", "Comparison that decides nothing"),
    Text("比较“{comparison}”{outcome}", "`{comparison}` is {outcome}"),
    Text("改正数值或比较符号，或删去这个比较", "correct the number or the sign, or remove the comparison"),
    Text(
        "个数是零以上的整数，占比在 0 到 100 % 之间；恒真或恒假的比较多半是写错了",
        "a count is a whole number from zero on, a share lies between 0 and 100 %; most likely something else is meant",
    ),
    "fact n : count\nlet any = n >= 0",
)
_OUTCOMES = {True: Text("总是成立", "always true"), False: Text("不可能成立", "never true")}


@dataclass(frozen=True)
class _Range:
    """The values that a quantity can have: from zero on, up to `high`, only whole ones or all."""

    high: Fraction | None
    whole: bool

    def decides(self, op: str, value: Fraction) -> bool | None:
        """What a comparison with a constant always comes to; None where it depends on the evidence."""
        below = value < 0 or (value == 0 and op in ("<", ">="))
        above = self.high is not None and (value > self.high or (value == self.high and op in (">", "<=")))
        if op in ("=", "!="):
            outside = below or above or (self.whole and value.denominator != 1)
            return (op == "!=") if outside else None
        if below:
            return op in (">", ">=")
        return op in ("<", "<=") if above else None


def comparison_decided(checked: Checked) -> Iterator[Diagnostic]:
    """No count or share is compared with what lies outside its values.

    In a chain such as `0 <= n <= 5` the ends may say again what holds anyway.
    """
    for node in checked.nodes:
        if isinstance(node, tree.Compare):
            yield from _chain(checked, node)
        elif isinstance(node, tree.Quantified) and node.quantifier == "at-least" and node.number == 0:
            yield _finding(node.span, outcome=True)


def _chain(checked: Checked, compare: tree.Compare) -> Iterator[Diagnostic]:
    for op, left, right in zip(compare.ops, compare.operands, compare.operands[1:], strict=False):
        outcome = _outcome(checked, op, left, right)
        if outcome is None and op in MIRRORED:
            outcome = _outcome(checked, MIRRORED[op], right, left)
        if outcome is False or (outcome and len(compare.ops) == 1):
            yield _finding(left.span.join(right.span), outcome=outcome)


def _outcome(checked: Checked, op: str, quantity: tree.Expr, constant: tree.Expr) -> bool | None:
    range_, value = _range(checked, quantity), _value(constant)
    return None if range_ is None or value is None else range_.decides(op, value)


def _finding(span: Span, *, outcome: bool) -> Diagnostic:
    arguments = (("comparison", " ".join(span.text.split())), ("outcome", _OUTCOMES[outcome]))
    return Diagnostic(COMPARISON_DECIDED, span, arguments)


def _range(checked: Checked, expression: tree.Expr) -> _Range | None:
    if isinstance(expression, tree.Measure):
        share = expression.measure == "share"
        return _Range(Fraction(1) if share else None, whole=not share)
    found = checked.symbols.values.find(expression.text) if isinstance(expression, tree.NameRef) else None
    type_ = checked.symbols.types.get(found or "")
    return _Range(None, whole=True) if isinstance(type_, NumberType) and type_.integer else None


def _value(expression: tree.Expr) -> Fraction | None:
    """The value of a pure number as it is written."""
    if isinstance(expression, tree.Negate):
        inner = _value(expression.operand)
        return None if inner is None else -inner
    if not isinstance(expression, tree.Number):
        return None
    unit = unit_named(expression.unit or "number")
    return expression.value * unit.factor if unit and not unit.dimension else None
