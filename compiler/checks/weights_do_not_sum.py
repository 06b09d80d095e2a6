"""A row of weights that does not sum to 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.weight_out_of_range import wrong
from guiju.compiler.checks.weights import Weight, definitions, is_share, rows, weights
from guiju.compiler.constants import constant
from guiju.compiler.graph import parts
from guiju.compiler.ir import Cases, Expression, Operation, Ref
from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.source import Span

WEIGHTS_DO_NOT_SUM = Code(
    "weights-do-not-sum",
    Severity.ERROR,
    Text("权重之和不是 100 %", "Weights that do not sum"),
    Text("{row}的权重之和是 {sum} %，不是 100 %", "the weights of {row} sum to {sum} %, not 100 %"),
    Text("改正单元格；三等分写作 100% / 3，不要写 33.3%", "correct the cells; a third is written 100% / 3, not 33.3%"),
    Text(
        "权重之和不是 1，总分就不在评分区间里",
        "if the weights do not sum to one, the total leaves the range of the scores",
    ),
)


def weights_do_not_sum(checked: Checked) -> Iterator[Diagnostic]:
    """The cells of every row, printed or patched, sum to one; by group, those that one sum takes, if they are in %."""
    bad = {(w.group, w.row) for w in weights(checked) if wrong(checked, w)}
    for row, cells in _rows(checked).items():
        if not any((group, row) in bad for group, _ in cells):
            yield from _row(checked, row, cells)
    for groups in _summed(checked):
        cells = [(d.group or "", e) for d in definitions(checked) if d.group in groups for row, e in rows(d) if not row]
        shares = all(is_share(checked, Weight(group, None, None, e.span)) for group, e in cells)
        if cells and shares and not any((group, None) in bad for group, _ in cells):
            yield from _row(checked, None, cells)


_Cells = list[tuple[str, Expression]]


def _rows(checked: Checked) -> dict[str, _Cells]:
    """The cells of a table by an input, row by row."""
    found: dict[str, _Cells] = {}
    for definition in definitions(checked):
        for row, expression in rows(definition):
            if row is not None:
                found.setdefault(row, []).append((definition.group or "", expression))
    return found


def _row(checked: Checked, row: str | None, cells: _Cells) -> Iterator[Diagnostic]:
    keys = [row] if row else [group for group, _ in cells]
    patched = [checked.patches.cells.get(("weights", key)) for key in keys]
    for chosen in checked.choices(tuple({p.reading for p in patched if p})):
        values = [constant(expression, chosen) for _, expression in cells]
        total = sum((v for v in values if isinstance(v, Fraction)), Fraction(0))
        if total != 1 and any(isinstance(v, Fraction) for v in values) and None not in values:
            named = ", ".join(group for group, _ in cells)
            shown = Text(f"“{row}”一行", f"the row `{row}`") if row else Text(f"“{named}”", f"`{named}`")
            arguments = (("row", shown), ("sum", format_number(total * 100)))
            yield Diagnostic(WEIGHTS_DO_NOT_SUM, cells[0][1].span if row is None else _span(checked, row), arguments)
            return


def _span(checked: Checked, row: str) -> Span:
    """Where a row of a table by an input is printed, or patched in."""
    return next(
        case.span
        for d in definitions(checked)
        if isinstance(d.expression, Cases)
        for case, (option, _) in zip(d.expression.rows, rows(d), strict=True)
        if option == row
    )


def _summed(checked: Checked) -> Iterator[frozenset[str]]:
    """The groups whose weights are taken into one sum, each such set once."""
    found = {
        frozenset(w for part in parts(expression) for w in _weights_in(part))
        for definition in checked.program.definitions
        for expression in _inside(definition.expression)
        if isinstance(expression, Operation) and expression.operator == "sum"
    }
    yield from sorted(found, key=sorted)


def _weights_in(expression: Expression) -> Iterator[str]:
    for inner in _inside(expression):
        if isinstance(inner, Ref) and inner.name.startswith("weight:"):
            yield inner.name.removeprefix("weight:")


def _inside(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in parts(expression):
        yield from _inside(part)
