"""lark's parse tree of one line -> nodes of the surface tree. One method a grammar rule, named as the rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta

from guiju.dsl import tree
from guiju.dsl.keywords import NO_VALUES, RELATIONS, RESULTS, UNDEFINED, UNIT_WORDS, canonical
from guiju.dsl.source import Source, Span

_OPERATORS = {"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/"}
_QUANTIFIERS = {
    "ALL": "all",
    "ANY": "any",
    "NONE": "none",
    "EXACTLY": "exactly",
    "AT_LEAST": "at-least",
    "AT_MOST": "at-most",
    "MORE_THAN_HALF": "more-than-half",
}


class _One(tuple[Any, ...]):
    """A part of a line that is found again by its name: (name, value)."""

    __slots__ = ()


def _part(parts: list[Any], name: str, default: Any = None) -> Any:
    return next((p[1] for p in parts if isinstance(p, _One) and p[0] == name), default)


def _of(parts: list[Any], kind: type) -> Any:
    return next((p for p in parts if isinstance(p, kind)), None)


def _every(parts: list[Any], kind: type) -> tuple[Any, ...]:
    return tuple(p for p in parts if isinstance(p, kind))


def _balanced(whole: Span, end: int) -> Span:
    """A span up to an operand's end and on to the brackets around that operand, which its own span does not hold."""
    depth = 0
    for place in range(whole.start, whole.end):
        if place >= end and depth <= 0:
            return replace(whole, end=place)
        char = whole.source.text[place]
        depth += (char in "(（") - (char in ")）")
    return whole


def _without_value(node: tree.Expr) -> tree.Expr:
    """A value of an example; a word for none is in English."""
    return replace(node, text=canonical(node.text, NO_VALUES)) if isinstance(node, tree.NameRef) else node


@v_args(meta=True)
class Build(Transformer[Token, Any]):
    """Builds the nodes of one line. `offset` is where the line's text begins in the source."""

    def __init__(self, source: Source, offset: int, trivia: tree.Trivia) -> None:
        super().__init__()
        self._source, self._offset, self._trivia = source, offset, trivia

    def _span(self, meta: Meta) -> Span:
        if meta.empty:
            return Span(self._source, self._offset, self._offset)
        return Span(self._source, self._offset + meta.start_pos, self._offset + meta.end_pos)

    def _at(self, token: Token) -> Span:
        assert token.start_pos is not None
        assert token.end_pos is not None
        return Span(self._source, self._offset + token.start_pos, self._offset + token.end_pos)

    def _line(self, meta: Meta) -> dict[str, Any]:
        return {"span": self._span(meta), "trivia": self._trivia}

    # --- lines ---------------------------------------------------------------------------------------------------

    def standard_line(self, meta: Meta, parts: list[Any]) -> tree.StandardDecl:
        *kind, name, label = parts
        return tree.StandardDecl(name=name, label=label, is_vocabulary=bool(kind), **self._line(meta))

    def use_line(self, meta: Meta, parts: list[Any]) -> tree.UseDecl:
        return tree.UseDecl(name=parts[0], cites=_of(parts, tree.Citation), **self._line(meta))

    def input_line(self, meta: Meta, parts: list[Any]) -> tree.InputDecl:
        return tree.InputDecl(name=parts[0], type=parts[1], **self._common(parts), **self._line(meta))

    def fact_line(self, meta: Meta, parts: list[Any]) -> tree.FactDecl:
        formula = _part(parts, "formula")
        return tree.FactDecl(name=parts[0], type=parts[1], formula=formula, **self._common(parts), **self._line(meta))

    def let_line(self, meta: Meta, parts: list[Any]) -> tree.LetDecl:
        return tree.LetDecl(name=parts[0], value=parts[1], **self._common(parts), **self._line(meta))

    def _common(self, parts: list[Any]) -> dict[str, Any]:
        return {
            "aliases": _part(parts, "aliases", ()),
            "label": _of(parts, tree.Label),
            "cites": _of(parts, tree.Citation),
        }

    def groups_line(self, meta: Meta, parts: list[Any]) -> tree.GroupsDecl:
        return tree.GroupsDecl(kinds=_every(parts, tree.KindDecl), cites=_of(parts, tree.Citation), **self._line(meta))

    def levels_line(self, meta: Meta, parts: list[Any]) -> tree.LevelsDecl:
        return tree.LevelsDecl(levels=(), cites=_of(parts, tree.Citation), **self._line(meta))

    def group_line(self, meta: Meta, parts: list[Any]) -> tree.GroupDecl:
        return tree.GroupDecl(kind=parts[0], name=parts[1], **self._common(parts), **self._line(meta))

    def membership_line(self, meta: Meta, parts: list[Any]) -> tree.MembershipDecl:
        return tree.MembershipDecl(header=(), cites=_of(parts, tree.Citation), **self._line(meta))

    def item_line(self, meta: Meta, parts: list[Any]) -> tree.ItemDecl:
        return tree.ItemDecl(unit=parts[0], cites=_of(parts, tree.Citation), **self._line(meta))

    def score_line(self, meta: Meta, parts: list[Any]) -> tree.ScoreDecl:
        head = _part(parts, "head")
        return tree.ScoreDecl(
            name=head["name"],
            kind=head["kind"],
            each_level=head["each_level"] or _part(parts, "each_level", False),
            exclusive=_part(parts, "exclusive", False),
            formula=_part(parts, "formula"),
            label=_of(parts, tree.Label),
            cites=_of(parts, tree.Citation),
            **self._line(meta),
        )

    def weights_line(self, meta: Meta, parts: list[Any]) -> tree.WeightsDecl:
        return tree.WeightsDecl(header=(), cites=_of(parts, tree.Citation), **self._line(meta))

    def crosswalk_line(self, meta: Meta, parts: list[Any]) -> tree.CrosswalkDecl:
        found = {"label": _of(parts, tree.Label), "cites": _of(parts, tree.Citation)}
        return tree.CrosswalkDecl(standard=parts[0], **found, **self._line(meta))

    def grade_line(self, meta: Meta, parts: list[Any]) -> tree.GradeDecl:
        return tree.GradeDecl(
            name=parts[0],
            by=parts[1],
            exclusive=_part(parts, "exclusive", False),
            label=_of(parts, tree.Label),
            cites=_of(parts, tree.Citation),
            **self._line(meta),
        )

    def reading_line(self, meta: Meta, parts: list[Any]) -> tree.ReadingDecl:
        return tree.ReadingDecl(name=parts[0], label=parts[1], cites=_of(parts, tree.Citation), **self._line(meta))

    def record_line(self, meta: Meta, parts: list[Any]) -> tree.RecordDecl:
        return tree.RecordDecl(
            kind=parts[0],
            name=parts[1],
            label=_of(parts, tree.Label),
            cites=_of(parts, tree.Citation),
            **self._line(meta),
        )

    def clause_line(self, meta: Meta, parts: list[Any]) -> tree.ClauseDecl:
        return tree.ClauseDecl(
            mark=_part(parts, "mark"),
            modality=_part(parts, "modality"),
            label=_of(parts, tree.Label),
            condition=_part(parts, "condition"),
            applies=_part(parts, "applies"),
            cites=_of(parts, tree.Citation),
            **self._line(meta),
        )

    def option_line(self, meta: Meta, parts: list[Any]) -> tree.OptionDecl:
        return tree.OptionDecl(
            name=parts[0], aliases=_part(parts, "aliases", ()), label=_of(parts, tree.Label), **self._line(meta)
        )

    def level_line(self, meta: Meta, parts: list[Any]) -> tree.LevelDecl:
        return tree.LevelDecl(
            name=parts[0], aliases=_part(parts, "aliases", ()), label=_of(parts, tree.Label), **self._line(meta)
        )

    def block_line(self, meta: Meta, parts: list[Any]) -> tree.ScoreBlock:
        gate, carried = _part(parts, "after", (None, None))
        return tree.ScoreBlock(
            level=parts[0].text,
            gate=gate,
            carried_from=carried,
            cites=_of(parts, tree.Citation),
            **self._line(meta),
        )

    def row_line(self, meta: Meta, parts: list[Any]) -> tree.ScoreRow:
        condition = None if isinstance(parts[1], Token) else parts[1]
        return tree.ScoreRow(value=parts[0], condition=condition, **self._line(meta))

    def reading_option_line(self, meta: Meta, parts: list[Any]) -> tree.ReadingOption:
        patches: tuple[tree.Patch, ...] = tuple(
            replace(p, trivia=tree.NO_TRIVIA) for p in parts[2:] if not isinstance(p, tree.Label)
        )
        node = tree.ReadingOption(
            default=parts[0].type == "DEFAULT",
            name=parts[1],
            label=_of(parts, tree.Label),
            patches=patches,
            **self._line(meta),
        )
        if len(patches) < 2:
            return node
        # several are written below the option: what is remarked behind the line goes with the last of them
        ends = replace(node.trivia, above=(), blank_before=False)
        ends = replace(ends, below=tuple(c and c._replace(deeper=c.deeper - 1) for c in ends.below))
        last = replace(patches[-1], trivia=ends)
        begins = replace(node.trivia, behind=None, below=())
        return replace(node, patches=(*patches[:-1], last), trivia=begins)

    def property_line(self, meta: Meta, parts: list[Any]) -> tree.Property:
        return tree.Property(key=parts[0].text, values=tuple(parts[1:]), **self._line(meta))

    validity_line = property_line

    counts_line = property_line

    def placed_line(self, meta: Meta, parts: list[Any]) -> tree.Property:
        key, *values = parts
        if values and isinstance(values[-1], tuple):
            places = values.pop()
            span = replace(places[0].span, end=places[-1].span.end)
            values.append(tree.Citation(document=None, places=places, span=span))
        return tree.Property(key=key.text, values=tuple(values), **self._line(meta))

    def cell_line(self, meta: Meta, parts: list[Any]) -> tree.Property:
        table, row, *column = parts[1:]
        cell = tree.CellRef(table=table, row=row.text, column=column[0].text if column else None, span=self._span(meta))
        return tree.Property(key=parts[0].text, values=(cell,), **self._line(meta))

    # --- cells ---------------------------------------------------------------------------------------------------

    def name_cell(self, meta: Meta, parts: list[Any]) -> tree.Name:
        return parts[0]  # type: ignore[no-any-return]

    def clauses_cell(self, meta: Meta, parts: list[Any]) -> tree.MembershipCell:
        return tree.MembershipCell(items=parts[0], span=self._span(meta))

    def expr_cell(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return parts[0]  # type: ignore[no-any-return]

    def weight_cell(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        cell = parts[0]
        named = isinstance(cell, tree.NameRef) and cell.text in UNDEFINED
        return replace(cell, text=UNDEFINED[0]) if named else cell  # type: ignore[no-any-return]

    def relation_cell(self, meta: Meta, parts: list[Any]) -> tree.Name:
        return replace(parts[0], text=canonical(parts[0].text, RELATIONS))  # type: ignore[no-any-return]

    def digest_cell(self, meta: Meta, parts: list[Any]) -> tree.Digest:
        return tree.Digest(text=str(parts[0])[1:-1], span=self._span(meta))

    def grade_key_cell(self, meta: Meta, parts: list[Any]) -> tree.Name | None:
        name = parts[0]
        return replace(name, text=canonical(name.text, RESULTS)) if isinstance(name, tree.Name) else None

    def grade_result_cell(self, meta: Meta, parts: list[Any]) -> tree.Name:
        return parts[0]  # type: ignore[no-any-return]

    # --- parts ---------------------------------------------------------------------------------------------------

    def kind(self, meta: Meta, parts: list[Any]) -> tree.KindDecl:
        return tree.KindDecl(name=parts[0], aliases=_part(parts, "aliases", ()), span=self._span(meta))

    def aliases(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("aliases", tuple(parts)))

    def label(self, meta: Meta, parts: list[Any]) -> tree.Label:
        texts = tuple(str(p)[1:-1] for p in parts if isinstance(p, Token) and p.type == "STRING")
        return tree.Label(texts=texts, span=self._span(meta))

    def formula(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("formula", parts[-1]))

    def applies(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("applies", parts[0]))

    def after(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("after", (parts[0], _part(parts, "carried"))))

    def carried(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("carried", parts[0].text))

    def at_each_level(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("each_level", True))

    def exactly_one(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("exclusive", True))

    def score_of_each(self, meta: Meta, parts: list[Any]) -> _One:
        """`score NAME? (of each KIND)?`: which of two lone names it is, the order of the tokens tells."""
        text = Span(self._source, self._span(meta).start, self._span(meta).end).text
        names = _every(parts, tree.Name)
        has_kind = len(text.split()) > 1 + len(names)
        kind = names[-1].text if has_kind else None
        name = names[0] if len(names) - has_kind else None
        return _One(("head", {"name": name, "kind": kind, "each_level": False}))

    def each_score(self, meta: Meta, parts: list[Any]) -> _One:
        names = _every(parts, tree.Name)
        name = names[1] if len(names) > 1 else None
        each_level = _part(parts, "each_level", False)
        return _One(("head", {"name": name, "kind": names[0].text, "each_level": each_level}))

    def condition(self, meta: Meta, parts: list[Any]) -> _One:
        value = tree.Attested(span=self._span(meta)) if isinstance(parts[0], Token) else parts[0]
        return _One(("condition", value))

    def clause_mark(self, meta: Meta, parts: list[Any]) -> _One:
        mark = parts[0]
        if isinstance(mark, tree.Name):
            return _One(("mark", mark.text))
        return _One(("mark", "-" if mark.type == "DASH" else str(mark)))

    def item_unit(self, meta: Meta, parts: list[Any]) -> str:
        return parts[0].type.lower()  # type: ignore[no-any-return]

    def modality(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("modality", parts[0].type.lower()))

    def type(self, meta: Meta, parts: list[Any]) -> tree.TypeExpr:
        head, span = parts[0], self._span(meta)
        if isinstance(head, str) and not isinstance(head, Token):
            return tree.UnitType(unit=canonical(head, UNIT_WORDS), span=span)
        if head.type == "YES_NO":
            return tree.TruthType(span=span)
        return tree.ChoiceType(options=_every(parts, tree.Name), many=head.type == "SET_OF", span=span)

    def cell_table(self, meta: Meta, parts: list[Any]) -> str:
        return parts[0].type.lower()  # type: ignore[no-any-return]

    def result(self, meta: Meta, parts: list[Any]) -> tree.Name:
        return tree.Name(text=canonical(str(parts[0]), RESULTS), span=self._span(meta))

    def name(self, meta: Meta, parts: list[Any]) -> tree.Name:
        return tree.Name(text=str(parts[0]), span=self._span(meta))

    property_name = group_name = name

    # --- patches -------------------------------------------------------------------------------------------------

    def nothing_changes(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        return tree.NothingChanges(**self._line(meta))

    def patch_membership(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        group, level, items = (p for p in parts if not isinstance(p, Token))
        cell = tree.MembershipCell(items=items, span=self._span(meta))
        return tree.PatchMembership(group=group, level=level.text, cell=cell, **self._line(meta))

    def patch_requires(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        return tree.PatchRequires(clause=parts[0], condition=_part(parts, "condition"), **self._line(meta))

    def patch_modality(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        return tree.PatchModality(clause=parts[0], modality=_part(parts, "modality"), **self._line(meta))

    def patch_applies(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        return tree.PatchApplies(clause=parts[0], condition=parts[1], **self._line(meta))

    def patch_weights(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        cells = tuple(p[1] for p in parts if isinstance(p, _One))
        return tree.PatchWeights(key=parts[0], cells=cells, **self._line(meta))

    def patch_grade(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        *grade, row, condition = parts
        name = grade[0] if grade else None
        return tree.PatchGrade(grade=name, row=row, condition=condition, result=None, **self._line(meta))

    def patch_otherwise(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        *grade, result = (p for p in parts if not isinstance(p, Token))
        name = grade[0] if grade else None
        return tree.PatchGrade(grade=name, row=None, condition=None, result=result, **self._line(meta))

    def patch_gate(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        head, (gate, carried) = _part(parts, "head"), _part(parts, "after")
        level = _of(parts, tree.Name)
        return tree.PatchGate(
            family=head["name"].text if head["name"] else "score",
            kind=head["kind"],
            level=level.text,
            gate=gate,
            carried_from=carried,
            **self._line(meta),
        )

    def patch_item(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        return tree.PatchItem(unit=parts[0], **self._line(meta))

    def patch_one_item(self, meta: Meta, parts: list[Any]) -> tree.Patch:
        return tree.PatchOneItem(clause=parts[0], **self._line(meta))

    def optional_weight(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("cell", parts[0] if parts else None))

    # --- examples ------------------------------------------------------------------------------------------------

    def example_line(self, meta: Meta, parts: list[Any]) -> tree.ExampleDecl:
        proposed = _part(parts, "proposed", False)
        return tree.ExampleDecl(label=parts[0], proposed=proposed, cites=_of(parts, tree.Citation), **self._line(meta))

    def proposed(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("proposed", True))

    def given_line(self, meta: Meta, parts: list[Any]) -> tree.GivenLine:
        return tree.GivenLine(givens=tuple(parts), **self._line(meta))

    def given_value(self, meta: Meta, parts: list[Any]) -> tree.Given:
        return tree.GivenValue(name=parts[0], values=tuple(map(_without_value, parts[1:])), span=self._span(meta))

    def given_reading(self, meta: Meta, parts: list[Any]) -> tree.Given:
        return tree.GivenReading(reading=parts[0], option=parts[1], span=self._span(meta))

    def given_clauses(self, meta: Meta, parts: list[Any]) -> tree.Given:
        others, clauses = _part(parts, "other", False), _of(parts, tree.ClauseSet)
        return tree.GivenClauses(others=others, clauses=clauses, verdict=parts[-1], span=self._span(meta))

    def given_clause(self, meta: Meta, parts: list[Any]) -> tree.Given:
        return tree.GivenClause(clause=parts[0], verdict=parts[1], span=self._span(meta))

    def other(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("other", True))

    def expect_line(self, meta: Meta, parts: list[Any]) -> tree.ExpectLine:
        group = parts[0] if isinstance(parts[0], tree.Name) else None
        expectations = tuple(p for p in parts if not isinstance(p, tree.Name))
        return tree.ExpectLine(group=group, expectations=expectations, **self._line(meta))

    def expect_value(self, meta: Meta, parts: list[Any]) -> tree.Expectation:
        ops = tuple(p for p in parts if isinstance(p, str))
        sums = tuple(_without_value(p) for p in parts if not isinstance(p, str))
        compared = len(ops) + 1
        span = self._span(meta)
        return tree.ExpectValue(operands=sums[:compared], ops=ops, others=sums[compared:], span=span)  # type: ignore[arg-type]

    def expect_clauses(self, meta: Meta, parts: list[Any]) -> tree.Expectation:
        return tree.ExpectClauses(clauses=parts[0], verdict=parts[1], span=self._span(meta))

    def expect_clause(self, meta: Meta, parts: list[Any]) -> tree.Expectation:
        return tree.ExpectClause(clause=parts[0], verdict=parts[1], span=self._span(meta))

    def example_verdict(self, meta: Meta, parts: list[Any]) -> str:
        return parts[0].type.lower().replace("_", "-")  # type: ignore[no-any-return]

    expected_verdict = example_verdict

    # --- citations -----------------------------------------------------------------------------------------------

    def cites(self, meta: Meta, parts: list[Any]) -> tree.Citation:
        document = next((str(p)[1:-1] for p in parts if isinstance(p, Token)), None)
        places = next((p for p in parts if not isinstance(p, Token)), ())
        return tree.Citation(document=document, places=places, span=self._span(meta))

    def places(self, meta: Meta, parts: list[Any]) -> tuple[tree.Place, ...]:
        return tuple(parts)

    def numbered_place(self, meta: Meta, parts: list[Any]) -> tree.Place:
        return tree.Place(kind=parts[0], number=parts[1], clause=None, span=self._span(meta))

    def clause_place(self, meta: Meta, parts: list[Any]) -> tree.Place:
        refs, note = _every(parts, tree.ClauseRef), _part(parts, "note")
        clause = refs[0] if len(refs) == 1 else self._range(refs, meta)
        number = note or None
        return tree.Place(kind=None if note is None else "note", number=number, clause=clause, span=self._span(meta))

    def note_place(self, meta: Meta, parts: list[Any]) -> tree.Place:
        number = _part(parts, "note") or None
        return tree.Place(kind="note", number=number, clause=None, span=self._span(meta))

    def place_kind(self, meta: Meta, parts: list[Any]) -> str:
        return parts[0].type.lower()  # type: ignore[no-any-return]

    def place_number(self, meta: Meta, parts: list[Any]) -> str:
        return str(parts[0])

    def note(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("note", str(parts[0]) if parts else ""))

    def mark(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("mark", "".join(parts).replace(")", "")))

    def clause_ref(self, meta: Meta, parts: list[Any]) -> tree.ClauseRef:
        marks = tuple(p[1] for p in parts if isinstance(p, _One))
        section = next((str(p) for p in parts if not isinstance(p, _One)), None)
        return tree.ClauseRef(section=section, marks=marks, span=self._span(meta))

    cited_ref = named_clause = clause_ref

    def _range(self, refs: tuple[tree.ClauseRef, ...], meta: Meta) -> tree.ClauseRange:
        return tree.ClauseRange(first=refs[0], last=refs[1], span=self._span(meta))

    def clause_item(self, meta: Meta, parts: list[Any]) -> tree.ClauseItem:
        return parts[0]  # type: ignore[no-any-return]

    def clause_range(self, meta: Meta, parts: list[Any]) -> tree.ClauseItem:
        return self._range(_every(parts, tree.ClauseRef), meta)

    def all_clauses(self, meta: Meta, parts: list[Any]) -> tree.ClauseItem:
        return tree.AllClauses(span=self._span(meta))

    def clause_items(self, meta: Meta, parts: list[Any]) -> tuple[tree.ClauseItem, ...]:
        return tuple(parts)

    # --- expressions ---------------------------------------------------------------------------------------------

    def or_(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return self._logic("or", meta, parts)

    def and_(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return self._logic("and", meta, parts)

    def _logic(self, op: Any, meta: Meta, parts: list[Any]) -> tree.Expr:
        if len(parts) == 1:
            return parts[0]  # type: ignore[no-any-return]
        flat = [q for p in parts for q in (p.operands if isinstance(p, tree.Logic) and p.op == op else (p,))]
        return tree.Logic(op=op, operands=tuple(flat), span=self._span(meta))

    def not_(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.Not(operand=parts[0], span=self._span(meta))

    def compare(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        if len(parts) == 1:
            return parts[0]  # type: ignore[no-any-return]
        return tree.Compare(operands=tuple(parts[::2]), ops=tuple(parts[1::2]), span=self._span(meta))

    def contains(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.Contains(element=parts[0], collection=parts[1], span=self._span(meta))

    def quantified(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        (quantifier, number), clauses, verdict = parts
        return tree.Quantified(
            quantifier=quantifier, number=number, clauses=clauses, verdict=verdict, span=self._span(meta)
        )

    def clause_is(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.ClauseIs(clause=parts[0], verdict=parts[1], span=self._span(meta))

    def every(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        within = _part(parts, "within")
        values = tuple(p[1] for p in parts if isinstance(p, _One) and p[0] == "score_at")
        return tree.EveryScores(kind=parts[0].text, within=within, family="score", values=values, span=self._span(meta))

    def arithmetic(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        left, whole = parts[0], self._span(meta)
        for op, right in zip(parts[1::2], parts[2::2], strict=True):
            left = tree.Arithmetic(op=op, left=left, right=right, span=_balanced(whole, right.span.end))
        return left  # type: ignore[no-any-return]

    def negate(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.Negate(operand=parts[-1], span=self._span(meta))

    def name_ref(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.NameRef(text=str(parts[0]), span=self._span(meta))

    def score_ref(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.NameRef(text="score", span=self._span(meta))

    def weight_ref(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.NameRef(text="weight", span=self._span(meta))

    def at_level(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.AtLevel(name=str(parts[0]), level=parts[1].text, span=self._span(meta))

    def score_at_level(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.AtLevel(name="score", level=parts[0].text, span=self._span(meta))

    def truth(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.TruthLit(value=parts[0].type == "YES", span=self._span(meta))

    def measure(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.Measure(measure=parts[0], clauses=parts[1], verdict=parts[2], span=self._span(meta))

    def aggregate(self, meta: Meta, parts: list[Any]) -> tree.Expr:
        return tree.Aggregate(op=parts[0], body=parts[1], kind=parts[2].text, span=self._span(meta))

    def number(self, meta: Meta, parts: list[Any]) -> tree.Number:
        unit = parts[1] if len(parts) > 1 else None
        return tree.Number(digits=" ".join(str(parts[0]).split()), unit=unit, span=self._span(meta))

    def unit(self, meta: Meta, parts: list[Any]) -> str:
        return "" + str(parts[0].value)

    def compare_op(self, meta: Meta, parts: list[Any]) -> str:
        return _OPERATORS.get(str(parts[0]), str(parts[0].value))

    add_op = mul_op = compare_op

    def within(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("within", parts[0].text))

    def score_at(self, meta: Meta, parts: list[Any]) -> _One:
        number, level = _of(parts, tree.Number), _of(parts, tree.Name)
        return _One(("score_at", (number, level.text)))

    at_score = score_at

    def quantifier(self, meta: Meta, parts: list[Any]) -> tuple[str, int | None]:
        number = int(str(parts[1]).replace(" ", "")) if len(parts) > 1 else None
        return _QUANTIFIERS[parts[0].type], number

    def measure_word(self, meta: Meta, parts: list[Any]) -> str:
        return parts[0].type.lower()  # type: ignore[no-any-return]

    aggregate_word = verdict = measure_word

    def clause_set(self, meta: Meta, parts: list[Any]) -> tree.ClauseSet:
        return tree.ClauseSet(
            new=_part(parts, "new", False),
            modality=_part(parts, "modality"),
            of=_part(parts, "of", ()),
            excepted=_part(parts, "except", ()),
            level=_part(parts, "at"),
            span=self._span(meta),
        )

    def new(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("new", True))

    def of(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("of", parts[0]))

    def except_(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("except", parts[0]))

    def at(self, meta: Meta, parts: list[Any]) -> _One:
        return _One(("at", parts[0].text))
