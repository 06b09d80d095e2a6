"""What a publication says in each of its languages: labels, references, conditions, fixed words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from guiju.compiler.ir import Program
from guiju.compiler.names import text_of
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.naming import naming
from guiju.exchange.policy_text import shared_facts
from guiju.report.document import Cell, Point, Row, Run, Table, text_run
from guiju.report.published.conditions import InWords, called

Line: TypeAlias = tuple[Run, ...]
Say: TypeAlias = Text | Callable[[InWords], str]  # what is said, in each language


_D = TypeVar("_D", bound=tree.Node)


@dataclass(frozen=True)
class Speech:
    """A policy as it was written and as it was compiled, and the languages that are to be spoken of it."""

    document: tree.Document
    program: Program
    languages: tuple[Language, ...]

    @cached_property
    def writers(self) -> dict[Language, InWords]:
        """What writes the inside of a line, for each language."""
        shared = shared_facts(self.program)
        return {
            language: InWords(language, naming(self.document, language, shared), called(self.program, language))
            for language in self.languages
        }

    def declared(self, kind: type[_D]) -> Iterator[_D]:
        """The declarations of a kind, in the order of the text."""
        return (d for d in self.document.declarations if isinstance(d, kind))

    # --- in each language ----------------------------------------------------------------------------------------

    def each(self, say: Say) -> tuple[str, ...]:
        """A text in each language."""
        if isinstance(say, Text):
            return tuple(say.in_language(language) for language in self.languages)
        return tuple(say(self.writers[language]) for language in self.languages)

    def beside(self, say: Say) -> str:
        """A text on one line: of two languages both, once where they agree."""
        return "  ".join(dict.fromkeys(filter(None, self.each(say))))

    def cell(self, *said: Say) -> Cell:
        """A cell in which each text has a line for each language, once where they agree."""
        return Cell(tuple(text_run(line) for text in said for line in dict.fromkeys(self.each(text)) if line))

    def point(self, mark: str, say: Callable[[InWords], Iterable[Line]], depth: int = 0) -> Point:
        """A marked point, its lines in each language."""
        return Point(mark, tuple(tuple(say(self.writers[language])) for language in self.languages), depth)

    def table(self, titles: Iterable[Say], rows: Iterable[Row]) -> Table:
        """A table without a caption, and without the columns in which nothing stands."""
        listed = tuple(rows)
        kept = [n for n, _ in enumerate(listed[0].cells) if any(row.cells[n].lines for row in listed)]
        header = tuple(self.beside(title) for title in titles)
        fewer = (Row(tuple(row.cells[n] for n in kept)) for row in listed)
        return Table("", tuple(header[n] for n in kept), tuple(fewer))

    # --- parts of a policy ---------------------------------------------------------------------------------------

    @staticmethod
    def label(label: tree.Label | None, otherwise: str = "") -> Text:
        """A label in both languages."""
        return text_of(label, otherwise)

    @staticmethod
    def words(node: tree.Expr) -> Say:
        """An expression in words."""
        return lambda writer: writer.said(node)

    @staticmethod
    def level(name: tree.Name) -> Say:
        """The name of a level."""
        return lambda writer: writer.named_level(name.text)

    @staticmethod
    def items(cell: tree.MembershipCell) -> Say:
        """The clauses in a cell."""
        return lambda writer: writer.items(cell.items)

    def places(self, citation: tree.Citation | None) -> Callable[[InWords], str]:
        """Where something stands in the standard, or in another document."""

        def say(writer: InWords) -> str:
            if citation is None:
                return ""
            parts = (citation.document or "", writer.places(citation))
            return " ".join(part for part in parts if part)

        return say

    def property_of(self, node: tree.Line, key: str) -> Text | None:
        """The text of a property, in both languages."""
        properties: tuple[tree.Property, ...] = getattr(node, "properties", ())
        found = (v for p in properties if p.key == key for v in p.values if isinstance(v, tree.Label))
        return next((text_of(label, "") for label in found), None)
