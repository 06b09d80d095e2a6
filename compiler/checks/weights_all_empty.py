"""A row of weights in which no group has a part."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.weights import weights
from guiju.compiler.ir import ABSENT
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

WEIGHTS_ALL_EMPTY = Code(
    "weights-all-empty",
    Severity.ERROR,
    Text("权重全部为空", "Weights that are all empty"),
    Text("{row}没有给任何组权重", "{row} gives no group a weight"),
    Text("填上权重；不评价的情况不要列出", "fill in the weights; leave out what is not assessed at all"),
    Text(
        "空单元格使组不参与；全都不参与，就没有可以求和的",
        "an empty cell leaves its group out; of no group at all nothing can be summed",
    ),
    "weights\n  service | a | b\n  full | |",
)


def weights_all_empty(checked: Checked) -> Iterator[Diagnostic]:
    """In every row, or in the one column of a table by group, there is a weight."""
    cells: dict[str | None, set[bool]] = {}
    for weight in weights(checked):
        cells.setdefault(weight.row, set()).add(weight.value is ABSENT)
    table = checked.symbols.weights
    for row, empty in cells.items():
        if table and empty == {True}:
            span = next((r.span for r in table.rows if _option(checked, r.key.text) == row), table.span)
            named = Text(f"“{row}”一行", f"the row `{row}`") if row else Text("权重表", "the table of weights")
            yield Diagnostic(WEIGHTS_ALL_EMPTY, span, (("row", named),))


def _option(checked: Checked, word: str) -> str | None:
    table = checked.symbols.weights
    names = checked.symbols.options.get(checked.symbols.values.find(table.header[0].text) or "") if table else None
    return names.find(word) if names else word
