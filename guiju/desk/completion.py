"""A place of a text -> what can be typed there: what the grammar takes, in the words of this policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guiju.compiler.clauses import ClauseNode
from guiju.compiler.expressions import type_name
from guiju.compiler.ir import TRUTH, NumberType, Type
from guiju.compiler.names import text_of
from guiju.compiler.readings import own_results
from guiju.compiler.symbols import SCORE, Symbols
from guiju.compiler.units import unit_named, units
from guiju.desk.context import Slot, slot
from guiju.desk.desk import Desk
from guiju.desk.fitting import Fitting, Place
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import (
    RELATIONS,
    RESULTS,
    STATUSES,
    UNDEFINED,
    VALUES,
    WORDS,
    by_terminal,
    canonical,
    localised,
    spell,
    unit_in,
)
from guiju.dsl.source import Span

OfferKind: TypeAlias = Literal["keyword", "value", "option", "name", "clause", "unit", "property"]
_EXPRESSIONS = frozenset(
    {"clause_line", "let_line", "row_line", "block_line", "patch", "reading_option_line", "expr_cell", "weight_cell"}
    | {"fact_line", "score_line", "given_line", "expect_line"}
)

#: lines and cells that are expressions from the beginning on, and what an expression begins behind in others
_WHOLE = frozenset({"clause_line", "row_line", "expr_cell", "weight_cell", "given_line", "expect_line"})
_BEGIN = frozenset({"EQ", "AFTER", "REQUIRES", "APPLIES"})
_OF_EXAMPLES = frozenset({"given_line", "expect_line"})
_FUNCTIONS = frozenset({"SUM", "MEAN", "MIN", "MAX"})
_TESTS = frozenset({"ALL", "ANY", "NONE", "EXACTLY", "AT_LEAST", "AT_MOST", "MORE_THAN_HALF", "EVERY", "NOT"})
_VALUES: dict[str, Type] = {
    **dict.fromkeys(("YES", "NO"), TRUTH),
    "COUNT": NumberType(integer=True, unit="count"),
    "SHARE": NumberType(unit="%"),
}
_COMPARED_BY = frozenset({"EQ", "NE", "GE", "GT", "LE", "LT"})
_ENDS = frozenset({"COMMA", "AND", "OR", "SEMICOLON"})  # behind which something else is spoken of
_IN = by_terminal()["IN"]
_IN_SET = re.compile(rf"\s*(?:{'|'.join((*_IN.en, *_IN.zh))})\s+(?P<set>[^\W\d][\w.+-]*)")
_TYPES = ("YES_NO", "ONE_OF", "SET_OF")


@dataclass(frozen=True)
class Offer:
    """Something that can be typed: how it is spelt, of what kind it is, and what else is known of it.

    `sought` is what stands there of another spelling of it; nothing where its own begins so.
    """

    text: str
    kind: OfferKind
    detail: str = ""
    rank: int = 5  # the lower, the further in front
    sought: str = ""
    place: int = 0  # among those of its rank, where they have an order of their own


@dataclass(frozen=True)
class Offers:
    """What can take the place of the word that is being typed. `is_whole`: no further letter brings other offers."""

    span: Span
    offers: tuple[Offer, ...]
    is_whole: bool = True


def completion(desk: Desk, offset: int, language: Language, vocabularies: Iterable[str] = ()) -> Offers:
    """All that can be typed at a place. `vocabularies` are those that a policy here may use."""
    here = slot(desk, offset)
    if here is None or desk.symbols is None:
        return Offers(Span(desk.source, offset, offset), ())
    completer = _Completer(desk, desk.symbols, here, language, offset)
    found = {offer.text: offer for offer in reversed(tuple(completer.offers(tuple(vocabularies))))}
    span = Span(desk.source, offset - len(here.typed), offset)
    return Offers(
        span, tuple(sorted(found.values(), key=lambda o: (o.rank, o.place, o.text))), is_whole=not here.is_type
    )


class _Completer:
    def __init__(self, desk: Desk, symbols: Symbols, here: Slot, language: Language, offset: int) -> None:
        self._s, self._here, self._shown, self._written = symbols, here, language, desk.language
        at = desk.source.position(offset)
        self._line, self._behind = at.line, desk.source.line_text(at.line)[at.column - 1 :]
        self._fitting = Fitting(symbols, desk.program, Place(here.rule, here.before, self._behind))

    def offers(self, vocabularies: tuple[str, ...]) -> Iterator[Offer]:
        here = self._here
        yield from (Offer(localised(k, WORDS, self._written), "property", rank=2) for k in here.keys)
        yield from self._first_words()
        yield from self._keywords()
        if here.is_type:
            yield from self._units_of_types()
        elif "UNIT" in here.terminals:
            yield from self._units()
        if here.terminals & {"SECTION", "MARK"} and here.rule != "name_cell" and self._takes_clauses():
            yield from self._clauses()
        if "NAME" in here.terminals:
            yield from self._names(vocabularies)

    # --- words of the language -----------------------------------------------------------------------------------

    def _first_words(self) -> Iterator[Offer]:
        """What begins a line there: kinds of groups, options of a value."""
        for word in self._here.openers:
            yield Offer(word, "name", rank=1)

    def _keywords(self) -> Iterator[Offer]:
        for terminal in sorted(self._here.terminals & by_terminal().keys()):
            if self._is_in_expression() and not self._takes_word(terminal):
                continue
            if terminal != "CLAUSES" or self._written == "zh":
                yield Offer(spell(terminal, self._written), "keyword", rank=0 if terminal in _TYPES else 4)
            else:
                yield from (Offer(word, "keyword", rank=4) for word in by_terminal()[terminal].en)

    def _is_in_expression(self) -> bool:
        """Whether words of expressions can stand there, and not those of the line around one."""
        here = self._here
        is_behind = any(word.terminal in _BEGIN for word in here.before)
        return here.rule in _WHOLE or (here.rule in _EXPRESSIONS and is_behind)

    def _takes_word(self, terminal: str) -> bool:
        """Whether what a keyword begins is of a type that can stand there."""
        fitting, families = self._fitting, self._s.families
        if self._here.rule in _OF_EXAMPLES and terminal in (*_FUNCTIONS, *_VALUES, "SCORE", "WEIGHT"):
            return terminal in ("YES", "NO") and fitting.type_named(self._subject() or "") == TRUTH
        if terminal in _FUNCTIONS:
            return bool(families) and bool(self._s.kind_list) and fitting.takes(NumberType())
        if terminal in ("SCORE", "EVERY") and not any(name == SCORE for name, _ in families):
            return False
        if terminal == "SCORE":
            return fitting.takes(NumberType())
        if terminal == "WEIGHT":
            return self._s.weights is not None and fitting.is_aggregated and fitting.takes(NumberType())
        if terminal in _TESTS and self._here.rule not in _OF_EXAMPLES:
            return fitting.takes_test()
        return terminal not in _VALUES or fitting.takes(_VALUES[terminal])

    def _units(self) -> Iterator[Offer]:
        """Units behind a number, those of the quantity that it is compared with before all others."""
        compared = self._compared()
        fact = self._s.facts.get(compared or "")
        own = unit_named(fact.type.unit) if fact and isinstance(fact.type, tree.UnitType) else None
        if own and compared and unit_in(own.name, self._written) != self._unit_of(compared):
            yield Offer(self._unit_of(compared), "unit", own.name, rank=0)
        for unit in units():
            if unit.dimension == own.dimension if own else self._fitting.takes_unit(unit.dimension):
                is_own = own is not None and unit.name == own.name
                yield Offer(unit_in(unit.name, self._written), "unit", unit.name, rank=1 if is_own else 3)

    def _units_of_types(self) -> Iterator[Offer]:
        """Units behind the colon of a declaration, of which there are hundreds: those that begin as what is typed.

        With nothing typed yet, those of pure numbers and those of other values of the policy.
        """
        typed = self._here.typed.casefold()
        values: tuple[tree.FactDecl | tree.InputDecl, ...] = (*self._s.facts.values(), *self._s.inputs.values())
        named = (unit_named(v.type.unit) for v in values if isinstance(v.type, tree.UnitType))
        used = {unit.name for unit in named if unit}
        for unit in units():
            is_near = unit.dimension == () or unit.name in used
            own = unit_in(unit.name, self._written)
            said = next((s for s in (own, unit.name, *unit.aliases) if s.casefold().startswith(typed)), None)
            if said is not None and (typed or is_near):
                sought = "" if said == own else said
                yield Offer(own, "unit", said if sought else unit.name, rank=1 if is_near else 3, sought=sought)

    def _unit_of(self, fact: str) -> str:
        """The unit of a fact as its declaration writes it."""
        type_ = self._s.facts[fact].type
        return type_.unit if isinstance(type_, tree.UnitType) else ""

    # --- names ---------------------------------------------------------------------------------------------------

    def _names(self, vocabularies: tuple[str, ...]) -> Iterator[Offer]:
        here, s = self._here, self._s
        match here.rule, here.last:
            case (_, "ALIAS") | ("level_line" | "input_line", _):
                return
            case "patch" | "reading_option_line" | "clause_line", "CLAUSES" | "ITEM":
                return  # clauses alone, or the name of a new one
            case _, "AT" | "ELSE_AS" | "LEVELS":
                yield from self._levels()
            case _, "EACH" | "EVERY" | "WITHIN":
                yield from self._plain(k.id for k in s.kind_list)
            case "grade_line", "BY":
                yield from self._families()
            case "given_line" | "expect_line", _:
                yield from self._of_example()
            case rule, _ if not self._names_what_is_there(rule):
                return
            case "use_line", _:
                yield from self._plain(vocabularies)
            case "validity_line", _:
                yield from (Offer(f, "value", rank=1) for f in s.vocabulary_of)
            case "grade_key_cell" | "grade_result_cell", _:
                yield from self._levels()
                yield from self._plain(localised(en, RESULTS, self._written) for en, _ in RESULTS)
            case "relation_cell", _:
                yield from self._plain(localised(en, RELATIONS, self._written) for en, _ in RELATIONS)
            case "name_cell", _:
                yield from self._keys_of_rows()
            case "property_line" | "standard_line", "NAME":
                yield from self._values_of_property(here.before[-1].text)
            case (("patch" | "reading_option_line"), "MEMBERSHIP" | "WEIGHTS" | "GRADE"):
                yield from self._patched(here.last)
            case (("patch" | "reading_option_line"), "NAME") if here.before_last == "MEMBERSHIP":
                yield from self._levels()
            case (rule, last) if rule in _EXPRESSIONS and last not in ("INT", "DECIMAL"):
                yield from self._values()
                if rule == "weight_cell" or "WEIGHTS" in (word.terminal for word in here.before):
                    yield from self._plain((localised(UNDEFINED[0], RESULTS, self._written),))

    def _names_what_is_there(self, rule: str) -> bool:
        """Whether a name speaks of something, and does not declare it."""
        behind = {"fact_line": "EQ", "let_line": "EQ", "score_line": "EQ", "reading_option_line": "COLON"}.get(rule)
        return behind is None or any(word.terminal == behind for word in self._here.before)

    def _plain(self, words: Iterable[str]) -> Iterator[Offer]:
        yield from (Offer(word, "name", rank=1) for word in words)

    def _levels(self) -> Iterator[Offer]:
        for place, level in enumerate(self._s.level_list):
            yield Offer(level.id, "name", level.label.in_language(self._shown), rank=0, place=place)

    def _families(self) -> Iterator[Offer]:
        for (name, _), d in self._s.families.items():
            if name != SCORE:
                yield Offer(name, "value", text_of(d.label, name).in_language(self._shown), rank=1)

    def _keys_of_rows(self) -> Iterator[Offer]:
        """In the head of a table what its columns are of; below it what a row is of, each once."""
        here = self._here
        table = self._s.membership if here.table == "membership_line" else self._s.weights
        head = table.header[0].text if table else ""
        options = self._s.values.find(head) if here.table == "weights_line" else None
        if here.is_header and here.column and here.table == "membership_line":
            said = {name.text for name in table.header} if table else set()
            yield from (level for level in self._levels() if level.text not in said)
        elif here.is_header and not here.column:
            yield from self._plain(k.id for k in self._s.kind_list)
            yield from self._plain(i for i in self._s.inputs if here.table == "weights_line" and i in self._s.options)
        elif options and not here.is_header:
            yield from self._plain(o for o in self._options(options) if not self._has_row(table, o))
        elif options or not here.is_header:
            kind = None if here.is_header else self._s.kinds.find(head)
            said = {name.text for name in table.header} if table and here.is_header else set()
            groups = (g for g in self._s.group_list if kind in (None, g.kind) and g.id not in said)
            groups = (g for g in groups if here.is_header or not self._has_row(table, g.id))
            yield from (Offer(g.id, "name", g.label.in_language(self._shown), rank=1) for g in groups)

    def _has_row(self, table: tree.MembershipDecl | tree.WeightsDecl | None, name: str) -> bool:
        """Whether another line of a table is of this already."""
        rows = table.rows if table else ()
        keys = ((row.group if isinstance(row, tree.MembershipRow) else row.key) for row in rows)
        return any(key.text == name and key.span.position.line != self._line for key in keys)

    def _of_example(self) -> Iterator[Offer]:
        """What is given or expected, and the values of it that have names."""
        here, s = self._here, self._s
        chosen = [r for r in s.readings if r.name.text == here.before[-2].text] if len(here.before) > 2 else []
        if here.last == "READING":
            yield from self._plain(r.name.text for r in s.readings)
        elif here.last == "EQ" and here.before[-3].terminal == "READING":
            yield from self._plain(o.name.text for r in chosen for o in r.options)
        elif (subject := self._subject()) is None:
            yield from self._named_values()
        elif subject in s.grades:
            yield from self._results(s.grades[subject])
        elif (value := s.values.find(subject)) in s.options:
            yield from self._options_of(value)

    def _subject(self) -> str | None:
        """What an example gives or expects a value of, in front of the `=` or the bars; None in front of it."""
        for at, word in reversed(tuple(enumerate(self._here.before))):
            if word.terminal in ("COMMA", "COLON"):
                return None
            if word.terminal in _COMPARED_BY:
                before = self._here.before[at - 1]
                return before.text if before.terminal == "NAME" else ""
        return None

    def _results(self, grade: tree.GradeDecl) -> Iterator[Offer]:
        """The levels that a grade gives, or its own words."""
        own = own_results(self._s, grade)
        rows = [row.result.text for row in grade.rows]
        yield from self._plain(dict.fromkeys(rows)) if own else ()
        yield from () if own else self._levels()
        if not own:
            yield from self._plain(localised(en, RESULTS, self._written) for en, _ in RESULTS)

    def _values_of_property(self, key: str) -> Iterator[Offer]:
        """The words that a property has one of: a status, a language."""
        en = canonical(key, WORDS)
        known = STATUSES if en == "status" else tuple(w for w, _ in VALUES if w not in STATUSES)
        yield from self._plain(localised(word, VALUES, self._written) for word in known)

    def _patched(self, word: str) -> Iterator[Offer]:
        if word == "MEMBERSHIP":
            yield from (Offer(g.id, "name", g.label.in_language(self._shown), rank=1) for g in self._s.group_list)
        elif word == "WEIGHTS" and self._s.weights:
            head = self._s.values.find(self._s.weights.header[0].text)
            yield from self._plain(self._options(head) if head in self._s.options else self._s.group)
        else:
            yield from self._levels()
            yield from self._plain(self._s.grades)

    def _values(self) -> Iterator[Offer]:
        """Facts, inputs, lets and scores of the types that fit there; options of what is compared come first."""
        compared = self._compared() or self._set_behind()
        if compared in self._s.options:
            yield from self._options_of(compared)
        yield from self._named_values()

    def _options_of(self, value: str | None) -> Iterator[Offer]:
        owner = self._s.facts.get(value or "") or self._s.inputs[value or ""]
        labels = {o.name.text: text_of(o.label, "").in_language(self._shown) for o in owner.options}
        yield from (Offer(o, "option", labels.get(o, ""), rank=0) for o in self._options(value or ""))

    def _named_values(self) -> Iterator[Offer]:
        fits = self._fitting
        for name, type_ in self._s.types.items():
            declared = self._s.facts.get(name) or self._s.inputs[name]
            label = text_of(declared.label, "").in_language(self._shown)
            said = " · ".join(x for x in (label, type_name(type_).in_language(self._shown)) if x)
            if fits.takes(type_):
                yield Offer(self._spelt(declared), "value", said, rank=0 if self._holds_option(name) else 2)
        if self._here.rule == "given_line":
            return
        for name, let in self._s.lets.items():
            if fits.takes(fits.type_named(name)):
                yield Offer(self._spelt(let), "value", let.value.span.text, rank=2)
        yield from (
            offer
            for offer in self._families()
            if fits.takes(fits.type_named(offer.text)) and self._has_group(offer.text)
        )
        if self._here.rule == "expect_line":
            yield from (Offer(name, "value", rank=1) for name in self._s.grades)

    def _has_group(self, family: str) -> bool:
        """Whether a score is one of the whole, or there is a group there that it can be the score of."""
        by = {grade.by.text for grade in self._s.grades.values()}
        of_groups = any(kind for name, kind in self._s.families if name in by)
        of_whole = {"let_line", "fact_line", "weight_cell", *(() if of_groups else ("expr_cell",))}
        is_of_whole = any(name == family and kind is None for name, kind in self._s.families)
        return is_of_whole or self._fitting.is_aggregated or self._here.rule not in of_whole

    def _spelt(self, d: tree.FactDecl | tree.InputDecl | tree.LetDecl) -> str:
        """The name of a value as the text is written: in Chinese, its Chinese alias."""
        names = (d.name.text, *(a.text for a in d.aliases))
        alias = next((n for n in names if not n.isascii()), None)
        return alias if alias and self._written == "zh" else d.name.text

    def _set_behind(self) -> str | None:
        """The set of which an option is typed in front of `in`."""
        found = _IN_SET.match(self._behind)
        name = self._s.values.find(found["set"]) if found else None
        return name if name in self._s.options else None

    def _holds_option(self, name: str) -> bool:
        """Whether a value is a set that may have the option in front of `in`."""
        before = self._here.before
        is_asked = len(before) > 1 and before[-1].terminal == "IN" and name in self._s.options
        return is_asked and before[-2].text in self._s.options[name].known()

    def _options(self, owner: str) -> Iterator[str]:
        declared = self._s.facts.get(owner) or self._s.inputs[owner]
        if isinstance(declared.type, tree.ChoiceType):
            yield from (o.text for o in declared.type.options)

    def _compared(self) -> str | None:
        """The value that stands before a comparison, a number or a list of options at the end of what is typed."""
        before = self._here.before
        at = next((n for n in reversed(range(len(before))) if before[n].terminal in _COMPARED_BY), 0)
        if not at or any(w.terminal in _ENDS for w in before[at + 1 :]):
            return None
        name = before[at - 1]
        is_listed = any(w.terminal == "NAME" for w in before[at + 1 :]) and before[-1].terminal != "VBAR"
        return self._s.values.find(name.text) if name.terminal == "NAME" and not is_listed else None

    # --- clauses -------------------------------------------------------------------------------------------------

    def _takes_clauses(self) -> bool:
        """Whether what begins with a clause can stand there: a range of them, or that one is satisfied."""
        here = self._here
        if here.last in ("MEMBERSHIP", "WEIGHTS"):  # a group, whose number looks like that of a clause
            return False
        if here.rule == "clause_line" and len(here.before) == 1 and here.last == "CLAUSES":  # a new one
            return False
        is_reference = not self._is_in_expression() or here.rule in _OF_EXAMPLES or bool(here.reference)
        return is_reference or self._fitting.takes_test()

    def _clauses(self) -> Iterator[Offer]:
        """Clauses by their numbers; behind a section or a mark, the marks below it; in a row, those of its section."""
        here, index = self._here, self._s.clauses
        if here.reference:
            section, *marks = here.reference
            group = self._s.groups.find(section)
            node = index.by_id.get(".".join((group or section, *marks)))
            inside = node.children if node else index.tops.get(group or "", ()) if not marks else ()
            yield from (self._mark(n) for n in inside if n.declaration.mark.endswith(")"))
            return
        own = index.tops.get(self._s.groups.find(here.row or "") or "", ())
        yield from (self._mark(n) for n in own if n.declaration.mark.endswith(")"))
        if here.rule == "clause_line" and not here.before:
            return
        for node in index.by_id.values():
            if here.rule == "clause_line" and node.declaration.span.position.line == self._line:
                continue
            if here.table == "membership_line" and node.group != self._s.groups.find(here.row or ""):
                continue
            yield Offer(node.printed, "clause", self._label(node), rank=3)

    def _mark(self, node: ClauseNode) -> Offer:
        return Offer(node.declaration.mark, "clause", self._label(node), rank=0)

    def _label(self, node: ClauseNode) -> str:
        return text_of(node.declaration.label, "").in_language(self._shown)
