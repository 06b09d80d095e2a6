"""Rows drawn at random for any policy: typed columns as `guiju batch-schema` describes them, some cells unknown."""

from __future__ import annotations

import random
from decimal import Decimal

import pyarrow as pa

from guiju.batch.blank import blank_schema
from guiju.compiler.ir import Program
from guiju.engine.layout import layout

_NUMBERS = (0, 1, 2, 3, 5, 10, 40, 50, 70, 80, 85, 100, 400, 1640)


def population(program: Program, rows: int, seed: int = 1, unknown: float = 0.1, satisfied: float = 0.95) -> pa.Table:
    """So many rows; of the cells a part is unknown, of the verdicts and yes-no facts a part is satisfied."""
    drawn = random.Random(seed)
    slots = {slot.name: slot for slot in layout(program)}
    columns = []
    schema = blank_schema(program)
    for field in schema:
        if field.name not in slots:
            columns.append(pa.array([f"r{i}" for i in range(1, rows + 1)]))
            continue
        options = [o.id for o in getattr(slots[field.name].declaration, "options", ())]
        known = [drawn.random() >= unknown for _ in range(rows)]
        columns.append(
            pa.array([_drawn(drawn, field.type, options, satisfied) if k else None for k in known], field.type)
        )
    return pa.table(columns, schema=schema)


def _drawn(drawn: random.Random, type_: pa.DataType, options: list[str], satisfied: float) -> object:
    if pa.types.is_boolean(type_):
        return drawn.random() < satisfied
    if pa.types.is_integer(type_):
        return drawn.choice(_NUMBERS)
    if pa.types.is_decimal(type_):
        return Decimal(drawn.choice(_NUMBERS)) + Decimal(drawn.choice((0, 5))) / 10
    if pa.types.is_string(type_):
        return drawn.choice(options)
    return [o for o in options if drawn.random() < satisfied]
