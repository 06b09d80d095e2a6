"""How loading a policy and answering grow with the standard: 193 requirements, ten and a hundred times as many."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.peers.peer import Loaded, Peer
from benchmarks.printing import seconds
from benchmarks.timing import interleaved
from benchmarks.workload import drawn, program_of, table_of
from guiju.processes import OBJECTS_BETWEEN_COLLECTIONS

if TYPE_CHECKING:
    from guiju.compiler.ir import Program

AIM = 1.1
UNKNOWN = 0.01
LONG = 8.0  # processor seconds: as soon as so many are spent on some rows, no more rows are taken


def grow(modules: Iterable[str], copies: tuple[int, ...], rows: int) -> None:
    """Print a line for each size, and the exponents from the first to the last, as is aimed, and between the last two.

    Of each size as many rows are taken as of the largest, for a batch has a time of its own that its rows share. Cycles
    are looked for as seldom as the command does.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    peers: list[Peer] = [import_module(f"benchmarks.peers.{module}").PEER for module in modules]
    points: dict[str, list[tuple[int, Measured]]] = {peer.name: [] for peer in peers if not peer.missing}
    for number in copies:
        program = program_of(number)
        for peer in peers:
            if not peer.missing:
                found = _measured(peer, program, min(rows, max(1, peer.most // max(copies))))
                points[peer.name].append((len(program.clauses), found))
                print(f"{peer.name}, {len(program.clauses)} items: {found.told}", flush=True)
    for name, line in points.items():
        for (small, a), (large, b) in dict.fromkeys(((line[0], line[-1]), (line[-2], line[-1]))):
            loading, answering, unknown = (
                f"{_exponent(small, x, large, y):.2f}" for x, y in zip(a[:3], b[:3], strict=True)
            )
            told = f"of loading {loading}, of answering {answering}, with {UNKNOWN:.0%} unknown {unknown}"
            print(f"{name}: growth exponent from {small} to {large} items {told} (aim: {AIM})")


def _exponent(small: int, before: float, large: int, after: float) -> float:
    """The power of its size by which what is measured grows."""
    return math.log(after / before) / math.log(large / small)


class Measured(NamedTuple):
    """Seconds to load a policy, of a row of which everything is known, and of one with unknown verdicts.

    `floor`: seconds merely to look at each value of the first, where a row is a sequence of its values. Where
    this grows faster than the standard, it is the memory of the machine, or other work on it, and not the evaluator.
    """

    load: float
    row: float
    open_row: float
    floor: float | None

    @property
    def told(self) -> str:
        """For people."""
        looking = f" (to look at its values {seconds(self.floor)})" if self.floor else ""
        row = f"a row {seconds(self.row)}{looking}, with {UNKNOWN:.0%} unknown {seconds(self.open_row)}"
        return f"load {seconds(self.load)}, {row}"


def _measured(peer: Peer, program: Program, rows: int) -> Measured:
    """All known shows how the work grows; what is unknown may lead to larger sets as well."""
    text = peer.text(program)
    gc.collect()
    start = time.process_time()
    loaded = peer.load(text)
    loading = time.process_time() - start
    taken = {share: _bearable(loaded, program, share, rows) for share in (0.0, UNKNOWN)}
    works = {str(share): _work(loaded, program, share, number) for share, number in taken.items()}
    known_rows = loaded.many(table_of(program, *drawn(program, taken[0.0], 0.0)))
    if isinstance(known_rows, list):
        works["floor"] = partial(_look, known_rows)
    times = interleaved(works, 3)
    known, some_unknown = (times[str(share)] / number for share, number in taken.items())
    return Measured(loading, known, some_unknown, times["floor"] / taken[0.0] if "floor" in times else None)


def _look(rows: Iterable[Iterable[object]]) -> None:
    for row in rows:
        for _ in row:
            pass


def _bearable(loaded: Loaded, program: Program, share: float, most: int) -> int:
    """How many rows are answered in a bearable time, `most` at most: 1, 8, 64, ...

    Where eight times the rows took less than four times as long, it is the batch that takes its time, so more rows are
    taken. What is made at the first row of all is not counted.
    """
    _work(loaded, program, share, 1)()
    rows, before = 1, 0.0
    while rows < most:
        work = _work(loaded, program, share, rows)
        start = time.process_time()
        work()
        taken = time.process_time() - start
        if taken > LONG or (taken > LONG / 8 and 0 < 4 * before < taken):
            break
        rows, before = min(most, 8 * rows), taken
    return rows


def _work(loaded: Loaded, program: Program, share: float, rows: int) -> Callable[[], object]:
    return partial(loaded.levels, loaded.many(table_of(program, *drawn(program, rows, share))))
