"""A number without unit beside a fact in %."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import NumberType
from guiju.compiler.units import format_number
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

BARE_NUMBER_FOR_RATIO = Code(
    "bare-number-for-ratio",
    Severity.ERROR,
    Text("比率缺少单位", "Ratio without its unit"),
    Text(
        "事实“{fact}”以 % 计，与它比较的 {number} 没有单位，按数值是 {percent} %",
        "the fact `{fact}` is in %, and {number}, which it is compared with, has no unit: it would be {percent} %",
    ),
    Text("写成 {percent} % 或 {number} %", "write {percent} % or {number} %"),
    Text(
        "1 可以是 1 %，也可以是 100 %；证据中的比率必须写单位，标准也应当写",
        "1 may be 1 % or 100 %; evidence must state a ratio with its unit, and so should a policy",
    ),
    "fact error_rate : %\nlet low = error_rate <= 1",
)


def bare_number_for_ratio(checked: Checked) -> Iterator[Diagnostic]:
    """Every number but zero that is compared with a fact in % has a unit."""
    for node in checked.nodes:
        for left, right in pairwise(node.operands) if isinstance(node, tree.Compare) else ():
            for name, number in ((left, right), (right, left)):
                fact = _ratio(checked, name)
                if fact and isinstance(number, tree.Number) and number.unit is None and number.value:
                    percent = number.value * 100
                    arguments = (("fact", fact), ("number", number.digits), ("percent", format_number(percent)))
                    yield Diagnostic(BARE_NUMBER_FOR_RATIO, number.span, arguments)


def _ratio(checked: Checked, expression: tree.Expr) -> str | None:
    """The fact in % that an expression names."""
    found = checked.symbols.values.find(expression.text) if isinstance(expression, tree.NameRef) else None
    type_ = checked.symbols.types.get(found or "")
    return found if isinstance(type_, NumberType) and type_.unit == "%" and found in checked.symbols.facts else None
