"""A level that asks less than the one below."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

LEVEL_NOT_CUMULATIVE = Code(
    "level-not-cumulative",
    Severity.ERROR,
    Text("等级要求没有逐级包含", "Levels not cumulative"),
    Text(
        "{clauses} 计入 {lower}，却不计入 {higher}",
        "in {section}, {clauses} counts at {lower} but not at {higher}",
    ),
    Text(
        "把它加进 {higher} 的单元格；若标准原文如此，用记录（单元格 归属 {section} {higher}）指明",
        "add it to the cell of {higher}, or let a record name it: cell membership {section} {higher}",
    ),
    Text(
        "高一级的要求应包含低一级的全部要求，否则升级反而可以少做",
        "a higher level must ask for all that a lower one asks, or rising means doing less",
    ),
)


def level_not_cumulative(checked: Checked) -> Iterator[Diagnostic]:
    """In every row of the membership table each cell holds all of the cell before it, under every reading."""
    table = checked.symbols.membership
    if table is None:
        return
    for row in table.rows:
        group = checked.symbols.groups.find(row.group.text)
        for lower, higher in zip(checked.sets.levels, checked.sets.levels[1:], strict=False):
            if group is not None:
                yield from _pair(checked, row, group, lower, higher)


def _pair(checked: Checked, row: tree.MembershipRow, group: str, lower: str, higher: str) -> Iterator[Diagnostic]:
    if any(_is_recorded(checked, group, level) for level in (lower, higher)):
        return
    cells = (("membership", group, lower), ("membership", group, higher))
    readings = tuple({p.reading for c in cells if (p := checked.patches.cells.get(c))})
    for chosen in checked.choices(readings):
        above = checked.sets.members(group, higher, chosen)
        lost = [leaf for leaf in checked.sets.members(group, lower, chosen) if leaf not in above]
        if lost:
            shown = ", ".join(checked.symbols.clauses.by_id[leaf].printed for leaf in lost)
            arguments = (("section", group), ("clauses", shown), ("lower", lower), ("higher", higher))
            yield Diagnostic(LEVEL_NOT_CUMULATIVE, row.span, arguments)
            return


def _is_recorded(checked: Checked, group: str, level: str) -> bool:
    return checked.sets.is_named(group, level) and ("membership", group, level) not in checked.patches.cells
