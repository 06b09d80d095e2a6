"""A graph -> a page to look through it: columns from evidence to outcome, folded groups, search and selection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.dsl.diagnostic import Language, Text
from guiju.report.graph_model import GraphModel, GroupModel, NodeModel
from guiju.report.html.template import as_it_is, hash_of, own, rendered

_WORDS = {
    "search": Text("查找", "Search"),
    "steps": Text("步数", "Steps"),
    "all": Text("全部", "all"),
    "used": Text("所依据的", "what it is computed from"),
    "users": Text("由它算出的", "what is computed from it"),
    "only": Text("只看相关的", "only what is related"),
    "open": Text("全部展开", "Open all"),
    "close": Text("全部收起", "Fold all"),
    "clear": Text("清除", "Clear"),
    "hint": Text(
        "点一个节点，看它由什么算出、又用来算什么；点组名展开或收起。",
        "Choose a node to see what it is computed from and what is computed from it; choose a group to unfold it.",
    ),
    "told": Text(
        "{node}  —  所依据的 {used}，由它算出的 {users}",
        "{node}  —  computed from {used}, {users} computed from it",
    ),
    "found": Text("找到 {n} 个", "{n} found"),
}
_COUNTED = Text("{nodes} 个节点，{edges} 条依赖", "{nodes} nodes, {edges} dependencies")
_GIVEN, _CLAUSES = Text("给出的", "Given"), Text("条款", "Clauses")
_SCORES, _OUTCOMES = Text("得分", "Scores"), Text("结果", "Outcomes")
_KINDS = {
    "input": Text("评价前选定", "Chosen first"),
    "reading": Text("读法", "Readings"),
    "fact": Text("几节共用的事实", "Facts of several sections"),
    "let": Text("令", "Lets"),
    "weight": Text("权重", "Weights"),
    "gate": Text("进入条件", "Gates"),
    "clause": Text("条款", "Clauses"),
    "score": Text("得分", "Scores"),
    "grade": Text("定级", "Grades"),
}
_WHOLE = Text("全体", "The whole")


@dataclass(frozen=True)
class Box:
    """A group that can be folded, with how many nodes are inside."""

    label: str
    boxes: tuple[Box, ...]
    nodes: tuple[NodeModel, ...]
    open: bool = False

    @property
    def count(self) -> int:
        """The nodes in it and in all below it."""
        return len(self.nodes) + sum(box.count for box in self.boxes)


def graph_page(graph: GraphModel, language: Language) -> str:
    """The whole file."""
    script = own("graph.js")
    data = {
        "edges": [[edge.used, edge.user] for edge in graph.edges],
        "kinds": {node.address: node.kind for node in graph.nodes},
        "focus": graph.focus,
    }
    return rendered(
        "graph.html.jinja",
        graph=graph,
        tag="zh-Hans" if language == "zh" else "en",
        columns=tuple(column for column in _columns(graph, language) if column.count),
        counted=_COUNTED.in_language(language).format(nodes=len(graph.nodes), edges=len(graph.edges)),
        word={key: text.in_language(language) for key, text in _WORDS.items()},
        data=as_it_is(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")),
        script=as_it_is(script),
        script_hash=hash_of(script),
        style=as_it_is(own("graph.css")),
    )


def _columns(graph: GraphModel, language: Language) -> tuple[Box, ...]:
    """What is given, the clauses, the scores, the outcomes: each by the tree of the standard."""

    def listed(kind: str) -> Box:
        nodes = tuple(node for node in graph.nodes if node.kind == kind and node.group is None)
        return Box((_WHOLE if kind == "score" else _KINDS[kind]).in_language(language), (), nodes)

    def column(title: Text, kinds: Sequence[str], shared: Sequence[str], nodes: tuple[NodeModel, ...] = ()) -> Box:
        boxes = (*(listed(kind) for kind in shared), *_tree(graph, kinds, None, language))
        return Box(title.in_language(language), tuple(box for box in boxes if box.count), nodes)

    grades = tuple(node for node in graph.nodes if node.kind == "grade" and node.group is None)
    return (
        column(_GIVEN, ("fact",), ("input", "reading", "fact", "let")),
        column(_CLAUSES, ("clause",), ()),
        column(_SCORES, ("score", "weight", "gate", "grade"), ("weight", "gate", "score")),
        column(_OUTCOMES, (), (), grades),
    )


def _tree(graph: GraphModel, kinds: Sequence[str], parent: str | None, language: Language) -> tuple[Box, ...]:
    found = (_group(graph, kinds, group, parent, language) for group in graph.groups if group.parent == parent)
    return tuple(box for box in found if box.count)


def _group(graph: GraphModel, kinds: Sequence[str], group: GroupModel, parent: str | None, language: Language) -> Box:
    nodes = tuple(node for node in graph.nodes if node.group == group.id and node.kind in kinds)
    inner = _tree(graph, kinds, group.id, language)
    if inner:  # what belongs to the group itself is folded as what is inside it is
        own = ((kind, tuple(node for node in nodes if node.kind == kind)) for kind in kinds)
        inner = (*(Box(_KINDS[k].in_language(language), (), found) for k, found in own if found), *inner)
        nodes = ()
    return Box(f"{group.number} {group.label}".strip(), inner, nodes, open=parent is None)
