"""Where 应, 宜, 可, 能 and shall, should, may, can, must stand as words of their own.

A Chinese modal is one character, and the same character stands inside many words (应用, 供应, 可靠). A small lexicon of
these words and the longest match decide; what follows a word decides the few that are both (应对: to cope, or 应 + 对).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from guiju.compiler.lexicon import CAN, MAY, SHALL, SHALL_ALL_THE_SAME, SHOULD, Lexicon


class Modality(Enum):
    """What a modal says, by GB/T 1.1 and the ISO/IEC Directives."""

    REQUIREMENT = "requirement"
    RECOMMENDATION = "recommendation"
    PERMISSION = "permission"
    CAPABILITY = "capability"


class Modal(NamedTuple):
    """A modal in a text: where it stands, and what it says."""

    start: int
    end: int
    modality: Modality


_CHINESE: tuple[tuple[Lexicon, Modality], ...] = (
    (SHALL, Modality.REQUIREMENT),
    (SHOULD, Modality.RECOMMENDATION),
    (MAY, Modality.PERMISSION),
    (CAN, Modality.CAPABILITY),
)
_ENGLISH = re.compile(r"\b(shall|should|may|can|SHALL|SHOULD|MAY|CAN)\b(?! \d)")
_MODALITIES = {
    "shall": Modality.REQUIREMENT,
    "should": Modality.RECOMMENDATION,
    "may": Modality.PERMISSION,
    "can": Modality.CAPABILITY,
}
_SENTENCE_END = "。；;，,、：:（）()“”‘’《》！？ \t"


def modals(text: str) -> tuple[Modal, ...]:
    """The modals of a text, in order."""
    found = [Modal(*m.span(), _MODALITIES[m[1].lower()]) for m in _ENGLISH.finditer(text)]
    for lexicon, modality in _CHINESE:
        found += [
            Modal(m.start(), m.end(), modality)
            for m in re.finditer(lexicon.character, text)
            if _is_word(lexicon, text, m.start())
        ]
    return tuple(sorted(found))


def requirements(text: str) -> tuple[Modal, ...]:
    """Those that require something."""
    return tuple(m for m in modals(text) if m.modality is Modality.REQUIREMENT)


def _is_word(lexicon: Lexicon, text: str, at: int) -> bool:
    behind = text[at + 1 : at + 2]
    if not behind or behind in _SENTENCE_END:
        return False  # a modal has its verb behind it
    if lexicon is SHALL and SHALL_ALL_THE_SAME.match(text, at) and not _ends_a_word(lexicon, text, at):
        return True
    return not lexicon.is_inside(text, at)


def _ends_a_word(lexicon: Lexicon, text: str, at: int) -> bool:
    return text[at - 1 : at + 1] in lexicon.words if at else False
