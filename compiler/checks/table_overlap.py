"""Rows of a decision table that hold at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from guiju.compiler.checks.case import Case, NothingToldError
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.overlap_remedy import remedy
from guiju.compiler.checks.table_cases import TABLE_IN_DOUBT, Way, in_doubt, likeliest, ways_of
from guiju.compiler.checks.tables import Table, tables
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.source import Span

TABLE_OVERLAP = Code(
    "table-overlap",
    Severity.ERROR,
    Text("判定表有重叠", "Overlap in a decision table"),
    Text(
        "判定表“{table}”的 {first} 与 {second} 重叠：{case}都成立",
        "in the table `{table}`, {first} and {second} overlap: both hold {case}",
    ),
    Text("改正条件：{remedy}", "correct the conditions: {remedy}"),
    Text("同一种情况落在两行里，就有两个结论", "a case that lies in two rows has two results"),
)


def table_overlap(checked: Checked) -> Iterator[Diagnostic]:
    """In a table that says `exactly one`, and in a grade by intervals of one number, no two rows hold at once.

    Of a grade without `exactly one` this is no mistake where the row that is tried first asks for more than the other:
    of `A >= 80 %` and `A >= 90 %` the language says which counts.
    """
    for table in tables(checked):
        if table.parts_one_number or table.exclusive:
            with suppress(NothingToldError):
                yield from _found_in(checked, table)


def _found_in(checked: Checked, table: Table) -> Iterator[Diagnostic]:
    at_once = tuple(_overlaps(checked, table, as_one_level=table.is_levelled and table.parts_one_number))
    yield from at_once
    if table.exclusive and table.is_levelled and not at_once:
        yield from _overlaps(checked, table, as_one_level=False)


def _overlaps(checked: Checked, table: Table, *, as_one_level: bool) -> Iterator[Diagnostic]:
    """Each row that holds beside one above it, with the first of these: the first that surely does, if any does."""
    ways = tuple(ways_of(checked, table, as_one_level=as_one_level))
    rows = ways[0].cases.rows if ways else ()
    in_order = sorted(range(len(rows)), key=lambda row: rows[row].span.start)
    for place, row in enumerate(in_order):
        found: tuple[int, Case] | None = None
        for above in in_order[:place]:
            case = likeliest(way.find((above, True), (row, True)) for way in ways)
            if case is None or _are_apart(table, rows[above].span, rows[row].span):
                continue
            if _is_told_which(ways, table, (above, row), as_one_level=as_one_level):
                continue
            if found is None or case.is_certain:
                found = above, case
            if case.is_certain:
                break
        if found is not None:
            yield _finding(table, ways[0], (found[0], row), found[1])


def _are_apart(table: Table, *places: Span) -> bool:
    """Whether two rows look at the scores of different levels, of each at no more than a bound to be reached."""
    return table.scored_apart and not table.exclusive and all(table.has_one_bound(place) for place in places)


def _is_told_which(ways: Sequence[Way], table: Table, rows: tuple[int, int], *, as_one_level: bool) -> bool:
    """Whether it is plain which of two rows counts: the first that is tried asks for more than the other.

    Rows of different levels may also ask the same, of the score of each.
    """
    first, then = min(rows), max(rows)
    narrower, wider = _is_inside(ways, first, then), _is_inside(ways, then, first)
    if narrower and wider:
        return as_one_level
    return narrower and not table.exclusive


def _is_inside(ways: Sequence[Way], one: int, other: int) -> bool:
    return all(way.find((one, True), (other, False)) is None for way in ways)


def _finding(table: Table, way: Way, rows: tuple[int, int], case: Case) -> Diagnostic:
    above, row = (way.cases.rows[i] for i in rows)
    label = Label(above.span, Text("与这一行重叠", "overlaps with this row"))
    if not case.is_certain:
        finding = Text(f"{case.said.zh}两行都成立", f"two rows hold {case.said.en}")
        return Diagnostic(TABLE_IN_DOUBT, row.span, in_doubt(table.name, finding), (label,))
    first, second = (" ".join(r.condition.span.text.split()) for r in (above, row))
    tried = sorted(rows)
    write = remedy(table, *(way.cases.rows[i].span for i in tried))
    arguments = (("table", table.name), ("first", first), ("second", second), ("case", case.said), ("remedy", write))
    return Diagnostic(TABLE_OVERLAP, row.span, arguments, (label,))
