"""A report as a value: sections of headings, paragraphs, tables, trees and charts with links between them.

Nothing here knows how it is shown. `guiju.report.html` makes a page of it; other forms render the same values. A link
is `#` and an anchor: the anchor of a row, or what `anchor` and `line_anchor` give of trees and sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Language
from guiju.report.branch import Branch, Depth

#: what a thing is marked as, beside its words: colour is never the only sign
Mark = Literal["holds", "fails", "unknown", "value", "quiet"]
MOST_CONTENTS = 40  # lines that a table of contents has on one page


@dataclass(frozen=True)
class Run:
    """A piece of text in one style, perhaps a link."""

    text: str
    link: str = ""
    style: Literal["plain", "strong", "code", "quiet"] = "plain"


@dataclass(frozen=True)
class Paragraph:
    """Some runs in one block."""

    runs: tuple[Run, ...]
    mark: Mark = "value"


@dataclass(frozen=True)
class Listing:
    """A list of points; numbered where their order matters. `below`: of each the lines below it, where any has some."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False
    below: tuple[tuple[tuple[Run, ...], ...], ...] = ()

    @property
    def lines(self) -> Iterator[tuple[tuple[Run, ...], ...]]:
        """Of each item its lines, the point itself first."""
        for number, item in enumerate(self.items):
            yield (item, *(self.below[number] if self.below else ()))


@dataclass(frozen=True)
class Point:
    """A point with the mark that a printed text gives it. `said`: its lines, in each language of the document."""

    mark: str
    said: tuple[tuple[tuple[Run, ...], ...], ...]
    depth: int = 0


@dataclass(frozen=True)
class Points:
    """Marked points in the order of a printed text; of two languages they stand side by side."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its lines, each of some runs."""

    lines: tuple[tuple[Run, ...], ...]
    mark: Mark = "value"


@dataclass(frozen=True)
class Row:
    """One row. `depth` says how far in its first cell stands; `anchor` is what links to it name."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """A table with one row of headings; the first cell of a row is its heading. `heat`: marks fill their cells.

    `folded`: only its caption is seen at first, where things can be unfolded. `to_fill`: its empty cells are filled
    in by hand, and have the room for it.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    heat: bool = False
    folded: bool = False
    to_fill: bool = False


@dataclass(frozen=True)
class Band:
    """A part of a scale with a name: what a level asks for. `state` says whether it is what the subject came to."""

    label: str
    low: Fraction
    high: Fraction
    state: Literal["reached", "possible", "other"] = "other"


@dataclass(frozen=True)
class Gauge:
    """Values on a scale of bands; several where the value is open. `said` tells the same in words."""

    title: str
    bands: tuple[Band, ...]
    values: tuple[Fraction, ...]
    said: str


@dataclass(frozen=True)
class Stack:
    """What one column is made of, from the bottom: a number for each part. Parts have their names in the chart."""

    label: str
    sizes: tuple[Fraction, ...]


@dataclass(frozen=True)
class Stacks:
    """Columns side by side, each divided into the same parts. `said` tells the same in words.

    `last_is_open`: the last part is what is not decided, and looks otherwise.
    """

    title: str
    parts: tuple[str, ...]
    stacks: tuple[Stack, ...]
    said: str
    last_is_open: bool = False


@dataclass(frozen=True)
class Spoke:
    """One direction of a radar: what there surely is, and what there may be at most."""

    label: str
    sure: Fraction
    most: Fraction


@dataclass(frozen=True)
class Radar:
    """Several values around one centre, all on one scale from 0 to `full`. `said` tells the same in words."""

    title: str
    spokes: tuple[Spoke, ...]
    full: Fraction
    keys: tuple[str, str]  # what `sure` and `most` are called
    said: str

    @property
    def is_open(self) -> bool:
        """Whether anything may be more than it surely is."""
        return any(s.sure != s.most for s in self.spokes)


@dataclass(frozen=True)
class Tree:
    """Derivations to look through: one for each outcome, each whole. `depth` is what is shown at first."""

    roots: tuple[Branch, ...]
    depth: Depth = "gaps"


@dataclass(frozen=True)
class Listed:
    """A text with numbered lines, such as the source of a policy."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """Texts that other parts point into by line. They stand beside what points to them where there is room."""

    files: tuple[Listed, ...]


Block: TypeAlias = Paragraph | Listing | Points | Table | Gauge | Radar | Tree | Sources


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. `depth`: how many headings of those before it this one is below."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    depth: int = 0


@dataclass(frozen=True)
class Document:
    """A whole report. `notice` is what must not be overlooked; `footer` says what it was made of.

    It is in one language, or has another one `beside` it in each point and cell. Of one that is printed: `cover` is
    what its title page lists, `running` stands at the head of every other page, `instant` is when it speaks of.
    """

    language: Language
    title: str
    subtitle: str
    notice: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...] = ()
    beside: Language | None = None
    cover: tuple[tuple[str, str], ...] = ()
    running: str = ""
    instant: datetime | None = None

    def contents(self) -> tuple[Section, ...]:
        """The sections that a table of contents lists: down to the depth at which it still fits a page."""
        deepest = max((s.depth for s in self.sections), default=0)
        found = (tuple(s for s in self.sections if s.depth <= depth) for depth in range(deepest, 0, -1))
        fitting = (sections for sections in found if len(sections) <= MOST_CONTENTS)
        return next(fitting, tuple(s for s in self.sections if s.depth == 0))

    @property
    def languages(self) -> tuple[Language, ...]:
        """The language that it is in, and the one beside it."""
        return (self.language,) if self.beside is None else (self.language, self.beside)

    def blocks(self) -> Iterator[Block]:
        """All blocks of all sections, in order."""
        for section in self.sections:
            yield from section.blocks


def anchor(address: str) -> str:
    """What a link to the node of an address names: the address, without the spaces that an anchor cannot have."""
    return "-".join(address.split())


def line_anchor(place: str) -> str:
    """What a link to a line of a source names: `file:line`, of a range its first."""
    name, _, lines = place.rpartition(":")
    return anchor(f"{name}:{lines.partition('-')[0]}")


def text_run(text: str, link: str = "") -> tuple[Run, ...]:
    """One plain run."""
    return (Run(text, link),)


def cell(*lines: str, mark: Mark = "value") -> Cell:
    """A cell of plain lines."""
    return Cell(tuple(text_run(line) for line in lines if line), mark)


def link_cell(text: str, link: str, mark: Mark = "value") -> Cell:
    """A cell that is one link."""
    return Cell((text_run(text, link),), mark)
