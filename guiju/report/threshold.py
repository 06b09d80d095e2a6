"""A comparison of a number with a number that is written in the policy: what is there, and what is asked for."""

from __future__ import annotations

from fractions import Fraction

from guiju.compiler.ir import Fact, Literal, NumberType
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}
_TURNED = {"<": ">", "<=": "≥", ">": "<", ">=": "≤", "=": "=", "!=": "≠"}


def threshold(assessment: Assessment, node: Node) -> tuple[Node, str, Node] | None:
    """The fact that is compared, the sign as it is read from there, and the threshold; None of all other nodes.

    Nothing where the fact has no number: then there is nothing to set beside the threshold.
    """
    symbol = node.form.symbol if node.form is not None else ""
    if symbol not in _SIGNS:
        return None
    left, right = (assessment.network.nodes[o] for o in node.operands)
    for actual, required, signs in ((left, right, _SIGNS), (right, left, _TURNED)):
        is_fact = isinstance(actual.subject, Fact) and isinstance(actual.subject.type, NumberType)
        if is_fact and isinstance(required.subject, Literal):
            known = isinstance(assessment.values[actual.index], Fraction)
            return (actual, signs[symbol], required) if known else None
    return None
