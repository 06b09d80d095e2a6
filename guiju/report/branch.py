"""What is told as a tree: lines with lines below them, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.report.layout import WIDEST, folded, width

ABOVE = "↑"  # behind what was told above, and is not told again


@dataclass(frozen=True)
class Branch:
    """One line of an explanation and the lines below it. `address` is the node it speaks of."""

    text: str
    address: str
    branches: tuple[Branch, ...] = ()


def once(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """Each thing once: a chain of comparisons names what it compares twice."""
    found: dict[str, Branch] = {}
    for branch in branches:
        named = branch.branches or branch.text.endswith(ABOVE) or branch.address.startswith("weight:")
        found.setdefault(branch.address if named else branch.text, branch)
    return tuple(found.values())


def lines(branch: Branch) -> Iterator[str]:
    """A tree as text."""
    first, *more = folded(branch.text, WIDEST)
    yield first
    yield from (f"{'│' if branch.branches else ' '}   {line}" for line in more)
    yield from _below(branch, "")


def _below(branch: Branch, indent: str) -> Iterator[str]:
    for i, child in enumerate(branch.branches):
        last = i == len(branch.branches) - 1
        inner = indent + ("   " if last else "│  ")
        first, *more = folded(child.text, WIDEST - width(inner))
        yield f"{indent}{'└─ ' if last else '├─ '}{first}"
        yield from (f"{inner}{'│' if child.branches else ' '}   {line}" for line in more)
        yield from _below(child, inner)
