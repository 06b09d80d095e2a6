"""Unknown cells drawn at random, many times: how often each row then comes to which outcome.

Frequencies are exact fractions of the draws. A row is drawn by the seed and its place in the run, whatever the rows
around it state, so a run can be repeated, in one process or in several, and no two rows are drawn alike. How far a
frequency may lie from the chance it stands for is told by Hoeffding's inequality: with 95 %, by no more than `within`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.batch.answers import OPEN, Answers, Columnar, Tally, schema_of
from guiju.batch.chances import Chance
from guiju.batch.clean import Clean
from guiju.batch.column import canonical
from guiju.compiler.ir import Program
from guiju.engine.layout import Slot, layout

CONFIDENCE = Fraction(95, 100)
_LOGARITHM = Fraction(36889, 10000)  # of 2 / (1 - CONFIDENCE), rounded up
_PLACES = 10**4
_COPIES = 65_536  # rows drawn together
_LIST = pa.list_(pa.string())


def within(draws: int) -> Fraction:
    """How far a frequency among so many draws may lie from its chance, with 95 %, rounded up to four places."""
    square = _LOGARITHM / (2 * draws) * _PLACES**2
    return Fraction(isqrt(square.numerator // square.denominator) + 1, _PLACES)


@dataclass(frozen=True)
class Draws:
    """How often unknown cells are drawn, by which seed, and the chances of their values by place in the layout."""

    chances: Mapping[int, Chance]
    number: int
    seed: int

    @property
    def within_a_row(self) -> Fraction:
        """How far the frequency of a row may lie from its chance."""
        return within(self.number)

    def within_all(self, rows: int) -> Fraction:
        """The same of so many rows together."""
        return within(self.number * max(1, rows))

    def without_chances(self, program: Program) -> list[str]:
        """What is asked for and left unknown."""
        asked = ((i, slot) for i, slot in enumerate(layout(program)) if slot.is_asked)
        return [slot.name for i, slot in asked if i not in self.chances]


@dataclass
class DrawnTally(Tally):
    """Also how often each outcome was drawn, over all rows."""

    drawn: dict[str, Counter[str | None]] = field(default_factory=dict)

    def add(self, other: Any) -> None:
        """Take in what was counted over other rows."""
        super().add(other)
        for outcome, counts in other.drawn.items():
            self.drawn.setdefault(outcome, Counter()).update(counts)


def drawn_schema(engine: Columnar) -> pa.Schema:
    """The columns of the engine, and behind them of each outcome how often it was drawn."""
    drawn = [pa.field(f"{outcome}.drawn", _LIST) for outcome in engine.program.outcomes]
    return pa.schema([*schema_of(engine.columns), *drawn])


@dataclass(eq=False)
class Drawing:
    """The engine: what is known decides as ever; beside that each row is drawn some times."""

    engine: Columnar
    draws: Draws

    def answer(self, *sides: Clean) -> Answers:
        """The answers, in the order of the rows."""
        (rows,) = sides
        known = self.engine.answer(rows)
        assert isinstance(known.tally, Tally)
        outcomes = self.engine.program.outcomes
        counted: dict[str, list[Counter[str | None]]] = {outcome: [] for outcome in outcomes}
        at_once = max(1, _COPIES // self.draws.number)
        for start in range(0, rows.batch.num_rows, at_once):
            some = rows.take(np.arange(start, min(start + at_once, rows.batch.num_rows)))
            told = self.engine.told(self._copies(some), [(outcome, "value") for outcome in outcomes])
            for outcome, column in zip(outcomes, told, strict=True):
                values = column.to_pylist()
                counted[outcome] += [
                    Counter(values[i : i + self.draws.number]) for i in range(0, len(values), self.draws.number)
                ]
        tally = DrawnTally(**vars(known.tally))
        tally.drawn = {outcome: sum(counts, Counter()) for outcome, counts in counted.items()}
        lists = [pa.array([self._told(c) for c in counted[outcome]], _LIST) for outcome in outcomes]
        batch = pa.RecordBatch.from_arrays([*known.batch.columns, *lists], schema=drawn_schema(self.engine))
        return Answers(batch, tally)

    def _told(self, counts: Counter[str | None]) -> list[str]:
        """`L2 431/1000`, the most frequent first."""
        ordered = sorted(counts.items(), key=lambda c: (-c[1], str(c[0])))
        return [f"{OPEN if value is None else value} {Fraction(count, self.draws.number)}" for value, count in ordered]

    def _copies(self, rows: Clean) -> Clean:
        """Every row as often as it is drawn, its unknown cells filled in."""
        number = rows.batch.num_rows
        randoms = [np.random.Generator(np.random.PCG64([self.draws.seed, int(rows.first + r)])) for r in rows.rows]
        again = np.repeat(np.arange(number), self.draws.number)
        slots = layout(self.engine.program)
        present = dict(zip(rows.batch.schema.names, rows.batch.columns, strict=True))
        columns: dict[str, pa.Array] = {}
        for index, slot in enumerate(slots):
            column, chance = present.get(slot.name), self.draws.chances.get(index)
            odd = {row for row, values in rows.odd.items() if index in values}
            left_open = range(number) if column is None else np.flatnonzero(_is_open(slot, column))
            unknown = [int(row) for row in left_open if int(row) not in odd]
            if chance is None or not unknown:
                if column is not None:
                    columns[slot.name] = column.take(pa.array(again))
                continue
            columns[slot.name] = self._filled(index, chance, column, (unknown, randoms, again))
        odd_copies = {
            copy: rows.odd[row]
            for row in rows.odd
            for copy in range(row * self.draws.number, (row + 1) * self.draws.number)
        }
        batch = pa.RecordBatch.from_pydict(columns) if columns else rows.batch.take(pa.array(again))
        return Clean(batch, np.arange(len(again)), odd_copies, ())

    def _filled(
        self,
        index: int,
        chance: Chance,
        column: pa.Array | None,
        where: tuple[Sequence[int], Sequence[np.random.Generator], np.ndarray],
    ) -> pa.Array:
        """A column of copies: what is stated as it is, what is not as it is drawn."""
        unknown, randoms, again = where
        ends = np.cumsum(chance.weights)
        drawn = np.full(len(again), -1)
        for row in unknown:
            lots = randoms[row].integers(0, chance.whole, self.draws.number)
            drawn[row * self.draws.number : (row + 1) * self.draws.number] = np.searchsorted(ends, lots, side="right")
        stated = [] if column is None else column.to_pylist()
        values, _ = canonical(layout(self.engine.program)[index], list(chance.values), as_written=False)
        is_drawn = pa.array(drawn >= 0)
        taken = pa.array(np.maximum(drawn, 0), mask=drawn < 0)
        if column is None:
            return values.take(taken)
        stated, values = _alike(_decoded(column), values)
        return pc.if_else(is_drawn, values.take(taken), stated.take(pa.array(again)))


def _is_open(slot: Slot, column: pa.Array) -> np.ndarray:
    """The rows in which a column leaves open what it asks for: blank, or a verdict that says that it is unknown."""
    is_open = column.is_null()
    if slot.kind == "clause" and pa.types.is_string(column.type):
        is_open = pc.or_(is_open, pc.fill_null(pc.equal(column, OPEN), False))
    return np.asarray(is_open.to_numpy(zero_copy_only=False), bool)


def _decoded(column: pa.Array) -> pa.Array:
    """A column without dictionaries."""
    if pa.types.is_dictionary(column.type):
        return column.dictionary_decode()
    return column.cast(_LIST) if pa.types.is_list(column.type) else column


def _alike(one: pa.Array, other: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Two columns of a slot in one type: verdicts as words where one has more than two, numbers with room for both."""
    if one.type == other.type:
        return one, other
    if pa.types.is_boolean(one.type) or pa.types.is_boolean(other.type):
        return _words(one), _words(other)
    places = max(t.scale if pa.types.is_decimal(t) else 0 for t in (one.type, other.type))
    room = pa.decimal128(38, places)
    return one.cast(room), other.cast(room)


def _words(verdicts: pa.Array) -> pa.Array:
    return pc.if_else(verdicts, "satisfied", "unsatisfied") if pa.types.is_boolean(verdicts.type) else verdicts
