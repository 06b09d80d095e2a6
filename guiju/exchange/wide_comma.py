"""`[报告1，报告2]`: what a Chinese input method puts between two items, which YAML reads as a part of one text."""

from __future__ import annotations

import re

_WIDE = re.compile("[，、]")


def parted(text: str) -> bool:
    """Whether a Chinese comma stands between two parts of a text."""
    return all(part.strip() for part in _WIDE.split(text)) and _WIDE.search(text) is not None


def wide_comma(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first Chinese comma on the line on which some braces begin, if it stands inside of them."""
    line = text.find("\n", start)
    found = _WIDE.search(text, start, min(end, len(text) if line < 0 else line))
    return found.span() if found else None
