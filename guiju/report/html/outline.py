"""Derivations as the page shows them: each line with its own anchor, and what the filters ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.report.branch import ABOVE, DETERMINING, Branch, Depth, once
from guiju.report.depth import shown_below
from guiju.report.document import anchor, line_anchor

_DEPTHS: tuple[Depth, ...] = ("gaps", "review")  # those that leave lines out
_OPEN_TO = 3  # lines deeper than this are folded at first


@dataclass(frozen=True)
class Line:
    """One line. `id` is its anchor, "" where another line has it; `target` is where what it repeats is told."""

    branch: Branch
    id: str
    target: str
    place: str
    classes: str
    is_open: bool
    below: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """The sign before a line that determines the conclusion."""
        return DETERMINING if self.branch.determining else ""

    @property
    def again(self) -> str:
        """The sign behind a line whose reasons stand further up."""
        return ABOVE if self.branch.above else ""


def outline(roots: Iterable[Branch]) -> tuple[Line, ...]:
    """The lines of some trees. An address leads to the line that tells it, or else to the first that names it."""
    anchored = _Anchors(tuple(roots))
    return tuple(_line(tree, 0, anchored) for tree in anchored.trees)


class _Anchors:
    """Which line has the anchor of an address, where a thing is told, and which lines a depth would show twice."""

    def __init__(self, trees: tuple[Branch, ...]) -> None:
        self.trees = trees
        lines = [b for tree in trees for b in tree.walk()]
        tellings = [b for b in lines if b.thing and not b.above]
        self._at: dict[str, int] = {}
        for line in (*tellings, *lines):
            self._at.setdefault(line.address, id(line))
        self._told = {b.thing: b.address for b in reversed(tellings)}
        self._twins = {depth: {i for tree in trees for i in _twins(tree, depth)} for depth in _DEPTHS}

    def is_at(self, branch: Branch) -> bool:
        return self._at[branch.address] == id(branch)

    def telling(self, branch: Branch) -> str:
        return self._told.get(branch.thing, branch.address)

    def twins(self, branch: Branch) -> list[str]:
        return [f"twin-{depth}" for depth in _DEPTHS if id(branch) in self._twins[depth]]


def _twins(tree: Branch, depth: Depth) -> Iterator[int]:
    """The lines that say again what stands beside them, once a depth has left out the lines between."""
    for line in tree.walk():
        beside = list(shown_below(line, depth))
        kept = {id(b) for b in once(beside)}
        yield from (id(b) for b in beside if id(b) not in kept)


def _line(branch: Branch, depth: int, anchors: _Anchors) -> Line:
    below = tuple(_line(b, depth + 1, anchors) for b in branch.branches)
    classes = ["line", f"d-{branch.depth}", f"s-{branch.state}", *anchors.twins(branch)]
    classes += ["through"] if branch.lets_through else []
    classes += [f"has-{state}" for state in ("fails", "unknown") if _has(branch, below, state)]
    return Line(
        branch,
        anchor(branch.address) if anchors.is_at(branch) else "",
        f"#{anchor(anchors.telling(branch))}",
        f"#{line_anchor(branch.place.policy)}",
        " ".join(classes),
        depth < _OPEN_TO or branch.lets_through,
        below,
    )


def _has(branch: Branch, below: tuple[Line, ...], state: str) -> bool:
    return branch.state == state or any(f"has-{state}" in line.classes.split() for line in below)
