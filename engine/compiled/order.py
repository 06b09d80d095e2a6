"""Which nodes get a variable, in which order these are set, and under which conditions, for what is needed alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from guiju.compiler.ir import Clause, Fact
from guiju.engine.compiled.shapes import Guard, Shapes
from guiju.engine.network import Item, Node


@dataclass(frozen=True)
class Order:
    """The nodes that get a variable, operands and conditions first, each with what holds wherever it is used."""

    nodes: tuple[tuple[Node, Guard], ...]
    guards: Mapping[int, Guard]  # of everything that is looked at, what stands already included

    @property
    def named(self) -> frozenset[int]:
        """The nodes with a variable."""
        return frozenset(node.index for node, _ in self.nodes)


def order_of(shapes: Shapes, roots: Iterable[Node], done: frozenset[int], forced: Iterable[Node] = ()) -> Order:
    """The order for some roots; `done` are nodes that stand already, `forced` get a variable in any case."""
    uses: Counter[int] = Counter(n.index for n in forced)
    uses.update(n.index for n in forced)
    guards: dict[int, Guard] = {}
    found: dict[int, Node] = {}
    waiting = {n.index: n for n in (*roots, *forced) if shapes.constant(n) is None}
    guards.update(dict.fromkeys(waiting, ()))
    heap = [-index for index in waiting]
    heapify(heap)
    while heap:
        index = -heappop(heap)  # every user of a node stands behind it
        node = found[index] = waiting[index]
        if isinstance(node.subject, Clause):
            guards[index] = ()  # it sets bits, whoever looks at them
        for operand, under in shapes.looked_at(node):
            guard = (*guards[index], *under)
            guards[operand.index] = _common(guards.get(operand.index, guard), guard)
            if operand.index in done or shapes.constant(operand) is not None:
                continue
            uses[operand.index] += 1
            uses.update(condition for condition, _ in under)
            if operand.index not in waiting:
                waiting[operand.index] = operand
                heappush(heap, -operand.index)
    named = {
        i for i, node in found.items() if not isinstance(node.subject, Item) and (uses[i] > 1 or _is_set(shapes, node))
    }
    return Order(tuple((found[i], guards[i]) for i in _sorted(shapes, found, named, guards)), guards)


def _is_set(shapes: Shapes, node: Node) -> bool:
    """Whether a node has a variable though it is used once: facts, verdicts, scores, gates, what may be missing."""
    is_told = node.definition is not None and node.definition.kind != "weight"
    return isinstance(node.subject, Clause | Fact) or is_told or shapes.of(node).missing


def _common(one: Guard, other: Guard) -> Guard:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]


def _sorted(shapes: Shapes, found: dict[int, Node], named: set[int], guards: dict[int, Guard]) -> list[int]:
    """The named nodes, each behind what it stands on and behind the conditions that guard it."""
    done: dict[int, None] = {}
    for top in sorted(found):
        stack = [top]
        while stack:
            index = stack[-1]
            operands = [o.index for o, _ in shapes.looked_at(found[index])] + [c for c, _ in guards[index]]
            missing = [o for o in operands if o in found and o not in done]
            if missing:
                stack += missing
            else:
                done[stack.pop()] = None
    return [i for i in done if i in named]
