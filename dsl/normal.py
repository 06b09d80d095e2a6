"""Punctuation of Chinese input methods to its plain form, one character for one, so that every offset stays true."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_OTHERS = {
    "、": ",",
    "，": ",",
    "—": "-",
    "–": "-",
    "―": "-",
    "−": "-",
    "“": '"',
    "”": '"',
    "〜": "~",
    "∼": "~",
    "\u3000": " ",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "【": "[",
    "】": "]",
    **dict.fromkeys("丨│┃∣︱", "|"),  # what is typed for the bar of a table
}
_PLAIN = str.maketrans({**{chr(k): chr(v) for k, v in _FULL_WIDTH.items()}, **_OTHERS})
_OPENING = '"“”＂'


_NUMBER = str.maketrans({chr(k): chr(v) for k, v in _FULL_WIDTH.items()} | dict.fromkeys("。·・‧∙｡", "."))


def clause_number(printed: str) -> str:
    """A clause number as it is printed, for comparing: however it was spaced, and in half width."""
    return "".join(printed.split()).translate(_NUMBER)


@lru_cache(maxsize=4096)  # an editor reads its lines again and again
def normalise(line: str) -> tuple[str, int | None, int | None]:
    """One line in plain punctuation; where its comment starts; where a text starts that is never closed.

    Inside quotes nothing is changed. A text that begins with “ ends with ” or ".
    """
    plain: list[str] = []
    opened: int | None = None
    opener = ""
    for at, char in enumerate(line):
        if opened is not None:
            closes = char in '”"＂' if opener != '"' else char == '"'
            plain.append('"' if closes else char)
            if closes:
                opened = None
        elif char in _OPENING:
            opened, opener = at, char
            plain.append('"')
        elif char in "#＃":
            return "".join(plain), at, None
        else:
            plain.append(char.translate(_PLAIN))
    return "".join(plain), None, opened


def cells(text: str) -> Iterator[tuple[int, str]]:
    """The cells between the bars of a row, each with the offset where it starts; bars inside quotes do not count."""
    start, quoted = 0, False
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == "|" and not quoted:
            yield start, text[start:at]
            start = at + 1
    yield start, text[start:]
