"""An enclosure in words: that some of it may not be reachable, and what keeps it from being told exactly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from guiju.dsl.diagnostic import Language, Text
from guiju.engine.possible import Why
from guiju.report.words import word

_SEPARATOR = Text("；", "; ")
_WHY: dict[Why, Text] = {
    Why.ANY_NUMBER: Text("可取的数多得列不完", "more numbers than can be listed"),
    Why.COMBINATIONS: Text("组合超过限额", "more combinations than are kept"),
    Why.NUMBERS: Text("未知的数彼此相遇，或者并非线性", "open numbers meet, or go in otherwise than as linear terms"),
    Why.STATED: Text("已述的内容取决于未知项", "something stated stands on what is open"),
    Why.WHOLE: Text("未查明其中有无整数", "it is not known whether whole numbers lie there"),
}


def enclosure(why: Iterable[str], language: Language, *, key: str = "enclosure") -> str:
    """What is said behind an enclosure; `key` `maybe-unreachable`: what its mark means."""
    told = [text.in_language(language) for reason, text in _WHY.items() if reason.value in set(why)]
    if not told:
        return word(key, language)
    return word(f"{key}-why", language, why=_SEPARATOR.in_language(language).join(told))


class _Set(Protocol):
    """Values that something can be, in the engine or as data."""

    @property
    def exact(self) -> bool: ...
    @property
    def why(self) -> Iterable[str]: ...


def marked(text: str, possible: _Set, language: Language) -> str:
    """What something can be, told to be an enclosure where it is one."""
    return text if possible.exact else f"{text} {enclosure(possible.why, language)}"
