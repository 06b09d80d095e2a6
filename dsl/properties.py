"""The lines of words below a declaration, `status draft`, `issued 2026-01-05`: which key takes which value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from guiju.dsl import codes, tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.keywords import STATUSES, VALUES, canonical, localised
from guiju.dsl.layout import LogicalLine
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.dsl.spelling import has_cjk

#: keys that may stand more than once below one line
_MANY = ("cell", "validity", "means", "as", "counts", "renumbered", "retired")
#: keys whose lines have a form of their own, which the grammar knows
FORMS = {
    "cell": "cell_line",
    "validity": "validity_line",
    "means": "placed_line",
    "used": "placed_line",
    "affects": "placed_line",
    "as": "placed_line",
    "counts": "counts_line",
    "source": "placed_line",
    "renumbered": "placed_line",
}
_DATES = ("issued", "effective")
_PLACED = ("used", "affects")  # their value is places alone
_LANGUAGES = ("zh", "en")
_WORD = re.compile(r'(?P<word>[^\s"]+) *')
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
#: a date as people write it: `2026年1月5日`, `2026/1/5`, `2026.01.05`
_LOOSE_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?\D?", re.ASCII)
_A_TEXT = Text("引号中的文字", "a text in quotation marks")
_PLACES = Text("位置，如 6.1 a)、表 2", "places such as 6.1 a), table 2")
_A_DATE = Text(
    "日期，如 2026-01-05；没有日的写 2026-01 或 2026", "a date such as 2026-01-05; without a day, 2026-01 or 2026"
)


def wrong_value(key: str, line: LogicalLine) -> Diagnostic | None:
    """What is wrong with the value of a property line, if the key alone tells it."""
    value = line.text[len(line.first_word) :].lstrip()
    start = len(line.text) - len(value)
    if FORMS.get(key, "placed_line") != "placed_line":
        return None
    if value.startswith(":"):
        span = Span(line.source, line.start + start, line.start + start + 1)
        return Diagnostic(codes.NEEDLESS_COLON, span, (("word", line.first_word),))
    if not value:
        end = Span(line.source, line.span.end, line.span.end)
        return Diagnostic(codes.UNFINISHED_LINE, end, (("expected", _takes(key, line.first_word)),))
    if key == "title":
        start += _language_word(value)
    return None if _is_right(key, line.text[start:]) else _wrong(key, line, start)


def _language_word(value: str) -> int:
    """How much of the value of a title its language takes up."""
    found = _WORD.match(value)
    return found.end() if found and canonical(found["word"], VALUES) in _LANGUAGES else 0


def _is_right(key: str, value: str) -> bool:
    if key == "status":
        return canonical(value, VALUES) in STATUSES
    if key in _PLACED:
        return not value.startswith('"')
    return is_date(value) if key in _DATES else value.startswith('"') or not value


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year of the calendar, `2026-01-05`, `2026-01`, `2026`."""
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _wrong(key: str, line: LogicalLine, start: int) -> Diagnostic:
    span = Span(line.source, line.start + start, line.span.end)
    arguments = (("found", span.text), ("key", line.first_word), ("expected", _takes(key, line.first_word)))
    return Diagnostic(codes.WRONG_VALUE, span, arguments, suggestion=_meant(key, line.text[start:]))


def _takes(key: str, word: str) -> Text:
    """What a key takes; words are given in the language that the key is written in."""
    if key == "status":
        words = [localised(s, VALUES, "zh" if has_cjk(word) else "en") for s in STATUSES]
        joint = "或" if has_cjk(word) else " 或 "
        return Text(f"{'、'.join(words[:-1])}{joint}{words[-1]}", f"{', '.join(words[:-1])} or {words[-1]}")
    return _A_DATE if key in _DATES else _PLACES if key in _PLACED else _A_TEXT


def _meant(key: str, value: str) -> str | None:
    if key == "status":
        return near(value, (*STATUSES, *(localised(s, VALUES, "zh") for s in STATUSES)))
    if key in _DATES:
        found = _LOOSE_DATE.fullmatch(value)
        meant = "-".join(p.rjust(2, "0") for p in found.groups() if p) if found else ""
        return meant if is_date(meant) else None
    return None if '"' in value else f'"{value}"'


def repeated(properties: Iterable[tree.Property]) -> list[Diagnostic]:
    """A key that stands twice below one line: one of its values would be lost. A title stands once a language."""
    seen: dict[tuple[str, str], tree.Property] = {}
    found = []
    for p in properties:
        language = next((v.text for v in p.values if isinstance(v, tree.Name)), "zh") if p.key == "title" else ""
        first = seen.setdefault((p.key, language), p)
        if first is not p and p.key not in _MANY:
            label = Label(first.span, Text("先写在这里", "first written here"))
            key = p.span.text.split(maxsplit=1)[0]
            found.append(Diagnostic(codes.REPEATED_PROPERTY, p.span, (("key", key),), (label,)))
    return found
