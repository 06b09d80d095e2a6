"""A level that asks less than the one below."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.readings import Cell
from guiju.compiler.sets import Assignment
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.source import Span

LEVEL_NOT_CUMULATIVE = Code(
    "level-not-cumulative",
    Severity.ERROR,
    Text("等级要求没有逐级包含", "Levels not cumulative"),
    Text(
        "{clauses} 计入 {lower}，却不计入 {higher}",
        "{clauses} counts at {lower} but not at {higher}",
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

READING_NOT_CUMULATIVE = Code(
    "reading-not-cumulative",
    Severity.ERROR,
    Text("读法使等级没有逐级包含", "Reading that makes levels not cumulative"),
    Text(
        "按读法“{reading}”的选项“{option}”，{clauses} 计入 {lower}，却不计入 {higher}",
        "under `{option}` of the reading `{reading}`, {clauses} counts at {lower} but not at {higher}",
    ),
    Text(
        "改这个选项；或让它同时修改 {higher} 的单元格",
        "change this option, or let it patch the cell of {higher} as well",
    ),
    Text(
        "高一级的要求应包含低一级的全部要求，在每一种读法下都如此",
        "a higher level must ask for all that a lower one asks, under every reading",
    ),
)

LEVELS_SWAPPED = Code(
    "levels-swapped",
    Severity.ERROR,
    Text("等级次序颠倒", "Levels in the wrong order"),
    Text(
        "归属表有 {rows} 行在 {lower} 计入的多于 {higher}，没有一行相反",
        "in {rows} rows of the membership table {lower} counts more than {higher}, and in no row less",
    ),
    Text(
        "等级由低到高排列：调换这两个等级，或调换表中的两列",
        "levels stand lowest first: swap these two, or the two columns of the table",
    ),
    Text("等级的次序就是高低，写反了，升级就成了降级", "the order of the lines is the order of the levels"),
)
_ONE_ROW = 1  # in which a cell may lack a clause; in several rows it is the levels that stand in the wrong order


def level_not_cumulative(checked: Checked) -> Iterator[Diagnostic]:
    """In every row of the membership table each cell holds all of the cell before it, under every reading."""
    table = checked.symbols.membership
    if table is None:
        return
    for lower, higher in zip(checked.sets.levels, checked.sets.levels[1:], strict=False):
        grouped = ((row, checked.symbols.groups.find(row.group.text)) for row in table.rows)
        rows = [(row, group) for row, group in grouped if group is not None]
        found = [d for row, group in rows for d in _pair(checked, row, group, lower, higher)]
        printed = [d for d in found if d.code is LEVEL_NOT_CUMULATIVE]
        if len(printed) > _ONE_ROW and all(_holds_less(checked, group, lower, higher) for _, group in rows):
            yield _swapped(checked, printed, lower, higher)
        else:
            yield from found


def _holds_less(checked: Checked, group: str, lower: str, higher: str) -> bool:
    """Whether a higher level counts nothing of a group that a lower one does not; what is in doubt says nothing."""
    if any(checked.sets.is_named(group, level) for level in (lower, higher)):
        return True
    default = next(checked.choices(()))
    return set(checked.sets.members(group, higher, default)) <= set(checked.sets.members(group, lower, default))


def _swapped(checked: Checked, found: list[Diagnostic], lower: str, higher: str) -> Diagnostic:
    span = next(level.span for level in checked.symbols.level_list if level.id == higher)
    labels = tuple(Label(d.span, Text("这一行", "this row")) for d in found)
    return Diagnostic(LEVELS_SWAPPED, span, (("rows", len(found)), ("lower", lower), ("higher", higher)), labels)


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
            patch = _patch(checked, cells, chosen)
            if patch is None:
                yield Diagnostic(LEVEL_NOT_CUMULATIVE, row.span, arguments)
            else:
                reading, option, span = patch
                named = (("reading", reading), ("option", option), *arguments)
                yield Diagnostic(READING_NOT_CUMULATIVE, span, named)
            return


def _patch(checked: Checked, cells: tuple[Cell, ...], chosen: Assignment) -> tuple[str, str, Span] | None:
    """The patch of one of the cells that these options make, if there is one: its reading, its option, its place."""
    for cell in cells:
        patched = checked.patches.cells.get(cell)
        option = chosen[patched.reading] if patched else ""
        if patched and option in patched.patches:
            return patched.reading, option, patched.patches[option].span
    return None


def _is_recorded(checked: Checked, group: str, level: str) -> bool:
    return checked.sets.is_named(group, level) and ("membership", group, level) not in checked.patches.cells
