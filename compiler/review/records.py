"""Records as a review reads them: what a text introduces, where it uses it, and how it writes it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.compiler.checks.context import Checked
from guiju.compiler.names import text_of
from guiju.compiler.symbols import cite
from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import RECORD_KINDS, canonical
from guiju.dsl.source import Span


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
        """The name, with the label where that says more."""
        name, label = self.declaration.name.text, self.label
        return Text(*(t if name in t or not name.isupper() else f"{name}（{t}）" for t in (label.zh, label.en)))

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
