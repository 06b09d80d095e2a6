"""What a draft consists of: blocks in reading order, each with its part, its mark and its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from guiju.dsl.source import Source, Span


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    NOTE = "note"
    CAPTION = "caption"
    ROW = "row"
    CONTENTS = "contents"
    NOISE = "noise"  # page numbers and running heads: no text of the standard


class Part(Enum):
    """Which part of a standard a block stands in."""

    COVER = "cover"
    CONTENTS = "contents"
    FOREWORD = "foreword"
    INTRODUCTION = "introduction"
    SCOPE = "scope"
    REFERENCES = "references"
    TERMS = "terms"
    ABBREVIATIONS = "abbreviations"
    BODY = "body"
    BIBLIOGRAPHY = "bibliography"


#: the parts that only standards have
FIXED = (Part.SCOPE, Part.REFERENCES, Part.TERMS, Part.ABBREVIATIONS)


@dataclass(frozen=True)
class Flat:
    """What is read of some characters of a source: markup and line ends left out, each character with its offset."""

    text: str
    offsets: tuple[int, ...] = field(repr=False)

    def cut(self, start: int, end: int | None = None) -> Flat:
        """A part of it."""
        return Flat(self.text[start:end], self.offsets[start:end])

    def replaced(self, edits: Iterable[tuple[int, int, str]]) -> Flat:
        """It with other characters in place of some stretches, given from left to right; they keep the places."""
        texts, offsets, at = list[str](), list[int](), 0
        for start, end, other in edits:
            texts += (self.text[at:start], other)
            offsets += self.offsets[at:start]
            places = self.offsets[start:end] or self.offsets[start - 1 : start] or (0,)
            offsets += (places[min(n, len(places) - 1)] for n in range(len(other)))
            at = end
        return Flat("".join((*texts, self.text[at:])), (*offsets, *self.offsets[at:]))

    def without(self, unread: Iterable[tuple[int, int]]) -> Flat:
        """It without some stretches, given from left to right."""
        return self.replaced((start, end, "") for start, end in unread)

    def split(self, sign: str) -> Iterator[Flat]:
        """What stands between the signs of a kind."""
        at = 0
        for part in self.text.split(sign):
            yield self.cut(at, at + len(part))
            at += len(part) + len(sign)

    def join(self, other: Flat, between: str = "") -> Flat:
        """Both, one behind the other; what stands between has the place of the last character."""
        place = (self.offsets[-1:] or (0,)) * len(between)
        return Flat(self.text + between + other.text, self.offsets + place + other.offsets)


class Omission(Enum):
    """What a document holds that is no text of the standard."""

    FRONT_MATTER = "front matter"
    COMMENT = "comment"
    CODE = "code"
    QUOTATION = "quotation"  # the sign of one, where it may be one of the text
    FOOTNOTE = "footnote"
    TEXT_BOX = "text box"
    PICTURE = "picture"


@dataclass(frozen=True)
class Line:
    """A line of a draft as its file gives it. `heading` is the depth that a style or a `#` says, 0 where none does."""

    flat: Flat
    indent: int = 0
    heading: int = 0
    is_row: bool = False
    is_note: bool = False
    is_title: bool = False  # of the whole document, by its style
    omitted: Omission | None = None


@dataclass(frozen=True)
class Block:
    """A heading, an item, a paragraph, a row and so on.

    `mark` is its number or letter as printed (`6.1.1`, `a)`, `——`, `表 3`), `body` the text behind it. `section` is the
    number of the heading above, `depth` how deep a heading or an item lies (from 1).
    """

    kind: Kind
    part: Part
    source: Source = field(repr=False)
    whole: Flat
    body: Flat
    mark: str = ""
    depth: int = 0
    section: str = ""

    @property
    def text(self) -> str:
        """The text without its mark."""
        return self.body.text

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place of some characters of `text`."""
        return _span(self.source, self.body, start, len(self.text) if end is None else end)

    @property
    def place(self) -> Span:
        """The mark, or the whole block where it has none."""
        length = len(self.mark) or len(self.whole.text)
        return _span(self.source, self.whole, 0, min(length, len(self.whole.text)))

    @cached_property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """Of a row: where each of its cells begins and ends in `text`, blanks around it left out."""
        found, at = [], 0
        for cell in self.text.split("\t"):
            start = at + len(cell) - len(cell.lstrip())
            found.append((start, max(start, at + len(cell.rstrip()))))
            at += len(cell) + 1
        return tuple(found)

    def cell(self, column: int) -> str:
        """The text of a cell, or nothing where the row has no such cell."""
        if column >= len(self.cells):
            return ""
        start, end = self.cells[column]
        return self.text[start:end]


def _span(source: Source, flat: Flat, start: int, end: int) -> Span:
    if not flat.offsets:
        return Span(source, 0, 0)
    first = flat.offsets[min(start, len(flat.offsets) - 1)]
    return Span(source, first, flat.offsets[end - 1] + 1 if end > start else first)


@dataclass(frozen=True)
class Omitted:
    """Something that is in a document and in no block of its draft."""

    omission: Omission
    span: Span


@dataclass(frozen=True)
class Draft:
    """A whole document. `omitted`: what is in no block, where the document was read in full."""

    source: Source
    blocks: tuple[Block, ...]
    omitted: tuple[Omitted, ...] = ()

    @cached_property
    def is_chinese(self) -> bool:
        """Whether more of it is Chinese than not."""
        han = sum("\u4e00" <= c <= "\u9fff" for c in self.source.text)
        return han * 4 > sum(c.isascii() and c.isalpha() for c in self.source.text)

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """The headings, in order."""
        return tuple(b for b in self.blocks if b.kind is Kind.HEADING)

    @cached_property
    def is_standard(self) -> bool:
        """Whether it is laid out as a standard is: then its front matter, terms and references are known as such."""
        return any(h.part in FIXED for h in self.headings)

    @cached_property
    def requirements(self) -> tuple[Block, ...]:
        """Where requirements may stand: items, paragraphs and rows of the body."""
        kinds = (Kind.ITEM, Kind.PARAGRAPH, Kind.ROW)
        return tuple(b for b in self.blocks if b.kind in kinds and b.part is Part.BODY)

    @cached_property
    def _at(self) -> dict[int, int]:
        return {id(block): at for at, block in enumerate(self.blocks)}

    def beside(self, block: Block, step: int) -> Block | None:
        """The block some steps behind another one (ahead of it where negative), if there is one."""
        at = self._at[id(block)] + step
        return self.blocks[at] if 0 <= at < len(self.blocks) else None

    @cached_property
    def lists(self) -> tuple[tuple[Block, ...], ...]:
        """The items that stand in one list at one depth, list by list."""
        return tuple(_lists(self.blocks))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables with their captions."""
        return tuple(_tables(self.blocks))


@dataclass(frozen=True)
class Table:
    """Rows that stand together, the head among them, and the caption above where there is one."""

    caption: Block | None
    rows: tuple[Block, ...]

    @property
    def name(self) -> str:
        """What to call it: `表 3`, or the place of the first row where it has no caption."""
        return self.caption.mark if self.caption else f"{self.rows[0].span()}"


def _lists(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """A list ends at a heading and at an item less deep; behind a paragraph the next letter goes on with it."""
    done: list[list[Block]] = []
    open_: list[list[Block]] = []
    is_interrupted = False
    for block in blocks:
        if block.kind is Kind.ITEM:
            if is_interrupted:
                while open_ and not _follows(open_[-1][-1].mark, block.mark):
                    done.append(open_.pop())
            else:
                while open_ and open_[-1][0].depth > block.depth:
                    done.append(open_.pop())
            if not open_ or (not is_interrupted and open_[-1][0].depth < block.depth):
                open_.append([])
            open_[-1].append(block)
            is_interrupted = False
        elif block.kind is Kind.HEADING:
            done += reversed(open_)
            open_, is_interrupted = [], False
        elif block.kind not in (Kind.NOTE, Kind.NOISE):
            is_interrupted = True
    done += reversed(open_)
    return [tuple(items) for items in sorted(done, key=lambda items: items[0].whole.offsets[:1])]


def _follows(before: str, mark: str) -> bool:
    """Whether a mark is the next letter or number behind another one."""
    first, second = before.removesuffix(")"), mark.removesuffix(")")
    if first == before or second == mark:
        return False
    if first.isdigit() and second.isdigit():
        return int(second) == int(first) + 1
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


def _tables(blocks: tuple[Block, ...]) -> list[Table]:
    found: list[Table] = []
    caption: Block | None = None
    rows: list[Block] = []
    for block in (*blocks, None):
        if block is not None and block.kind is Kind.ROW:
            rows.append(block)
            continue
        if block is not None and block.kind is Kind.NOISE:
            continue
        if rows:
            found.append(Table(caption, tuple(rows)))
            rows = []
        caption = block if block is not None and block.kind is Kind.CAPTION and block.mark[0] in "表T" else None
    return found
