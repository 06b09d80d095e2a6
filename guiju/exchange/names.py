"""Takes a name that is not known, gives the known one it was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

_LONGEST = 64  # characters of a name worth comparing
_MOST = 2000  # names worth comparing it with


def near(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like this one, if any is like it at all."""
    if len(name) > _LONGEST or len(known) > _MOST:
        return None
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return close[0] if close else None
