"""Document -> canonical text: two spaces a level, plain punctuation, tables in columns, comments kept.

`parse(format(x)) == x`, and a text formatted to one language and back is the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from wcwidth import wcswidth

from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.example_writer import ExampleWriter
from guiju.dsl.expressions import ExpressionWriter
from guiju.dsl.keywords import RELATIONS, RESULTS, UNDEFINED, UNIT_WORDS, VALUES, WORDS, language_of, localised
from guiju.dsl.naming import naming


def format_document(
    document: tree.Document,
    language: Language | None = None,
    shared: tuple[tree.FactDecl, ...] = (),
    *,
    as_placed: bool = False,
) -> str:
    """The canonical text of a document. Without a language, keywords are in the one it is mostly written in.

    `shared`: facts of vocabularies, whose names are turned as well where a report shows them. `as_placed`: the line
    of the standard stays where it was typed, and is not put first.
    """
    chosen = language or language_of(document.span.source.policy) or "en"
    writer = _Writer(ExpressionWriter(chosen, naming(document, language, shared)))
    return writer.document(document, as_placed=as_placed)


def _joined(*parts: str | None) -> str:
    return " ".join(p for p in parts if p)


def _comment(text: str) -> str:
    """A comment behind its sign; `##`, `#!` and rules of `#` stay as they were typed."""
    return f"#{text}" if text[:1] in ("#", "＃", "!", " ") else f"# {text}".rstrip()


class _Writer:
    """Collects the lines of a document."""

    def __init__(self, inside: ExpressionWriter) -> None:
        self._x = inside
        self._word = inside.word
        self._lines: list[str] = []

    def document(self, document: tree.Document, *, as_placed: bool) -> str:
        """All lines, each ended."""
        standard = document.standard
        ahead = [d for d in document.declarations if as_placed and standard and d.span.start < standard.span.start]
        for declaration in ahead:
            self._declaration(declaration)
        if standard:
            self._standard(standard)
        for declaration in document.declarations[len(ahead) :]:
            self._declaration(declaration)
        self._comments(0, document.comments_at_end)
        return "".join(f"{line}\n" for line in self._lines)

    def _line(self, depth: int, text: str, trivia: tree.Trivia) -> None:
        if trivia.blank_before:
            self._lines.append("")
        self._comments(depth, trivia.above)
        behind = "" if trivia.behind is None else f"  {_comment(trivia.behind)}"
        self._lines.append(f"{'  ' * depth}{text.rstrip()}{behind}")
        self._lines += [f"{'  ' * (depth + c.deeper)}{_comment(c.text)}" if c else "" for c in trivia.below]

    def _comments(self, depth: int, comments: tuple[str | None, ...]) -> None:
        self._lines += ["" if c is None else f"{'  ' * depth}{_comment(c)}" for c in comments]

    # --- declarations --------------------------------------------------------------------------------------------

    def _standard(self, node: tree.StandardDecl) -> None:
        head = self._word("VOCABULARY" if node.is_vocabulary else "STANDARD")
        self._line(0, _joined(head, node.name.text, self._label(node.label)), node.trivia)
        self._properties(1, node.properties)

    def _declaration(self, node: tree.Declaration) -> None:
        match node:
            case tree.InputDecl() | tree.FactDecl():
                self._value(node)
            case tree.GroupsDecl():
                kinds = " > ".join(_joined(k.name.text, self._aliases(k.aliases)) for k in node.kinds)
                self._line(0, _joined(self._word("GROUPS"), kinds, self._x.cites(node.cites)), node.trivia)
            case tree.LetDecl():
                head = f"{self._word('LET')} {node.name.text} = {self._x.expression(node.value)}"
                self._line(0, _joined(head, self._tail(node)), node.trivia)
            case tree.LevelsDecl():
                self._line(0, _joined(self._word("LEVELS"), self._x.cites(node.cites)), node.trivia)
                self._options(node.levels)
            case tree.GroupDecl():
                self._group(0, node)
            case tree.MembershipDecl() | tree.WeightsDecl():
                self._table(node)
            case tree.ItemDecl():
                unit = self._word(node.unit.upper())
                self._line(0, _joined(self._word("ITEM"), unit, self._x.cites(node.cites)), node.trivia)
            case tree.ScoreDecl():
                self._score(node)
            case tree.GradeDecl():
                self._grade(node)
            case tree.ReadingDecl():
                self._reading(node)
            case tree.RecordDecl():
                self._record(node)
            case tree.CrosswalkDecl():
                self._crosswalk(node)
            case tree.ExampleDecl():
                self._example(node)
            case tree.UseDecl():
                self._line(0, _joined(self._word("USE"), node.name.text, self._x.cites(node.cites)), node.trivia)
                self._properties(1, node.properties)
            case _:
                assert_never(node)

    def _value(self, node: tree.InputDecl | tree.FactDecl) -> None:
        head = f"{self._word('FACT' if isinstance(node, tree.FactDecl) else 'INPUT')} {node.name.text} :"
        formula = node.formula if isinstance(node, tree.FactDecl) else None
        computed = f"= {self._x.expression(formula)}" if formula is not None else ""
        self._line(0, _joined(head, self._type(node.type), computed, self._tail(node)), node.trivia)
        self._options(node.options)
        self._properties(1, node.properties)

    def _type(self, node: tree.TypeExpr) -> str:
        match node:
            case tree.UnitType():
                pure = node.unit in dict(UNIT_WORDS)
                return localised(node.unit, UNIT_WORDS, self._x.language) if pure else self._x.unit(node.unit)
            case tree.TruthType():
                return self._word("YES_NO")
            case tree.ChoiceType():
                head = self._word("SET_OF" if node.many else "ONE_OF")
                return f"{head} {' | '.join(o.text for o in node.options)}"
            case _:
                assert_never(node)

    def _tail(self, node: tree.InputDecl | tree.FactDecl | tree.LetDecl | tree.GroupDecl) -> str:
        return _joined(self._aliases(node.aliases), self._label(node.label), self._x.cites(node.cites))

    def _aliases(self, aliases: tuple[tree.Name, ...]) -> str:
        return " ".join(f"{self._word('ALIAS')} {a.text}" for a in aliases)

    def _label(self, label: tree.Label | None) -> str:
        return " / ".join(f'"{text}"' for text in label.texts) if label else ""

    def _options(self, nodes: Iterable[tree.OptionDecl | tree.LevelDecl]) -> None:
        for node in nodes:
            text = _joined(node.name.text, self._aliases(node.aliases), self._label(node.label))
            self._line(1, text, node.trivia)

    def _record(self, node: tree.RecordDecl) -> None:
        head = _joined(self._word("RECORD"), node.kind.text, node.name.text)
        self._line(0, _joined(head, self._label(node.label), self._x.cites(node.cites)), node.trivia)
        self._properties(1, node.properties)

    def _example(self, node: tree.ExampleDecl) -> None:
        proposed = self._word("PROPOSED") if node.proposed else ""
        head = _joined(self._word("EXAMPLE"), self._label(node.label), proposed, self._x.cites(node.cites))
        self._line(0, head, node.trivia)
        inside = ExampleWriter(self._x)
        for line in node.lines:
            self._line(1, inside.line(line), line.trivia)

    # --- properties ----------------------------------------------------------------------------------------------

    def _properties(self, depth: int, properties: tuple[tree.Property, ...]) -> None:
        for node in properties:
            key = localised(node.key, WORDS, self._x.language)
            self._line(depth, _joined(key, *(self._property_value(node.key, v) for v in node.values)), node.trivia)

    def _property_value(self, key: str, value: tree.PropertyValue) -> str:
        match value:
            case tree.Label():
                return self._label(value)
            case tree.Name():
                return localised(value.text, VALUES, self._x.language)
            case tree.Number():
                return self._x.number(value)
            case tree.Citation():
                return self._x.cites(value) if key == "counts" else self._x.places(value)
            case tree.CellRef():
                return self._cell(value)
            case _:
                assert_never(value)

    def _cell(self, cell: tree.CellRef) -> str:
        """The cell of a table: of which row is a group, a level or an option, and of which column, the table says."""
        row, column = cell.row, cell.column or ""
        match cell.table:
            case "membership":
                row, column = self._x.group(row), self._x.level(column)
            case "weights":
                row, column = self._weight_key(row), self._x.group(column)
            case "grade":
                row = self._x.level(row)
        return _joined(self._word(cell.table.upper()), row, column)

    # --- groups and clauses --------------------------------------------------------------------------------------

    def _group(self, depth: int, node: tree.GroupDecl) -> None:
        head = _joined(self._x.kind(node.kind.text), node.name.text, self._tail(node))
        self._line(depth, head, node.trivia)
        self._properties(depth + 1, node.properties)
        for group in node.groups:
            self._group(depth + 1, group)
        for clause in node.clauses:
            self._clause(depth + 1, clause)

    def _clause(self, depth: int, node: tree.ClauseDecl) -> None:
        modality = self._word(node.modality.upper()) if node.modality else ""
        applies = f"{self._word('APPLIES')} {self._x.expression(node.applies)}" if node.applies is not None else ""
        head = _joined(self._mark(node), modality, self._label(node.label), self._condition(node.condition))
        self._line(depth, _joined(head, applies, self._x.cites(node.cites)), node.trivia)
        self._properties(depth + 1, node.properties)
        for child in node.children:
            self._clause(depth + 1, child)

    def _mark(self, node: tree.ClauseDecl) -> str:
        return node.mark if node.is_item else f"{self._x.clause_word(one=True)} {node.mark}"

    def _condition(self, condition: tree.Attested | tree.Expr | None) -> str:
        if condition is None:
            return ""
        return self._word("ATTESTED") if isinstance(condition, tree.Attested) else self._x.expression(condition)

    # --- tables --------------------------------------------------------------------------------------------------

    def _columns(self, depth: int, rows: list[tuple[list[str], tree.Trivia]]) -> None:
        """Rows under one another, columns as wide as a terminal shows their widest cell."""
        widths = [max(map(_width, column)) for column in _transposed([cells for cells, _ in rows])]
        for cells, trivia in rows:
            padded = [cell + " " * (widths[i] - _width(cell)) for i, cell in enumerate(cells)]
            self._line(depth, " | ".join(padded), trivia)

    def _table(self, node: tree.MembershipDecl | tree.WeightsDecl) -> None:
        is_membership = isinstance(node, tree.MembershipDecl)
        head = _joined(self._word("MEMBERSHIP" if is_membership else "WEIGHTS"), self._x.cites(node.cites))
        self._line(0, head, node.trivia)
        first, *others = (n.text for n in node.header)
        column = self._x.level if is_membership else self._x.group
        corner = self._x.kind(first) if is_membership or first in self._x.naming.kinds else self._x.value(first)
        header = [corner, *(column(o) for o in others)]
        rows = [self._table_row(row) for row in node.rows]
        self._columns(1, [(header, node.header_trivia), *rows])

    def _table_row(self, row: tree.MembershipRow | tree.WeightRow) -> tuple[list[str], tree.Trivia]:
        if isinstance(row, tree.MembershipRow):
            return [self._x.group(row.group.text), *(self._x.items(c.items) for c in row.cells)], row.trivia
        return [self._weight_key(row.key.text), *map(self._weight, row.cells)], row.trivia

    def _weight(self, cell: tree.Expr | None) -> str:
        if isinstance(cell, tree.NameRef) and cell.text == UNDEFINED[0]:
            return localised(cell.text, RESULTS, self._x.language)
        return "" if cell is None else self._x.expression(cell)

    def _weight_key(self, text: str) -> str:
        """A row of the weight table: an option of an enumeration, or a group."""
        return self._x.naming.weight_rows.get(text, text)

    # --- scores and grades ---------------------------------------------------------------------------------------

    def _score(self, node: tree.ScoreDecl) -> None:
        name = node.name.text if node.name else None
        exclusive = self._word("EXACTLY_ONE_ROW") if node.exclusive else ""
        formula = f"= {self._x.expression(node.formula)}" if node.formula is not None else ""
        head = self._score_head(name, node.kind, node.each_level)
        tail = _joined(exclusive, self._label(node.label), formula, self._x.cites(node.cites))
        self._line(0, _joined(head, tail), node.trivia)
        for block in node.blocks:
            self._block(block)

    def _score_head(self, name: str | None, kind: str | None, each_level: bool = False) -> str:
        score, every = self._word("SCORE"), self._word("EACH_LEVEL") if each_level else ""
        if kind is None:
            return _joined(score, name, every)
        each = f"{self._word('EACH')} {self._x.kind(kind)}"
        if self._x.language == "zh":
            return _joined(each, every, score, name)
        return _joined(score, name, self._word("OF"), each, every)

    def _block(self, block: tree.ScoreBlock) -> None:
        depth = 1
        if block.level is not None:
            gate = self._gate(block.gate, block.carried_from) if block.gate is not None else ""
            self._line(1, _joined(self._x.at(block.level), gate, self._x.cites(block.cites)), block.trivia)
            depth = 2
        for row in block.rows:
            otherwise = self._word("OTHERWISE")
            when = (
                f"{self._word('WHEN')} {self._x.expression(row.condition)}" if row.condition is not None else otherwise
            )
            self._line(depth, f"{self._x.expression(row.value)} {when}", row.trivia)

    def _gate(self, gate: tree.Expr, carried: str | None) -> str:
        kept = ""
        if carried is not None:
            level = self._x.named_level(carried) if self._x.language == "zh" else self._x.at(carried)
            kept = f"{self._word('ELSE_AS')} {level}"
        return _joined(self._word("AFTER"), self._x.expression(gate), kept)

    def _grade(self, node: tree.GradeDecl) -> None:
        exclusive = self._word("EXACTLY_ONE_ROW") if node.exclusive else ""
        head = _joined(self._word("GRADE"), node.name.text, self._word("BY"), self._x.value(node.by.text), exclusive)
        self._line(0, _joined(head, self._label(node.label), self._x.cites(node.cites)), node.trivia)
        rows = [(self._grade_cells(row), row.trivia) for row in node.rows]
        if rows:
            self._columns(1, rows)

    def _grade_cells(self, row: tree.GradeRow) -> list[str]:
        result = self._result(row.result.text)
        if row.condition is None:
            return [self._word("OTHERWISE"), result]
        return [result, self._x.expression(row.condition)]

    def _result(self, text: str) -> str:
        """A level, `none` or `undefined`."""
        return self._x.naming.levels.get(text) or localised(text, RESULTS, self._x.language)

    def _crosswalk(self, node: tree.CrosswalkDecl) -> None:
        head = _joined(self._word("CROSSWALK"), node.standard.text, self._label(node.label), self._x.cites(node.cites))
        self._line(0, head, node.trivia)
        if node.rows:
            self._columns(1, [(self._crosswalk_cells(row), row.trivia) for row in node.rows])

    def _crosswalk_cells(self, row: tree.CrosswalkRow) -> list[str]:
        relation = localised(row.relation.text, RELATIONS, self._x.language)
        digest = [] if row.digest is None else [f'"{row.digest.text}"']
        return [self._x.items(row.clauses), relation, self._x.items(row.others), *digest]

    # --- readings ------------------------------------------------------------------------------------------------

    def _reading(self, node: tree.ReadingDecl) -> None:
        head = _joined(self._word("READING"), node.name.text, self._label(node.label), self._x.cites(node.cites))
        self._line(0, head, node.trivia)
        self._properties(1, node.properties)
        for option in node.options:
            self._reading_option(option)

    def _reading_option(self, node: tree.ReadingOption) -> None:
        """One patch that nothing is remarked on stands in the line of its option, others below it."""
        word = self._word("DEFAULT" if node.default else "OR")
        head = f"{_joined(word, node.name.text, self._label(node.label))} :"
        beside = node.patches if len(node.patches) == 1 and node.patches[0].trivia == tree.NO_TRIVIA else ()
        self._line(1, _joined(head, *(self._patch(p) for p in beside)), node.trivia)
        if not beside:
            for patch in node.patches:
                self._line(2, self._patch(patch), patch.trivia)

    def _patch(self, node: tree.Patch) -> str:
        match node:
            case tree.NothingChanges():
                return self._word("NOTHING_CHANGES")
            case tree.PatchMembership():
                cell = f"{self._x.group(node.group.text)} {self._x.level(node.level)}"
                return f"{self._word('MEMBERSHIP')} {cell} = {self._x.items(node.cell.items)}"
            case tree.PatchRequires():
                return f"{self._patched_clause(node)} {self._word('REQUIRES')} {self._condition(node.condition)}"
            case tree.PatchApplies():
                return f"{self._patched_clause(node)} {self._word('APPLIES')} {self._x.expression(node.condition)}"
            case tree.PatchModality():
                return f"{self._patched_clause(node)} {self._word(node.modality.upper())}"
            case tree.PatchWeights():
                cells = " | ".join(map(self._weight, node.cells))
                return " ".join(f"{self._word('WEIGHTS')} {self._weight_key(node.key.text)} = {cells}".split())
            case tree.PatchGrade():
                return _joined(self._word("GRADE"), node.grade.text if node.grade else None, self._patched_row(node))
            case tree.PatchGate():
                family = node.family if node.family != "score" else None
                head = self._score_head(family, node.kind)
                return _joined(head, self._x.at(node.level), self._gate(node.gate, node.carried_from))
            case tree.PatchItem():
                return f"{self._word('ITEM')} {self._word(node.unit.upper())}"
            case tree.PatchOneItem():
                return f"{self._word('ITEM')} {self._x.clause(node.clause)}"
            case _:
                assert_never(node)

    def _patched_clause(self, node: tree.PatchRequires | tree.PatchApplies | tree.PatchModality) -> str:
        return f"{self._x.clause_word(one=True)} {self._x.clause(node.clause)}"

    def _patched_row(self, node: tree.PatchGrade) -> str:
        if node.row is None or node.condition is None:
            return f"{self._word('OTHERWISE')} = {self._result(node.result.text if node.result else 'none')}"
        return f"{self._result(node.row.text)} = {self._x.expression(node.condition)}"


def _width(text: str) -> int:
    return max(0, wcswidth(text))


def _transposed(rows: list[list[str]]) -> list[list[str]]:
    longest = max(map(len, rows))
    return [[row[i] for row in rows if i < len(row)] for i in range(longest)]
