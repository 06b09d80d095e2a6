"""Document -> a Word file: real headings, contents, running heads, tables whose head is repeated on each page.

Chinese fonts are named where they are due. The bytes depend on the document and the template alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guiju.dsl.diagnostic import Text
from guiju.report.columns import shares
from guiju.report.document import (
    Block,
    Cell,
    Document,
    Gauge,
    Listing,
    Mark,
    Paragraph,
    Point,
    Points,
    Radar,
    Run,
    Section,
    Table,
    Tree,
)
from guiju.report.printed_tree import printed_lines

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle

    from guiju.report.word.markup import Bookmarks

_TEXT, _HEADING = ("Times New Roman", "SimSun"), ("Arial", "SimHei")  # for Latin and for Chinese characters
_QUIET = "55606D"
_COLOURS: dict[Mark, str] = {"holds": "166A3F", "fails": "A8201A", "unknown": "7A5600", "quiet": _QUIET}
_GROUNDS: dict[Mark, str] = {"holds": "E2F3E9", "fails": "FBE5E3", "unknown": "FCF0D0"}
_BANDS = {"reached": "9DB9DD", "possible": "D3DFEE", "other": "F2F5F8"}
_HEAD_GROUND = "F2F5F8"
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_DEEPEST = 9  # headings that Word knows
_WIDE = "\N{IDEOGRAPHIC SPACE}"
_FIRST_DRAWING = 10_000  # beyond the numbers of those that a template may have
_MARK, _STEP = 1.0, 0.8  # centimetres: room for a mark, and what a point further in is set in by
_MOST_UNBROKEN = 900  # characters of a row that is kept on one page; a longer one may not fit
_MOST_ROWS_KEPT = 9  # rows of a table that is kept on one page, if they are no longer together than one row may be
_SMALL = 9  # points
_TO_FILL = 800  # twentieths of a point: the height of a row that is filled in by hand
_HEADINGS = tuple(f"Heading {n}" for n in range(1, _DEEPEST + 1))
_STYLES = ("Title", "Subtitle", *_HEADINGS, "Caption", "List Bullet", "Table Grid", "Header", "Footer")
_CONTENTS = Text("目录", "Contents")


def word_file(document: Document, template: bytes | None = None) -> bytes:
    """The whole file; a template is a Word file of a body's own.

    Raises:
        NotWordError: the template is none.
    """
    import docx

    from guiju.report.word.markup import Bookmarks
    from guiju.report.word.template import Place, complete_styles, opened

    file = docx.Document() if template is None else opened(template)
    place = Place(file) if template is not None else None
    if template is None:
        _set_page(file)
        _set_fonts(file)
    else:
        complete_styles(file, _STYLES)
    _Writer(file, Bookmarks()).write(document, with_cover=place is None or not place.is_inside)
    if place is not None:
        place.fill()
    properties = file.core_properties
    properties.title, properties.subject = document.title, document.subtitle
    properties.author, properties.last_modified_by, properties.comments = "", "", ""
    properties.language = "zh-CN" if document.language == "zh" else "en-GB"
    properties.created = properties.modified = (document.instant or _NO_DATE).astimezone(UTC)
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

    headings = ("Title", "Subtitle", *_HEADINGS)
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
    """What a spelling checker takes the text for: of Latin letters English, so that no word of theirs is broken."""
    from guiju.report.word.markup import element

    style.element.get_or_add_rPr().append(element("lang", val="en-GB", eastAsia="zh-CN"))


# --- the whole -----------------------------------------------------------------------------------------------------


class _Writer:
    """Writes a document into a file, one block after the other."""

    def __init__(self, file: WordFile, bookmarks: Bookmarks) -> None:
        self._file, self._bookmarks, self._drawings = file, bookmarks, _FIRST_DRAWING

    def write(self, document: Document, *, with_cover: bool) -> None:
        """Everything that the document has."""
        if document.cover and with_cover:
            self._cover(document)
        elif not document.cover:
            self._head(document)
        if document.running:
            self._running(document.running)
        if document.cover:
            self._contents(document)
        for section in document.sections:
            self._section(section)
        for line in document.footer:
            self._quiet(line)

    def _head(self, document: Document) -> None:
        """The title above what follows on the same page."""
        self._file.add_paragraph(document.title, style="Subtitle")
        self._file.add_paragraph(document.subtitle, style="Title")
        self._quiet(document.notice)

    def _cover(self, document: Document) -> None:
        """The title page."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        for number, (text, style) in enumerate(((document.title, "Subtitle"), (document.subtitle, "Title"))):
            paragraph = self._file.add_paragraph(text, style=style)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = Pt(6) if number else Mm(45)
        if document.notice:
            self._quiet(document.notice).alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._file.add_paragraph().paragraph_format.space_after = Mm(18)
        rows = [(name, value) for name, value in document.cover]
        table = self._new_table(2, ruled=False)
        for name, value in rows:
            row = table.add_row()
            self._fill(row.cells[0], ((Run(name, style="quiet"),),))
            self._fill(row.cells[1], ((Run(value, style="code" if value.startswith("sha256:") else "plain"),),))
        self._set_widths(table, (0.22, 0.78))

    def _contents(self, document: Document) -> None:
        """A line for each entry that leads to its heading, with the field of its page.

        A field of contents would be one that LibreOffice does not fill by itself, and prints without page numbers.
        """
        from docx.enum.text import WD_BREAK
        from docx.shared import Pt

        from guiju.report.word.markup import element, field, link, text_run, updated

        heading = self._file.add_paragraph()
        heading.paragraph_format.page_break_before = True
        heading.paragraph_format.space_after = Pt(8)
        made = heading.add_run(_CONTENTS.in_language(document.language))
        made.bold, made.font.size = True, Pt(15)
        for section in document.contents():
            paragraph: Any = self._file.add_paragraph(style=self._contents_style(section.depth + 1))
            _dotted(paragraph, self._width())
            name, tab = self._bookmarks.name(f"section:{section.id}"), element("r")
            tab.append(element("tab"))
            runs = (text_run(section.title), tab, *field(f"PAGEREF {name} \\h", "–"))
            paragraph._p.append(link(name, iter(runs)))  # noqa: SLF001 - python-docx has no name for it
        self._file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        updated(self._file.settings.element)

    def _width(self) -> int:
        """The width of what stands on a page, in EMU."""
        page = self._file.sections[0]
        return (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)

    def _contents_style(self, depth: int) -> str:
        """The style of entries at a depth, made where the file has none."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Cm, Pt

        name = f"toc {depth}"
        if name not in self._file.styles:
            style: Any = self._file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            style.base_style = self._file.styles["Normal"]
            style.paragraph_format.left_indent = Cm(0.7 * (depth - 1))
            style.paragraph_format.space_after = Pt(2)
        return name

    def _running(self, text: str) -> None:
        """Head and foot of every page but the first, unless a template has its own."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        from guiju.report.word.markup import field, text_run

        page = self._file.sections[-1]
        if _is_blank(page.header):
            head = page.header.paragraphs[0]
            head.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(head, (Run(text),), quiet=True)
            page.different_first_page_header_footer = True
        if _is_blank(page.footer):
            foot = page.footer.paragraphs[0]
            foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
            place: Any = foot._p  # noqa: SLF001
            place.extend((*field("PAGE", "1"), text_run(" / "), *field("NUMPAGES", "1")))
            page.different_first_page_header_footer = True

    # --- blocks ----------------------------------------------------------------------------------------------------

    def _section(self, section: Section) -> None:
        heading = self._file.add_heading(section.title, min(section.depth + 1, _DEEPEST))
        self._bookmarks.around(heading, f"section:{section.id}")
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=False):
            self._block(block, following)

    def _block(self, block: Block, following: Block | None) -> None:
        match block:
            case Paragraph():
                paragraph = self._file.add_paragraph()
                self._write(paragraph, block.runs, quiet=block.mark == "quiet", mark=block.mark)
                is_lead = all(run.style == "strong" for run in block.runs)
                paragraph.paragraph_format.keep_with_next = following is not None and is_lead
            case Listing():
                self._listing(block)
            case Points():
                self._points(block.points)
            case Table():
                self._table(block)
            case Gauge():
                self._gauge(block)
            case Radar():
                self._radar(block)
            case Tree():
                self._tree(block)

    def _listing(self, listing: Listing) -> None:
        """Points with bullets; of an ordered list the numbers are written, so that each list begins with 1."""
        from docx.shared import Cm

        for number, (item, *below) in enumerate(listing.lines, 1):
            if not listing.ordered:
                self._below(self._file.add_paragraph(style="List Bullet"), (item, *below))
                continue
            paragraph = self._file.add_paragraph()
            form = paragraph.paragraph_format
            form.left_indent, form.first_line_indent = Cm(_MARK), Cm(-_MARK)
            form.tab_stops.add_tab_stop(Cm(_MARK))
            paragraph.add_run(f"{number}.\t")
            self._below(paragraph, (item, *below))

    def _below(self, paragraph: Any, lines: Iterable[tuple[Run, ...]]) -> None:
        """Lines of one paragraph, each below the other."""
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run().add_break()
            self._write(paragraph, line)

    def _points(self, points: tuple[Point, ...]) -> None:
        """Points of one language as paragraphs behind their marks; of two in a table, side by side."""
        from guiju.report.word.markup import unbroken

        if len(points[0].said) == 1:
            for point in points:
                self._point(point)
            return
        table = self._new_table(len(points[0].said) + 1, ruled=False)
        for point in points:
            row = table.add_row()
            unbroken(row)
            row.cells[0].text = _WIDE * point.depth + point.mark
            for cell, said in zip(row.cells[1:], point.said, strict=True):
                self._fill(cell, said)
        self._set_widths(table, (0.09, *((0.91 / len(points[0].said),) * len(points[0].said))))

    def _point(self, point: Point) -> None:
        from docx.shared import Cm

        for number, line in enumerate(point.said[0]):
            paragraph = self._file.add_paragraph()
            form = paragraph.paragraph_format
            form.left_indent = Cm(_MARK + _STEP * point.depth)
            form.keep_with_next = number + 1 < len(point.said[0])
            if number == 0:
                form.first_line_indent = Cm(-_MARK)
                form.tab_stops.add_tab_stop(form.left_indent)
                paragraph.add_run(f"{point.mark}\t")
            self._write(paragraph, line)

    def _tree(self, tree: Tree) -> None:
        from docx.shared import Cm

        for line in printed_lines(tree):
            paragraph = self._file.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.45 * line.depth)
            paragraph.paragraph_format.space_after = 0
            self._write(paragraph, line.runs, mark=line.mark if line.mark != "holds" else "value", size=_SMALL)
        self._file.add_paragraph()

    def _gauge(self, gauge: Gauge) -> None:
        """The scale as a row of cells, as wide as their bands; what the score comes to is told below."""
        from guiju.report.word.markup import shaded

        self._caption(gauge.title)
        table = self._new_table(len(gauge.bands), ruled=True)
        row = table.add_row()
        for cell, band in zip(row.cells, gauge.bands, strict=True):
            strong: Run = Run(band.label, style="plain" if band.state == "other" else "strong")
            self._fill(cell, ((strong,), (Run(f"{_number(band.low)} – {_number(band.high)}", style="quiet"),)))
            shaded(cell, _BANDS[band.state])
        whole = gauge.bands[-1].high - gauge.bands[0].low
        self._set_widths(table, [float((band.high - band.low) / whole) for band in gauge.bands])
        self._quiet(gauge.said)

    def _radar(self, radar: Radar) -> None:
        from guiju.report.word.chart import add_radar

        self._caption(radar.title)
        self._drawings += 1
        paragraph = self._file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        add_radar(paragraph, radar, self._drawings)
        self._quiet(radar.said)

    # --- tables ----------------------------------------------------------------------------------------------------

    def _caption(self, text: str) -> None:
        self._file.add_paragraph(text, style="Caption").paragraph_format.keep_with_next = True

    def _table(self, table: Table) -> None:
        from guiju.report.word.markup import at_least, repeated, shaded, unbroken

        if table.caption:
            self._caption(table.caption)
        made = self._new_table(max(len(table.header), *(len(row.cells) for row in table.rows)), ruled=True)
        if table.header:
            row = made.add_row()
            repeated(row)
            unbroken(row)
            for cell, name in zip(row.cells, table.header, strict=True):
                self._fill(cell, ((Run(name, style="strong"),),))
                shaded(cell, _HEAD_GROUND)
        for printed in table.rows:
            row = made.add_row()
            if max(map(_length, printed.cells)) <= _MOST_UNBROKEN:
                unbroken(row)
            if table.to_fill:
                at_least(row, _TO_FILL)
            for cell, told in zip(row.cells, printed.cells, strict=True):
                self._fill(cell, told.lines, told.mark)
                if table.heat and told.mark in _GROUNDS:
                    shaded(cell, _GROUNDS[told.mark])
            first = row.cells[0].paragraphs[0]
            first.paragraph_format.left_indent = _in_by(printed.depth)
            if printed.anchor:
                self._bookmarks.around(first, printed.anchor)
        if _is_kept(table):
            for row in made.rows[:-1]:
                for paragraph in (p for cell in row.cells for p in cell.paragraphs):
                    paragraph.paragraph_format.keep_with_next = True
        self._set_widths(made, shares(table))
        self._file.add_paragraph().paragraph_format.space_after = 0

    def _new_table(self, columns: int, *, ruled: bool) -> Any:
        from guiju.report.word.markup import padded

        table = self._file.add_table(0, columns, style="Table Grid" if ruled else "Normal Table")
        table.autofit = False
        padded(table)
        return table

    def _set_widths(self, table: Any, parts: Iterable[float]) -> None:
        room = self._width()
        for column, part in zip(table.columns, parts, strict=True):
            column.width = int(room * part)
            for cell in column.cells:
                cell.width = int(room * part)

    def _fill(self, cell: Any, lines: Iterable[tuple[Run, ...]], mark: Mark = "value") -> None:
        """Lines into a cell, the first into the paragraph that is there."""
        for number, line in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.paragraph_format.space_after = 0
            self._write(paragraph, line, mark=mark, size=_SMALL)

    # --- runs ------------------------------------------------------------------------------------------------------

    def _quiet(self, text: str) -> Any:
        paragraph = self._file.add_paragraph()
        _write(paragraph, (Run(text),), quiet=True)
        return paragraph

    def _write(
        self, paragraph: Any, runs: Iterable[Run], *, quiet: bool = False, mark: Mark = "value", size: float = 0
    ) -> None:
        """Runs in their styles; one with a link leads to the bookmark of its anchor."""
        from guiju.report.word.markup import link

        for run in runs:
            _write(paragraph, (run,), quiet=quiet, mark=mark, size=size)
            if run.link:
                made = paragraph.runs[-1]._r  # noqa: SLF001 - python-docx has no name for it
                place = paragraph._p  # noqa: SLF001
                place.append(link(self._bookmarks.name(run.link.removeprefix("#")), iter((made,))))


def _write(paragraph: Any, runs: Iterable[Run], *, quiet: bool = False, mark: Mark = "value", size: float = 0) -> None:
    """Runs in their styles; `size` in points, 0 for that of the paragraph."""
    from docx.shared import Pt, RGBColor

    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold = run.style == "strong" or None
        made.font.size = Pt(size) if size else None
        if run.style == "code":
            made.font.name, made.font.size = "Courier New", Pt(8)
        if quiet or run.style == "quiet":
            made.font.size, made.font.color.rgb = Pt(_SMALL), RGBColor.from_string(_QUIET)
        elif mark in _COLOURS:
            made.font.color.rgb = RGBColor.from_string(_COLOURS[mark])


def _is_blank(part: Any) -> bool:
    """Whether a head or a foot has neither text nor picture nor field nor table."""
    from docx.oxml.ns import qn

    return not part.tables and not any(True for p in part.paragraphs for _ in p._p.iter(qn("w:r")))  # noqa: SLF001


def _dotted(paragraph: Any, width: int) -> None:
    """A tab stop at the right edge, with dots up to it."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _in_by(depth: int) -> Any:
    from docx.shared import Cm

    return Cm(0.35 * depth) if depth else None


def _is_kept(table: Table) -> bool:
    """Whether a table is short enough to stand on one page as a whole."""
    longest = (max(map(_length, row.cells)) for row in table.rows)
    return len(table.rows) <= _MOST_ROWS_KEPT and sum(longest) <= _MOST_UNBROKEN


def _length(cell: Cell) -> int:
    return sum(len(run.text) for line in cell.lines for run in line)


def _number(value: Any) -> str:
    """An end of a band, for people."""
    return f"{float(value):g}"
