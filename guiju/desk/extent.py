"""How far a line reaches with all that stands below it."""

from __future__ import annotations

from guiju.compiler.walk import nodes
from guiju.dsl import tree
from guiju.dsl.source import Span


def extent(node: tree.Node) -> Span:
    """From where a node begins to where the last node inside it ends."""
    own = [n.span for n in nodes(node) if n.span.source is node.span.source]
    return Span(node.span.source, node.span.start, max(span.end for span in own))
