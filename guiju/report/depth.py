"""One tree at several depths: each is the engineer's tree with lines left out, and no line of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from guiju.report.branch import DEPTHS, Branch, Depth, once

MOST_IN_SUMMARY = 5


def at_depth(tree: Branch, depth: Depth) -> Branch:
    """The lines of a tree that are shown at a depth, each below the nearest line above it that is shown, too."""
    if depth == "summary":
        return _summary(at_depth(tree, "gaps"))
    view = _View(tree, depth)
    (shown,) = view.of(replace(tree, depth="summary"))
    return shown


class _View:
    """What was told first where a depth does not look is told where it is first looked at."""

    def __init__(self, tree: Branch, depth: Depth) -> None:
        self._depth = DEPTHS.index(depth)
        self._tellings = {b.thing: b for b in reversed(list(tree.walk())) if b.thing and not b.above}
        self._told: set[str] = set()

    def of(self, branch: Branch) -> Iterator[Branch]:
        """A line as it is shown: itself, those below it in its place, or nothing."""
        if DEPTHS.index(branch.depth) > self._depth:
            if branch.lets_through:
                for below in branch.branches:
                    yield from self.of(below)
            return
        if branch.told_once and branch.thing in self._told:
            return
        if branch.above and branch.thing not in self._told and branch.thing in self._tellings:
            telling = self._tellings[branch.thing]
            branch = replace(branch, above=False, branches=telling.branches, note=branch.note or telling.note)
        if branch.above or not branch.thing or branch.thing not in self._told:
            self._told.add(branch.thing)
            yield replace(branch, branches=once(shown for below in branch.branches for shown in self.of(below)))
        else:
            yield replace(branch, above=True, branches=())


# --- five lines ------------------------------------------------------------------------------------------------------


def _summary(tree: Branch) -> Branch:
    """The conclusion, what it was drawn from, and what stands in the way: the first lines of each in turn.

    Of what is open all that it hangs on comes first, where that leaves a line for the score behind; where another line
    names it, the rows that may be the one, with what the score behind each can be.
    """
    always = [b for b in tree.branches if b.depth == "summary"]
    held, *before = [b for b in reversed(tree.branches) if b not in always] or (tree,)
    tellings = {b.thing: b for b in tree.walk() if b.thing and not b.above}
    found = (line for row in before[:1] for line in _in_the_way(row, tellings))
    in_the_way = sorted(dict.fromkeys(found), key=lambda b: b.state != "fails")
    is_open = before[:1] and before[0].state == "unknown"
    rows = [row for row in (*reversed(before), held) if row.briefly and row.state != "fails"] if is_open else []
    is_few = len(in_the_way) + len(rows[:1]) <= MOST_IN_SUMMARY - 1 - len(always)
    if is_open and not is_few and any(b.state == "unknown" for b in always):
        wanted = [tree, *always, *rows, *reversed(before), held]  # some of what is named would be taken for all
    else:
        first_of_each = [held, *before[:1], *in_the_way[:1], *held.branches[:1]]
        wanted = [tree, *always, *((*in_the_way, *rows) if is_open and is_few else ()), *first_of_each, *in_the_way]
    wanted += _breadth_first(tree)
    first: dict[str, Branch] = {}
    for line in wanted:
        first.setdefault(line.text, line)
    kept: dict[int, Branch] = {}
    for line in first.values():
        if len(kept) < MOST_IN_SUMMARY and not any(b.briefly.startswith(line.text) for b in kept.values()):
            kept[id(line)] = line
    (shown,) = _kept(tree, kept)
    return shown


def _in_the_way(row: Branch, tellings: Mapping[str, Branch]) -> Iterator[Branch]:
    """The clauses and facts that decided against a row or leave it open, also where another row told them first."""
    for line in row.branches:
        told = tellings.get(line.thing, line) if line.above else line
        is_decisive = told.determining and told.state in ("fails", "unknown")
        if is_decisive and told.address.startswith(("clause:", "fact:")):
            yield told
        else:
            yield from _in_the_way(told, tellings)


def _breadth_first(tree: Branch) -> Iterator[Branch]:
    line = [tree]
    while line:
        yield from line
        line = [below for branch in line for below in branch.branches]


def _kept(branch: Branch, kept: Collection[int]) -> Iterator[Branch]:
    below = tuple(shown for b in branch.branches for shown in _kept(b, kept))
    if id(branch) in kept:
        yield replace(branch, branches=below, above=False, note=branch.briefly or branch.note)
    else:
        yield from below
