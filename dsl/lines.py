"""lark behind one door: the text of one line or cell -> a node, or the one diagnostic that says where it goes wrong."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from guiju.dsl import codes
from guiju.dsl.build import Build
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.keywords import KEYWORDS, Keyword, by_terminal
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import NO_TRIVIA, Trivia

STARTS = [
    *("standard_line", "input_line", "fact_line", "let_line", "groups_line"),
    *("levels_line", "group_line", "membership_line", "item_line", "score_line"),
    *("weights_line", "grade_line", "reading_line", "record_line", "clause_line"),
    *("option_line", "level_line", "block_line", "row_line", "reading_option_line"),
    *("property_line", "cell_line", "patch", "name_cell", "clauses_cell"),
    *("expr_cell", "grade_key_cell", "grade_result_cell"),
]

_PLAIN = {
    "STRING": Text("“引号中的文字”", '"a text"'),
    "NAME": Text("名称", "a name"),
    "INT": Text("数", "a number"),
    "DECIMAL": Text("数", "a number"),
    "SECTION": Text("条款号", "a clause number"),
    "MARK": Text("a)", "a)"),
    "UNIT": Text("单位", "a unit"),
    "DATE": Text("日期", "a date"),
    "COLON": Text(":", ":"),
    "EQ": Text("=", "="),
    "VBAR": Text("|", "|"),
    "COMMA": Text(",", ","),
    "SEMICOLON": Text(";", ";"),
    "LPAR": Text("(", "("),
    "RPAR": Text(")", ")"),
    "MINUS": Text("-", "-"),
    "DASH": Text("-", "-"),
    "LE": Text("<=", "<="),
    "GE": Text(">=", ">="),
    "LT": Text("<", "<"),
    "GT": Text(">", ">"),
    "TIMES": Text("*", "*"),
    "DIVIDE": Text("/", "/"),
    "SLASH": Text("/", "/"),
    "PLUS": Text("+", "+"),
    "NE": Text("!=", "!="),
    "MORETHAN": Text(">", ">"),
    "__ANON_0": Text("~", "~"),
    "TILDE": Text("~", "~"),
    "$END": Text("行末", "the end of the line"),
}
MOST_EXPECTED = 8


@cache
def _lark() -> Lark:
    grammar = files("guiju.dsl").joinpath("grammar.lark").read_text("utf-8")
    used = set(re.findall(r"\b_?[A-Z][A-Z_]+\b", grammar))
    terminals = [
        _terminal(name, keyword)
        for keyword in KEYWORDS
        for name in (keyword.terminal, "_" + keyword.terminal)
        if name in used
    ]
    return Lark(
        grammar + "\n".join(terminals),
        parser="lalr",
        lexer="contextual",
        start=STARTS,
        propagate_positions=True,
        maybe_placeholders=False,
    )


def _terminal(name: str, keyword: Keyword) -> str:
    """A keyword as a terminal: any spelling, not running into a word; more words first."""
    spellings = sorted((*keyword.en, *keyword.zh), key=len, reverse=True)
    words = max(s.count(" ") for s in spellings)
    alternatives = "|".join(re.escape(s).replace(r"\ ", " +") for s in spellings)
    return f"{name}.{5 + words}: /(?:{alternatives})(?!\\w|[-+.]\\w)/"


def parse_line(
    start: str, text: str, source: Source, offset: int, trivia: Trivia = NO_TRIVIA
) -> tuple[Any, Diagnostic | None]:
    """The node of one line (or cell), or what is wrong with it. `offset` is where its text begins in the source."""
    try:
        parsed = _lark().parse(text, start=start)
        return Build(source, offset, trivia).transform(parsed), None
    except UnexpectedInput as error:
        return None, _diagnostic(error, text, source, offset)
    except (VisitError, RecursionError):
        span = Span(source, offset, offset + len(text))
        arguments = (("what", Text("括号", "brackets")), ("limit", 40))
        return None, Diagnostic(codes.TOO_DEEP, span, arguments)


def _diagnostic(error: UnexpectedInput, text: str, source: Source, offset: int) -> Diagnostic:
    if isinstance(error, UnexpectedToken):
        found, accepted = error.token, error.accepts or error.expected
        at = len(text) if found.type == "$END" else (found.start_pos or 0)
    else:
        assert isinstance(error, UnexpectedCharacters)
        at, accepted = error.pos_in_stream, error.allowed
    expected = _expected(set(accepted))
    if at >= len(text.rstrip()):
        end = offset + len(text)
        return Diagnostic(codes.UNFINISHED_LINE, Span(source, end, end), (("expected", expected),))
    word = _word(text, at)
    span = Span(source, offset + at, offset + at + len(word))
    shown = source.text[span.start : span.end]
    return Diagnostic(
        codes.UNEXPECTED_TEXT, span, (("found", shown), ("expected", expected)), suggestion=_meant(text, at, word)
    )


def _word(text: str, at: int) -> str:
    matched = re.compile(r'"[^"]*"|[<>=!]+|[\w.+%]+|.').match(text, at)
    return matched.group() if matched else text[at : at + 1]


#: what people type, and what they mean
_MEANT = (("==", "="), ("=<", "<="), ("=>", ">="), ("<>", "!="), ("!", "not"), ("&&", "and"), ("||", "or"))


def _meant(text: str, at: int, word: str) -> str | None:
    around = text[max(0, at - 1) : at + 2]
    for typed, meant in _MEANT:
        if word == typed or (len(typed) == 2 and typed in around):
            return meant
    return _near_keyword(word)


def _near_keyword(word: str) -> str | None:
    from difflib import get_close_matches

    spellings = [s for k in KEYWORDS for s in (*k.en, *k.zh)]
    close = get_close_matches(word, spellings, n=1, cutoff=0.75)
    return close[0] if close and close[0] != word else None


def _expected(accepted: set[str]) -> Text:
    """What could stand there, in words: punctuation and kinds first, then keywords."""
    texts = {_shown(name.lstrip("_") if name.lstrip("_") in by_terminal() else name) for name in accepted}
    ordered = sorted(texts, key=lambda t: (t.zh not in {p.zh for p in _PLAIN.values()}, t.en))
    more = len(ordered) > MOST_EXPECTED
    zh = "、".join(t.zh for t in ordered[:MOST_EXPECTED]) + ("……" if more else "")
    en = ", ".join(t.en for t in ordered[:MOST_EXPECTED]) + (" …" if more else "")
    return Text(zh, en)


def _shown(terminal: str) -> Text:
    keyword = by_terminal().get(terminal)
    if keyword:
        return Text(keyword.zh[0], keyword.en[0])
    return _PLAIN.get(terminal, Text(terminal.lower(), terminal.lower()))
