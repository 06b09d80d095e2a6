"""What a node can be that stands on one open node alone, of which that is known: each of its values is carried up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.compiler.ir import UNKNOWN, Value
from guiju.engine.domains import ANY
from guiju.engine.kleene import lifted
from guiju.engine.network import Node
from guiju.engine.possible import Known, Possible, Trail, failures


def read_off(known: Known, target: int, found: Mapping[int, Possible]) -> dict[int, Possible]:
    """What a target can be, and the nodes on the way to it; nothing where it stands on more, or not exactly."""
    way = _way(known, target, found)
    if not way:
        return {}
    source, *above = way
    told: dict[int, dict[Value, Trail]] = {node.index: {} for node in above}
    for value, trail in zip(found[source.index].values, found[source.index].trails, strict=True):
        carried = {source.index: value}
        for node in above:
            now = lifted(node, tuple([carried.get(o, known.values[o]) for o in node.operands]))
            carried[node.index] = now
            before = told[node.index].setdefault(now, trail)
            if known.fewest and failures(trail) < failures(before):
                told[node.index][now] = trail
    if any(UNKNOWN in values for values in told.values()):
        return {}
    return {index: Possible(tuple(values), True, tuple(values.values())) for index, values in told.items()}


def _way(known: Known, target: int, found: Mapping[int, Possible]) -> Sequence[Node]:
    """The one node below a target of which it is known what it can be, and those above it; () if there are others."""
    nodes, values = known.network.nodes, known.values
    sources, above, stack = set[int](), set[int](), [target]
    while stack:
        index = stack.pop()
        if values[index] is not UNKNOWN or index in above:
            continue
        if index in found:
            sources.add(index)
        else:
            above.add(index)
            stack.extend(known.bearing(nodes[index]))
        if len(sources) > 1 or nodes[index].form is None:
            return ()
    if not sources or not _is_exact(found[min(sources)]):
        return ()
    return tuple([nodes[i] for i in (*sources, *sorted(above))])


def _is_exact(possible: Possible) -> bool:
    return possible.exact and bool(possible.values) and ANY not in possible.values
