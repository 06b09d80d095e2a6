"""Whether one node can make a difference: the network with everything above that node twice, under two of its values.

Both halves stand on the same facts, inputs and clauses, so a completion of the twofold network is a pair of completions
that differ in that node alone; swept together they say whether any such pair tells two outcomes apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guiju.compiler.ir import UNKNOWN, Value
from guiju.compiler.operators import Fold
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node, live_operands
from guiju.engine.possible import Known, Standing
from guiju.engine.reachable import Memory, possible_of, relift


@dataclass(frozen=True)
class Twin:
    """The twofold network under two values of one node; `differing` nodes say whether the halves of a target differ."""

    known: Known
    differing: tuple[int, ...]


@dataclass(frozen=True)
class Pairs:
    """Pairs of completions of what is known, and the targets that may tell them apart."""

    known: Known
    targets: tuple[int, ...]
    memory: Memory
    budget: int

    def told_apart(self, index: int, one: Value, other: Value) -> bool | None:
        """Whether a target tells some pair apart that differs in one node only; None if nothing is proved."""
        twin = twin_of(self.known, index, (one, other), self.targets)
        memory = dict(self.memory)
        answers = [_answer(twin, node, memory, self.budget) for node in twin.differing]
        size = len(self.known.network.nodes)
        self.memory.update((key, swept) for key, swept in memory.items() if _is_below(key, size))
        return True if True in answers else None if None in answers else False


def _is_below(key: tuple[object, ...], size: int) -> bool:
    """Whether what was swept holds no copy, so that its indices mean the same in every network."""
    inner = key[0]
    return isinstance(inner, tuple) and inner[-1] < size


def _answer(twin: Twin, node: int, memory: Memory, budget: int) -> bool | None:
    found = possible_of(twin.known, node, memory, budget)
    return False if set(found.values) <= {False} else True if found.exact and True in found.values else None


def twin_of(known: Known, index: int, two: tuple[Value, Value], targets: tuple[int, ...]) -> Twin:
    """The network twice above one node, under two of its values."""
    network, size = known.network, len(known.network.nodes)
    one, other = (relift(network, known.values, {index: value}) for value in two)
    copies = _copies(known, index)
    nodes, values = list(network.nodes), list(one)
    for original, copy in copies.items():
        node = network.nodes[original]
        operands = tuple(copies.get(o, o) for o in node.operands)
        nodes.append(replace(node, index=copy, address=f"{node.address}'", operands=operands))
        values.append(other[original])
    targets_differing = []
    for target in (t for t in targets if t in copies):
        node = differing(len(nodes), network.nodes[target], copies[target])
        targets_differing.append(node.index)
        nodes.append(node)
        values.append(lifted(node, tuple(values[i] for i in node.operands)))
    at = {**network.at, **{n.address: n.index for n in nodes[size:]}}
    twofold = Network(network.program, tuple(nodes), at, network.clause_position)
    return Twin(Known(twofold, values, _standing_of_both(known.standing, copies)), tuple(targets_differing))


def _copies(known: Known, index: int) -> dict[int, int]:
    """The open nodes that stand on one node, and the node itself: each with the index of its copy.

    A clause that may come to either verdict whatever its facts say stands on nothing.
    """
    network, size = known.network, len(known.network.nodes)
    copies = {index: size}
    for node in network.nodes[index + 1 :]:
        open_ = known.values[node.index] is UNKNOWN and node.index not in known.standing.beyond_facts
        if open_ and any(o in copies for o in live_operands(node, known.values)):
            copies[node.index] = size + len(copies)
    return copies


def _standing_of_both(standing: Standing, copies: Mapping[int, int]) -> Standing:
    contested = {copies[i]: verdicts for i, verdicts in standing.contested.items() if i in copies}
    held = {copies[i] for i in standing.held if i in copies}
    attested = tuple(
        replace(one, operands=tuple(copies.get(o, o) for o in one.operands))
        for one in standing.attested
        if not copies.keys().isdisjoint(one.operands)
    )
    return replace(
        standing,
        contested={**standing.contested, **contested},
        held=standing.held | held,
        attested=(*standing.attested, *attested),
    )


def differing(index: int, target: Node, copy: int) -> Node:
    """A node that says whether a target and its copy differ; no expression stands for it, as for an item of clauses."""
    return Node(index, f"differs:{target.address}", Item(()), (target.index, copy), _DIFFER, None, None)


#: whether two values differ; of a number that is not told nothing is known, so it counts as another one
_DIFFER = Fold(
    "differ",
    lambda _: None,
    (),
    lambda so_far, value: (*so_far, value),
    lambda pair: len(pair) != 2 or pair[0] != pair[1],
    lambda _: False,
)
