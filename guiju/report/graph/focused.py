"""A graph -> the surroundings of one node: so many steps to what it is computed from and to what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.report.graph_model import GraphModel


def focused(graph: GraphModel, address: str, depth: int | None) -> GraphModel:
    """The nodes up to `depth` steps above and below one, all if it is None; and the edges between them."""
    used: dict[str, list[str]] = {}
    users: dict[str, list[str]] = {}
    for edge in graph.edges:
        used.setdefault(edge.user, []).append(edge.used)
        users.setdefault(edge.used, []).append(edge.user)
    kept = {address, *_reached(address, used, depth), *_reached(address, users, depth)}
    nodes = [node for node in graph.nodes if node.address in kept]
    parents = {group.id: group.parent for group in graph.groups}
    wanted: set[str] = set()
    for node in nodes:
        group = node.group
        while group is not None and group not in wanted:
            wanted.add(group)
            group = parents[group]
    return graph.model_copy(
        update={
            "focus": address,
            "groups": [group for group in graph.groups if group.id in wanted],
            "nodes": nodes,
            "edges": [edge for edge in graph.edges if edge.used in kept and edge.user in kept],
        }
    )


def _reached(start: str, beside: Mapping[str, Sequence[str]], depth: int | None) -> set[str]:
    """Everything within so many steps in one direction."""
    found: set[str] = set()
    edge, steps = [start], 0
    while edge and (depth is None or steps < depth):
        edge = [n for n in dict.fromkeys(n for e in edge for n in beside.get(e, ())) if n not in found]
        found.update(edge)
        steps += 1
    return found
