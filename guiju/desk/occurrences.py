"""Document and symbols -> every place that speaks of something with a name or a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from guiju.compiler.clauses import ClauseNode
from guiju.compiler.symbols import SCORE, Symbols
from guiju.compiler.walk import nodes
from guiju.desk.things import Occurrence, Thing, ThingKind
from guiju.dsl import tree
from guiju.dsl.source import Span

#: where a word stands as a name inside a span
Spots: TypeAlias = Callable[[str, Span], tuple[Span, ...]]


def occurrences(document: tree.Document, symbols: Symbols, spots: Spots) -> tuple[Occurrence, ...]:
    """All of a document, in the order of the text. What nothing declares is spoken of nowhere."""
    found = dict.fromkeys(_Finder(symbols, spots).all(document))
    return tuple(sorted(found, key=lambda o: (o.span.start, o.span.end)))


class _Finder:
    def __init__(self, symbols: Symbols, spots: Spots) -> None:
        self._s, self._spots = symbols, spots
        self._node = {id(n.declaration): n for n in symbols.clauses.by_id.values()}

    def all(self, document: tree.Document) -> Iterator[Occurrence]:
        for declaration in document.declarations:
            yield from self._declaration(declaration)

    # --- declarations --------------------------------------------------------------------------------------------

    def _declaration(self, d: tree.Declaration) -> Iterator[Occurrence]:
        match d:
            case tree.UseDecl():
                yield Occurrence(d.name.span, (Thing("vocabulary", d.name.text),))
                facts = (p.values[0] for p in d.properties if p.values and isinstance(p.values[0], tree.Name))
                yield from (o for fact in facts for o in self._name(fact, "value"))
            case tree.InputDecl() | tree.FactDecl() | tree.LetDecl():
                yield from self._value(d)
            case tree.GroupsDecl():
                for kind in d.kinds:
                    yield from _declared(Thing("kind", kind.name.text), kind.name, kind.aliases)
            case tree.LevelsDecl():
                for level in d.levels:
                    yield from _declared(Thing("level", level.name.text), level.name, level.aliases)
            case tree.GroupDecl():
                yield from self._group(d)
                return  # its citations are gone through with it
            case tree.MembershipDecl():
                yield from self._membership(d)
            case tree.ScoreDecl():
                yield from self._score(d)
            case tree.WeightsDecl():
                yield from self._weights(d)
            case tree.GradeDecl():
                yield from self._grade(d)
            case tree.ReadingDecl():
                yield from self._reading(d)
            case tree.RecordDecl():
                thing = Thing("record", d.name.text, d.kind.text)
                yield Occurrence(d.name.span, (thing,), declares=True)
                yield from self._cells(d)
            case tree.CrosswalkDecl():
                for row in d.rows:
                    yield from (o for item in row.clauses for o in self._item(item, None))
            case tree.ExampleDecl():
                yield from (o for line in d.lines for o in self._example_line(line))
            case tree.ItemDecl():
                pass
        yield from self._citations(d)

    def _value(self, d: tree.InputDecl | tree.FactDecl | tree.LetDecl) -> Iterator[Occurrence]:
        name = d.name.text
        yield from _declared(Thing("value", name), d.name, d.aliases)
        if isinstance(d, tree.LetDecl):
            yield from self._expression(d.value, None)
            return
        if isinstance(d, tree.FactDecl) and d.formula:
            yield from self._expression(d.formula, None)
        options = d.type.options if isinstance(d.type, tree.ChoiceType) else ()
        for option in options:
            yield Occurrence(option.span, (Thing("option", option.text, name),), declares=True)
        for described in d.options:
            thing = Thing("option", described.name.text, name)
            yield Occurrence(described.name.span, (thing,))
            yield from (Occurrence(a.span, (thing,), declares=True, is_alias=True) for a in described.aliases)

    def _group(self, d: tree.GroupDecl) -> Iterator[Occurrence]:
        yield from self._name(d.kind, "kind")
        yield from _declared(Thing("group", d.name.text), d.name, d.aliases)
        yield from self._cited(d.cites)
        for clause in d.clauses:
            yield from self._clause(clause, d.name.text)
        for group in d.groups:
            yield from self._group(group)

    def _clause(self, d: tree.ClauseDecl, group: str) -> Iterator[Occurrence]:
        node = self._node.get(id(d))
        if node is not None:
            start = d.span.start + (d.span.text.index(d.mark) if not d.is_item and d.mark in d.span.text else 0)
            length = len(d.mark) if d.mark != "-" else len(d.span.text) - len(d.span.text.lstrip("-—－"))
            span = Span(d.span.source, start, start + length)
            yield Occurrence(span, (Thing("clause", node.id),), declares=True)
        for expression in (d.condition, d.applies):
            if expression is not None and not isinstance(expression, tree.Attested):
                yield from self._expression(expression, group)
        yield from self._cited(d.cites)
        for child in d.children:
            yield from self._clause(child, group)

    # --- tables --------------------------------------------------------------------------------------------------

    def _membership(self, d: tree.MembershipDecl) -> Iterator[Occurrence]:
        if d.header:
            yield from self._name(d.header[0], "kind")
        yield from (o for name in d.header[1:] for o in self._name(name, "level"))
        for row in d.rows:
            yield from self._name(row.group, "group")
            group = self._s.groups.find(row.group.text)
            yield from (o for cell in row.cells for item in cell.items for o in self._item(item, group))

    def _weights(self, d: tree.WeightsDecl) -> Iterator[Occurrence]:
        owner = self._s.values.find(d.header[0].text) if d.header else None
        if d.header:
            yield from self._name(d.header[0], "value") if owner else self._name(d.header[0], "kind")
        yield from (o for name in d.header[1:] for o in self._name(name, "group"))
        for row in d.rows:
            yield from self._key(row.key, owner)
            yield from (o for cell in row.cells if cell for o in self._expression(cell, None))

    def _key(self, key: tree.Name, owner: str | None) -> Iterator[Occurrence]:
        """The first cell of a row of weights: an option of the input, or a group."""
        if owner is None:
            yield from self._name(key, "group")
        elif option := self._option(owner, key.text):
            yield Occurrence(key.span, (Thing("option", option, owner),))

    def _grade(self, d: tree.GradeDecl) -> Iterator[Occurrence]:
        yield Occurrence(d.name.span, (Thing("grade", d.name.text),), declares=True)
        if family := self._family(d.by.text):
            yield Occurrence(d.by.span, (family,))
        for row in d.rows:
            yield from self._name(row.result, "level")
            if row.condition:
                yield from self._expression(row.condition, None)

    # --- scores --------------------------------------------------------------------------------------------------

    def _score(self, d: tree.ScoreDecl) -> Iterator[Occurrence]:
        if d.name:
            yield Occurrence(d.name.span, (Thing("family", d.name.text),), declares=True)
        if d.kind:
            taken = d.name.span if d.name else None
            yield from self._spot(d.kind, "kind", (s for s in self._spots(d.kind, d.span) if s != taken))
        if d.formula:
            yield from self._expression(d.formula, None)
        for block in d.blocks:
            yield from self._block(block)

    def _block(self, block: tree.ScoreBlock) -> Iterator[Occurrence]:
        head = block.span if block.gate is None else _before(block.span, block.gate.span)
        if block.level:
            yield from self._spot(block.level, "level", self._spots(block.level, head))
        if block.gate:
            yield from self._expression(block.gate, None)
        if block.carried_from and block.gate:
            behind = Span(block.span.source, block.gate.span.end, block.span.end)
            yield from self._spot(block.carried_from, "level", self._spots(block.carried_from, behind))
        for row in block.rows:
            yield from self._expression(row.value, None)
            if row.condition:
                yield from self._expression(row.condition, None)

    # --- readings ------------------------------------------------------------------------------------------------

    def _reading(self, d: tree.ReadingDecl) -> Iterator[Occurrence]:
        yield Occurrence(d.name.span, (Thing("reading", d.name.text),), declares=True)
        for option in d.options:
            thing = Thing("choice", option.name.text, d.name.text)
            yield Occurrence(option.name.span, (thing,), declares=True)
            yield from (o for patch in option.patches for o in self._patch(patch))

    def _patch(self, p: tree.Patch) -> Iterator[Occurrence]:
        match p:
            case tree.PatchMembership():
                yield from self._name(p.group, "group")
                behind = Span(p.span.source, p.group.span.end, p.span.end)
                yield from self._spot(p.level, "level", self._spots(p.level, behind))
                group = self._s.groups.find(p.group.text)
                yield from (o for item in p.cell.items for o in self._item(item, group))
            case tree.PatchRequires() | tree.PatchModality() | tree.PatchApplies() | tree.PatchOneItem():
                yield from self._item(p.clause, None)
                condition = None if isinstance(p, tree.PatchModality | tree.PatchOneItem) else p.condition
                node = self._s.clauses.find(p.clause, None)
                if condition is not None and not isinstance(condition, tree.Attested):
                    yield from self._expression(condition, node.group if node else None)
            case tree.PatchWeights():
                header = self._s.weights.header if self._s.weights else ()
                yield from self._key(p.key, self._s.values.find(header[0].text) if header else None)
                yield from (o for cell in p.cells if cell for o in self._expression(cell, None))
            case tree.PatchGrade():
                if p.grade:
                    yield Occurrence(p.grade.span, (Thing("grade", p.grade.text),))
                yield from (o for name in (p.row, p.result) if name for o in self._name(name, "level"))
                if p.condition:
                    yield from self._expression(p.condition, None)
            case tree.PatchGate():
                yield from self._patched_gate(p)
            case tree.NothingChanges() | tree.PatchItem():
                pass

    def _patched_gate(self, p: tree.PatchGate) -> Iterator[Occurrence]:
        head = _before(p.span, p.gate.span)
        if family := self._family(p.family):
            yield from (Occurrence(s, (family,)) for s in self._spots(p.family, head)[:1])
        if p.kind:
            yield from self._spot(p.kind, "kind", self._spots(p.kind, head))
        yield from self._spot(p.level, "level", self._spots(p.level, head)[-1:])
        yield from self._expression(p.gate, None)
        if p.carried_from:
            behind = Span(p.span.source, p.gate.span.end, p.span.end)
            yield from self._spot(p.carried_from, "level", self._spots(p.carried_from, behind))

    def _cells(self, d: tree.RecordDecl) -> Iterator[Occurrence]:
        """The cells of tables that a record speaks of."""
        cells = (v for p in d.properties for v in p.values if isinstance(v, tree.CellRef))
        for cell in cells:
            if cell.table == "membership":
                yield from self._spot(cell.row, "group", self._spots(cell.row, cell.span))
            if cell.column and cell.table == "membership":
                yield from self._spot(cell.column, "level", self._spots(cell.column, cell.span)[-1:])

    # --- examples ------------------------------------------------------------------------------------------------

    def _example_line(self, line: tree.GivenLine | tree.ExpectLine) -> Iterator[Occurrence]:
        if isinstance(line, tree.GivenLine):
            for given in line.givens:
                yield from self._given(given)
            return
        group = self._s.groups.find(line.group.text) if line.group else None
        if line.group:
            yield from self._name(line.group, "group")
        for expected in line.expectations:
            match expected:
                case tree.ExpectValue():
                    yield from self._values((*expected.operands, *expected.others), group)
                case tree.ExpectClauses():
                    yield from self._expression(expected.clauses, group)
                case tree.ExpectClause():
                    yield from self._item(expected.clause, group)

    def _given(self, given: tree.Given) -> Iterator[Occurrence]:
        match given:
            case tree.GivenValue():
                yield from self._name(given.name, "value")
                owner = tree.NameRef(text=given.name.text, span=given.name.span)
                yield from self._values((owner, *given.values), None)
            case tree.GivenReading():
                reading = given.reading.text
                declared = [r for r in self._s.readings if r.name.text == reading]
                if declared:
                    yield Occurrence(given.reading.span, (Thing("reading", reading),))
                if any(o.name.text == given.option.text for r in declared for o in r.options):
                    yield Occurrence(given.option.span, (Thing("choice", given.option.text, reading),))
            case tree.GivenClauses():
                yield from self._expression(given.clauses, None)
            case tree.GivenClause():
                yield from self._item(given.clause, None)

    def _values(self, values: Iterable[tree.Expr], group: str | None) -> Iterator[Occurrence]:
        """Values beside what they are the values of: options, levels and expressions."""
        listed = tuple(values)
        names = [v for v in listed if isinstance(v, tree.NameRef)]
        owner = next((v for n in names if (v := self._s.values.find(n.text)) in self._s.options), None)
        for value in listed:
            if isinstance(value, tree.NameRef) and self._s.levels.find(value.text):
                yield from self._spot(value.text, "level", (value.span,))
            elif isinstance(value, tree.NameRef) and value.text in self._s.grades:
                yield Occurrence(value.span, (Thing("grade", value.text),))
            elif isinstance(value, tree.NameRef):
                yield from self._reference(value, owner)
            else:
                yield from self._expression(value, group)

    # --- expressions ---------------------------------------------------------------------------------------------

    def _expression(self, expression: tree.Expr | tree.ClauseSet, group: str | None) -> Iterator[Occurrence]:
        compared = {id(n): o for n, o in self._options_in(expression)}
        for node in nodes(expression):
            match node:
                case tree.NameRef():
                    yield from self._reference(node, compared.get(id(node)))
                case tree.AtLevel():
                    if family := self._family(node.name):
                        yield from (Occurrence(s, (family,)) for s in self._spots(node.name, node.span)[:1])
                    yield from self._spot(node.level, "level", self._spots(node.level, node.span)[-1:])
                case tree.ClauseSet():
                    yield from (o for item in (*node.of, *node.excepted) for o in self._item(item, group))
                    if node.level:
                        yield from self._spot(node.level, "level", self._spots(node.level, node.span)[-1:])
                case tree.ClauseIs():
                    yield from self._item(node.clause, group)
                case tree.Aggregate():
                    yield from self._spot(node.kind, "kind", self._spots(node.kind, node.span)[-1:])
                case tree.EveryScores():
                    yield from self._every(node)

    def _every(self, node: tree.EveryScores) -> Iterator[Occurrence]:
        kinds = self._spots(node.kind, node.span)
        yield from self._spot(node.kind, "kind", kinds)
        if node.within:
            yield from self._spot(node.within, "kind", self._spots(node.within, node.span)[-1:])
        for level in dict.fromkeys(level for _, level in node.values):
            for span in self._spots(level, node.span):
                yield from self._spot(level, "level", (span,))

    def _options_in(self, expression: tree.Expr | tree.ClauseSet) -> Iterator[tuple[tree.Node, str]]:
        """The operands that stand beside a value with options, with that value."""
        for node in nodes(expression):
            if isinstance(node, tree.Compare | tree.Contains):
                operands = node.operands if isinstance(node, tree.Compare) else (node.element, node.collection)
                names = [o for o in operands if isinstance(o, tree.NameRef)]
                owners = [v for n in names if (v := self._s.values.find(n.text)) in self._s.options]
                yield from ((n, owners[0]) for n in names if owners and self._s.values.find(n.text) != owners[0])

    def _reference(self, node: tree.NameRef, owner: str | None) -> Iterator[Occurrence]:
        option = self._option(owner, node.text) if owner else None
        if option and owner:
            yield Occurrence(node.span, (Thing("option", option, owner),))
        elif value := self._s.values.find(node.text):
            yield Occurrence(node.span, (Thing("value", value),))
        elif family := self._family(node.text):
            yield Occurrence(node.span, (family,))

    # --- references ----------------------------------------------------------------------------------------------

    def _item(self, item: tree.ClauseItem, group: str | None) -> Iterator[Occurrence]:
        match item:
            case tree.AllClauses():
                if things := _clauses(self._s.clauses.tops.get(group or "", ())):
                    yield Occurrence(item.span, things, is_indirect=True)
            case tree.ClauseRange():
                inside, _ = self._s.clauses.range(item, group)
                if inside:
                    yield Occurrence(item.span, _clauses(inside), is_indirect=True)
                    yield Occurrence(item.first.span, (Thing("clause", inside[0].id),))
                    yield Occurrence(item.last.span, (Thing("clause", inside[-1].id),))
            case tree.ClauseRef():
                yield from self._clause_reference(item, group)

    def _clause_reference(self, item: tree.ClauseRef, group: str | None) -> Iterator[Occurrence]:
        node = self._s.clauses.find(item, group)
        named = self._s.groups.find(item.section or "")
        if node is not None:
            yield Occurrence(item.span, (Thing("clause", node.id),))
            if node.children:
                yield Occurrence(item.span, _clauses(node.children), is_indirect=True)
        elif named and not item.marks:
            yield Occurrence(item.span, (Thing("group", named),))
            if things := _clauses(n for inner in self._inside(named) for n in self._s.clauses.tops.get(inner, ())):
                yield Occurrence(item.span, things, is_indirect=True)

    def _inside(self, group: str) -> Iterator[str]:
        """A group and those in it."""
        yield group
        yield from (i for g in self._s.group_list if g.parent == group for i in self._inside(g.id))

    def _citations(self, d: tree.Declaration) -> Iterator[Occurrence]:
        for node in nodes(d):
            if isinstance(node, tree.Citation):
                yield from self._cited(node)

    def _cited(self, citation: tree.Citation | None) -> Iterator[Occurrence]:
        """The clauses of this standard that a citation names."""
        if citation is not None and citation.document is None:
            yield from (o for place in citation.places if place.clause for o in self._item(place.clause, None))

    # --- names ---------------------------------------------------------------------------------------------------

    def _name(self, name: tree.Name, kind: ThingKind) -> Iterator[Occurrence]:
        yield from self._spot(name.text, kind, (name.span,))

    def _spot(self, word: str, kind: ThingKind, spans: Iterable[Span]) -> Iterator[Occurrence]:
        """The first of some places, as one of a thing of a kind, if there is such a thing."""
        spaces = {"value": self._s.values, "kind": self._s.kinds, "level": self._s.levels, "group": self._s.groups}
        id_ = spaces[kind].find(word)
        span = next(iter(spans), None)
        if id_ is not None and span is not None:
            yield Occurrence(span, (Thing(kind, id_),))

    def _option(self, owner: str, word: str) -> str | None:
        return self._s.options[owner].find(word) if owner in self._s.options else None

    def _family(self, word: str) -> Thing | None:
        is_known = word != SCORE and any(name == word for name, _ in self._s.families)
        return Thing("family", word) if is_known else None


def _declared(thing: Thing, name: tree.Name, aliases: tuple[tree.Name, ...]) -> Iterator[Occurrence]:
    yield Occurrence(name.span, (thing,), declares=True)
    yield from (Occurrence(alias.span, (thing,), declares=True, is_alias=True) for alias in aliases)


def _clauses(inside: Iterable[ClauseNode]) -> tuple[Thing, ...]:
    """Some clauses and all below them."""
    return tuple(t for n in inside for t in (Thing("clause", n.id), *_clauses(n.children)))


def _before(whole: Span, part: Span) -> Span:
    return Span(whole.source, whole.start, part.start)
