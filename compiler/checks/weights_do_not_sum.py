"""A row of weights that does not sum to 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.checks.context import Checked
from guiju.compiler.constants import constant
from guiju.compiler.ir import Case, Cases, Literal, Operation
from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

WEIGHTS_DO_NOT_SUM = Code(
    "weights-do-not-sum",
    Severity.ERROR,
    Text("权重之和不是 100 %", "Weights that do not sum"),
    Text("“{row}”一行的权重之和是 {sum} %，不是 100 %", "the weights of the row `{row}` sum to {sum} %, not 100 %"),
    Text("改正单元格；三等分写作 100% / 3，不要写 33.3%", "correct the cells; a third is written 100% / 3, not 33.3%"),
    Text(
        "权重之和不是 1，总分就不在评分区间里",
        "if the weights do not sum to one, the total leaves the range of the scores",
    ),
)


def weights_do_not_sum(checked: Checked) -> Iterator[Diagnostic]:
    """The cells of every row, printed or patched, sum to one. A table keyed by groups is not a distribution."""
    rows: dict[str, list[Case]] = {}
    for definition in checked.program.definitions:
        if definition.kind == "weight" and isinstance(definition.expression, Cases):
            for row in definition.expression.rows:
                rows.setdefault(_key(row), []).append(row)
    for key, cells in rows.items():
        patched = checked.patches.cells.get(("weights", key))
        for chosen in checked.choices((patched.reading,) if patched else ()):
            values = [constant(cell.value, chosen) for cell in cells]
            total = sum((v for v in values if isinstance(v, Fraction)), Fraction(0))
            if total != 1 and any(isinstance(v, Fraction) for v in values):
                arguments = (("row", key), ("sum", format_number(total * 100)))
                yield Diagnostic(WEIGHTS_DO_NOT_SUM, cells[0].span, arguments)
                break


def _key(row: Case) -> str:
    """The option that a row of weights is for."""
    assert isinstance(row.condition, Operation)
    literal = row.condition.operands[1]
    assert isinstance(literal, Literal)
    return str(literal.value)
