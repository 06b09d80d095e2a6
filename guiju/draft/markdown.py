"""Markdown -> lines: headings, items, rows and paragraphs without their markup, every character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guiju.draft.html_table import html_lines, in_columns
from guiju.draft.inline import shown
from guiju.draft.model import Flat, Line, Omission
from guiju.dsl.literate import closes, opens

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_HEADING_ENDS = re.compile(r"(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"(?:[-*_=] *+){3,}")
_TABLE_RULE = re.compile(r"\|? *+:?-{2,}:? *+(?:\| *+:?-+:? *+)*\|?|(?:\| *+:?-+:? *+)+\|?")
_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_PART = re.compile(
    r"^ {0,3}(?:`{3,}|~{3,})[^\n]*|(?P<comment><!--)|(?P<table><table\b)|(?P<code>`+)", re.MULTILINE | re.IGNORECASE
)
_TABLE_ENDS = re.compile("</table>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*(?:\n|$)")
_QUOTATION = re.compile(r" {0,3}>")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,40}\]:")
_BEGINS = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)）．]\s|[（(]?[a-z][)）]|[a-z][.．]\s|——)")
_BAR = re.compile(r"(?<!\\)\|")


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name has headings or links as Markdown writes them."""
    return re.search(r"^#{1,6} \S|\]\(https?://", text, re.MULTILINE) is not None


def markdown_lines(text: str, *, in_full: bool = False) -> Iterator[Line]:
    """The lines that are read; an empty line is an empty `Line`.

    `in_full`: with code and addresses, and with what no reader of the page sees, as lines that are `omitted`; otherwise
    only the prose.
    """
    paragraph: list[Line] = []
    for line in _lines(text):
        if line.omitted:
            if in_full:
                yield line
            continue
        if paragraph and not (_runs_on(paragraph[0]) and _runs_on(line) and not _BEGINS.match(line.flat.text)):
            yield from _read(paragraph, in_full)
            paragraph = []
        paragraph.append(line)
    yield from _read(paragraph, in_full)


@dataclass(frozen=True)
class _Region:
    """Where something stands that is no prose: a table in HTML where `omission` is None."""

    start: int
    end: int
    omission: Omission | None


def _regions(text: str) -> Iterator[_Region]:
    """The front matter, blocks of code, comments and tables in HTML, in order."""
    front = _FRONT.match(text)
    at = front.end() if front else 0
    if front:
        yield _Region(0, at, Omission.FRONT_MATTER)
    while found := _PART.search(text, at):
        region = _region(text, found)
        if region:
            yield region
        at = region.end if region else _behind_code(text, found) if found["code"] else found.end()


def _region(text: str, found: re.Match[str]) -> _Region | None:
    start, end = found.span()
    if found["comment"]:
        closing = text.find("-->", end)
        return _Region(start, closing + 3, Omission.COMMENT) if closing >= 0 else None
    if found["table"]:
        last = _TABLE_ENDS.search(text, end)
        return _Region(start, last.end(), None) if last else None
    fence = None if found["code"] else opens(found[0].rstrip("\r"))
    return _Region(start, _fence_ends(text, end, fence), Omission.CODE) if fence else None


def _fence_ends(text: str, at: int, fence: str) -> int:
    """Where the block of code ends that a fence above `at` begins: behind its other fence, or with the text."""
    while at < len(text):
        start, at = at + 1, text.find("\n", at + 1)
        at = len(text) if at < 0 else at
        if closes(text[start:at], fence):
            break
    return at


def _behind_code(text: str, ticks: re.Match[str]) -> int:
    """The end of code within a paragraph: a comment in it is none."""
    blank = _BLANK_LINE.search(text, ticks.end())
    closing = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(text, ticks.end(), blank.start() if blank else len(text))
    return closing.end() if closing else ticks.end()


def _lines(text: str) -> Iterator[Line]:
    """The lines as they are written, without the signs at their beginnings."""
    regions = list(_regions(text))
    at = 0
    for raw in text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        while regions and regions[0].end <= start:
            regions.pop(0)
        over = []
        for region in regions:
            if region.start >= at:
                break
            over.append((region.start, region.end))
            if region.start >= start:
                yield from _lines_of(text, region)
        flat = _without(raw.rstrip("\r\n"), start, over)
        if flat is not None and not _is_rule(flat.text.strip()):
            yield from _line(flat)


def _lines_of(text: str, region: _Region) -> Iterator[Line]:
    if region.omission is None:
        yield from html_lines(text, region.start, region.end)
    else:
        yield Line(
            Flat(text[region.start : region.end], tuple(range(region.start, region.end))), omitted=region.omission
        )


def _is_rule(line: str) -> bool:
    """Whether a line is drawn, below a heading of a table or across the page."""
    return _RULE.fullmatch(line) is not None or _TABLE_RULE.fullmatch(line) is not None


def _without(raw: str, start: int, over: list[tuple[int, int]]) -> Flat | None:
    """The characters of a line that no region has; None where one has them all."""
    end = start + len(raw)
    kept = [i for i in range(start, end) if not any(a <= i < b for a, b in over)] if over else list(range(start, end))
    return None if over and not kept else Flat("".join(raw[i - start] for i in kept), tuple(kept))


def _line(flat: Flat) -> Iterator[Line]:
    heading = _HEADING.match(flat.text)
    if heading:
        ends = _HEADING_ENDS.search(flat.text, heading.end())
        yield Line(flat.cut(heading.end(), ends.start() if ends else None), 0, len(heading[1]))
        return
    while found := _QUOTATION.match(flat.text):
        if flat.text[found.end() :].lstrip(" =")[:1].isdigit():
            yield Line(flat, omitted=Omission.QUOTATION)
        flat = flat.cut(found.end())
    stripped = flat.text.strip()
    if stripped.startswith("|") and len(_BAR.findall(stripped)) > 1:
        yield Line(_row(flat), is_row=True)
        return
    indent = len(flat.text) - len(flat.text.lstrip())
    yield Line(flat.cut(indent), indent, is_note=_FOOTNOTE.match(flat.text) is not None)


def _runs_on(line: Line) -> bool:
    """Whether a line may be one of several of a paragraph."""
    return bool(line.flat.text.strip()) and not line.heading and not line.is_row and not line.is_note


def _read(paragraph: list[Line], in_full: bool) -> Iterator[Line]:
    """The lines of a paragraph as a reader sees them: emphasis, code and tags may go over their ends."""
    if not paragraph:
        return
    if paragraph[0].is_row:
        cells = (shown([cell], in_full=in_full)[0] for cell in paragraph[0].flat.split("\t"))
        yield replace(paragraph[0], flat=in_columns(cells))
        return
    flats = shown([line.flat for line in paragraph], in_full=in_full)
    for line, flat in zip(paragraph, flats, strict=True):
        yield replace(line, flat=flat.cut(0, len(flat.text.rstrip())))


def _row(flat: Flat) -> Flat:
    """The cells of a row between bars; a last one without a bar behind it is one, too."""
    bars = [bar.start() for bar in _BAR.finditer(flat.text)]
    ends = [*bars[1:], *([len(flat.text)] if flat.text[bars[-1] + 1 :].strip() else [])]
    cells = (flat.cut(start + 1, end) for start, end in zip(bars, ends, strict=False))
    return in_columns(cell.replaced(_plain(cell.text)) for cell in cells)


def _plain(cell: str) -> Iterator[tuple[int, int, str]]:
    """A bar behind a backslash is a bar; a tab would begin a cell."""
    for found in re.finditer(r"\\(?=\|)|\t", cell):
        yield *found.span(), " " if found[0] == "\t" else ""
