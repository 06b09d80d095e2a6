"""Whatever form a cell has, its row means what `engine.rows` says; and what cannot mean anything is rejected."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.batch.clean import Clean, clean
from guiju.batch.heading import Heading, fits
from guiju.compiler.ir import Program
from guiju.engine.bind import Bound
from guiju.engine.layout import layout
from guiju.engine.rows import bind_row
from tests.engine.drawn_rows import rows_for
from tests.engine.strategies import programs
from tests.engine.tables import rows_in, table_of

SOME = settings(max_examples=10, suppress_health_check=list(HealthCheck))


@st.composite
def populations(draw: st.DrawFn) -> tuple[Program, list[list[object]]]:
    program = draw(programs())
    return program, draw(st.lists(rows_for(program), min_size=1, max_size=6))


def as_text(value: object) -> str | None:
    """A value as somebody would write it into a sheet."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return " | ".join(value) or "[]"
        case Decimal():
            return f"{value:f}"
    return str(value)


def meaning(bound: Bound) -> tuple[object, ...]:
    """All that evaluation looks at."""
    verdicts = {c: [a.verdict for a in said] for c, said in bound.attestations.items()}
    return dict(bound.facts), dict(bound.inputs), verdicts, dict(bound.rounded)


def cleaned(program: Program, batch: pa.RecordBatch) -> Clean:
    slots = layout(program)
    columns = tuple((s.name, i) for i, s in enumerate(slots) if s.name in batch.schema.names)
    assert all(fits(slots[i], batch.schema.field(name).type) for name, i in columns)
    return clean(program, Heading(columns, None, ()), batch)


def check(program: Program, rows: Sequence[Sequence[object]], found: Clean) -> None:
    """That rows are rejected just where they state what is out of type, and that the others mean what they meant."""
    bound = [bind_row(program, row, "row") for row in rows]
    wrong = {i for i, (_, diagnostics) in enumerate(bound) if any(d.is_error for d in diagnostics)}
    assert {cell.row for cell in found.wrong} == wrong
    assert found.rows.tolist() == [i for i in range(len(rows)) if i not in wrong]
    for at, row in enumerate(found.rows):
        read, _ = bind_row(program, found.values(program, at), "row")
        assert meaning(read) == meaning(bound[row][0])


@SOME
@given(populations())
def test_a_row_of_text_means_what_its_values_mean(drawn: tuple[Program, list[list[object]]]) -> None:
    program, drawn_rows = drawn
    rows = [[None if isinstance(v, float) else v for v in row] for row in drawn_rows]  # as text these are numbers
    columns = {s.name: pa.array([as_text(row[i]) for row in rows], pa.string()) for i, s in enumerate(layout(program))}
    check(program, rows, cleaned(program, pa.RecordBatch.from_pydict(columns)))


@SOME
@given(populations())
def test_a_row_of_typed_columns_means_what_its_values_mean(drawn: tuple[Program, list[list[object]]]) -> None:
    program, drawn_rows = drawn
    batch, _ = table_of(program, drawn_rows)
    check(program, rows_in(program, batch, {}), cleaned(program, batch))
