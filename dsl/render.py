"""Diagnostic and language -> the text that a terminal shows, or a plain dict for JSON.

The caret stands under the right characters whatever their width, and nothing of a source reaches the terminal that
could steer it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from wcwidth import wcswidth, wcwidth

from guiju.dsl.diagnostic import Diagnostic, Language, Severity, Text
from guiju.dsl.source import Position, Span

MOST_LABELS = 4  # second places that a terminal shows; a dict has them all
WIDEST = 160  # columns of an excerpt; a longer line is cut around the caret
_BEFORE = 60  # columns kept before the caret in a line that is cut
_SEEN = 1000  # characters looked at on either side of a place, whatever their width
_TAB = 2
_CUT = "…"
_UNSEEN = "·"

_SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36;1"}
_QUIET = "34;1"
_HEAD = Text("{severity}[{code}]：{message}", "{severity}[{code}]: {message}")
_HELP = Text("建议：{help}", "help: {help}")
_MORE = Text("……另有 {n} 处", "… and {n} more places")
_MEANT = Text("是不是想写“{word}”？", "did you mean `{word}`?")


def render(diagnostic: Diagnostic, language: Language, colour: bool = False) -> str:
    """A diagnostic as several lines of text, without a newline at the end."""
    paint = _Paint(colour)
    labels = diagnostic.labels[:MOST_LABELS]
    places = (diagnostic.span, *(label.span for label in labels))
    gutter = max(len(str(span.position.line)) for span in places)
    lines = [_head(diagnostic, language, paint), _arrow(diagnostic.span, gutter, paint)]
    lines += _excerpt(diagnostic.span, gutter, "^", "", paint, _COLOURS[diagnostic.code.severity])
    for label in labels:
        if label.span.source != diagnostic.span.source:
            lines.append(_arrow(label.span, gutter, paint))
        lines += _excerpt(label.span, gutter, "-", visible(label.caption.in_language(language)), paint, _QUIET)
    if more := len(diagnostic.labels) - len(labels):
        lines.append(_MORE.in_language(language).format(n=more))
    return "\n".join([*lines, *_remedy(diagnostic, language)])


def render_unplaced(diagnostic: Diagnostic, language: Language, colour: bool = False) -> str:
    """The same without its place: of what was said just now, and stands in no text that anybody has seen."""
    return "\n".join([_head(diagnostic, language, _Paint(colour)), *_remedy(diagnostic, language)])


def to_dict(diagnostic: Diagnostic, language: Language) -> dict[str, Any]:
    """A diagnostic as plain values; lines and columns count from 1, columns in characters, ends are exclusive."""
    return {
        "code": diagnostic.code.name,
        "severity": diagnostic.code.severity.value,
        "message": diagnostic.message(language),
        "help": diagnostic.help(language),
        **_place(diagnostic.span),
        "suggestion": diagnostic.suggestion,
        "labels": [{"message": x.caption.in_language(language), **_place(x.span)} for x in diagnostic.labels],
    }


def visible(text: str) -> str:
    """A text with a dot for every character that is not shown or that steers a terminal; tabs as spaces."""
    return "".join(_shown(char) for char in text)


def _place(span: Span) -> dict[str, Any]:
    start, end = span.position, span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


@dataclass(frozen=True)
class _Paint:
    """Colours a text, or does not."""

    on: bool

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text


def _head(diagnostic: Diagnostic, language: Language, paint: _Paint) -> str:
    severity = diagnostic.code.severity
    word, code = _SEVERITIES[severity].in_language(language), diagnostic.code.name
    message = visible(diagnostic.message(language))
    text = _HEAD.in_language(language).format(severity=word, code=code, message=message)
    named = f"{word}[{code}]"
    return paint(named, _COLOURS[severity]) + text.removeprefix(named)


def _remedy(diagnostic: Diagnostic, language: Language) -> Iterator[str]:
    """What may have been meant, and what to do."""
    if diagnostic.suggestion is not None:
        yield _MEANT.in_language(language).format(word=visible(diagnostic.suggestion))
    yield _HELP.in_language(language).format(help=visible(diagnostic.help(language)))


def _arrow(span: Span, gutter: int, paint: _Paint) -> str:
    position = span.position
    within = "" if span.source.is_cell else f":{position.line}:{position.column}"
    return f"{' ' * gutter}{paint('-->', _QUIET)} {visible(span.source.name)}{within}"


def _excerpt(span: Span, gutter: int, mark: str, caption: str, paint: _Paint, colour: str) -> Iterator[str]:
    """An empty line, the line of the source and the marks under it."""
    position = span.position
    shown, before, length = _cut(span, position)
    bar = paint("|", _QUIET)
    marks = paint(" ".join(x for x in (mark * length, caption) if x), colour)
    yield f"{' ' * gutter} {bar}"
    yield f"{paint(str(position.line).rjust(gutter), _QUIET)} {bar} {shown}".rstrip()
    yield f"{' ' * gutter} {bar} {' ' * before}{marks}"


def _cut(span: Span, position: Position) -> tuple[str, int, int]:
    """What is shown of the line, how many columns stand before the marks, and how many marks there are."""
    line = span.source.line_text(position.line)
    first = min(position.column - 1, len(line))
    last = min(first + max(span.end - span.start, 0), len(line))
    left, right = visible(line[max(first - _SEEN, 0) : first]), visible(line[last : last + _SEEN])
    middle = visible(line[first : min(last, first + _SEEN)])
    if _width(left + middle + right) > WIDEST:
        left = _tail(left, _BEFORE)
        middle = _start(middle, WIDEST - _width(left))
        right = _start(right, WIDEST - _width(left + middle)) if not middle.endswith(_CUT) else ""
    return left + middle + right, _width(left), max(1, _width(middle))


def _start(text: str, columns: int) -> str:
    """The first columns of a text, with a sign if there is more."""
    if _width(text) <= columns:
        return text
    kept, used = [], 1
    for char in text:
        used += _width(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept) + _CUT


def _tail(text: str, columns: int) -> str:
    """The last columns of a text, with a sign if there is more."""
    if _width(text) <= columns:
        return text
    kept, used = [], 1
    for char in reversed(text):
        used += _width(char)
        if used > columns:
            break
        kept.append(char)
    return _CUT + "".join(reversed(kept))


def _shown(char: str) -> str:
    if char == "\t":
        return " " * _TAB
    return _UNSEEN if category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or wcwidth(char) < 0 else char


def _width(text: str) -> int:
    return max(0, wcswidth(text))
