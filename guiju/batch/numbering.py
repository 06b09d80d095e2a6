"""Columns that two editions read: each by its own clause numbers, which may stand for another clause in the other."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.batch import codes
from guiju.batch.heading import Heading, few, slot_named
from guiju.batch.tables import Table
from guiju.compiler.ir import Clause, Program
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.layout import layout
from guiju.engine.reasoning.editions.numbering import numbers_there


def two_clauses(before: Program, after: Program, table: Table, heading: Heading) -> tuple[Diagnostic, ...]:
    """That columns say of one clause in one edition what they say of another in the other.

    `heading`: how the first edition reads the table.
    """
    names = list(_two_clauses(before, after, heading))
    if not names:
        return ()
    said = (("before", before.designation), ("after", after.designation), ("names", few(names)))
    return (Diagnostic(codes.TWO_CLAUSES, table.place(table.schema.names.index(names[0])), said),)


def _two_clauses(before: Program, after: Program, heading: Heading) -> Iterator[str]:
    called = numbers_there(after, before)
    for name, index in heading.slots:
        here, there = layout(before)[index].declaration, slot_named(after, name)
        other = None if there is None else layout(after)[there].declaration
        if isinstance(here, Clause) and isinstance(other, Clause) and called.get(other.id) != here.id:
            yield name
