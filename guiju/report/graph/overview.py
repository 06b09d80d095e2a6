"""A graph -> its overview: a box for the clauses of each group and one for its scores, with how many things are inside.

The columns are those of the way from evidence to outcome; inside one, boxes stand in the order of the standard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.dsl.diagnostic import Language, Text
from guiju.report.agreeing import agreeing
from guiju.report.graph_model import GraphModel, Kind, NodeModel

_SHARED = {
    "input": Text("评价前选定", "Chosen first"),
    "reading": Text("读法", "Readings"),
    "fact": Text("几节共用的事实", "Facts of several sections"),
    "let": Text("令", "Lets"),
    "weight": Text("权重", "Weights"),
    "gate": Text("进入条件", "Gates"),
}
_WHOLE = Text("全体的得分", "Scores of the whole")
_COUNTED: dict[Kind, Text] = {
    "clause": Text("{n} 条", "{n:clause|clauses}"),
    "fact": Text("{n} 事实", "{n:fact|facts}"),
    "input": Text("{n} 项", "{n}"),
    "reading": Text("{n} 个", "{n}"),
    "let": Text("{n} 个", "{n}"),
    "weight": Text("{n} 个", "{n}"),
    "gate": Text("{n} 个", "{n}"),
    "score": Text("{n} 个得分", "{n:score|scores}"),
    "grade": Text("定级", "grade"),
}


@dataclass(frozen=True)
class Box:
    """What is drawn as one: its label, what is inside counted, all of its nodes, its column and the group it is of."""

    id: str
    label: str
    counted: str
    nodes: tuple[NodeModel, ...]
    column: int
    group: str | None
    kind: str


@dataclass(frozen=True)
class Overview:
    """Boxes column by column in their order, and how many dependencies lead from one to another."""

    boxes: tuple[Box, ...]
    edges: tuple[tuple[str, str, int], ...]


def overview(graph: GraphModel, language: Language) -> Overview:
    """The boxes of a whole graph."""
    members: dict[str, list[NodeModel]] = {}
    for node in graph.nodes:
        members.setdefault(_box_of(node), []).append(node)
    order = {group.id: number for number, group in enumerate(graph.groups)}
    boxer = _Boxer(graph, language)
    boxes = [boxer.box(id_, tuple(nodes)) for id_, nodes in members.items()]
    boxes.sort(key=lambda box: (box.column, order.get(box.group or "", -1)))
    at = {node.address: box.id for box in boxes for node in box.nodes}
    pairs = Counter((at[edge.used], at[edge.user]) for edge in graph.edges)
    columns = {box.id: box.column for box in boxes}
    kept = ((used, user, n) for (used, user), n in pairs.items() if columns[used] < columns[user])
    return Overview(tuple(boxes), tuple(kept))


def _depths(graph: GraphModel) -> dict[str, int]:
    """How deep each group stands in the tree of the standard, from 1."""
    depths: dict[str, int] = {}
    for group in graph.groups:  # parents come before what is inside them
        depths[group.id] = depths.get(group.parent or "", 0) + 1
    return depths


def _box_of(node: NodeModel) -> str:
    if node.kind == "grade" and node.group is None:
        return node.address
    if node.kind in ("weight", "gate"):
        return f"all:{node.kind}"
    if node.group is None:
        return f"all:{node.kind}"
    return f"{'in' if node.kind in ('clause', 'fact') else 'of'}:{node.group}"


class _Boxer:
    """Says what boxes are called, and in which column they stand."""

    def __init__(self, graph: GraphModel, language: Language) -> None:
        self._language = language
        self._labels = {group.id: f"{group.number} {group.label}".strip() for group in graph.groups}
        self._depths = _depths(graph)
        self._deepest = max(self._depths.values(), default=0)

    def box(self, id_: str, nodes: tuple[NodeModel, ...]) -> Box:
        """The box of some nodes."""
        kind, group = nodes[0].kind, nodes[0].group
        counted = self._counted(nodes)
        if id_.startswith("in:") and group is not None:
            return Box(id_, self._labels[group], counted, nodes, 2, group, "clause")
        if id_.startswith("of:") and group is not None:
            column = 3 + self._deepest - self._depths[group]
            return Box(id_, self._labels[group], counted, nodes, column, group, "score")
        if kind == "grade":
            return Box(id_, nodes[0].label, counted, nodes, 4 + self._deepest, None, kind)
        if kind == "score":
            return Box(id_, _WHOLE.in_language(self._language), counted, nodes, 3 + self._deepest, None, kind)
        column = 1 if kind in ("let", "weight", "gate") else 0
        return Box(id_, _SHARED[kind].in_language(self._language), counted, nodes, column, None, kind)

    def _counted(self, nodes: tuple[NodeModel, ...]) -> str:
        counts = Counter(node.kind for node in nodes)
        said = (agreeing(_COUNTED[k].in_language(self._language), n=counts[k]) for k in _COUNTED if counts[k])
        return " · ".join(said)


def in_columns(boxes: Iterable[Box]) -> tuple[tuple[Box, ...], ...]:
    """The boxes of each column that has any."""
    columns: dict[int, list[Box]] = {}
    for box in boxes:
        columns.setdefault(box.column, []).append(box)
    return tuple(tuple(columns[number]) for number in sorted(columns))
