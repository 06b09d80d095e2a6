"""Lines for a terminal: aligned tables, and lines that are broken where they would be too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from guiju.dsl.diagnostic import Language, Text

WIDEST = 110
NARROWEST = 60  # deep in a tree a line is rather long than broken into words
_BREAKS = re.compile(r"(?<=\S)(?= (?:and|or|且|或|\|) )|(?<=[,;])(?= )|(?<=；)(?=.)")
#: what may stand between names, with the marks that no name must have for that
_SEPARATORS = ((",，", Text(", ", ", ")), (";；", Text("；", "; ")))
_LAST_SEPARATOR = Text(" | ", " | ")


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns aligned by what they measure on a terminal; a column that is empty below its heading is left out.

    A cell that takes a whole line moves what follows in its own row alone.
    """
    count = max((len(row) for row in rows), default=0)
    kept = [i for i in range(count) if i == 0 or any(row[i] for row in rows[1:] if i < len(row))]
    cells = [[row[i] if i < len(row) else "" for i in kept] for row in rows]
    widths = [max((w for w in map(width, column) if w <= WIDEST), default=0) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip()


def fitted(text: str, tails: Iterable[str]) -> Iterator[str]:
    """A line with what is said of it behind it; what does not fit goes below, further in."""
    indent = " " * (len(text) - len(text.lstrip()) + 4)
    line = text
    for tail in filter(None, tails):
        if width(line) + 2 + width(tail) > WIDEST:
            yield line
            *whole, last = folded(tail, WIDEST - len(indent))
            yield from (f"{indent}{piece}" for piece in whole)
            line = f"{indent}{last}"
        else:
            line = f"{line}  {tail}"
    yield line


def apart(text: str, language: Language) -> str:
    """What stands behind a Chinese character: with a space before it where it begins with a Latin letter or a digit."""
    is_latin = text[:1].isascii() and text[:1].isalnum()
    return f" {text}" if language == "zh" and is_latin else text


def list_text(names: Iterable[str], language: Language) -> str:
    """Names with commas between them; with semicolons where a name has a comma of its own."""
    told = tuple(names)
    return _separator(told, language).join(told)


def _separator(names: Sequence[str], language: Language) -> str:
    free = (text for marks, text in _SEPARATORS if not any(mark in name for name in names for mark in marks))
    return next(free, _LAST_SEPARATOR).in_language(language)


def listed(text: str, names: Iterable[str], language: Language) -> Iterator[str]:
    """The same behind a text, on as many lines as they need."""
    indent = " " * (len(text) - len(text.lstrip()) + (4 if text.strip() else 0))
    told = tuple(names)
    separator = _separator(told, language)
    line, begun = text, False
    for name in told:
        if begun and width(line + separator + name) > WIDEST:
            yield f"{line}{separator.rstrip()}"
            line = f"{indent}{name}"
        else:
            line = f"{line}{separator}{name}" if begun else f"{line}{name}"
        begun = True
    yield line


def wrapped(line: str) -> Iterator[str]:
    """A line that may be too long, on as many as it needs: what follows stands further in."""
    indent = " " * (len(line) - len(line.lstrip()))
    first, *more = folded(line.lstrip(), WIDEST - len(indent) - 4)
    yield f"{indent}{first}"
    yield from (f"{indent}    {piece}" for piece in more)


def folded(text: str, room: int) -> list[str]:
    """A text on lines of no more than `room` columns, broken behind a part of it or before a place in brackets only."""
    said, mark, place = text.rpartition("  [")
    found: list[str] = []
    for piece in (*_BREAKS.split(said), mark + place) if mark else _BREAKS.split(text):
        if found and width(found[-1] + piece) <= max(room, NARROWEST):
            found[-1] += piece
        else:
            found.append(piece.lstrip() if found else piece)
    return found


def joined(lines: Iterable[str]) -> str:
    """The lines of a report. A line break inside a text that a vendor wrote makes no line of its own."""
    return "\n".join(" ".join(line.splitlines()) for line in lines)


def width(text: str) -> int:
    """The columns that a text takes: a Chinese character takes two."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth  # its tables take a while to load

    return max(wcswidth(text), 0)
