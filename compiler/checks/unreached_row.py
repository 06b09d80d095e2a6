"""A row of a table that no case reaches: the rows before it take every case in which it holds, or it never holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from guiju.compiler.checks.case import Case, NothingToldError
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.table_cases import Way, ways_of
from guiju.compiler.checks.tables import Table, tables
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.source import Span

UNREACHED_ROW = Code(
    "unreached-row",
    Severity.WARNING,
    Text("用不到的一行", "Row that is never reached"),
    Text("“{name}”的这一行用不到：{reason}", "no case reaches this row of `{name}`: {reason}"),
    Text("改正条件，或删去其中一行", "correct the condition, or remove one of the rows"),
    Text(
        "各行依次判断，前面的行已经成立时，后面的行不起作用",
        "rows are tried in order: where one holds, those after it decide nothing",
    ),
    "score s\n  2 when n > 1\n  1 when n > 2\n  0 otherwise",
)
_BEFORE = Text("它成立时，前面总有一行成立", "wherever it holds, a row before it does")
_NEVER = Text("它的条件不可能成立", "its condition cannot hold")
_BEHIND = Text("它在“否则”之后", "it stands behind `otherwise`")


def unreached_row(checked: Checked) -> Iterator[Diagnostic]:
    """Every row decides some case, under some option of each reading, and nothing stands behind `otherwise`.

    In a grade `otherwise` may stand anywhere, once: the levels are tried from the highest down.
    """
    rows_of: dict[Span, Sequence[tree.ScoreRow | tree.GradeRow]]
    rows_of = {block.span: block.rows for d in checked.symbols.families.values() for block in d.blocks}
    rows_of |= {grade.span: grade.rows for grade in checked.symbols.grades.values()}
    for table in tables(checked):
        rows = rows_of[table.span]
        last = next((i for i, row in enumerate(rows) if row.condition is None), len(rows))
        behind = [row for row in rows[last + 1 :] if row.condition is None or not table.is_grade]
        if behind:
            yield _finding(table, behind[0].span, _BEHIND, rows[last].span)
        backward = {span for _, span in table.backward()}
        yield from (d for d in _never_first(checked, table) if d.span not in backward)


def _never_first(checked: Checked, table: Table) -> Iterator[Diagnostic]:
    """The rows that are never the first to hold; where rows must not overlap at all, those that never hold."""
    in_order = not (table.exclusive or (table.parts_one_number and not table.is_levelled))
    try:
        for row in _left(range(len(table.rows)), ways_of(checked, table), before=in_order):
            yield _reason(table, row, tuple(ways_of(checked, table)), in_order=in_order)
    except NothingToldError:
        return


def _left(rows: Iterable[int], ways: Iterable[Way], *, before: bool) -> list[int]:
    """The rows that none of the ways reaches."""
    left = list(rows)
    made = False
    for way in ways:
        made = True
        left = [row for row in left if _first_at(way, row, before=before) is None]
        if not left:
            break
    return left if made else []


def _first_at(way: Way, row: int, *, before: bool) -> Case | None:
    return way.find(*((above, False) for above in range(row if before else 0)), (row, True))


def _reason(table: Table, row: int, ways: Sequence[Way], *, in_order: bool) -> Diagnostic:
    rows = ways[0].cases.rows
    if not in_order or all(way.find((row, True)) is None for way in ways):
        return _finding(table, rows[row].span, _NEVER)
    alone = (a for a in range(row) if all(way.find((a, False), (row, True)) is None for way in ways))
    above = next(alone, None)
    return _finding(table, rows[row].span, _BEFORE, None if above is None else rows[above].span)


def _finding(table: Table, row: Span, reason: Text, earlier: Span | None = None) -> Diagnostic:
    labels = (Label(earlier, Text("前面的一行", "the earlier row")),) if earlier else ()
    return Diagnostic(UNREACHED_ROW, row, (("name", table.name), ("reason", reason)), labels)
