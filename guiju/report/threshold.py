"""A comparison of a number with a number that is written in the policy: what is there, and what is asked for."""

from __future__ import annotations

from fractions import Fraction

from guiju.compiler.ir import Fact, Literal, NumberType
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Network, Node

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}
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
    """The same where a fact is compared that has a number: else there is nothing to set beside the threshold."""
    found = compared(assessment.network, node)
    if found is None:
        return None
    fact = found[0]
    is_number = isinstance(fact.subject, Fact) and isinstance(fact.subject.type, NumberType)
    return found if is_number and isinstance(assessment.values[fact.index], Fraction) else None
