"""A reading that leaves no choice."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

SINGLE_OPTION = Code(
    "single-option",
    Severity.WARNING,
    Text("只有一个选项的读法", "Reading with a single option"),
    Text("读法“{reading}”只有一个选项", "the reading `{reading}` has a single option"),
    Text(
        "写出另一种理解，或把这里的修改直接写进策略",
        "add the other way to understand the text, or write what it patches into the policy",
    ),
    Text("读法记的是条文有哪几种理解", "a reading tells in which ways the text can be understood"),
    'reading r "…"\n  default a : nothing changes',
)


def single_option(checked: Checked) -> Iterator[Diagnostic]:
    """A reading has two options at least."""
    for reading in checked.symbols.readings:
        if len(reading.options) == 1:
            yield Diagnostic(SINGLE_OPTION, reading.name.span, (("reading", reading.name.text),))
