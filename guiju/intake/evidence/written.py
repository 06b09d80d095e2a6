"""Statements -> the text of an evidence file, and from each place of it back to where it comes from."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.source import Source, Span
from guiju.exchange.fields import NEWEST
from guiju.exchange.yaml_text import quoted
from guiju.intake.evidence.statements import SECTIONS, Entry, Placed, Said, Taken


@dataclass
class Written:
    """The text, and where its parts come from, in the order in which they stand."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    spans: list[Span | None] = field(default_factory=list)

    length: int = 0

    @property
    def text(self) -> str:
        """The whole."""
        return "".join(self.parts)

    def put(self, text: str, span: Span | None) -> None:
        """Add a text that comes from a place."""
        self.starts.append(self.length)
        self.spans.append(span)
        self.parts.append(text)
        self.length += len(text)

    def back(self, diagnostic: Diagnostic) -> Diagnostic:
        """The same of where it comes from, with its labels."""
        labels = tuple(replace(label, span=self._origin(label.span)) for label in diagnostic.labels)
        return replace(diagnostic, span=self._origin(diagnostic.span), labels=labels, fix=None)

    def _origin(self, span: Span) -> Span:
        at = bisect_right(self.starts, span.start) - 1
        return (self.spans[at] if at >= 0 else None) or span


def written(taken: Taken) -> Written:
    """The evidence file of what was taken over: YAML, an entry a line."""
    made = Written()
    made.put(f"guiju: {NEWEST}\n", None)
    for key, said in taken.head.items():
        made.put(f"{key}: ", None)
        _value(made, said, None)
        made.put("\n", None)
    for section in SECTIONS:
        entries = [entry for entry in taken.entries if entry.section == section]
        if entries:
            made.put(f"{section}:\n", None)
        for key, same in _by_key(entries).items():
            _entry(made, key, same)
    return made


def _by_key(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.key, []).append(entry)
    return found


def _entry(made: Written, key: str, same: list[Entry]) -> None:
    """One entry; several attestations of one clause are a list, one a line."""
    made.put(f"  {quoted(key)}:", same[0].span)
    several = len(same) > 1
    for entry in same:
        made.put("\n    - " if several else " ", entry.span)
        _value(made, entry.said, entry.span)
    made.put("\n", None)


def _value(made: Written, said: Said, around: Span | None) -> None:
    match said:
        case dict():
            made.put("{", around)
            for n, (key, value) in enumerate(said.items()):
                made.put(f"{', ' if n else ''}{key if key.isascii() and key.isidentifier() else quoted(key)}: ", around)
                _value(made, value, around)
            made.put("}", around)
        case list():
            made.put("[", around)
            for n, value in enumerate(said):
                made.put(", " if n else "", around)
                _value(made, value, around)
            made.put("]", around)
        case Placed():
            made.put(said.text if said.plain else quoted(said.text), said.span)
        case bool() | None:
            made.put(json.dumps(said), around)
        case _:
            made.put(quoted(said), around)


def source_of(made: Written, name: str) -> Source:
    """The text as a source to be read."""
    return Source(name, made.text)
