"""Batches of a table -> answered batches in the same order: by this process as long as it is quick, else by all cores.

How quick it is the first rows tell. Beside this process as many others work as there are cores, each for a moment on so
many rows, and no more of these are on their way than are needed to keep all busy: memory does not grow with the table.
"""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from guiju.batch.answers import Counts, Engine
from guiju.batch.clean import WrongCell, clean, in_common
from guiju.batch.copied import plain, texts
from guiju.batch.heading import Heading
from guiju.compiler.ir import Program
from guiju.processes import end_with_the_starter

if TYPE_CHECKING:
    from concurrent.futures import Future

_TRIAL = 512  # rows by which it is found out how quick one process is, behind as many with which it warms up
_AT_ONCE = 0.01  # seconds: where those took longer, this process answers so many rows at a time as well
_PIECE = 32_768
_QUICK = 400_000  # rows a second that are read and handed over
_HANDED = 100_000_000  # bytes a second that another process hands back
_AT_LEAST = 0.25  # seconds that are no sign of slowness: what a batch takes however few rows it has, on a busy machine
_LONGEST = 1 << 40  # rows; no table has more
_SHARE = 2_048  # rows that a process gets at a time, or so many as are answered in _MOMENT
_MOMENT = 0.25  # seconds


class WorkerEnded(Exception):  # noqa: N818 - no error of ours: somebody ended a process
    """A process that answered rows is gone."""


@dataclass(frozen=True)
class Worked:
    """Some rows of a table: how many, which of them are answered (from 0), how, and what is wrong with the others."""

    size: int
    rows: np.ndarray
    answers: pa.RecordBatch
    kept: pa.RecordBatch  # the columns that are copied, of the rows answered
    ids: pa.Array | None  # of all rows
    wrong: tuple[tuple[WrongCell, str | None], ...]  # each with the id of its row
    tally: Counts


@dataclass(frozen=True)
class Work:
    """All that answering a batch takes. `engine` makes the engine, once in each process.

    `sides` are the programs with the headings by which they read a table: one, or the two editions of a comparison.
    """

    engine: Callable[[], Engine]
    sides: tuple[tuple[Program, Heading], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that any side reads, each once."""
        return tuple(dict.fromkeys(name for _, heading in self.sides for name in heading.columns))

    def do(self, engine: Engine, batch: pa.RecordBatch, first: int = 0) -> Worked:
        """Read every cell and answer every row that can be; `first` is the place of the first one in the run."""
        cleaned = tuple(clean(program, heading, batch, first) for program, heading in self.sides)
        rows = in_common(cleaned)
        answers = engine.answer(*rows)
        heading = self.sides[0][1]
        copied = [n for n in dict.fromkeys((heading.id, *heading.keep)) if n is not None]
        kept = pa.RecordBatch.from_arrays([plain(batch.column(name)) for name in copied], copied)
        ids = None if heading.id is None else batch.column(heading.id)
        at = rows[0].rows if answers.at is None else rows[0].rows[answers.at]
        some = kept if len(at) == batch.num_rows or not copied else kept.take(pa.array(at))
        wrong = {(cell.row, cell.column): cell for side in cleaned for cell in side.wrong}
        by_row = sorted(wrong.values(), key=lambda cell: cell.row)
        names = texts(ids) if ids is not None and wrong else None
        told = tuple((cell, None if names is None else names[cell.row]) for cell in by_row)
        return Worked(batch.num_rows, at, answers.batch, some, ids, told, answers.tally)


def worked(work: Work, batches: Iterable[pa.RecordBatch], jobs: int, table: int = 0) -> Iterator[Worked]:
    """Every batch of a table, in order. `table` is its number in the run: no two rows of a run have one place."""
    engine = work.engine()
    left = _Left(batches, table * _LONGEST)
    if (begun := left.take(_TRIAL)) is None:
        return
    yield work.do(engine, *begun)
    size, rows, seconds, elsewhere = _TRIAL, 0, 0.0, _AT_LEAST
    while (part := left.take(size)) is not None:
        start = time.perf_counter()
        answered = work.do(engine, *part)
        took = time.perf_counter() - start
        yield answered
        if size == _TRIAL:
            size = _LONGEST if took < _AT_ONCE else _PIECE
        rows, seconds = rows + part[0].num_rows, seconds + took
        elsewhere += part[0].num_rows / _QUICK + answered.answers.nbytes / _HANDED  # to hand these over and back
        if jobs > 1 and seconds > elsewhere:
            share = max(_SHARE, int(rows / seconds * _MOMENT))
            yield from _by_all_cores(work, engine, left.shares(share), jobs)


class _Left:
    """The rows that are still to be answered, each batch with the place of its first row."""

    def __init__(self, batches: Iterable[pa.RecordBatch], first: int) -> None:
        self._coming = iter(batches)
        self._place = first
        self._batch: pa.RecordBatch | None = None

    def take(self, most: int) -> tuple[pa.RecordBatch, int] | None:
        """The next rows of one batch, no more than so many; None behind the last."""
        batch = next(self._coming, None) if self._batch is None else self._batch
        if batch is None:
            return None
        place, part = self._place, batch.slice(0, most)
        self._place += part.num_rows
        self._batch = batch.slice(part.num_rows) if part.num_rows < batch.num_rows else None
        return part, place

    def shares(self, rows: int) -> Iterator[tuple[pa.RecordBatch, int]]:
        """All that is left, so many rows of one batch at a time."""
        while (share := self.take(rows)) is not None:
            yield share


def _by_all_cores(
    work: Work, engine: Engine, shares: Iterator[tuple[pa.RecordBatch, int]], jobs: int
) -> Iterator[Worked]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A fork has policy and engine at once; elsewhere the work goes there, and an engine is made of it.
    can_fork = sys.platform == "linux"
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    others = frozenset(child.pid for child in multiprocessing.active_children())
    with ProcessPoolExecutor(jobs, context, _begin, (work, engine if can_fork else None)) as pool:
        waiting: deque[Future[Worked]] = deque()
        try:
            for share, before in shares:
                waiting.append(pool.submit(_share, _packed(share), before))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException as error:  # nobody waits for what they are at
            for child in multiprocessing.active_children():
                if child.pid not in others:
                    child.kill()
            if isinstance(error, BrokenProcessPool):
                raise WorkerEnded from error
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_of_process: list[tuple[Work, Engine]] = []  # set once where a process begins


def _begin(work: Work, engine: Engine | None) -> None:
    for what in (signal.SIGINT, signal.SIGTERM):  # whoever interrupts the command ends it, and it ends these
        signal.signal(what, signal.SIG_IGN)
    end_with_the_starter()
    _of_process[:] = [(work, engine or work.engine())]


def _share(packed: bytes, before: int) -> Worked:
    ((work, engine),) = _of_process
    with pa.ipc.open_stream(packed) as reader:
        return work.do(engine, reader.read_next_batch(), before)


def _packed(batch: pa.RecordBatch) -> bytes:
    """The rows as IPC: pickling a slice would take along the whole batch that it is a slice of."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())
