"""Lines that were read before -> their nodes at the places where they stand now.

An editor reads a text again after every keystroke, and all lines but one are as they were. What a line says depends on
its own characters alone, so its nodes are kept and only moved; a line that could not be read is read anew, since what
is told of it depends on the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.lines import parse_line
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import NO_TRIVIA, Node, Trivia

_Key: TypeAlias = tuple[str, str, Trivia]
_Result: TypeAlias = tuple[Any, Diagnostic | None]


class Read(NamedTuple):
    """A line or a cell as it was taken: by which rule of the grammar, its text in plain punctuation, and where."""

    start: str
    text: str
    offset: int


@dataclass(frozen=True)
class _Kept:
    node: Any
    offset: int


class KeptLines:
    """The lines of the last two texts that were read; older ones are forgotten."""

    def __init__(self) -> None:
        self._now: dict[_Key, _Kept] = {}
        self._before: dict[_Key, _Kept] = {}

    def reader(self) -> Reader:
        """A reader of the lines of the next text."""
        self._before, self._now = self._now, {}
        return Reader(self)

    def find(self, key: _Key) -> _Kept | None:
        """What was read of such a line, wherever it stood."""
        found = self._now.get(key) or self._before.get(key)
        if found is not None:
            self._now[key] = found
        return found

    def keep(self, key: _Key, node: Any, offset: int) -> None:
        """Keep what was read."""
        self._now[key] = _Kept(node, offset)


class Reader:
    """`parse_line` for one text, with the same results; nothing is read twice."""

    def __init__(self, kept: KeptLines) -> None:
        self._kept = kept
        self._known: dict[tuple[int, str, str], _Result] = {}

    def __call__(self, start: str, text: str, source: Source, offset: int, trivia: Trivia = NO_TRIVIA) -> _Result:
        """The node of one line (or cell), or what is wrong with it first."""
        known = self._known.get((offset, start, text))
        if known is None:
            known = self._known[offset, start, text] = self._read(start, text, source, offset, trivia)
        return known

    def _read(self, start: str, text: str, source: Source, offset: int, trivia: Trivia) -> _Result:
        key = (start, text, trivia)
        found = self._kept.find(key)
        if found is not None:
            return moved(found.node, source, offset - found.offset), None
        node, problem = parse_line(start, text, source, offset, trivia)
        if problem is None:
            self._kept.keep(key, node, offset)
        return node, problem

    def reads(self) -> Iterator[Read]:
        """Every line and cell that was looked at, as each rule that it was tried by."""
        yield from (Read(start, text, offset) for offset, start, text in self._known)


def moved(value: Any, source: Source, by: int) -> Any:
    """A node, and all inside it, so many characters further on, in another source."""
    if isinstance(value, Node):
        copy = object.__new__(type(value))
        fields = copy.__dict__
        for name, part in vars(value).items():
            if type(part) is Span:
                fields[name] = Span(source, part.start + by, part.end + by)
            elif isinstance(part, Node | tuple):
                fields[name] = moved(part, source, by)
            else:
                fields[name] = part
        return copy
    if isinstance(value, tuple):
        return type(value)(moved(part, source, by) for part in value) if value else value
    return value
