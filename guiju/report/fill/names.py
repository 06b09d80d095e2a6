"""What a template asks for -> whether there is such a value, with the nearest name where there is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Text
from guiju.dsl.near import near
from guiju.dsl.source import Source, Span
from guiju.report.fill.codes import UNKNOWN_PLACEHOLDER
from guiju.report.fill.values import TABLES

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
ROWS = {row: table for table, (row, _) in TABLES.items()}


@dataclass(frozen=True)
class Place:
    """Where a template says something: a cell or a paragraph by its name, and what stands there."""

    name: str
    text: str

    def span(self, part: str = "") -> Span:
        """The place, or a part of its text."""
        line = " ".join(self.text.split())
        start = max(line.find(part), 0)
        end = start + len(part) if part and part in line else len(line)
        return Span(Source(self.name, line, is_cell=True), start, end)


@dataclass
class Told:
    """What is wrong with a template, each thing once."""

    path: Path
    found: dict[Diagnostic, None] = field(default_factory=dict)

    def at(
        self, code: Code, place: Place, part: str = "", suggestion: str | None = None, **arguments: Argument
    ) -> None:
        """Something that is wrong at a place."""
        self.found[Diagnostic(code, place.span(part), tuple(arguments.items()), suggestion=suggestion)] = None

    def file(self, code: Code, **arguments: Argument) -> None:
        """Something that is wrong with the whole file."""
        span = Span(Source(str(self.path), ""), 0, 0)
        self.found[Diagnostic(code, span, tuple(arguments.items()))] = None

    def unknown(self, name: str, place: Place, known: tuple[str, ...], where: Text | str = "") -> None:
        """A name that there is not."""
        suggestion = near(name, known)
        self.at(UNKNOWN_PLACEHOLDER, place, name, suggestion, name=name, where=where)


def in_no_row(name: str) -> Text | str:
    """Of a table, or of what a row of one has, that it belongs into a loop or a row that is repeated."""
    table = name if name in TABLES else ROWS.get(name)
    where = Text(
        f"：{table} 是表，要放在循环或重复的行里", f": `{table}` is a table, for loops and rows that are repeated"
    )
    return where if table else ""


def in_row(table: str) -> Text:
    """` in a row of clauses`."""
    return Text(f"（在 {table} 的行里）", f" in a row of `{table}`")
