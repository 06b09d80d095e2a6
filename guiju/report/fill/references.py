"""What formulas, names, areas and charts of a spreadsheet refer to, as rows come in below one row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_REFERENCE = re.compile(
    rf'"(?:[^"]|"")*"|\[[^\]]*\]|(?<![\w.$])(?P<sheet>{_SHEET})?'
    rf"(?:(?P<first>{_CELL})(?::(?P<last>{_CELL}))?|(?P<row>\$?[0-9]{{1,7}}):(?P<end>\$?[0-9]{{1,7}}))(?![\w(.!])"
)
_ROW = re.compile(r"(\$?)([0-9]+)$")


@dataclass(frozen=True)
class Growth:
    """So many rows come in below a row of a sheet."""

    sheet: str
    row: int
    by: int

    def place(self, row: int) -> int:
        """Where a row is then."""
        return row + self.by if row > self.row else row

    def end(self, row: int) -> int:
        """Where an area ends then: one that ended with the row takes in those that came."""
        return row + self.by if row >= self.row else row


def grown(formula: str, sheet: str, growth: Growth) -> str:
    """A formula on a sheet, after rows came in; areas that have the row grow with it."""

    def moved(found: re.Match[str]) -> str:
        named = found["sheet"]
        meant = sheet if named is None else named[:-1].strip("'").replace("''", "'")
        if meant.casefold() != growth.sheet.casefold():
            return found[0]
        return (named or "") + _area(found, growth)

    return _each(formula, moved)


def _area(found: re.Match[str], growth: Growth) -> str:
    first, last = found["first"] or found["row"], found["last"] or found["end"]
    if last is None:
        return _renumbered(first, growth.place)
    return f"{_renumbered(first, growth.place)}:{_renumbered(last, growth.end)}"


def area_grown(area: str, growth: Growth) -> str:
    """An area such as `B5:C5`, or several with blanks between: one that ends with the row takes in those that came."""

    def one(text: str) -> str:
        first, _, last = text.partition(":")
        start, end = _renumbered(first, growth.place), _renumbered(last or first, growth.end)
        return start if start == end else f"{start}:{end}"

    return " ".join(one(text) for text in area.split())


def copied(formula: str, down: int) -> str:
    """A formula as it is copied so many rows further down: what has no `$` before its row goes with it."""

    def moved(found: re.Match[str]) -> str:
        first, last = found["first"] or found["row"], found["last"] or found["end"]
        ends = [_relative(text, down) for text in (first, last) if text is not None]
        return (found["sheet"] or "") + ":".join(ends)

    return _each(formula, moved)


def _each(formula: str, change: Callable[[re.Match[str]], str]) -> str:
    """A formula with each reference changed; texts and names of columns in brackets stay."""
    return _REFERENCE.sub(lambda f: change(f) if f["first"] or f["row"] else f[0], formula)


def _renumbered(cell: str, place: Callable[[int], int]) -> str:
    return _ROW.sub(lambda found: f"{found[1]}{place(int(found[2]))}", cell)


def _relative(cell: str, down: int) -> str:
    return _ROW.sub(lambda found: found[0] if found[1] else str(int(found[2]) + down), cell)
