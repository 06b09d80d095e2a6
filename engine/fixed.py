"""What stands on readings and inputs alone: the same for all evidence under them, so it is found once and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Literal, Reading, Value
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, live_operands

MOST_REMEMBERED = 64  # combinations of readings and inputs


@dataclass(frozen=True, eq=False)
class Fixed:
    """The values of these nodes, UNKNOWN at all `others`: those that stand on a clause or a fact, in their order."""

    values: tuple[Value, ...]
    others: tuple[Node, ...]


def fixed_by(network: Network, readings: Mapping[str, str], inputs: Mapping[str, Value]) -> Fixed:
    """What is fixed in a network once readings are settled, and inputs as far as they are."""
    return _fixed(network, tuple(sorted(readings.items())), tuple(sorted(inputs.items(), key=lambda item: item[0])))


@lru_cache(MOST_REMEMBERED)
def _fixed(network: Network, readings: tuple[tuple[str, str], ...], inputs: tuple[tuple[str, Value], ...]) -> Fixed:
    options, chosen = dict(readings), dict(inputs)
    values: list[Value] = [UNKNOWN] * len(network.nodes)
    others: dict[int, Node] = {}
    for node in network.nodes:
        match node.subject:
            case Literal(value=value):
                values[node.index] = value
            case Input(id=id_):
                values[node.index] = chosen.get(id_, UNKNOWN)
            case Reading(id=id_):
                values[node.index] = options.get(id_, UNKNOWN)
            case Clause() | Fact():
                others[node.index] = node
            case _ if any(o in others for o in node.operands):
                others[node.index] = node
            case _:
                values[node.index] = lifted(node, tuple([values[o] for o in node.operands]))
    return Fixed(tuple(values), tuple(others.values()))


def facts_below(network: Network, readings: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The facts that each clause stands on, through formulas and lets; the option of a settled reading only."""
    return _facts_below(network, tuple(sorted(readings.items())))


@lru_cache(MOST_REMEMBERED)
def _facts_below(network: Network, readings: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    values = _fixed(network, readings, ()).values
    return {c.id: _below(network.node(f"clause:{c.id}"), network, values) for c in network.program.clauses}


def _below(clause: Node, network: Network, values: tuple[Value, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    seen: set[int] = set()
    stack = list(clause.operands)
    while stack:
        node = network.nodes[stack.pop()]
        if node.index not in seen:
            seen.add(node.index)
            if isinstance(node.subject, Fact):
                found[node.subject.id] = None
            stack.extend(live_operands(node, values))
    return tuple(found)
