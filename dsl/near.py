"""A word as typed and the words that are known -> the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, lru_cache

from guiju.dsl.spelling import has_cjk

_DIGITS = "零一二三四五六七八九"
_PER_CENT = "百分之"
_PLACES = {"十": 10, "百": 100, "千": 1000}


_LONGEST = 64  # characters of a word worth comparing
_MOST = 2000  # words worth comparing it with


def near(word: str, known: Iterable[str]) -> str | None:
    """The nearest of the known words. Capitals do not matter; of a Chinese word of two characters one may be wrong."""
    return next(iter(nearest(word, known)), None)


def nearest(word: str, known: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """The known words that are like one, no more than `most`, the nearest first."""
    words = tuple(known)
    if len(word) > _LONGEST or len(words) > _MOST:
        return ()
    same = next((w for w in words if w.casefold() == word.casefold()), None)
    if same is not None:
        return (same,)
    return tuple(get_close_matches(word, words, n=most, cutoff=0.6)) or one_character_off(word, words)[:most]


def surely_meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one is read as: hardly another, and no second is as near."""
    return _surely_meant(word, tuple(known))


@lru_cache(maxsize=8192)
def _surely_meant(word: str, words: tuple[str, ...]) -> str | None:
    off = one_character_off(word, words)
    if len(off) > 1:
        return None
    close = get_close_matches(word, words, n=1, cutoff=0.75)
    return close[0] if close else next(iter(off), None)


def one_character_off(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Chinese words that differ from this one in a single character, but not in all."""
    return tuple(w for w in known if len(w) == len(word) > 1 and has_cjk(w + word) and _differences(w, word) == 1)


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@cache
def _units() -> tuple[str, ...]:
    """Units in Chinese, the longest first, so that 千瓦时 is not taken for 时."""
    from guiju.dsl.keywords import units_in

    return tuple(sorted((u for u in units_in("zh") if has_cjk(u)), key=len, reverse=True))


def arabic(word: str) -> str | None:
    """A number in Chinese numerals as digits, below ten thousand: 三, 十二, 三百零五, 百分之八十, 三小时."""
    if word.startswith(_PER_CENT):
        part = arabic(word.removeprefix(_PER_CENT))
        return part and f"{part} %"
    unit = next((u for u in _units() if word.endswith(u) and word != u), None)
    if unit is not None:
        part = arabic(word.removesuffix(unit))
        return part and f"{part} {unit}"
    total, digit = 0, None
    for char in word.replace("两", "二").replace("〇", "零"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[char]
            digit = None
        else:
            return None
    return str(total + (digit or 0)) if word else None
