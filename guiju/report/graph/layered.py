"""A graph -> a drawing in layers, each node right of all that it is computed from: for the surroundings of one node.

The usual three steps: layers by the longest way from what is computed from nothing, an order inside the layers that
has few crossings (each node at the mean of its neighbours, to and fro), places. A dependency over several layers has
a bend in each. Nothing is drawn by chance, so the same graph is always drawn alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from statistics import fmean

from guiju.report.graph.drawing import GAP, PADDING, ROW, Curve, Drawing, Shown, shortened, width_of
from guiju.report.graph_model import EdgeModel, GraphModel

_SWEEPS = 6
_BETWEEN, _MARGIN, _TOP = 56, 20, 56
_WIDEST = 270
_BEND = 10  # the height of a place that a curve goes through


def drawn_layers(graph: GraphModel) -> Drawing:
    """The drawing of a graph without circles; every node is shown by itself."""
    layers = _layers([node.address for node in graph.nodes], graph.edges)
    ways = {(edge.used, edge.user): _way(edge, layers) for edge in graph.edges}
    rows = _in_rows(layers, ways.values())
    _settle(rows, ways.values())
    boxes, points, height = _placed(graph, rows)
    curves = tuple(_curve(edge, ways[edge.used, edge.user], boxes, points) for edge in graph.edges)
    width = max((box.x + box.width for box in boxes.values()), default=0.0) + _MARGIN
    title = f"{graph.title}: {boxes[graph.focus].label}" if graph.focus in boxes else graph.title
    width = max(width, width_of(title) * 1.4 + 2 * _MARGIN)
    return Drawing(title, width, height, (), tuple(boxes.values()), curves, "")


def _layers(addresses: Iterable[str], edges: Iterable[EdgeModel]) -> dict[str, int]:
    """For each node the longest way to it from one that is computed from nothing."""
    used: dict[str, list[str]] = {address: [] for address in addresses}
    for edge in edges:
        used[edge.user].append(edge.used)
    layers: dict[str, int] = {}
    for address in used:
        waiting = [address]
        while waiting:
            open_ = [u for u in used[waiting[-1]] if u not in layers]
            if open_:
                waiting.append(open_[0])
            else:
                last = waiting.pop()
                layers[last] = max((layers[u] + 1 for u in used[last]), default=0)
    return layers


def _way(edge: EdgeModel, layers: Mapping[str, int]) -> tuple[str, ...]:
    """The places that a dependency goes through: its ends, and one of its own in each layer between."""
    between = range(layers[edge.used] + 1, layers[edge.user])
    return (edge.used, *(f"{edge.used}\n{edge.user}\n{layer}" for layer in between), edge.user)


def _in_rows(layers: Mapping[str, int], ways: Iterable[tuple[str, ...]]) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(max(layers.values(), default=0) + 1)]
    for address, layer in layers.items():
        rows[layer].append(address)
    for way in ways:
        for place in way[1:-1]:
            rows[int(place.rpartition("\n")[2])].append(place)
    return rows


def _settle(rows: list[list[str]], ways: Iterable[tuple[str, ...]]) -> None:
    """Put the places of each layer in the order of their neighbours in the layer before, then behind, some times."""
    before: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for way in ways:
        for left, right in pairwise(way):
            before.setdefault(right, []).append(left)
            behind.setdefault(left, []).append(right)
    for sweep in range(_SWEEPS):
        neighbours = before if sweep % 2 == 0 else behind
        numbers = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for number in numbers:
            beside = rows[number - 1 if sweep % 2 == 0 else number + 1]
            at = {place: i / max(len(beside) - 1, 1) for i, place in enumerate(beside)}
            own = {place: i / max(len(rows[number]) - 1, 1) for i, place in enumerate(rows[number])}
            means = {place: fmean([at[n] for n in neighbours.get(place, ())] or [own[place]]) for place in rows[number]}
            rows[number].sort(key=means.__getitem__)


def _placed(graph: GraphModel, rows: list[list[str]]) -> tuple[dict[str, Shown], dict[str, tuple[float, float]], float]:
    """The boxes by their addresses, the bends by their names, and the height of all."""
    nodes = {node.address: node for node in graph.nodes}
    heights = [sum((ROW if place in nodes else _BEND) + GAP for place in row) for row in rows]
    tallest = max(heights, default=0)
    boxes: dict[str, Shown] = {}
    points: dict[str, tuple[float, float]] = {}
    x = float(_MARGIN)
    for row, height in zip(rows, heights, strict=True):
        here = [nodes[place] for place in row if place in nodes]
        width = max((min(width_of(node.label), _WIDEST) for node in here), default=0.0) + 2 * PADDING
        y = _TOP + (tallest - height) / 2
        for place in row:
            if (node := nodes.get(place)) is None:
                points[place] = (x + width / 2, y + _BEND / 2)
                y += _BEND + GAP
                continue
            told = "\n".join(text for text in (node.label, node.cites, node.place) if text)
            label = shortened(node.label, width - 2 * PADDING)
            below = "  ".join(text for text in (node.cites, f":{node.place.rpartition(':')[2]}") if text)
            below = shortened(below, (width - 2 * PADDING) / 0.85)
            boxes[place] = Shown(place, x, y, width, label, below, told, node.kind, place == graph.focus)
            y += ROW + GAP
        x += width + _BETWEEN
    return boxes, points, _TOP + tallest + 2 * _MARGIN


def _curve(
    edge: EdgeModel, way: tuple[str, ...], boxes: Mapping[str, Shown], points: Mapping[str, tuple[float, float]]
) -> Curve:
    first, last = boxes[edge.used], boxes[edge.user]
    bends = (points[place] for place in way[1:-1])
    told = f"{first.label} → {last.label}\n{', '.join(edge.places)}"
    return Curve(((first.x + first.width, first.middle), *bends, (last.x, last.middle)), first.kind, 1, told)
