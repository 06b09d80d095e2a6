"""A graph as DOT, for Graphviz and what reads it: a cluster for each group, a shape for each kind."""

from __future__ import annotations

import json
from collections.abc import Iterator

from guiju.report.graph_model import GraphModel, GroupModel, NodeModel

_SHAPES = {"clause": "box", "fact": "ellipse", "input": "parallelogram", "reading": "note", "let": "ellipse"}


def dot(graph: GraphModel) -> str:
    """The whole file."""
    lines = [f"digraph {_quoted(graph.policy)} {{", "  rankdir=LR;", f"  label={_quoted(graph.title)};"]
    lines += [line for group in graph.groups if group.parent is None for line in _cluster(graph, group, 1)]
    lines += [_node(node, 1) for node in graph.nodes if node.group is None]
    lines += [f"  {_quoted(edge.used)} -> {_quoted(edge.user)};" for edge in graph.edges]
    return "\n".join((*lines, "}")) + "\n"


def _cluster(graph: GraphModel, group: GroupModel, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}subgraph {_quoted(f'cluster {group.id}')} {{"
    yield f"{indent}  label={_quoted(f'{group.number} {group.label}'.strip())};"
    yield from (_node(node, depth + 1) for node in graph.nodes if node.group == group.id)
    for inner in graph.groups:
        if inner.parent == group.id:
            yield from _cluster(graph, inner, depth + 1)
    yield f"{indent}}}"


def _node(node: NodeModel, depth: int) -> str:
    shape = _SHAPES.get(node.kind, "hexagon")
    said = ", ".join(text for text in (node.cites, node.place) if text)
    return f"{'  ' * depth}{_quoted(node.address)} [label={_quoted(node.label)} shape={shape} tooltip={_quoted(said)}];"


def _quoted(text: str) -> str:
    """A text as DOT has it: JSON's escapes are a part of its own, and a backslash stays one."""
    return json.dumps(text, ensure_ascii=False)
