"""A table written in HTML inside Markdown -> its rows, each cell in its column and each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.model import Flat
from guiju.draft.superscripts import with_superscripts

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b([^>]*)>(.*?)</t[dh]>", re.DOTALL | re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>|[\r\n\t]")


def html_rows(text: str, start: int, end: int) -> Iterator[Flat]:
    """The rows between two offsets; a cell that goes on from the row above is empty."""
    above: dict[int, int] = {}  # column -> rows that its cell still goes on for
    for row in _ROW.finditer(text, start, end):
        flat, column = Flat("", ()), 0
        for cell in _CELL.finditer(text, *row.span(1)):
            while above.get(column):
                flat, column = _tab(flat, cell.start()), column + 1
                above[column - 1] -= 1
            spans = {kind.lower(): int(number) for kind, number in _SPAN.findall(cell[1])}
            flat = flat.join(_shown(text, *cell.span(2)))
            for _ in range(max(1, spans.get("col", 1))):
                above[column] = max(0, spans.get("row", 1) - 1)
                flat, column = _tab(flat, cell.end() - 1), column + 1
        yield flat.cut(0, max(0, len(flat.text) - 1))


def _tab(flat: Flat, at: int) -> Flat:
    return flat.join(Flat("\t", (at,)))


def _shown(text: str, start: int, end: int) -> Flat:
    whole = with_superscripts(Flat(text[start:end], tuple(range(start, end))))
    return whole.without(tag.span() for tag in _TAG.finditer(whole.text))
