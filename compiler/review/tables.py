"""Tables as they are printed: options that a table of weights leaves out, what a table of levels begins above."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.intervals import quantity_in
from guiju.compiler.checks.tables import Table
from guiju.compiler.symbols import Symbols, cite
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.keywords import UNDEFINED

UNDEFINED_COMBINATION = Code(
    "undefined-combination",
    Severity.NOTE,
    Text("表中没有的组合", "Combination that the table leaves out"),
    Text("{cites} 没有列出“{option}”", "{cites} has no row for `{option}`"),
    Text("在表中补上，或写明不受理这种组合", "add the row, or say that the combination is not assessed"),
    Text("允许选择而没有规定的组合，没有结论可给", "a combination that may be chosen and has no rule has no result"),
    'input kind : one of a | b\ngroups section\nsection 6.1\n  a) "x" attested\nweights\n  kind | 6.1\n  a | 100%',
)
BELOW_THE_LOWEST = Code(
    "below-the-lowest",
    Severity.NOTE,
    Text("最低一级之下没有规定", "Nothing below the lowest level"),
    Text("{cites} 没有写“{value}”低于 {low} 时是什么", "{cites} does not say what holds for `{value}` below {low}"),
    Text("补上一行，或写明不足时没有等级", "add a row, or say that there is no level below"),
    Text("得分可以更低，那时没有结论可给", "lower values are possible, and have no result"),
    "levels\n  L1\nscore A at each level = 1\ngrade level by A\n  L1 | 1 <= A\n  otherwise | none",
)


def below_the_lowest(checked: Checked) -> Iterator[Diagnostic]:
    """Tables of levels whose lowest interval begins above nought, and that do not say what holds below it.

    They do with an `otherwise` of their own; with `otherwise | undefined`, or where a reading settles that row, it is
    the policy that speaks and not the standard.
    """
    for name, grade in checked.symbols.grades.items():
        if _says_what_is_left(checked, name, grade):
            continue
        rows = tuple((row.condition, row.span) for row in grade.rows if row.condition is not None)
        intervals = Table(
            Text(name, name), grade.span, rows, has_otherwise=True, exclusive=True, is_grade=True
        ).intervals()
        low = intervals[0][0].low if intervals else None
        if intervals and low is not None and low > 0 and len(rows) < len(grade.rows):
            quantity = next(quantity_in(condition) or "" for condition, _ in rows)
            where = (("cites", cite(grade.cites) or "-"), ("value", quantity), ("low", str(low)))
            yield Diagnostic(BELOW_THE_LOWEST, intervals[0][1], where)


def _says_what_is_left(checked: Checked, name: str, grade: tree.GradeDecl) -> bool:
    rest = [row.result.text for row in grade.rows if row.condition is None]
    in_doubt = ("grade", name, "otherwise") in checked.patches.cells
    return bool(rest) and rest[0] not in UNDEFINED and not in_doubt


def undefined_combination(checked: Checked) -> Iterator[Diagnostic]:
    """Options of the input of the weight table without a row in it, as it is printed."""
    table, found = checked.symbols.weights, printed_options(checked.symbols)
    if table is None or found is None:
        return
    owner, printed = found
    for option in next(i for i in checked.program.inputs if i.id == owner).options:
        if option.id not in printed:
            label = Label(checked.symbols.inputs[owner].span, Text("可以选它", "it may be chosen"))
            arguments = (("cites", cite(table.cites) or "-"), ("option", option.label))
            yield Diagnostic(UNDEFINED_COMBINATION, table.span, arguments, (label,))


def printed_options(symbols: Symbols) -> tuple[str, frozenset[str | None]] | None:
    """The input of the weight table, and its options with a row in it, as it is printed; None where there is none."""
    table = symbols.weights
    owner = symbols.values.find(table.header[0].text) if table and table.header else None
    if table is None or owner not in symbols.inputs:
        return None
    return owner, frozenset(symbols.options[owner].find(row.key.text) for row in table.rows)
