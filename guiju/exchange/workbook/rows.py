"""The rows of a list in a file: those of the questionnaire, and those that somebody wrote below or between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guiju.exchange.workbook.package import RawCell, RawSheet
from guiju.exchange.workbook.registers import Register

_ROW = re.compile("[0-9]{1,6}")


@dataclass(frozen=True)
class Numbered:
    """A sheet in which every filled row of its list has a mark; how many rows there are, and which were added."""

    sheet: RawSheet
    number: int
    added: tuple[int, ...]


def numbered(sheet: RawSheet, register: Register) -> Numbered:
    """Mark the filled rows below the headings that have no mark as the next ones of the list, in their order."""
    marks = {row: cell.text for (row, column), cell in sheet.cells.items() if column == 1}
    start = f"{register.row}:"
    told = (text.removeprefix(start) for text in marks.values() if text.startswith(start))
    number = max((int(n) for n in told if _ROW.fullmatch(n)), default=0)
    head = min((row for row, text in marks.items() if text == "head"), default=None)
    if head is None:  # that the row of the headings is missing is told
        return Numbered(sheet, number, ())
    columns = range(2, len(register.columns) + 2)
    filled = {row for (row, column), cell in sheet.cells.items() if column in columns and _says(cell)}
    added = tuple(sorted(row for row in filled if row > head and row not in marks))
    made = {(row, 1): RawCell(f"{start}{n}", "text") for n, row in enumerate(added, number + 1)}
    return Numbered(replace(sheet, cells=sheet.cells | made), number + len(added), added)


def _says(cell: RawCell) -> bool:
    return bool(cell.text.strip()) or cell.has_formula
