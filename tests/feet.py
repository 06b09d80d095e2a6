"""The foot that says what an answer is of: the same below all answers, so most tests look at what stands above it."""

from __future__ import annotations

import re

_FOOT = re.compile(r"\n\n(?=(?:Standard|标准): )")


def above_the_foot(printed: str) -> str:
    """What a command says; that it has a foot, and one only, is part of that."""
    said, _ = _FOOT.split(printed)
    return f"{said}\n"


def foot_of(printed: str) -> list[str]:
    """The lines of the foot."""
    _, foot = _FOOT.split(printed)
    return foot.splitlines()
