"""A decision table that leaves a case out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.tables import Table, tables
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

TABLE_GAP = Code(
    "table-gap",
    Severity.ERROR,
    Text("判定表有缺口", "Gap in a decision table"),
    Text("判定表“{table}”没有覆盖所有情况：{gap}", "the table `{table}` does not cover every case: {gap}"),
    Text("改正区间，或加上“否则”一行", "correct the rows, or add an `otherwise` row"),
    Text("落在缺口里的对象没有结论", "a subject that falls into the gap gets no result"),
)


def table_gap(checked: Checked) -> Iterator[Diagnostic]:
    """Intervals follow on one another without a gap; whatever lies outside needs an `otherwise`."""
    for table in tables(checked):
        yield from _between(table)
        if not table.has_otherwise and not _covers_all(table):
            gap = Text("没有“否则”一行", "there is no `otherwise` row")
            yield Diagnostic(TABLE_GAP, table.span, (("table", table.name), ("gap", gap)))


def _between(table: Table) -> Iterator[Diagnostic]:
    if table.has_otherwise and not table.is_grade:
        return
    for (lower, below), (upper, above) in pairwise(table.intervals() or []):
        if not lower.touches(upper):
            text = f"{lower.shown()} | {upper.shown()}"
            gap = Text(f"{text} 之间没有行", f"nothing between {text}")
            label = Label(below, Text("下面的区间", "the interval below"))
            yield Diagnostic(TABLE_GAP, above, (("table", table.name), ("gap", gap)), (label,))


def _covers_all(table: Table) -> bool:
    intervals = table.intervals()
    return bool(intervals) and intervals[0][0].low is None and intervals[-1][0].high is None  # type: ignore[index]
