"""Which lines of a tree are marked: those that determine the conclusion where they stand, and nowhere else.

A thing that determines the conclusion in one place may stand in another as well, below a row that was not the one, or
below an operand that changed nothing. There it is idle and has no mark; what is told below it, if it is told there for
the first time, keeps its own.
"""

from __future__ import annotations

from dataclasses import replace

from guiju.report.branch import Branch


def marked_where_it_counts(tree: Branch) -> Branch:
    """A tree with the marks left out that no marked line leads to."""
    tellings = {b.thing: b for b in reversed(list(tree.walk())) if b.thing and not b.above}
    led_to, waiting, seen = {id(tree)}, [tree], set[int]()
    while waiting:
        line = waiting.pop()
        told = tellings.get(line.thing, line) if line.above else line
        if id(told) in seen:
            continue
        seen.add(id(told))
        counting = [below for below in told.branches if below.determining]
        led_to.update(map(id, counting))
        waiting += counting

    def kept(line: Branch) -> Branch:
        is_marked = line.determining and id(line) in led_to
        return replace(line, determining=is_marked, branches=tuple(map(kept, line.branches)))

    return kept(tree)
