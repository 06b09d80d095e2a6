"""A name that is given to an expression and that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

UNUSED_LET = Code(
    "unused-let",
    Severity.WARNING,
    Text("“令”没有用到", "Let that is not used"),
    Text("“{name}”没有任何条款或规则用到", "no clause and no rule uses `{name}`"),
    Text("删去它，或在该用的地方用它", "remove it, or use it where it is meant"),
    Text("算出而不用的值多半是条件里漏写了它", "a value that nothing uses is most likely missing in a condition"),
    "fact n : count\nlet big = n > 50",
)


def unused_let(checked: Checked) -> Iterator[Diagnostic]:
    """Every let is used by a clause, a rule or another let, under some reading."""
    for name, declaration in checked.symbols.lets.items():
        if name not in checked.used:
            yield Diagnostic(UNUSED_LET, declaration.span, (("name", name),))
