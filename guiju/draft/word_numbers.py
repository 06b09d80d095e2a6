"""The numbers that Word shows in front of paragraphs and does not write into them: 6.1.1, a), ——."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx.oxml.ns import qn

_DEEPEST = 9
_HAN = "零一二三四五六七八九"


class _Level(NamedTuple):
    form: str
    text: str
    start: int


@dataclass
class Numbers:
    """Counts paragraphs as Word does. `part` is the root of numbering.xml, None where there is none."""

    part: Any
    _levels: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * _DEEPEST))

    def mark(self, number: str, depth: int) -> str:
        """The mark of the next paragraph of a numbering at a depth (from 0), without blanks around it."""
        abstract, levels = self._numbering(number)
        level = levels.get(depth)
        if level is None or number == "0":
            return ""
        counted = self._counted[abstract]
        counted[depth] = counted[depth] + 1 if counted[depth] else level.start
        counted[depth + 1 :] = [0] * (_DEEPEST - depth - 1)
        if level.form == "bullet":
            return level.text.strip() if re.search(r"[—–-]", level.text) else "•"

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            other = levels.get(at, level)
            return _figure(counted[at] or other.start, other.form)

        return re.sub(r"%([1-9])", shown, level.text).strip()

    def _numbering(self, number: str) -> tuple[str, dict[int, _Level]]:
        if number not in self._levels:
            self._levels[number] = self._read(number)
        return self._levels[number]

    def _read(self, number: str) -> tuple[str, dict[int, _Level]]:
        if self.part is None:
            return "", {}
        nums = [n for n in self.part.iter(qn("w:num")) if n.get(qn("w:numId")) == number]
        if not nums:
            return "", {}
        abstract = _value(nums[0].find(qn("w:abstractNumId")))
        levels: dict[int, _Level] = {}
        for tree in (a for a in self.part.iter(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == abstract):
            for level in tree.iter(qn("w:lvl")):
                depth = _whole(level.get(qn("w:ilvl")))
                if 0 <= depth < _DEEPEST:
                    form, text = _value(level.find(qn("w:numFmt"))), _value(level.find(qn("w:lvlText")))
                    levels[depth] = _Level(form or "decimal", text, _whole(_value(level.find(qn("w:start"))), 1))
        overridden = nums[0].find(f".//{qn('w:startOverride')}") is not None
        return (f"{abstract}/{number}" if overridden else abstract), levels


def _value(element: Any) -> str:
    return (element.get(qn("w:val")) or "") if element is not None else ""


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _figure(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form.startswith(("chinese", "taiwanese", "japanese", "ideograph")) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens < 2 else _HAN[tens]) + "十" * (tens > 0) + (_HAN[ones] if ones else "")
    return str(number)
