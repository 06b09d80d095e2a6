"""A clause that counts at no level."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

CLAUSE_IN_NO_LEVEL = Code(
    "clause-in-no-level",
    Severity.ERROR,
    Text("条款不属于任何等级", "Clause in no level"),
    Text(
        "条款“{clause}”在归属表的任何一级都不计入", "the clause `{clause}` counts at no level of the membership table"
    ),
    Text("把它加进归属表的某一级", "add it to a level of the membership table"),
    Text(
        "不属于任何等级的条款，满足与否都不影响结论，多半是漏写",
        "whether such a clause holds changes nothing; most likely it was left out",
    ),
    "",
)


def clause_in_no_level(checked: Checked) -> Iterator[Diagnostic]:
    """With levels and a membership table, every leaf counts somewhere under every reading."""
    if checked.symbols.membership is None:
        return
    for clause in checked.program.clauses:
        cells = [("membership", clause.group, level) for level in checked.sets.levels]
        readings = tuple({p.reading for c in cells if (p := checked.patches.cells.get(c))})
        for chosen in checked.choices(readings):
            if not any(checked.sets.counts(clause.id, level, chosen) for level in checked.sets.levels):
                yield Diagnostic(CLAUSE_IN_NO_LEVEL, clause.span, (("clause", clause.printed),))
                break
