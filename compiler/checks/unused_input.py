"""An input that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

UNUSED_INPUT = Code(
    "unused-input",
    Severity.WARNING,
    Text("输入没有用到", "Input not used"),
    Text("输入“{input}”没有任何条款、规则或权重用到", "no clause, no rule and no weight uses the input `{input}`"),
    Text("删去它，或在权重表、规则里用它", "remove it, or use it in the weights or in a rule"),
    Text("不影响结论的选择会使人误解", "a choice that decides nothing misleads those who make it"),
    "input service : one of full | half",
)


def unused_input(checked: Checked) -> Iterator[Diagnostic]:
    """Every declared input is used by something, under some reading."""
    for input_ in checked.program.inputs:
        if f"input:{input_.id}" not in checked.used:
            yield Diagnostic(UNUSED_INPUT, input_.span, (("input", input_.id),))
