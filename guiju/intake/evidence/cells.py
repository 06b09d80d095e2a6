"""CSV and Excel files -> tables of cells, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.codes import BYTE_ORDER_MARK
from guiju.exchange.text import read_text
from guiju.intake.catalog import Unread
from guiju.intake.evidence.codes import CSV_SYNTAX, LEFT_UNREAD
from guiju.intake.workbook import address, as_stated, read_sheets

SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile('"((?:[^"]|"")*)"')
_OPEN = Text("引号没有收尾", "a quotation mark is not closed")
_BEHIND = Text("引号后面还有文字", "there is text behind a closing quotation mark")


@dataclass(frozen=True)
class Cell:
    """A text with where it stands: in a file of text, or as a cell of a sheet, which is a source of its own."""

    text: str
    span: Span

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not self.text.strip()


@dataclass(frozen=True)
class Row:
    """A row by its place, `answers.csv:7` or `Answers!7`."""

    place: str
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether none of its cells says anything."""
        return all(cell.is_blank for cell in self.cells)

    @property
    def span(self) -> Span:
        """Its first cell that says something."""
        return next((c.span for c in self.cells if not c.is_blank), self.cells[0].span)

    def quote(self) -> str:
        """What it says, on one line."""
        return " | ".join(" ".join(c.text.split()) for c in self.cells if not c.is_blank)


@dataclass(frozen=True)
class Table:
    """A sheet, or a file of text (then without a name)."""

    name: str | None
    rows: tuple[Row, ...]


def read_tables(path: Path) -> tuple[tuple[Table, ...] | None, tuple[Diagnostic, ...]]:
    """The tables of a file by its name's ending. None where it cannot be read; what a reader leaves out is an error."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _sheets(path)
    text, found = read_text(path)
    if text is None:
        return None, found
    told = tuple(d for d in found if d.code is not BYTE_ORDER_MARK)  # as Excel marks UTF-8
    table, wrong = parse_csv(text.source)
    return (None if table is None else (table,)), (*told, *wrong)


# --- Excel ---------------------------------------------------------------------------------------------------------


def _sheets(path: Path) -> tuple[tuple[Table, ...] | None, tuple[Diagnostic, ...]]:
    read = read_sheets(path, as_stated)
    if isinstance(read, Diagnostic):
        return None, (read,)
    sheets, beside = read
    tables = []
    for sheet in sheets:
        rows = (
            Row(f"{sheet.name}!{n}", tuple(_cell(path, sheet.name, i, n, text) for i, text in enumerate(row)))
            for n, row in enumerate(sheet.rows, 1)
        )
        tables.append(Table(sheet.name, tuple(rows)))
    unread = [*beside, *(unread for sheet in sheets for unread in sheet.unread)]
    return tuple(tables), tuple(_left(path, each) for each in unread if each.reason == "unclear")


def _cell(path: Path, sheet: str, column: int, row: int, text: str) -> Cell:
    return Cell(text, Span(Source(f"{path}!{address(sheet, column, row)}", text, is_cell=True), 0, len(text)))


def _left(path: Path, unread: Unread) -> Diagnostic:
    span = Span(Source(f"{path}!{unread.place}", unread.quote, is_cell=True), 0, len(unread.quote))
    return Diagnostic(LEFT_UNREAD, span, (("why", unread.why),))


# --- CSV -----------------------------------------------------------------------------------------------------------


def parse_csv(source: Source) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    """The table of a text as RFC 4180 has it; the separator is the one that the first line has most of."""
    first = _QUOTED.sub("", source.text.split("\n", 1)[0])
    counts = Counter({sign: first.count(sign) for sign in SEPARATORS})
    separator = counts.most_common(1)[0][0]
    rows: list[Row] = []
    for cells in _lines(source, separator):
        if isinstance(cells, Diagnostic):
            return None, (cells,)
        rows.append(Row(f"{Path(source.name).name}:{cells[0].span.position.line}", tuple(cells)))
    return Table(None, tuple(rows)), ()


def _lines(source: Source, separator: str) -> Iterator[list[Cell] | Diagnostic]:
    text, at = source.text, 0
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    line: list[Cell] = []
    while at < len(text) or line:
        start = at
        if text.startswith('"', at):
            quoted = _QUOTED.match(text, at)
            if quoted is None:
                yield Diagnostic(CSV_SYNTAX, Span(source, at, at + 1), (("problem", _OPEN),))
                return
            at = quoted.end()
            line.append(Cell(quoted[1].replace('""', '"'), Span(source, start, at)))
            if at < len(text) and text[at] not in (separator, "\r", "\n"):
                yield Diagnostic(CSV_SYNTAX, Span(source, at, at + 1), (("problem", _BEHIND),))
                return
        else:
            found = plain.match(text, at)
            at = found.end() if found else at
            line.append(Cell(text[start:at], Span(source, start, at)))
        if text.startswith(separator, at):
            at += 1
            if at == len(text):
                line.append(Cell("", Span(source, at, at)))
                yield line
                return
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        yield line
        line = []
