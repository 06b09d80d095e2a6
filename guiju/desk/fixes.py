"""A diagnostic -> the changes that mend it. Each was tried: without the mistake, and with no other in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from guiju.desk.desk import Desk, read_desk
from guiju.desk.renamed_text import replaced
from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.kept import KeptLines
from guiju.dsl.repair import mending
from guiju.dsl.source import Span

_REPLACE = Text("改成“{word}”", "Change to `{word}`")
_REMOVE = Text("删去“{word}”", "Remove `{word}`")
_INDENTED = (codes.TAB_INDENTATION, codes.INCONSISTENT_INDENTATION, codes.UNEXPECTED_INDENTATION)
_INDENT = Text("缩进改为 {columns} 格", "Indent by {columns} spaces")


@dataclass(frozen=True)
class Fix:
    """A change that mends a diagnostic: what it does, where, and the text that takes that place."""

    title: Text
    span: Span
    text: str
    mends: Diagnostic


def fixes(desk: Desk, diagnostic: Diagnostic, kept: KeptLines | None = None) -> tuple[Fix, ...]:
    """What mends a diagnostic of this text, the likeliest first; none that was tried in vain."""
    return tuple(fix for fix in _candidates(desk, diagnostic) if _mends(desk, fix, kept))


def _candidates(desk: Desk, d: Diagnostic) -> Iterator[Fix]:
    if d.span.source is not desk.source and d.span.source.text != desk.source.text:
        return
    if d.code in _INDENTED:
        yield from _indentation(desk, d)
        return
    meant = d.fix if d.fix is not None else mending(d)
    words = [meant] if meant is not None else (d.suggestion or "").split(" | ") if d.suggestion else []
    for word in words:
        yield Fix(_title(d.span.text, word), d.span, word, d)


def _title(found: str, word: str) -> Text:
    template, said = (_REMOVE, found.strip()) if not word.strip() else (_REPLACE, word)
    return Text(template.zh.format(word=said), template.en.format(word=said))


def _indentation(desk: Desk, d: Diagnostic) -> Iterator[Fix]:
    """Spaces for tabs; or as many as the line is expected to have, or fewer than it has."""
    start = desk.source.offset(d.span.position.line)
    line = desk.source.line_text(d.span.position.line)
    indent = line[: len(line) - len(line.lstrip())]
    expected = dict(d.arguments).get("expected")
    own = 2 * indent.count("\t") + indent.count(" ")
    fewer = range((own - 1) // 2 * 2, -1, -2) if d.code is codes.UNEXPECTED_INDENTATION else (own,)
    for columns in (expected,) if isinstance(expected, int) else fewer:
        title = Text(_INDENT.zh.format(columns=columns), _INDENT.en.format(columns=columns))
        yield Fix(title, Span(desk.source, start, start + len(indent)), " " * columns, d)


def _mends(desk: Desk, fix: Fix, kept: KeptLines | None) -> bool:
    """Whether less is wrong in a text with the fix, and this no more."""
    changed = replaced(desk.source.text, ((fix.span, fix.text),))
    after = read_desk(replace(desk.written, text=changed), kept)
    same = (d for d in after.diagnostics if d.code is fix.mends.code and d.span.start == fix.mends.span.start)
    return _weight(after) < _weight(desk) and next(same, None) is None


def _weight(desk: Desk) -> tuple[int, int, int]:
    """How much is wrong: what hides other mistakes counts before them."""
    found = desk.diagnostics
    return sum(d.code in codes.SYNTAX_CODES for d in found), sum(d.is_error for d in found), len(found)
