"""Text -> lines, and what stands below what by indentation alone.

Comments and blank lines go to the next line, and comments that are set in further than it to the line before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.literate import is_markdown, policy_lines, woven
from guiju.dsl.normal import normalise
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import Comment, Trivia

DEEPEST = 12  # blocks inside blocks
BRACKETS = 40  # brackets inside brackets on one line
OPERATIONS = 100  # operations inside one another on one line
LONGEST = 20_000  # characters on a line
MOST_LINES = 40_000  # a standard has a thousand; to read and check so many takes ten to twenty seconds
_INDENTS = " \t\u3000\u00a0"
_WORD = re.compile(r'[^\s:"]+')
_STEERING = re.compile(r"[\x00-\x08\x0a-\x1f]")
#: a text in “ ” with another one inside it
_INNER = re.compile(r"“[^“”]*(?P<inner>“)[^“”]*”[^“”]*”")


@dataclass
class LogicalLine:
    """One line that says something. `text` is in plain punctuation, without indentation and comment."""

    source: Source
    start: int  # offset of the first character of `text`
    text: str
    indent: int
    trivia: Trivia
    sound: bool = True  # False: a diagnostic was given already, so the line is not parsed
    tabs: int = 0  # in the indentation; how wide they are nobody knows
    children: list[LogicalLine] = field(default_factory=list)

    @property
    def tabbed(self) -> bool:
        """Whether the indentation was reported already."""
        return self.tabs > 0

    @property
    def span(self) -> Span:
        """Where the text stands."""
        return Span(self.source, self.start, self.start + len(self.text))

    @property
    def first_word(self) -> str:
        """The text up to the first space; without a label that follows at once, or a colon typed behind a keyword."""
        found = _WORD.match(self.text)
        return found[0] if found else self.text.split(" ", 1)[0]

    @property
    def shown(self) -> str:
        """The text as a message quotes it."""
        text = self.span.text
        return text if len(text) <= 24 else text[:23] + "…"


@dataclass(frozen=True)
class Layout:
    """The lines in the order of the text, the comments after the last, and what is wrong with their characters."""

    lines: tuple[LogicalLine, ...]
    comments_at_end: tuple[str | None, ...]
    diagnostics: tuple[Diagnostic, ...]


def lay_out(source: Source) -> Layout:
    """Read the lines of a source. Never raises, whatever the text."""
    diagnostics: list[Diagnostic] = []
    if (at := _lone_carriage_return(source.text)) is not None:
        return Layout((), (), (Diagnostic(codes.LINE_ENDS, Span(source, at, at + 1)),))
    diagnostics += _fences(source)
    lines, comments = _logical_lines(source, diagnostics)
    return Layout(tuple(lines), comments, tuple(diagnostics))


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """The lines of a policy, each with where it begins; of Markdown those of its fences."""
    if is_markdown(source.name):
        yield from policy_lines(source.text)
        return
    offset = 0
    for line in source.text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _fences(source: Source) -> Iterator[Diagnostic]:
    """What is wrong with the fences of a Markdown text."""
    if not is_markdown(source.name):
        return
    found = woven(source.text)
    unclosed = tuple(fence.at for fence in found.fences if not fence.closed)
    for code, places in ((codes.UNCLOSED_FENCE, unclosed), (codes.FENCE_NOT_READ, found.unread)):
        for at in places:
            yield Diagnostic(code, Span(source, at, at + len(source.line_text(source.position(at).line).strip())))
    if not (found.fences or found.unread):
        yield Diagnostic(codes.NO_FENCE, Span(source, 0, 0))


def _lone_carriage_return(text: str) -> int | None:
    """Where the first line ends, in a text whose lines end with CR alone; one such character is only a stray one."""
    lone = text.count("\r") - text.count("\r\n")
    return text.index("\r") if lone and lone >= text.count("\n") else None


def nested(lines: Sequence[LogicalLine]) -> tuple[list[LogicalLine], list[Diagnostic]]:
    """The lines at the margin, with all others below them as they are indented, and what is wrong with that."""
    diagnostics: list[Diagnostic] = []
    return _nest([replace(line, children=[]) for line in lines], diagnostics), diagnostics


def _logical_lines(source: Source, diagnostics: list[Diagnostic]) -> tuple[list[LogicalLine], tuple[str | None, ...]]:
    lines: list[LogicalLine] = []
    open_: list[int] = []  # the indentation of each line that the last one stands below, and its own
    between = _Between()
    for number, (offset, raw) in enumerate(_lines(source)):
        if number == MOST_LINES:
            arguments = (("what", Text("行", "lines")), ("limit", MOST_LINES))
            diagnostics.append(Diagnostic(codes.NOT_READ_FURTHER, Span(source, offset, offset), arguments))
            break
        content = raw.rstrip("\r")
        if offset == 0 and content.startswith("\ufeff"):
            span = Span(source, 0, 1)
            diagnostics.append(Diagnostic(codes.BYTE_ORDER_MARK, span))
            line = _line(source, 1, content[1:], diagnostics)
        else:
            line = _line(source, offset, content, diagnostics)
        if line is None:
            between.blank_line()
            continue
        text, comment = line
        if text is None:
            between.comment(comment or "", _indent(content))
            continue
        between.give_back(lines, open_, text.indent)
        text.trivia = Trivia(between.texts(), comment, blank_before=between.blank and bool(lines))
        lines.append(text)
        open_ = [*(indent for indent in open_ if indent < text.indent), text.indent]
        between = _Between()
    between.give_back(lines, open_, 0)
    return lines, _at_end(list(between.texts()), between.blank and bool(lines))


@dataclass
class _Between:
    """What stands between two lines: whether a blank line is first, then comments with their indentation.

    Among them None is a blank line.
    """

    blank: bool = False
    comments: list[tuple[str, int] | None] = field(default_factory=list)

    def blank_line(self) -> None:
        if not self.comments:
            self.blank = True
        elif self.comments[-1] is not None:
            self.comments.append(None)

    def comment(self, text: str, indent: int) -> None:
        self.comments.append((text, indent))

    def texts(self) -> tuple[str | None, ...]:
        return tuple(found and found[0] for found in self.comments)

    def give_back(self, lines: Sequence[LogicalLine], open_: Sequence[int], below: int) -> None:
        """Leave with the last line all comments up to the last one that is set in further than the next line."""
        level = [sum(other < found[1] for other in open_) if found else 0 for found in self.comments]
        next_ = sum(other < below for other in open_)
        count = max((i + 1 for i, each in enumerate(level) if each > next_), default=0)
        if not lines or not count:
            return
        own = (
            found and Comment(found[0], each - len(open_) + 1)
            for found, each in zip(self.comments[:count], level, strict=False)
        )
        below_it = (*((None,) if self.blank else ()), *own)
        lines[-1].trivia = replace(lines[-1].trivia, below=below_it)
        self.blank = self.comments[count : count + 1] == [None]
        self.comments = self.comments[count + self.blank :]


def _at_end(above: list[str | None], blank: bool) -> tuple[str | None, ...]:
    """The comments after the last line; None in front of them is a blank line between."""
    if above and above[-1] is None:
        above = above[:-1]
    return (None, *above) if above and blank else tuple(above)


def _line(
    source: Source, offset: int, content: str, diagnostics: list[Diagnostic]
) -> tuple[LogicalLine | None, str | None] | None:
    """The line and its comment; (None, comment) for a comment alone; None for a blank line."""
    if not content.strip(_INDENTS):
        return None
    plain, comment_at, unclosed = normalise(content[:LONGEST])
    comment = _comment(content[comment_at + 1 :]) if comment_at is not None else None
    body = plain.strip()
    if not body:
        return None, comment or ""
    indent_text = _indent_text(content)
    start = offset + len(plain) - len(plain.lstrip())
    line = LogicalLine(source, start, body, _indent(content), Trivia())
    problem = _problem(source, offset, content, line, indent_text, unclosed)
    if problem:
        diagnostics.append(problem)
        line.sound = problem.code is codes.TAB_INDENTATION
        line.tabs = indent_text.count("\t") if line.sound else 0
    return line, comment


def _comment(text: str) -> str:
    """The text of a comment. A space in front of another `#` or `!` is kept, for `# #` and `##` are two things."""
    stripped = text.strip()
    return " " + stripped if stripped[:1] in ("#", "＃", "!") and text[:1].isspace() and stripped else stripped


def _indent_text(content: str) -> str:
    return content[: len(content) - len(content.lstrip(_INDENTS))]


def _indent(content: str) -> int:
    return sum(2 if c in "\t\u3000" else 1 for c in _indent_text(content))


def _problem(
    source: Source, offset: int, content: str, line: LogicalLine, indent: str, unclosed: int | None
) -> Diagnostic | None:
    """The one thing wrong with the characters of a line, if any."""
    if "\t" in indent:
        at = offset + indent.index("\t")
        return Diagnostic(codes.TAB_INDENTATION, Span(source, at, at + 1))
    if len(content) > LONGEST:
        return Diagnostic(codes.TOO_LONG, Span(source, line.start, line.start + 20), (("limit", LONGEST),))
    if (quotes := _quotes(source, offset, content, unclosed)) is not None:
        return quotes
    if unclosed is not None:
        return Diagnostic(codes.UNCLOSED_TEXT, Span(source, offset + unclosed, offset + len(content)))
    if steering := _STEERING.search(content):
        shown = f"U+{ord(steering[0]):04X}"
        span = Span(source, offset + steering.start(), offset + steering.end())
        return Diagnostic(codes.UNREADABLE, span, (("char", shown),))
    depth = 0
    for at, char in enumerate(line.text if line.text.count("(") > BRACKETS else "", line.start):
        depth += (char == "(") - (char == ")" and depth > 0)
        if depth > BRACKETS:
            return too_many_brackets(Span(source, at, at + 1))
    return None


def _quotes(source: Source, offset: int, content: str, unclosed: int | None) -> Diagnostic | None:
    """A text inside a text, or one that begins with ” and ends with “."""
    inner = _INNER.search(content)
    if inner is not None:
        at = offset + inner.start("inner")
        return Diagnostic(codes.QUOTES_IN_TEXT, Span(source, at, at + 1))
    if unclosed is not None and content[unclosed] == "”" and "“" in content[unclosed:]:
        span = Span(source, offset + unclosed, offset + content.index("“", unclosed) + 1)
        return Diagnostic(codes.OTHER_QUOTES, span, (("found", "”"),), suggestion=f"“{span.text[1:-1]}”")
    return None


def too_many_brackets(span: Span) -> Diagnostic:
    """Brackets inside brackets, more than anybody can follow."""
    return _too_much_in_one(Text("括号", "brackets"), BRACKETS, span)


def too_many_operations(span: Span) -> Diagnostic:
    """Operations inside one another: a sum of hundreds of terms, `not` before `not`."""
    return _too_much_in_one(Text("运算", "operations"), OPERATIONS, span)


def _too_much_in_one(what: Text, limit: int, span: Span) -> Diagnostic:
    remedy = Text("用“令”给中间结果起名", "give the parts names with `let`")
    return Diagnostic(codes.TOO_DEEP, span, (("what", what), ("limit", limit), ("remedy", remedy)))


def _canonical(open_: list[LogicalLine]) -> int:
    return open_[-1].indent + 2 if open_ else 0


def _shift(line: LogicalLine, indent: int, diagnostics: list[Diagnostic]) -> None:
    arguments = (("found", line.indent), ("expected", indent))
    diagnostics.append(Diagnostic(codes.INCONSISTENT_INDENTATION, line.span, arguments))
    line.indent = indent


def _nest(lines: list[LogicalLine], diagnostics: list[Diagnostic]) -> list[LogicalLine]:
    """Lines below the line they are indented under. A line that matches no open block joins the nearest one."""
    top: list[LogicalLine] = []
    open_: list[LogicalLine] = []
    for line in lines:
        while open_ and open_[-1].indent >= line.indent:
            open_.pop()
        beside = open_[-1].children if open_ else top
        expected = beside[0].indent if beside else (line.indent if open_ else 0)
        if line.indent != expected and line.tabbed:
            line.indent = expected  # reported already, and how wide a tab is nobody knows
        if line.indent != expected and len(beside) == 1 and line.indent == _canonical(open_):
            _shift(beside[0], line.indent, diagnostics)  # it is the line before that is off
        elif line.indent != expected:
            arguments = (("found", line.indent), ("expected", expected))
            diagnostics.append(Diagnostic(codes.INCONSISTENT_INDENTATION, line.span, arguments))
            line.indent = expected
        if len(open_) >= DEEPEST:
            if len(open_) == DEEPEST and not beside:
                remedy = Text("把下级的行提上一级", "move lines up a level")
                arguments_ = (("what", Text("缩进的行", "indented lines")), ("limit", DEEPEST), ("remedy", remedy))
                diagnostics.append(Diagnostic(codes.TOO_DEEP, line.span, arguments_))
            line.sound = False
        beside.append(line)
        open_.append(line)
    return top
