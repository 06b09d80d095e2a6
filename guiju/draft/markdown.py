"""Markdown -> lines: markup, addresses, code and comments are not read, every character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.html_table import TABLE, html_rows
from guiju.draft.model import Flat, Line
from guiju.draft.superscripts import with_superscripts
from guiju.dsl.literate import closes, opens

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_RULE = re.compile(r"(?:[-*_=] *+){3,}")
_TABLE_RULE = re.compile(r"\|? *+:?-{2,}:? *+(?:\| *+:?-{2,}:? *+)*\|?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
#: what is left out: images, addresses of links, code, tags, bare addresses, emphasis
_UNREAD = re.compile(
    r"!\[[^\]]{0,200}\]\([^)\s]{0,2000}[^)]{0,200}\)|(?<=\])\([^)\s]{1,2000}(?:\s[^)]{0,200})?\)|`[^`]{1,200}`|</?[A-Za-z][^<>]{0,200}>"
    r"|https?://[^\s<>）)」]+|\*{1,3}|(?<![A-Za-z0-9])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![A-Za-z0-9])|\[(?=[^\]]{0,200}\]\()|\](?=\()|\\(?=[!-/:-@\[-`{-~])"
)


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name has headings or links as Markdown writes them."""
    return re.search(r"^#{1,6} \S|\]\(https?://", text, re.MULTILINE) is not None


def markdown_lines(text: str) -> Iterator[Line]:
    """The lines that are read; an empty line is an empty `Line`."""
    hidden = [m.span() for m in _COMMENT.finditer(text)]
    front = _FRONT.match(text)
    if front:
        hidden.insert(0, front.span())
    tables = list(TABLE.finditer(text))
    hidden += [table.span() for table in tables]
    at, fence = 0, ""
    for raw in text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        if fence:
            fence = "" if closes(raw, fence) else fence
            continue
        fence = opens(raw.rstrip("\r\n")) or ""
        if fence:
            continue
        while tables and tables[0].start() < at:
            yield from (Line(row, is_row=True) for row in html_rows(text, *tables.pop(0).span()))
        shown = _without(raw.rstrip("\r\n"), start, hidden)
        if shown is not None and not _is_rule(shown.text.strip()):
            yield _line(shown)


def _is_rule(line: str) -> bool:
    """Whether a line is drawn, below a heading of a table or across the page."""
    return _RULE.fullmatch(line) is not None or _TABLE_RULE.fullmatch(line) is not None


def _without(raw: str, start: int, hidden: list[tuple[int, int]]) -> Flat | None:
    """The characters of a line that no comment hides; None where one hides them all."""
    end = start + len(raw)
    over = [(a, b) for a, b in hidden if a < end and b > start]
    kept = [i for i in range(start, end) if not any(a <= i < b for a, b in over)] if over else list(range(start, end))
    return None if over and not kept else Flat("".join(raw[i - start] for i in kept), tuple(kept))


def _line(flat: Flat) -> Line:
    indent = len(flat.text) - len(flat.text.lstrip())
    heading = _HEADING.match(flat.text)
    if heading:
        return Line(_read(flat.cut(heading.end(), len(flat.text.rstrip(" #")))), 0, len(heading[1]))
    stripped = flat.text.strip()
    if stripped.startswith(">"):
        flat = flat.cut(flat.text.index(">") + 1)
        stripped = flat.text.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        return Line(_row(flat), is_row=True)
    return Line(_read(flat.cut(indent)), indent)


def _read(flat: Flat) -> Flat:
    """What a reader sees."""
    flat = with_superscripts(flat)
    kept = flat.without(unread.span() for unread in _UNREAD.finditer(flat.text))
    return kept.cut(0, len(kept.text.rstrip()))


def _row(flat: Flat) -> Flat:
    first, last = flat.text.index("|") + 1, flat.text.rindex("|")
    inner = _read(flat.cut(first, last if last >= first else None))
    return Flat(inner.text.replace("|", "\t"), inner.offsets)
