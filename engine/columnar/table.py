"""One batch on its way through a plan: columns to planes, the kernel block by block, single rows to the evaluator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from guiju.compiler.ir import TruthType, Value, Verdict
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.columnar.alone import RowByRow
from guiju.engine.columnar.answers import Gates, Part, Told, gates_of, put_asked, told_of
from guiju.engine.columnar.circuit import EMPTY, Circuit, Kernel
from guiju.engine.columnar.columns import WORD, Rows, Words, columns_of, plane, rows_of, rows_with
from guiju.engine.columnar.compared import Results, results_of
from guiju.engine.columnar.leaves import Compared, NotInColumnsError, Verdicts
from guiju.engine.columnar.letters import May, Shape, Stated, Values
from guiju.engine.columnar.target import Target
from guiju.engine.possible import Possible
from guiju.engine.rows import layout

if TYPE_CHECKING:
    from guiju.engine.columnar.plan import Plan

BLOCK = 2_048  # words that one pass of the kernel goes over; its buffers then stay in the cache


@dataclass(frozen=True)
class Laid:
    """Operations for one shape of table: a kernel, and where it gives what is told of each target."""

    kernel: Kernel
    gates: Mapping[str, Gates]
    wanted: tuple[int, ...]


class Table:
    """One batch on its way through a plan."""

    def __init__(self, plan: Plan, batch: pa.RecordBatch, odd: Mapping[int, Mapping[int, object]]) -> None:
        self._plan, self._batch, self._odd = plan, batch, odd
        self._rows = batch.num_rows
        self._columns = columns_of(plan.program, batch)
        self._results: dict[Compared, Results] = {}

    def told(
        self, parts: Mapping[str, Sequence[Part]]
    ) -> tuple[dict[str, Told], dict[int, tuple[Diagnostic, ...]], int]:
        """What is told of each target, which rows are rejected, and how many were evaluated by themselves."""
        targets = {a: target for a in parts if isinstance(target := self._plan.target(a, self._columns), Target)}
        laid, planes = self._planes({a: parts[a] for a in targets})
        aside = self._unread()
        for address, target in targets.items():
            aside |= self._doubtful(target) | ~rows_of(planes[laid.gates[address].some], self._rows)
        if len(targets) < len(parts):
            aside[:] = True
        nothing, none = gates_of(self._plan.program, {}, EMPTY, Circuit()), np.zeros(-(-self._rows // WORD), np.uint64)
        told = {
            address: told_of(laid.gates.get(address, nothing), wanted, {EMPTY: none} | planes, self._rows)
            for address, wanted in parts.items()
        }
        return told, self._ask(told, np.flatnonzero(aside)), int(aside.sum())

    def _ask(self, told: Mapping[str, Told], rows: npt.NDArray[np.intp]) -> dict[int, tuple[Diagnostic, ...]]:
        """Have some rows evaluated by themselves; the reasons why some of them have no answer."""
        rejected: dict[int, tuple[Diagnostic, ...]] = {}
        possible: dict[str, dict[int, Possible]] = {address: {} for address in told}
        if not len(rows):
            return rejected
        plan = self._plan
        alone = RowByRow(plan.program, plan.readings, tuple(told), plan.memory, len(rows))
        for row, values in self._values(rows):
            found = alone.answer(values)
            if found.errors:
                rejected[row] = found.errors
            for address in told:
                possible[address][row] = found.possible.get(address, _NOTHING)
        for address in told:
            put_asked(self._plan.program, told[address], possible[address])
        return rejected

    def _values(self, rows: npt.NDArray[np.intp]) -> Iterator[tuple[int, list[object]]]:
        """Some rows as the evaluator takes them."""
        few = {slot: column.array.take(pa.array(rows)).to_pylist() for slot, column in self._columns.items()}
        for i, row in enumerate(map(int, rows)):
            values: list[object] = [None] * len(layout(self._plan.program))
            for slot, listed in few.items():
                values[slot] = listed[i]
            for slot, value in self._odd.get(row, {}).items():
                values[slot] = value
            yield row, values

    def _unread(self) -> Rows:
        aside = np.zeros(self._rows, bool)
        aside[list(self._odd)] = True
        for column in self._columns.values():
            if not column.is_bits or not isinstance(column.slot.type, TruthType | None):
                aside |= column.unread
        return aside

    def _doubtful(self, target: Target) -> Rows:
        aside = np.zeros(self._rows, bool)
        for slot in target.doubtful:
            if slot in self._columns:
                aside |= self._columns[slot].stated
        for slot, verdict in target.decided:
            if slot in self._columns:
                column = self._columns[slot]
                aside |= ~rows_with(column, Verdicts(slot, tuple(Verdict)), frozenset((verdict,)))
        for leaf in target.leaves:
            if isinstance(leaf, Compared):
                if any(slot in self._columns for slot in leaf.slots):
                    aside |= self._compared(leaf, target).aside
                elif leaf.when_open is None:
                    aside[:] = True
        return aside

    def _compared(self, leaf: Compared, target: Target) -> Results:
        if leaf not in self._results:
            case = next(c for c in target.cases if leaf in c.leaves.cut.values())
            self._results[leaf] = results_of(leaf, case.known.network, case.known.values, self._columns, self._rows)
        return self._results[leaf]

    # --- planes --------------------------------------------------------------------------------------------------

    def _planes(self, parts: Mapping[str, Sequence[Part]]) -> tuple[Laid, dict[int, Words]]:
        """The planes that a kernel gives, by gate."""
        bits = frozenset(slot for slot, column in self._columns.items() if column.is_bits)
        is_open = any(self._columns[slot].array.null_count for slot in bits)
        laid = self._plan.laid(parts, Shape(frozenset(self._columns), bits, is_open))
        words = -(-self._rows // WORD)
        results = [np.empty(words, np.uint64) for _ in laid.wanted]
        inputs = self._inputs(laid.kernel, [self._plan.target(a, self._columns) for a in parts])
        buffers = [np.empty(BLOCK, np.uint64) for _ in range(laid.kernel.buffers)]
        for start in range(0, words, BLOCK):
            stop = min(start + BLOCK, words)
            laid.kernel.function(
                [plane_[start:stop] for plane_ in inputs],
                [buffer[: stop - start] for buffer in buffers],
                [result[start:stop] for result in results],
            )
        return laid, dict(zip(laid.wanted, results, strict=True))

    def _inputs(self, kernel: Kernel, targets: Sequence[Target | NotInColumnsError]) -> list[Words]:
        words = -(-self._rows // WORD)
        full = np.full(words, ~np.uint64(0))
        found: list[Words] = []
        for name in kernel.inputs:
            match name:
                case "nothing":
                    found.append(np.zeros(words, np.uint64))
                case "everything":
                    found.append(full)
                case Values(slot):
                    found.append(self._columns[slot].bits[0])
                case Stated(slot) if self._columns[slot].is_bits:
                    stated = self._columns[slot].bits[1]
                    found.append(full if stated is None else stated)
                case Stated(slot):
                    found.append(plane(self._columns[slot].stated))
                case May(leaf, letters):
                    found.append(plane(self._with(leaf, letters, targets)))
        return found

    def _with(self, leaf: Any, letters: frozenset[Value], targets: Sequence[Target | NotInColumnsError]) -> Rows:
        if not isinstance(leaf, Compared):
            return rows_with(self._columns[leaf.slot], leaf, letters)
        target = next(t for t in targets if isinstance(t, Target) and leaf in t.leaves)
        return self._compared(leaf, target).rows_with(letters)


_NOTHING = Possible((), False, ())
