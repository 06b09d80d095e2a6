"""What can be told of a text at once, while it is being typed; all else is told when the typing stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Protocol

from guiju.compiler.pipeline import misnamed
from guiju.desk.desk import Written
from guiju.dsl.diagnostic import Diagnostic, has_errors
from guiju.dsl.kept import KeptLines
from guiju.dsl.parser import parse_as_indented
from guiju.dsl.source import Source, Span
from guiju.examples import FOLDER
from guiju.exchange.text import decode
from guiju.vocabularies import VocabularyFiles


class Known(Protocol):
    """What was found of a text when it was looked at as a whole; a desk is such."""

    @property
    def source(self) -> Source:
        """The text."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that was told of it."""


def told_at_once(written: Written, kept: KeptLines, before: Known | None = None) -> tuple[Diagnostic, ...]:
    """Mistakes of syntax and of names, and of the lines that are as they were what was told of them before.

    Beside a mistake of syntax nothing else is told: what it may be the reason of, only the whole text shows.
    """
    read, found = decode(written.name, written.text.encode("utf-8", "surrogatepass"))
    if read is None:
        return found
    document, mistakes = parse_as_indented(read.source, kept.reader())
    if has_errors(mistakes):
        return (*found, *mistakes)
    of_a_policy = written.folder is None or written.folder.resolve().name != FOLDER
    names = misnamed(document, VocabularyFiles(written.folder, written.beside)) if of_a_policy else ()
    told = (*found, *mistakes, *names)
    known = {(d.code, d.span.start) for d in told}
    carried = (d for d in _carried(before, read.source) if (d.code, d.span.start) not in known)
    return tuple(sorted((*told, *carried), key=lambda d: d.span.start))


def _carried(before: Known | None, source: Source) -> Iterator[Diagnostic]:
    """Diagnostics of lines above and below what was changed, where these lines are now."""
    if before is None:
        return
    old, new = before.source.text.split("\n"), source.text.split("\n")
    above = _alike(old, new)
    below = _alike(old[above:][::-1], new[above:][::-1])
    shift = len(source.text) - len(before.source.text)
    for diagnostic in before.diagnostics:
        span = diagnostic.span
        first, last = before.source.position(span.start).line, before.source.position(span.end).line
        if last <= above:
            yield replace(diagnostic, span=Span(source, span.start, span.end))
        elif first > len(old) - below:
            yield replace(diagnostic, span=Span(source, span.start + shift, span.end + shift))


def _alike(one: list[str], other: list[str]) -> int:
    """With how many lines both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
