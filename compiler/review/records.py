"""Records as a review reads them: what a text introduces, where it uses it, and how it writes it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.compiler.checks.context import Checked
from guiju.compiler.names import text_of
from guiju.compiler.symbols import cite
from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import RECORD_KINDS, canonical, spell
from guiju.dsl.source import Span


def shown_as(kind: str, name: str, label: Text) -> Text:
    """A record by its label; an abbreviation by what is short and what it is short for."""
    if kind != "abbreviation" or name in (label.zh, label.en):
        return label
    return Text(f"{name}（{label.zh}）", f"{name} ({label.en})")


@dataclass(frozen=True)
class Said:
    """One property of a record: its text or number, and where in the standard it stands."""

    text: Text
    number: tree.Number | None
    places: str
    span: Span


@dataclass(frozen=True)
class Recorded:
    """A record with its properties at hand."""

    declaration: tree.RecordDecl

    @property
    def kind(self) -> str:
        """A word such as `term`, `abbreviation`, `reference`."""
        return canonical(self.declaration.kind.text, RECORD_KINDS)

    @property
    def label(self) -> Text:
        """What the record is about, in both languages."""
        return text_of(self.declaration.label, self.declaration.name.text)

    @property
    def shown(self) -> Text:
        """The label; of an abbreviation, what is short and what it is short for."""
        return shown_as(self.kind, self.declaration.name.text, self.label)

    @property
    def introduced(self) -> str:
        """Where the text introduces it; "" where it does not."""
        return cite(self.declaration.cites)

    def said(self, key: str) -> tuple[Said, ...]:
        """The properties of one key."""
        return tuple(_said(p) for p in self.declaration.properties if p.key == key)


def _said(line: tree.Property) -> Said:
    label = next((v for v in line.values if isinstance(v, tree.Label)), None)
    number = next((v for v in line.values if isinstance(v, tree.Number)), None)
    citation = next((v for v in line.values if isinstance(v, tree.Citation)), None)
    return Said(text_of(label, ""), number, cite(citation), line.span)


def recorded(checked: Checked, *kinds: str) -> Iterator[Recorded]:
    """The records of some kinds, or all of them, in the order of the text."""
    for record in map(Recorded, checked.symbols.records):
        if not kinds or record.kind in kinds:
            yield record


_KIND_OF_PLACE = re.compile(r"\b(?:table|formula|figure|note|annex|page)\b")


def in_words(cites: str) -> Text:
    """Places in both languages: `table 3, 4.1 note` and `表 3、4.1 注`."""
    return Text(_KIND_OF_PLACE.sub(lambda m: spell(m[0].upper(), "zh"), cites).replace(", ", "、"), cites)
