"""Lines of a CSV file that are no rows, until they are told in their place among the rows; however many, few are held.

Arrow reads on until a line fits, so of a file in which none does all would lie in memory: those that wait go to disk.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from io import SEEK_END, StringIO
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np

_HELD = 1 << 20  # bytes of lines that wait in memory


@dataclass(frozen=True, slots=True)
class Misfit:
    """A line of a CSV file that has not as many cells as the head; its row number counts from 1."""

    row: int
    text: str
    found: int
    expected: int

    def cell(self, at: int) -> str | None:
        """The cell at a place, None where the line is too short, or cannot be taken apart."""
        try:
            cells = next(csv.reader(StringIO(self.text, newline="")), [])
        except csv.Error:
            return None
        return cells[at] if at < len(cells) else None


class _Queue:
    """First in, first out: the first one is at hand, those behind it lie in a file once they take up much."""

    def __init__(self) -> None:
        self.first: Misfit | None = None
        self._behind: SpooledTemporaryFile[bytes] | None = None
        self._count = self._read = 0

    def __len__(self) -> int:
        return self._count

    def __del__(self) -> None:  # nobody comes for the rest, where a table is not read to its end
        if self._behind is not None:
            self._behind.close()

    def append(self, line: Misfit) -> None:
        self._count += 1
        if self.first is None:
            self.first = line
            return
        if self._behind is None:
            self._behind, self._read = SpooledTemporaryFile(_HELD), 0  # noqa: SIM115 - lives as long as lines wait
        self._behind.seek(0, SEEK_END)
        self._behind.write(json.dumps(astuple(line)).encode() + b"\n")

    def pop(self) -> Misfit:
        """The first one; there has to be one."""
        line, self.first = self.first, None
        assert line is not None
        self._count -= 1
        if self._behind is not None:
            self._behind.seek(self._read)
            if behind := self._behind.readline():
                self._read += len(behind)
                self.first = Misfit(*json.loads(behind))
            else:
                self._behind.close()
                self._behind = None
        return line


class Misfits:
    """Lines that were left out and not told yet, in the order of the rows, and the numbers of those that were not."""

    def __init__(self) -> None:
        self._found = _Queue()
        self._next = 1

    @property
    def are_waiting(self) -> bool:
        """Whether there are any to be told."""
        return bool(self._found)

    def skip(self, row: Any) -> str:
        """What pyarrow calls for a line of another length, before it gives the batch that the line would be in."""
        self._found.append(Misfit(row.number - 1, row.text, row.actual_columns, row.expected_columns))
        return "skip"

    def before_the_next(self) -> Iterator[Misfit]:
        """Those right before the next row, or behind the last one, which are told as they are taken."""
        while self._found.first is not None and self._found.first.row == self._next:
            self._next += 1
            yield self._found.pop()

    def numbered(self, size: int) -> tuple[np.ndarray, tuple[Misfit, ...]]:
        """The numbers of the next rows, from 1, and the misfits before and between them, which are told so."""
        pieces, passed = [], []
        while self._found.first is not None and (at := self._found.first.row) < self._next + size:
            pieces.append(np.arange(self._next, at))
            size -= at - self._next
            self._next = at + 1
            passed.append(self._found.pop())
        pieces.append(np.arange(self._next, self._next + size))
        self._next += size
        return np.concatenate(pieces), tuple(passed)


class Forgotten(Misfits):
    """Lines that were left out and that nobody asks for."""

    def skip(self, row: Any) -> str:  # noqa: ARG002, D102 - see above
        return "skip"
