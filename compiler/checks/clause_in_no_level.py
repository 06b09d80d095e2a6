"""A clause that counts at no level."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import Clause
from guiju.compiler.readings import Cell
from guiju.compiler.sets import Assignment
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

CLAUSE_IN_NO_LEVEL = Code(
    "clause-in-no-level",
    Severity.ERROR,
    Text("条款不属于任何等级", "Clause in no level"),
    Text(
        "条款“{clause}”在归属表的任何一级都不计入", "the clause `{clause}` counts at no level of the membership table"
    ),
    Text("把它加进归属表的某一级{otherwise}", "add it to a level of the membership table{otherwise}"),
    Text(
        "不属于任何等级的条款，满足与否都不影响结论，多半是漏写",
        "whether such a clause holds changes nothing; most likely it was left out",
    ),
    "",
)


MISSING_ROW = Code(
    "membership-row-missing",
    Severity.ERROR,
    Text("归属表缺一行", "Row missing in the membership table"),
    Text("归属表没有 {section} 一行", "the membership table has no row for {section}"),
    Text("补上这一行", "add the row"),
    Text(
        "没有这一行，这一节的条款在哪一级都不计入",
        "without it the clauses of that section count at no level",
    ),
    "",
)


def clause_in_no_level(checked: Checked) -> Iterator[Diagnostic]:
    """With levels and a membership table, every leaf counts somewhere under every reading."""
    table = checked.symbols.membership
    if table is None:
        return
    missing = _without_row(checked, table)
    for section in missing:
        yield Diagnostic(MISSING_ROW, table.span, (("section", section),))
    told = {*missing, *_with_empty_cell(checked)}  # of an empty cell above a filled one, `level-not-cumulative` tells
    for clause in (c for c in checked.program.clauses if c.group not in told):
        cells: list[Cell] = [("membership", clause.group, level) for level in checked.sets.levels]
        cells.append(("requires", clause.id))
        readings = tuple({p.reading for c in cells if (p := checked.patches.cells.get(c))})
        for chosen in checked.choices(readings):
            counts = any(checked.sets.counts(clause.id, level, chosen) for level in checked.sets.levels)
            if checked.sets.is_item(clause.id, chosen) and not counts:
                yield _counted_nowhere(checked, clause, chosen)
                break


def _counted_nowhere(checked: Checked, clause: Clause, chosen: Assignment) -> Diagnostic:
    """Of a lead the option that makes it an item is named: there the membership can be patched as well."""
    under = [found for found in clause.item_under if found in chosen.items()]
    options = (o for r in checked.patches.readings for o in r.options if (r.id, o.id) in under)
    labels: tuple[Label, ...] = ()
    otherwise = Text("", "")
    for option in options:
        cell = f"{clause.group} {checked.sets.levels[-1]} ="
        otherwise = Text(f"，或在选项里修改：`归属 {cell} …`", f", or patch it in the option: `membership {cell} …`")
        labels = (Label(option.span, Text("在这个选项下它是一项", "an item under this option")),)
    arguments = (("clause", clause.printed), ("otherwise", otherwise))
    return Diagnostic(CLAUSE_IN_NO_LEVEL, clause.span, arguments, labels)


def _with_empty_cell(checked: Checked) -> Iterator[str]:
    """The sections of which clauses count at some level, and none at the highest."""
    default = next(checked.choices(()))
    for section in checked.symbols.group:
        held = [checked.sets.members(section, level, default) for level in checked.sets.levels]
        if any(held) and not held[-1]:
            yield section


def _without_row(checked: Checked, table: tree.MembershipDecl) -> tuple[str, ...]:
    """The sections with clauses that the table has no row for, and of which no default option fills a cell."""
    held = {checked.symbols.groups.find(row.group.text) for row in table.rows}
    sections = dict.fromkeys(clause.group for clause in checked.program.clauses)
    default = next(checked.choices(()))

    def is_empty(section: str) -> bool:
        return not any(checked.sets.members(section, level, default) for level in checked.sets.levels)

    return tuple(section for section in sections if section not in held and is_empty(section))
