"""A place of a text -> what can be typed there: what the grammar takes, in the words of this policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guiju.compiler.clauses import ClauseNode
from guiju.compiler.expressions import type_name
from guiju.compiler.names import text_of
from guiju.compiler.symbols import SCORE, Symbols
from guiju.compiler.units import UNITS, unit_named
from guiju.desk.context import Slot, slot
from guiju.desk.desk import Desk
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import (
    RELATIONS,
    RESULTS,
    STATUSES,
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
    behind = desk.source.line_text(desk.source.position(offset).line)[desk.source.position(offset).column - 1 :]
    found = dict.fromkeys(_Completer(desk, desk.symbols, here, language, behind).offers(tuple(vocabularies)))
    span = Span(desk.source, offset - len(here.typed), offset)
    return Offers(span, tuple(sorted(found, key=lambda o: (o.rank, o.text))), is_whole=not here.is_type)


class _Completer:
    def __init__(self, desk: Desk, symbols: Symbols, here: Slot, language: Language, behind: str) -> None:
        self._s, self._here, self._shown, self._behind = symbols, here, language, behind
        self._written = desk.language

    def offers(self, vocabularies: tuple[str, ...]) -> Iterator[Offer]:
        here = self._here
        yield from (Offer(localised(k, WORDS, self._written), "property", rank=2) for k in here.keys)
        yield from self._first_words()
        yield from self._keywords()
        if here.is_type:
            yield from self._units_of_types()
        elif "UNIT" in here.terminals:
            yield from self._units()
        if here.terminals & {"SECTION", "MARK"}:
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
            if terminal != "CLAUSES" or self._written == "zh":
                yield Offer(spell(terminal, self._written), "keyword", rank=0 if terminal in _TYPES else 4)
            else:
                yield from (Offer(word, "keyword", rank=4) for word in by_terminal()[terminal].en)

    def _units(self) -> Iterator[Offer]:
        """Units behind a number, those of the quantity that it is compared with before all others."""
        compared = self._compared()
        fact = self._s.facts.get(compared or "")
        own = unit_named(fact.type.unit) if fact and isinstance(fact.type, tree.UnitType) else None
        if own and compared and unit_in(own.name, self._written) != self._unit_of(compared):
            yield Offer(self._unit_of(compared), "unit", own.name, rank=0)
        for unit in UNITS:
            if own is None or unit.dimension == own.dimension:
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
        for unit in UNITS:
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
            case (_, "ALIAS") | ("let_line" | "level_line", "") | ("fact_line" | "input_line", "COLON"):
                return
            case "patch" | "reading_option_line", "CLAUSES" | "ITEM":
                return  # clauses alone
            case _, "AT" | "ELSE_AS" | "LEVELS":
                yield from self._levels()
            case _, "EACH" | "EVERY" | "WITHIN":
                yield from self._plain(k.id for k in s.kind_list)
            case "grade_line", "BY":
                yield from self._families()
            case "expect_line", "EQ" | "VBAR":
                yield from self._levels()
                yield from self._values()
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

    def _plain(self, words: Iterable[str]) -> Iterator[Offer]:
        yield from (Offer(word, "name", rank=1) for word in words)

    def _levels(self) -> Iterator[Offer]:
        for level in self._s.level_list:
            yield Offer(level.id, "name", level.label.in_language(self._shown), rank=0)

    def _families(self) -> Iterator[Offer]:
        for (name, _), d in self._s.families.items():
            if name != SCORE:
                yield Offer(name, "value", text_of(d.label, name).in_language(self._shown), rank=1)

    def _keys_of_rows(self) -> Iterator[Offer]:
        """Below a table: groups, levels, kinds and the options of inputs."""
        yield from self._levels()
        for group in self._s.group_list:
            yield Offer(group.id, "name", group.label.in_language(self._shown), rank=2)
        yield from self._plain(k.id for k in self._s.kind_list)
        yield from self._plain(o for name in self._s.inputs for o in self._options(name))

    def _values_of_property(self, key: str) -> Iterator[Offer]:
        """The words that a property has one of: a status, a language."""
        en = canonical(key, WORDS)
        known = STATUSES if en == "status" else tuple(w for w, _ in VALUES if w not in STATUSES)
        yield from self._plain(localised(word, VALUES, self._written) for word in known)

    def _patched(self, word: str) -> Iterator[Offer]:
        if word == "MEMBERSHIP":
            yield from (Offer(g.id, "name", g.label.in_language(self._shown), rank=1) for g in self._s.group_list)
        elif word == "WEIGHTS" and self._s.weights:
            yield from self._plain(row.key.text for row in self._s.weights.rows)
        else:
            yield from self._levels()
            yield from self._plain(self._s.grades)

    def _values(self) -> Iterator[Offer]:
        """Facts, inputs, lets and scores; where a value with options is compared, its options alone come first."""
        compared = self._compared() or self._set_behind()
        if compared in self._s.options:
            owner = self._s.facts.get(compared) or self._s.inputs[compared]
            labels = {o.name.text: text_of(o.label, "").in_language(self._shown) for o in owner.options}
            yield from (Offer(o, "option", labels.get(o, ""), rank=0) for o in self._options(compared))
        for name, type_ in self._s.types.items():
            declared = self._s.facts.get(name) or self._s.inputs[name]
            label = text_of(declared.label, "").in_language(self._shown)
            said = " · ".join(x for x in (label, type_name(type_).in_language(self._shown)) if x)
            yield Offer(self._spelt(declared), "value", said, rank=0 if self._holds_option(name) else 2)
        for let in self._s.lets.values():
            yield Offer(self._spelt(let), "value", let.value.span.text, rank=2)
        yield from self._families()

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
            yield Offer(node.printed, "clause", self._label(node), rank=3)

    def _mark(self, node: ClauseNode) -> Offer:
        return Offer(node.declaration.mark, "clause", self._label(node), rank=0)

    def _label(self, node: ClauseNode) -> str:
        return text_of(node.declaration.label, "").in_language(self._shown)
