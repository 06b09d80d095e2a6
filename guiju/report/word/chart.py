"""A radar as a chart of Word's own, drawn by Word with its fonts, with its numbers. Floats begin here, and end."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from guiju.report.document import Radar

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_WIDTH, _HEIGHT = 5_400_000, 3_200_000  # in EMU, 360 000 to a centimetre
_ACCENT = "1F4E8C"


def add_radar(paragraph: Any, radar: Radar, number: int) -> None:
    """Put a radar into a paragraph; `number` is that of its drawing, and no other drawing's in the file."""
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    part = paragraph.part
    name = part.package.next_partname("/word/charts/chart%d.xml")
    chart = Part(name, _TYPE, _chart(radar).encode(), part.package)
    drawing = parse_xml(_drawing(part.relate_to(chart, _RELATION), radar, number))
    paragraph.add_run()._r.append(drawing)  # noqa: SLF001 - python-docx has no name for it


def _drawing(relation: str, radar: Radar, number: int) -> str:
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'xmlns:a="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/>'
        f'<wp:docPr id="{number}" name="{escape(radar.title)}" descr="{escape(radar.said)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _chart(radar: Radar) -> str:
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if radar.is_open else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:radarChart><c:radarStyle val="marker"/>'
        f'<c:varyColors val="0"/>{"".join(_series(radar))}<c:axId val="1"/><c:axId val="2"/></c:radarChart>'
        f"{_axes(radar)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        "</c:chartSpace>"
    )


def _series(radar: Radar) -> Iterator[str]:
    most = [float(s.most) for s in radar.spokes]
    sure = [float(s.sure) for s in radar.spokes]
    if radar.is_open:
        yield _one(radar, 0, radar.keys[1], most, '<a:prstDash val="dash"/>')
    yield _one(radar, 1, radar.keys[0], sure, "")


def _one(radar: Radar, index: int, name: str, values: list[float], dash: str) -> str:
    labels = "".join(f'<c:pt idx="{i}"><c:v>{escape(s.label)}</c:v></c:pt>' for i, s in enumerate(radar.spokes))
    numbers = "".join(f'<c:pt idx="{i}"><c:v>{value:.12g}</c:v></c:pt>' for i, value in enumerate(values))
    count = f'<c:ptCount val="{len(values)}"/>'
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:v>{escape(name)}</c:v></c:tx>'
        f'<c:spPr><a:ln w="{19050 if dash else 28575}"><a:solidFill><a:srgbClr val="{_ACCENT}"/></a:solidFill>{dash}'
        '</a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>'
        f"<c:cat><c:strLit>{count}{labels}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>{count}{numbers}</c:numLit></c:val></c:ser>"
    )


def _axes(radar: Radar) -> str:
    full = float(radar.full)
    form = "0%" if full == 1 else "General"
    grid = (
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="B9C2CD"/></a:solidFill></a:ln></c:spPr>'
    )
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/>{grid}</c:majorGridlines><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="{full:.12g}"/><c:min val="0"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="l"/>{grid}</c:majorGridlines>'
        f'<c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{full / 5:.12g}"/></c:valAx>'
    )
