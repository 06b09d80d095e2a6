"""Document -> Program: the passes in order. Each gives a value and diagnostics; a later one runs on sound ground."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.compiler.checks import CHECKS
from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import Program
from guiju.compiler.lower import lower
from guiju.compiler.symbols import collect
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, has_errors


@dataclass(frozen=True)
class Compiled:
    """What became of a policy. `program` is None exactly if there is an error among the diagnostics."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]


def compile_document(document: tree.Document) -> Compiled:
    """Names, then types and sets, then the program, then what must not be said of it."""
    symbols = collect(document)
    lowered = lower(symbols)
    if lowered is None:
        return Compiled(None, in_order(symbols.diagnostics))
    checked = Checked(symbols, lowered.patches, lowered.sets, lowered.program)
    found = (*symbols.diagnostics, *(d for check in CHECKS for d in check(checked)))
    return Compiled(None if has_errors(found) else lowered.program, in_order(found))


def in_order(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Diagnostics in the order of the text, each once."""
    once = {(d.code.name, d.span.start, d.span.end, d.arguments): d for d in diagnostics}
    return tuple(sorted(once.values(), key=lambda d: d.span.start))
