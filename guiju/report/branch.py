"""What is told as a tree: lines with lines below them, where each is said, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from guiju.report.layout import WIDEST, folded, width

ABOVE = "↑"  # behind what was told above, and is not told again
DETERMINING = "◆"  # before what suffices for the conclusion
RULING_OUT = "◇"  # before what suffices for an open conclusion not to be another

#: who a line is for, from the fewest lines to all of them; each depth has the lines of those before it
Depth = Literal["summary", "gaps", "review", "engineer"]
DEPTHS: tuple[Depth, ...] = ("summary", "gaps", "review", "engineer")
State = Literal["holds", "fails", "unknown", "value"]


@dataclass(frozen=True)
class Place:
    """Where a line is said: in the standard, and in the policy as `file:line`.

    `own`: of what no place of the standard says, that it is the policy's own arithmetic over the lines below.
    """

    cites: str = ""
    policy: str = ""
    own: str = ""


@dataclass(frozen=True)
class Branch:
    """One line of an explanation and the lines below it. `address` is the node it speaks of.

    `thing` is what it tells, once in a tree: where `above`, the lines below stand at its first telling. `depth` is the
    first at which the line is shown; where it `lets_through`, the lines below it are shown before. `briefly` says in
    its place what stands below it, where that is not shown. What is `told_once` is left out where it stands further up.
    """

    text: str
    address: str
    branches: tuple[Branch, ...] = ()
    place: Place = Place()
    evidence: tuple[str, ...] = ()
    note: str = ""
    state: State = "value"
    determining: bool = False
    ruling_out: bool = False
    thing: str = ""
    above: bool = False
    depth: Depth = "gaps"
    lets_through: bool = False
    briefly: str = ""
    told_once: bool = False

    def walk(self) -> Iterator[Branch]:
        """This line and all below it, as they are read."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


def once(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """Each thing once: a chain of comparisons names what it compares twice."""
    found: dict[str, Branch] = {}
    for branch in branches:
        if branch.above and branch.thing and any(branch.thing == f.thing for f in found.values()):
            continue
        named = branch.branches or branch.above or branch.address.startswith("weight:")
        key = branch.address if named else f"{branch.text}{branch.evidence}{branch.note}"
        found.setdefault(key, branch)
    return tuple(found.values())


def lines(branch: Branch, marked: bool = False) -> Iterator[str]:
    """A tree as text. A line that is said at the place of the line it stands under does not say it again.

    `marked`: with marks before what determines the conclusion, and before what rules another one out.
    """
    first, *more = folded(_said(branch, Place(), marked), WIDEST)
    yield first
    yield from (f"{'│' if branch.branches else ' '}   {line}" for line in more)
    yield from lines_below(branch, marked=marked)


def lines_below(branch: Branch, indent: str = "", marked: bool = False) -> Iterator[str]:
    """The same without the line at the top."""
    yield from _below(branch, indent, marked)


def _below(branch: Branch, indent: str, marked: bool) -> Iterator[str]:
    for i, child in enumerate(branch.branches):
        last = i == len(branch.branches) - 1
        inner = indent + ("   " if last else "│  ")
        first, *more = folded(_said(child, branch.place, marked), WIDEST - width(inner))
        yield f"{indent}{'└─ ' if last else '├─ '}{first}"
        yield from (f"{inner}{'│' if child.branches else ' '}   {line}" for line in more)
        yield from _below(child, inner, marked)


def signs(branch: Branch) -> str:
    """The mark of a line, if it has one."""
    return DETERMINING if branch.determining else RULING_OUT if branch.ruling_out else ""


def _said(branch: Branch, above: Place, marked: bool) -> str:
    """A line without its place in the tree; ids of evidence that a line below it gives are left to that line."""
    below = {id_ for b in branch.walk() if b is not branch for id_ in b.evidence}
    ids = f" [{', '.join(branch.evidence)}]" if set(branch.evidence) - below else ""
    note = f" — {branch.note}" if branch.note else ""
    where = " · ".join(filter(None, (branch.place.cites or branch.place.own, branch.place.policy)))
    place = f"  [{where}]" if where and branch.place != above else ""
    mark = signs(branch) if marked else ""
    return f"{mark}{' ' if mark else ''}{branch.text}{ids}{note}{place}{f' {ABOVE}' if branch.above else ''}"
