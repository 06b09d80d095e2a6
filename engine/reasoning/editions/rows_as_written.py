"""Rows of tables, and options of readings, in the words of their policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.compiler.graph import parts
from guiju.compiler.ir import Cases, Choice, Expression
from guiju.dsl.keywords import language_of, spell
from guiju.engine.reasoning.editions.differing import are_alike, whole_rows
from guiju.engine.reasoning.editions.requirement import inside


def row_with(whole: Expression, part: Expression) -> str:
    """The row of a table that something stands in, as it is written; nothing where it is in none."""
    for table in (e for e in inside(whole) if isinstance(e, Cases)):
        for row in table.rows:
            if any(e is part for side in (row.condition, row.value) for e in inside(side)):
                return " ".join(row.span.text.split())
    return ""


def by_option(choice: Choice) -> str:
    """What each option of a reading says, as it is written."""
    return " | ".join(f"{name}: {' '.join(e.span.text.split())}" for name, e in choice.options)


def rows_alone(one: Cases, other: Cases) -> str:
    """The rows of a table that another one does not have, as they are written."""
    rows, there = (whole_rows(e) for e in (one, other))
    written = zip(rows, _written(one), strict=True)
    return _in_order(said for row, said in written if not any(are_alike(row, r) for r in there))


def every_row(table: Cases) -> str:
    """All rows of a table, as they are written."""
    return _in_order(_written(table))


def _written(table: Cases) -> Iterator[tuple[int, str]]:
    """Where each row of a table stands, and how it is written; the last one is "" where it stands nowhere."""
    yield from ((row.span.start, "" if row.span == table.span else row.span.text) for row in table.rows)
    yield table.otherwise.span.start, _last_row(table)


def _last_row(table: Cases) -> str:
    """The row for all that is left, in the words of its policy; of a score the value alone is part of the program."""
    span = table.otherwise.span
    if span == table.span:
        return ""
    keyword = spell("OTHERWISE", language_of(span.source.policy) or "en")
    return f"{span.text} {keyword}" if table.form == "table" else span.text


def last_rows(e: Expression) -> Iterator[tuple[int, str]]:
    """Every value that is left to the last row of a table, by its identity, and how that row is written."""
    if isinstance(e, Cases) and e.form == "table":
        yield id(e.otherwise), _last_row(e)
    for part in parts(e):
        yield from last_rows(part)


def _in_order(rows: Iterable[tuple[int, str]]) -> str:
    return "; ".join(" ".join(text.split()) for _, text in sorted(set(rows)) if text)
