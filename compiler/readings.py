"""Readings: which places of a policy they patch, and the `Choice` that each patched place becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from guiju.compiler import codes
from guiju.compiler.absent import absent
from guiju.compiler.clauses import MODALITY, ClauseNode
from guiju.compiler.ir import Choice, Expression, Reading, ReadingOption
from guiju.compiler.names import near_miss, place_of, text_of
from guiju.compiler.symbols import SCORE, Symbols, cite
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.keywords import taken_in_results
from guiju.dsl.source import Span

P = TypeVar("P", bound=tree.Patch)

#: what is patched: a word for the table and the names that find the cell in it
Cell: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Patched:
    """The patches of one cell: all of one reading, by option."""

    reading: str
    options: tuple[str, ...]
    patches: dict[str, tree.Patch]


class Patches:
    """All patched cells of a policy."""

    def __init__(self, readings: tuple[Reading, ...], cells: dict[Cell, Patched]) -> None:
        self.readings = readings
        self.cells = cells
        self.asked: set[Cell] = set()

    def choose(
        self,
        cell: Cell,
        span: Span,
        written: Callable[[], Expression],
        patched: Callable[[tree.Patch], Expression],
    ) -> Expression:
        """What stands in a cell: the policy as written, or a choice among the options of the reading patching it."""
        found = self.cells.get(cell)
        if found is None:
            return written()
        self.asked.add(cell)
        options = tuple(
            (name, patched(found.patches[name]) if name in found.patches else written()) for name in found.options
        )
        return Choice(reading=found.reading, options=options, span=span)


def collect_patches(symbols: Symbols) -> Patches:
    """Read the readings of a policy; report wrong defaults and cells that two readings patch."""
    readings: list[Reading] = []
    cells: dict[Cell, Patched] = {}
    first_at: dict[Cell, Span] = {}
    for declaration in symbols.readings:
        ordered = _ordered_options(symbols, declaration)
        if not ordered:  # reported as having no default; there is nothing to choose from
            continue
        readings.append(_reading(declaration, ordered))
        names = tuple(o.name.text for o in ordered)
        for option in ordered:
            again: list[list[Diagnostic]] = [[]]  # runs of patches whose places are patched already
            for patch in option.patches:
                cell = cell_of(symbols, patch)
                if cell is None:
                    continue
                held = cells.setdefault(cell, Patched(declaration.name.text, names, {}))
                if held.reading != declaration.name.text:
                    readings_ = (held.reading, declaration.name.text)
                    symbols.report(_conflict(symbols, readings_, cell, patch, first_at[cell]))
                    continue
                if option.name.text in held.patches:
                    again[-1].append(_twice(symbols, option, cell, patch, held.patches[option.name.text]))
                    continue
                again.append([])
                first_at.setdefault(cell, patch.span)
                held.patches[option.name.text] = patch
            for run in filter(None, again):
                symbols.report(_as_one(run))
    return Patches(tuple(readings), cells)


def _ordered_options(symbols: Symbols, declaration: tree.ReadingDecl) -> tuple[tree.ReadingOption, ...]:
    defaults = [o for o in declaration.options if o.default]
    if len(defaults) != 1:
        arguments = (("name", declaration.name.text), ("number", len(defaults)))
        symbols.report(Diagnostic(codes.READING_DEFAULT, declaration.name.span, arguments))
    return tuple(sorted(declaration.options, key=lambda o: not o.default))


def _reading(declaration: tree.ReadingDecl, ordered: tuple[tree.ReadingOption, ...]) -> Reading:
    options = tuple(ReadingOption(o.name.text, text_of(o.label, o.name.text), span=o.span) for o in ordered)
    why = next((p for p in declaration.properties if p.key == "why"), None)
    return Reading(
        declaration.name.text,
        text_of(declaration.label, declaration.name.text),
        (),
        options,
        cite(declaration.cites),
        property_text(why) if why else None,
        span=declaration.span,
    )


def property_text(property_: tree.Property) -> Text:
    """The text of a property such as `why "…" / "…"`."""
    label = next((v for v in property_.values if isinstance(v, tree.Label)), None)
    return text_of(label, "")


def cell_of(symbols: Symbols, patch: tree.Patch) -> Cell | None:
    """The cell that a patch changes; a name in it that does not exist is reported. None: nothing is changed."""
    match patch:
        case tree.NothingChanges():
            return None
        case tree.PatchMembership():
            level = symbols.levels.resolve(patch.level, place_of(patch.level, patch.span))
            group = symbols.groups.resolve(patch.group.text, patch.group.span)
            return ("membership", group, level) if group and level else None
        case tree.PatchRequires() | tree.PatchApplies() | tree.PatchModality() | tree.PatchOneItem():
            node = symbols.clauses.find(patch.clause, None)
            if node is None:
                symbols.report(symbols.clauses.unknown(patch.clause, None))
                return None
            if isinstance(patch, tree.PatchApplies) and node.children and node.id not in leads(symbols):
                symbols.report(Diagnostic(codes.PARENT_CONDITION, patch.clause.span, (("clause", node.printed),)))
                return None
            if as_it_is := _as_it_is(symbols, patch, node):
                arguments = (("clause", node.printed), ("is", as_it_is))
                symbols.report(Diagnostic(codes.PATCH_WITHOUT_EFFECT, patch.span, arguments))
            return (_OF_CLAUSE[type(patch)], node.id)
        case tree.PatchWeights():
            key = _weights_key(symbols, patch.key)
            return ("weights", key) if key else None
        case tree.PatchGrade():
            return _graded_cell(symbols, patch)
        case tree.PatchGate():
            kind = symbols.kinds.resolve(patch.kind, place_of(patch.kind, patch.span)) if patch.kind else ""
            level = symbols.levels.resolve(patch.level, _level_of_gate(patch))
            return ("gate", patch.family or SCORE, kind, level) if kind is not None and level else None
        case tree.PatchItem():
            return ("item",)


_OF_CLAUSE: dict[type[tree.Patch], str] = {
    tree.PatchRequires: "requires",
    tree.PatchApplies: "applies",
    tree.PatchModality: "modality",
    tree.PatchOneItem: "item",
}


def leads(symbols: Symbols) -> frozenset[str]:
    """The clauses with others below them whose own statement some option makes an item."""
    found = (symbols.clauses.find(patch.clause, None) for patch in _every(symbols, tree.PatchRequires))
    return frozenset(node.id for node in found if node and node.children)


def _every(symbols: Symbols, kind: type[P]) -> Iterator[P]:
    patches = (patch for reading in symbols.readings for option in reading.options for patch in option.patches)
    return (patch for patch in patches if isinstance(patch, kind))


def _as_it_is(symbols: Symbols, patch: tree.Patch, node: ClauseNode) -> Text | None:
    """What a clause is already where a patch makes it just that."""
    match patch:
        case tree.PatchModality(modality=modality) if modality == node.modality and not _may_inherit(symbols, node):
            word = MODALITY[modality]
            return Text(f"“{word.zh}”", f"`{word.en}`")
        case tree.PatchOneItem() if not node.children:
            return Text("一项", "one item")
        case tree.PatchOneItem() if symbols.item == "lettered" and not any(_every(symbols, tree.PatchItem)):
            return Text("一项，因为计项按字母项", "one item, for `item lettered` counts so")
        case tree.PatchRequires(condition=tree.Attested()) if isinstance(node.declaration.condition, tree.Attested):
            return Text("由人查验", "left to people")
    return None


def _may_inherit(symbols: Symbols, node: ClauseNode) -> bool:
    """Whether a clause states no modality itself and an option changes the one that it has from above."""
    patched = {symbols.clauses.find(patch.clause, None) for patch in _every(symbols, tree.PatchModality)}
    return node.declaration.modality is None and any(above in patched for above in node.chain[1:])


def result_of(symbols: Symbols, name: tree.Name, own: frozenset[str]) -> str | None:
    """What a row of a grade gives: a level, one of the results of its `own`, `none` or `undefined`."""
    if name.text in ("none", "undefined"):
        return name.text
    if name.text in own:
        if name.text in taken_in_results():
            symbols.report(Diagnostic(codes.RESERVED_NAME, name.span, (("name", name.text),)))
        return name.text
    return symbols.levels.resolve(name.text, name.span)


def own_results(symbols: Symbols, declaration: tree.GradeDecl) -> frozenset[str]:
    """The words that a grade gives where none of its rows is a level: `N`, `P`, `L`, `F`, or `pass` and `fail`."""
    rows = [row for row in declaration.rows if row.condition is not None]
    graded_by_level = any(symbols.levels.find(row.result.text) for row in rows)
    return frozenset() if graded_by_level else frozenset(row.result.text for row in declaration.rows)


def _graded_cell(symbols: Symbols, patch: tree.PatchGrade) -> Cell | None:
    """The row of a grade that is patched: of the grade that is named, or of the only one that has such a row."""
    if patch.grade is not None and patch.grade.text not in symbols.grades:
        arguments = (("name", patch.grade.text), ("what", Text("定级", "grade")))
        near = near_miss(patch.grade.text, symbols.grades)
        symbols.report(Diagnostic(codes.UNKNOWN_NAME, patch.grade.span, arguments, suggestion=near))
        return None
    grades = {n: g for n, g in symbols.grades.items() if patch.grade is None or n == patch.grade.text}
    named = patch.row or patch.result
    own = frozenset[str]().union(*(own_results(symbols, grade) for grade in grades.values()))
    result = result_of(symbols, named, own) if named else None
    if result is None:
        return None
    row = result if patch.row else "otherwise"
    having = [name for name, grade in grades.items() if row in ("otherwise", *_rows_of(symbols, grade))]
    if len(having) > 1:
        shown = (("name", row), ("grades", ", ".join(having)), ("first", having[0]))
        symbols.report(Diagnostic(codes.WHICH_GRADE, patch.span, shown))
        return None
    return ("grade", having[0] if having else "", row)


def _rows_of(symbols: Symbols, grade: tree.GradeDecl) -> tuple[str, ...]:
    return tuple(symbols.levels.find(row.result.text) or row.result.text for row in grade.rows)


def _level_of_gate(patch: tree.PatchGate) -> Span:
    """The level whose gate is patched stands before the gate, in which it may be named again."""
    return place_of(patch.level, Span(patch.span.source, patch.span.start, patch.gate.span.start))


def _weights_key(symbols: Symbols, key: tree.Name) -> str | None:
    """The option or group that a row of weights is for."""
    if symbols.weights is None:
        symbols.report(absent("weights", key.span))
        return None
    head = symbols.weights.header[0].text if symbols.weights.header else ""
    owner = symbols.values.find(head)
    if owner in symbols.options:
        return symbols.options[owner].resolve(key.text, key.span)
    if owner is None and not symbols.kinds.find(head):
        return None  # what the rows are for is not known, which is reported at the table
    return symbols.groups.resolve(key.text, key.span)


def _shown(symbols: Symbols, cell: Cell) -> Text:
    """The patched place in words."""
    where = " ".join(c for c in cell[1:] if c)
    match cell[0]:
        case "requires" | "applies" | "modality" as what:
            zh, en = _PART[what]
            clause = symbols.clauses.by_id[cell[1]].printed
            return Text(f"条款 {clause} 的{zh}", f"the {en} of {clause}")
        case "membership":
            return Text(f"归属表的 {where}", f"the cell {where} of the membership table")
        case "weights":
            return Text(f"权重表的 {where} 一行", f"the row {where} of the weights")
        case "grade":
            return Text(f"判定表的 {where} 一行", f"the row {where} of the grade")
        case "gate":
            return Text(f"得分 {where} 的进入条件", f"the gate of {where}")
    return Text(f"计项 {where}".rstrip(), f"the item {where}".rstrip())


_PART = {
    "requires": ("条件", "condition"),
    "applies": ("适用条件", "applicability"),
    "modality": ("情态词", "modality"),
}


def _twice(
    symbols: Symbols, option: tree.ReadingOption, cell: Cell, patch: tree.Patch, before: tree.Patch
) -> Diagnostic:
    arguments = (("option", option.name.text), ("cell", _shown(symbols, cell)))
    label = Label(before.span, Text("先在这里修改", "first patched here"))
    return Diagnostic(codes.PATCHED_TWICE, patch.span, arguments, (label,))


def _as_one(run: list[Diagnostic]) -> Diagnostic:
    """Patches side by side that all repeat earlier ones: what is missing is the line of their own option."""
    others = tuple(Label(d.span, Text("这一行也是", "this one, too")) for d in run[1:])
    return replace(run[0], labels=(*run[0].labels, *others))


def _conflict(symbols: Symbols, readings: tuple[str, str], cell: Cell, patch: tree.Patch, at: Span) -> Diagnostic:
    arguments = (("first", readings[0]), ("second", readings[1]), ("cell", _shown(symbols, cell)))
    label = Label(at, Text("另一处修改在这里", "the other patch is here"))
    return Diagnostic(codes.CONFLICTING_READINGS, patch.span, arguments, (label,))
