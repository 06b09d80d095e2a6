"""What stands on readings and inputs alone: the same for all evidence under them, so it is found once and shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Literal, Reading, Value
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, live_operands

MOST_REMEMBERED = 64  # combinations of readings and inputs
MOST_NETWORKS = 8  # whose facts below each clause are kept


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


@lru_cache(MOST_NETWORKS)
def facts_below(network: Network) -> FactsBelow:
    """The facts that the clauses of a network stand on."""
    return FactsBelow(network)


class FactsBelow:
    """The facts that each clause stands on, through formulas and lets; found once for all that its own readings are."""

    def __init__(self, network: Network) -> None:
        self._network = network
        standing = standing_on(network, [r.id for r in network.program.readings])
        at = ((c.id, network.at[f"clause:{c.id}"]) for c in network.program.clauses)
        self._readings = {id_: tuple(sorted(standing.get(index, ()))) for id_, index in at}
        self._open: tuple[Value, ...] = (UNKNOWN,) * len(network.nodes)
        self._found: dict[tuple[str, tuple[str | None, ...]], tuple[str, ...]] = {}

    def of(self, clause: str, readings: Mapping[str, str]) -> tuple[str, ...]:
        """Those of a clause: of a settled reading below it, what its option stands on."""
        own = self._readings[clause]
        key = clause, tuple([readings.get(r) for r in own])
        if key not in self._found:
            self._found[key] = self._below(clause, {r: readings[r] for r in own if r in readings})
        return self._found[key]

    def _below(self, clause: str, options: Mapping[str, str]) -> tuple[str, ...]:
        values: Sequence[Value] = self._open
        if options:
            values = list(values)
            for reading, option in options.items():
                values[self._network.at[f"reading:{reading}"]] = option
        found: dict[str, None] = {}
        seen: set[int] = set()
        stack = list(self._network.node(f"clause:{clause}").operands)
        while stack:
            node = self._network.nodes[stack.pop()]
            if node.index not in seen:
                seen.add(node.index)
                if isinstance(node.subject, Fact):
                    found[node.subject.id] = None
                stack.extend(live_operands(node, values))
        return tuple(found)


def standing_on(network: Network, readings: Iterable[str]) -> dict[int, frozenset[str]]:
    """The nodes that stand on some readings, operands first, each with these readings."""
    nodes = ((r, network.at.get(f"reading:{r}")) for r in readings)
    standing = {index: frozenset([r]) for r, index in nodes if index is not None}
    for node in network.nodes:
        below = [standing[o] for o in node.operands if o in standing]
        if below:
            standing[node.index] = below[0].union(*below[1:])
    return standing
