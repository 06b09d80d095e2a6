"""Reads parts of a placed JSON tree whose shape is another's: what is not there, or is of another kind, is nothing."""

from __future__ import annotations

from pathlib import Path

from guiju.exchange.node import Mapping, Node, Scalar, Sequence


def below(node: Node | None, *keys: str) -> Node | None:
    """What stands under a path of keys."""
    for key in keys:
        entry = node.entry(key) if isinstance(node, Mapping) else None
        node = entry.value if entry else None
    return node


def text_of(node: Node | None, *keys: str) -> str:
    """The text under a path of keys on one line, empty where there is none."""
    found = below(node, *keys)
    return " ".join(found.text.split()) if isinstance(found, Scalar) else ""


def is_null(node: Node | None) -> bool:
    """Whether it is the `null` of JSON, not a text that says so."""
    return isinstance(node, Scalar) and not node.quoted and node.text == "null"


def each(node: Node | None, *keys: str) -> tuple[Node, ...]:
    """The values of the list under a path of keys."""
    found = below(node, *keys)
    return found.items if isinstance(found, Sequence) else ()


def place_of(node: Node) -> str:
    """`catalog.json: ac-2_smt.a`, or the line where nothing has an id."""
    span = node.span
    return f"{Path(span.source.name).name}: {text_of(node, 'id') or span.position.line}"
