"""Marks of clauses that do not follow on one another: one is left out, or two have changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from guiju.compiler.checks.context import Checked
from guiju.compiler.clauses import ClauseNode, next_mark
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.normal import clause_number

MARKS_OUT_OF_SEQUENCE = Code(
    "marks-out-of-sequence",
    Severity.WARNING,
    Text("标号不连续", "Marks out of sequence"),
    Text("{clause} 的后面不是 {expected}，而是 {found}", "{clause} is followed by {found}, not by {expected}"),
    Text(
        "补上漏录的条款，或改正标号与次序；若标准原文如此，可以不改",
        "add the clause that was left out, or correct the mark or the order; leave it if the standard prints it so",
    ),
    Text(
        "漏录一条或两条换了位置，标号就不连续；报告和证据里的条款号会跟着错",
        "a clause that was left out, or two in each other's place, show in the marks, and ids go by these",
    ),
    'section 6.1\n  a) "x" attested\n  c) "y" attested',
)


def marks_out_of_sequence(checked: Checked) -> Iterator[Diagnostic]:
    """Letters and numbers follow on one another, but for old ones that went; beside each other one breach is told."""
    clauses = checked.symbols.clauses
    nodes = clauses.by_id.values()
    left = (*checked.program.retired, *(old for old, _ in checked.program.renumbered))
    standing = {clause_number(node.printed) for node in nodes}
    gone = frozenset(clause_number(number) for number in left) - standing
    for beside in (*clauses.tops.values(), *(node.children for node in nodes)):
        yield from _first_breach(beside, gone)


def _first_breach(beside: Sequence[ClauseNode], gone: frozenset[str]) -> Iterator[Diagnostic]:
    for before, after in pairwise(beside):
        mark, found = before.declaration.mark, after.declaration.mark
        section = clause_number(before.printed.removesuffix(mark))
        expected = next_mark(mark)
        while expected is not None and f"{section}{expected}" in gone:
            expected = next_mark(expected)
        alike = found.endswith(")") and mark[0].isdigit() == found[0].isdigit()
        if expected is not None and found != expected and alike:
            label = Label(before.declaration.span, Text("前面一条", "the clause before"))
            arguments = (("clause", before.printed), ("expected", expected), ("found", found))
            yield Diagnostic(MARKS_OUT_OF_SEQUENCE, after.declaration.span, arguments, (label,))
            return
