"""Facts, clauses and rules that come back to themselves through one another."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.codes import CIRCULAR
from guiju.compiler.graph import Dependency
from guiju.compiler.ir import Program
from guiju.compiler.spoken import chain, spoken
from guiju.dsl.diagnostic import Diagnostic, Label, Text


def circular(checked: Checked) -> Iterator[Diagnostic]:
    """Nothing needs itself: a formula its own fact, a clause a count that it is in. One finding for each circle."""
    uses: dict[str, list[Dependency]] = {}
    for dependency in checked.dependencies:
        uses.setdefault(dependency.user, []).append(dependency)
    done: set[str] = set()
    for start in uses:
        ring = _ring(start, uses, done)
        if ring:
            yield _finding(checked.program, ring)


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


def _finding(program: Program, ring: list[Dependency]) -> Diagnostic:
    used = [_as_written(program, d.used) for d in ring]
    labels = tuple(
        Label(d.span, Text(f"“{name.zh}”在这里被引用", f"`{name.en}` is used here"))
        for d, name in zip(ring[1:], used[1:], strict=True)
    )
    user = _as_written(program, ring[0].user)
    path = chain([user, *used])
    return Diagnostic(CIRCULAR, ring[0].span, (("name", user), ("path", path)), labels)


def _as_written(program: Program, address: str) -> Text:
    """What an editor calls the thing at an address: the name of a fact, a clause as it is printed."""
    kind, _, name = address.partition(":")
    if address in program.definition or kind not in ("fact", "clause", "input", "reading"):
        return spoken(address)
    said = program.clause[name].printed if kind == "clause" else name
    return Text(said, said)
