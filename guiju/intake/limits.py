"""Whether a text may hold a limit, whatever verb it has: a number, or words of comparison."""

from __future__ import annotations

import re

from guiju.compiler.lexicon import COMPARING

#: words of comparison that stand in any prose, and mean a limit beside a number alone
_LOOSE = re.compile("达到|可达|以[上下内]|之[内间]|左右|within|over|above|below|under|between|exceed|up to")


def has_limits(text: str) -> bool:
    """Whether a text has a number, or words of comparison such as 不低于 and at most."""
    return compares(text) or any(sign.isdigit() for sign in text)


def compares(text: str) -> bool:
    """Whether a text has words or signs that make a number a limit."""
    return any(not _LOOSE.fullmatch(found[0]) for found in COMPARING.finditer(text))
