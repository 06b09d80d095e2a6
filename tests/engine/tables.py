"""Rows of a plain table as an Arrow table: each column in the narrowest form that holds what its rows state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pyarrow as pa

from guiju.compiler import ir
from guiju.engine.evaluate import settle
from guiju.engine.layout import Slot, layout
from guiju.engine.network import network_of
from guiju.engine.rows import bind_row
from tests.engine.drawn_rows import NUMBERS, OUT_OF_TYPE, fits


def table_of(
    program: ir.Program, rows: Sequence[Sequence[object]]
) -> tuple[pa.RecordBatch, dict[int, dict[int, object]]]:
    """A batch, and by row and place in the layout the values that no column has room for."""
    odd: dict[int, dict[int, object]] = {}
    arrays: dict[str, pa.Array] = {}
    for place, slot in enumerate(layout(program)):
        values = [row[place] for row in rows]
        fitting = [v if v is None or _fits(slot, v) else None for v in values]
        for row, (value, fit) in enumerate(zip(values, fitting, strict=True)):
            if value is not None and fit is None:
                odd.setdefault(row, {})[place] = value
        if any(v is not None for v in fitting) or place % 2:
            arrays[slot.name] = _array(slot, fitting)
    return pa.RecordBatch.from_pydict(arrays) if arrays else _empty(len(rows)), odd


def _empty(rows: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"nobody asks for this": pa.nulls(rows, pa.int8())})


def _fits(slot: Slot, value: Any) -> bool:
    match slot.type:
        case None:
            return isinstance(value, bool | str)
        case ir.TruthType():
            return isinstance(value, bool)
        case ir.NumberType():
            return isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()
        case ir.SetType():
            return isinstance(value, list | tuple)
    return isinstance(value, str)


def _array(slot: Slot, values: Sequence[Any]) -> pa.Array:
    match slot.type:
        case None if any(isinstance(v, str) for v in values):
            words = {True: "satisfied", False: "unsatisfied"}
            return pa.array([words.get(v, v) for v in values], pa.string()).dictionary_encode()
        case None | ir.TruthType():
            return pa.array(values, pa.bool_())
        case ir.NumberType() if any(isinstance(v, Decimal) for v in values):
            return pa.array([None if v is None else Decimal(v) for v in values], pa.decimal128(20, 2))
        case ir.NumberType():
            return pa.array(values, pa.int64())
        case ir.SetType():
            return pa.array(values, pa.list_(pa.string()))
    return pa.array(values, pa.string())


#: how much of a row is left open: mostly nothing, for what hangs on unknown facts takes the reference ten times as long
SHARES = (0, 0, 0.05, 0.3, 0.9)


@dataclass(frozen=True)
class Stating:
    """How rows are drawn: which of these shares of their values are open, out of type, or stated though computed.

    `words`: verdicts are written out now and then, so that no column of them is bits. `met`: how likely one is met.
    """

    open: float
    odd: float = 0
    computed: float = 0
    words: bool = False
    met: float = 0.6


def random_rows(
    program: ir.Program, random: Random, number: int, shares: Sequence[float] = SHARES
) -> list[list[object]]:
    """Rows with little, much or nothing unknown; now and then one states what a formula gives, or is out of type."""
    rows, words = [], random.random() < 0.7
    for _ in range(number):
        odd, computed = random.choice((0, 0, 0, 0, 0.05)), random.choice((0, 0, 0.1, 0.5))
        stating = Stating(random.choice(shares), odd, computed, words)
        rows.append([_stated(slot, random, stating) for slot in layout(program)])
    return rows


def rows_of_verdicts(
    program: ir.Program, random: Random, number: int, facts: float | None = None
) -> list[list[object]]:
    """Rows that state inputs and the verdicts of clauses, mostly satisfied, some of them unknown.

    They state no fact; or, with `facts`, all but this share of them, and fewer of the verdicts that these give.
    """
    rows = []
    for _ in range(number):
        met, open_ = random.choice((0.5, 0.95, 1)), random.choice((0, 0, 0.02, 0.5) if facts is None else (0, 0, 0.02))
        judged = Stating(open_, computed=1 - open_ if facts is None else random.choice((0, 0, 0.2)), met=met)
        of_facts = Stating(1 if facts is None else facts)
        slots = ((slot, of_facts if slot.kind == "fact" else judged) for slot in layout(program))
        rows.append([_stated(slot, random, stating) for slot, stating in slots])
    return rows


def agreeing(program: ir.Program, readings: Mapping[str, str], rows: Sequence[list[object]]) -> list[list[object]]:
    """The rows, without the verdicts that facts deny."""
    network, slots = network_of(program), layout(program)
    for row in rows:
        bound, found = bind_row(program, row, "row")
        if any(d.is_error for d in found):
            continue
        _, clauses = settle(network, bound, readings)
        for place, slot in enumerate(slots):
            if slot.kind == "clause" and clauses[slot.declaration.id].reason == "conflicting":
                row[place] = None
    return list(rows)


def _stated(slot: Slot, random: Random, stating: Stating) -> object:
    if random.random() < stating.odd:
        return random.choice(OUT_OF_TYPE)
    if random.random() < (stating.open if slot.is_asked else 1 - stating.computed):
        return None
    match slot.type:
        case None:
            applies = isinstance(slot.declaration, ir.Clause) and slot.declaration.applies is not None
            words = ("不满足", "unknown", *(("not applicable", "不适用") if applies else ()))
            is_word = stating.words and random.random() < 0.1
            return random.choice(words) if is_word else random.random() < stating.met
        case ir.TruthType():
            return random.random() < 0.5
        case ir.OptionType(options):
            return random.choice(options)
        case ir.SetType(options):
            return [o for o in options if random.random() < 0.5]
        case ir.NumberType() as type_:
            numbers = [n for n in NUMBERS if stating.odd or not isinstance(n, Fraction)]  # no column has room for these
            return random.choice([n for n in numbers if fits(n, type_)])


def rows_in(program: ir.Program, batch: pa.RecordBatch, odd: Mapping[int, Mapping[int, object]]) -> list[list[object]]:
    """The rows of a batch as the evaluator takes them."""
    places = {slot.name: place for place, slot in enumerate(layout(program))}
    rows: list[list[object]] = [[None] * len(places) for _ in range(batch.num_rows)]
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        for row, value in enumerate(column.to_pylist() if name in places else ()):
            rows[row][places[name]] = value
    for row, values in odd.items():
        for place, value in values.items():
            rows[row][place] = value
    return rows
