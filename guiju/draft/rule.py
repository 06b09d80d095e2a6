"""What a rule is: a code, and a look at a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from guiju.draft.model import Draft
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Label, Severity, Text
from guiju.dsl.source import Span


@dataclass(frozen=True)
class Edit:
    """Other characters for those of a span. Applied only where nothing but their form changes."""

    span: Span
    text: str


@dataclass(frozen=True)
class Finding:
    """A diagnostic about a draft, and the edits that mend it where that is safe."""

    diagnostic: Diagnostic
    edits: tuple[Edit, ...] = ()

    def mended_by(self, *edits: Edit) -> Finding:
        """The same with edits. One that replaces the very place is the fix of the diagnostic, too."""
        fix = edits[0].text if len(edits) == 1 and edits[0].span == self.diagnostic.span else None
        return Finding(replace(self.diagnostic, fix=fix), edits)


@dataclass(frozen=True)
class Rule:
    """One kind of finding."""

    code: Code
    find: Callable[[Draft], Iterator[Finding]]


def code_of(name: str, *sentences: Text, example: str, severity: Severity = Severity.WARNING) -> Code:
    """A code of a rule, from its title, message, help and reason: findings warn, none of them stops anything."""
    title, message, remedy, why = sentences
    return Code(name, severity, title, message, remedy, why, example)


def found(code: Code, span: Span, *labels: Label, **arguments: Argument) -> Finding:
    """A finding at a place."""
    return Finding(Diagnostic(code, span, tuple(arguments.items()), labels))
