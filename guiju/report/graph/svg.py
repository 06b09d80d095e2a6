"""A drawing -> SVG: one file with its own style, that is legible on paper and says more where a pointer rests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from guiju.report.graph.drawing import PADDING, ROW, Curve, Drawing, Frame, Shown

#: kind -> the colour of its line, and of its ground
COLOURS = {
    "fact": ("#1b7f79", "#e4f4f2"),
    "input": ("#8a5a00", "#fbf0d9"),
    "reading": ("#7a3e9d", "#f3e8f8"),
    "clause": ("#1f4e8c", "#e9f0f9"),
    "let": ("#5d6a00", "#f3f5dc"),
    "weight": ("#7a4b2a", "#f6ece4"),
    "gate": ("#a8201a", "#fbe7e5"),
    "score": ("#333f4d", "#eef1f4"),
    "grade": ("#166a3f", "#e2f3e9"),
}
_STYLE = """
text { font: 12px system-ui, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; fill: #1d2733; }
.title { font-size: 17px; font-weight: 600; } .note, .below { font-size: 10px; fill: #566271; }
.frame { fill: #fafbfc; stroke: #c9d1da; } .heading { font-weight: 600; }
path { fill: none; stroke-opacity: 0.32; } path:hover { stroke-opacity: 1; } rect.focus { stroke-width: 3; }
"""


def svg(drawing: Drawing) -> str:
    """The whole file."""
    size = f'width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    seen = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" role="img" aria-label={quoteattr(drawing.title)}'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {seen}>',
        f"<style>{_STYLE}</style>",
        f'<rect {size} fill="#fff"/>',
        _text(20, 32, drawing.title, "title"),
        *(line for frame in drawing.frames for line in _frame(frame)),
        *map(_curve, drawing.curves),
        *(line for box in drawing.boxes for line in _box(box)),
        *([_text(20, drawing.height - 18, drawing.note, "note")] if drawing.note else []),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _frame(frame: Frame) -> Iterator[str]:
    size = f'width="{_n(frame.width)}" height="{_n(frame.height)}"'
    yield f'<rect class="frame" x="{_n(frame.x)}" y="{_n(frame.y)}" {size} rx="6"/>'
    yield _text(frame.x + PADDING, frame.y + 16, frame.title, "heading")


def _box(box: Shown) -> Iterator[str]:
    line, ground = COLOURS[box.kind]
    focus = ' class="focus"' if box.is_focus else ""
    yield f"<g><title>{escape(box.told)}</title>"
    yield (
        f'<rect{focus} x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{ROW}" rx="4" '
        f'fill="{ground}" stroke="{line}"/>'
    )
    yield _text(box.x + PADDING, box.y + (14 if box.below else 20), box.label)
    if box.below:
        yield _text(box.x + PADDING, box.y + 27, box.below, "below")
    yield "</g>"


def _curve(curve: Curve) -> str:
    line, _ = COLOURS[curve.kind]
    start = curve.points[0]
    path = f"M{_n(start[0])} {_n(start[1])}" + "".join(_bend(a, b) for a, b in pairwise(curve.points))
    dashes = ' stroke-dasharray="4 3"' if curve.kind in ("reading", "gate") else ""
    width = min(1 + curve.weight / 8, 4)
    drawn = f'<path d="{path}" stroke="{line}" stroke-width="{_n(width)}"{dashes}>'
    return f"{drawn}<title>{escape(curve.told)}</title></path>"


def _bend(start: tuple[float, float], end: tuple[float, float]) -> str:
    middle = (start[0] + end[0]) / 2
    return f"C{_n(middle)} {_n(start[1])} {_n(middle)} {_n(end[1])} {_n(end[0])} {_n(end[1])}"


def _text(x: float, y: float, text: str, class_: str = "") -> str:
    named = f' class="{class_}"' if class_ else ""
    return f'<text x="{_n(x)}" y="{_n(y)}"{named}>{escape(text)}</text>'


def _n(value: float) -> str:
    """A length with one digit behind the point, and none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")
