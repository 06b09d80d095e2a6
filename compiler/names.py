"""Declared names: what a policy calls its things, and what a name as written stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from guiju.compiler import codes
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.near import arabic, near
from guiju.dsl.source import Span

_CJK = re.compile(r"[\u3400-\u9fff]")
_SIGN = re.compile(r"[-+或且]")


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character in it."""
    return bool(_CJK.search(text))


def text_of(label: tree.Label | None, otherwise: str) -> Text:
    """A label in both languages; a missing one is lent by the other."""
    texts = label.texts if label else ()
    if not texts:
        return Text(otherwise, otherwise)
    if len(texts) == 1:
        return Text(texts[0], texts[0])
    first, second = texts[0], texts[1]
    return Text(second, first) if is_chinese(second) and not is_chinese(first) else Text(first, second)


def near_miss(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    return near(name, known)


#: what is typed for a unit and has no one length, and what multiplies a number
_NO_UNITS = frozenset(["月", "个月", "月份", "年", "季度", "month", "months", "year", "years", "quarter"])
_MULTIPLES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def unit_meant(unit: str, known: Iterable[str], value: Fraction | None = None) -> str | None:
    """The known unit that was probably meant; of `1 万` and `1 万个`, the number with its unit."""
    units = tuple(known)
    multiple = max((m for m in _MULTIPLES if unit.startswith(m)), key=len, default=None)
    rest = unit.removeprefix(multiple or "")
    if multiple and (not rest or rest in units):
        number = value * _MULTIPLES[multiple] if value is not None else None
        whole = number is not None and number.denominator == 1
        return f"{number.numerator:,}".replace(",", " ") + (f" {rest}" if rest else "") if number and whole else None
    return None if unit in _NO_UNITS else near(unit, units)


def place_of(word: str, span: Span) -> Span:
    """Where a word stands inside a span; the span itself where it is written otherwise."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", span.text)
    return Span(span.source, span.start + found.start(), span.start + found.end()) if found else span


@dataclass
class Names:
    """One name space: ids and aliases to ids. `what` names the kind of thing in messages."""

    what: Text
    diagnostics: list[Diagnostic]
    reserved: frozenset[str] = frozenset()  # words that would never be read as one of these names
    few: bool = False  # so few that all are offered where none is near
    _ids: dict[str, str] = field(default_factory=dict)
    _spans: dict[str, Span] = field(default_factory=dict)

    def declare(self, name: tree.Name, aliases: tuple[tree.Name, ...] = ()) -> None:
        """Enter an id and its aliases; a name that is taken is a diagnostic."""
        for word in (name, *aliases):
            if word.text in self.reserved:
                self.diagnostics.append(Diagnostic(codes.RESERVED_NAME, word.span, (("name", word.text),)))
            if self._ids.get(word.text) == name.text and word is not name:
                continue  # an alias of what is declared twice, which is told of by its name
            if word.text in self._ids:
                first = Label(self._spans[word.text], Text("先在这里声明", "first declared here"))
                arguments = (("name", word.text), ("what", Text("名称", self.what.en)))
                self.diagnostics.append(Diagnostic(codes.DUPLICATE_NAME, word.span, arguments, (first,)))
            else:
                self._ids[word.text] = name.text
                self._spans[word.text] = word.span

    def find(self, text: str) -> str | None:
        """The id behind a name, or None."""
        return self._ids.get(text)

    def resolve(self, text: str, span: Span) -> str | None:
        """The id behind a name; an unknown one is a diagnostic."""
        found = self._ids.get(text)
        if found is None:
            self.diagnostics.append(self.unknown(text, span))
        return found

    def spellings(self, words: set[str]) -> set[str]:
        """The words, and whatever else the same things are called."""
        ids = {self._ids.get(word, word) for word in words}
        return words | ids | {word for word, id_ in self._ids.items() if id_ in ids}

    def unknown(self, text: str, span: Span) -> Diagnostic:
        """The diagnostic for a name that nothing declares."""
        arguments = (("name", text), ("what", self.what))
        offered = " | ".join(dict.fromkeys(self._ids.values())) if self.few else ""
        near = self._operation(text) or near_miss(text, self._ids) or near_miss(text, self.reserved)
        numeral = arabic(text) if self.reserved else None
        return Diagnostic(codes.UNKNOWN_NAME, span, arguments, suggestion=near or numeral or offered or None)

    def _operation(self, text: str) -> str | None:
        """The operation that was meant, if a name is made of known ones and numbers: `a-b` as `a - b`."""
        parts = _SIGN.split(text)
        is_one = bool(self.reserved) and len(parts) > 1 and all(p in self._ids or p.isdecimal() for p in parts)
        return _SIGN.sub(r" \g<0> ", text) if is_one else None

    def known(self) -> Iterable[str]:
        """Every name and alias."""
        return self._ids
