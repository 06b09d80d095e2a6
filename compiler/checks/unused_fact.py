"""A fact that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

UNUSED_FACT = Code(
    "unused-fact",
    Severity.WARNING,
    Text("事实没有用到", "Fact not used"),
    Text("事实“{fact}”没有任何条款或规则用到", "no clause and no rule uses the fact `{fact}`"),
    Text("删去它，或在相应条款的条件里用它", "remove it, or use it in the condition of its clause"),
    Text(
        "向供方索要一个不影响结论的数，浪费双方的时间；更可能是条件写错了名字",
        "a number that decides nothing wastes a vendor's time; more likely a condition names the wrong fact",
    ),
)


def unused_fact(checked: Checked) -> Iterator[Diagnostic]:
    """Every declared fact is used by a clause, a rule or a formula, under some reading."""
    standard = checked.symbols.document.standard
    if standard is not None and standard.is_vocabulary:
        return
    for fact in checked.program.facts:
        if f"fact:{fact.id}" not in checked.used:
            yield Diagnostic(UNUSED_FACT, fact.span, (("fact", fact.id),))
