"""How wide the columns of a table are on paper: each takes what its cells ask for, within bounds."""

from __future__ import annotations

import re

from guiju.report.document import Cell, Table
from guiju.report.layout import width

_LEAST, _MOST, _PADDING = 6, 40, 4
_WORD = re.compile(r"[\x21-\x7e]+|.")
_LONGEST_WORD = 16  # longer ones, such as digests, are broken


def shares(table: Table) -> tuple[float, ...]:
    """The part of the width of each column; they add up to 1."""
    count = max(len(table.header), *(len(row.cells) for row in table.rows))
    heads = [max(width(name), _word(name)) for name in table.header] or [0] * count
    columns = [[row.cells[n] for row in table.rows if n < len(row.cells)] for n in range(count)]
    asked = [_asked(cells, head) for cells, head in zip(columns, heads, strict=True)]
    return tuple(room / sum(asked) for room in asked)


def _asked(cells: list[Cell], head: int) -> int:
    """What a column asks for: its longest line, but no more than most of its cells need, and never less than a word."""
    lengths = sorted(max((width(line) for line in _lines(cell)), default=0) for cell in cells)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    word = max((_word(line) for cell in cells for line in _lines(cell)), default=0)
    return min(max(head, usual, word, lengths[-1] // 2 if lengths else 0, _LEAST), _MOST) + _PADDING


def _lines(cell: Cell) -> list[str]:
    return ["".join(run.text for run in line) for line in cell.lines]


def _word(text: str) -> int:
    return min(max(map(width, _WORD.findall(text)), default=0), _LONGEST_WORD)
