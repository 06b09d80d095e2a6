"""Document -> the runs of lines that an editor can fold: whatever has lines below it, and comments of several lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guiju.compiler.walk import nodes
from guiju.desk.extent import extent
from guiju.dsl import tree
from guiju.dsl.normal import normalise
from guiju.dsl.source import Source


class Fold(NamedTuple):
    """The first and the last line, from 1, and whether they are comments."""

    first: int
    last: int
    is_comment: bool = False


def folds(document: tree.Document) -> tuple[Fold, ...]:
    """All folds of a document, in the order of the text."""
    source = document.span.source
    found = {*_declared(document, source), *_comments(source)}
    return tuple(sorted(found))


def _declared(document: tree.Document, source: Source) -> Iterator[Fold]:
    for node in nodes(document):
        if isinstance(node, tree.Line):
            span = extent(node)
            first, last = source.position(span.start).line, source.position(max(span.end - 1, span.start)).line
            if last > first:
                yield Fold(first, last)


def _comments(source: Source) -> Iterator[Fold]:
    lines = source.policy.split("\n")
    run = 0
    for number, line in enumerate([*lines, ""], 1):
        if line.strip() and normalise(line)[0].strip() == "":
            run += 1
            continue
        if run > 1:
            yield Fold(number - run, number - 1, is_comment=True)
        run = 0
