"""The looks of the language as patterns, from the table of keywords: one list, for TextMate and for Pygments.

Only patterns that both understand are used. A highlighter sees a line at a time and knows no grammar, so a name that
looks like a keyword is coloured as one; the language server's colours are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from guiju.dsl.keywords import KEYWORDS, RELATIONS, RESULTS, VALUES, WORDS, by_terminal
from guiju.dsl.spelling import has_cjk

_NAME = r"[^\W\d]\w*(?:[-+.]\w+)*"
_END = r"(?!\w|[-+.]\w)"
_BEGIN = r"(?<![\w])"
_INDENT = r"^([ \t\u3000]*)"

#: words that open a declaration and have the name of what they declare behind them
_NAMING = ("STANDARD", "VOCABULARY", "USE", "INPUT", "FACT", "LET", "GRADE", "CROSSWALK", "READING")
_OPENING = ("GROUPS", "LEVELS", "MEMBERSHIP", "ITEM", "SCORE", "WEIGHTS", "RECORD", "EACH", "DEFAULT", "OR", "AT")
_OF_EXAMPLES = ("EXAMPLE", "GIVEN", "EXPECT")
_BEFORE_NUMBERS = ("TABLE", "FORMULA", "FIGURE", "NOTE", "ANNEX", "PAGE")  # a number may follow at once, as in print
_MODALITIES = ("SHALL", "SHOULD", "MAY")
_LOGIC = ("AND", "OR", "NOT", "IN")
_CONSTANTS = (
    *("YES", "NO", "NONE", "ATTESTED", "NOTHING_CHANGES", "SATISFIED", "UNSATISFIED", "NOT_APPLICABLE"),
    *("LEAF", "LETTERED"),
)


class Look(NamedTuple):
    """A pattern, and for each of its groups (for the whole where it has none) the scope and the token of Pygments."""

    pattern: str
    scopes: tuple[str | None, ...]
    tokens: tuple[str, ...]


@cache
def looks() -> tuple[Look, ...]:
    """All patterns; the first that fits counts."""
    return (
        _one(r"[#＃].*$", "comment.line.number-sign", "Comment.Single"),
        _one(r'"[^"\n]*"', "string.quoted.double", "String.Double"),
        _one(r'“[^”"\n]*[”"]', "string.quoted.double", "String.Double"),
        Look(
            rf"{_INDENT}({_spellings(_NAMING)}){_END}( +)({_NAME})",
            (None, "keyword.control", None, "entity.name.type"),
            ("Text.Whitespace", "Keyword.Declaration", "Text.Whitespace", "Name.Class"),
        ),
        Look(
            rf"{_INDENT}({_spellings((*_NAMING, *_OPENING, *_OF_EXAMPLES))}){_END}",
            (None, "keyword.control"),
            ("Text.Whitespace", "Keyword.Declaration"),
        ),
        Look(
            rf"{_INDENT}({_listed(w for pair in WORDS for w in pair)})(?=[ \"“])",
            (None, "support.type.property-name"),
            ("Text.Whitespace", "Name.Attribute"),
        ),
        Look(
            r"^([ \t\u3000]*)((?:[a-z]|\d{1,2})[)）]|-{1,2}|——)(?=[ \"“]|$)",
            (None, "constant.other.mark"),
            ("Text.Whitespace", "Name.Label"),
        ),
        Look(  # a group, an option or a level: of these a line shows no more than a name and a label
            rf"{_INDENT}({_NAME})( +)(\d[\d.]*|{_NAME})(?= +[\"“])",
            (None, "keyword.control.group", None, "entity.name.section"),
            ("Text.Whitespace", "Keyword.Namespace", "Text.Whitespace", "Name.Namespace"),
        ),
        Look(
            rf"{_BEGIN}({_spellings(_BEFORE_NUMBERS)})(\d[\d.]*|[A-Z](?!\w))",
            ("keyword.other", "constant.numeric"),
            ("Keyword", "Number"),
        ),
        _word(_spellings(_MODALITIES), "storage.modifier", "Keyword.Type"),
        _word(_spellings(_CONSTANTS), "constant.language", "Keyword.Constant"),
        _word(
            _listed(w for pair in (*RESULTS, *VALUES, *RELATIONS) for w in pair),
            "constant.language",
            "Keyword.Constant",
        ),
        _word(_spellings(_LOGIC), "keyword.operator.word", "Operator.Word"),
        _word(_spellings(k.terminal for k in KEYWORDS), "keyword.other", "Keyword"),
        _one(rf"{_BEGIN}\d+(?:\.\d+)+(?:-\d+)*(?![\w.])(?= *[a-z][)）])", "constant.other.clause", "Name.Label"),
        _one(
            rf"{_BEGIN}\d+(?:\.\d+){{2,}}(?:-\d+)*|{_BEGIN}\d+(?:\.\d+)*(?:-\d+)+",
            "constant.other.clause",
            "Name.Label",
        ),
        _one(rf"{_BEGIN}(?:[a-z]|\d{{1,2}})[)）]", "constant.other.mark", "Name.Label"),
        _one(rf"{_BEGIN}\d{{4}}-\d{{2}}(?:-\d{{2}})?", "constant.numeric.date", "Number"),
        _one(rf"{_BEGIN}(?:\d{{1,3}}(?: \d{{3}})+|\d+)(?:\.\d+)?", "constant.numeric", "Number"),
        _one(r"[<>=!]=?|[≤≥≠＜＞＝×÷%％]|[-+*/~～]", "keyword.operator", "Operator"),
        _one(r"[|｜:：,，、;；()（）]", "punctuation.separator", "Punctuation"),
        _one(_NAME, "variable.other", "Name"),
    )


def _one(pattern: str, scope: str, token: str) -> Look:
    return Look(pattern, (scope,), (token,))


def _word(words: str, scope: str, token: str) -> Look:
    return _one(rf"{_BEGIN}(?:{words}){_END}", scope, token)


def _spellings(terminals: Iterable[str]) -> str:
    """All spellings of some keywords."""
    keywords = [by_terminal()[t] for t in (*terminals,) if t in by_terminal()]
    return _listed(word for keyword in keywords for word in (*keyword.en, *keyword.zh))


def _listed(words: Iterable[str]) -> str:
    """Words as alternatives, the longest first; Chinese ones of several parts may be joined."""
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(w).replace(r"\ ", " *" if has_cjk(w) else " +").replace(r"\-", "-") for w in ordered)
