"""What keeps the next level out, row by row: the clauses that it counts and that fail, and those that are not shown.

The next level is the lowest above the least that is still reachable. The fewest failed clauses that suffice to keep it
out are among those that fail; where none fails and all is shown, the row of the table is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from guiju.compiler.ir import Verdict
from guiju.engine.columnar.counted import Counted, counted_by, levels_of
from guiju.engine.columnar.laid import VERDICT
from guiju.engine.columnar.plan import Plan, Wanted

_Rows = npt.NDArray[np.bool_]
_LOWEST = "none"  # below all levels


@dataclass(frozen=True)
class Kept:
    """Of each row the next level, what fails of what it counts, and what is not shown of it; null at the top."""

    next: pa.Array
    blocked: pa.Array
    not_shown: pa.Array


@dataclass(eq=False)
class Blocking:
    """What keeps the levels of an outcome out."""

    plan: Plan
    outcome: str

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """What each level counts."""
        return counted_by(self.plan.ground, self.outcome)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What has to be told of the rows."""
        return (self.outcome, "lower"), *((f"{VERDICT}{c}", "value") for c in self._clauses)

    @cached_property
    def _clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for counted in self.counted for clause in counted.clauses))

    def kept(self, batch: pa.RecordBatch, told: Mapping[Wanted, pa.Array]) -> Kept:
        """What keeps the next level out of each row; `told` has what is wanted."""
        next_ = self._next(_text(told[self.outcome, "lower"]))
        verdicts = [_text(told[f"{VERDICT}{clause}", "value"]) for clause in self._clauses]
        fails = [_truths(pc.equal(v, Verdict.UNSATISFIED.value)) for v in verdicts]
        is_open = [_truths(v.is_null()) for v in verdicts]
        counts = np.zeros((batch.num_rows, len(self._clauses)), bool)
        for counted in self.counted:
            at = _truths(pc.equal(next_, counted.level)) & _chosen(batch, counted.inputs)
            for i, clause in enumerate(self._clauses):
                if clause in counted.clauses:
                    counts[:, i] |= at
        blocked, not_shown = (counts & np.column_stack([*planes, counts[:, :0]]) for planes in (fails, is_open))
        beside = self._beside(next_, np.asarray(~(blocked | not_shown).any(axis=1), bool))
        names = [*self._clauses, *beside]
        blocked = np.column_stack([blocked, *beside.values()])
        is_top = next_.is_null()
        return Kept(next_, _lists(blocked, names, is_top), _lists(not_shown, self._clauses, is_top))

    def _next(self, lower: pa.Array) -> pa.Array:
        """The lowest level above what each row reaches in any case; null where that is the highest, or has no order."""
        levels = levels_of(self.plan.program, self.outcome)
        order = [_LOWEST, *(level.id for level in self.plan.program.levels)]
        above = {
            value: next((level for level in levels if order.index(level) > i), None) for i, value in enumerate(order)
        }
        encoded = lower.dictionary_encode()
        words = pa.array([above.get(word) for word in encoded.dictionary.to_pylist()], pa.string())
        return words.take(encoded.indices)

    def _beside(self, next_: pa.Array, without: _Rows) -> dict[str, _Rows]:
        """The rows of the table, each with the rows that no clause keeps from the level that it gives."""
        levels = {counted.row: counted.level for counted in self.counted}
        return {row: without & _truths(pc.equal(next_, level)) for row, level in levels.items()}


def _chosen(batch: pa.RecordBatch, inputs: Mapping[str, str]) -> _Rows:
    """The rows whose inputs are these, or may be."""
    found = np.ones(batch.num_rows, bool)
    for name, option in inputs.items():
        if name in batch.schema.names:
            column = _text(batch.column(name))
            found &= _truths(column.is_null()) | _truths(pc.equal(column, option))
    return found


def _text(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _truths(column: pa.Array) -> _Rows:
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), bool)


def _lists(found: _Rows, names: Sequence[str] | Iterable[str], is_null: pa.Array) -> pa.Array:
    offsets = np.zeros(len(found) + 1, np.int32)
    np.cumsum(found.sum(axis=1, dtype=np.int32), out=offsets[1:])
    words = pa.array(list(names), pa.string()).take(pa.array(np.nonzero(found)[1]))
    return pa.ListArray.from_arrays(pa.array(offsets), words, mask=is_null)
