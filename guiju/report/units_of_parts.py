"""The unit of a number that a condition or a formula works out on its way: what it is compared with, or made of."""

from __future__ import annotations

from guiju.compiler.ir import Fact, Literal, NumberType, Operation
from guiju.compiler.units import SIGNED, unit_named
from guiju.engine.network import Network, Node, users_of
from guiju.report.threshold import compared, is_worked_out

_WITHOUT = ("number", "count")


def unit_of_part(network: Network, node: Node) -> str | None:
    """The unit of its threshold or of the fact that it is the formula of, else of its parts; None of a bare number.

    Nothing is told of a quotient or a product of two quantities, whose unit nobody has named, and of what is made of
    temperatures and levels: the difference of two of them has another unit.
    """
    if not is_worked_out(node):
        return None
    for user in (network.nodes[i] for i in users_of(network).get(node.index, ())):
        if isinstance(user.subject, Fact) and isinstance(user.subject.type, NumberType):
            return user.subject.type.unit
        found = compared(network, user)
        if found is not None and found[0] is node and (unit := _stated_unit(found[2])) is not None:
            return unit
    return _made_of(network, node)


def _made_of(network: Network, node: Node) -> str | None:
    if not isinstance(node.subject, Operation):
        return _stated_unit(node)
    units = [_made_of(network, network.nodes[o]) for o in node.operands]
    known = [unit for unit in units if unit is not None]
    if any((unit := unit_named(name)) is None or unit.dimension in SIGNED for name in known):
        return None
    match node.subject.operator:
        case "+" | "-":
            return known[0] if known else None
        case "*":
            dimensional = [unit for unit in known if unit != "%"]
            return dimensional[0] if len(dimensional) == 1 else None
        case "/":
            return units[0] if units[1] in (None, "%") and units[0] != "%" else None
    return None


def _stated_unit(node: Node) -> str | None:
    match node.subject:
        case Literal():
            return node.subject.unit
        case Fact(type=NumberType(unit=unit)) if unit not in _WITHOUT:
            return unit
    return None
