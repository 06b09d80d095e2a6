"""What often goes wrong in the head of a clause: a modality behind the label, a label without quotation marks."""

from __future__ import annotations

import re

from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.keywords import by_terminal
from guiju.dsl.layout import LogicalLine
from guiju.dsl.source import Span

_MODALITIES = "|".join(s for t in ("SHALL", "SHOULD", "MAY") for s in (*by_terminal()[t].en, *by_terminal()[t].zh))
_CLAUSE = "|".join((*by_terminal()["CLAUSES"].en, *by_terminal()["CLAUSES"].zh))
_MARK = rf"(?P<mark>[a-z]\)|\d{{1,2}}\)|-|(?:{_CLAUSE}) +\S+) *"
_BEHIND = re.compile(rf'{_MARK}(?P<label>"[^"]*"(?: */ *"[^"]*")?) *(?P<word>{_MODALITIES})(?!\S)')
_WITNESS = "|".join((*by_terminal()["ATTESTED"].en, *by_terminal()["ATTESTED"].zh))
#: a label of several words, which ends where the condition is a word of the language
_LONG = re.compile(rf"{_MARK}(?:(?:{_MODALITIES}) +)?(?P<word>[^\W\d][\w ,()-]*?) +(?:{_WITNESS})(?!\S)")
_BARE = re.compile(rf"{_MARK}(?:(?:{_MODALITIES}) +)?(?P<word>[^\W\d][\w-]*) +(?=[\w\"])")


def wrong_head(line: LogicalLine, problem: Diagnostic) -> Diagnostic | None:
    """What is wrong with the head of a clause that could not be parsed; None if it is something else."""
    behind = _BEHIND.match(line.text)
    if behind:
        span = _span(line, behind)
        arguments = (("found", span.text), ("mark", behind["mark"].strip()), ("label", behind["label"]))
        return Diagnostic(codes.MISPLACED_MODALITY, span, arguments)
    if problem.code is not codes.UNEXPECTED_TEXT or problem.suggestion is not None:
        return None
    long, bare = _LONG.match(line.text), _BARE.match(line.text)
    is_next = bare is not None and problem.span.start == line.start + bare.end()
    found = long or (bare if is_next else None)
    if found is None:
        return None
    span = _span(line, found)
    return Diagnostic(codes.UNQUOTED_LABEL, span, (("found", span.text),))


def _span(line: LogicalLine, found: re.Match[str]) -> Span:
    return Span(line.source, line.start + found.start("word"), line.start + found.end("word"))
