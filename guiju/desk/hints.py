"""Program -> a hint behind each clause: the levels that it counts at, which a table far below it says."""

from __future__ import annotations

from typing import NamedTuple

from guiju.desk.desk import Desk
from guiju.dsl.diagnostic import Language, Text

_NONE = Text("不计入", "no level")


class Hint(NamedTuple):
    """A short text behind a line, and where that line ends."""

    offset: int
    text: str


def hints(desk: Desk, language: Language) -> tuple[Hint, ...]:
    """The hints of a text that has a membership table; without one every clause counts everywhere."""
    if desk.program is None or desk.symbols is None or desk.symbols.membership is None:
        return ()
    own = (c for c in desk.program.clauses if c.span.source is desk.source)
    none = _NONE.in_language(language)
    return tuple(Hint(clause.span.end, " ".join(clause.levels) or none) for clause in own)
