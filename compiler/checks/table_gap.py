"""A decision table that leaves a case out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from guiju.compiler.checks.case import Case, NothingToldError
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.table_cases import TABLE_IN_DOUBT, in_doubt, likeliest, ways_of
from guiju.compiler.checks.tables import Table, tables
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.source import Span

TABLE_GAP = Code(
    "table-gap",
    Severity.ERROR,
    Text("判定表有缺口", "Gap in a decision table"),
    Text("判定表“{table}”没有覆盖所有情况：{gap}", "the table `{table}` does not cover every case: {gap}"),
    Text("改正区间，或加上“否则”一行", "correct the rows, or add an `otherwise` row"),
    Text("落在缺口里的对象没有结论", "a subject that falls into the gap gets no result"),
)
GAP_LEFT_TO_OTHERWISE = Code(
    "gap-left-to-otherwise",
    Severity.WARNING,
    Text("两行之间落到“否则”", "Gap that falls to `otherwise`"),
    Text(
        "判定表“{table}”的两行之间有空当：{gap} 落到“否则”",
        "in the table `{table}` two rows leave room between them: {gap} falls to `otherwise`",
    ),
    Text(
        "改正区间使两行相接；本来就要这样的，给空当也写一行",
        "let the two rows meet; if it is meant so, give what lies between a row of its own",
    ),
    Text(
        "高于下一行、低于上一行的对象，结果却同最差的一样，多半是界写错了",
        "a subject above the one row and below the other gets the result of the worst: most likely a bound is wrong",
    ),
    'groups section\nsection 1\n  a) "x" attested\nscore s = share of clauses satisfied\n'
    "grade g by s\n  low | s <= 20 %\n  high | s >= 30 %\n  otherwise | none",
)
BACKWARD_INTERVAL = Code(
    "backward-interval",
    Severity.ERROR,
    Text("区间倒写", "Backward interval"),
    Text(
        "区间“{interval}”里没有任何数：下端不小于上端",
        "no number lies in `{interval}`: its ends are the wrong way round",
    ),
    Text("对调两端，或改正其中一端", "swap the two ends, or correct one of them"),
    Text(
        "倒写的区间永远不成立，这一行就没有作用",
        "a row whose interval is backward never holds and might as well not be there",
    ),
    "score a = 1\ngrade g by a\n  pass | 3 < a <= 2\n  otherwise | fail",
)


def table_gap(checked: Checked) -> Iterator[Diagnostic]:
    """Without an `otherwise` there is no case that no row takes; with one, intervals of a grade still leave no room."""
    for table in tables(checked):
        backward = table.backward()
        for _, span in backward:
            yield Diagnostic(BACKWARD_INTERVAL, span, (("interval", _condition(table, span)),))
        between = tuple(_between(table))
        yield from between
        case = None if backward or between or table.has_otherwise else _uncovered(checked, table)
        if case is not None and case.is_certain:
            yield Diagnostic(TABLE_GAP, table.span, (("table", table.name), ("gap", _in_no_row(case.said))))
        elif case is not None:
            yield Diagnostic(TABLE_IN_DOUBT, table.span, in_doubt(table.name, _in_no_row(case.said)))


def _uncovered(checked: Checked, table: Table) -> Case | None:
    """A case in which every row is false."""
    ways = ways_of(checked, table, as_one_level=table.is_levelled and table.parts_one_number)
    with suppress(NothingToldError):
        return likeliest(way.find(*((row, False) for row in range(len(table.rows)))) for way in ways)
    return None


def _in_no_row(case: Text) -> Text:
    return Text(f"{case.zh}没有一行成立", f"no row holds {case.en}")


def _condition(table: Table, row: Span) -> str:
    return next(condition.span.text for condition, span in table.rows if span == row)


def _between(table: Table) -> Iterator[Diagnostic]:
    """What lies between the intervals of one number; in a score that has an `otherwise` this is what that is for."""
    if table.has_otherwise and not table.is_grade:
        return
    for (lower, below), (upper, above) in pairwise(table.intervals() or []):
        if table.leaves_out(lower, upper):
            label = Label(below, Text("下面的区间", "the interval below"))
            text = lower.gap_to(upper, table.quantity or "")
            if table.has_otherwise:
                yield Diagnostic(GAP_LEFT_TO_OTHERWISE, above, (("table", table.name), ("gap", text)), (label,))
            else:
                gap = Text(f"{text} 不在任何一行", f"{text} is in no row")
                yield Diagnostic(TABLE_GAP, above, (("table", table.name), ("gap", gap)), (label,))
