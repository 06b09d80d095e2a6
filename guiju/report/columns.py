"""How wide the columns of a table are on paper: each takes what its cells ask for, within what a sheet has."""

from __future__ import annotations

import re

from guiju.report.document import Cell, Table
from guiju.report.layout import width

_ROOM = 96  # letters that a line of a table has room for
_LEAST, _MOST, _PADDING = 6, 60, 4
_WORD = re.compile(r"[\x21-\x7e]+|.")
_LONGEST_WORD = 16  # longer ones, such as digests, are broken
_BOLD = 1.25  # how much wider a letter of a heading is


def shares(table: Table) -> tuple[float, ...]:
    """The part of the width of each column; they add up to 1.

    Where the columns ask for more than there is, each gives up the same part of what is beyond its longest word.
    """
    count = max(len(table.header), *(len(row.cells) for row in table.rows))
    heads = table.header or ("",) * count
    columns = [
        [line for row in table.rows if n < len(row.cells) for line in _lines(row.cells[n])] for n in range(count)
    ]
    least = [_longest_word(head, lines) + _PADDING for head, lines in zip(heads, columns, strict=True)]
    asked = [max(_asked(head, lines) + _PADDING, low) for head, lines, low in zip(heads, columns, least, strict=True)]

    over = sum(asked) - sum(least)
    part = min(1, max(0, _ROOM - sum(least)) / over) if over else 0
    given = [low + part * (wish - low) for low, wish in zip(least, asked, strict=True)]
    return tuple(room / sum(given) for room in given)


def _asked(head: str, lines: list[str]) -> float:
    """What a column asks for: its longest line, but no more than twice what most of its lines need."""
    lengths = sorted(map(width, lines)) or [0]
    usual = lengths[len(lengths) * 3 // 4]
    return min(max(width(head) * _BOLD, usual, lengths[-1] // 2, _LEAST), _MOST)


def _longest_word(head: str, lines: list[str]) -> float:
    return max(_word(head) * _BOLD, *map(_word, lines), 0)


def _lines(cell: Cell) -> list[str]:
    return ["".join(run.text for run in line) for line in cell.lines]


def _word(text: str) -> int:
    return min(max(map(width, _WORD.findall(text)), default=0), _LONGEST_WORD)
