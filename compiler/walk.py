"""Every node of a surface tree, for what must be said of all expressions or citations wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl import tree


def nodes(node: tree.Node) -> Iterator[tree.Node]:
    """A node and everything inside it, in the order of the text."""
    yield node
    for value in vars(node).values():
        if isinstance(value, tree.Node):
            yield from nodes(value)
        elif isinstance(value, tuple):
            yield from _in_tuple(value)


def _in_tuple(values: tuple[object, ...]) -> Iterator[tree.Node]:
    for value in values:
        if isinstance(value, tree.Node):
            yield from nodes(value)
        elif isinstance(value, tuple):
            yield from _in_tuple(value)
