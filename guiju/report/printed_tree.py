"""Derivations as they are printed: each line once, as far in as it stands, with its place in the standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.report.branch import ABOVE, Branch, signs
from guiju.report.depth import at_depth
from guiju.report.document import Mark, Run, Tree, anchor


@dataclass(frozen=True)
class PrintedLine:
    """A line of a derivation, and how far in it stands."""

    depth: int
    runs: tuple[Run, ...]
    mark: Mark


def printed_lines(tree: Tree) -> Iterator[PrintedLine]:
    """The lines of a tree at its depth."""
    for root in tree.roots:
        yield from _lines(at_depth(root, tree.depth), 0, "")


def _lines(branch: Branch, depth: int, above: str) -> Iterator[PrintedLine]:
    yield PrintedLine(depth, tuple(_runs(branch, above)), branch.state)
    for below in branch.branches:
        yield from _lines(below, depth + 1, branch.place.cites)


def _runs(branch: Branch, above: str) -> Iterator[Run]:
    """What a line says; where the standard says it, unless that is where the line above is said."""
    if marks := signs(branch):
        yield Run(f"{marks} ")
    yield Run(branch.text, style="strong" if branch.state in ("fails", "unknown") else "plain")
    if branch.note:
        yield Run(f" — {branch.note}", style="quiet")
    for id_ in branch.evidence:
        yield Run(" ")
        yield Run(f"[{id_}]", f"#{anchor(f'evidence:{id_}')}", "quiet")
    if branch.place.cites and branch.place.cites != above:
        yield Run(f"  {branch.place.cites}", style="quiet")
    if branch.above:
        yield Run(f" {ABOVE}", style="quiet")
