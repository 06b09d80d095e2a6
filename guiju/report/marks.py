"""Which lines of a tree are marked: those that determine the conclusion where they stand, and nowhere else.

Of an open conclusion there are two marks: of what leaves it open, and of what rules out the values that it cannot take.

A thing that determines the conclusion in one place may stand in another as well, below a row that was not the one, or
below an operand that changed nothing. There it is idle and has no mark; what is told below it, if it is told there for
the first time, keeps its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

from guiju.report.branch import Branch


def marked_where_it_counts(tree: Branch) -> Branch:
    """A tree with the marks left out that no line marked alike leads to."""
    tellings = {b.thing: b for b in reversed(list(tree.walk())) if b.thing and not b.above}
    determining = _led_to(tree, tellings, lambda line: line.determining)
    ruling_out = _led_to(tree, tellings, lambda line: line.ruling_out)

    def kept(line: Branch) -> Branch:
        return replace(
            line,
            determining=line.determining and id(line) in determining,
            ruling_out=line.ruling_out and id(line) in ruling_out,
            branches=tuple(map(kept, line.branches)),
        )

    return kept(tree)


def _led_to(tree: Branch, tellings: Mapping[str, Branch], is_marked: Callable[[Branch], bool]) -> Set[int]:
    """The lines that are reached from the top by marked lines alone."""
    led_to, waiting, seen = {id(tree)}, [tree], set[int]()
    while waiting:
        line = waiting.pop()
        told = tellings.get(line.thing, line) if line.above else line
        if id(told) in seen:
            continue
        seen.add(id(told))
        counting = [below for below in told.branches if is_marked(below)]
        led_to.update(map(id, counting))
        waiting += counting
    return led_to
