"""A row of a score or grade that an earlier row with the same condition keeps from ever being reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.compiler.checks.context import Checked
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

REPEATED_ROW = Code(
    "repeated-row",
    Severity.WARNING,
    Text("用不到的一行", "Row that is never reached"),
    Text("“{name}”的前面一行已有同一条件", "an earlier row of `{name}` has the same condition"),
    Text("改正条件，或删去其中一行", "correct the condition, or remove one of the rows"),
    Text(
        "各行依次判断，条件相同时只有前一行起作用",
        "rows are tried in order: of two with one condition the first decides",
    ),
    "score s\n  2 when n > 1\n  1 when n > 1\n  0 otherwise",
)


def repeated_row(checked: Checked) -> Iterator[Diagnostic]:
    """The rows of a table have conditions of their own, and nothing stands behind `otherwise`."""
    for (name, _), declaration in checked.symbols.families.items():
        for block in declaration.blocks:
            conditions = [(row.condition, row) for row in block.rows]
            yield from _rows(f"{name} {block.level}" if block.level else name, conditions)
    for name, grade in checked.symbols.grades.items():
        # one condition is another at another level: `L1 | A >= 1` and `L2 | A >= 1`
        yield from _rows(name, [(row.condition and (row.result.text, row.condition), row) for row in grade.rows])


def _rows(name: str, rows: Sequence[tuple[object, tree.Line]]) -> Iterator[Diagnostic]:
    for i, (condition, row) in enumerate(rows):
        first = next((line for earlier, line in rows[:i] if earlier in (None, condition)), None)
        if first is not None:
            label = Label(first.span, Text("前面的一行", "the earlier row"))
            yield Diagnostic(REPEATED_ROW, row.span, (("name", name),), (label,))
            if None in (earlier for earlier, _ in rows[:i]):
                return  # of the rows behind `otherwise` the first is told of, for all
