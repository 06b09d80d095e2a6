"""Rows of a decision table that hold at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.tables import tables
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

TABLE_OVERLAP = Code(
    "table-overlap",
    Severity.ERROR,
    Text("判定表有重叠", "Overlap in a decision table"),
    Text(
        "判定表“{table}”的 {first} 与 {second} 重叠",
        "in the table `{table}`, {first} and {second} overlap",
    ),
    Text("改正端点：一端用 <，另一端用 <=", "correct the ends: `<` on one side, `<=` on the other"),
    Text("同一个得分落在两行里，就有两个结论", "a score that lies in two rows has two results"),
)


def table_overlap(checked: Checked) -> Iterator[Diagnostic]:
    """In a grade, and in a table that says `exactly one`, no two intervals have a number in common.

    A grade by levels may ask the same of the score at each level: the rows then speak of different scores.
    """
    for table in tables(checked):
        if not (table.is_grade or table.exclusive):
            continue
        for (lower, below), (upper, above) in pairwise(table.intervals() or []):
            same_test_at_each_level = table.is_levelled and lower == upper
            if lower.meets(upper) and not same_test_at_each_level:
                first, second = (interval.shown(table.quantity or "") for interval in (lower, upper))
                arguments = (("table", table.name), ("first", first), ("second", second))
                label = Label(below, Text("与这一行重叠", "overlaps with this row"))
                yield Diagnostic(TABLE_OVERLAP, above, arguments, (label,))
