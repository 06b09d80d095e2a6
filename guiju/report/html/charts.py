"""Charts -> SVG, drawn by Vega when the page is made; the page itself holds no library. Floats begin here, and end."""

from __future__ import annotations

import json
from functools import cache
from math import cos, pi, sin
from typing import Any

from guiju.report.document import Band, Gauge, Radar, Stacks
from guiju.report.html.stacks import stacked

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _QUIET, _LINE, _ACCENT = "#1d2733", "#566271", "#c5ccd5", "#1f4e8c"
FILLS = {"reached": "#1f4e8c", "possible": "#9db9dd", "other": "#e6eaef"}
ON = {"reached": "#ffffff", "possible": _INK, "other": _QUIET}
_AXIS = {"grid": False, "domainColor": _LINE, "tickColor": _LINE, "labelColor": _QUIET, "labelFont": _FONT}
_WIDTH, _BAR, _REACH, _ROOM = 640, 52, 150, 130
_LETTERS_IN_A_LINE = 16


def svg(chart: Gauge | Radar | Stacks) -> str:
    """A chart as SVG, wide as the place where it stands."""
    return _drawn(json.dumps(_spec(chart)))


def _spec(chart: Gauge | Radar | Stacks) -> dict[str, Any]:
    if isinstance(chart, Gauge):
        return _gauge(chart)
    return _radar(chart) if isinstance(chart, Radar) else stacked(chart)


@cache
def _drawn(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vega_to_svg(spec))


def _base(width: float, height: float) -> dict[str, Any]:
    schema = "https://vega.github.io/schema/vega/v5.json"
    return {"$schema": schema, "width": width, "height": height, "padding": 6, "background": None}


# --- a scale of levels -----------------------------------------------------------------------------------------------


def _gauge(gauge: Gauge) -> dict[str, Any]:
    values = [float(v) for v in gauge.values]
    bands = [_band(b) for b in gauge.bands]
    pins = [{"v": v} for v in values]
    low, high = (float(end) for end in (gauge.bands[0].low, gauge.bands[-1].high))
    return {
        **_base(_WIDTH, _BAR + 22),
        "data": [{"name": "bands", "values": bands}, {"name": "pins", "values": pins}],
        "scales": [{"name": "x", "domain": [low, high], "range": [0, _WIDTH], "zero": False}],
        "axes": [
            {"scale": "x", "orient": "bottom", "values": _ends(gauge.bands), "offset": 0, "labelFontSize": 12, **_AXIS}
        ],
        "marks": [_bars(), _labels(), _pins()],
    }


def _ends(bands: tuple[Band, ...]) -> list[float]:
    return sorted({float(end) for b in bands for end in (b.low, b.high)})


def _band(band: Band) -> dict[str, Any]:
    return {
        "label": _in_lines(band.label),
        "low": float(band.low),
        "high": float(band.high),
        "fill": FILLS[band.state],
        "on": ON[band.state],
    }


def _bars() -> dict[str, Any]:
    return {
        "type": "rect",
        "from": {"data": "bands"},
        "encode": {
            "enter": {
                "x": {"scale": "x", "field": "low"},
                "x2": {"scale": "x", "field": "high", "offset": -2},
                "y": {"value": 22},
                "height": {"value": _BAR},
                "fill": {"field": "fill"},
            }
        },
    }


def _labels() -> dict[str, Any]:
    return {
        "type": "text",
        "from": {"data": "bands"},
        "encode": {
            "enter": {
                "x": {"signal": "(scale('x', datum.low) + scale('x', datum.high)) / 2"},
                "y": {"signal": f"{22 + _BAR / 2} - (length(datum.label) - 1) * 8.5"},
                "align": {"value": "center"},
                "baseline": {"value": "middle"},
                "text": {"field": "label"},
                "limit": {"signal": "scale('x', datum.high) - scale('x', datum.low) - 12"},
                "fill": {"field": "on"},
                "font": {"value": _FONT},
                "fontSize": {"value": 13},
                "lineHeight": {"value": 17},
                "fontWeight": {"value": 600},
            }
        },
    }


def _pins() -> dict[str, Any]:
    return {
        "type": "symbol",
        "from": {"data": "pins"},
        "encode": {
            "enter": {
                "x": {"scale": "x", "field": "v"},
                "y": {"value": 12},
                "shape": {"value": "triangle-down"},
                "size": {"value": 150},
                "fill": {"value": "#b3261e"},
            }
        },
    }


# --- values around a centre ------------------------------------------------------------------------------------------


def _radar(radar: Radar) -> dict[str, Any]:
    angles = [2 * pi * i / len(radar.spokes) for i in range(len(radar.spokes))]
    full = float(radar.full)
    rings = [full * i / 5 for i in range(1, 6)]
    centre = (_REACH + _ROOM, _REACH + 30)

    def polygon(lengths: list[float], **style: Any) -> dict[str, Any]:
        points = [_point(centre, a, r / full) for a, r in zip(angles, lengths, strict=True)]
        return _path([*points, points[0]], style)

    marks = [polygon([r] * len(angles), stroke=_LINE, strokeWidth=1) for r in rings]
    marks += [_path([_point(centre, a, 0), _point(centre, a, 1)], {"stroke": _LINE, "strokeWidth": 1}) for a in angles]
    most, sure = [float(s.most) for s in radar.spokes], [float(s.sure) for s in radar.spokes]
    if most != sure:
        marks.append(
            polygon(most, stroke=_ACCENT, strokeWidth=1.5, strokeDash=[5, 4], fill="#9db9dd", fillOpacity=0.25)
        )
    marks.append(polygon(sure, stroke=_ACCENT, strokeWidth=2, fill=_ACCENT, fillOpacity=0.28))
    marks += [_dot(_point(centre, a, r / full)) for a, r in zip(angles, sure, strict=True)]
    marks += [_spoke_label(centre, a, s.label) for a, s in zip(angles, radar.spokes, strict=True)]
    marks += [_ring_label(centre, r / full, _told(r, full)) for r in rings]
    return {**_base(2 * (_REACH + _ROOM), 2 * _REACH + 60), "marks": marks}


def _told(value: float, full: float) -> str:
    return f"{value:.0%}" if full == 1 else f"{value:g}"


def _point(centre: tuple[float, float], angle: float, part: float) -> tuple[float, float]:
    return (centre[0] + _REACH * part * sin(angle), centre[1] - _REACH * part * cos(angle))


def _path(points: list[tuple[float, float]], style: dict[str, Any]) -> dict[str, Any]:
    drawn = "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return {"type": "path", "encode": {"enter": {"path": {"value": drawn}, **_values(style)}}}


def _dot(point: tuple[float, float]) -> dict[str, Any]:
    return {"type": "symbol", "encode": {"enter": _values({"x": point[0], "y": point[1], "size": 40, "fill": _ACCENT})}}


def _spoke_label(centre: tuple[float, float], angle: float, label: str) -> dict[str, Any]:
    x, y = _point(centre, angle, 1.1)
    side = sin(angle)
    align = "center" if abs(side) < 0.1 else "left" if side > 0 else "right"
    style: dict[str, Any] = {
        "x": x,
        "y": y,
        "text": _in_lines(label),
        "align": align,
        "baseline": "middle",
        "fontSize": 13,
        "fill": _INK,
    }
    return {"type": "text", "encode": {"enter": _values({**style, "font": _FONT, "limit": _ROOM + 10})}}


def _in_lines(label: str) -> list[str]:
    """A label of several words on lines of their own; one without spaces stays whole."""
    lines = [""]
    for part in label.split():
        if lines[-1] and len(lines[-1]) + len(part) >= _LETTERS_IN_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {part}".strip()
    return lines


def _ring_label(centre: tuple[float, float], part: float, label: str) -> dict[str, Any]:
    style = {"x": centre[0] + 4, "y": centre[1] - _REACH * part, "text": label, "baseline": "middle"}
    return {"type": "text", "encode": {"enter": _values({**style, "font": _FONT, "fontSize": 10, "fill": _INK})}}


def _values(style: dict[str, Any]) -> dict[str, Any]:
    return {key: {"value": value} for key, value in style.items()}
