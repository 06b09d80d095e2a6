"""A clause whose label bounds a number from the other side than its condition: not exceeding 5 m, and `>= 5 m`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guiju.compiler.checks.bounds import DENIED, Bound, bounds, is_least
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.intervals import MIRRORED
from guiju.compiler.checks.thresholds import Amount, amount_of, inside_of, numbers_of
from guiju.compiler.names import is_chinese
from guiju.compiler.symbols import Symbols
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

BOUND_DIFFERS = Code(
    "bound-differs",
    Severity.WARNING,
    Text("标签与条件的界限不同", "Label and condition with different bounds"),
    Text(
        "{clause} 的标签说“{said}”，条件写的是“{asked}”",
        "the label of {clause} says `{said}`, and its condition `{asked}`",
    ),
    Text(
        "核对原文，改正写错的一处：不小于写 >=，大于写 >，不大于写 <=，小于写 <",
        "look into the standard, and correct the one that is wrong: at least is `>=`, more than `>`, at most `<=`, "
        "less than `<`",
    ),
    Text(
        "同一个数，一处是下限，一处是上限，或恰好等于它时一处算、一处不算：标准说的和判的就是两回事",
        "one number is the least in one and the most in the other, or counts itself in one alone: what is said is not "
        "what is judged",
    ),
    'fact noise : dB\nsection 4.1\n  a) "噪声不超过 40 dB" / "Noise not exceeding 40 dB" noise >= 40 dB',
)


class _Asked(NamedTuple):
    op: str
    amount: Amount
    text: str


def bound_differs(checked: Checked) -> Iterator[Diagnostic]:
    """The first bound of each label that the condition has the number of, and never with that bound.

    Lets and computed facts are looked into. A number that stands anywhere else than in a comparison that must hold, or
    beside a difference, is not told of.
    """
    for node in checked.symbols.clauses.by_id.values():
        condition, label = node.declaration.condition, node.declaration.label
        if label is None or condition is None or isinstance(condition, tree.Attested):
            continue
        said = [b for text in label.texts for b in bounds(text, "zh" if is_chinese(text) else "en")]
        pair = _differing(checked.symbols, said, condition) if said else None
        if pair:
            arguments = (("clause", node.printed), ("said", pair[0].said), ("asked", pair[1].text))
            beside = Label(condition.span, Text("条件在此", "the condition"))
            yield Diagnostic(BOUND_DIFFERS, label.span, arguments, (beside,))


def _differing(symbols: Symbols, said: list[Bound], condition: tree.Node) -> tuple[Bound, _Asked] | None:
    asked = tuple(_Conditions(symbols).asked(condition))
    written = [amount_of(number) for number in numbers_of(symbols, condition)]
    for bound in said:
        same = [a for a in asked if a.amount == bound.figure.size]
        is_all = len(same) == written.count(bound.figure.size)
        if same and is_all and not any(_agree(bound, a.op) for a in same):
            return bound, same[0]
    return None


def _agree(bound: Bound, op: str) -> bool:
    takes_in = op in ("<=", ">=")
    return bound.is_least == is_least(op) and bound.takes_in in (None, takes_in)


class _Conditions:
    """What a condition compares with numbers, the number on the right, and denied where it is denied."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.looked_into: set[str] = set()

    def asked(self, condition: tree.Node, denied_in: tuple[tree.Not, ...] = ()) -> Iterator[_Asked]:
        """Each comparison, from the left; `denied_in`: what denies the condition, the outermost first."""
        if isinstance(condition, tree.Logic):
            for part in condition.operands:
                yield from self.asked(part, denied_in)
        elif isinstance(condition, tree.Not):
            yield from self.asked(condition.operand, (*denied_in, condition))
        elif isinstance(condition, tree.NameRef) and condition.text not in self.looked_into:
            self.looked_into.add(condition.text)
            inside = inside_of(self.symbols, condition)
            yield from self.asked(inside, denied_in) if inside else ()
        elif isinstance(condition, tree.Compare):
            yield from self._compared(condition, denied_in)

    def _compared(self, compare: tree.Compare, denied_in: tuple[tree.Not, ...]) -> Iterator[_Asked]:
        for op, left, right in zip(compare.ops, compare.operands, compare.operands[1:], strict=False):
            first, second = self._number(left), self._number(right)
            number, other, way = (first, right, MIRRORED.get(op)) if first else (second, left, op)
            if number and way in DENIED and not _counts_down(other):
                asked = DENIED[way] if len(denied_in) % 2 else way
                yield _Asked(asked, amount_of(number), (*denied_in, compare)[0].span.text)

    def _number(self, operand: tree.Expr) -> tree.Number | None:
        """The number that an operand is, or that a let gives a name."""
        meant = inside_of(self.symbols, operand) if isinstance(operand, tree.NameRef) else operand
        return meant if isinstance(meant, tree.Number) else None


def _counts_down(expression: tree.Expr) -> bool:
    """Whether more of something makes it less: a difference, a negated number, a quotient of a number."""
    if isinstance(expression, tree.Arithmetic):
        return expression.op == "-" or (expression.op == "/" and isinstance(expression.left, tree.Number))
    return isinstance(expression, tree.Negate)
