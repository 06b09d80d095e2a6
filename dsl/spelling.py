"""How a text is written, whatever it says: which names it has, and whether it is Chinese."""

from __future__ import annotations

import re
from collections import Counter

_NAME = re.compile(r"[^\W\d]\w*(?:[-+.]\w+)*")  # as the grammar has it


def names_in(text: str) -> Counter[str]:
    """The names of a text, and how often each stands in it."""
    return Counter(_NAME.findall(text))


def is_name(text: str) -> bool:
    """Whether a text is one name, which no path is.

    >>> is_name("gbt-45288.3-2025"), is_name("../there"), is_name("")
    (True, False, False)
    """
    return _NAME.fullmatch(text) is not None


def has_cjk(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return any("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" for c in text)
