"""Tables as a user names them, and where their result goes: shared by the commands that go over whole populations."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import click

from guiju.cli.codes import NOT_WRITABLE, UNKNOWN_FORM
from guiju.cli.edge import argument, fail, report, wrong_call
from guiju.cli.help import option
from guiju.cli.writing import file_exists, files_read, refuse_over_input
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Language, Severity, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.system_errors import reason_of

if TYPE_CHECKING:
    from guiju.batch.heading import Heading, Wanted
    from guiju.batch.run import Done, Job, Place
    from guiju.batch.tables import Form, Table
    from guiju.compiler.ir import Program

NEEDED = ("pyarrow", "numpy")
INTERRUPTED = 130  # as shells have it
_F = TypeVar("_F", bound=Callable[..., object])
_OTHER_KIND = Text("文件和文件夹不能互相替换", "a file does not replace a folder, nor a folder a file")


rejects_option = option(
    "--rejects",
    metavar="FILE",
    type=click.Path(path_type=Path),
    said=Text(
        "不能用的格子写到这里（CSV）；不写则在 OUT 旁边。", "Where cells go that cannot be used (CSV); else beside OUT."
    ),
)


def table_options(function: _F) -> _F:
    """How a table is read: its ids, columns that are none of the policy's."""
    for added in (
        option(
            "--jobs",
            type=click.IntRange(1),
            metavar="N",
            said=Text("用几个进程；不写则每核一个。", "How many processes work; by default one for each core."),
        ),
        option(
            "--ignore-others",
            is_flag=True,
            said=Text("不管标准里没有的列。", "Pass over columns that the policy knows nothing of."),
        ),
        option(
            "--id",
            "id_",
            metavar="COLUMN",
            said=Text(
                "行的编号在这一列；不写则用 id 或 编号 列。", "The column of row ids; by default `id`, if it is there."
            ),
        ),
    ):
        function = added(function)
    return function


def cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tables_of(
    program: Program, source: Path, wanted: Wanted, language: Language, form: str, also: Program | None = None
) -> tuple[tuple[tuple[Table, Heading], ...], tuple[Diagnostic, ...]]:
    """The tables with their headings, or the end of the command with all that is wrong with any.

    `also`: another policy that may know columns that this one does not, and reads the same tables.
    """
    from guiju.batch.found import found_at
    from guiju.batch.heading import heading_of

    tables, found = found_at(source)
    anywhere = {name for table in tables for name in table.schema.names}
    headed: list[tuple[Table, Heading]] = []
    for table in tables:  # what no table has is missed in the first
        keep = tuple(n for n in wanted.keep if n in table.schema.names or (not headed and n not in anywhere))
        heading, wrong = heading_of(program, table, replace(wanted, keep=keep), also)
        headed.append((table, heading))
        found = (*found, *wrong)
        if also is not None:  # what it alone reads has to fit as well
            _, others = heading_of(also, table, replace(wanted, ignore_others=True))
            found = (*found, *(d for d in others if d.code.severity is not Severity.NOTE and d not in wrong))
            found = (*found, *_by_number(program, also, table, heading))
    if has_errors(found):
        fail(tuple(d for d in found if d.is_error), language, form)
    return tuple(headed), found


def _by_number(program: Program, also: Program, table: Table, heading: Heading) -> tuple[Diagnostic, ...]:
    from guiju.batch.numbering import two_clauses  # what knows of editions is not needed for one policy

    return two_clauses(program, also, table, heading)


def copied_to(out: Path | None) -> Form | Literal["own"] | None:
    """The form of file that columns are copied to: what OUT ends with, or of a folder the form of each table."""
    from guiju.batch.sink import form_of

    return None if out is None else form_of(out) or "own"


def place_of(source: Path, out: Path, rejects: Path | None, *, replace: bool, language: Language) -> Place:
    """Where the result goes; the end of the command where it cannot."""
    from guiju.batch.codes import OUT_WITHOUT_NAME, OUTPUT_IS_INPUT, REJECTS_IS_OUTPUT
    from guiju.batch.run import Place
    from guiju.batch.sink import form_of
    from guiju.batch.tables import FORMS

    form = form_of(out)
    if form is None and (out.suffix or not source.is_dir()):
        arguments = (("file", out.name or str(out)), ("known", ", ".join(FORMS)))
        wrong_call(Diagnostic(UNKNOWN_FORM, argument("OUT", str(out)), arguments), language)
    if form is None:
        _refuse_around_input(out, (source, *files_read(out, rejects)), language)
    if out.name in ("", ".."):
        wrong_call(Diagnostic(OUT_WITHOUT_NAME, argument("OUT", str(out)), (("path", str(out)),)), language)
    left_out = rejects or out.with_name(f"{out.stem if form else out.name}.rejects.csv")
    if _lies_in(left_out, out):
        place = argument("--rejects", str(left_out))
        wrong_call(Diagnostic(REJECTS_IS_OUTPUT, place, (("path", str(left_out)),)), language)
    for path, is_folder in ((out, form is None), (left_out, False)):
        try:
            path.exists()
        except OSError as error:  # a name too long for the file system
            _end(NOT_WRITABLE, path, language, reason=reason_of(error))
        if _lies_in(path, source):
            wrong_call(Diagnostic(OUTPUT_IS_INPUT, argument("OUT", str(path)), (("path", str(path)),)), language)
        if path.exists() and not replace:
            fail((file_exists(path),), language)
        if path.exists() and path.is_dir() is not is_folder:
            _end(NOT_WRITABLE, path, language, reason=_OTHER_KIND)
    refuse_over_input(language, out, left_out, option="OUT")
    return Place(out, form, left_out)


def _refuse_around_input(out: Path, read: Iterable[Path], language: Language) -> None:
    """End where what is read lies in the place of the result, which takes all that is there away."""
    from guiju.batch.codes import OUTPUT_IS_INPUT

    if any(_lies_in(file, out) for file in read):
        wrong_call(Diagnostic(OUTPUT_IS_INPUT, argument("OUT", str(out)), (("path", str(out)),)), language)


def _lies_in(path: Path, place: Path) -> bool:
    """Whether two paths lead to one place, or the first to what is below the other."""
    real, above = Path(os.path.realpath(path)), Path(os.path.realpath(place))
    return real == above or above in real.parents


def run_to_its_end(job: Job, language: Language, form: str) -> Done:
    """Do it, with progress on a terminal; whatever stops it leaves nothing behind, and ends the command."""
    from guiju.batch import codes
    from guiju.batch.run import others_there, run, without_place
    from guiju.batch.sink import Unwritable
    from guiju.batch.tables import Unreadable
    from guiju.batch.work import WorkerEnded
    from guiju.cli.progress import Progress

    if job.place.out is not None:
        for out in filter(None, (job.place.out, job.place.rejects)):
            _refuse_around_input(out, (table.path for table, _ in job.tables), language)
        if wrong := (*without_place(job), *others_there(job)):
            fail(wrong, language, form)
    known = [table.rows for table, _ in job.tables]
    progress = Progress(None if None in known else sum(filter(None, known)), language)
    rows = 0

    def tell(done: Done) -> None:
        nonlocal rows
        rows = done.read
        progress.tell(rows)

    try:
        with stopped_politely():
            return run(job, tell)
    except Unreadable as error:
        fail((error.diagnostic,), language, form)
    except Unwritable as error:
        unwritable(error.path, error.reason, language, form)
    except WorkerEnded:
        progress.end()
        fail((Diagnostic(codes.WORKER_ENDED, at(job.tables[0][0].path), (("number", rows),)),), language, form)
    except KeyboardInterrupt:
        progress.end()
        report((Diagnostic(codes.INTERRUPTED, at(job.tables[0][0].path), (("number", rows),)),), language)
        sys.exit(INTERRUPTED)
    finally:
        progress.end()


@contextmanager
def stopped_politely() -> Iterator[None]:
    """A request to end is heard as an interruption, so that nothing half done is left."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def unwritable(path: Path, reason: Argument, language: Language, form: str) -> NoReturn:
    """End where the file system does not take what was made."""
    _end(NOT_WRITABLE, path, language, form, reason=reason)


def _end(code: Code, path: Path, language: Language, form: str = "text", reason: Argument = "") -> NoReturn:
    fail((Diagnostic(code, at(path), (("path", str(path)), ("reason", reason))),), language, form)


def at(path: Path) -> Span:
    """A file as a whole, as a place to point at."""
    return Span(Source(str(path), ""), 0, 0)
