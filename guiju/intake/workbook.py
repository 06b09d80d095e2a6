"""An Excel file -> its sheets as rows of texts: merged cells filled downwards, what is hidden told, within limits."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZipFile

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.damage import DAMAGED
from guiju.exchange.number_format import BUILT_IN, Form, cell_text, form_of
from guiju.intake.catalog import Unread, filled
from guiju.intake.codes import DAMAGED_DOCUMENT, TOO_MANY_ROWS

LARGEST = 256 * 1024 * 1024  # bytes of a workbook, unpacked
WHOLE = 8 * 1024 * 1024  # bytes, unpacked: up to here merged and hidden cells are looked at, which takes the whole file
MOST_ROWS = 20_000  # of all sheets: a row is a line of the policy or more, and that has forty thousand
MOST_COLUMNS = 64
MOST_MERGED = 200_000  # cells in merged areas
EMPTY_ROWS = 1_000  # in a row: then the sheet is taken to end

Row: TypeAlias = tuple[str, ...]

_DECIMALS = re.compile(r"0\.(0+)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CHUNK = 1024 * 1024  # bytes read at a time
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})")
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_TWICE = Text("有一张表里 {name} 这一格出现两次", "a sheet has the cell {name} twice")
_TOO_LARGE = Text("解压后超过 {n} MB", "more than {n} MB unpacked")
_NO_WORKBOOK = Text("不是 Excel 工作簿，或不完整", "it is no Excel workbook, or not all of one")
_HIDDEN_SHEET = Text("工作表是隐藏的，照样带过来", "the sheet is hidden; it was carried over all the same")
_HIDDEN_ROW = Text("这一行是隐藏的，照样带过来", "the row is hidden; it was carried over all the same")
_FAR_ROWS = Text(
    "第 {n} 行之前有一千个空行，往后没有读", "a thousand empty rows stand before row {n}; what is behind was not read"
)
_FAR_COLUMNS = Text("第 {n} 列之后没有读", "columns behind column {n} were not read")
_CHART = Text("图表工作表，没有带过来", "a sheet that is a chart; it was not carried over")
_NO_VALUE = Text(
    "公式没有存下算出的值，当作空的；在 Excel 里打开再保存一次",
    "the formula was saved without its value and taken for empty; open the workbook in Excel and save it again",
)
_ERROR = Text("格子里是错误值，当作空的", "the cell holds an error value and was taken for empty")
_NOT_LOOKED = Text(
    "文件太大，没有看合并的单元格和隐藏的行", "the file is too large to look at merged cells and hidden rows"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name: its rows from the first one on, each cell as it shows, and what to tell of it.

    `numbers` are the cells (row from 1, column from 0) that hold a number, which ends with no zero: 4.10 is 4.1 there.
    `broken` are those whose text has several lines, with these.
    """

    name: str
    rows: tuple[Row, ...]
    unread: tuple[Unread, ...]
    numbers: frozenset[tuple[int, int]] = frozenset()
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


def read_sheets(
    path: Path, show: Callable[[Any], str] | None = None
) -> tuple[tuple[Sheet, ...], tuple[Unread, ...]] | Diagnostic:
    """Every sheet of a workbook and what is told of the rest of it, or why it cannot be read.

    Formulas count as the values they were saved with. `show`: what a cell says, where it is not what it shows.
    """
    from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

    damaged: tuple[type[Exception], ...] = (*DAMAGED, CellCoordinatesException, InvalidFileException)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names parts of a workbook that no list of requirements needs
        try:
            return _read(path, show or _shown)
        except damaged:
            return _damaged(path, _NO_WORKBOOK)


def _read(path: Path, show: Callable[[Any], str]) -> tuple[tuple[Sheet, ...], tuple[Unread, ...]] | Diagnostic:
    with ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > LARGEST:
            return _damaged(path, filled(_TOO_LARGE, n=LARGEST // (1024 * 1024)))
        if size <= WHOLE and (twice := _cell_twice(archive)):
            return _damaged(path, filled(_TWICE, name=twice))
        is_whole = size <= WHOLE and _cells_merged(archive) <= MOST_MERGED
        has_formulas = any(_has_formula(archive, part) for part in archive.namelist() if "worksheets/" in part)
    book, charts = _opened(path, is_whole, data_only=True)
    formulas = _formulas(path, is_whole) if has_formulas else {}
    sheets: list[Sheet] = []
    for sheet in book.worksheets:
        left = MOST_ROWS - sum(len(found.rows) for found in sheets)
        made = _sheet(sheet, left, show, formulas.get(sheet.title, {}), is_whole=is_whole)
        if len(made.rows) > left:
            arguments = (("limit", MOST_ROWS),)
            return Diagnostic(TOO_MANY_ROWS, Span(Source(str(path), ""), 0, 0), arguments)
        sheets.append(made)
    return tuple(sheets), tuple(Unread(name, "", "aside", _CHART) for name in charts)


def _opened(path: Path, is_whole: bool, *, data_only: bool) -> tuple[Any, tuple[str, ...]]:
    """The workbook, and the names of its sheets that are charts, which are not taken apart."""
    from openpyxl.reader.excel import ExcelReader

    charts: list[str] = []

    class Reader(ExcelReader):
        def read_chartsheet(self, sheet: Any, _rel: Any) -> None:
            charts.append(sheet.name)

    reader = Reader(path, read_only=not is_whole, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb, tuple(charts)


def _has_formula(archive: ZipFile, part: str) -> bool:
    behind = b""
    with archive.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            if _FORMULA.search(behind + chunk):
                return True
            behind = chunk[-64:]
    return False


def _last(sheet: Any) -> int:
    """The last row to look at: beyond those that a sheet has, cells would be made."""
    most = MOST_ROWS + EMPTY_ROWS + 1
    return min(sheet.max_row or most, most)


def _width(sheet: Any) -> int:
    return min(sheet.max_column or MOST_COLUMNS, MOST_COLUMNS)


def _formulas(path: Path, is_whole: bool) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas of each sheet by its name: by row and column, both from 1, within what is read of a sheet."""
    book, _ = _opened(path, is_whole, data_only=False)
    return {
        sheet.title: {
            (n, i): str(getattr(cell.value, "text", None) or cell.value)
            for n, cells in enumerate(sheet.iter_rows(max_row=_last(sheet), max_col=_width(sheet)), 1)
            for i, cell in enumerate(cells, 1)
            if cell.data_type == "f"
        }
        for sheet in book.worksheets
    }


def address(sheet: str, column: int, row: int) -> str:
    """How Excel calls a cell: the column counts from 0, the row from 1."""
    from openpyxl.utils import get_column_letter

    return f"{sheet}!{get_column_letter(column + 1)}{row}"


def _cell_twice(archive: ZipFile) -> str:
    """A cell that one sheet has twice, as no spreadsheet writes it: of the two, one would go without a word."""
    for part in archive.namelist():
        if "worksheets/" in part:
            counts = Counter(_CELL.findall(archive.read(part)))
            if found := next((cell for cell, number in counts.items() if number > 1), b""):
                return found.decode()
    return ""


def _cells_merged(archive: ZipFile) -> int:
    """How many cells the merged areas of all sheets have, which would all be made: one can cover a whole sheet."""
    from openpyxl.worksheet.cell_range import CellRange

    sheets = (archive.read(part) for part in archive.infolist() if "worksheets/" in part.filename)
    areas = (CellRange(found[1].decode()).size for data in sheets for found in _MERGED.finditer(data))
    return sum(area["columns"] * area["rows"] for area in areas)


def _damaged(path: Path, reason: Text) -> Diagnostic:
    arguments = (("name", path.name), ("reason", reason))
    return Diagnostic(DAMAGED_DOCUMENT, Span(Source(str(path), ""), 0, 0), arguments)


def _sheet(
    sheet: Any, left: int, show: Callable[[Any], str], formulas: Mapping[tuple[int, int], str], *, is_whole: bool
) -> Sheet:
    """A sheet up to one row more than may be left, so that too many can be seen."""
    width, height = sheet.max_column or MOST_COLUMNS, sheet.max_row or left + EMPTY_ROWS
    merged = _merged(sheet, show) if is_whole else {}
    rows: list[Row] = []
    empty_cells: list[Unread] = []
    numbers: set[tuple[int, int]] = set()
    broken: dict[tuple[int, int], str] = {}
    empty = 0
    last = min(height, left + EMPTY_ROWS + 1)
    for n, cells in enumerate(sheet.iter_rows(max_row=last, max_col=min(width, MOST_COLUMNS)), 1):
        row = tuple(merged.get((n, i)) or show(cell) for i, cell in enumerate(cells, 1))
        empty_cells += _without_value(sheet.title, n, cells, formulas)
        numbers |= {(n, i) for i, cell in enumerate(cells) if isinstance(cell.value, float)}
        broken |= {(n, i): c.value for i, c in enumerate(cells) if isinstance(c.value, str) and "\n" in c.value.strip()}
        empty = 0 if any(row) else empty + 1
        rows.append(row)
        if empty == EMPTY_ROWS or len(rows) - empty > left:
            break
    read = len(rows)
    told = (*_told(sheet, rows, is_whole), *empty_cells)
    if read < height and empty == EMPTY_ROWS:
        told = (*told, Unread(f"{sheet.title}!{read}", "", "unclear", filled(_FAR_ROWS, n=read + 1)))
    if width > MOST_COLUMNS:
        told = (*told, Unread(sheet.title, "", "unclear", filled(_FAR_COLUMNS, n=MOST_COLUMNS)))
    return Sheet(sheet.title, tuple(rows[: read - empty]), told, frozenset(numbers), broken)


def _without_value(
    sheet: str, n: int, cells: tuple[Any, ...], formulas: Mapping[tuple[int, int], str]
) -> Iterator[Unread]:
    """The cells of a row whose value is not known: of a formula without a saved one, and of an error."""
    for i, cell in enumerate(cells):
        if cell.data_type == "e":
            yield Unread(address(sheet, i, n), str(cell.value), "unclear", _ERROR)
        elif cell.value is None and (n, i + 1) in formulas:
            yield Unread(address(sheet, i, n), formulas[n, i + 1], "unclear", _NO_VALUE)


def _merged(sheet: Any, show: Callable[[Any], str]) -> dict[tuple[int, int], str]:
    """The cells below the first one of a merged column, which show its value, by row and column."""
    found: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        shown = show(sheet.cell(area.min_row, area.min_col))
        rows = range(area.min_row + 1, min(area.max_row, MOST_ROWS) + 1)
        found |= dict.fromkeys(((row, area.min_col) for row in rows), shown)
    return found


def _told(sheet: Any, rows: list[Row], is_whole: bool) -> Iterator[Unread]:
    if sheet.sheet_state != "visible":
        yield Unread(sheet.title, "", "choice", _HIDDEN_SHEET)
    if not is_whole:
        yield Unread(sheet.title, "", "choice", _NOT_LOOKED)
        return
    for n, row in enumerate(rows, 1):
        if any(row) and n in sheet.row_dimensions and sheet.row_dimensions[n].hidden:
            yield Unread(f"{sheet.title}!{n}", " ".join(filter(None, row)), "choice", _HIDDEN_ROW)


def _shown(cell: Any) -> str:
    """What a cell shows, on one line: the number 4.1 under the format `0.00` is 4.10, the number of another clause.

    A Boolean value is a tick or nothing, an error nothing.
    """
    value = None if cell.data_type == "e" else cell.value
    if isinstance(value, bool):
        return "true" if value else ""
    decimals = _DECIMALS.fullmatch(cell.number_format) if isinstance(value, float) else None
    shown = f"{value:.15g}" if isinstance(value, float) else "" if value is None else str(value)
    text = f"{value:.{len(decimals[1])}f}" if decimals else shown
    return " ".join(text.split())


def as_stated(cell: Any) -> str:
    """What a cell says: a Boolean value yes or no, a date as ISO 8601 has it, a percentage with its sign, exactly.

    A number has the 15 digits that a spreadsheet has. Lines of a text stay lines.
    """
    value = None if cell.data_type == "e" else cell.value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case int() | float():
            return _number(value, cell)
    return "\n".join(" ".join(line.split()) for line in str(value).splitlines()).strip()


def _number(value: float, cell: Any) -> str:
    digits, form = str(value) if isinstance(value, int) else f"{value:.15g}", _form(cell)
    if form not in ("percentage", "day"):
        return digits
    from openpyxl.utils.datetime import MAC_EPOCH

    counts_from_1904 = cell.parent.parent.epoch == MAC_EPOCH
    return cell_text(digits, form, counts_from_1904=counts_from_1904) or digits


def _form(cell: Any) -> Form:
    """What a cell shows its number as; openpyxl knows some of the formats that no file spells out."""
    style = cell.style_array if hasattr(cell, "style_array") else cell._style  # noqa: SLF001 - it has no other name
    return BUILT_IN.get(style.numFmtId) or form_of(str(cell.number_format))
