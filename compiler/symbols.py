"""First pass: every name that a document declares, before any expression is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

from guiju.compiler import codes
from guiju.compiler.clauses import ClauseIndex
from guiju.compiler.ir import Group, Level, NumberType, OptionType, SetType, Titled, TruthType, Type
from guiju.compiler.names import Names, place_of, text_of, unit_meant
from guiju.compiler.unit_remedies import remedy_for
from guiju.compiler.units import unit_named, unit_names
from guiju.compiler.vocabularies import NO_VOCABULARIES, Vocabularies, facts_of, validities
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.keywords import taken_in_expressions, taken_in_results

_L = TypeVar("_L", bound=tree.Line)
SCORE = "score"  # the family that has no name of its own


@dataclass
class Symbols:
    """What the names of a document stand for. Filled by `collect`, only read afterwards."""

    document: tree.Document
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        d = self.diagnostics
        # facts, inputs and lets share one name space
        self.values = Names(Text("事实、输入项或令", "name"), d, reserved=taken_in_expressions())
        self.kinds = Names(Text("分组种类", "kind of group"), d, few=True)
        self.levels = Names(Text("等级", "level"), d, reserved=taken_in_results(), few=True)
        self.groups = Names(Text("组", "group"), d)
        self.options: dict[str, Names] = {}  # by fact or input
        self.types: dict[str, Type] = {}
        self.unsound: set[str] = set()  # values whose type is wrong, which is reported once and not at each use
        self.facts: dict[str, tree.FactDecl] = {}
        self.vocabulary_of: dict[str, str] = {}  # facts that a vocabulary declares
        self.validity_of: dict[str, Fraction] = {}  # in seconds, of facts
        self.inputs: dict[str, tree.InputDecl] = {}
        self.lets: dict[str, tree.LetDecl] = {}
        self.families: dict[tuple[str, str | None], tree.ScoreDecl] = {}
        self.grades: dict[str, tree.GradeDecl] = {}
        self.membership: tree.MembershipDecl | None = None
        self.weights: tree.WeightsDecl | None = None
        self.groups_line: tree.GroupsDecl | None = None
        self.levels_line: tree.LevelsDecl | None = None
        self.item_line: tree.ItemDecl | None = None
        self.defined: dict[str, str] = {}  # names of scores and grades
        self.readings: list[tree.ReadingDecl] = []
        self.records: list[tree.RecordDecl] = []
        self.crosswalks: list[tree.CrosswalkDecl] = []
        self.examples: list[tree.ExampleDecl] = []
        self.kind_list: list[Titled] = []
        self.level_list: list[Level] = []
        self.group: dict[str, Group] = {}
        self.clauses = ClauseIndex(d, self.groups)

    @property
    def item(self) -> str:
        """What one requirement item is."""
        return self.item_line.unit if self.item_line else "leaf"

    @property
    def group_list(self) -> tuple[Group, ...]:
        """Groups in the order of the text."""
        return tuple(self.group.values())

    def report(self, diagnostic: Diagnostic) -> None:
        """Collect a diagnostic."""
        self.diagnostics.append(diagnostic)


def collect(document: tree.Document, vocabularies: Vocabularies = NO_VOCABULARIES) -> Symbols:
    """Enter all declarations of a document, after those of the vocabularies that it uses."""
    symbols = Symbols(document)
    for declaration in document.declarations:
        if isinstance(declaration, tree.UseDecl) and document.standard and document.standard.is_vocabulary:
            named = (("name", declaration.name.text),)
            symbols.report(Diagnostic(codes.VOCABULARY_IN_VOCABULARY, declaration.span, named))
        elif isinstance(declaration, tree.UseDecl):
            _use(symbols, declaration, vocabularies)
    for declaration in document.declarations:
        _declare(symbols, declaration)
    _distinct_columns(symbols, symbols.membership, symbols.levels)
    _distinct_columns(symbols, symbols.weights, symbols.groups)
    return symbols


def _use(s: Symbols, use: tree.UseDecl, vocabularies: Vocabularies) -> None:
    """The facts of a vocabulary, as if they were declared here."""
    for fact in facts_of(s, use, vocabularies):
        _declare_value(s, fact)
        s.vocabulary_of.setdefault(fact.name.text, use.name.text)
    s.validity_of |= validities(s, use)


def _declare(s: Symbols, declaration: tree.Declaration) -> None:
    match declaration:
        case tree.InputDecl() | tree.FactDecl():
            _declare_value(s, declaration)
        case tree.LetDecl():
            s.values.declare(declaration.name, declaration.aliases)
            if declaration.name.text in s.defined:
                _name_is_taken(s, declaration.name)
            s.lets.setdefault(declaration.name.text, declaration)
        case tree.GroupsDecl():
            s.groups_line = _only_one(s, s.groups_line, declaration, "groups")
            for kind in declaration.kinds:
                s.kinds.declare(kind.name, kind.aliases)
                s.kind_list.append(Titled(kind.name.text, _own_text(kind.name, kind.aliases), _words(kind.aliases)))
        case tree.LevelsDecl():
            s.levels_line = _only_one(s, s.levels_line, declaration, "levels")
            for level in declaration.levels:
                s.levels.declare(level.name, level.aliases)
                label = text_of(level.label, level.name.text)
                s.level_list.append(Level(level.name.text, label, _words(level.aliases), span=level.span))
        case tree.GroupDecl():
            _declare_group(s, declaration, None)
        case tree.MembershipDecl():
            s.membership = _only_one(s, s.membership, declaration, "membership")
        case tree.WeightsDecl():
            s.weights = _only_one(s, s.weights, declaration, "weights")
        case tree.ItemDecl():
            s.item_line = _only_one(s, s.item_line, declaration, "item")
        case tree.ScoreDecl():
            _declare_family(s, declaration)
        case tree.GradeDecl():
            _declare_grade(s, declaration)
        case tree.ReadingDecl():
            _declare_reading(s, declaration)
        case tree.RecordDecl():
            _declare_record(s, declaration)
        case tree.CrosswalkDecl():
            s.crosswalks.append(declaration)
        case tree.ExampleDecl():
            declare_example(s, declaration)


def _declare_grade(s: Symbols, declaration: tree.GradeDecl) -> None:
    first = s.grades.setdefault(declaration.name.text, declaration)
    if first is not declaration:
        s.report(_taken(declaration.name.text, declaration, first))
    _only_definition(s, declaration.name, "grade")


def _declare_reading(s: Symbols, declaration: tree.ReadingDecl) -> None:
    first = next((r for r in s.readings if r.name.text == declaration.name.text), None)
    if first is not None:
        s.report(_taken(declaration.name.text, declaration, first))
    options = Names(Text("选项", "option"), s.diagnostics)
    for option in declaration.options:
        options.declare(option.name)
    s.readings.append(declaration)


def _declare_record(s: Symbols, declaration: tree.RecordDecl) -> None:
    """Records of one kind have names of their own; a term and an abbreviation may share one."""
    same = (r for r in s.records if (r.kind.text, r.name.text) == (declaration.kind.text, declaration.name.text))
    first = next(same, None)
    if first is not None:
        s.report(_taken(f"{first.kind.text} {first.name.text}", declaration, first))
    s.records.append(declaration)


def declare_example(s: Symbols, declaration: tree.ExampleDecl) -> None:
    """Enter an example, be it of the policy or of a file beside it."""
    first = next((e for e in s.examples if e.name == declaration.name), None)
    if first is not None:
        s.report(_taken(declaration.name, declaration, first))
    s.examples.append(declaration)


def _distinct_columns(s: Symbols, table: tree.MembershipDecl | tree.WeightsDecl | None, known: Names) -> None:
    """The columns of a table are distinct things, by whichever of their names they are called."""
    columns = Names(Text("列", "column"), s.diagnostics)
    for name in table.header[1:] if table else ():
        columns.declare(replace(name, text=known.find(name.text) or name.text))


def _only_definition(s: Symbols, name: tree.Name, kind: str) -> None:
    """Facts, lets, scores and grades are all spoken of by name alone, so a name has one meaning."""
    meant = s.defined.setdefault(name.text, kind)
    if meant != kind or s.values.find(name.text):
        _name_is_taken(s, name)
    if name.text in s.values.reserved:
        s.report(Diagnostic(codes.RESERVED_NAME, name.span, (("name", name.text),)))


def _name_is_taken(s: Symbols, name: tree.Name) -> None:
    s.report(Diagnostic(codes.DUPLICATE_NAME, name.span, (("name", name.text), ("what", Text("名称", "name")))))


def _declare_value(s: Symbols, declaration: tree.InputDecl | tree.FactDecl) -> None:
    name = declaration.name.text
    s.values.declare(declaration.name, declaration.aliases)
    if name in s.types and (name not in s.options or not _is_bare(s.facts.get(name) or s.inputs.get(name))):
        return
    reported = len(s.diagnostics)
    s.types[name] = _type(s, declaration.type)
    if isinstance(declaration, tree.InputDecl) and not isinstance(s.types[name], OptionType):
        s.report(Diagnostic(codes.INPUT_WITHOUT_OPTIONS, declaration.type.span, (("name", name),)))
    if len(s.diagnostics) > reported:
        s.unsound.add(name)
    if isinstance(declaration, tree.FactDecl):
        s.facts[name] = declaration
    else:
        s.inputs[name] = declaration
    if isinstance(declaration.type, tree.ChoiceType):
        s.options[name] = _options(s, declaration, declaration.type)


def _is_bare(declaration: tree.InputDecl | tree.FactDecl | None) -> bool:
    """Whether nothing stands below a declaration: a head alone, and the one that is meant stands below it."""
    return declaration is not None and not declaration.options and not declaration.properties


def _options(s: Symbols, declaration: tree.InputDecl | tree.FactDecl, type_: tree.ChoiceType) -> Names:
    names = Names(Text("选项", "option"), s.diagnostics, reserved=taken_in_expressions())
    described = {o.name.text: o for o in declaration.options}
    for option in type_.options:
        aliases = described[option.text].aliases if option.text in described else ()
        names.declare(option, aliases)
    for description in declaration.options:
        names.resolve(description.name.text, description.name.span)
    return names


def _type(s: Symbols, type_: tree.TypeExpr) -> Type:
    match type_:
        case tree.TruthType():
            return TruthType()
        case tree.ChoiceType():
            options = tuple(o.text for o in type_.options)
            return SetType(options) if type_.many else OptionType(options)
        case tree.UnitType():
            unit = unit_named(type_.unit)
            if unit is None:
                near = unit_meant(type_.unit, unit_names())
                arguments = (("unit", type_.unit), ("instead", remedy_for(type_.unit)))
                s.report(Diagnostic(codes.UNKNOWN_UNIT, type_.span, arguments, suggestion=near))
                return NumberType()
            return NumberType(unit.dimension, unit.integer, unit.name)


def _declare_group(s: Symbols, declaration: tree.GroupDecl, parent: str | None) -> None:
    s.groups.declare(declaration.name, declaration.aliases)
    kind = s.kinds.resolve(declaration.kind.text, declaration.kind.span) or declaration.kind.text
    group = Group(
        declaration.name.text,
        text_of(declaration.label, declaration.name.text),
        _words(declaration.aliases),
        kind,
        parent,
        cite(declaration.cites),
        span=declaration.span,
    )
    if group.id in s.group and s.clauses.tops[group.id]:
        return
    s.group.setdefault(group.id, group)
    s.clauses.add_group(group.id, declaration.clauses)
    for child in declaration.groups:
        _declare_group(s, child, group.id)


def _declare_family(s: Symbols, declaration: tree.ScoreDecl) -> None:
    name = declaration.name.text if declaration.name else SCORE
    kind = declaration.kind and (_kind_of_family(s, declaration) or declaration.kind)
    first = s.families.setdefault((name, kind), declaration)
    if first is not declaration:
        s.report(_taken(name, declaration, first))
        if not first.blocks and first.formula is None:  # a head alone, and the one that is meant stands below it
            s.families[name, kind] = declaration
    if declaration.name:
        _only_definition(s, declaration.name, "score")


def _kind_of_family(s: Symbols, declaration: tree.ScoreDecl) -> str | None:
    kind = declaration.kind or ""
    return s.kinds.resolve(kind, place_of(kind, declaration.span))


def _only_one(s: Symbols, first: _L | None, second: _L, name: str) -> _L:
    if first is not None:
        s.report(_taken(name, second, first))
    return first or second


def _taken(name: str, declaration: tree.Line, first: tree.Line) -> Diagnostic:
    arguments = (("name", name), ("what", Text("声明", "declaration")))
    label = Label(first.span, Text("先在这里声明", "first declared here"))
    return Diagnostic(codes.DUPLICATE_NAME, declaration.span, arguments, (label,))


def _words(names: tuple[tree.Name, ...]) -> tuple[str, ...]:
    return tuple(n.text for n in names)


def _own_text(name: tree.Name, aliases: tuple[tree.Name, ...]) -> Text:
    words = (name.text, *_words(aliases))
    chinese = next((w for w in words if not w.isascii()), name.text)
    return Text(chinese, next((w for w in words if w.isascii()), name.text))


def cite(citation: tree.Citation | None) -> str:
    """A citation as one would print it: `GB/T 42018—2022, 6.1.1.1 b)~u)`, `table 4`."""
    if citation is None:
        return ""
    places = ", ".join(_place(p) for p in citation.places)
    return f"{citation.document}, {places}" if citation.document and places else citation.document or places


def _place(place: tree.Place) -> str:
    words = [_reference(place.clause)] if place.clause else []
    if place.kind and place.kind != "note":
        words.append(place.kind)
    if place.kind == "note":
        words.append("note")
    return " ".join([*words, *([place.number] if place.number else [])])


def _reference(item: tree.ClauseRef | tree.ClauseRange) -> str:
    if isinstance(item, tree.ClauseRange):
        return f"{_reference(item.first)}~{_reference(item.last)}"
    return " ".join([*([item.section] if item.section else []), *item.printed_marks])
