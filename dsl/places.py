"""Lines -> where each belongs, in a text whose indentation is wrong somewhere.

Indentation alone would hang half a section below one line that was moved. So all ways to place the lines are weighed
against each other, line by line: a line that was moved costs one, a line that cannot stand where it is placed costs
as much, and the way with the fewest mistakes is what was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.layout import DEEPEST, LogicalLine

MOVED, MOVED_TOO = 100, 20  # a line at another column than those beside it; the next one, moved along with it
IN_VAIN = 200  # a line is not moved to where it cannot stand either
MIXED = 250  # a group beside clauses: none of these can stand there then
ODD_ALONE = 70  # beside that, where the next line of the block was moved, so that one line alone speaks for it
UNLIKE = 90  # items of another kind of mark, rows beside blocks of rows
ODD_STEP = 40  # a block with an indentation of its own
CANNOT_STAND = 110  # more than a move: of a line that stands wrong, the place is wrong sooner than the line
UNREADABLE = 95  # less than a move: a line that says what it is and is miswritten is no line of another kind
OUT_OF_ORDER = 15  # a mark behind its successor
OFTEN_MEANT = 5  # a tab is mostly typed for the step, sometimes on top of it
UNKNOWN = "unknown"  # the role of a line of which nobody knows what it may hold
GROUPS = "group"  # the sort of lines that nothing else stands beside
TAB_WIDTHS = (2, 0, 4, 8)
LARGEST = 4000  # lines; a longer text is read by its indentation alone
WIDEST, ALTERNATIVES = 220, 24  # how far behind the best another way is kept, and how many

Role: TypeAlias = str


class Fit(NamedTuple):
    """What a line is below another, and what that costs; `rank` is its place among marks, where it has one."""

    role: Role
    cost: int
    sort: str = ""  # lines of two sorts hardly stand beside each other
    rank: int | None = None


#: what a line (by number) is below another (by number; None is the file), which is of a role
Fits: TypeAlias = Callable[[int, int | None, Role], Fit]


class _Open(NamedTuple):
    """A line that others may still be placed below."""

    line: int | None
    role: Role
    column: int  # where it belongs
    inner: int | None = None  # the column of what is below it
    sort: str = ""
    rank: int | None = None  # of the last line below it
    odd: bool = False  # whether `inner` is another one than the text's step gives
    moved_from: int | None = None  # the column of the last line below it, if that is not `inner`


class _Placed(NamedTuple):
    depth: int
    column: int
    moved: bool
    along: bool  # with the line before it
    below: int | None  # the line that it would hang below as it is indented


@dataclass(frozen=True)
class _Way:
    """The lines so far, each placed; `open_` is the file and what is open."""

    cost: int
    open_: tuple[_Open, ...]
    last: _Placed | None = None
    before: _Way | None = None


def placed(lines: Sequence[LogicalLine], fits: Fits) -> tuple[list[LogicalLine], list[Diagnostic]]:
    """The lines as a tree with the fewest mistakes, and a diagnostic for each that was moved."""
    top: list[LogicalLine] = []
    open_: list[LogicalLine] = []
    diagnostics: list[Diagnostic] = []
    for written, place in zip(lines, _best(lines, fits), strict=True):
        line = replace(written, indent=place.column, children=[])
        del open_[place.depth :]
        beside = open_[-1].children if open_ else top
        if place.moved and not place.along and line.sound and not line.tabbed:
            above = beside[-1] if beside and place.below is not None else None
            hangs = above is not None and above.start == lines[place.below or 0].start
            diagnostics.append(_too_far(line, above) if above and hangs else _inconsistent(line, written.indent))
        beside.append(line)
        open_.append(line)
    return top, diagnostics


def _too_far(line: LogicalLine, above: LogicalLine) -> Diagnostic:
    return Diagnostic(codes.UNEXPECTED_INDENTATION, line.span, (("parent", above.shown),))


def _inconsistent(line: LogicalLine, found: int) -> Diagnostic:
    arguments = (("found", found), ("expected", line.indent))
    return Diagnostic(codes.INCONSISTENT_INDENTATION, line.span, arguments)


def _best(lines: Sequence[LogicalLine], fits: Fits) -> list[_Placed]:
    step = _step(lines)
    ways = [_Way(0, (_Open(None, "", -step, 0),))]
    for index, line in enumerate(lines):
        found: dict[tuple[_Open, ...], _Way] = {}
        for way in ways:
            for next_ in _continued(way, index, line, fits, step):
                if next_.open_ not in found or next_.cost < found[next_.open_].cost:
                    found[next_.open_] = next_
        least = min(way.cost for way in found.values())
        near = [way for way in found.values() if way.cost <= least + WIDEST]
        ways = nsmallest(ALTERNATIVES, near, key=lambda way: way.cost)
    places: list[_Placed] = []
    best: _Way | None = ways[0]
    while best is not None and best.last is not None:
        places.append(best.last)
        best = best.before
    return places[::-1]


def _step(lines: Sequence[LogicalLine]) -> int:
    """By how much this text mostly indents; two, until another step is seen oftener."""
    columns = [line.indent for line in lines if not line.tabbed]
    steps = Counter({2: 2})
    steps.update(after - before for before, after in pairwise(columns) if after > before)
    return steps.most_common(1)[0][0]


def _continued(way: _Way, index: int, line: LogicalLine, fits: Fits, step: int) -> Iterator[_Way]:
    """All ways to place one more line."""
    below = next((o.line for o in reversed(way.open_) if o.column < line.indent), None)
    for depth, parent in enumerate(way.open_[:DEEPEST]):
        fit = fits(index, parent.line, parent.role)
        usual = parent.column + step if parent.inner is None else parent.inner
        cost = fit.cost + _beside(parent.sort, fit.sort)
        for column, moved, price in _columns(line, parent, usual):
            along = moved and parent.moved_from == line.indent and not line.tabbed
            out_of_order = moved and fit.rank is not None and parent.rank is not None and fit.rank <= parent.rank
            in_vain = moved and (fit.cost >= UNREADABLE or fit.role == UNKNOWN)
            doubtful = OUT_OF_ORDER * out_of_order + IN_VAIN * in_vain + ODD_ALONE * (moved and parent.odd)
            total = way.cost + cost + (MOVED_TOO if along else price) + doubtful
            held = parent._replace(
                inner=column if fit.cost < UNREADABLE else parent.inner,  # what cannot stand shows no column
                sort=GROUPS if fit.sort == GROUPS else parent.sort or fit.sort,
                odd=parent.odd if parent.inner is not None else column != usual,
                rank=parent.rank if fit.rank is None else fit.rank,
                moved_from=line.indent if moved and not line.tabbed else None,
            )
            opened = (*way.open_[:depth], held, _Open(index, fit.role, column))
            yield _Way(total, opened, _Placed(depth, column, moved, along, below), way)


def _beside(one: str, other: str) -> int:
    if not one or not other or one == other:
        return 0
    if other == GROUPS:
        return MIXED
    return CANNOT_STAND if one == GROUPS else UNLIKE


def _columns(line: LogicalLine, parent: _Open, usual: int) -> Iterator[tuple[int, bool, int]]:
    """Where a line belongs below another, whether it was moved from there, and what that costs."""
    if line.tabbed:
        wide = [line.indent + (width - TAB_WIDTHS[0]) * line.tabs for width in TAB_WIDTHS]
        yield usual, False, OFTEN_MEANT * (wide.index(usual) if usual in wide else len(wide))
        return
    yield usual, line.indent != usual, MOVED * (line.indent != usual)
    if parent.inner is None and line.indent > parent.column and line.indent != usual:
        yield line.indent, False, ODD_STEP
