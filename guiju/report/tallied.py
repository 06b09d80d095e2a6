"""What an explanation says of a count: how its clauses came out, and what says that just these are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.compiler.ir import Tally
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node
from guiju.report.branch import Branch, Place
from guiju.report.heads import Heads
from guiju.report.otherwise_counted import otherwise_counted
from guiju.report.words import plain

_VERDICTS = ("satisfied", "unsatisfied", "not-applicable", "unknown")


class Tallied:
    """Says of the counts of an assessment, in one language, what they count."""

    def __init__(self, assessment: Assessment, heads: Heads, language: Language) -> None:
        self._a, self._heads, self._language = assessment, heads, language
        self._table = heads.policy.membership

    def head(self, node: Node) -> str:
        """How many clauses came out how."""
        counts = Counter(plain(self._a.values[index]) for index in node.operands)
        text = ", ".join(f"{counts[verdict]} {self._heads.word(verdict)}" for verdict in _VERDICTS if counts[verdict])
        if not text:
            return self._heads.word("no-clause")
        return self._heads.word("counted-in-all", number=len(node.operands), verdicts=text)

    def where(self, node: Node) -> Place:
        """The rows of the table of membership that say which clauses are counted; nothing where no row does."""
        table, level = self._table, self._level_of(node)
        if table is None or level is None:
            return Place()
        groups = dict.fromkeys(self._a.program.clause[leaf].group for leaf in _leaves(node))
        sections = [group for group in groups if group in table.rows]
        if not sections:
            return Place()
        listed = f"{sections[0]}~{sections[-1]}" if len(sections) > 2 else ", ".join(sections)
        below = self._below(node, level)
        cells = self._heads.word("without-level", level=level, below=below) if below else level
        spans = sorted((table.rows[s] for s in sections), key=lambda span: span.start)
        return self._heads.cited(f"{table.cites}: {listed} {cells}".removeprefix(": "), spans[0], spans[-1])

    def by_reading(self, node: Node) -> Iterator[Branch]:
        """Clauses that another option of a reading would not count here."""
        if not isinstance(node.subject, Tally):
            return
        for reading, leaves in otherwise_counted(self._a.program, node.subject, self._a.readings):
            found = next(r for r in self._a.program.readings if r.id == reading)
            option = next(o for o in found.options if o.id == self._a.readings[reading])
            name = self._heads.reading(reading)
            for leaf in leaves:
                printed = self._a.program.clause[leaf].printed
                said = f"{printed}: {self._heads.word('counted-by-reading', reading=name)}"
                yield Branch(said, f"reading:{reading}", place=self._heads.cited(found.cites, option.span))

    def _below(self, node: Node, level: str) -> str | None:
        """The level below, where only what is new is counted."""
        levels = [x.id for x in self._a.program.levels]
        is_new = isinstance(node.subject, Tally) and node.subject.new
        return levels[levels.index(level) - 1] if is_new and levels.index(level) else None

    def _level_of(self, node: Node) -> str | None:
        """The level at which a count is taken: the one it names, or else that of its score."""
        named = {name: x.id for x in self._a.program.levels for name in (x.id, *x.aliases)}
        words = node.subject.span.text.split() if isinstance(node.subject, Tally) else []
        return next((named[w] for w in reversed(words) if w in named), node.owner.level if node.owner else None)


def _leaves(node: Node) -> list[str]:
    return [leaf for item in node.subject.items for leaf in item] if isinstance(node.subject, Tally) else []
