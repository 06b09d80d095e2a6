"""lark behind one door: the text of one line or cell -> a node, or the one diagnostic that says where it goes wrong."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from guiju.dsl import codes
from guiju.dsl.build import Build
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.keywords import KEYWORDS, Keyword, by_terminal, language_of, spell, units_in
from guiju.dsl.layout import OPERATIONS, too_many_operations
from guiju.dsl.near import arabic, surely_meant
from guiju.dsl.source import Source, Span
from guiju.dsl.spelling import has_cjk
from guiju.dsl.tree import NO_TRIVIA, Node, Trivia

STARTS = [
    *("standard_line", "use_line", "input_line", "fact_line", "let_line", "groups_line"),
    *("levels_line", "group_line", "membership_line", "item_line", "score_line"),
    *("weights_line", "grade_line", "crosswalk_line", "reading_line", "record_line", "clause_line"),
    *("option_line", "level_line", "block_line", "row_line", "reading_option_line"),
    *(
        "property_line",
        "validity_line",
        "placed_line",
        "counts_line",
        "example_line",
        "given_line",
        "expect_line",
        "cell_line",
        "patch",
        "name_cell",
        "clauses_cell",
    ),
    *("expr_cell", "weight_cell", "grade_key_cell", "grade_result_cell", "relation_cell", "digest_cell"),
]

_PLAIN = {
    "STRING": Text("“引号中的文字”", '"a text"'),
    "NAME": Text("名称", "a name"),
    "INT": Text("数", "a number"),
    "DECIMAL": Text("数", "a number"),
    "SECTION": Text("条款号", "a clause number"),
    "MARK": Text("标号（如 a)）", "a mark such as a)"),
    "UNIT": Text("单位（如 h、个数）", "a unit such as h or count"),
    "DATE": Text("日期", "a date"),
    "COLON": Text("冒号", "a colon"),
    "EQ": Text("=", "="),
    "VBAR": Text("竖线", "a bar"),
    "COMMA": Text("逗号", "a comma"),
    "SEMICOLON": Text("分号", "a semicolon"),
    "LPAR": Text("左括号", "an opening bracket"),
    "RPAR": Text("右括号", "a closing bracket"),
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
_KINDS = frozenset(_PLAIN[name].zh for name in ("STRING", "NAME", "INT", "SECTION", "DATE", "UNIT"))
#: signs that are told of together
_SIGNS = (
    (frozenset({"GE", "GT", "LE", "LT", "EQ", "NE"}), Text(">= > <= < = !=", ">= > <= < = !=")),
    (frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE"}), Text("+ - * /", "+ - * /")),
)
MOST_EXPECTED = 10
#: words of citations, where no name can stand: a number may follow a Chinese one without a space, as it does in print
_BEFORE_NUMBERS = ("TABLE", "FORMULA", "FIGURE", "NOTE", "ANNEX", "PAGE")
#: of two keywords with one spelling, `属于`, the one that is meant where both could stand, as behind `得分 A`
_SOONER = ("OF",)
DIGITS = 100  # in one number, as in evidence
#: a number outside quotation marks, and what makes it none: an exponent, or raised digits
_NUMBER = re.compile(
    r'"[^"]*"|(?<![\w.])(?P<number>(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?)'
    r"(?:(?P<exponent>[eE][-+]?\d+)(?!\w)|(?P<raised>[²³¹⁰⁴-⁹]+))?"
)
#: a number whose comma stands between thousands, or before the decimals; and one that begins with its point
_COMMAS = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])")
_COMMA = re.compile(r"(?<![\w.])(?<!\d )(?:\d{1,3}(?: \d{3})+|\d+),\d+(?![\w.,])")
_POINT = re.compile(r"(?<![\w.])\.\d+(?![\w.])")


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
    """A keyword as a terminal: any spelling, not running into a word; more words first. Chinese ones may be joined."""
    spellings = sorted((*keyword.en, *keyword.zh), key=len, reverse=True)
    words = max(s.count(" ") for s in spellings)
    alternatives = "|".join(re.escape(s).replace(r"\ ", " *" if has_cjk(s) else " +") for s in spellings)
    joined = f"|(?:{'|'.join(keyword.zh)})(?=[A-Z0-9])" if keyword.terminal in _BEFORE_NUMBERS else ""
    return f"{name}.{5 + words + (keyword.terminal in _SOONER)}: /(?:{alternatives})(?!\\w|[-+.]\\w){joined}/"


class LineReader(Protocol):
    """What reads one line (or cell): `parse_line`, or what gives the same."""

    def __call__(
        self, start: str, text: str, source: Source, offset: int, trivia: Trivia = ...
    ) -> tuple[Any, Diagnostic | None]:
        """The node of a line, or what is wrong with it first."""


def parse_line(
    start: str, text: str, source: Source, offset: int, trivia: Trivia = NO_TRIVIA
) -> tuple[Any, Diagnostic | None]:
    """The node of one line (or cell), or what is wrong with it first. `offset` is where its text begins."""
    number = _number_problem(text, source, offset)
    node, problem = _parsed(start, text, source, offset, trivia)
    if number and (problem is None or number.span.start <= problem.span.start):
        return None, number
    return node, problem


def _parsed(start: str, text: str, source: Source, offset: int, trivia: Trivia) -> tuple[Any, Diagnostic | None]:
    try:
        parsed = _lark().parse(text, start=start)
        node = Build(source, offset, trivia).transform(parsed)
    except UnexpectedInput as error:
        return None, _diagnostic(error, start, text, source, offset)
    except (VisitError, RecursionError):
        return None, too_many_operations(Span(source, offset, offset + len(text)))
    if _is_deeper_than(OPERATIONS, node):
        return None, too_many_operations(Span(source, offset, offset + len(text)))
    return node, None


def _is_deeper_than(limit: int, node: Any) -> bool:
    """Whether the nodes of a line stand inside one another deeper than that."""
    layer, depth = [node], 0
    while layer and depth <= limit:
        depth += any(isinstance(n, Node) for n in layer)
        within = (n if isinstance(n, tuple) else vars(n).values() for n in layer if isinstance(n, Node | tuple))
        layer = [value for values in within for value in values]
    return depth > limit


# --- numbers -----------------------------------------------------------------------------------------------------


def _number_problem(text: str, source: Source, offset: int) -> Diagnostic | None:
    """The first number of a line that is too long, or that is written as no number is."""
    for found in _NUMBER.finditer(text):
        number = found["number"] or ""
        span = Span(source, offset + found.start(), offset + found.end())
        if sum(char.isdigit() for char in number) > DIGITS:
            return Diagnostic(codes.TOO_MANY_DIGITS, span, (("limit", DIGITS),))
        if found["exponent"] or found["raised"]:
            meant = _written_out(found["number"], found["exponent"])
            return Diagnostic(codes.NUMBER_FORM, span, (("found", span.text),), suggestion=meant)
    return None


def _written_out(number: str, exponent: str | None) -> str | None:
    """`1e6` as `1 000 000`, if the number is whole and not too long to read."""
    power = int(exponent[1:]) if exponent and len(exponent) < 4 else -1
    whole, _, part = number.replace(" ", "").partition(".")
    if not 0 <= power <= 15 or len(part) > power:
        return None
    return f"{int(whole + part + '0' * (power - len(part))):,}".replace(",", " ")


def _misformed(text: str, at: int, accepted: frozenset[str]) -> tuple[int, int, str] | None:
    """The number that makes a line go wrong at a place, from where to where, and how it is written here."""
    if "INT" in accepted and (digits := arabic(word := _word(text, at))):
        return at, at + len(word), digits
    for form, write in ((_COMMAS, _spaced), (_COMMA, _pointed), (_POINT, "0{}".format)):
        for found in form.finditer(text):
            if found.start() <= at < found.end():
                return found.start(), found.end(), write(found.group())
    return _numeral(text, at)


def _numeral(text: str, at: int) -> tuple[int, int, str] | None:
    """The number in Chinese numerals that stands right before the place where a line goes wrong."""
    before = text[:at].rstrip()
    word = re.split(r"[^\w]", before)[-1]
    digits = arabic(word)
    return None if digits is None or text[:at] == before else (len(before) - len(word), len(before), digits)


def _spaced(number: str) -> str:
    return number.replace(",", " ")


def _pointed(number: str) -> str:
    return number.replace(",", ".")


# --- what is wrong -----------------------------------------------------------------------------------------------


def _diagnostic(error: UnexpectedInput, start: str, text: str, source: Source, offset: int) -> Diagnostic:
    at = _origin(start, text, _place(error, text))
    accepted = terminals_after(start, text[:at])
    word = _word(text, at)
    language = language_of(source.policy) or ("zh" if has_cjk(word) else None)
    expected = _expected(accepted, language)
    if at >= len(text.rstrip()):
        end = offset + len(text)
        return Diagnostic(codes.UNFINISHED_LINE, Span(source, end, end), (("expected", expected),))
    number = _misformed(text, at, accepted)
    if number:
        span = Span(source, offset + number[0], offset + number[1])
        return Diagnostic(codes.NUMBER_FORM, span, (("found", span.text),), suggestion=number[2])
    called = _CALLED_CLAUSE.search(text, 0, at)
    if called and word[:1].isdigit():
        span = Span(source, offset + called.start(), offset + at + len(word))
        arguments = (("found", span.text), ("expected", Text("条款号，前面没有词", "the id of a clause, alone")))
        return Diagnostic(codes.UNEXPECTED_TEXT, span, arguments, suggestion=text[at : at + len(word)])
    span = Span(source, offset + at, offset + at + len(word))
    if word in _QUOTES:
        return Diagnostic(codes.OTHER_QUOTES, span, (("found", span.text),))
    if word == ":" and text[:at].strip() and (_KEYWORD_AHEAD.fullmatch(text[:at]) or _is_needless(start, text, at)):
        return Diagnostic(codes.NEEDLESS_COLON, span, (("word", re.split(r"[\s:]+", text[:at].rstrip(" :"))[-1]),))
    arguments = (("found", span.text), ("expected", expected))
    return Diagnostic(codes.UNEXPECTED_TEXT, span, arguments, suggestion=_meant(word, accepted, language))


#: a reference of a clause that says that it is one, `of clause 5`
_CLAUSE = by_terminal()["CLAUSES"]
_CALLED_CLAUSE = re.compile(rf"(?<=[^\w])(?:{'|'.join((*_CLAUSE.en, *_CLAUSE.zh))}) +$")
_QUOTES = frozenset("‘’「」『』«»`'")
_KEYWORD_AHEAD = re.compile(r"[^\W\d]\w* *")


def _is_needless(start: str, text: str, at: int) -> bool:
    """Whether a line can be read without the colon at a place; where it has more such colons, up to the next one."""
    without = f"{text[:at]} {text[at + 1 :]}"
    try:
        _lark().parse(without, start=start)
    except UnexpectedInput as error:
        wrong = _place(error, without)
        return without[wrong : wrong + 1] == ":" and bool(without[at:wrong].strip())
    return True


def _place(error: UnexpectedInput, text: str) -> int:
    """Where the parser found that a line goes wrong."""
    if isinstance(error, UnexpectedToken):
        return len(text) if error.token.type == "$END" else (error.token.start_pos or 0)
    assert isinstance(error, UnexpectedCharacters)
    place: Any = error.pos_in_stream
    return int(place)


def _origin(start: str, text: str, at: int) -> int:
    """Where a line that goes wrong at a place began to: at the first of several signs, or at a word read as a name."""
    while at < len(text) and text[at] in _SIGN and at and text[at - 1] in _SIGN:
        at -= 1
    compared = _COMPARED.search(text[:at])
    if compared is not None and "GE" in terminals_after(start, text[: compared.start()]):
        return compared.start()
    word = _WORD_BEFORE.search(text[:at])
    if word is None or not word.start():
        return at
    before = terminals_after(start, text[: word.start()])
    if _MEANT.get(word.group("word")) in {name.lstrip("_") for name in before}:
        return word.start()
    as_unit = "UNIT" in before and _means_something(word["word"]) and not before & _terminals_of(word["word"])
    return word.start() if as_unit else at


class Word(NamedTuple):
    """One sign or word of a line: its terminal, without the `_` of those that leave no node, and where it stands."""

    terminal: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def words_of(start: str, text: str) -> tuple[Word, ...]:
    """The words of a line, or of its beginning, as the grammar takes them; up to the first that it does not take."""
    found: list[Word] = []
    try:
        for token in _lark().parse_interactive(text, start=start).iter_parse():
            at = token.start_pos or 0
            found.append(Word(token.type.lstrip("_"), str(token), at, at + len(token)))
    except UnexpectedInput as error:
        place = _place(error, text)
        return tuple(word for word in found if word.end <= place)
    return tuple(found)


def terminals_after(start: str, before: str) -> frozenset[str]:
    """The terminals that can stand behind the beginning of a line."""
    reader = _lark().parse_interactive(before, start=start)
    try:
        reader.exhaust_lexer()
    except UnexpectedInput:  # a token that is cut off; then nothing can be said
        return frozenset()
    return frozenset(reader.accepts())  # type: ignore[no-untyped-call]


_SIGN = "<>=!&|"
_WORD_BEFORE = re.compile(r"(?<![\w.+-])(?P<word>[^\W\d]\w*) *$")


def _means_something(word: str) -> bool:
    """Whether a word that is no unit is one of the language, or is often typed for one."""
    return word not in units_in("zh") and bool(_terminals_of(word) or word in _MEANT or in_symbols(word))


@cache
def _terminals_of(word: str) -> frozenset[str]:
    """The keywords that begin with a word."""
    found = {k.terminal for k in KEYWORDS for spelling in (*k.en, *k.zh) if spelling.split()[0] == word}
    return frozenset({*found, *(f"_{terminal}" for terminal in found)})


def _word(text: str, at: int) -> str:
    matched = re.compile(rf"(?:{_ENGLISH})(?!\S)|" r'"[^"]*"|[<>=!&|]+|[至到](?=[a-z]\)|\d)|[\w.+%]+|.').match(text, at)
    return matched.group() if matched else text[at : at + 1]


#: the sign or the keyword that is meant, and what people type for it
_TYPED = (
    *(("=", "=="), ("!=", "<> =!"), ("<=", "=< ≦ ⩽"), (">=", "=> ≧ ⩾"), ("<", "《"), (">", "》")),
    *(("NOT", "! 不"), ("AND", "&& & 和 与 并且 而且"), ("OR", "|| | 或者")),
    *(("WHEN", "如果 若 if"), ("OTHERWISE", "其他 其它 其余 else"), ("ALL", "所有 各项"), ("CLAUSES", "项 条 items")),
    *(("SATISFIED", "符合 达标 通过"), ("UNSATISFIED", "不符合 不达标 未满足"), ("APPLIES", "适用于 适用 applies")),
)
_MEANT = {typed: meant for meant, words in _TYPED for typed in words.split()}


def typed_for(terminal: str) -> tuple[str, ...]:
    """What people type for a keyword that is not in the language."""
    return tuple(typed for typed, meant in _MEANT.items() if meant == terminal)


_JOINED = re.compile(r"(?P<word>[^\W\d]+)(?P<number>\d[\d.]*)")
_CHAPTER = re.compile(r"第(?P<number>\d[\d.]*)[章节条款]")
_UP_TO = ("至", "到", "to", "-", "—", "～")
#: comparisons in words; of two that begin alike the longer one stands first
_COMPARISONS = (
    ("大于等于", ">="),
    ("大于或等于", ">="),
    ("小于等于", "<="),
    ("小于或等于", "<="),
    *((word, ">=") for word in ("不少于", "不小于", "不低于", "不短于", "达到")),
    *((word, "<=") for word in ("不大于", "不超过", "不高于", "不多于", "不长于")),
    *((word, "!=") for word in ("不等于", "不是", "不为")),
    *((word, ">") for word in ("大于", "多于", "高于", "超过", "长于")),
    *((word, "<") for word in ("小于", "少于", "低于", "不足", "短于")),
    ("等于", "="),
    *((word, ">=") for word in ("at least", "no less than", "not less than")),
    *((word, "<=") for word in ("at most", "no more than", "not more than")),
    *(("more than", ">"), ("greater than", ">"), ("less than", "<"), ("equal to", "="), ("equals", "="), ("is", "=")),
)
_ENGLISH = "|".join(word for word, _ in _COMPARISONS if word.isascii())
_COMPARED = re.compile(rf"(?<!\S)(?:{_ENGLISH}) +$")


def _meant(word: str, accepted: frozenset[str], language: Language | None) -> str | None:
    """What was probably meant by a word where it cannot stand."""
    if word in _UP_TO and "TILDE" in accepted:
        return "~"
    if word == "," and accepted & {"VBAR", "SEMICOLON"}:
        return "|" if "VBAR" in accepted else ";"
    meant = _MEANT.get(word)
    if meant in by_terminal():
        meant = spell(meant, language or "en") if accepted & {meant, f"_{meant}"} else None
    return meant or in_symbols(word) or _apart(word, accepted) or _misspelt_keyword(word, accepted)


def _apart(word: str, accepted: frozenset[str]) -> str | None:
    """`表 3` for `表3`, and `4` for `第4章`."""
    chapter = _CHAPTER.fullmatch(word)
    if chapter and "INT" in accepted:
        return chapter["number"]
    joined = _JOINED.fullmatch(word)
    return f"{joined['word']} {joined['number']}" if joined and _terminals_of(joined["word"]) & accepted else None


def in_symbols(word: str) -> str | None:
    """The sign for a comparison in words, `不少于` or `不少于2小时`."""
    return next((s for typed, s in _COMPARISONS if word == typed or (has_cjk(typed) and word.startswith(typed))), None)


def _misspelt_keyword(word: str, accepted: frozenset[str]) -> str | None:
    possible = (k for k in KEYWORDS if accepted & {k.terminal, f"_{k.terminal}"})
    meant = surely_meant(word, (s for k in possible for s in (*k.en, *k.zh)))
    return meant if meant != word else None


def _expected(accepted: frozenset[str], language: Language | None) -> Text:
    """What could stand there, in words: punctuation and kinds first, then keywords in the language of the file."""
    names = {name.lstrip("_") if name.lstrip("_") in by_terminal() else name for name in accepted}
    names -= {"BELOW"}  # behind every mark, where hardly a clause has dash items
    if "UNIT" in names:  # behind a number, where a name is that of a unit, and which is hardly a clause
        names -= {"NAME", "MARK", "SATISFIED", "UNSATISFIED"}
    if "GE" in names:  # behind a name, which is sooner that of a value than that of a group with a mark behind it
        names -= {"MARK"}
    shown = [sign for members, sign in _SIGNS if len(names & members) > 1]
    names -= {name for members, _ in _SIGNS if len(names & members) > 1 for name in members}
    keywords = [k.terminal for k in KEYWORDS if k.terminal in names]
    others = {_PLAIN.get(name, Text(name.lower(), name.lower())) for name in names - set(keywords)}
    shown += sorted(others, key=lambda t: (t.zh not in _KINDS, t.en))
    shown += [_keyword(terminal, language) for terminal in keywords]
    more = len(shown) > MOST_EXPECTED
    zh = "、".join(t.zh for t in shown[:MOST_EXPECTED]) + ("……" if more else "")
    en = ", ".join(t.en for t in shown[:MOST_EXPECTED]) + (" …" if more else "")
    return Text(zh, en)


def _keyword(terminal: str, language: Language | None) -> Text:
    keyword = by_terminal()[terminal]
    zh, en = keyword.zh[0], keyword.en[0]
    return Text(zh if language != "en" else en, en if language != "zh" else zh)
