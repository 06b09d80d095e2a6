"""A table of weights beside the input that it is for: options that the table leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.symbols import cite
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

UNDEFINED_COMBINATION = Code(
    "undefined-combination",
    Severity.NOTE,
    Text("表中没有的组合", "Combination that the table leaves out"),
    Text("{cites} 没有列出“{option}”", "{cites} has no row for `{option}`"),
    Text("在表中补上，或写明不受理这种组合", "add the row, or say that the combination is not assessed"),
    Text("允许选择而没有规定的组合，没有结论可给", "a combination that may be chosen and has no rule has no result"),
    'input kind : one of a | b\ngroups section\nsection 6.1\n  a) "x" attested\nweights\n  kind | 6.1\n  a | 100%',
)


def undefined_combination(checked: Checked) -> Iterator[Diagnostic]:
    """Options of the input of the weight table without a row in it, as it is printed."""
    symbols = checked.symbols
    table = symbols.weights
    owner = symbols.values.find(table.header[0].text) if table and table.header else None
    if table is None or owner not in symbols.inputs:
        return
    printed = {symbols.options[owner].find(row.key.text) for row in table.rows}
    for option in next(i for i in checked.program.inputs if i.id == owner).options:
        if option.id not in printed:
            label = Label(symbols.inputs[owner].span, Text("可以选它", "it may be chosen"))
            arguments = (("cites", cite(table.cites) or "-"), ("option", option.id))
            yield Diagnostic(UNDEFINED_COMBINATION, table.span, arguments, (label,))
