"""Facts, clauses and rules that come back to themselves through one another."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.codes import CIRCULAR
from guiju.compiler.graph import Dependency, dependencies
from guiju.dsl.diagnostic import Diagnostic, Label, Text


def circular(checked: Checked) -> Iterator[Diagnostic]:
    """Nothing needs itself: a formula its own fact, a clause a count that it is in. One finding for each circle."""
    uses: dict[str, list[Dependency]] = {}
    for dependency in dependencies(checked.program):
        uses.setdefault(dependency.user, []).append(dependency)
    done: set[str] = set()
    for start in uses:
        ring = _ring(start, uses, done)
        if ring:
            yield _finding(ring)


def _ring(start: str, uses: dict[str, list[Dependency]], done: set[str]) -> list[Dependency]:
    """The quotations of the first circle that is met from a node on; `done` are nodes below which there is none."""
    path: list[Dependency] = []
    on_path = {start}
    open_ = [(start, iter(uses.get(start, ())))]
    while open_:
        node, rest = open_[-1]
        step = next(rest, None) if node not in done else None
        if step is None:
            open_.pop()
            done.add(node)
            on_path.discard(node)
            if path:
                path.pop()
        elif step.used in on_path:
            done |= on_path
            ring = [*path, step]
            return ring[next(i for i, d in enumerate(ring) if d.user == step.used) :]
        elif step.used not in done:
            path.append(step)
            on_path.add(step.used)
            open_.append((step.used, iter(uses.get(step.used, ()))))
    return []


def _finding(ring: list[Dependency]) -> Diagnostic:
    labels = tuple(Label(d.span, Text(f"“{d.used}”在这里被引用", f"`{d.used}` is used here")) for d in ring[1:])
    path = " → ".join([ring[0].user, *(d.used for d in ring)])
    return Diagnostic(CIRCULAR, ring[0].span, (("name", ring[0].user), ("path", path)), labels)
