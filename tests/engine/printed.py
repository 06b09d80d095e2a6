"""What a policy prints, out of its syntax tree: names, clauses and tables as dictionaries, under one option of each reading.

A reading is its patches pasted over what is printed. Nothing is worked out here but what a reference stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from guiju.dsl import tree

D = TypeVar("D")


class Where(NamedTuple):
    """Where an expression stands: in a group, at a level, below the `over each` that goes over a weighted group."""

    group: str | None = None
    level: str | None = None
    weighted: str | None = None


@dataclass
class Clause:
    """A clause with its id, as the section on references gives it."""

    id: str
    group: str
    modality: str | None
    printed: tree.ClauseDecl
    parent: Clause | None
    children: list[Clause] = field(default_factory=list)
    is_item: bool = False  # of a clause with others below it: whether its own statement is a requirement, too
    is_whole: bool = False  # whether it is one item with all that is below it

    @property
    def leaves(self) -> list[Clause]:
        """The requirements at or below this clause."""
        own = [self] if self.is_item or not self.children else []
        return own + [leaf for child in self.children for leaf in child.leaves]

    @property
    def top(self) -> Clause:
        """The outermost clause above this one, or itself."""
        return self.parent.top if self.parent else self

    @property
    def counted(self) -> Clause:
        """The outermost clause at or above this one that is one item with all below it, or itself."""
        above = self.parent.counted if self.parent else self
        return above if above.is_whole else self

    def inherit(self, modality: str | None) -> None:
        """Hand down a modality to the clauses below that state none."""
        self.modality = self.modality or modality
        for child in self.children:
            child.inherit(self.modality)


class Printed:
    """A policy as dictionaries, under one option of each reading."""

    def __init__(
        self, document: tree.Document, vocabularies: Mapping[str, tree.Document], readings: Mapping[str, str]
    ) -> None:
        used = [vocabularies[d.name.text] for d in document.declarations if isinstance(d, tree.UseDecl)]
        self._declarations = [d for one in (document, *used) for d in one.declarations]
        self.facts = {d.name.text: d for d in self._all(tree.FactDecl)}
        self.inputs = {d.name.text: d for d in self._all(tree.InputDecl)}
        self.lets = {d.name.text: d for d in self._all(tree.LetDecl)}
        self.values = aliases([*self.facts.values(), *self.inputs.values(), *self.lets.values()])
        self.options = {d.name.text: options(d) for d in self._all(tree.FactDecl) + self._all(tree.InputDecl)}
        self.kinds = aliases([kind for d in self._all(tree.GroupsDecl) for kind in d.kinds])
        levels = [level for d in self._all(tree.LevelsDecl) for level in d.levels]
        self.levels, self.level = [level.name.text for level in levels], aliases(levels)
        self.groups: dict[str, tree.GroupDecl] = {}
        self.above: dict[str, str | None] = {}  # the group that a group stands in
        self.clauses: dict[str, Clause] = {}
        self.tops: dict[str, list[Clause]] = {}
        for group in self._all(tree.GroupDecl):
            self._group(group, None)
        self.named = aliases(self.groups.values())  # groups by all their names
        self.scores = {(d.name.text if d.name else "score", self.kind(d.kind)): d for d in self._all(tree.ScoreDecl)}
        self.grades = {d.name.text: d for d in self._all(tree.GradeDecl)}
        self._what_readings_patch()
        for reading in self._all(tree.ReadingDecl):
            wanted = readings.get(reading.name.text) or next(o.name.text for o in reading.options if o.default)
            for patch in next(o for o in reading.options if o.name.text == wanted).patches:
                self._paste(patch)
        for top in (top for tops in self.tops.values() for top in tops):
            top.inherit(None)
        self.counting: dict[str, set[str]] = {level: set() for level in self.levels}
        for (row, level), items in self.cells.items():
            self.counting[level] |= {leaf.id for leaf in self.referred(items, row)}

    def _all(self, kind: type[D]) -> list[D]:
        return [d for d in self._declarations if isinstance(d, kind)]

    def kind(self, name: str | None) -> str | None:
        """A kind of group by any of its names; None: the whole subject."""
        return self.kinds[name] if name else None

    def kind_of(self, group: str | None) -> str | None:
        """The kind of a group."""
        return self.kinds[self.groups[group].kind.text] if group else None

    def _group(self, group: tree.GroupDecl, above: str | None) -> None:
        name = group.name.text
        self.groups[name], self.above[name] = group, above
        self.tops[name] = [self._clause(c, i, name, None) for i, c in enumerate(group.clauses, 1)]
        for inner in group.groups:
            self._group(inner, name)

    def _clause(self, printed: tree.ClauseDecl, number: int, group: str, parent: Clause | None) -> Clause:
        base, mark = parent.id if parent else group, printed.mark
        listed = f"{base}-{number}" if mark == "-" else f"{base}.{mark.rstrip(')')}"
        id_ = listed if printed.is_item else mark
        clause = Clause(id_, group, printed.modality, printed, parent)
        self.clauses[id_] = clause
        clause.children = [self._clause(c, i, group, clause) for i, c in enumerate(printed.children, 1)]
        return clause

    def _what_readings_patch(self) -> None:
        self.condition = {clause.id: clause.printed.condition for clause in self.clauses.values()}
        self.applies = {clause.id: clause.printed.applies for clause in self.clauses.values()}
        self.item = next((d.unit for d in self._all(tree.ItemDecl)), "leaf")
        self.membership = next(iter(self._all(tree.MembershipDecl)), None)
        self.cells = {
            (self.named[row.group.text], self.level[column.text]): cell.items
            for table in self._all(tree.MembershipDecl)
            for row in table.rows
            for column, cell in zip(table.header[1:], row.cells, strict=True)
        }
        self.weights = next(iter(self._all(tree.WeightsDecl)), None)
        head = self.weights.header[0].text if self.weights else ""
        self.weighing = self.values.get(head)  # the input that weights go by, if they do not go by group
        self.weight_rows = {self._key(row.key): row.cells for row in (self.weights.rows if self.weights else ())}
        self.gates = {
            (name, kind, self.level[block.level]): (block.gate, block.carried_from)
            for (name, kind), score in self.scores.items()
            for block in score.blocks
            if block.level is not None
        }
        rows = {name: [r for r in grade.rows if r.condition is not None] for name, grade in self.grades.items()}
        self.grade_rows = {name: [(self.result(r.result), r.condition) for r in rs] for name, rs in rows.items()}
        others = {name: [r for r in grade.rows if r.condition is None] for name, grade in self.grades.items()}
        self.grade_otherwise = {name: self.result(rs[0].result) if rs else "undefined" for name, rs in others.items()}

    def _key(self, key: tree.Name) -> str:
        return (self.options[self.weighing] if self.weighing else self.named)[key.text]

    def result(self, name: tree.Name) -> str:
        """What a row of a grade gives: a level by any of its names, or a word of its own."""
        return self.level.get(name.text, name.text)

    def _paste(self, patch: tree.Patch) -> None:
        """An option of a reading: another text in one place."""
        match patch:
            case tree.PatchMembership():
                self.cells[self.named[patch.group.text], self.level[patch.level]] = patch.cell.items
            case tree.PatchRequires():
                clause = self.find(patch.clause, None)
                self.condition[clause.id], clause.is_item = patch.condition, True
            case tree.PatchApplies():
                self.applies[self.find(patch.clause, None).id] = patch.condition
            case tree.PatchWeights():
                self.weight_rows[self._key(patch.key)] = patch.cells
            case tree.PatchGate():
                place = (patch.family, self.kind(patch.kind), self.level[patch.level])
                self.gates[place] = (patch.gate, patch.carried_from)
            case tree.PatchModality():
                self.find(patch.clause, None).modality = patch.modality
            case tree.PatchItem():
                self.item = patch.unit
            case tree.PatchOneItem():
                self.find(patch.clause, None).is_whole = True
            case tree.PatchGrade():
                self._paste_grade(patch)

    def _paste_grade(self, patch: tree.PatchGrade) -> None:
        named = [patch.grade.text] if patch.grade else list(self.grades)
        if patch.row is None:
            assert patch.result is not None
            self.grade_otherwise[named[0]] = self.result(patch.result)
            return
        row = self.result(patch.row)
        grade = next(name for name in named if any(result == row for result, _ in self.grade_rows[name]))
        old = self.grade_rows[grade]
        self.grade_rows[grade] = [(result, patch.condition if result == row else c) for result, c in old]

    # --- references and sets of clauses ---------------------------------------------------------------------------

    def find(self, reference: tree.ClauseRef, group: str | None) -> Clause:
        """The clause of a reference that stands in a group."""
        return self.clauses[".".join([reference.section or group or "", *reference.marks])]

    def referred(self, items: Iterable[tree.ClauseItem], group: str | None) -> list[Clause]:
        """The leaves of some references that stand in a group, in the order of the text."""
        found = {leaf.id for item in items for leaf in self._item(item, group)}
        return [clause for clause in self.clauses.values() if clause.id in found]

    def _item(self, item: tree.ClauseItem, group: str | None) -> list[Clause]:
        if isinstance(item, tree.AllClauses):
            return self.below(group)
        if isinstance(item, tree.ClauseRange):
            return self._range(item, group)
        if not item.marks and item.section in self.named:
            return self.below(self.named[item.section])
        try:
            return self.find(item, group).leaves
        except KeyError:  # a mistake of the table that a reading or a record names
            return []

    def _range(self, item: tree.ClauseRange, group: str | None) -> list[Clause]:
        """From the first to the last; the last gives only what differs. Where it does not exist: to the end."""
        start, last = self.find(item.first, group), item.last
        if last.section in (None, item.first.section):
            lent = item.first.marks[: max(0, len(item.first.marks) - len(last.marks))]
            last = tree.ClauseRef(section=item.first.section, marks=(*lent, *last.marks), span=last.span)
        beside = start.parent.children if start.parent else self.tops[start.group]
        ids = [clause.id for clause in beside]
        end = ".".join([last.section or group or "", *last.marks])
        until = ids.index(end) if end in ids else len(ids) - 1
        return [leaf for clause in beside[ids.index(start.id) : until + 1] for leaf in clause.leaves]

    def below(self, group: str | None) -> list[Clause]:
        """Every leaf at or below a group; None: of the whole standard."""
        inside = (c for c in self.clauses.values() if c.is_item or not c.children)
        return [c for c in inside if group in (None, *self.chain(c.group))]

    def chain(self, group: str | None) -> list[str]:
        """A group, the one that it stands in, and so on outwards."""
        return [group, *self.chain(self.above[group])] if group else []

    def groups_below(self, kind: str, group: str | None) -> list[str]:
        """The groups of a kind at or below a group; None: all of them."""
        return [g for g in self.groups if self.kind_of(g) == kind and group in (None, *self.chain(g))]

    def counts_at(self, leaf: Clause, level: str) -> bool:
        """Whether a clause counts at a level: some row of the membership table has it there."""
        return leaf.id in self.counting[level]

    def items(self, wanted: tree.ClauseSet, where: Where) -> list[list[Clause]]:
        """A set of clauses as requirement items, each with its leaves."""
        leaves = self.referred(wanted.of, where.group) if wanted.of else self.below(where.group)
        excepted = self.referred(wanted.excepted, where.group)
        leaves = [leaf for leaf in leaves if leaf not in excepted]
        leaves = [leaf for leaf in leaves if wanted.modality in (None, leaf.modality)]
        level = self.level[wanted.level] if wanted.level else where.level
        if level is not None and self.membership is not None:
            leaves = [leaf for leaf in leaves if self.counts_at(leaf, level)]
            lower = self.levels[: self.levels.index(level)][-1:]
            if wanted.new and lower:
                leaves = [leaf for leaf in leaves if not self.counts_at(leaf, lower[0])]
        counted = {leaf.id: (leaf.counted if self.item == "leaf" else leaf.top).id for leaf in leaves}
        return [[leaf for leaf in leaves if counted[leaf.id] == one] for one in dict.fromkeys(counted.values())]


def aliases(declared: Iterable[Any]) -> dict[str, str]:
    """Everything that some declarations are called, and what it stands for."""
    return {word.text: d.name.text for d in declared for word in (d.name, *d.aliases)}


def options(declared: tree.FactDecl | tree.InputDecl) -> dict[str, str]:
    """The options of an enumeration by all their names; none of what is no enumeration."""
    named = declared.type.options if isinstance(declared.type, tree.ChoiceType) else ()
    return {name.text: name.text for name in named} | aliases(declared.options)
