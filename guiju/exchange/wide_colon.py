"""`并发数：250`: a key with the colon of a Chinese input method, which YAML reads as one text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.source import Source, Span
from guiju.exchange import codes
from guiju.exchange.node import Entry, Mapping, Node, Scalar, Sequence, clip

_WIDE = re.compile(r"^[ \t]*(?:- )?(?P<key>[^\s\"'#:：{}\[\]|>]+)(?P<colon>：)", re.MULTILINE)


def wide_colon(source: Source, start: int, end: int) -> Diagnostic | None:
    """The first key with a full-width colon that begins a line, in some characters widened to whole lines.

    It points to those of the lines right below.
    """
    first = source.text.rfind("\n", 0, max(start, 0)) + 1
    last = source.text.find("\n", end)
    found = _WIDE.search(source.text, first, len(source.text) if last < 0 else last)
    return None if found is None else _finding(source, found["key"], [found.start("colon"), *_following(source, found)])


def _following(source: Source, found: re.Match[str]) -> Iterator[int]:
    """The full-width colons that the lines right below one begin with as well."""
    after = found
    while (end := source.text.find("\n", after.end())) >= 0 and (below := _WIDE.match(source.text, end + 1)):
        after = below
        yield after.start("colon")


def wide_keys(node: Node) -> Iterator[Diagnostic]:
    """Keys in braces that have a value in them, behind a full-width colon: `{人数：2，时长：3}`."""
    match node:
        case Mapping():
            for entry in node.entries:
                yield from _wide_key(entry)
                yield from wide_keys(entry.value)
        case Sequence():
            for item in node.items:
                yield from wide_keys(item)


def _wide_key(entry: Entry) -> Iterator[Diagnostic]:
    key, value = entry.key, entry.value
    if not key.quoted and isinstance(value, Scalar) and not (value.text or value.quoted):
        places = [key.start + at for at, char in enumerate(key.text) if char == "："]
        if places and key.span.text == key.text:
            yield _finding(key.source, key.text.partition("：")[0], places)


def _finding(source: Source, key: str, places: list[int]) -> Diagnostic:
    first, *others = (Span(source, at, at + 1) for at in places)
    labels = tuple(Label(span, Text("这里也是", "here as well")) for span in others)
    return Diagnostic(codes.FULL_WIDTH_COLON, first, (("key", clip(key)),), labels)
