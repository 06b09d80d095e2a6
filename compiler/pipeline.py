"""Document -> Program: the passes in order. Each gives a value and diagnostics; a later one runs on sound ground."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guiju.compiler.causes import folded
from guiju.compiler.checks import CHECKS, ON_TABLE, ON_WHOLE_GROUND
from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import Program
from guiju.compiler.lower import Lowered, lower
from guiju.compiler.symbols import Symbols, collect, declare_example
from guiju.compiler.vocabularies import NO_VOCABULARIES, Vocabularies
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, has_errors

if TYPE_CHECKING:
    from guiju.compiler.review import Finding


@dataclass(frozen=True)
class Compiled:
    """What became of a policy. `program` is None exactly if there is an error among the diagnostics.

    `lowered` is there whatever the diagnostics say, as far as a program could be made; None without a head.
    """

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    symbols: Symbols
    lowered: Lowered | None


def compile_document(document: tree.Document, vocabularies: Vocabularies = NO_VOCABULARIES) -> Compiled:
    """Names, then types and sets, then the program, then what must not be said of it."""
    symbols = collect(document, vocabularies)
    lowered = lower(symbols)
    if lowered is None:
        return Compiled(None, in_order(folded(symbols, symbols.diagnostics)), symbols, None)
    checked = Checked(symbols, lowered.patches, lowered.sets, lowered.program)
    found = folded(symbols, (*symbols.diagnostics, *_checks(document, checked)))
    return Compiled(None if has_errors(found) else lowered.program, in_order(found), symbols, lowered)


def misnamed(document: tree.Document, vocabularies: Vocabularies = NO_VOCABULARIES) -> tuple[Diagnostic, ...]:
    """What is wrong with the names of a document, told before anything is made of them."""
    symbols = collect(document, vocabularies)
    return in_order(folded(symbols, symbols.diagnostics))


def review_document(
    document: tree.Document, vocabularies: Vocabularies = NO_VOCABULARIES
) -> tuple[Program | None, tuple[Finding, ...]]:
    """What is wrong or doubtful in the standard's own text; nothing of a policy with errors."""
    from guiju.compiler.review import review

    symbols = collect(document, vocabularies)
    lowered = lower(symbols)
    if lowered is None or has_errors(tuple(symbols.diagnostics)):
        return None, ()
    return lowered.program, review(Checked(symbols, lowered.patches, lowered.sets, lowered.program))


def with_examples(
    document: tree.Document, vocabularies: Vocabularies, beside: tuple[tree.ExampleDecl, ...]
) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """A policy without mistakes with further examples, from files beside it, and what is wrong with those."""
    compiled = compile_examples(document, vocabularies, beside)
    return compiled.program, compiled.diagnostics


def compile_examples(
    document: tree.Document, vocabularies: Vocabularies, beside: tuple[tree.ExampleDecl, ...]
) -> Compiled:
    """The same with the names that the examples go by; only what is wrong with them is among the diagnostics."""
    symbols = collect(document, vocabularies)
    for example in beside:
        declare_example(symbols, example)
    lowered = lower(symbols)
    found = in_order([d for d in symbols.diagnostics if d.span.source is not document.span.source])
    return Compiled(None if lowered is None or has_errors(found) else lowered.program, found, symbols, lowered)


def _checks(document: tree.Document, checked: Checked) -> Iterator[Diagnostic]:
    """What the checks find; beside mistakes, only what those cannot be the reason of."""
    ground = _Ground(document, tuple(d for d in checked.symbols.diagnostics if d.is_error))
    for check in CHECKS:
        if ground.bears(check):
            yield from (d for d in check(checked) if not ground.is_wrong_at(d.span.start))


class _Ground:
    """Where a document has mistakes: on which lines of its groups, and in which of its other declarations."""

    def __init__(self, document: tree.Document, errors: tuple[Diagnostic, ...]) -> None:
        self._declarations = sorted(document.declarations, key=lambda d: d.span.start)
        self._starts = [d.span.start for d in self._declarations]
        self._source = document.span.source
        self._any = bool(errors)
        self._wrong = {self._place(e.span.start) for e in errors}
        self._kinds_wrong = {type(self._declaration(e.span.start)) for e in errors}

    def bears(self, check: Callable[..., Iterator[Diagnostic]]) -> bool:
        """Whether what a check looks at is there."""
        if check in ON_WHOLE_GROUND:
            return not self._any
        return not (check in ON_TABLE and self._kinds_wrong & {ON_TABLE[check], tree.ReadingDecl, tree.LevelsDecl})

    def is_wrong_at(self, offset: int) -> bool:
        """Whether a mistake was found at this place, of which another finding may be a mere consequence."""
        return self._place(offset) in self._wrong

    def _declaration(self, offset: int) -> tree.Declaration | None:
        index = bisect_right(self._starts, offset) - 1
        return self._declarations[index] if index >= 0 else None

    def _place(self, offset: int) -> tuple[str, int]:
        declaration = self._declaration(offset)
        if declaration is None or isinstance(declaration, tree.GroupDecl):
            return "line", self._source.position(offset).line
        return "declaration", declaration.span.start


def in_order(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Diagnostics in the order of the text, each once."""
    once = {(d.code.name, d.span.start, d.span.end, d.arguments): d for d in diagnostics}
    return tuple(sorted(once.values(), key=lambda d: d.span.start))
