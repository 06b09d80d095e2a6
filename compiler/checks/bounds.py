"""The bounds that a text states: a number with the word that makes it the least or the most, not exceeding 5 m.

Only what can be read one way is a bound: no number of a text that denies something besides, as in `nothing older than
30 d`, none behind `every` or `if`, and none that the words before and behind it bound differently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from guiju.compiler.checks.figures import Figure, figures
from guiju.dsl.diagnostic import Language

DENIED: dict[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}

_AHEAD: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?P<denied>不(?:应当|应该|允许|应|得|能|可|宜|会|准)?)?(?:(?P<more>超过|超出|大于|多于|高于|长于|晚于)|(?P<less>小于|少于|低于|短于|早于))(?P<equal>或?等于)?"
        r"|(?P<below>不足|不到|不满|未满|(?<![<=])<(?![=>]))|(?P<above>(?<![>=])>(?!=))|(?P<least>至少|最少|达到|≥|⩾|>=)|(?P<most>至多|最多|≤|⩽|<=)"
    ),
    "en": re.compile(
        r"(?P<denied>\b(?:not|never|cannot|no)\s+(?:be\s+|is\s+|are\s+|have\s+|take\s+|to\s+|fall\s+|any\s+)*)?"
        r"(?:\b(?P<more>(?:more|greater|higher|longer|larger|later|older) than|over|above"
        r"|exceed(?:s|ing)?|in excess of)"
        r"|\b(?P<less>(?:less|fewer|lower|shorter|smaller|earlier|younger) than|under|below))\b"
        r"(?P<equal>,? or equal to\b)?"
        r"|(?P<below>(?<![<=])<(?![=>]))|(?P<above>(?<![>=])>(?!=))"
        r"|(?P<least>\bat (?:the )?least\b|\bminimum(?: of)?\b|≥|⩾|>=)"
        r"|(?P<most>\bat (?:the )?most\b|\bmaximum(?: of)?\b|\bwithin\b|≤|⩽|<=)",
        re.IGNORECASE,
    ),
}
_BEHIND: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"\s?[\u4e00-\u9fff]{0,3}?\s?(?P<taken_in>[（(]含[）)]|[及或含])?(?:(?P<least>以上)|(?P<most>以下|以内|之内|(?<![国室境省市院场区校厂库业海])内(?![部容存置网])))"
    ),
    "en": re.compile(
        r"(?:[ -][A-Za-z]+){0,2}?,? (?:(?:(?:or|and) (?P<least>more|longer|higher|greater|above|over|later|larger)"
        r"|(?:or|and) (?P<most>less|fewer|lower|below|under|shorter|sooner|smaller|earlier))\b"
        r"|(?P<least_>at (?:the )?least\b)|(?P<most_>at (?:the )?most\b))",
        re.IGNORECASE,
    ),
}
_BETWEEN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?!.*[每隔一])[^\d。；;，,、:：（）()<>≥≤\\]{0,8}$"),
    "en": re.compile(r"(?!.*\b(?:every|once|twice|per|each|an?)\b)(?: [A-Za-z%'-]+){0,4} ?$", re.IGNORECASE),
}
_DENIES: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"不|无|没|未|非|禁|勿|防止|避免"),
    "en": re.compile(
        r"\b(?:no|not|none|never|nothing|nobody|without|cannot|avoids?|prevents?|nor|neither|fails?|rejects?)\b|n't\b",
        re.IGNORECASE,
    ),
}
_UNDER_A_CONDITION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[^。；;，,]{0,12}(?:时(?![间长延段效限刻钟候])|后(?![台备])|的情况)"),
    "en": re.compile(r"\b(?:if|when|whenever|where|after|until|unless|while|once)\b[^.;,]*$", re.IGNORECASE),
}


@dataclass(frozen=True)
class Bound:
    """A number that a text makes the least or the most; `takes_in`: whether it counts itself, None if that is open."""

    figure: Figure
    is_least: bool
    takes_in: bool | None
    said: str


def is_least(op: str) -> bool:
    """Whether a comparison of something with a number makes the number the least."""
    return op in (">", ">=")


@lru_cache(maxsize=8192)  # while an editor types, all texts but one are as they were
def bounds(text: str, language: Language) -> tuple[Bound, ...]:
    """The bounds of a text, in its order; none where it denies something besides what it compares."""
    words = tuple(_AHEAD[language].finditer(text))
    rest = text
    for word in words:
        rest = rest[: word.start()] + " " * len(word[0]) + rest[word.end() :]
    if _DENIES[language].search(rest):
        return ()
    made = (_bound(text, figure, words, language) for figure in figures(text, language))
    return tuple(bound for bound in made if bound is not None)


def _bound(text: str, figure: Figure, words: tuple[re.Match[str], ...], language: Language) -> Bound | None:
    start, end = figure.place
    before = [w for w in words if w.end() <= start and _BETWEEN[language].match(text, w.end(), start)][-1:]
    behind = _BEHIND[language].match(text, end)
    condition = _UNDER_A_CONDITION[language]
    if condition.match(text, end) if language == "zh" else condition.search(text, 0, start):
        return None
    ops = {*map(_ahead, before), *((_behind(behind),) if behind else ())}
    if len({is_least(op) for op in ops}) != 1:
        return None
    first, last = (before[0].start() if before else start), (behind.end() if behind else end)
    said = text[first:last].strip()
    op = next(iter(ops))
    is_open = len(ops) > 1 or said.lower().startswith("within") or (not before and behind and _leaves_open(behind))
    return Bound(figure, is_least(op), None if is_open else op in (">=", "<="), said)


def _ahead(word: re.Match[str]) -> str:
    if word["more"] or word["above"]:
        op = ">=" if word["equal"] else ">"
    elif word["less"] or word["below"]:
        op = "<=" if word["equal"] else "<"
    else:
        op = ">=" if word["least"] else "<="
    return DENIED[op] if word["denied"] else op


def _behind(word: re.Match[str]) -> str:
    return ">=" if any(word.groupdict().get(name) for name in ("least", "least_")) else "<="


def _leaves_open(word: re.Match[str]) -> bool:
    """Whether it does not say if the number itself counts, as 以上 and 以内 do not."""
    return "taken_in" in word.groupdict() and not word["taken_in"]
