"""Tables in, a table or a folder of tables out: the whole run, in memory that does not grow with the rows."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from guiju.batch import codes
from guiju.batch.answers import Counts
from guiju.batch.copied import common_type, is_held, plain_type
from guiju.batch.heading import Heading, id_of, name_taken, not_copied
from guiju.batch.ids import Ids, twice
from guiju.batch.misfits import Forgotten, Misfit, Misfits
from guiju.batch.sink import ROW, Rejects, Sink, Staged, Unwritable, form_of
from guiju.batch.tables import Form, Table, about_line, batches
from guiju.batch.work import Work, Worked, worked
from guiju.dsl.diagnostic import LANGUAGES, Diagnostic, Text
from guiju.dsl.source import Source, Span

_Members: TypeAlias = Sequence[tuple[Table, Heading]]
_TOLD = 5  # files that a folder should not hold
_MEANWHILE = Text("运行期间里面多了别的文件", "other files came into it meanwhile")


@dataclass(frozen=True)
class Place:
    """Where the result goes: a file in some form, or a folder with a file for each table; and what was left out."""

    out: Path | None  # None: nothing is written
    form: Form | None  # None: a folder, and each file in the form of its table
    rejects: Path | None


@dataclass(frozen=True)
class Job:
    """What is to be done: tables with their headings, how rows are answered, and where all goes."""

    tables: tuple[tuple[Table, Heading], ...]
    folder: Path | None  # that the tables lie in
    work: Callable[[Table, Heading], Work]
    answers: pa.Schema
    counts: Counts  # none yet
    place: Place
    jobs: int


@dataclass
class Done:
    """What became of a run so far."""

    read: int = 0
    rejected: int = 0  # rows
    empty: list[Table] = field(default_factory=list)  # tables without rows
    twice: Mapping[str, int] = field(default_factory=dict)  # ids that stand in several rows, and in how many


@dataclass(frozen=True)
class _Books:
    """What is kept while the rows go by."""

    done: Done
    rejects: Rejects
    ids: Ids


def run(job: Job, told: Callable[[Done], None]) -> Done:
    """Do the job; `told` hears of every batch. Raises `Unreadable`, `Unwritable`; then nothing was written."""
    done = Done()
    with ExitStack() as stack:
        rejects_place = stack.enter_context(Staged(job.place.rejects)) if job.place.rejects else None
        place = stack.enter_context(Staged(job.place.out)) if job.place.out else None
        rejects = stack.enter_context(Rejects(rejects_place.path if rejects_place else None))
        books = _Books(done, rejects, stack.enter_context(Ids()))
        for target, members in _targets(job, place.path if place else None):
            schema = result_schema(job, members) if target else None
            with Sink(target, _form(job, target), schema) if target else nullcontext() as sink:
                for table, heading in members:
                    for part, rows in _answered(job, table, heading, books):
                        if sink is not None:
                            sink.write(_result(part, rows, table, _sources(heading, _ids(members)), schema))
                        told(done)
        rejects.close()
        done.rejected = rejects.rows
        done.twice = _twice(job, books.ids)
        if rejects_place is not None:  # those of an older run go, also where there are none now
            rejects_place.commit(keeps_old=True)
        if place is not None:
            if others_there(job):
                raise Unwritable(place.target, _MEANWHILE)
            place.commit()
    return done


def _twice(job: Job, ids: Ids) -> Mapping[str, int]:
    """The ids of several rows; the tables are read once more only where there seem to be some."""
    suspects = ids.suspects()
    columns = ((t, h.id) for t, h in job.tables if h.id is not None and suspects)
    return twice(suspects, (b.column(0) for t, id_ in columns for b in batches(t, (id_,), Forgotten())))


def _targets(job: Job, place: Path | None) -> Iterator[tuple[Path | None, _Members]]:
    """The files to be written, each with the tables that go into it."""
    if place is None or job.place.form is not None:
        yield place, job.tables
        return
    for table, heading in job.tables:
        target = place / _name_in_folder(job, table)
        target.parent.mkdir(parents=True, exist_ok=True)
        yield target, ((table, heading),)


def _name_in_folder(job: Job, table: Table) -> Path:
    return table.path.relative_to(job.folder) if job.folder else Path(table.path.name)


def others_there(job: Job) -> tuple[Diagnostic, ...]:
    """That the folder which the result replaces holds more than results of these tables: it would be lost."""
    out = job.place.out
    if out is None or job.place.form is not None or not out.is_dir():
        return ()
    own = {out / _name_in_folder(job, table) for table, _ in job.tables}
    others = [str(path.relative_to(out)) for path in islice(_below(out), len(own) + _TOLD + 1) if path not in own]
    if not others:
        return ()
    names = ", ".join(others[:_TOLD]) + (", …" if len(others) > _TOLD else "")
    place = Span(Source(str(out), ""), 0, 0)
    return (Diagnostic(codes.OTHERS_THERE, place, (("path", str(out)), ("names", names))),)


def _below(folder: Path) -> Iterator[Path]:
    """The files and links below a folder, and the folders that cannot be looked into."""
    hidden: list[Path] = []
    for at, folders, files in os.walk(folder, onerror=lambda error: hidden.append(Path(error.filename))):
        links = (name for name in folders if Path(at, name).is_symlink())
        yield from (Path(at, name) for name in (*files, *links))
    yield from hidden


def _form(job: Job, target: Path) -> Form:
    form = job.place.form or form_of(target)
    assert form is not None
    return form


def result_schema(job: Job, tables: _Members) -> pa.Schema:
    """Of each row its file (of several), its number, its id and what was copied, and the answers.

    `tables`: those that go into one file. What others have to be copied is a column of it as well, without values.
    """
    copied = [pa.field(name, _type(columns)) for name, columns in _copied(tables).items()]
    return pa.schema([*_numbers(job), *copied, *_missed(job, tables), *job.answers])


def _missed(job: Job, tables: _Members) -> Iterator[pa.Field]:
    """The columns to be kept that only tables of other files have, in their type where a file of this form holds it."""
    here = {name for _, heading in tables for name in heading.keep}
    for name in dict.fromkeys(name for _, heading in job.tables for name in heading.keep):
        if name not in here and name != _ids(tables):
            type_ = _type([(table, name) for table, heading in job.tables if name in heading.keep])
            form = job.place.form or tables[0][0].form
            yield pa.field(name, type_ if type_ is not None and is_held(type_, form) else pa.null())


def _numbers(job: Job) -> tuple[pa.Field, ...]:
    """What says which row it is: the file, where several go into one table, and the number."""
    file = (pa.field("file", pa.string()),) if len(job.tables) > 1 and job.place.form is not None else ()
    return (*file, pa.field(ROW, pa.int64()))


def _copied(tables: _Members) -> dict[str, list[tuple[Table, str]]]:
    """The columns of a result that are copied, ids and those to be kept: from which tables, and their names there."""
    ids = _ids(tables)
    found: dict[str, list[tuple[Table, str]]] = {} if ids is None else {ids: []}
    for table, heading in tables:
        for name, there in _sources(heading, ids).items():
            found.setdefault(name, []).append((table, there))
    return found


def _ids(tables: _Members) -> str | None:
    """What the column of ids is called in the result; a table without it has rows without names."""
    return next((heading.id for _, heading in tables if heading.id is not None), None)


def _sources(heading: Heading, ids: str | None) -> dict[str, str]:
    """What is copied of a table, by its name in the result, where the column of ids is called `ids`."""
    id_ = {ids: heading.id} if ids is not None and heading.id is not None else {}
    return id_ | {name: name for name in heading.keep}


def _type(columns: Sequence[tuple[Table, str]]) -> pa.DataType | None:
    """The type of a column that is copied from several tables; None where there is none for all."""
    return common_type([plain_type(table.schema.field(name).type) for table, name in columns])


def without_place(job: Job) -> Iterator[Diagnostic]:
    """Columns that would be copied and have no place in the result.

    It has others of their names, and one of the two would be lost; or tables of one file have them in unlike types.
    """
    own = [field.name for field in (*_numbers(job), *job.answers)]
    for tables in [job.tables] if job.place.form is not None else [(member,) for member in job.tables]:
        for name, columns in _copied(tables).items():
            table, there = columns[0]
            if name in own:
                yield name_taken(table, there, name, own)
            elif _type(columns) is None:
                other, known = next(c for c in columns if _type((columns[0], c)) is None)
                yield not_copied(other, known, _unlike(table.shown, table.schema.field(there).type))


def _unlike(path: str, type_: pa.DataType) -> Text:
    return Text(f"“{path}”里这一列是 {type_}，一列装不下两种", f"`{path}` has it as {type_}, and no column holds both")


def _answered(job: Job, table: Table, heading: Heading, books: _Books) -> Iterator[tuple[Worked, np.ndarray]]:
    """One table, batch by batch, with the numbers of the rows; what cannot be answered goes to the rejects."""
    done, rejects = books.done, books.rejects
    misfits, before = Misfits(), done.read

    def left_out(lines: Iterator[Misfit]) -> None:
        for line in lines:
            done.read += 1
            _reject_line(rejects, table, heading, line)

    work = job.work(table, heading)
    coming = batches(table, work.columns, misfits)
    for part in worked(work, coming, job.jobs, job.tables.index((table, heading))):
        left_out(misfits.before_the_next())
        rows, passed = misfits.numbered(part.size)
        _reject(rejects, part, (table, heading), rows, passed)
        done.read += part.size + len(passed)
        job.counts.add(part.tally)
        if part.ids is not None:
            books.ids.add(part.ids)
        yield part, rows
    left_out(misfits.before_the_next())
    if done.read == before:
        done.empty.append(table)


def _result(
    part: Worked, rows: np.ndarray, table: Table, sources: Mapping[str, str], schema: pa.Schema
) -> pa.RecordBatch:
    """The rows of the result that a batch comes to."""
    made = {name: part.kept.column(there) for name, there in sources.items()}
    made |= dict(zip(part.answers.schema.names, part.answers.columns, strict=True))
    made[ROW] = _whole(rows[part.rows])
    if "file" in schema.names and "file" not in made:  # a table may have a column of that name, too
        made["file"] = pa.repeat(pa.scalar(table.shown), len(part.rows))
    columns = [_as(made[f.name], f.type) if f.name in made else pa.nulls(len(part.rows), f.type) for f in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _whole(numbers: np.ndarray) -> pa.Array:
    """Numbers of 64 bits as they lie: of what it is asked to read, Arrow first asks all that NumPy has for masks."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def _as(column: pa.Array, type_: pa.DataType) -> pa.Array:
    return column if column.type == type_ else column.cast(type_)


def _reject(
    rejects: Rejects, part: Worked, of: tuple[Table, Heading], rows: np.ndarray, passed: tuple[Misfit, ...]
) -> None:
    """Write down what is wrong with rows and with lines between them, in their order."""
    (table, heading), lines = of, deque(passed)
    for cell, id_ in part.wrong:
        row = int(rows[cell.row])
        while lines and lines[0].row < row:
            _reject_line(rejects, table, heading, lines.popleft())
        for why in cell.why:
            rejects.add(table.shown, row, (id_, cell.column, cell.text, *_told(why)))
    for line in lines:
        _reject_line(rejects, table, heading, line)


def _reject_line(rejects: Rejects, table: Table, heading: Heading, line: Misfit) -> None:
    told = _told(about_line(table, line))
    rejects.add(table.shown, line.row, (id_of(table, heading, line), "", line.text, *told))


def _told(why: Diagnostic) -> tuple[str, ...]:
    """The code of a diagnostic, what was found and what to do instead, in both languages."""
    return (why.code.name, *(f"{why.message(language)}; {why.help(language)}" for language in LANGUAGES))
