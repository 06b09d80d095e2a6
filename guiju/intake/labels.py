"""Text of a document as the language can hold it: labels on one line without quotation marks, short, and names."""

from __future__ import annotations

import re
from unicodedata import normalize

from wcwidth import wcswidth

from guiju.dsl.naming import keyword_words
from guiju.dsl.spelling import has_cjk, is_name

RESERVED = frozenset(("none", "undefined", "otherwise"))  # what no level may be called
LONGEST = 72  # columns of a label, a wide character being two
_QUOTED = re.compile(r'"([^"]*)"')
_PAUSE = re.compile(r"[。；;：:，,（(]|\. | [–—-] ")
_LINK = re.compile(r"(?:[;,] (?:and|or)|[；，](?:以及|和|或))?[。；;：:，,. ]*$")
_UPWARDS = re.compile(r"[（(]?[及或和与]?以上[）)]?$|[（(]?\b(?:and|or) (?:above|higher|up)[）)]?$", re.IGNORECASE)
_DOWNWARDS = re.compile(r"以下[）)]?$|\b(?:and|or) (?:below|lower|down)[）)]?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def quoted(text: str) -> str:
    """A text between quotation marks, those inside it changed to single ones."""
    line = _QUOTED.sub(r"‘\1’", " ".join(text.split())).replace('"', "’")
    return f'"{line}"'


def short(text: str) -> str:
    """The beginning of a text, up to the last pause that leaves it short enough for a label.

    >>> short("Reviews accounts: yearly, and whenever somebody leaves the organisation for good")
    'Reviews accounts: yearly …'
    >>> short("设备可用")
    '设备可用'
    """
    line = bare(text)
    if wcswidth(line) <= LONGEST:
        return line
    pauses = [m.start() for m in _PAUSE.finditer(line) if 4 < wcswidth(line[: m.start()]) < LONGEST]
    cut = pauses[-1] if pauses else _word_before(line)
    return f"{line[:cut].rstrip()} …"


def bare(text: str) -> str:
    """A text on one line without what links it to the next item.

    >>> bare("Intended system usage; and")
    'Intended system usage'
    """
    return _LINK.sub("", " ".join(text.split()))


def _word_before(line: str) -> int:
    """Where to cut a line without pauses: before a word, or where it is full."""
    full, width = 0, 0
    while full < len(line) and width < LONGEST - 2:
        width += 2 if ord(line[full]) > 0x2E7F else 1
        full += 1
    space = line.rfind(" ", 0, full)
    return space if space > full // 2 else full


def is_group_name(text: str) -> bool:
    """Whether a text can name a group or a clause with a number of its own: `AC-2`, `6.1.1`."""
    return (is_name(text) and text not in keyword_words()) or _NUMBER.fullmatch(text) is not None


def is_new_name(text: str) -> bool:
    """Whether a text can name a standard or a level.

    >>> is_new_name("room-1"), is_new_name("none"), is_new_name("1st")
    (True, False, False)
    """
    return is_name(text) and text not in keyword_words() and text not in RESERVED


def as_name(text: str) -> str:
    """A name made of a text, empty where there is nothing in it to make one of.

    >>> as_name("NIST Special Publication 800-53 (Rev. 4)")
    'nist-special-publication-800-53-rev-4'
    """
    words = re.findall(r"\w+", text.lower())
    while words and not words[0][0].isalpha():
        words.pop(0)
    return "-".join(words)


def meant_name(text: str) -> str | None:
    """The name made of a text, where it can name a new standard or level."""
    name = as_name(text)
    return name if is_new_name(name) else None


def level_up_from(text: str) -> str | None:
    """The level from which a name counts upwards; None of a name of one level.

    >>> level_up_from("L3以上"), level_up_from("三级及以上"), level_up_from("Level 2 and above"), level_up_from("A+")
    ('L3', '三级', 'Level 2', None)
    """
    word = text.strip()
    lowest = _UPWARDS.sub("", word).strip()
    return lowest if lowest and lowest != word else None


def counts_downwards(text: str) -> bool:
    """Whether a name is of a level and those below it, which no level by itself is."""
    return _DOWNWARDS.search(text.strip()) is not None


def as_level(text: str) -> str:
    """The name of a level, as a policy can write it.

    >>> as_level("1"), as_level("Ｌ２"), as_level("第三级"), as_level("A 级"), as_level("Level 1"), as_level("★★")
    ('L1', 'L2', '第三级', 'A级', 'level-1', 'star-2')
    """
    word = normalize("NFKC", text).strip()
    if word.isdigit():
        return f"L{word}"
    if word and not word.strip("★☆"):
        return f"star-{word.count('★')}"
    names = (word, "".join(word.split()) if has_cjk(word) else as_name(word))
    return next((name for name in names if is_new_name(name)), f"level-{as_name(word) or 'x'}")
