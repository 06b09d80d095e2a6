"""What often goes wrong in the head of a clause: a modality behind the label, a label without quotation marks."""

from __future__ import annotations

import re

from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.keywords import by_terminal, spell
from guiju.dsl.kinds import MODALITIES
from guiju.dsl.layout import LogicalLine
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.dsl.spelling import has_cjk

#: what people write for a modality; the words of ISO/IEC directives and GB/T 1.1 are the only ones that count
_TYPED = {
    **dict.fromkeys(("应当", "应该", "必须", "须", "需", "must"), "SHALL"),
    **dict.fromkeys(("建议", "推荐", "最好"), "SHOULD"),
    **dict.fromkeys(("可以", "能", "can"), "MAY"),
}
_MODALITIES = ("SHALL", "SHOULD", "MAY")
_CLAUSE = "|".join((*by_terminal()["CLAUSES"].en, *by_terminal()["CLAUSES"].zh))
_MARK = rf"(?P<mark>[a-z]\)|\d{{1,2}}\)|--?|(?:{_CLAUSE}) +\S+) *"
_AHEAD = re.compile(rf'{_MARK}(?P<word>{"|".join(_TYPED)}) *(?=")')
_BEHIND = re.compile(rf'{_MARK}(?P<label>"[^"]*"(?: */ *"[^"]*")?) *(?P<word>{MODALITIES}|{"|".join(_TYPED)})(?!\S)')
_WITNESS = "|".join((*by_terminal()["ATTESTED"].en, *by_terminal()["ATTESTED"].zh))
#: a label of several words, which ends where the condition is a word of the language
_LONG = re.compile(rf"{_MARK}(?:(?:{MODALITIES}) +)?(?P<word>[^\W\d][\w ,()-]*?) +(?:{_WITNESS})(?!\S)")
_MISSPELT = re.compile(rf'{_MARK}(?P<word>[^\W\d][\w-]*) *(?=")')
_BARE = re.compile(rf"{_MARK}(?:(?:{MODALITIES}) +)?(?P<word>[^\W\d][\w-]*) +(?=[\w\"])")


def wrong_head(line: LogicalLine, problem: Diagnostic) -> Diagnostic | None:
    """What is wrong with the head of a clause that could not be parsed; None if it is something else."""
    behind = _BEHIND.match(line.text)
    if behind:
        span = _span(line, behind)
        word = _modality(span.text)
        arguments = (("found", span.text), ("mark", behind["mark"].strip()), ("word", word), ("label", behind["label"]))
        return Diagnostic(codes.MISPLACED_MODALITY, span, arguments)
    ahead = _AHEAD.match(line.text)
    if ahead:
        return _no_modality(_span(line, ahead), _modality(ahead["word"]))
    if problem.code is not codes.UNEXPECTED_TEXT or problem.suggestion is not None:
        return None
    misspelt = _MISSPELT.match(line.text)
    if misspelt and problem.span.start == line.start + misspelt.end():
        word = misspelt["word"]
        return _no_modality(_span(line, misspelt), near(word, (_modality(word, terminal) for terminal in _MODALITIES)))
    long, bare = _LONG.match(line.text), _BARE.match(line.text)
    is_next = bare is not None and problem.span.start == line.start + bare.end()
    found = long or (bare if is_next else None)
    if found is None:
        return None
    span = _span(line, found)
    return Diagnostic(codes.UNQUOTED_LABEL, span, (("found", span.text),))


def _no_modality(span: Span, meant: str | None) -> Diagnostic:
    """A word in the place of a modality that is none, in front of a label that has its quotation marks."""
    words = [_modality(span.text, terminal) for terminal in _MODALITIES]
    arguments = (("found", span.text), ("expected", Text("、".join(words), ", ".join(words))))
    return Diagnostic(codes.UNEXPECTED_TEXT, span, arguments, suggestion=meant)


def _modality(typed: str, terminal: str | None = None) -> str:
    """The modality that a word stands for, or another one, in the language of the word."""
    meant = terminal or _TYPED.get(typed)
    return spell(meant, "zh" if has_cjk(typed) else "en") if meant else typed


def _span(line: LogicalLine, found: re.Match[str]) -> Span:
    return Span(line.source, line.start + found.start("word"), line.start + found.end("word"))
