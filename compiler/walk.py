"""Every node of a surface tree, for what must be said of all expressions or citations wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from guiju.dsl import tree


def nodes(node: tree.Node) -> Iterator[tree.Node]:
    """A node and everything inside it, in the order of the text."""
    yield node
    for field in fields(node):
        yield from _inside(getattr(node, field.name))


def _inside(value: object) -> Iterator[tree.Node]:
    if isinstance(value, tree.Node):
        yield from nodes(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)
