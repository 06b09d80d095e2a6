"""Document -> a Word file: real headings, tables whose head is repeated on each page, Chinese fonts where they are due.

The bytes depend on the document alone: nothing in the file says when it was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guiju.report.document import Cell, Document, Listing, Paragraph, Point, Points, Run, Section, Table

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle

_TEXT, _HEADING = ("Times New Roman", "SimSun"), ("Arial", "SimHei")  # for Latin and for Chinese characters
_QUIET = "55606D"
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_DEEPEST = 9  # headings that Word knows
_WIDE = "\N{IDEOGRAPHIC SPACE}"
_MARK, _STEP = 1.0, 0.8  # centimetres: room for a mark, and what a point further in is set in by


def word_file(document: Document) -> bytes:
    """The whole file."""
    import docx

    file = docx.Document()
    _set_page(file)
    _set_fonts(file)
    file.add_paragraph(document.title, style="Subtitle")
    file.add_paragraph(document.subtitle, style="Title")
    _quiet(file.add_paragraph(), document.notice)
    for section in document.sections:
        _section(file, section)
    for line in document.footer:
        _quiet(file.add_paragraph(), line)
    properties = file.core_properties
    properties.title, properties.subject = document.title, document.subtitle
    properties.author, properties.last_modified_by, properties.comments = "", "", ""
    properties.created = properties.modified = _NO_DATE
    return _packed(file)


def _packed(file: WordFile) -> bytes:
    """The bytes of a file, packed anew without the time of packing."""
    loose, packed = BytesIO(), BytesIO()
    file.save(loose)
    with ZipFile(loose) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            info = ZipInfo(name, _NO_DATE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, parts.read(name))
    return packed.getvalue()


# --- page and fonts ------------------------------------------------------------------------------------------------


def _set_page(file: WordFile) -> None:
    from docx.shared import Mm

    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin = page.bottom_margin = Mm(22)


def _set_fonts(file: WordFile) -> None:
    """One font for texts and one for headings, each with what it takes for Chinese characters."""
    from docx.shared import Pt, RGBColor

    headings = ("Title", "Subtitle", *(f"Heading {n}" for n in range(1, _DEEPEST + 1)))
    for name, fonts in (("Normal", _TEXT), ("Caption", _HEADING), *((name, _HEADING) for name in headings)):
        style: Any = file.styles[name]
        _font(style, *fonts)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.italic = False
    normal: Any = file.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    _spoken(normal)
    for depth, size in enumerate((16, 13, 11.5, 11), 1):
        heading: Any = file.styles[f"Heading {depth}"]
        heading.font.size = Pt(size)
    title: Any = file.styles["Title"]
    title.font.size = Pt(19)


def _font(style: ParagraphStyle, latin: str, chinese: str) -> None:
    from docx.oxml.ns import qn

    style.font.name = latin
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _spoken(style: ParagraphStyle) -> None:
    """What a spelling checker takes the text for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")  # of Latin letters, so that no word of theirs is broken
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)


# --- blocks --------------------------------------------------------------------------------------------------------


def _section(file: WordFile, section: Section) -> None:
    file.add_heading(section.title, min(section.depth + 1, _DEEPEST))
    for block in section.blocks:
        match block:
            case Paragraph():
                _write(file.add_paragraph(), block.runs, quiet=block.mark == "quiet")
            case Listing():
                for item in block.items:
                    _write(file.add_paragraph(style="List Bullet"), item)
            case Points():
                _points(file, block.points)
            case Table():
                _table(file, block)


def _points(file: WordFile, points: tuple[Point, ...]) -> None:
    """Points of one language as paragraphs behind their marks; of two in a table, side by side."""
    if len(points[0].said) == 1:
        for point in points:
            _point(file, point)
        return
    table = _new_table(file, len(points[0].said) + 1, ruled=False)
    for point in points:
        row = table.add_row()
        _unbroken(row)
        row.cells[0].text = _WIDE * point.depth + point.mark
        for cell, said in zip(row.cells[1:], point.said, strict=True):
            _fill(cell, said)
    _set_widths(table, (0.09, *((0.91 / len(points[0].said),) * len(points[0].said))))


def _point(file: WordFile, point: Point) -> None:
    from docx.shared import Cm

    for number, line in enumerate(point.said[0]):
        paragraph = file.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent = Cm(_MARK + _STEP * point.depth)
        form.keep_with_next = number + 1 < len(point.said[0])
        if number == 0:
            form.first_line_indent = Cm(-_MARK)
            form.tab_stops.add_tab_stop(form.left_indent)
            paragraph.add_run(f"{point.mark}\t")
        _write(paragraph, line)


def _table(file: WordFile, table: Table) -> None:
    if table.caption:
        caption = file.add_paragraph(table.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
    columns = max(len(table.header), *(len(row.cells) for row in table.rows))
    made = _new_table(file, columns, ruled=True)
    if table.header:
        row = made.add_row()
        _repeated(row)
        _unbroken(row)
        for cell, name in zip(row.cells, table.header, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
    for printed in table.rows:
        row = made.add_row()
        _unbroken(row)
        for cell, told in zip(row.cells, printed.cells, strict=True):
            _fill(cell, told.lines)
    _set_widths(made, _shares(table, columns))
    file.add_paragraph().paragraph_format.space_after = 0


def _shares(table: Table, columns: int) -> tuple[float, ...]:
    """How much of the width each column takes: what its longest cell asks for, within bounds."""
    heads = [sum(1 if char.isascii() else 2 for char in name) for name in table.header] or [0] * columns
    asked = [max((_length(row.cells[n]) for row in table.rows), default=1) for n in range(columns)]
    asked = [max(pair) for pair in zip(asked, heads, strict=True)]
    bounded = [min(max(length, 7), 40) for length in asked]
    return tuple(length / sum(bounded) for length in bounded)


def _length(cell: Cell) -> int:
    lines = ("".join(run.text for run in line) for line in cell.lines)
    return max((sum(1 if char.isascii() else 2 for char in line) for line in lines), default=0)


# --- what python-docx has no words for -----------------------------------------------------------------------------


def _new_table(file: WordFile, columns: int, *, ruled: bool) -> Any:
    table = file.add_table(0, columns, style="Table Grid" if ruled else "Normal Table")
    table.autofit = False
    _padded(table)
    return table


def _padded(table: Any) -> None:
    """Some room above and below what stands in the cells."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "35")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no name for it


def _set_widths(table: Any, shares: Iterable[float]) -> None:
    from docx.shared import Mm

    room = 210 - 2 * 22
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(room * share)
        for cell in column.cells:
            cell.width = Mm(room * share)


def _repeated(row: Any) -> None:
    """Print a row again at the top of each page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no name for it


def _unbroken(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no name for it


def _fill(cell: Any, lines: Iterable[tuple[Run, ...]]) -> None:
    """Lines into a cell, the first into the paragraph that is there."""
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = 0
        _write(paragraph, line)


def _write(paragraph: Any, runs: Iterable[Run], *, quiet: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold = run.style == "strong" or None
        if quiet or run.style == "quiet":
            made.font.size, made.font.color.rgb = Pt(9), RGBColor.from_string(_QUIET)


def _quiet(paragraph: Any, text: str) -> None:
    _write(paragraph, (Run(text),), quiet=True)
