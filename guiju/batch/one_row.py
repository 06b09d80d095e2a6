"""One row of a population, by its id or its number: as evidence, so that whatever explains evidence explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from guiju.batch import codes
from guiju.batch.clean import WrongCell, clean
from guiju.batch.copied import texts
from guiju.batch.heading import Heading, id_of
from guiju.batch.misfits import Misfit, Misfits
from guiju.batch.tables import Table, about_line, batches
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound
from guiju.engine.evidence import Evidence
from guiju.engine.rows import bind_row, evidence_of

_TOLD = 10  # rows of one id


@dataclass(frozen=True)
class Row:
    """A row: where it stands, and what it states. `wrong`: cells that state nothing possible; it has no answer then."""

    table: Table
    number: int
    values: tuple[object, ...]
    wrong: tuple[WrongCell, ...]

    @property
    def subject(self) -> str:
        """What the row is called where it is explained."""
        return f"{Path(self.table.shown).name}#{self.number}"

    def evidence(self, program: Program) -> Evidence:
        """What it means."""
        return evidence_of(program, self.values, self.subject)

    def bound(self, program: Program) -> tuple[Bound, tuple[Diagnostic, ...]]:
        """The same in the program's names and units."""
        return bind_row(program, self.values, self.subject)


def row_named(
    program: Program, tables: Iterable[tuple[Table, Heading]], name: str
) -> tuple[Row | None, tuple[Diagnostic, ...]]:
    """The row of an id, of a number (where there are no ids, or as `#17`), of a file and a number (`file#17`)."""
    headed = tuple(tables)
    file, hash_, number = name.rpartition("#")
    if hash_ and number.isdigit():
        of_file = [(t, h) for t, h in headed if not file or file in (t.shown, Path(t.shown).name)]
        found = list(_numbered(program, of_file, int(number)))
    elif name.isdigit() and all(h.id is None for _, h in headed):
        found = list(_numbered(program, headed, int(name)))
    else:
        found = list(_called(program, headed, name))
    place = Span(Source("--row", name), 0, len(name))
    if not found:
        return None, (Diagnostic(codes.NO_SUCH_ROW, place, (("name", name),)),)
    if len(found) > 1:
        rows = ", ".join(row.table.row(row.number) for row in found)
        return None, (Diagnostic(codes.ROW_TWICE, place, (("name", name), ("rows", rows))),)
    return found[0], ()


def _numbered(program: Program, tables: Iterable[tuple[Table, Heading]], number: int) -> Iterator[Row]:
    for table, heading in tables:
        misfits, last = Misfits(), 0
        for batch in batches(table, heading.columns, misfits):
            yield from (_line(table, line) for line in misfits.before_the_next() if line.row == number)
            rows, passed = misfits.numbered(batch.num_rows)
            yield from (_line(table, line) for line in passed if line.row == number)
            at = rows.searchsorted(number)
            if at < len(rows) and rows[at] == number:
                yield _row(program, heading, table, number, batch.slice(int(at), 1))
            last = rows[-1] if len(rows) else last
            if last >= number:
                break
        if last < number:
            yield from (_line(table, line) for line in misfits.before_the_next() if line.row == number)


def _line(table: Table, line: Misfit) -> Row:
    """A line that is no row, for it has not as many cells as the head."""
    return Row(table, line.row, (), (WrongCell(0, "", line.text, (about_line(table, line),)),))


def _called(program: Program, tables: Iterable[tuple[Table, Heading]], name: str) -> Iterator[Row]:
    found = (row for table, heading in tables for row in _called_in(program, table, heading, name))
    yield from islice(found, _TOLD)


def _called_in(program: Program, table: Table, heading: Heading, name: str) -> Iterator[Row]:
    """The rows of an id in one table, and the lines that would be of it."""
    misfits = Misfits()
    for batch in batches(table, heading.columns, misfits) if heading.id is not None else ():
        yield from (_line(table, line) for line in misfits.before_the_next() if id_of(table, heading, line) == name)
        rows, passed = misfits.numbered(batch.num_rows)
        yield from (_line(table, line) for line in passed if id_of(table, heading, line) == name)
        for at, id_ in enumerate(texts(batch.column(heading.id))):
            if id_ == name:
                yield _row(program, heading, table, int(rows[at]), batch.slice(at, 1))
    yield from (_line(table, line) for line in misfits.before_the_next() if id_of(table, heading, line) == name)


def _row(program: Program, heading: Heading, table: Table, number: int, batch: object) -> Row:
    cleaned = clean(program, heading, batch)
    values = () if cleaned.wrong else tuple(cleaned.values(program, 0))
    return Row(table, number, values, tuple(_placed(cell, table.row(number)) for cell in cleaned.wrong))


def _placed(cell: WrongCell, row: str) -> WrongCell:
    """A cell with the name of its row in the places of what is wrong with it, which has no more than the cell."""

    def there(found: Diagnostic) -> Diagnostic:
        span = found.span
        return replace(found, span=Span(Source(row, span.source.text, is_cell=True), span.start, span.end))

    return replace(cell, why=tuple(map(there, cell.why)))
