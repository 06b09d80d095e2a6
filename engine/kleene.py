"""Lifting: what a form comes to when some operands are not known. Done here once, for every operator.

Unknown unless the known operands alone settle it: one false operand makes `and` false, a count that has reached its
cap stays there, a shut gate is shut whatever is behind it. So `x >= 50 or x < 50` is unknown while x is: this is
Kleene's strong logic, which looks at truth values and not at what they have in common (Kleene 1952, § 64).
"""

from __future__ import annotations

from guiju.compiler.ir import ABSENT, NOT_ENTERED, UNKNOWN, Cases, Choice, Value
from guiju.compiler.operators import COMPARISONS, Fold, Function
from guiju.engine.meaning import grouped
from guiju.engine.network import Node


def lifted(node: Node, operands: tuple[Value, ...]) -> Value:
    """The value of a node with a form, as far as its operands decide it."""
    form = node.form
    if isinstance(form, Function):
        for operand in operands:  # not `in`, which asks every fraction whether it equals UNKNOWN
            if operand is UNKNOWN:
                return _function(node, form, operands)
        return form.apply(*operands)
    assert form is not None
    if isinstance(node.subject, Cases):
        return _table(form, grouped(node.subject, operands), lifted_gate=node.subject.undecided is not None)
    return _fold(form, operands)


def _function(node: Node, form: Function, operands: tuple[Value, ...]) -> Value:
    if isinstance(node.subject, Choice):
        return _choice(node.subject, operands)
    if form.symbol in COMPARISONS:
        return False if ABSENT in operands or NOT_ENTERED in operands else UNKNOWN
    return ABSENT if ABSENT in operands else UNKNOWN


def _choice(choice: Choice, operands: tuple[Value, ...]) -> Value:
    """A known reading picks its option; an open one does not matter where all options agree."""
    chosen, *options = operands
    if chosen is not UNKNOWN:
        return options[[name for name, _ in choice.options].index(str(chosen))]
    first = options[0]
    return first if first is not UNKNOWN and all(o == first for o in options) else UNKNOWN


def _fold(form: Fold, operands: tuple[Value, ...]) -> Value:
    so_far, combine, settled = form.start, form.combine, form.settled
    open_ = False
    for operand in operands:
        if operand is UNKNOWN:
            open_ = True
        else:
            so_far = combine(so_far, operand)
            if settled(so_far):
                return form.finish(so_far)
    return UNKNOWN if open_ else form.finish(so_far)


def _table(form: Fold, rows: tuple[tuple[Value, Value], ...], *, lifted_gate: bool) -> Value:
    """Row by row: a row that is false is passed by, an open one leaves the table open (a lifted gate says to what)."""
    so_far = form.start
    for condition, value in rows:
        if condition is UNKNOWN and not lifted_gate:
            return UNKNOWN
        so_far = form.combine(so_far, (condition, value))
        if form.settled(so_far):
            break
    return form.finish(so_far)
