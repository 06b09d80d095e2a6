"""A population on Spark, answered by what answers `guiju batch`: `guiju.spark.evaluate(frame, policy)`.

Spark does all that is distributed. Each partition goes through the engine as Arrow record batches (`mapInArrow`), so a
row has the answer that it has on one machine. The policy goes to the executors compiled; they need the same version of
Guiju, with the extra `guiju[spark]`, and no policy file.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from guiju import GuijuError, Policy, __version__, load, unknown_readings
from guiju.batch.answers import PARTS, Columnar, Part, columns_of, schema_of
from guiju.batch.heading import Wanted, heading_of
from guiju.batch.tables import Table
from guiju.batch.work import Work, Worked
from guiju.dsl.diagnostic import LANGUAGES, Diagnostic, has_errors

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from guiju.batch.answers import Engine

#: of a row that has no answer, what is wrong with its cells, and what to do; null of a row that has one
REJECTED = pa.field("rejected", pa.list_(pa.struct({name: pa.string() for name in ("column", "code", *LANGUAGES)})))


class _Task(NamedTuple):
    """What an executor needs: rows are answered by `work`, whose results have the columns of `schema`."""

    version: str
    work: Work
    schema: pa.Schema


def evaluate(
    frame: DataFrame,
    policy: Policy | str | Path,
    readings: Mapping[str, str] | None = None,
    *,
    also: Sequence[Part] = (),
    keep: Sequence[str] = (),
) -> DataFrame:
    """A frame with a row for each row: what to `keep`, each outcome, what is asked for `also`, and `rejected`.

    Columns are named and typed as for `guiju batch`; those that say nothing of the standard are left aside. Nothing is
    computed before Spark is asked for rows. Raises GuijuError if the policy has errors, or if a column cannot state
    what its name says.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    program = (policy if isinstance(policy, Policy) else load(policy)).program
    table = Table(Path(), "DataFrame", "arrow", to_arrow_schema(frame.schema), None, 0)
    heading, found = heading_of(program, table, Wanted(None, tuple(keep), ignore_others=True))
    unknown = unknown_readings(program, readings or {})
    if has_errors((*found, *unknown)):
        raise GuijuError((*found, *unknown))
    chosen = dict(program.defaults) | dict(readings or {})
    columns = columns_of(program, chosen, tuple(part for part in PARTS if part in also))
    work = Work(partial(Columnar, program, chosen, columns, counts_clauses=False), ((program, heading),))
    kept = [table.schema.field(name) for name in keep]
    schema = pa.schema([*kept, *schema_of(columns), REJECTED])
    packed = pickle.dumps(_Task(__version__, work, schema))
    # Spark takes the dots of `6.1.1.1.a` for fields of fields, so on their way columns are told apart by their places.
    quoted = (f"`{name.replace('`', '``')}`" for name in heading.columns)
    read = frame.selectExpr(*(f"{name} AS c{i}" for i, name in enumerate(quoted)))
    return read.mapInArrow(partial(_answered, packed), from_arrow_schema(schema))


def _answered(packed: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    task, engine = _begun(packed)
    for nameless in batches:
        batch = nameless.rename_columns(task.work.sides[0][1].columns)
        yield _row_by_row(task, batch, task.work.do(engine, batch, 0))


@lru_cache(maxsize=4)
def _begun(packed: bytes) -> tuple[_Task, Engine]:
    """Once in each worker, which Spark uses for one task after another."""
    task: _Task = pickle.loads(packed)
    if task.version != __version__:
        raise RuntimeError(f"The driver has Guiju {task.version} and this executor {__version__}: install the same.")
    return task, task.work.engine()


def _row_by_row(task: _Task, batch: pa.RecordBatch, worked: Worked) -> pa.RecordBatch:
    """The answers in the places of their rows, and between them rows with what is wrong with them."""
    place = np.full(batch.num_rows, -1)
    place[worked.rows] = np.arange(len(worked.rows))
    answers = worked.answers.take(pa.array(place, mask=place < 0))
    wrong: dict[int, list[dict[str, str]]] = {}
    for cell, _ in worked.wrong:
        wrong.setdefault(cell.row, []).extend(_told(cell.column, why) for why in cell.why)
    rejected = pa.array([wrong.get(row) for row in range(batch.num_rows)], REJECTED.type)
    columns = [*map(batch.column, task.schema.names[: -len(answers.columns) - 1]), *answers.columns, rejected]
    return pa.RecordBatch.from_arrays(columns, schema=task.schema)


def _told(column: str, why: Diagnostic) -> dict[str, str]:
    said = {language: f"{why.message(language)}; {why.help(language)}" for language in LANGUAGES}
    return {"column": column, "code": why.code.name} | said
