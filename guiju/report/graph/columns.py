"""The overview of a graph -> its drawing: chapters from top to bottom, evidence to outcome from left to right."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from guiju.dsl.diagnostic import Language, Text
from guiju.report.graph.drawing import GAP, PADDING, ROW, Curve, Drawing, Frame, Shown, shortened, spread, width_of
from guiju.report.graph.overview import Box, Overview, in_columns
from guiju.report.graph_model import GraphModel, GroupModel

_BETWEEN = 64  # columns
_TITLE = 24  # the height of a frame's title
_MARGIN = 20
_TOP = 56  # the title of the drawing
_WIDEST = 250
_NOTE = Text(
    "共 {nodes} 个节点，{edges} 条依赖。同列之间和往回的依赖没有画出；详图用 --focus，或写成 .html。",
    "{nodes} nodes, {edges} dependencies. Those inside a column are not drawn; see --focus, or write an .html.",
)


def drawn_overview(graph: GraphModel, overview: Overview, language: Language) -> Drawing:
    """The drawing of a whole policy."""
    columns = in_columns(overview.boxes)
    top_of = _top_of(graph)
    places = _clause_places(columns, top_of)
    bottom = max((place + ROW for place in places.values()), default=_TOP + ROW)
    members = _members(graph)
    boxes: list[Shown] = []
    x = float(_MARGIN)
    for column in columns:
        width = min(max(width_of(b.label) for b in column), _WIDEST) + 2 * PADDING
        width = max(width, *(width_of(b.counted) * 0.85 + 2 * PADDING for b in column))
        for box, y in zip(column, _column_places(column, places, members, bottom), strict=True):
            boxes.append(_shown(box, x, y, width))
        x += width + _BETWEEN
    by_id = {box.id: box for box in boxes}
    bottom = max(box.y + ROW for box in boxes)
    frames = tuple(_frames(graph, columns, by_id, top_of))
    note = _NOTE.in_language(language).format(nodes=len(graph.nodes), edges=len(graph.edges))
    size = (max(x - _BETWEEN + _MARGIN, width_of(note) * 0.92 + 2 * _MARGIN), bottom + 3 * _MARGIN)
    curves = tuple(_curve(by_id[used], by_id[user], n) for used, user, n in overview.edges)
    return Drawing(graph.title, *size, frames, tuple(boxes), curves, note)


def _shown(box: Box, x: float, y: float, width: float) -> Shown:
    told = "\n".join(f"{node.label}  {node.cites}  {node.place}" for node in box.nodes)
    return Shown(box.id, x, y, width, shortened(box.label, width - 2 * PADDING), box.counted, told, box.kind)


def _top_of(graph: GraphModel) -> dict[str, GroupModel]:
    """The outermost group that each group is in."""
    tops: dict[str, GroupModel] = {}
    for group in graph.groups:
        tops[group.id] = group if group.parent is None else tops[group.parent]
    return tops


def _clause_places(columns: tuple[tuple[Box, ...], ...], top_of: Mapping[str, GroupModel]) -> dict[str, float]:
    """Where the box of the clauses of each group stands: one below the other, with room for the title of a chapter."""
    places: dict[str, float] = {}
    y, top = float(_TOP), None
    for box in (box for column in columns for box in column if box.id.startswith("in:")):
        assert box.group is not None
        if top_of[box.group] != top:
            y += (GAP * 2 if top else 0) + _TITLE
            top = top_of[box.group]
        places[box.group] = y
        y += ROW + GAP
    return places


def _members(graph: GraphModel) -> dict[str, set[str]]:
    """The groups inside each group, itself among them."""
    members: dict[str, set[str]] = {group.id: {group.id} for group in graph.groups}
    for group in reversed(graph.groups):
        if group.parent is not None:
            members[group.parent] |= members[group.id]
    return members


def _column_places(
    column: tuple[Box, ...], places: Mapping[str, float], members: Mapping[str, set[str]], bottom: float
) -> list[float]:
    """Where the boxes of a column stand: those of groups beside what is in them, all others around the middle."""
    middle = (_TOP + bottom - ROW) / 2
    step = max(ROW + GAP, min(4 * ROW, (bottom - _TOP) / max(len(column), 1)))
    wanted: list[float] = []
    for number, box in enumerate(column):
        if box.id.startswith("in:") and box.group is not None:
            wanted.append(places[box.group])
            continue
        inside = sorted(places[g] for g in members.get(box.group or "", ()) if g in places)
        wanted.append(fmean((inside[0], inside[-1])) if inside else middle + (number - (len(column) - 1) / 2) * step)
    return spread(wanted, float(_TOP))


def _frames(
    graph: GraphModel,
    columns: tuple[tuple[Box, ...], ...],
    shown: Mapping[str, Shown],
    top_of: Mapping[str, GroupModel],
) -> list[Frame]:
    """A frame around the clauses of each outermost group."""
    clauses = [box for column in columns for box in column if box.id.startswith("in:") and box.group is not None]
    found = []
    for group in graph.groups:
        inside = [shown[box.id] for box in clauses if top_of[box.group or ""] == group]
        if group.parent is None and inside:
            first, last = inside[0], inside[-1]
            title = shortened(f"{group.number} {group.label}".strip(), first.width)
            height = last.y + ROW + GAP - first.y + _TITLE
            found.append(Frame(first.x - GAP, first.y - _TITLE, first.width + 2 * GAP, height, title))
    return found


def _curve(used: Shown, user: Shown, number: int) -> Curve:
    told = f"{used.label} → {user.label}: {number}"
    return Curve(((used.x + used.width, used.middle), (user.x, user.middle)), used.kind, number, told)
