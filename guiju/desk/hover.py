"""A place of a text -> what an editor is told who points at it, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.compiler.clauses import MODALITY
from guiju.compiler.expressions import type_name
from guiju.compiler.graph import dependencies
from guiju.compiler.ir import Program
from guiju.compiler.names import text_of
from guiju.compiler.review.records import in_words
from guiju.compiler.spoken import spoken
from guiju.compiler.symbols import Symbols, cite
from guiju.compiler.units import Unit, format_number, unit_named, units
from guiju.desk.desk import Desk
from guiju.desk.things import Thing
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.source import Span

MOST_USERS = 8  # of a clause or a fact that are named
_KINDS = {
    "option": Text("选项", "Option"),
    "kind": Text("组的种类", "Kind of group"),
    "level": Text("等级", "Level"),
    "group": Text("组", "Group"),
    "clause": Text("条款", "Clause"),
    "family": Text("得分", "Score"),
    "grade": Text("定级", "Grade"),
    "reading": Text("读法", "Reading"),
    "choice": Text("读法的选项", "Option of a reading"),
    "record": Text("记录", "Record"),
    "vocabulary": Text("词汇表", "Vocabulary"),
}
_FACT, _INPUT, _LET = Text("事实", "Fact"), Text("输入", "Input"), Text("令", "Let")
_TYPE, _UNIT, _ALIAS = Text("类型", "Type"), Text("单位", "Unit"), Text("别名", "Aliases")
_CITES, _FROM = Text("依据", "Cites"), Text("来自词汇表", "From the vocabulary")
_COUNTS, _NEVER = Text("计入等级", "Counts at"), Text("不计入任何等级", "Counts at no level")
_USERS, _MORE = Text("用于", "Used by"), Text("另有 {n} 处", "{n} more")
_MODALITY = Text("能愿词", "Modality")
_SEPARATOR = Text("、", ", ")


def hover(desk: Desk, offset: int, language: Language) -> tuple[str, Span] | None:
    """Markdown about what stands at a place, and the characters that it is about; None where nothing does."""
    symbols = desk.symbols
    found = next((o for o in desk.at(offset) if not o.is_indirect), None)
    if found is None or symbols is None:
        return _unit_at(desk, offset, language)
    lines = _Card(symbols, desk.program, language).lines(found.thing)
    return "\n\n".join(line for line in lines if line), found.span


class _Card:
    """Writes the lines about one thing."""

    def __init__(self, symbols: Symbols, program: Program | None, language: Language) -> None:
        self._s, self._program, self._language = symbols, program, language

    def lines(self, thing: Thing) -> Iterator[str]:
        match thing.kind:
            case "value":
                yield from self._value(thing.id)
            case "clause":
                yield from self._clause(thing.id)
            case "option":
                label, aliases = self._described(thing)
                yield from self._named(_KINDS["option"], thing.id, label)
                yield self._pair(_ALIAS, aliases)
            case "level":
                level = next(x for x in self._s.level_list if x.id == thing.id)
                yield from self._named(_KINDS["level"], thing.id, level.label)
                yield self._pair(_ALIAS, level.aliases)
            case "group":
                group = self._s.group[thing.id]
                yield from self._named(_KINDS["group"], f"{group.kind} {group.id}", group.label)
                yield self._cited(group.cites)
            case "kind":
                kind = next(k for k in self._s.kind_list if k.id == thing.id)
                yield from self._named(_KINDS["kind"], kind.id, kind.label)
            case "family":
                yield from self._family(thing.id)
            case "grade":
                grade = self._s.grades.get(thing.id)
                yield from self._named(_KINDS["grade"], thing.id, text_of(grade.label if grade else None, thing.id))
            case "reading" | "choice":
                yield from self._reading(thing)
            case "record":
                record = next(r for r in self._s.records if (r.name.text, r.kind.text) == (thing.id, thing.of))
                yield from self._named(_KINDS["record"], f"{thing.of} {thing.id}", text_of(record.label, thing.id))
                yield self._cited(cite(record.cites))
            case "vocabulary":
                yield from self._named(_KINDS["vocabulary"], thing.id, Text(thing.id, thing.id))

    def _value(self, name: str) -> Iterator[str]:
        s = self._s
        declared = s.facts.get(name) or s.inputs.get(name) or s.lets[name]
        word = _FACT if name in s.facts else _INPUT if name in s.inputs else _LET
        yield from self._named(word, name, text_of(declared.label, name))
        if isinstance(declared, tree.LetDecl):
            yield f"`{declared.value.span.text}`"
        else:
            yield self._pair(_TYPE, (type_name(s.types[name]).in_language(self._language),))
        if isinstance(declared, tree.FactDecl) and declared.formula:
            yield f"`= {declared.formula.span.text}`"
        yield self._pair(_ALIAS, (a.text for a in declared.aliases))
        yield self._cited(cite(declared.cites))
        yield self._pair(_FROM, (s.vocabulary_of.get(name, ""),))
        address = {_FACT: "fact:", _INPUT: "input:", _LET: ""}[word] + name
        yield self._users(address)

    def _clause(self, id_: str) -> Iterator[str]:
        node = self._s.clauses.by_id[id_]
        d = node.declaration
        yield from self._named(_KINDS["clause"], node.printed, text_of(d.label, node.printed))
        if d.condition is not None:
            yield f"`{d.condition.span.text}`"
        yield self._pair(_MODALITY, (self._modality(node.modality),))
        yield self._cited(cite(d.cites))
        if self._program is not None and id_ in self._program.clause:
            levels = self._program.clause[id_].levels
            said = self._pair(_COUNTS, levels) or _NEVER.in_language(self._language)
            yield said if self._s.level_list else ""
            yield self._users(f"clause:{id_}")

    def _family(self, name: str) -> Iterator[str]:
        declared = next(d for (family, _), d in self._s.families.items() if family == name)
        yield from self._named(_KINDS["family"], name, text_of(declared.label, name))
        if declared.formula:
            yield f"`= {declared.formula.span.text}`"
        yield self._cited(cite(declared.cites))

    def _reading(self, thing: Thing) -> Iterator[str]:
        name = thing.of or thing.id
        readings = [r for r in self._s.readings if r.name.text == name]  # several while a text is being written
        if thing.kind == "choice":
            option = next(o for r in readings for o in r.options if o.name.text == thing.id)
            yield from self._named(_KINDS["choice"], thing.id, text_of(option.label, thing.id))
        else:
            yield from self._named(_KINDS["reading"], thing.id, text_of(readings[0].label, thing.id))
            yield self._cited(cite(readings[0].cites))

    # --- parts ---------------------------------------------------------------------------------------------------

    def _named(self, kind: Text, name: str, label: Text) -> Iterator[str]:
        texts = dict.fromkeys((label.zh, label.en))
        shown = " / ".join(_plain(t) for t in texts if t != name)
        yield f"**{kind.in_language(self._language)}** `{name}`" + (f" {shown}" if shown else "")

    def _pair(self, word: Text, values: Iterable[str]) -> str:
        said = _SEPARATOR.in_language(self._language).join(_plain(v) for v in values if v)
        colon = "：" if self._language == "zh" else ": "
        return f"{word.in_language(self._language)}{colon}{said}" if said else ""

    def _cited(self, cites: str) -> str:
        return self._pair(_CITES, (in_words(cites).in_language(self._language),))

    def _modality(self, modality: str | None) -> str:
        return MODALITY[modality].in_language(self._language) if modality else ""

    def _users(self, address: str) -> str:
        """What is computed from something, one step away."""
        if self._program is None:
            return ""
        found = (d.user for d in dependencies(self._program) if d.used == address)
        users = list(dict.fromkeys(map(self._spoken, found)))
        shown = users[:MOST_USERS]
        if more := len(users) - len(shown):
            shown.append(_MORE.in_language(self._language).format(n=more))
        return self._pair(_USERS, shown)

    def _spoken(self, address: str) -> str:
        kind, _, name = address.partition(":")
        node = self._s.clauses.by_id.get(name) if kind == "clause" else None
        if node is not None:
            return node.printed
        return name if kind in ("fact", "input") else spoken(address).in_language(self._language)

    def _described(self, thing: Thing) -> tuple[Text, tuple[str, ...]]:
        owner = self._s.facts.get(thing.of) or self._s.inputs[thing.of]
        described = next((o for o in owner.options if o.name.text == thing.id), None)
        if described is None:
            return Text(thing.id, thing.id), ()
        return text_of(described.label, thing.id), tuple(a.text for a in described.aliases)


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~" else c for c in text)


def _unit_at(desk: Desk, offset: int, language: Language) -> tuple[str, Span] | None:
    """About the unit behind a number, or of a fact."""
    for read in desk.lines.get(desk.source.position(offset).line, ()):
        for before, word in zip((None, *desk.words(read)), desk.words(read), strict=False):
            unit = unit_named(word.text) if before and before.terminal in ("INT", "DECIMAL", "COLON") else None
            if unit and word.start <= offset - read.offset <= word.end:
                span = Span(desk.source, read.offset + word.start, read.offset + word.end)
                return _about_unit(unit, language), span
    return None


def _about_unit(unit: Unit, language: Language) -> str:
    alike = [u for u in units() if u.dimension == unit.dimension]
    first = next((u for u in alike if u.factor == 1), alike[0])
    said = f"**{_UNIT.in_language(language)}** `{unit.name}`"
    return said if unit == first else f"{said} = {format_number(unit.factor / first.factor)} {first.name}"
