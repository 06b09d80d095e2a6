"""A level that no row of any grade gives."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

LEVEL_WITHOUT_ROW = Code(
    "level-without-row",
    Severity.WARNING,
    Text("定级没有这一级", "Level that no grade gives"),
    Text("定级“{grade}”没有等级“{level}”的行", "the grade `{grade}` has no row for the level `{level}`"),
    Text("加上这一级的行，或删去这个等级", "add a row for it, or remove the level"),
    Text("没有行的等级，无论证据如何都不会是结果", "a level without a row is never the result, whatever the evidence"),
    "levels\n  L1\n  L2\nscore a = 1\ngrade g by a\n  L1 | a >= 1\n  otherwise | none",
)


def level_without_row(checked: Checked) -> Iterator[Diagnostic]:
    """Where a grade gives levels, every level is given by some grade."""
    levels, grades = checked.symbols.levels, checked.symbols.grades.values()
    given = {grade.name.text: {levels.find(row.result.text) for row in grade.rows} - {None} for grade in grades}
    by_levels = next((grade for grade in grades if given[grade.name.text]), None)
    for level in checked.symbols.level_list if by_levels else ():
        if by_levels and not any(level.id in results for results in given.values()):
            arguments = (("grade", by_levels.name.text), ("level", level.id))
            yield Diagnostic(LEVEL_WITHOUT_ROW, by_levels.name.span, arguments)
