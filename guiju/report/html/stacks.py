"""Columns divided into parts -> a Vega specification. Floats begin here, and end."""

from __future__ import annotations

from typing import Any

from guiju.report.document import Stacks

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _QUIET, _LINE = "#1d2733", "#566271", "#c5ccd5"
#: dark to light, so that neighbours differ on paper, too
_FILLS = ("#1f4e8c", "#4f7fbd", "#9db9dd", "#d3dfee", "#b3261e", "#6b7f52", "#8a8f98")
_OPEN = "#e0b25c"
_WIDTH, _HEIGHT = 640, 320


def stacked(chart: Stacks) -> dict[str, Any]:
    """The columns with their scale, and what each part is called."""
    fills = [_FILLS[i % len(_FILLS)] for i in range(len(chart.parts))]
    if chart.last_is_open:
        fills[-1] = _OPEN
    pieces = [
        {"column": f"{i}", "label": stack.label, "part": part, "size": float(size), "order": order}
        for i, stack in enumerate(chart.stacks)
        for order, (part, size) in enumerate(zip(chart.parts, stack.sizes, strict=True))
    ]
    style = {"labelFont": _FONT, "titleFont": _FONT, "labelColor": _QUIET, "domainColor": _LINE, "tickColor": _LINE}
    grid = {"grid": True, "gridColor": _LINE, "gridOpacity": 0.5}
    names = {f"{i}": stack.label for i, stack in enumerate(chart.stacks)}
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": _WIDTH,
        "height": _HEIGHT,
        "padding": 8,
        "background": "white",
        "title": {"text": chart.title, "anchor": "start", "font": _FONT, "fontSize": 15, "color": _INK},
        "data": [
            {
                "name": "pieces",
                "values": pieces,
                "transform": [
                    {"type": "stack", "groupby": ["column"], "field": "size", "sort": {"field": "order"}},
                ],
            }
        ],
        "scales": [
            {"name": "x", "type": "band", "domain": list(names), "range": "width", "padding": 0.25},
            {"name": "y", "domain": {"data": "pieces", "field": "y1"}, "range": "height", "nice": True, "zero": True},
            {"name": "fill", "type": "ordinal", "domain": list(chart.parts), "range": fills},
        ],
        "axes": [
            {
                "scale": "x",
                "orient": "bottom",
                "labelFontSize": 12,
                "encode": {"labels": {"update": {"text": {"signal": f"{_json(names)}[datum.value]"}}}},
                **style,
            },
            {"scale": "y", "orient": "left", "format": ",d", "tickMinStep": 1, **grid, **style},
        ],
        "legends": [{"fill": "fill", "labelFont": _FONT, "labelColor": _INK, "labelLimit": 260, "labelFontSize": 12}],
        "marks": [_columns()],
    }


def _columns() -> dict[str, Any]:
    return {
        "type": "rect",
        "from": {"data": "pieces"},
        "encode": {
            "enter": {
                "x": {"scale": "x", "field": "column"},
                "width": {"scale": "x", "band": 1},
                "y": {"scale": "y", "field": "y0"},
                "y2": {"scale": "y", "field": "y1"},
                "fill": {"scale": "fill", "field": "part"},
            }
        },
    }


def _json(names: dict[str, str]) -> str:
    import json

    return json.dumps(names, ensure_ascii=False)
