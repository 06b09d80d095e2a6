"""One batch on its way through a plan: columns to planes, the kernel block by block, single rows to the evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from guiju.compiler.ir import TruthType, Value, Verdict
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.columnar.answers import Part, Told, gates_of, put_asked, told_of
from guiju.engine.columnar.circuit import EMPTY, Circuit
from guiju.engine.columnar.columns import WORD, Rows, Words, numbers_in, plane, rows_with
from guiju.engine.columnar.laid import Aside, Laid, Order
from guiju.engine.columnar.leaf import Compared, Verdicts
from guiju.engine.columnar.letters import May, Shape, Stated, Values
from guiju.engine.layout import layout

if TYPE_CHECKING:  # the evaluator is only needed where a row is put to it
    from guiju.engine.columnar.compared import Results
    from guiju.engine.columnar.plan import Plan
    from guiju.engine.possible import Possible

BLOCK = 8_192  # words that one pass of the kernel goes over; its buffers then stay in the cache


class Table:
    """One batch on its way through a plan."""

    def __init__(self, plan: Plan, batch: pa.RecordBatch, odd: Mapping[int, Mapping[int, object]]) -> None:
        self._plan, self._batch, self._odd = plan, batch, odd
        self._rows = batch.num_rows
        self._columns = plan.columns(batch)
        self._results: dict[Compared, Results] = {}

    def told(
        self, parts: Mapping[str, tuple[Part, ...]], beside: Mapping[str, tuple[Part, ...]]
    ) -> tuple[dict[str, Told], dict[int, tuple[Diagnostic, ...]], int, frozenset[str]]:
        """What is told of each target, which rows are rejected, how many were evaluated by themselves, what is stated.

        What is `beside` is told where that leaves no row to the evaluator; of what its own column says, as it lies, it
        is only told that this is so.
        """
        laid = self._plan.laid(Order(self._shape, tuple(parts.items()), tuple(beside.items())))
        planes = self._planes(laid)
        nothing, none = gates_of(self._plan.program, {}, EMPTY, Circuit()), np.zeros(-(-self._rows // WORD), np.uint64)
        aside = none.copy() if laid.gates.keys() >= parts.keys() else ~none
        for rows in (*self._unread(), *(rows for a, target in laid.asides.items() for rows in self._left(a, target))):
            aside |= plane(rows)
        for gates in laid.gates.values():
            aside |= ~planes[gates.some]
        asked = dict(parts) | {address: beside[address] for address in laid.gates if address not in parts}
        told = {
            address: told_of(laid.gates.get(address, nothing), wanted, {EMPTY: none} | planes, self._rows)
            for address, wanted in asked.items()
        }
        alone = numbers_in(aside, self._rows)
        return told, self._ask(told, alone), len(alone), laid.stated

    def _ask(self, told: Mapping[str, Told], rows: npt.NDArray[np.intp]) -> dict[int, tuple[Diagnostic, ...]]:
        """Have some rows evaluated by themselves; the reasons why some of them have no answer."""
        rejected: dict[int, tuple[Diagnostic, ...]] = {}
        possible: dict[str, dict[int, Possible]] = {address: {} for address in told}
        if not len(rows):
            return rejected
        from guiju.engine.columnar.alone import NOTHING

        alone = self._plan.alone(tuple(told))
        alone.expect(len(rows))
        for row, values in self._values(rows):
            found = alone.answer(values)
            if found.errors:
                rejected[row] = found.errors
            for address in told:
                possible[address][row] = found.possible.get(address, NOTHING)
        for address in told:
            put_asked(self._plan.program, told[address], possible[address])
        return rejected

    def _values(self, rows: npt.NDArray[np.intp]) -> Iterator[tuple[int, list[object]]]:
        """Some rows as the evaluator takes them."""
        chosen = pa.array(rows)
        columns: list[Iterable[object]] = [repeat(None)] * len(layout(self._plan.program))
        for slot, column in self._columns.items():
            columns[slot] = column.array.take(chosen).to_pylist()
        for row, *values in zip(map(int, rows), *columns, strict=False):  # what is blank in all rows never ends
            for slot, value in self._odd.get(row, {}).items():
                values[slot] = value
            yield row, values

    def _unread(self) -> Iterator[Rows]:
        """The rows that state what planes have no room for."""
        if self._odd:
            odd = np.zeros(self._rows, bool)
            odd[list(self._odd)] = True
            yield odd
        for column in self._columns.values():
            if not column.is_bits or not isinstance(column.slot.type, TruthType | None):
                yield column.unread

    def _left(self, address: str, target: Aside) -> Iterator[Rows]:
        """The rows that a target leaves to the evaluator."""
        for slot, settling in target.doubtful.items():
            if slot in self._columns:
                yield self._columns[slot].stated & ~self._all_stated(settling)
        for slot, verdict in target.decided:
            if slot in self._columns:
                column = self._columns[slot]
                yield ~rows_with(column, Verdicts(slot, tuple(Verdict)), frozenset((verdict,)))
        for case, leaf in target.compared:
            if any(slot in self._columns for slot in leaf.slots):
                yield self._compared(leaf, address, case).aside
            elif leaf.when_open is None:
                yield np.ones(self._rows, bool)

    def _all_stated(self, slots: frozenset[int]) -> Rows:
        """The rows that state something in each of some columns; none of no columns."""
        found = np.full(self._rows, bool(slots) and self._columns.keys() >= slots)
        for slot in slots & self._columns.keys():
            found &= self._columns[slot].stated
        return found

    def _compared(self, leaf: Compared, address: str, case: int) -> Results:
        from guiju.engine.columnar.compared import results_of

        if leaf not in self._results:
            ground = self._plan.ground
            values = ground.values(address, case)
            self._results[leaf] = results_of(leaf, ground.network, values, self._columns, self._rows)
        return self._results[leaf]

    # --- planes --------------------------------------------------------------------------------------------------

    @property
    def _shape(self) -> Shape:
        bits = frozenset(slot for slot, column in self._columns.items() if column.is_bits)
        return Shape(frozenset(self._columns), bits, any(self._columns[slot].array.null_count for slot in bits))

    def _planes(self, laid: Laid) -> dict[int, Words]:
        """The planes that a kernel gives, by gate."""
        words = -(-self._rows // WORD)
        results = [np.empty(words, np.uint64) for _ in laid.wanted]
        inputs = self._inputs(laid)
        buffers = [np.empty(min(BLOCK, words), np.uint64) for _ in range(laid.kernel.buffers)]
        for start in range(0, words, BLOCK):
            stop = min(start + BLOCK, words)
            given = (plane_[start:stop] for plane_ in (*inputs, *results))
            laid.kernel.run([*given, *(buffer[: stop - start] for buffer in buffers)])
        return dict(zip(laid.wanted, results, strict=True))

    def _inputs(self, laid: Laid) -> list[Words]:
        words = -(-self._rows // WORD)
        full = np.full(words, ~np.uint64(0))
        found: list[Words] = []
        for name in laid.kernel.inputs:
            match name:
                case Values(slot):
                    found.append(self._columns[slot].bits[0])
                case Stated(slot) if self._columns[slot].is_bits:
                    stated = self._columns[slot].bits[1]
                    found.append(full if stated is None else stated)
                case Stated(slot):
                    found.append(plane(self._columns[slot].stated))
                case May(leaf, letters):
                    found.append(plane(self._with(leaf, letters, laid)))
                case "everything":
                    found.append(full)
                case "nothing":
                    found.append(np.zeros(words, np.uint64))
        return found

    def _with(self, leaf: Any, letters: frozenset[Value], laid: Laid) -> Rows:
        if not isinstance(leaf, Compared):
            return rows_with(self._columns[leaf.slot], leaf, letters)
        places = ((address, case, at) for address, aside in laid.asides.items() for case, at in aside.compared)
        address, case = next((address, case) for address, case, at in places if at == leaf)
        return self._compared(leaf, address, case).rows_with(letters)
