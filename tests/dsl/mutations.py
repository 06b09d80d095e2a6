"""One slip of the hand in one line of a policy: what people do to a text without meaning to, drawn by a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.dsl.keywords import KEYWORDS, WORDS

_FIRST = re.compile(r"[^\W\d][\w-]*")
_KNOWN = frozenset(word for k in KEYWORDS for spelling in (*k.en, *k.zh) for word in spelling.split()) | frozenset(
    word for pair in WORDS for word in pair
)
_WORD = re.compile(r"[^\W\d][\w-]*")
_TEXT = re.compile(r'"[^"]*"')
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+){1,}")
_MARK = re.compile(r"(?<!\S)[a-z]\)")


@dataclass(frozen=True)
class Mutation:
    """A text with one slip in it, the line (from 1) where it was made, and how."""

    way: str
    line: int
    text: str


_Lines = list[str]
_Slip = Callable[[_Lines, int, random.Random], _Lines | None]


def _swapped(lines: _Lines, at: int, _: random.Random) -> _Lines | None:
    after = next((i for i in range(at + 1, len(lines)) if is_written(lines[i])), None)
    if after is None or lines[at] == lines[after]:
        return None
    changed = list(lines)
    changed[at], changed[after] = changed[after], changed[at]
    return changed


def _deleted_head(lines: _Lines, at: int, _: random.Random) -> _Lines | None:
    after = next((i for i in range(at + 1, len(lines)) if is_written(lines[i])), None)
    is_head = after is not None and _indent(lines[after]) > _indent(lines[at])
    return lines[:at] + lines[at + 1 :] if is_head else None


def _duplicated(lines: _Lines, at: int, _: random.Random) -> _Lines:
    return lines[: at + 1] + lines[at:]


def _in_line(change: Callable[[str, random.Random], str | None]) -> _Slip:
    def slip(lines: _Lines, at: int, draw: random.Random) -> _Lines | None:
        changed = change(lines[at], draw)
        return None if changed is None or changed == lines[at] else [*lines[:at], changed, *lines[at + 1 :]]

    return slip


def _dropped(signs: str) -> Callable[[str, random.Random], str | None]:
    def drop(line: str, draw: random.Random) -> str | None:
        places = [i for i, char in enumerate(line) if char in signs]
        if not places:
            return None
        at = draw.choice(places)
        return line[:at] + line[at + 1 :]

    return drop


def _misspelt(line: str, draw: random.Random) -> str | None:
    """One keyword with two letters swapped; a Chinese one without its last character."""
    outside = _TEXT.sub(lambda found: " " * len(found[0]), line)
    words = [m for m in _WORD.finditer(outside) if m[0] in _KNOWN and len(m[0]) > 2]
    if not words:
        return None
    found = draw.choice(words)
    word, at = found[0], draw.randrange(len(found[0]) - 1)
    wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return line[: found.start()] + wrong + line[found.end() :]


def _other_digit(line: str, draw: random.Random) -> str | None:
    """One digit of a number of a clause, or the letter of a mark, is another."""
    outside = _TEXT.sub(lambda found: " " * len(found[0]), line)
    places = [m.end() - 1 for m in _NUMBER.finditer(outside)] + [m.start() for m in _MARK.finditer(outside)]
    if not places:
        return None
    at = draw.choice(places)
    others = "0123456789" if line[at].isdigit() else "abcdefghij"
    return line[:at] + draw.choice([c for c in others if c != line[at]]) + line[at + 1 :]


WAYS: dict[str, _Slip] = {
    "two neighbours swapped": _swapped,
    "a head deleted": _deleted_head,
    "a line duplicated": _duplicated,
    "a line moved to the left": _in_line(lambda line, _: line.removeprefix("  ")),
    "a line moved to the right": _in_line(lambda line, _: "  " + line),
    "a colon dropped": _in_line(_dropped(":")),
    "a bar dropped": _in_line(_dropped("|")),
    "a bracket dropped": _in_line(_dropped("()")),
    "a quotation mark dropped": _in_line(_dropped('"')),
    "a keyword misspelt": _in_line(_misspelt),
    "another digit in a clause": _in_line(_other_digit),
}


def is_written(line: str) -> bool:
    """Whether a line says something."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def mutations(text: str, way: str, number: int, seed: str) -> Iterator[Mutation]:
    """So many texts with one slip of a kind, as many as the text has places for at most; the same for a seed."""
    draw = random.Random(f"{seed} {way}")
    lines = text.split("\n")
    places = [i for i, line in enumerate(lines) if is_written(line)]
    draw.shuffle(places)
    for at in places:
        changed = WAYS[way](lines, at, draw)
        if changed is not None:
            yield Mutation(way, at + 1, "\n".join(changed))
            number -= 1
        if number == 0:
            return
