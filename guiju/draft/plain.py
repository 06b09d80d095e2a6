"""Plain text -> lines: a line with tabs is a row of a table, but for one tab behind the number of a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.model import Flat, Line

_ADDRESS = re.compile(r"https?://[^\s<>）)」]+")
_NUMBER_AND_TITLE = re.compile(r"(?:[A-Z\d]{1,2}(?:\.\d+)*\.?|附录\s*[A-Z]|[a-z\d]{1,2}[)）]|——|[-•·])\t[^\t]+$")


def plain_lines(text: str, *, in_full: bool = False) -> Iterator[Line]:
    """The lines of a text, empty ones too; `in_full`: with addresses."""
    at = 0
    for raw in re.split(r"(?<=\n)|(?<=\f)", text):
        start, at = at, at + len(raw)
        shown = raw.rstrip()
        indent = len(shown) - len(shown.lstrip(" \u3000"))
        flat = Flat(shown, tuple(range(start, start + len(shown))))
        is_row = "\t" in shown and not _NUMBER_AND_TITLE.match(shown.strip())
        read = flat.cut(indent) if in_full else _without_addresses(flat.cut(indent))
        yield Line(flat, is_row=True) if is_row else Line(read, indent)


def _without_addresses(flat: Flat) -> Flat:
    return flat.without(address.span() for address in _ADDRESS.finditer(flat.text))
