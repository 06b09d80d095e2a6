"""A table written in HTML inside Markdown -> its lines: rows, each cell in its column, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guiju.draft.model import Flat, Line

_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b([^>]*)>(.*?)</t[dh]>", re.DOTALL | re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>")
_NOTHING = Flat("", ())
_BLANKS = re.compile(r"[ \t]*[\r\n]\s*|\t")


def html_lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines between two offsets with the markup that is in them; what stands in no cell, a caption, comes first."""
    rows = list(_ROW.finditer(text, start, end))
    beside, at = Flat("", ()), start
    for cell in (cell for row in rows for cell in _CELL.finditer(text, *row.span(1))):
        beside, at = beside.join(_placed(text, at, cell.start())), cell.end()
    beside = beside.join(_placed(text, at, end))
    if _TAG.sub("", beside.text).strip():
        yield Line(beside)
    yield from (Line(row, is_row=True) for row in _rows(text, rows))


def _rows(text: str, rows: Iterable[re.Match[str]]) -> Iterator[Flat]:
    """The rows, each cell in its column; one that goes on from the row above is empty."""
    above: dict[int, int] = {}  # column -> rows that its cell still goes on for
    for row in rows:
        cells: list[Flat] = []
        for cell in _CELL.finditer(text, *row.span(1)):
            while above.get(len(cells)):
                above[len(cells)] -= 1
                cells.append(_NOTHING)
            spans = {kind.lower(): int(number) for kind, number in _SPAN.findall(cell[1])}
            for part in (_placed(text, *cell.span(2)), *(_NOTHING,) * (spans.get("col", 1) - 1)):
                above[len(cells)] = max(0, spans.get("row", 1) - 1)
                cells.append(part)
        if cells:
            yield in_columns(cells)


def in_columns(cells: Iterable[Flat]) -> Flat:
    """Cells side by side as the row that they are."""
    row = Flat("", ())
    for n, cell in enumerate(cells):
        row = row.join(cell, "\t" if n else "")
    return row


def _placed(text: str, start: int, end: int) -> Flat:
    """Some characters of a text on one line."""
    whole = Flat(text[start:end], tuple(range(start, end)))
    return whole.replaced((*blank.span(), _between(whole.text, blank)) for blank in _BLANKS.finditer(whole.text))


def _between(text: str, blank: re.Match[str]) -> str:
    """A blank, but none where lines meet at a tag or at a Chinese character."""
    beside = text[blank.start() - 1 : blank.start()], text[blank.end() : blank.end() + 1]
    return " " if all(sign.isalnum() and sign < "\u2e80" for sign in beside) else ""
