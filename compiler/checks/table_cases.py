"""The rows of a table asked for a case: of each group and level, by the default readings and each single change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.compiler.checks.case import Case, Patience
from guiju.compiler.checks.conditions import Conditions
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.tables import Table
from guiju.compiler.ir import Cases
from guiju.dsl.diagnostic import Code, Severity, Text

TABLE_IN_DOUBT = Code(
    "table-in-doubt",
    Severity.WARNING,
    Text("判定表可能有缺口或重叠", "Table that may have a gap or an overlap"),
    Text(
        "判定表“{table}”：{finding}，除非不会有这种情况",
        "in the table `{table}`, {finding}, unless that can never be",
    ),
    Text(
        "加上“否则”一行，或把条件写成互斥的，例如加上“且 非 …”",
        "add an `otherwise` row, or write conditions that exclude one another, such as `and not …`",
    ),
    Text(
        "各行所看的数由同样的事实或条款算出，这种情况是否会有，要看怎样计算",
        "what the rows look at is computed from the same facts or clauses, and only that decides whether it can be",
    ),
    'groups section\nsection 1\n  a) "x" attested\n  b) "y" attested\nscore a = count of clauses satisfied\n'
    "score b = 3 * count of clauses unsatisfied\nscore s exactly one\n  1 when a >= 1\n  2 when b >= 3\n  0 otherwise",
)


@dataclass(frozen=True)
class Way:
    """One table of a family under one choice of readings."""

    cases: Cases
    conditions: Conditions

    def find(self, *wanted: tuple[int, bool]) -> Case | None:
        """A case in which some rows hold and others do not. Raises NothingToldError."""
        return self.conditions.find([(self.cases.rows[row].condition, outcome) for row, outcome in wanted])


def ways_of(checked: Checked, table: Table, *, as_one_level: bool = False) -> Iterator[Way]:
    """Everything that a written table stands for. Raises NothingToldError, as what is asked of it does."""
    patience = Patience()

    def read(member: Cases, change: tuple[str, str] | None = None) -> Way:
        conditions = tuple(row.condition for row in member.rows)
        made = Conditions(checked.roots, conditions, patience, change=change, as_one_level=as_one_level)
        return Way(member, made)

    for member in table.members:
        default = read(member)
        yield default
        yield from (read(member, change) for change in tuple(default.conditions.changes))


def likeliest(cases: Iterable[Case | None]) -> Case | None:
    """The first case that can arise, or else the first of which it is not known."""
    doubtful = None
    for case in cases:
        if case is not None and case.is_certain:
            return case
        doubtful = doubtful or case
    return doubtful


def in_doubt(table: Text, finding: Text) -> tuple[tuple[str, Text], ...]:
    """The arguments of `table-in-doubt`."""
    return (("table", table), ("finding", finding))
