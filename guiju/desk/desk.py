"""A text that is being written -> all that is known of it at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from guiju.case_files import beside_its_policy
from guiju.compiler.ir import Program
from guiju.compiler.symbols import Symbols
from guiju.desk.occurrences import occurrences
from guiju.desk.things import Occurrence
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.dsl.kept import KeptLines, Read
from guiju.dsl.keywords import language_of
from guiju.dsl.lines import Word, words_of
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import Document
from guiju.exchange.text import decode
from guiju.library import Loaded, compile_source
from guiju.lookup import findings


@dataclass(frozen=True)
class Written:
    """A text as it is being written. `folder` is where its file lies, None of one that is no file yet.

    `beside` are texts of other files that are being written, which count instead of what is on the disk.
    """

    name: str
    text: str
    folder: Path | None = None
    beside: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Desk:
    """One text at one moment: what it says, what is wrong with it, and what each word of it means."""

    written: Written
    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    reads: tuple[Read, ...]

    @property
    def source(self) -> Source:
        """The text."""
        return self.loaded.source

    @property
    def document(self) -> Document | None:
        """What could be read of it; None of a text that is no plain text."""
        return self.loaded.document

    @property
    def symbols(self) -> Symbols | None:
        """What it declares."""
        return self.loaded.compiled.symbols if self.loaded.compiled else None

    @property
    def program(self) -> Program | None:
        """What was made of it, even if something is wrong with it."""
        compiled = self.loaded.compiled
        return compiled.lowered.program if compiled and compiled.lowered else None

    @property
    def language(self) -> Language:
        """The language of its keywords."""
        return language_of(self.source.policy) or "en"

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every place that speaks of something with a name or a number, in the order of the text."""
        return occurrences(self.document, self.symbols, self.names) if self.document and self.symbols else ()

    @cached_property
    def lines(self) -> dict[int, tuple[Read, ...]]:
        """The lines and cells as they were taken, by the number of the line, from 1; each place once."""
        first: dict[int, Read] = {}
        for read in self.reads:
            first.setdefault(read.offset, read)
        found: dict[int, list[Read]] = {}
        for offset in sorted(first):
            found.setdefault(self.source.position(offset).line, []).append(first[offset])
        return {line: tuple(reads) for line, reads in found.items()}

    def names(self, word: str, span: Span) -> tuple[Span, ...]:
        """Where a word stands as a name inside a span that is not longer than a line."""
        found = []
        for read in self.lines.get(span.position.line, ()):
            for said in self.words(read):
                start, end = read.offset + said.start, read.offset + said.end
                if said.text == word and span.start <= start and end <= span.end:
                    found.append(Span(span.source, start, end))
        return tuple(found)

    def words(self, read: Read) -> tuple[Word, ...]:
        """The words of a line or cell."""
        return words_of(read.start, read.text)

    def at(self, offset: int) -> tuple[Occurrence, ...]:
        """What a place speaks of: first what holds the character behind it, the narrowest, then what ends there."""
        found = [o for o in self.occurrences if o.span.start <= offset <= o.span.end]
        return tuple(sorted(found, key=lambda o: (o.span.end == offset, o.span.end - o.span.start)))

    def all_words(self) -> Iterator[tuple[Read, Word]]:
        """Every word of the text with the line or cell that it stands in."""
        for reads in self.lines.values():
            for read in reads:
                yield from ((read, word) for word in self.words(read))


def read_desk(written: Written, kept: KeptLines | None = None) -> Desk:
    """All about a text: the same diagnostics as `guiju check` has of a file with this text.

    `kept` are the lines of the text before this one.
    """
    read, found = decode(written.name, written.text.encode("utf-8", "surrogatepass"))
    if read is None:
        source = Source(written.name, written.text)
        return Desk(written, Loaded(source, None, None, found, written.folder), found, ())
    reader = (kept or KeptLines()).reader()
    whole = compile_source(read.source, found, written.folder, read=reader, opened=written.beside)
    loaded = beside_its_policy(whole, written.beside)
    return Desk(written, loaded, findings(loaded), tuple(reader.reads()))
