"""Document -> its outline: the standard's own tree of groups and clauses, and the other declarations in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guiju.compiler.names import text_of
from guiju.desk.extent import extent
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Span

EntryKind: TypeAlias = Literal[
    "standard",
    "fact",
    "input",
    "let",
    "kinds",
    "levels",
    "group",
    "clause",
    "table",
    "score",
    "reading",
    "record",
    "example",
]


@dataclass(frozen=True)
class Entry:
    """A line of the outline: its name as the standard prints it, its label, all that belongs to it, and its head."""

    kind: EntryKind
    name: str
    label: str
    span: Span
    head: Span
    below: tuple[Entry, ...] = ()


def outline(document: tree.Document, language: Language) -> tuple[Entry, ...]:
    """The outline, its labels in one language."""
    writer = _Outline(language)
    head = (document.standard,) if document.standard else ()
    return tuple(writer.entry(node) for node in (*head, *document.declarations))


class _Outline:
    def __init__(self, language: Language) -> None:
        self._language = language

    def entry(self, d: tree.StandardDecl | tree.Declaration) -> Entry:
        match d:
            case tree.StandardDecl():
                return self._made("standard", d.name.text, d.label, d)
            case tree.FactDecl() | tree.InputDecl() | tree.LetDecl():
                kinds: dict[type, EntryKind] = {tree.FactDecl: "fact", tree.InputDecl: "input", tree.LetDecl: "let"}
                return self._made(kinds[type(d)], d.name.text, d.label, d)
            case tree.GroupDecl():
                below = (*(self.entry(g) for g in d.groups), *self._clauses(d.clauses))
                return self._made("group", f"{d.kind.text} {d.name.text}", d.label, d, below)
            case tree.LevelsDecl():
                below = tuple(self._made("levels", x.name.text, x.label, x) for x in d.levels)
                return self._made("levels", self._first_word(d), None, d, below)
            case tree.ScoreDecl():
                blocks = tuple(self._made("score", b.level, None, b) for b in d.blocks if b.level)
                name = " ".join(x for x in (d.name.text if d.name else self._first_word(d), d.kind) if x)
                return self._made("score", name, d.label, d, blocks)
            case tree.GradeDecl():
                return self._made("table", d.name.text, d.label, d)
            case tree.CrosswalkDecl():
                return self._made("table", d.standard.text, d.label, d)
            case tree.ReadingDecl():
                options = tuple(self._made("reading", o.name.text, o.label, o) for o in d.options)
                return self._made("reading", d.name.text, d.label, d, options)
            case tree.RecordDecl():
                return self._made("record", f"{d.kind.text} {d.name.text}", d.label, d)
            case tree.ExampleDecl():
                return self._made("example", d.name, None, d)
            case tree.UseDecl():
                return self._made("fact", d.name.text, None, d)
            case tree.GroupsDecl():
                return self._made("kinds", " > ".join(k.name.text for k in d.kinds), None, d)
            case tree.MembershipDecl() | tree.WeightsDecl() | tree.ItemDecl():
                return self._made("table", self._first_word(d), None, d)

    def _clauses(self, clauses: Iterable[tree.ClauseDecl]) -> tuple[Entry, ...]:
        return tuple(
            self._made("clause", f"-{n}" if c.mark == "-" else c.mark, c.label, c, self._clauses(c.children))
            for n, c in enumerate(clauses, 1)
        )

    def _made(
        self, kind: EntryKind, name: str, label: tree.Label | None, node: tree.Node, below: tuple[Entry, ...] = ()
    ) -> Entry:
        said = text_of(label, "").in_language(self._language)
        return Entry(kind, name, said, extent(node), node.span, below)

    @staticmethod
    def _first_word(d: tree.Node) -> str:
        return d.span.text.split(maxsplit=1)[0]
