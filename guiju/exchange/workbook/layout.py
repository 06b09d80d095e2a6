"""A workbook as a value: sheets of cells, and which of them are filled in. Nothing here knows how a file holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Language

#: what a cell that is filled in is for: `("fact", "compute", "value")`, `("clause", "6.1.a", "vendor", "verdict")`
Key: TypeAlias = tuple[str, ...]
Kind: TypeAlias = Literal["text", "number", "date", "formula"]
Style: TypeAlias = Literal[
    "title",
    "subtitle",
    "head",
    "group",
    "text",
    "note",
    "hint",
    "input",
    "choice",
    "number",
    "date",
    "result",
    "figure",
    "hidden",
]
LONGEST_TEXT = 32_767  # characters that a cell holds
_LONGEST_RULE = 253  # with the quotes around it 255
_LONGEST_NAME = 31  # characters of the name of a sheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


@dataclass(frozen=True)
class Cell:
    """One cell: its text, what that is, how it looks, and what is filled in there."""

    text: str
    style: Style = "text"
    kind: Kind = "text"
    key: Key | None = None


@dataclass(frozen=True)
class Choices:
    """Cells in which one of some words is chosen; `area`: where the sheet of lists has them.

    `without_last`: a cell beside the first one, and the words for which the last word is not offered there.
    """

    cells: tuple[str, ...]
    words: tuple[str, ...]
    area: str = ""
    without_last: tuple[str, tuple[str, ...]] | None = None

    @property
    def fits(self) -> bool:
        """Whether the words go into a rule of their own: it takes 255 characters, with commas between."""
        return (
            self.without_last is None
            and len(",".join(self.words)) <= _LONGEST_RULE
            and not any("," in w or '"' in w for w in self.words)
        )


@dataclass(frozen=True)
class Bounds:
    """Cells for a number: whether it is whole, and never negative. What else is typed there is asked about."""

    cell: str
    whole: bool
    never_negative: bool
    title: str
    message: str


@dataclass(frozen=True)
class Colour:
    """Cells that are coloured where a formula holds."""

    cells: str
    formula: str
    colour: Literal["good", "bad", "open", "differs"]


@dataclass(frozen=True)
class Radar:
    """A radar chart: a title, the cells of the names, and of each series its title and cells; where it stands."""

    title: str
    names: tuple[int, int, int]  # column, first row, last row
    series: tuple[tuple[str, int], ...]  # title, column
    at: str


@dataclass
class Sheet:
    """A sheet: `key` tells it from the others whatever it is called."""

    key: str
    name: str
    widths: tuple[float, ...]
    frozen: str = ""
    repeated: int = 0  # the row that every printed page begins with
    last_column: int = 0  # that is printed
    breaks: tuple[int, ...] = ()  # the columns with which further printed pages begin
    row_breaks: tuple[int, ...] = ()  # the rows with which they begin
    beside: int = 0  # the last of the columns that every printed page begins with, from the second one on
    state: Literal["visible", "hidden"] = "visible"
    is_wide: bool = True
    hidden: tuple[int, ...] = ()  # columns beside the first one, which is hidden on every sheet that is shown
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    choices: list[Choices] = field(default_factory=list)
    bounds: list[Bounds] = field(default_factory=list)
    colours: list[Colour] = field(default_factory=list)
    charts: list[Radar] = field(default_factory=list)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell; rows and columns count from 1."""
        self.cells[row, column] = cell

    def identify(self, row: int, id_: str) -> None:
        """Say in the hidden first column what a row is."""
        self.put(row, 1, Cell(id_, "hidden"))

    def ref(self, row: int, column: int) -> str:
        """The absolute reference of a cell, with the name of the sheet."""
        return f"'{self.name}'!${letters(column)}${row}"

    def column(self, column: int, first: int, last: int) -> str:
        """The absolute reference of a part of a column."""
        return f"{self.ref(first, column)}:${letters(column)}${last}"

    def fit(self) -> None:
        """Make rows as high as their texts need, which a spreadsheet does only where somebody types."""
        for (row, column), cell in self.cells.items():
            needed = _HEIGHTS.get(cell.style, 0.0)
            if cell.style in _WRAPPED and cell.kind != "formula" and column <= len(self.widths):
                needed = _LINE * _lines(cell.text, self.widths[column - 1])
            if needed > self.heights.get(row, 0):
                self.heights[row] = needed

    @property
    def scale(self) -> int:
        """In percent, how large the widest of the printed pages can be."""
        first = [n for n, width in enumerate(self.widths, 1) if 2 <= n <= self.beside]
        ends = (2, *self.breaks, self.last_column + 1)
        spans = [range(start, end) for start, end in pairwise(ends)]
        pages = [spans[0], *([*first, *span] for span in spans[1:])]
        widest = max(sum(self.widths[n - 1] for n in page if n not in self.hidden) for page in pages)
        return min(100, int(100 * _PRINTED[self.is_wide] / (widest * _POINTS)))

    @property
    def rows(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self.cells), default=1)


@dataclass(frozen=True)
class Book:
    """All sheets, in the order in which they are shown."""

    language: Language
    sheets: tuple[Sheet, ...]
    properties: tuple[tuple[str, str], ...] = ()  # what the file says of itself

    def inputs(self) -> Iterator[tuple[Sheet, int, int, Cell]]:
        """The cells that are filled in."""
        for sheet in self.sheets:
            for (row, column), cell in sheet.cells.items():
                if cell.key is not None:
                    yield sheet, row, column, cell

    def refs(self) -> dict[Key, str]:
        """Where each thing is filled in."""
        return {cell.key: sheet.ref(row, column) for sheet, row, column, cell in self.inputs() if cell.key is not None}


_WRAPPED = ("text", "hint", "input", "choice", "number", "date", "head")
_LINE, _HEIGHTS = 13.0, {"title": 26.0, "subtitle": 18.0, "note": 14.0, "group": 16.0, "result": 32.0}
_HIGHEST = 200.0
_PRINTED = {True: 778.0, False: 532.0}  # points of the breadth of A4 between its margins, less some to spare
_POINTS = 7.05  # how wide a digit is at most in the fonts that stand in for the one by which columns are measured


def _lines(text: str, width: float) -> float:
    """How many lines a text takes in a column, whose width is told in digits of a larger size."""
    room = max(4.0, width * 1.3)
    lines = sum(max(1, -(-sum(2 if ord(c) > 0x2E7F else 1 for c in line) // room)) for line in text.split("\n"))
    return float(min(lines, _HIGHEST / _LINE))


def letters(column: int) -> str:
    """How a column is called: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(name: str) -> int:
    """The number of a column by its letters."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a sheet may have, and no other one has."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:_LONGEST_NAME].strip() or "-"
    name, n = plain, 2
    while name.casefold() in taken:
        end = f" {n}"
        name, n = plain[: _LONGEST_NAME - len(end)] + end, n + 1
    taken.add(name.casefold())
    return name


def number_cell(number: Fraction) -> str | None:
    """The text of a number that a spreadsheet keeps as it is; None of one that it would change."""
    text = repr(float(number)) if number.denominator != 1 or abs(number) >= 10**15 else str(number.numerator)
    digits = text.replace(".", "").replace("-", "").lower().split("e")[0].strip("0")
    is_kept = Fraction(text) == number and len(digits) <= 14 and abs(number) < 10**50
    return (str(number.numerator) if number.denominator == 1 and abs(number) < 10**15 else text) if is_kept else None
