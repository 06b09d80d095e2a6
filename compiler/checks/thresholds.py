"""The numbers of a condition: lets and computed facts are looked into, each once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.symbols import Symbols
from guiju.compiler.units import NUMBER, Dimension, unit_named
from guiju.compiler.walk import nodes
from guiju.dsl import tree

Amount: TypeAlias = tuple[Fraction, Dimension]


def amount_of(number: tree.Number) -> Amount:
    """How much a written number is, in the coherent unit, and of what."""
    unit = unit_named(number.unit) if number.unit else None
    return (number.value * unit.factor, unit.dimension) if unit else (number.value, NUMBER)


def numbers_of(symbols: Symbols, condition: tree.Node) -> Iterator[tree.Number]:
    """The numbers of a condition, and of the lets and formulas that it names."""
    left, looked_into = [condition], set[str]()
    while left:
        for node in nodes(left.pop()):
            if isinstance(node, tree.Number):
                yield node
            elif isinstance(node, tree.NameRef) and node.text not in looked_into:
                looked_into.add(node.text)
                inside = inside_of(symbols, node)
                left += [inside] if inside else []


def inside_of(symbols: Symbols, named: tree.NameRef) -> tree.Expr | None:
    """What a let or a computed fact is; None for other names."""
    name = symbols.values.find(named.text)
    behind = (symbols.lets.get(name) or symbols.facts.get(name)) if name else None
    return behind.value if isinstance(behind, tree.LetDecl) else behind.formula if behind else None
