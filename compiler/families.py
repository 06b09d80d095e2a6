"""Families of definitions: scores by group and level, gates, weights, grades, lets; each made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal as Word

from guiju.compiler import codes
from guiju.compiler.absent import absent
from guiju.compiler.expressions import Context, Elaborator, Shaped, Typed, type_name
from guiju.compiler.ir import (
    NOT_ENTERED,
    TABLE,
    TRUTH,
    Case,
    Cases,
    Definition,
    Expression,
    Literal,
    NumberType,
    OptionType,
    Ref,
    Type,
    Undefined,
)
from guiju.compiler.names import near_miss, place_of, text_of
from guiju.compiler.readings import Patches, own_results, result_of
from guiju.compiler.sets import ClauseSets
from guiju.compiler.spoken import chain, spoken
from guiju.compiler.symbols import SCORE, Symbols, cite
from guiju.compiler.weights import WeightTable
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text, has_errors
from guiju.dsl.keywords import by_terminal
from guiju.dsl.source import Span

NOWHERE = Context()
MOST_NESTED = 64  # definitions on one another
PREFIXES = frozenset(
    ("fact", "input", "reading", "clause", "item", "weight", "gate")
)  # what other addresses begin with


@dataclass
class Families:
    """Makes definitions on demand, in dependency order; a definition that needs itself is reported as a cycle."""

    symbols: Symbols
    patches: Patches
    sets: ClauseSets
    made: dict[str, Definition] = field(default_factory=dict)
    failed: dict[str, Span] = field(default_factory=dict)
    _making: dict[str, Span] = field(default_factory=dict)
    _declared: dict[str, tree.Node] = field(default_factory=dict)
    _cycles: set[Span] = field(default_factory=set)  # where one was reported: of one group and level for all
    _lacking: dict[tuple[str, str | None, str | None], dict[Span, Text]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.elaborator = Elaborator(self.symbols, self.sets, self.ask, self.failed.__contains__)
        self._levels = tuple(level.id for level in self.symbols.level_list)
        self._broken = {key for key, d in self.symbols.families.items() if not self._levels_exist(d)}
        self._weights = WeightTable(self)

    def _levels_exist(self, declaration: tree.ScoreDecl) -> bool:
        """Whether each block of a score stands at a level that exists; a wrong one is reported where it stands."""
        wrong = [b for b in declaration.blocks if b.level and not self._level_of(b)]
        for block in wrong:
            self.symbols.levels.resolve(block.level or "", place_of(block.level or "", block.span))
        self._blocks_once(declaration)
        return not wrong

    def _blocks_once(self, declaration: tree.ScoreDecl) -> None:
        """A second block of a level would be read by nothing."""
        first: dict[str, tree.ScoreBlock] = {}
        for block in declaration.blocks:
            level = self._level_of(block)
            if level in first:
                label = Label(first[level].span, Text("先在这里声明", "first declared here"))
                arguments = (("name", level), ("what", Text("这一级的得分", "score at")))
                self.symbols.report(Diagnostic(codes.DUPLICATE_NAME, block.span, arguments, (label,)))
            elif level is not None:
                first[level] = block

    # --- asking --------------------------------------------------------------------------------------------------

    def ask(self, what: str, name: str, context: Context, span: Span) -> Typed | None:
        """A reference to a member of a family, made now if it was not yet."""
        match what:
            case "let":
                made = self._let(name, span)
            case "weight":
                made = self._weights.weight(name, span)
            case "grade":
                made = self.grade(name, context, span)
            case _:
                made = self.score(name, context, span)
        if made is None:
            return None
        return Shaped(name=made.id, shape=made.expression, span=span), made.type

    def define(
        self, id_: str, declared: tree.Node, span: Span, make: Callable[[], Definition | None]
    ) -> Definition | None:
        """A definition, made by `make` if it was not yet; one that is asked for while it is made is a cycle.

        `declared` is what the policy declares it by: two declarations never share an id.
        """
        same = self._declared.setdefault(id_, declared) is declared
        assert same or has_errors(tuple(self.symbols.diagnostics)), f"two declarations of {id_}"
        if id_ in self.made or id_ in self.failed:
            return self.made.get(id_)
        if id_ in self._making:
            if span not in self._cycles:
                self._cycles.add(span)
                self.symbols.report(self._cycle(id_, span))
            return None
        if len(self._making) >= MOST_NESTED:
            arguments = (("name", next(iter(self._making))), ("limit", MOST_NESTED))
            self.symbols.report(Diagnostic(codes.LONG_CHAIN, next(iter(self._making.values())), arguments))
            return None
        self._making[id_] = span
        definition = make()
        del self._making[id_]
        if definition is None:
            self.failed[id_] = span
        else:
            self.made[id_] = definition
        return definition

    def _cycle(self, id_: str, span: Span) -> Diagnostic:
        ring = list(self._making)[list(self._making).index(id_) :]
        names = [spoken(name) for name in (*ring, id_)]
        labels = tuple(
            Label(self._making[id_], Text(f"“{name.zh}”在这里被引用", f"`{name.en}` is used here"))
            for id_, name in zip(ring[1:], names[1:], strict=False)
        )
        return Diagnostic(codes.CIRCULAR, span, (("name", names[0]), ("path", chain(names))), labels)

    # --- lets ----------------------------------------------------------------------------------------------------

    def _let(self, name: str, span: Span) -> Definition | None:
        declaration = self.symbols.lets[name]

        def make() -> Definition | None:
            typed = self.elaborator.elaborate(declaration.value, Context())
            return self.definition("let", name, name, declaration, typed)

        return self.define(name, declaration, span, make)

    def definition(  # noqa: PLR0913, PLR0917 - the fields of a definition, once for all kinds
        self,
        kind: Word["let", "weight", "gate", "score", "grade"],
        id_: str,
        family: str,
        declaration: tree.LetDecl | tree.ScoreDecl | tree.ScoreBlock | tree.GradeDecl | tree.WeightsDecl,
        typed: Typed | None,
        context: Context = NOWHERE,
        *,
        shown: bool = True,
    ) -> Definition | None:
        """The definition of a typed expression; None where that could not be made."""
        if typed is None:
            return None
        label = None if isinstance(declaration, tree.ScoreBlock | tree.WeightsDecl) else declaration.label
        text = text_of(label, family)
        if context.group:
            text = self.symbols.group[context.group].label
        return Definition(
            id=id_,
            kind=kind,
            family=family,
            label=text,
            expression=typed[0],
            type=typed[1],
            group=context.group,
            level=context.level,
            cites=cite(declaration.cites),
            shown=shown,
            span=declaration.span,
        )

    # --- scores --------------------------------------------------------------------------------------------------

    def score(self, name: str, context: Context, span: Span) -> Definition | None:
        """The value of a score family for the group and level of the context."""
        declaration = self.symbols.families.get((name, self._kind_of(context)))
        if declaration is None and (name, None) in self.symbols.families:
            declaration, context = self.symbols.families[name, None], Context(None, context.level)
        if declaration is None:
            self._missing(name, context, span)
            return None
        if not _has_levels(declaration):
            context = replace(context, level=None)
        elif context.level is None or not self._covers(declaration, context.level):
            if (name, self._kind_of(context)) not in self._broken:
                self._missing(name, context, span)
            return None
        context = Context(context.group, context.level)
        return self.define(score_id(name, context), declaration, span, lambda: self._score(name, declaration, context))

    def _kind_of(self, context: Context) -> str | None:
        return self.symbols.group[context.group].kind if context.group else None

    def _covers(self, declaration: tree.ScoreDecl, level: str) -> bool:
        return declaration.each_level or any(self._level_of(b) == level for b in declaration.blocks)

    def _level_of(self, block: tree.ScoreBlock) -> str | None:
        return self.symbols.levels.find(block.level) if block.level else None

    def _missing(self, name: str, context: Context, span: Span) -> None:
        at = Text("没有指明的等级", "no level in particular")
        if context.level or context.group:
            where = " ".join(x for x in (context.group, context.level) if x)
            at = Text(f" {where} ", where)
        kind = self._kind_of(context)
        declared = (name, kind) in self.symbols.families
        place = (name, kind if declared else None, context.level)
        self._lacking.setdefault(place, {}).setdefault(span, at)

    def combinations_lacking(self) -> None:
        """Each value that is asked for and not there is reported once, whatever asks for it.

        One place that asks is where the mistake is; of several, the score is what lacks something.
        """
        for (name, kind, level), places in self._lacking.items():
            declaration = self.symbols.families.get((name, kind))
            (span, at), *others = places.items()
            labels: tuple[Label, ...] = ()
            if others and declaration is not None and level is not None:
                labels = tuple(Label(place, Text("这里用到它", "asked for here")) for place in list(places)[:2])
                span, at = declaration.span, Text(f" {level} 级", level)
            self.symbols.report(Diagnostic(codes.FAMILY_LEVEL, span, (("family", _said(name)), ("level", at)), labels))

    def _score(self, name: str, declaration: tree.ScoreDecl, context: Context) -> Definition | None:
        if declaration.formula is not None:
            typed = self.elaborator.number(declaration.formula, context)
            return self.definition("score", score_id(name, context), name, declaration, typed, context)
        at_level = (b for b in declaration.blocks if b.level is None or self._level_of(b) == context.level)
        block = next(at_level, None)
        if block is None:
            what = Text(
                f"得分“{score_id(name, context)}”的行或公式", f"rows or a formula for `{score_id(name, context)}`"
            )
            self.symbols.report(Diagnostic(codes.MISSING_PART, declaration.span, (("what", what),)))
            return None
        return self._gated(name, declaration, block, context)

    def _gated(
        self, name: str, declaration: tree.ScoreDecl, block: tree.ScoreBlock, context: Context
    ) -> Definition | None:
        id_ = score_id(name, context)
        cell = ("gate", name, self.symbols.kinds.find(declaration.kind or "") or "", context.level or "")
        self.patches.asked.add(cell)
        declaration = replace(declaration, cites=block.cites or declaration.cites)
        if block.gate is None and cell not in self.patches.cells:
            table = self._table(declaration, block, context)
            return self.definition("score", id_, name, declaration, table, context)
        inner = self.define(
            f"{id_}{TABLE}",
            block,
            block.span,
            lambda: self.definition(
                "score", f"{id_}{TABLE}", name, block, self._table(declaration, block, context), context, shown=False
            ),
        )
        if inner is None:
            return None
        body = Ref(name=inner.id, span=block.span)
        failed: list[bool] = []

        def behind(at: tree.ScoreBlock | tree.PatchGate, option: str) -> Expression:
            gate = at.gate
            if gate is None:
                return body
            condition = self._gate(name, gate, context, option)
            otherwise = self._carried(name, at, gate, context)
            if condition is None or otherwise is None:
                failed.append(True)
                return body
            row = Case(condition=condition, value=body, span=gate.span)
            return Cases(form="gate", rows=(row,), otherwise=otherwise, span=block.span)

        def patched(patch: tree.Patch) -> Expression:
            assert isinstance(patch, tree.PatchGate)
            option = next(name for name, found in self.patches.cells[cell].patches.items() if found is patch)
            return behind(patch, option)

        expression = self.patches.choose(cell, block.span, lambda: behind(block, ""), patched)
        return None if failed else self.definition("score", id_, name, declaration, (expression, inner.type), context)

    def _carried(
        self, name: str, gated: tree.ScoreBlock | tree.PatchGate, gate: tree.Expr, context: Context
    ) -> Expression | None:
        level = gated.carried_from
        if level is None:
            return Literal(value=NOT_ENTERED, span=gate.span)
        behind_gate = Span(gate.span.source, gate.span.end, max(gate.span.end, gated.span.end))
        at = self.symbols.levels.resolve(level, place_of(level, behind_gate))
        typed = self.ask("score", name, Context(context.group, at), gate.span) if at else None
        return typed[0] if typed else None

    def _gate(self, name: str, gate: tree.Expr, context: Context, option: str) -> Expression | None:
        """The gate as a definition of its own, shared by all groups that stand behind it."""
        scope = self._scope_of_gate(gate, context)
        kind = self.symbols.group[context.group].kind if context.group else ""
        whose = ":".join(x for x in (name, kind, scope) if x)  # not the scope alone: families of two kinds may share it
        id_ = ":".join(x for x in (f"gate:{whose}@{context.level}", option) if x)

        def make() -> Definition | None:
            condition = self.elaborator.truth(gate, context)
            if condition is None:
                return None
            return Definition(
                id=id_,
                kind="gate",
                family=name,
                label=Text(f"{context.level} 的进入条件", f"Gate of {context.level}"),
                expression=condition,
                type=TRUTH,
                group=scope,
                level=context.level,
                span=gate.span,
            )

        made = self.define(id_, gate, gate.span, make)
        return Ref(name=made.id, span=gate.span) if made else None

    def _scope_of_gate(self, gate: tree.Expr, context: Context) -> str | None:
        if not isinstance(gate, tree.EveryScores):
            return context.group
        if gate.within is None:
            return None
        kind, group = self.symbols.kinds.find(gate.within), context.group
        while group is not None and self.symbols.group[group].kind != kind:
            group = self.symbols.group[group].parent
        return group

    def _table(self, declaration: tree.ScoreDecl, block: tree.ScoreBlock, context: Context) -> Typed | None:
        rows, types, otherwise, failed = [], [], None, False
        for row in block.rows:
            value = self.elaborator.number(row.value, context)
            condition = self.elaborator.truth(row.condition, context) if row.condition else None
            if value is None or (row.condition and condition is None):
                failed = True
                continue
            types.append(value[1])
            if condition is None:
                otherwise = otherwise or value[0]
            elif otherwise is None:  # what stands behind `otherwise` is never tried
                rows.append(Case(condition=condition, value=value[0], span=row.span))
        if failed:
            return None
        if otherwise is None:
            otherwise = Literal(value=Undefined("no-row"), span=block.span)
        type_ = _of_rows(types)
        for row, other in zip(block.rows, types, strict=False):
            if isinstance(other, NumberType) and isinstance(type_, NumberType) and other.dimension != type_.dimension:
                arguments = (("operator", "|"), ("left", type_name(type_)), ("right", type_name(other)))
                self.symbols.report(Diagnostic(codes.UNIT_MISMATCH, row.value.span, arguments))
        table = Cases(
            form="table", rows=tuple(rows), otherwise=otherwise, exclusive=declaration.exclusive, span=block.span
        )
        return table, type_

    # --- grades --------------------------------------------------------------------------------------------------

    def grade(self, name: str, context: Context, span: Span) -> Definition | None:
        """An outcome: the result of the first row that holds, from the highest level down."""
        declaration = self.symbols.grades[name]
        kind = self.grade_kind(declaration)
        context = Context(context.group if kind else None)
        id_ = score_id(name, context)
        return self.define(id_, declaration, span, lambda: self._grade(id_, declaration, context))

    def grade_kind(self, declaration: tree.GradeDecl) -> str | None:
        """The kind of group that a grade is given to; None: the whole subject."""
        kinds = [kind for family, kind in self.symbols.families if family == _graded(declaration)]
        return kinds[0] if kinds else None

    def _is_graded_by_something(self, declaration: tree.GradeDecl) -> bool:
        by, values = _graded(declaration), self.symbols.values
        scores = {family for family, _ in self.symbols.families}
        if by in scores or values.find(by) in (*self.symbols.facts, *self.symbols.lets):
            return True
        arguments = (("name", by), ("what", Text("得分", "score")))
        near = near_miss(by, scores)
        self.symbols.report(Diagnostic(codes.UNKNOWN_NAME, declaration.by.span, arguments, suggestion=near))
        return False

    def _could_be_several(self, declaration: tree.GradeDecl) -> bool:
        kinds = [kind or "-" for family, kind in self.symbols.families if family == _graded(declaration)]
        if len(kinds) > 1:
            names = (("score", declaration.by.text), ("kinds", ", ".join(kinds)), ("grade", declaration.name.text))
            self.symbols.report(Diagnostic(codes.SEVERAL_KINDS, declaration.by.span, names))
        return len(kinds) > 1

    def _grade(self, id_: str, declaration: tree.GradeDecl, context: Context) -> Definition | None:
        own = own_results(self.symbols, declaration)
        results = [result_of(self.symbols, r.result, own) for r in declaration.rows]
        named = ("otherwise", *(result for result in results if result))
        self.patches.asked |= {("grade", declaration.name.text, row) for row in named}
        if not self._is_graded_by_something(declaration) or self._could_be_several(declaration):
            return None
        rows = [
            (self.symbols.levels.find(result), result, row)
            for result, row in zip(results, declaration.rows, strict=True)
            if row.condition is not None and result is not None
        ]
        rows = self._highest_first(rows)
        cases = []
        for level, result, row in rows:
            condition = self._grade_condition(declaration, level, row, context)
            if condition is not None:
                value = _grade_result(result, row.result.span)
                cases.append(Case(condition=condition, value=value, span=row.span))
        otherwise = self._grade_otherwise(declaration)
        if None in results or len(cases) < len(rows):
            return None
        options = tuple(c.value.value for c in cases if isinstance(c.value, Literal) and isinstance(c.value.value, str))
        table = Cases(
            form="grade", rows=tuple(cases), otherwise=otherwise, exclusive=declaration.exclusive, span=declaration.span
        )
        typed = (table, OptionType((*options, "none")))
        return self.definition("grade", id_, declaration.name.text, declaration, typed, context)

    def _highest_first(
        self, rows: list[tuple[str | None, str, tree.GradeRow]]
    ) -> list[tuple[str | None, str, tree.GradeRow]]:
        """The levels from the highest down; what stands above all of them goes before, any other row after them."""
        first = next((i for i, (level, _, _) in enumerate(rows) if level), len(rows))
        levels = sorted((r for r in rows if r[0]), key=lambda r: -self._levels.index(r[0] or ""))
        return [*rows[:first], *levels, *(r for r in rows[first:] if not r[0])]

    def _grade_condition(
        self, declaration: tree.GradeDecl, level: str | None, row: tree.GradeRow, context: Context
    ) -> Expression | None:
        at = Context(context.group, level)
        assert row.condition is not None
        written = self.elaborator.truth(row.condition, at)
        if written is None:
            return None

        def patched(patch: tree.Patch) -> Expression:
            assert isinstance(patch, tree.PatchGrade)
            return (self.elaborator.truth(patch.condition, at) if patch.condition else None) or written

        return self.patches.choose(
            ("grade", declaration.name.text, level or row.result.text), row.span, lambda: written, patched
        )

    def _grade_otherwise(self, declaration: tree.GradeDecl) -> Expression:
        row = next((r for r in declaration.rows if r.condition is None), None)
        span = row.span if row else declaration.span
        result = self._result(row.result) if row else "undefined"

        def patched(patch: tree.Patch) -> Expression:
            assert isinstance(patch, tree.PatchGrade)
            return _grade_result(self._result(patch.result) if patch.result else "none", patch.span)

        return self.patches.choose(
            ("grade", declaration.name.text, "otherwise"), span, lambda: _grade_result(result, span), patched
        )

    def _result(self, name: tree.Name) -> str:
        return self.symbols.levels.find(name.text) or name.text

    def patches_without_place(self) -> None:
        """A patch of something that is not there would be lost; it is reported."""
        for cell, patched in self.patches.cells.items():
            known = cell[0] in ("membership", "item", "modality") or cell in self.patches.asked
            if not known and cell[0] not in ("requires", "applies"):
                patch = next(iter(patched.patches.values()))
                if cell[0] == "grade" and not self.symbols.grades:
                    self.symbols.report(absent("grade", patch.span))
                    continue
                place = " ".join(part for part in cell if part)
                what = Text(f"读法要改的“{place}”", f"what the reading patches, `{place}`,")
                self.symbols.report(Diagnostic(codes.MISSING_PART, patch.span, (("what", what),)))

    def everything(self) -> None:
        """Make every member of every family."""
        for name in self.symbols.lets:
            self._let(name, self.symbols.lets[name].name.span)
        for (name, kind), declaration in self.symbols.families.items():
            groups = [g.id for g in self.symbols.group_list if g.kind == kind] if kind else [None]
            levels = [x for x in self._levels if self._covers(declaration, x)] if _has_levels(declaration) else [None]
            for group in groups:
                for level in levels:
                    self.score(name, Context(group, level), declaration.span)
        for name, grade in self.symbols.grades.items():
            kind = self.grade_kind(grade)
            for group in [g.id for g in self.symbols.group_list if g.kind == kind] if kind else [None]:
                self.grade(name, Context(group), grade.span)
        for group in self.symbols.group:
            self._weights.weight(group, self.symbols.group[group].span)


def _of_rows(types: Sequence[Type]) -> Type:
    """The type of a table: that of its first row, and a count only if every row is one."""
    first = types[0] if types else NumberType()
    counted = all(isinstance(t, NumberType) and t.integer for t in types)
    return replace(first, integer=first.integer and counted) if isinstance(first, NumberType) else first


def _graded(declaration: tree.GradeDecl) -> str:
    """The score that a grade sorts; `score` itself is a word of either language here."""
    words = by_terminal()["SCORE"]
    return SCORE if declaration.by.text in (*words.en, *words.zh) else declaration.by.text


def _has_levels(declaration: tree.ScoreDecl) -> bool:
    return declaration.each_level or any(b.level for b in declaration.blocks)


def _grade_result(result: str, span: Span) -> Expression:
    return Literal(value=Undefined("undefined-grade") if result == "undefined" else result, span=span)


def score_id(name: str, context: Context) -> str:
    """`score:hardware@L1`, `A@L1`, `coverage:6.1.1`, `rest`; `score:fact:hardware` of a score that is called `fact`."""
    id_ = f"{name}:{context.group}" if context.group else name
    if context.group and name in PREFIXES:
        id_ = f"{SCORE}:{id_}"
    return f"{id_}@{context.level}" if context.level else id_


def _said(family: str) -> Text | str:
    """The name of a family; that of the one without a name is a keyword."""
    return Text("得分", "score") if family == "score" else family
