"""Numbers of clauses in cells that hold numbers: Excel keeps no zero at their end, and the 4.10 behind 4.9 is 4.1."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d{1,2})\.(\d{1,3})")


def with_zero(number: str, before: str) -> str | None:
    """The number that a cell was meant to hold, by the last one `before` it, where a zero was lost at its end.

    >>> with_zero("4.1", "4.9"), with_zero("4.2", "4.19"), with_zero("4.1", "4.8"), with_zero("5.1", "4.9")
    ('4.10', '4.20', None, None)
    """
    last = _NUMBER.fullmatch(before)
    if last is None:
        return None
    meant = f"{last[1]}.{int(last[2]) + 1}"
    return meant if meant != number and meant.rstrip("0") == number else None
