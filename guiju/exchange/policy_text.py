"""A policy's own text as a reader of a result is shown it: in the language asked for, with the table of membership.

A program no longer knows how it was written, so its source is read again, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache

from guiju.compiler.ir import Program
from guiju.compiler.readings import collect_patches
from guiju.compiler.sets import ClauseSets
from guiju.compiler.symbols import cite, collect
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.formatter import format_document
from guiju.dsl.keywords import spell
from guiju.dsl.parser import parse, parsed
from guiju.dsl.source import Source, Span

_PLACE_WORD = re.compile(r"\b(table|formula|figure|note|annex|page)\b")


def citation(cites: str, language: Language) -> str:
    """A citation in a language: `table 5` is 表 5."""
    return cites if language == "en" else _PLACE_WORD.sub(lambda found: spell(found[0].upper(), "zh"), cites)


@dataclass(frozen=True)
class PolicyText:
    """What stands where in a policy; spans that were not found are shown as they were typed."""

    language: Language
    membership: Membership | None
    _translated: Mapping[Span, str] = field(repr=False)

    def at(self, span: Span) -> str:
        """The text of a span, on one line."""
        return " ".join(self._translated.get(span, span.text).split())


@dataclass(frozen=True)
class Membership:
    """The table that says which clauses count at which level."""

    cites: str
    rows: Mapping[str, Span]
    sets: ClauseSets = field(repr=False)


@lru_cache(maxsize=8)
def policy_text(program: Program, language: Language) -> PolicyText:
    """The text of a program in a language."""
    translated: dict[Span, str] = {}
    formulas = (fact.span.source for fact in program.facts if fact.formula)  # of vocabularies, too
    for source in dict.fromkeys((program.span.source, *formulas)):
        document = as_written(source)
        shared = shared_facts(program) if source is program.span.source else ()
        text = format_document(document, language, shared)
        if text != source.text:
            for written, shown in _pairs(document, parse(Source("", text))[0]):
                translated.setdefault(written.span, shown.span.text)
    return PolicyText(language, _membership(as_written(program.span.source)), translated)


def shared_facts(program: Program) -> tuple[tree.FactDecl, ...]:
    """The facts that a policy takes from vocabularies, as these declare them."""
    sources = dict.fromkeys(fact.span.source for fact in program.facts if fact.vocabulary)
    taken = {fact.id for fact in program.facts if fact.vocabulary}
    found = (d for source in sources for d in as_written(source).declarations if isinstance(d, tree.FactDecl))
    return tuple(fact for fact in found if fact.name.text in taken)


@lru_cache(maxsize=8)
def as_written(source: Source) -> tree.Document:
    """The syntax tree of a text that is known to have one."""
    return parsed(source)[0]


def _membership(document: tree.Document) -> Membership | None:
    symbols = collect(document)
    table = symbols.membership
    if table is None:
        return None
    rows = {found: row.span for row in table.rows if (found := symbols.groups.find(row.group.text))}
    return Membership(cite(table.cites), rows, ClauseSets(symbols, collect_patches(symbols)))


def _pairs(written: object, shown: object) -> Iterator[tuple[tree.Node, tree.Node]]:
    """The nodes of two trees that say the same, side by side."""
    if isinstance(written, tuple) and isinstance(shown, tuple):
        for left, right in zip(written, shown, strict=False):
            yield from _pairs(left, right)
    elif isinstance(written, tree.Node) and type(written) is type(shown):
        assert isinstance(shown, tree.Node)
        yield written, shown
        for part in fields(written):
            yield from _pairs(getattr(written, part.name), getattr(shown, part.name))
