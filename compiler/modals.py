"""Where 应, 宜, 可, 能, 不必 and shall, should, may, can, need not stand as words of their own.

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
#: `may not` is none: it forbids to some readers, and leaves free to others
_ENGLISH = re.compile(r"\b(shall|should|may(?! not\b)|can(?:not)?|need not|SHALL|SHOULD|MAY|CAN)\b(?! \d)")
_LEFT_FREE = re.compile(r"不必(?![要然说])|不需要(?!的)|无须|无需|need not")
_MODALITIES = {
    "shall": Modality.REQUIREMENT,
    "should": Modality.RECOMMENDATION,
    "may": Modality.PERMISSION,
    "can": Modality.CAPABILITY,
    "cannot": Modality.CAPABILITY,
    "need not": Modality.PERMISSION,
}
_BARE = re.compile(
    r"(?:不?(?:应|宜|得|能)|应[该当]|必须|可以?|不必"
    r"|(?:shall|should|may|must|can)(?: not)?|cannot|need not)[。；;，,.、]*",
    re.IGNORECASE,
)
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
    found += [Modal(*m.span(), Modality.PERMISSION) for m in _LEFT_FREE.finditer(text) if m[0] > "\u3400"]
    return tuple(sorted(found))


def is_bare(text: str) -> bool:
    """Whether a text is a modal and nothing else, whatever ends it; behind a colon something follows."""
    return _BARE.fullmatch(text.strip()) is not None


def leaves_free(text: str, modal: Modal) -> bool:
    """Whether a modal permits to leave something undone: 不必, need not."""
    return _LEFT_FREE.match(text, modal.start) is not None


def requirements(text: str) -> tuple[Modal, ...]:
    """Those that require something."""
    return tuple(m for m in modals(text) if m.modality is Modality.REQUIREMENT)


def _is_word(lexicon: Lexicon, text: str, at: int) -> bool:
    behind = text[at + 1 : at + 2]
    if not behind or behind in _SENTENCE_END:
        return False  # a modal has its verb behind it
    if lexicon is SHALL and SHALL_ALL_THE_SAME.match(text, at) and not lexicon.ends_a_word(text, at):
        return True
    return not lexicon.is_inside(text, at)
