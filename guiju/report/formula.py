"""How a number is formed: the expression of a score or a fact with the values put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from guiju.compiler.ir import ABSENT, UNKNOWN, Cases, Expression, Fact, Literal, NumberType, Operation, Value
from guiju.compiler.units import format_number, format_quantity
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen
from guiju.report.values import MOST_VALUES, unit_of
from guiju.report.words import in_order

_SIGNS = {"+": " + ", "-": " - ", "*": " × ", "/": " / "}
_GATHERED = ("sum", "mean", "min", "max")
_SUM, _PRODUCT, _ATOM = range(3)


def formed(
    assessment: Assessment,
    node: Node,
    text: Callable[[Expression], str],
    is_named: Callable[[Node], bool],
    language: Language,
) -> str | None:
    """`mean of score over each subdomain = (3 + 2.5 + 3) / 3`; None of what is not computed by arithmetic.

    What is absent is left out, as it is of the sum; of an open part the values that it can have stand in brackets, and
    where these are no few numbers the formula stands alone. What has a name
    stands with its value, all else with what it is made of.
    """
    top = _behind(assessment, node)
    if not isinstance(top.subject, Operation) or top.subject.operator not in (*_SIGNS, *_GATHERED):
        return None
    numbers = _numbers(assessment, top, is_named, language)
    said = text(top.subject)
    return said if numbers is None else f"{said} = {numbers[0]}"


def used_in(assessment: Assessment, node: Node, is_named: Callable[[Node], bool]) -> Iterator[Node]:
    """What an arithmetic is over: each named part and each fact, what is absent left out."""
    top = _behind(assessment, node)
    if not isinstance(top.subject, Operation):
        return
    for operand in (assessment.network.nodes[i] for i in top.operands):
        inner = _behind(assessment, operand)
        if _value(assessment, operand) is ABSENT:
            continue
        if is_named(operand) or isinstance(operand.subject, Fact):
            yield operand
        elif is_named(inner):
            yield inner
        else:
            yield from used_in(assessment, operand, is_named)


def _behind(assessment: Assessment, node: Node) -> Node:
    """The operation behind gates and readings."""
    network, values = assessment.network, assessment.values
    node = chosen(network, node, values)
    while isinstance(node.subject, Cases) and node.subject.form == "gate":
        node = chosen(network, network.nodes[node.operands[1]], values)
    return node


def _numbers(
    assessment: Assessment, node: Node, is_named: Callable[[Node], bool], language: Language
) -> tuple[str, int] | None:
    """The operation in numbers and how tightly it binds."""
    assert isinstance(node.subject, Operation)
    operator = node.subject.operator
    nodes = (assessment.network.nodes[i] for i in node.operands)
    parts = [_part(assessment, n, is_named, language) for n in nodes if _value(assessment, n) is not ABSENT]
    known = [p for p in parts if p is not None]
    if not known or len(known) < len(parts) or (operator in _SIGNS and len(known) < 2):
        return None
    match operator:
        case "sum":
            return (_joined(known, " + ", _SUM), _SUM if len(known) > 1 else known[0][1])
        case "mean":
            added = _joined(known, " + ", _SUM)
            return (f"({added}) / {len(known)}" if len(known) > 1 else added, _PRODUCT)
        case "min" | "max":
            return (f"{operator}({', '.join(p for p, _ in known)})", _ATOM)
        case "+" | "-":
            return (f"{_joined(known[:1], '', _SUM)}{_SIGNS[operator]}{_joined(known[1:], '', _PRODUCT)}", _SUM)
        case "/":
            return (f"{_joined(known[:1], '', _ATOM)} / {_joined(known[1:], '', _ATOM)}", _PRODUCT)
    return (_joined(known, " × ", _PRODUCT), _PRODUCT)


def _joined(parts: Iterable[tuple[str, int]], sign: str, least: int) -> str:
    return sign.join(f"({text})" if binding < least else text for text, binding in parts)


def _part(
    assessment: Assessment, node: Node, is_named: Callable[[Node], bool], language: Language
) -> tuple[str, int] | None:
    inner = _behind(assessment, node)
    computed = isinstance(inner.subject, Operation) and inner.subject.operator in (*_SIGNS, *_GATHERED)
    if computed and not is_named(node) and not is_named(inner) and _is_as(assessment, node, inner):
        return _numbers(assessment, inner, is_named, language)
    values = _values(assessment, node)
    numbers = [v for v in in_order(values) if isinstance(v, Fraction)]
    if not numbers or len(numbers) < len(values) or len(numbers) > MOST_VALUES:
        return None
    units = [_unit(node, value) for value in numbers]
    pairs = zip(numbers, units, strict=True)
    text = " | ".join(format_number(v) if unit is None else format_quantity(v, unit, language) for v, unit in pairs)
    if len(numbers) > 1:
        return (f"({text})", _ATOM)
    return (text, _PRODUCT if "/" in format_number(numbers[0]) and units[0] is None else _ATOM)


def _is_as(assessment: Assessment, node: Node, inner: Node) -> bool:
    """Whether what stands before a gate is all that stands behind it."""
    return node is inner or set(_values(assessment, node)) == set(_values(assessment, inner))


def _values(assessment: Assessment, node: Node) -> tuple[Value, ...]:
    """What a part may come to; of what nothing decides and no sweep has found, UNKNOWN."""
    value = _value(assessment, node)
    possible = assessment.open.get(node.index)
    return possible.values if value is UNKNOWN and possible is not None and possible.exact else (value,)


def _value(assessment: Assessment, node: Node) -> Value:
    """The value of a node, also where only the sweep has found it."""
    possible = assessment.open.get(node.index)
    if possible is not None and possible.exact and len(possible.values) == 1:
        return possible.values[0]
    return assessment.values[node.index]


def _unit(node: Node, value: Fraction) -> str | None:
    match node.subject:
        case Literal():
            return node.subject.unit
        case Fact(type=NumberType(unit=unit)):
            return unit
    d = node.definition
    # a share stands as its line below shows it: as a percentage, unless only a fraction is exact
    is_percentage = d is not None and d.kind == "score" and unit_of(d) == "%" and "/" not in format_quantity(value, "%")
    return "%" if is_percentage else None
