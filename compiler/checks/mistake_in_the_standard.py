"""A cell that prints a mistake of the standard, which a reading or record names: a finding about the standard."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.clauses import printed
from guiju.compiler.symbols import cite
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

MISTAKE_IN_THE_STANDARD = Code(
    "mistake-in-the-standard",
    Severity.NOTE,
    Text("标准原文有误", "Mistake in the standard"),
    Text(
        "标准（{cites}）在 {section} 的 {level} 写到 {clause}，而该条款不存在",
        "the standard ({cites}) prints {clause} for {section} at {level}, and there is no such clause",
    ),
    Text(
        "已由读法或记录指明，按其默认处理；可向标准归口单位反馈",
        "a reading or record names it and says what holds; report it to the committee",
    ),
    Text(
        "标准里的错误应当留有记录，而不是悄悄改正", "a mistake in a standard is kept on record, not silently corrected"
    ),
)


def mistake_in_the_standard(checked: Checked) -> Iterator[Diagnostic]:
    """References to missing clauses in named cells of the membership table. Anywhere else they are errors."""
    table = checked.symbols.membership
    if table is None:
        return
    for row in table.rows:
        group = checked.symbols.groups.find(row.group.text)
        for level, cell in zip(checked.sets.levels, row.cells, strict=False):
            for reference in _missing(checked, cell, group):
                arguments = (
                    ("cites", cite(table.cites) or "-"),
                    ("section", row.group.text),
                    ("level", level),
                    ("clause", printed(reference)),
                )
                yield Diagnostic(MISTAKE_IN_THE_STANDARD, cell.span, arguments)


def named_mistakes(checked: Checked) -> frozenset[str]:
    """The missing clauses that named cells of the membership table print."""
    table = checked.symbols.membership
    found = set()
    for row in table.rows if table else ():
        group = checked.symbols.groups.find(row.group.text)
        for level, cell in zip(checked.sets.levels, row.cells, strict=False):
            if group and checked.sets.is_named(group, level):
                found |= {".".join((r.section or group, *r.marks)) for r in _missing(checked, cell, group)}
    return frozenset(found)


def _missing(checked: Checked, cell: tree.MembershipCell, group: str | None) -> Iterator[tree.ClauseRef]:
    for item in cell.items:
        if isinstance(item, tree.ClauseRange):
            yield from checked.symbols.clauses.range(item, group)[1]
        elif isinstance(item, tree.ClauseRef) and item.marks and checked.symbols.clauses.find(item, group) is None:
            yield item
