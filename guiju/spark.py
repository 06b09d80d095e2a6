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
from guiju.batch.codes import UNKNOWN_PART
from guiju.batch.heading import Heading, Wanted, heading_of, name_taken, not_copied, same_to
from guiju.batch.tables import Table
from guiju.batch.work import Work, Worked
from guiju.dsl.diagnostic import LANGUAGES, Diagnostic, Text, has_errors
from guiju.dsl.source import Source, Span

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

    from guiju.batch.answers import Engine

#: of a row that has no answer, what is wrong with its cells, and what to do; null of a row that has one
REJECTED = pa.field("rejected", pa.list_(pa.struct({name: pa.string() for name in ("column", "code", *LANGUAGES)})))

_NOT_CARRIED = Text("Spark 不能把它带进 Arrow 再带回来", "Spark cannot bring it to Arrow and back")


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
    computed before Spark is asked for rows. Raises GuijuError if the policy has errors, if a column cannot state what
    its name says, or if what is asked for does not exist or would be told under the name of something else.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    parts, keep = _listed(also), tuple(dict.fromkeys(_listed(keep)))
    program = (policy if isinstance(policy, Policy) else load(policy)).program
    table = Table(Path(), "DataFrame", "arrow", _schema_of(frame), None, 0)
    heading, found = heading_of(program, table, Wanted(None, keep, ignore_others=True))
    found += (*unknown_readings(program, readings or {}), *_unknown_parts(parts))
    if has_errors(found):
        raise GuijuError(found)
    chosen = dict(program.defaults) | dict(readings or {})
    columns = columns_of(program, chosen, tuple(part for part in PARTS if part in parts))
    if clashes := tuple(_clashes(frame, table, heading, [*schema_of(columns).names, REJECTED.name])):
        raise GuijuError((*found, *clashes))
    work = Work(partial(Columnar, program, chosen, columns, counts_clauses=False), ((program, heading),))
    kept = [table.schema.field(name) for name in keep]
    schema = pa.schema([*kept, *schema_of(columns), REJECTED])
    packed = pickle.dumps(_Task(__version__, work, schema))
    # Spark takes the dots of `6.1.1.1.a` for fields of fields, so on their way columns are told apart by their places.
    quoted = (f"`{name.replace('`', '``')}`" for name in heading.columns)
    read = frame.selectExpr(*(f"{name} AS c{i}" for i, name in enumerate(quoted)))
    return read.mapInArrow(partial(_answered, packed), from_arrow_schema(schema))


def _listed(asked: Sequence[str]) -> tuple[str, ...]:
    """What is asked for; a text by itself is one name, though Python takes it for its letters."""
    return (asked,) if isinstance(asked, str) else tuple(asked)


def _schema_of(frame: DataFrame) -> pa.Schema:
    """The columns with the types in which a partition brings them."""
    zone = frame.sparkSession.conf.get("spark.sql.session.timeZone")
    return pa.schema([pa.field(field.name, _type_of(field.dataType, zone)) for field in frame.schema])


def _type_of(type_: DataType, zone: str | None) -> pa.DataType:
    from pyspark.errors import PySparkException
    from pyspark.sql.pandas.types import to_arrow_type
    from pyspark.sql.types import TimestampType

    if isinstance(type_, TimestampType):
        return pa.timestamp("us", tz=zone)
    try:
        return to_arrow_type(type_)
    except (AssertionError, PySparkException):  # one that holds timestamps, or that Spark brings to Arrow by no way
        return pa.opaque(pa.null(), type_.simpleString(), "Spark")


def _unknown_parts(also: Iterable[str]) -> tuple[Diagnostic, ...]:
    wrong = (part for part in dict.fromkeys(also) if part not in PARTS)
    known = ", ".join(PARTS)
    return tuple(
        Diagnostic(UNKNOWN_PART, Span(Source("also", part), 0, len(part)), (("name", part), ("known", known)))
        for part in wrong
    )


def _clashes(frame: DataFrame, table: Table, heading: Heading, own: Sequence[str]) -> Iterator[Diagnostic]:
    """Columns that Spark takes for one, and those to be kept that it cannot bring or that are called as others."""
    is_strict = frame.sparkSession.conf.get("spark.sql.caseSensitive") == "true"
    same = str if is_strict else str.lower
    taken = {same(name) for name in own}
    yield from (name_taken(table, name, name, own) for name in heading.keep if same(name) in taken)
    for name in heading.keep:
        if isinstance(table.schema.field(name).type, pa.OpaqueType):
            yield not_copied(table, name, _NOT_CARRIED)
    seen: dict[str, str] = {}
    for name in table.schema.names:
        first = seen.setdefault(same(name), name)
        if first != name and {first, name} & {*heading.columns}:
            yield same_to(table, first, name, first)


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
    typed = (c if c.type == field.type else c.cast(field.type) for c, field in zip(columns, task.schema, strict=True))
    return pa.RecordBatch.from_arrays(list(typed), schema=task.schema)


def _told(column: str, why: Diagnostic) -> dict[str, str]:
    said = {language: f"{why.message(language)}; {why.help(language)}" for language in LANGUAGES}
    return {"column": column, "code": why.code.name} | said
