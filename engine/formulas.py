"""Facts with a formula that nothing looks at, so that they have no node: stated, they bind what the formula looks at.

In a completion what is stated goes with its formula, be it used for anything or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from guiju.compiler.graph import parts
from guiju.compiler.ir import Expression, FactRef, InputRef, Ref
from guiju.engine.network import Network


@lru_cache(maxsize=8)
def unused_formulas(network: Network) -> Mapping[str, frozenset[int]]:
    """For each such fact, by its id, the nodes that its formula looks at; of a formula over others also those of them.

    Those whose formulas look at nothing that has a node are left out.
    """
    found: dict[str, frozenset[int]] = {}
    for fact in network.program.facts:  # what a formula looks at is declared before or after it: each is walked anew
        if fact.formula is not None and f"fact:{fact.id}" not in network.at:
            nodes = frozenset(_looked_at(network, fact.formula))
            if nodes:
                found[fact.id] = nodes
    return found


def _looked_at(network: Network, expression: Expression) -> Iterator[int]:
    address = _address(expression)
    if address in network.at:
        yield network.at[address]
    elif isinstance(expression, FactRef):
        formula = network.program.fact[expression.fact].formula
        yield from _looked_at(network, formula) if formula is not None else ()
    else:
        for part in parts(expression):
            yield from _looked_at(network, part)


def _address(expression: Expression) -> str:
    match expression:
        case FactRef():
            return f"fact:{expression.fact}"
        case InputRef():
            return f"input:{expression.input}"
        case Ref():
            return expression.name
    return ""
