"""A comparison of a number with a number that is written in the policy: what is there, and what is asked for."""

from __future__ import annotations

from fractions import Fraction

from guiju.compiler.ir import Fact, Literal, NumberType, Operation
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Network, Node

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}
_ARITHMETIC = ("+", "-", "*", "/")
_TURNED = {"<": ">", "<=": "≥", ">": "<", ">=": "≤", "=": "=", "!=": "≠"}


def compared(network: Network, node: Node) -> tuple[Node, str, Node] | None:
    """What is compared with a constant, the sign as it is read from there, the constant; None of all other nodes."""
    symbol = node.form.symbol if node.form is not None else ""
    if symbol not in _SIGNS:
        return None
    left, right = (network.nodes[o] for o in node.operands)
    for actual, required, signs in ((left, right, _SIGNS), (right, left, _TURNED)):
        if isinstance(required.subject, Literal) and not isinstance(actual.subject, Literal):
            return actual, signs[symbol], required
    return None


def threshold(assessment: Assessment, node: Node) -> tuple[Node, str, Node] | None:
    """The same where what is compared has a number, a fact or worked out of facts; else nothing stands beside it."""
    found = compared(assessment.network, node)
    if found is None:
        return None
    actual = found[0]
    is_fact = isinstance(actual.subject, Fact) and isinstance(actual.subject.type, NumberType)
    has_number = isinstance(assessment.values[actual.index], Fraction)
    return found if has_number and (is_fact or is_worked_out(actual)) else None


def is_worked_out(node: Node) -> bool:
    """Whether a clause or the formula of a fact works a number out here, which has no name of its own."""
    return isinstance(node.subject, Operation) and node.subject.operator in _ARITHMETIC and node.owner is None
