"""A batch of a table -> a batch for the engine: rows that state something impossible apart, with every reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pyarrow as pa

from guiju.batch.cell import CellValue
from guiju.batch.column import column_of
from guiju.batch.heading import Heading
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.layout import layout


@dataclass(frozen=True)
class WrongCell:
    """A cell that states nothing its column could. `row` is its place in the batch."""

    row: int
    column: str
    text: str
    why: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Clean:
    """The rows that can be evaluated, in their order. `rows`: where each stood in the batch.

    `batch` has the columns that the table has, in the order of the layout, each in the form of `column.Column`. `odd`:
    by place in `batch`, the slots whose value none of its columns holds.
    """

    batch: pa.RecordBatch
    rows: np.ndarray
    odd: Mapping[int, Mapping[int, CellValue]]
    wrong: tuple[WrongCell, ...]
    first: int = 0  # the place of the batch's first row in the run

    def take(self, at: np.ndarray) -> Clean:
        """Some of the rows, by their places in `batch`, in this order."""
        odd = {new: self.odd[int(old)] for new, old in enumerate(at) if int(old) in self.odd}
        return Clean(self.batch.take(pa.array(at)), self.rows[at], odd, self.wrong, self.first)

    def values(self, program: Program, at: int) -> list[object]:
        """One of the rows as `engine.rows` has it."""
        row: list[object] = [None] * len(layout(program))
        places = {slot.name: i for i, slot in enumerate(layout(program))}
        for name, column in zip(self.batch.schema.names, self.batch.columns, strict=True):
            row[places[name]] = column[at].as_py()
        for index, value in self.odd.get(at, {}).items():
            row[index] = value
        return row


def clean(program: Program, heading: Heading, batch: pa.RecordBatch, first: int = 0) -> Clean:
    """Read every cell of a batch; `first` is the place of its first row in the run."""
    slots = layout(program)
    arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
    columns = {index: column_of(program, index, arrays[name]) for name, index in heading.slots}
    named = {index: name for name, index in heading.slots}
    wrong = tuple(
        sorted(
            (
                WrongCell(row, named[index], text, why)
                for index, column in columns.items()
                for row, (text, why) in column.wrong.items()
            ),
            key=lambda cell: cell.row,
        )
    )
    made = pa.RecordBatch.from_arrays(
        [column.array for column in columns.values()], [slots[index].name for index in columns]
    )
    kept = np.ones(batch.num_rows, bool)
    kept[[cell.row for cell in wrong]] = False
    rows = np.flatnonzero(kept)
    odd: dict[int, dict[int, CellValue]] = {}
    for index, column in columns.items():
        for row, value in column.odd.items():
            if kept[row]:
                odd.setdefault(int(np.searchsorted(rows, row)), {})[index] = value
    return Clean(made if not wrong else made.filter(pa.array(kept)), rows, odd, wrong, first)


def in_common(cleaned: Sequence[Clean]) -> tuple[Clean, ...]:
    """The rows that can be evaluated on every side, of one batch as several programs read it."""
    rows = reduce(np.intersect1d, (c.rows for c in cleaned))
    return tuple(c if len(c.rows) == len(rows) else c.take(np.searchsorted(c.rows, rows)) for c in cleaned)
