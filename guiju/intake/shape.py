"""What OSCAL writes where: the parts of a catalog or a profile that readers go through, each in its shape.

Readers pass over what has another shape, so it is told here before they begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.intake.codes import MISSHAPEN
from guiju.intake.tree import is_null

MOST = 50  # told of one file

_OBJECT = Text("一个对象", "an object")
_OBJECTS = Text("一列对象", "a list of objects")
_TEXT = Text("文本", "a text")
_TEXTS = Text("一列文本", "a list of texts")

_SHAPES: dict[str, Text] = {
    **dict.fromkeys(("metadata", "back-matter", "modify", "select", "include-all"), _OBJECT),
    **dict.fromkeys(("groups", "controls", "parts", "params", "props", "links", "imports"), _OBJECTS),
    **dict.fromkeys(("include-controls", "exclude-controls", "matching", "resources", "rlinks"), _OBJECTS),
    **dict.fromkeys(("alters", "set-parameters", "adds", "removes", "constraints"), _OBJECTS),
    **dict.fromkeys(("id", "title", "prose", "name", "label", "href", "pattern", "class", "rel"), _TEXT),
    **dict.fromkeys(("with-ids", "choice", "values"), _TEXTS),
}


def misshapen(node: Mapping) -> tuple[Diagnostic, ...]:
    """The parts below a catalog or a profile that are not in their shape, the first of them."""
    return tuple(islice(_below(node), MOST))


def _below(node: Mapping) -> Iterator[Diagnostic]:
    for entry in node.entries:
        shape = _SHAPES.get(entry.key.text)
        if shape is None:
            continue
        if not _fits(entry.value, shape):
            yield _told(entry.value, entry.key.text, shape)
        elif isinstance(entry.value, Mapping):
            yield from _below(entry.value)
        elif isinstance(entry.value, Sequence):
            yield from _members(entry.value, entry.key.text, shape)


def _members(found: Sequence, key: str, shape: Text) -> Iterator[Diagnostic]:
    one = _OBJECT if shape is _OBJECTS else _TEXT
    for item in found.items:
        if not _fits(item, one):
            yield _told(item, key, shape)
        elif isinstance(item, Mapping):
            yield from _below(item)


def _fits(node: Node, shape: Text) -> bool:
    if shape is _TEXT:
        return isinstance(node, Scalar) and not is_null(node)
    return isinstance(node, Mapping if shape is _OBJECT else Sequence)


def _told(node: Node, key: str, shape: Text) -> Diagnostic:
    return Diagnostic(MISSHAPEN, node.span, (("key", key), ("shape", shape)))
