"""Whether a number in % is more than a share can be, as far as the standard and the words of the fact tell.

The type `%` is that of any ratio, growth among them, so nothing is refused here: what is probably a slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.graph import parts
from guiju.compiler.ir import Expression, Fact, FactRef, Literal, NumberType, Operation, Program
from guiju.compiler.operators import COMPARISONS

_WHOLE = Fraction(1)
#: words for ratios that go beyond the whole: of growth, of a plan that is overfulfilled, of a load
_BEYOND = re.compile(
    "增|涨|升|提高|变化|变动|同比|环比|超|倍|负荷|负载|完成|达成|兑现|相对|比值|"
    r"grow|increas|rise|gain|chang|improv|excess|over|load|plan|target|relative|ratio",
    re.IGNORECASE,
)


def is_beyond_a_share(program: Program, name: str, value: Fraction) -> bool:
    """Whether a fact in % is above 100 %, is compared, and neither with more than that nor called what may be more."""
    fact = program.fact[name]
    if not (isinstance(fact.type, NumberType) and fact.type.unit == "%" and value > _WHOLE):
        return False
    compared = tuple(_compared_with(program, name))
    return bool(compared) and max(compared) <= _WHOLE and not _is_called_beyond(fact)


def _is_called_beyond(fact: Fact) -> bool:
    return any(_BEYOND.search(word) for word in (fact.id, *fact.aliases, fact.label.zh, fact.label.en))


def _compared_with(program: Program, name: str) -> Iterator[Fraction]:
    """The numbers that a standard sets beside a fact."""
    left = [c.condition for c in program.clauses] + [c.applies for c in program.clauses]
    left += [d.expression for d in program.definitions]
    while left:
        expression = left.pop()
        if expression is None:
            continue
        inside = parts(expression)
        left += inside
        if isinstance(expression, Operation) and expression.operator in COMPARISONS and _names(inside, name):
            yield from (o.value for o in inside if isinstance(o, Literal) and isinstance(o.value, Fraction))


def _names(operands: tuple[Expression, ...], name: str) -> bool:
    return any(isinstance(operand, FactRef) and operand.fact == name for operand in operands)
