"""Raised text stays raised and lowered text lowered: `10` with a raised `6` is 10⁶ and never 106, CO₂ has a low 2."""

from __future__ import annotations

import re

from guiju.draft.model import Flat

_RAISED = str.maketrans("0123456789+-−–=()nijabcdekmstuvxyz（）*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱʲᵃᵇᶜᵈᵉᵏᵐˢᵗᵘᵛˣʸᶻ⁽⁾*")
_LOWERED = str.maketrans("0123456789+-−=()（）", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎")
_TAGGED = re.compile(r"<(su[pb])\b[^<>]{0,100}>([^<>\n]{0,40})</\1\s*>", re.IGNORECASE)
_ORDINAL = re.compile(r"st|nd|rd|th|[®™©]+", re.IGNORECASE)


def raised(text: str) -> str:
    """A raised text in characters that are raised themselves; what has none stands behind `^`.

    >>> raised("-6"), raised("1)"), raised("th"), raised("注1")
    ('⁻⁶', '¹⁾', 'th', '^(注1)')
    """
    said = text.strip()
    if not said or _ORDINAL.fullmatch(said):
        return text
    shown = said.translate(_RAISED)
    return shown if all(new != old or old == "*" for new, old in zip(shown, said, strict=True)) else f"^({said})"


def lowered(text: str) -> str:
    """A lowered text, its digits in characters that are low themselves; letters are read as well as they stand.

    >>> lowered("2"), lowered("max")
    ('₂', 'max')
    """
    return text.translate(_LOWERED)


def with_superscripts(flat: Flat) -> Flat:
    """A text with what stands in `<sup>` raised and in `<sub>` lowered, each character with the place of what it is."""
    return flat.replaced(
        edit
        for found in _TAGGED.finditer(flat.text)
        for shown in [raised(found[2]) if found[1].lower() == "sup" else lowered(found[2])]
        for edit in ((found.start(), found.start(2), ""), (*found.span(2), shown), (found.end(2), found.end(), ""))
    )
