"""Derivations as the page shows them, once for each depth: each line with its own anchor, and what the filters ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.report.branch import ABOVE, Branch, Depth, signs
from guiju.report.depth import at_depth
from guiju.report.document import anchor, line_anchor

_DEPTHS: tuple[Depth, ...] = ("gaps", "review", "engineer")
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
        """The sign before a line that determines the conclusion, or rules another one out."""
        return signs(self.branch)

    @property
    def means(self) -> str:
        """The word of the page that says the sign."""
        return "determining" if self.branch.determining else "ruling-out"

    @property
    def again(self) -> str:
        """The sign behind a line whose reasons stand further up."""
        return ABOVE if self.branch.above else ""


@dataclass(frozen=True)
class View:
    """The derivations at one depth: the same lines in the same order as `guiju explain` prints them."""

    depth: Depth
    lines: tuple[Line, ...]


def views(roots: Iterable[Branch]) -> tuple[View, ...]:
    """Some trees at every depth. An address leads to the first depth that has it; `~depth` behind it, to that depth."""
    trees, taken, found = tuple(roots), set[str](), []
    for depth in _DEPTHS:
        anchored = _Anchors(tuple(at_depth(tree, depth) for tree in trees), depth, frozenset(taken))
        found.append(View(depth, tuple(_line(tree, 0, anchored) for tree in anchored.trees)))
        taken |= anchored.addresses
    return tuple(found)


class _Anchors:
    """Which line of a view has the anchor of an address, and where a thing is told.

    Of the lines that speak of one address that is the one that tells it, or else the first.
    """

    def __init__(self, trees: tuple[Branch, ...], depth: Depth, taken: frozenset[str]) -> None:
        self.trees = trees
        self._depth, self._taken = depth, taken
        lines = [b for tree in trees for b in tree.walk()]
        tellings = [b for b in lines if b.thing and not b.above]
        self._at: dict[str, int] = {}
        for line in (*tellings, *lines):
            self._at.setdefault(line.address, id(line))
        self._told = {b.thing: b.address for b in reversed(tellings)}

    @property
    def addresses(self) -> set[str]:
        """All that the view speaks of."""
        return set(self._at)

    def id_of(self, branch: Branch) -> str:
        return self._anchor(branch.address) if self._at[branch.address] == id(branch) else ""

    def target_of(self, branch: Branch) -> str:
        return f"#{self._anchor(self._told.get(branch.thing, branch.address))}"

    def _anchor(self, address: str) -> str:
        return anchor(address) + (f"~{self._depth}" if address in self._taken else "")


def _line(branch: Branch, depth: int, anchors: _Anchors, can_fail: bool = True, can_be_open: bool = True) -> Line:
    can_fail = can_fail and not _lets_nothing_fail(branch)
    can_be_open = can_be_open and not _is_satisfied_clause(branch)
    below = tuple(_line(b, depth + 1, anchors, can_fail, can_be_open) for b in branch.branches)
    has = {"unknown": can_be_open and branch.state == "unknown", "fails": can_fail and _fails(branch)}
    classes = ["line", f"s-{branch.state}"]
    classes += [f"has-{state}" for state in ("fails", "unknown") if has[state] or _have(below, state)]
    return Line(
        branch,
        anchors.id_of(branch),
        anchors.target_of(branch),
        f"#{line_anchor(branch.place.policy)}",
        " ".join(classes),
        depth < _OPEN_TO,
        below,
    )


def _have(below: tuple[Line, ...], state: str) -> bool:
    return any(f"has-{state}" in line.classes.split() for line in below)


def _fails(branch: Branch) -> bool:
    """Whether a line fails, and not only says no beside another row, or another side of an `or`, that decides."""
    is_decisive = branch.determining or branch.ruling_out or branch.address.startswith("clause:")
    return branch.state == "fails" and is_decisive


def _lets_nothing_fail(branch: Branch) -> bool:
    """Below a satisfied clause a no has done no harm; nor has a row of weights that was not the one."""
    return branch.address.startswith("weight:") or _is_satisfied_clause(branch)


def _is_satisfied_clause(branch: Branch) -> bool:
    """Whether a line is a clause that is satisfied, whatever is open of it."""
    return branch.address.startswith("clause:") and branch.state == "holds"
