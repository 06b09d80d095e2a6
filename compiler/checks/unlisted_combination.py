"""An option of an input that the table of weights does not list."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import OptionType
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

UNLISTED_COMBINATION = Code(
    "unlisted-combination",
    Severity.ERROR,
    Text("权重表缺少组合", "Combination without weights"),
    Text(
        "输入“{input}”的选项“{option}”在权重表中没有一行",
        "the option `{option}` of the input `{input}` has no row in the table of weights",
    ),
    Text(
        "补上这一行；若标准没有列出它，用读法补上，参与的组写“未定”，不参与的留空",
        "add the row; if the standard does not list it, let a reading add it, `undefined` for groups that take part",
    ),
    Text(
        "表中没有的组合不能猜，只能由标准或读法给出",
        "a combination that the table leaves out must never be guessed",
    ),
)


def unlisted_combination(checked: Checked) -> Iterator[Diagnostic]:
    """Every option of the input has a row, printed or by a reading."""
    table = checked.symbols.weights
    key = checked.symbols.values.find(table.header[0].text) if table else None
    if table is None or key not in checked.symbols.inputs or key not in checked.symbols.options:
        return
    names = checked.symbols.options[key]
    listed = {names.find(row.key.text) for row in table.rows} | {
        c[1] for c in checked.patches.cells if c[0] == "weights"
    }
    type_ = checked.symbols.types[key]
    assert isinstance(type_, OptionType)
    for option in type_.options:
        if option not in listed:
            yield Diagnostic(UNLISTED_COMBINATION, table.span, (("input", key), ("option", option)))
