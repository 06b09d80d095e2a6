"""`并发数：250`: a key with the colon of a Chinese input method, which YAML reads as one text."""

from __future__ import annotations

import re

from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.source import Source, Span
from guiju.exchange import codes
from guiju.exchange.node import clip

_WIDE = re.compile(r"^[ \t]*(?:- )?(?P<key>[^\s\"'#:：{}\[\]|>]+)(?P<colon>：)", re.MULTILINE)


def wide_colon(source: Source, start: int, end: int) -> Diagnostic | None:
    """The first key with a full-width colon that begins a line, in some characters widened to whole lines."""
    first = source.text.rfind("\n", 0, max(start, 0)) + 1
    last = source.text.find("\n", end)
    found = _WIDE.search(source.text, first, len(source.text) if last < 0 else last)
    if found is None:
        return None
    span = Span(source, found.start("colon"), found.end("colon"))
    return Diagnostic(codes.FULL_WIDTH_COLON, span, (("key", clip(found["key"])),))
