"""A workbook as a value -> the bytes of an XLSX file, the same for the same value: the one door to openpyxl here."""

from __future__ import annotations

import re
from copy import copy
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guiju.exchange.instant import read_day
from guiju.exchange.workbook.layout import Book, Bounds, Cell, Choices, Colour, Radar, Sheet, letters
from guiju.exchange.workbook.package import escaped

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FONT = {"zh": "宋体", "en": "Calibri"}
_HEAD_FONT = {"zh": "黑体", "en": "Calibri"}
_COLOURS = {"good": "D8EFD3", "bad": "F6CFCB", "open": "FCEFC7", "differs": "F8D9A8"}
_SHADED, _HEADED, _GROUPED = "EEF4FA", "D9E2EC", "F2F2F2"
_INPUTS = ("input", "choice", "number", "date")
_LARGEST = "1E+50"  # beyond any number that formulas read
_WHEN = datetime(2000, 1, 1)  # noqa: DTZ001 - a file that is the same every time has no time of its own
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def workbook_bytes(book: Book) -> bytes:
    """The file of a workbook."""
    from openpyxl import Workbook
    from openpyxl.workbook.properties import CalcProperties
    from openpyxl.workbook.protection import WorkbookProtection

    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    made.properties.creator, made.properties.title = "Guiju", book.sheets[0].cells[3, 2].text
    made.properties.created = made.properties.modified = _WHEN
    made.calculation = CalcProperties(fullCalcOnLoad=True)
    made.security = WorkbookProtection(lockStructure=True)
    styles = _Styles(book)
    for sheet in book.sheets:
        _write(made.create_sheet(sheet.name), sheet, styles)
    return _timeless(_saved(made))


def _saved(made: Workbook) -> bytes:
    """The bytes that openpyxl makes of it, without the temporary file for each sheet that it would write."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class Writer(ExcelWriter):
        _archive: ZipFile

        def write_worksheet(self, ws: Any) -> None:  # as openpyxl has it, but for the file
            drawing: Any = SpreadsheetDrawing()
            drawing.charts, drawing.images = ws._charts, ws._images  # noqa: SLF001
            writer: Any = WorksheetWriter(ws, BytesIO())
            writer.write()
            ws._drawing, ws._rels = drawing, writer._rels  # noqa: SLF001
            self._archive.writestr(ws.path[1:], writer.read())
            self.manifest.append(ws)

    out = BytesIO()
    Writer(made, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return out.getvalue()


def _timeless(data: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _WRITTEN.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", part)
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            new.writestr(info, part)
    return out.getvalue()


class _Styles:
    """How cells look, each style made once."""

    def __init__(self, book: Book) -> None:
        from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

        font, head = _FONT[book.language], _HEAD_FONT[book.language]
        thin = Side(style="thin", color="C4CBD3")
        box = Border(left=thin, right=thin, top=thin, bottom=thin)
        wrap, middle = (Alignment(wrap_text=True, vertical=at) for at in ("top", "center"))
        looks: dict[str, dict[str, Any]] = {
            "title": {"font": Font(name=head, size=16, bold=True)},
            "subtitle": {"font": Font(name=font, size=12)},
            "head": {"font": Font(name=head, size=9, bold=True), "fill": _HEADED, "border": box, "alignment": middle},
            "group": {"font": Font(name=head, size=10, bold=True), "fill": _GROUPED},
            "text": {"border": box, "alignment": wrap},
            "note": {"font": Font(name=font, size=9, color="5A6572"), "alignment": Alignment(vertical="top")},
            "hint": {"font": Font(name=font, size=9, color="5A6572"), "alignment": wrap},
            "input": {"fill": _SHADED, "border": box, "alignment": wrap, "open": True, "format": "@"},
            "choice": {"fill": _SHADED, "border": box, "alignment": wrap, "open": True, "format": "@"},
            "number": {"fill": _SHADED, "border": box, "alignment": wrap, "open": True},
            "date": {"fill": _SHADED, "border": box, "alignment": wrap, "open": True, "format": "yyyy-mm-dd"},
            "result": {"font": Font(name=head, size=11, bold=True), "border": box, "alignment": wrap},
            "figure": {"border": box, "alignment": wrap, "format": "0.####"},
            "hidden": {"font": Font(name=font, size=8, color="8A939C")},
        }
        self.named: dict[str, NamedStyle] = {}
        self.arrays: dict[str, Any] = {}
        for name, look in looks.items():
            style = NamedStyle(f"guiju {name}")
            style.font = look.get("font", Font(name=font, size=9))
            style.alignment = look.get("alignment", Alignment(vertical="top"))
            style.border = look.get("border", Border())
            style.number_format = look.get("format", "General")
            style.protection = Protection(locked=not look.get("open", False))
            if "fill" in look:
                style.fill = PatternFill("solid", fgColor=look["fill"])
            self.named[name] = style


def _write(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    for (row, column), cell in sorted(sheet.cells.items()):
        _cell(page, row, column, cell, styles)
    for n, width in enumerate(sheet.widths, 1):
        page.column_dimensions[letters(n)].width = width
    if sheet.state == "visible":
        page.column_dimensions["A"].hidden = True
    for column in sheet.hidden:
        page.column_dimensions[letters(column)].hidden = True
    for row, height in sheet.heights.items():
        page.row_dimensions[row].height = height
    page.sheet_state = sheet.state
    page.freeze_panes = sheet.frozen or None
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    _print_setup(page, sheet)
    for choice in sheet.choices:
        _validate(page, choice)
    for bounds in sheet.bounds:
        _bound(page, bounds)
    for colour in sheet.colours:
        _colour(page, colour)
    for chart in sheet.charts:
        _chart(page, chart)


def _cell(page: Worksheet, row: int, column: int, cell: Cell, styles: _Styles) -> None:
    made: Any = page.cell(row, column)
    known = styles.arrays.get(cell.style)
    if known is None:
        made.style = styles.named[cell.style]
        styles.arrays[cell.style] = copy(made._style)  # noqa: SLF001 - a style by its name is looked up cell by cell
    else:
        made._style = copy(known)  # noqa: SLF001
    if cell.kind == "formula":
        made.value = cell.text
    elif cell.text:
        _fill(made, cell)


def _fill(made: Any, cell: Cell) -> None:
    """A number or a date as what it is; a text never as a formula, whatever it begins with."""
    day = read_day(cell.text) if cell.kind == "date" else None
    if cell.kind == "number":
        made.value, made.data_type = cell.text, "n"  # as a number openpyxl would round it to sixteen digits
    elif type(day) is date:
        made.value = day
        made.number_format = "yyyy-mm-dd"
    else:
        made.value = escaped(cell.text)
        made.data_type = "s"
        if cell.text[:1] in "=+-@":
            made.quotePrefix = True


def _print_setup(page: Any, sheet: Sheet) -> None:
    from openpyxl.worksheet.pagebreak import Break

    page.page_setup.paperSize = 9  # A4
    page.page_setup.orientation = "landscape" if sheet.is_wide else "portrait"
    if sheet.breaks:  # what is fitted to some pages is broken anywhere
        page.page_setup.scale = sheet.scale
        for column in sheet.breaks:
            page.col_breaks.append(Break(id=column - 1))
        for row in sheet.row_breaks:
            page.row_breaks.append(Break(id=row - 1))
        if sheet.beside:
            page.print_title_cols = f"B:{letters(sheet.beside)}"
    else:
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.6, 0.8, 0.4
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P / &N"
    if sheet.repeated:
        page.print_title_rows = f"{sheet.repeated}:{sheet.repeated}"
    if sheet.last_column and not sheet.charts:
        page.print_area = f"B1:{letters(sheet.last_column)}{sheet.rows}"


def _bound(page: Worksheet, bounds: Bounds) -> None:
    """A rule for a number, which asks and does not refuse."""
    from openpyxl.worksheet.datavalidation import DataValidation

    kind: Any = "whole" if bounds.whole else "decimal"
    first = "0" if bounds.never_negative else f"-{_LARGEST}"
    rule = DataValidation(
        type=kind, operator="between", formula1=first, formula2=_LARGEST, allow_blank=True, showErrorMessage=True
    )
    rule.errorStyle, rule.errorTitle, rule.error = "warning", bounds.title, bounds.message
    rule.add(bounds.cell)
    page.add_data_validation(rule)


def _validate(page: Worksheet, choice: Choices) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    formula = choice.area or '"' + ",".join(choice.words) + '"'
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    for cell in choice.cells:
        rule.add(cell)
    page.add_data_validation(rule)


def _colour(page: Worksheet, colour: Colour) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", bgColor=_COLOURS[colour.colour])
    rule = FormulaRule(formula=[colour.formula], fill=fill)  # type: ignore[no-untyped-call]
    page.conditional_formatting.add(colour.cells, rule)


def _chart(page: Worksheet, radar: Radar) -> None:
    from openpyxl.chart import RadarChart, Reference, Series

    column, first, last = radar.names
    chart: Any = RadarChart()
    chart.type, chart.style, chart.title = "marker", 26, radar.title
    chart.height, chart.width = 10.5, 15
    for title, values in radar.series:
        series = Series(Reference(page, min_col=values, min_row=first, max_row=last), title=title)
        chart.series.append(series)
    chart.visible_cells_only = False  # the cells of a chart stand in hidden columns
    chart.set_categories(Reference(page, min_col=column, min_row=first, max_row=last))
    chart.legend.position = "b"
    chart.y_axis.scaling.min = 0
    chart.x_axis.delete = chart.y_axis.delete = False
    page.add_chart(chart, radar.at)
