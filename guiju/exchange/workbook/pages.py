"""Program -> the sheets of a workbook, with nothing filled in: cover, instructions, clauses, facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guiju.compiler.ir import (
    Choice,
    Clause,
    Fact,
    Group,
    Literal,
    NumberType,
    OptionType,
    Program,
    SetType,
    Titled,
    Undefined,
)
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import unit_in
from guiju.exchange.policy_text import policy_text
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.filled import HEAD
from guiju.exchange.workbook.layout import Bounds, Cell, Choices, Colour, Key, Sheet, Style, letters, sheet_name
from guiju.exchange.workbook.units import has_unit, units_of

TABLE = 4  # the row of the headings of a table


@dataclass
class Desk:
    """What all pages share: the program, its readings, the language, and the names of sheets that are taken."""

    program: Program
    readings: Mapping[str, str]
    language: Language
    taken: set[str] = field(default_factory=set)

    def say(self, text: Text) -> str:
        """A text in the language of the workbook."""
        return text.in_language(self.language)

    def sheet(self, key: str, name: Text | str, widths: Sequence[float]) -> Sheet:
        """A new sheet, with its key in its first cell."""
        told = name if isinstance(name, str) else self.say(name)
        made = Sheet(key, sheet_name(told, self.taken), tuple(widths))
        made.put(1, 1, Cell(f"guiju:{key}", "hidden"))
        return made

    def head(self, sheet: Sheet, title: str, about: Text, columns: Sequence[Text]) -> None:
        """The title, what the sheet is for, and the headings of its table, frozen and on every page."""
        sheet.put(1, 2, Cell(title, "title"))
        sheet.put(2, 2, Cell(self.say(about), "note"))
        sheet.identify(TABLE, "head")
        for n, column in enumerate(columns, 2):
            sheet.put(TABLE, n, Cell(self.say(column), "head"))
        sheet.heights[TABLE] = 32
        sheet.repeated, sheet.last_column = TABLE, len(columns) + 1


# --- cover -------------------------------------------------------------------------------------------------------


def cover(desk: Desk) -> Sheet:
    """Which standard, what is assessed, when, and the inputs."""
    program, sheet = desk.program, desk.sheet("cover", said.COVER, (2, 18, 42, 34))
    sheet.is_wide, sheet.last_column = False, 4
    sheet.put(2, 2, Cell(desk.say(said.TITLE), "title"))
    sheet.put(3, 2, Cell(f"{program.designation}  {desk.say(program.title)}", "subtitle"))
    row = 5
    for label, key, hint, style in _cover_rows(desk):
        sheet.identify(row, ":".join(key))
        sheet.put(row, 2, Cell(label, "head"))
        sheet.put(row, 3, Cell("", style, key=key))
        sheet.put(row, 4, Cell(hint, "hint"))
        row += 1
    for choice in _cover_choices(desk, sheet):
        sheet.choices.append(choice)
    row += 1
    for label, told in _made_for(desk):
        sheet.put(row, 2, Cell(label, "head"))
        sheet.put(row, 3, Cell(told, "text"))
        row += 1
    return sheet


def _cover_rows(desk: Desk) -> Iterator[tuple[str, Key, str, Style]]:
    for key in HEAD:
        yield desk.say(said.SUBJECT[key]), ("subject", key), desk.say(said.SUBJECT_HINTS[key]), "input"
    yield desk.say(said.FICTIONAL), ("fictional",), desk.say(said.FICTIONAL_HINT), "choice"
    yield desk.say(said.AS_OF), ("as_of",), desk.say(said.AS_OF_HINT), "input"
    if desk.program.levels:
        yield desk.say(said.TARGET), ("target",), desk.say(said.TARGET_HINT), "choice"
    for i in desk.program.inputs:
        yield desk.say(i.label), ("input", i.id), "; ".join(_option_labels(desk, i.options)), "choice"


def _cover_choices(desk: Desk, sheet: Sheet) -> Iterator[Choices]:
    words: dict[Key, tuple[str, ...]] = {("fictional",): tuple(desk.say(w) for w in said.TRUTHS)}
    words[("target",)] = ("best", *(level.id for level in desk.program.levels))
    for i in desk.program.inputs:
        words["input", i.id] = tuple(o.called(desk.language) for o in i.options)
    for (row, column), cell in sheet.cells.items():
        if cell.key in words:
            yield Choices((f"{letters(column)}{row}",), words[cell.key])


def _made_for(desk: Desk) -> Iterator[tuple[str, str]]:
    yield desk.say(said.POLICY), desk.program.id
    yield desk.say(said.DIGEST), desk.program.digest
    for reading in desk.program.readings:
        chosen = desk.readings[reading.id]
        option = next(o for o in reading.options if o.id == chosen)
        yield f"{desk.say(said.READING)} {reading.id}", f"{chosen}  {desk.say(option.label)}"


def instructions(desk: Desk) -> Sheet:
    """How the workbook is filled in."""
    sheet = desk.sheet("instructions", said.INSTRUCTIONS, (2, 94))
    sheet.is_wide, sheet.last_column = False, 2
    sheet.put(2, 2, Cell(desk.say(said.INSTRUCTIONS), "title"))
    for n, line in enumerate(said.HOW, 4):
        sheet.put(n, 2, Cell(f"{n - 3}. {desk.say(line)}", "text"))
    return sheet


# --- clauses -----------------------------------------------------------------------------------------------------

#: the columns of the table of clauses, from the second one on
MARK, LABEL, MODALITY, LEVELS, DECIDED, TYPICAL = range(2, 8)
VENDOR, VENDOR_EVIDENCE, VENDOR_REASON, VENDOR_NOTE, VENDOR_BY = range(8, 13)
ASSESSOR, ASSESSOR_EVIDENCE, ASSESSOR_REASON, FINDING, ASSESSOR_BY, ASSESSOR_UNTIL = range(13, 19)
LIVE = 19
_FILLED: tuple[tuple[int, str, str], ...] = (
    (VENDOR, "vendor", "verdict"),
    (VENDOR_EVIDENCE, "vendor", "evidence"),
    (VENDOR_REASON, "vendor", "reason"),
    (VENDOR_NOTE, "vendor", "note"),
    (VENDOR_BY, "vendor", "by"),
    (ASSESSOR, "assessor", "verdict"),
    (ASSESSOR_EVIDENCE, "assessor", "evidence"),
    (ASSESSOR_REASON, "assessor", "reason"),
    (FINDING, "assessor", "note"),
    (ASSESSOR_BY, "assessor", "by"),
    (ASSESSOR_UNTIL, "assessor", "until"),
)
_CLAUSE_WIDTHS = (2, 12, 27, 7, 9, 20, 12, 9, 10, 11, 12, 8, 9, 10, 11, 20, 8, 11, 10)


def domains(program: Program) -> Iterator[tuple[Group | None, list[Clause]]]:
    """The top groups in the order of the text, each with its leaf clauses; then the clauses of none."""
    top = {g.id: _top(program, g) for g in program.groups}
    found: dict[str, list[Clause]] = {}
    for clause in program.clauses:
        found.setdefault(top.get(clause.group, ""), []).append(clause)
    for group in program.groups:
        if group.id in found:
            yield group, found[group.id]
    if "" in found:
        yield None, found[""]


def _top(program: Program, group: Group) -> str:
    while group.parent is not None:
        group = program.group[group.parent]
    return group.id


def clauses(desk: Desk, group: Group | None, leaves: Sequence[Clause]) -> Sheet:
    """One row for each leaf, under the headings of the groups that it stands in."""
    title = desk.say(said.CLAUSES) if group is None else desk.say(group.label)
    sheet = desk.sheet(f"clauses:{group.id if group else ''}", title, _CLAUSE_WIDTHS)
    desk.head(sheet, title, said.CLAUSES_ABOUT, said.CLAUSE_COLUMNS)
    sheet.frozen = f"{letters(LABEL + 1)}{TABLE + 1}"
    sheet.breaks, sheet.beside = (ASSESSOR,), LABEL
    row, within = TABLE + 1, ""
    places: dict[bool, list[str]] = {True: [], False: []}
    for clause in leaves:
        if clause.group != within:
            within = clause.group
            if heading := _heading(desk, group, within):
                sheet.put(row, 2, Cell(heading, "group"))
                sheet.identify(row, f"group:{within}")
                row += 1
        _clause(desk, sheet, row, clause)
        places[clause.applies is not None] += [f"{letters(c)}{row}" for c in (VENDOR, ASSESSOR)]
        row += 1
    for may_be_aside, cells in places.items():
        if cells:
            words = said.VERDICTS if may_be_aside else [v for v in said.VERDICTS if v is not said.ASIDE]
            sheet.choices.append(Choices(tuple(cells), tuple(desk.say(v) for v in words)))
    _colour(desk, sheet, row - 1)
    return sheet


def _heading(desk: Desk, top: Group | None, within: str) -> str:
    """The groups from the sheet's own down to a clause, `Hardware › 6.1.1.1 Computing resources`."""
    names = []
    group = desk.program.group.get(within)
    while group is not None and group is not top:
        names.append(group_name(desk, group))
        group = desk.program.group.get(group.parent or "")
    return " › ".join(reversed(names))


def group_name(desk: Desk, group: Group) -> str:
    """A group as it is printed, with the number that it may have."""
    return " ".join(filter(None, (group.id if group.id[:1].isdigit() else "", desk.say(group.label))))


def _clause(desk: Desk, sheet: Sheet, row: int, clause: Clause) -> None:
    sheet.identify(row, f"clause:{clause.id}")
    understood = clause.under(desk.readings)
    modality = desk.say(said.MODALITIES[understood.modality]) if understood.modality in said.MODALITIES else ""
    texts = {
        MARK: clause.printed,
        LABEL: "  ".join(filter(None, (desk.say(clause.label), desk.say(clause.guidance) if clause.guidance else ""))),
        MODALITY: modality,
        LEVELS: ", ".join(clause.levels) if understood.is_item else desk.say(said.NO_ITEM),
        DECIDED: decided_by(desk, clause),
        TYPICAL: desk.say(clause.evidence) if clause.evidence else "",
    }
    for column, text in texts.items():
        sheet.put(row, column, Cell(text, "text"))
    for column, voice, what in _FILLED:
        style: Style = "choice" if what == "verdict" else "date" if what == "until" else "input"
        sheet.put(row, column, Cell("", style, key=("clause", clause.id, voice, what)))


def decided_by(desk: Desk, clause: Clause) -> str:
    """The condition that facts decide it by, in the words of the policy; of the others that people do."""
    condition = clause.condition
    while isinstance(condition, Choice):
        condition = dict(condition.options)[desk.readings[condition.reading]]
    if condition is None or (isinstance(condition, Literal) and isinstance(condition.value, Undefined)):
        return desk.say(said.BY_PEOPLE)
    return policy_text(desk.program, desk.language).at(condition.span)


def _colour(desk: Desk, sheet: Sheet, last: int) -> None:
    first = TABLE + 1
    for column in (VENDOR, ASSESSOR, LIVE):
        area, top = f"{letters(column)}{first}:{letters(column)}{last}", f"{letters(column)}{first}"
        for verdict, colour in ((said.SATISFIED, "good"), (said.UNSATISFIED, "bad"), (said.UNKNOWN, "open")):
            sheet.colours.append(Colour(area, f'{top}="{desk.say(verdict)}"', colour))  # type: ignore[arg-type]
    mark, vendor, assessor = (f"${letters(c)}{first}" for c in (MARK, VENDOR, ASSESSOR))
    differs = f'AND({vendor}<>"",{assessor}<>"",{vendor}<>{assessor})'
    sheet.colours.append(Colour(f"{mark[1:]}:{letters(MARK)}{last}", differs, "differs"))


# --- facts -------------------------------------------------------------------------------------------------------

FACT_LABEL, FACT_NAME, FACT_USED, FACT_TYPICAL, VALUE, UNIT, FACT_EVIDENCE, FACT_NOTE = range(2, 10)
_FACT_WIDTHS = (2, 36, 20, 20, 22, 18, 10, 14, 24)


def facts(desk: Desk) -> Sheet:
    """One row for each fact, and below a set one for each option of it."""
    sheet = desk.sheet("facts", said.FACTS, _FACT_WIDTHS)
    desk.head(sheet, desk.say(said.FACTS), said.FACTS_ABOUT, said.FACT_COLUMNS)
    sheet.frozen = f"{letters(FACT_NAME)}{TABLE + 1}"
    sheet.breaks, sheet.beside = (FACT_EVIDENCE,), FACT_NAME
    used = _used(desk)
    row = TABLE + 1
    for fact in desk.program.facts:
        row = _fact(desk, sheet, row, fact, used.get(fact.id, ()))
    return sheet


def _used(desk: Desk) -> dict[str, tuple[str, ...]]:
    from guiju.exchange.template import facts_of_clause

    found: dict[str, list[str]] = {}
    for clause in desk.program.clauses:
        for fact in facts_of_clause(desk.program, clause):
            found.setdefault(fact, []).append(clause.printed)
    return {fact: tuple(dict.fromkeys(marks)) for fact, marks in found.items()}


def _fact(desk: Desk, sheet: Sheet, row: int, fact: Fact, used: tuple[str, ...]) -> int:
    sheet.identify(row, f"fact:{fact.id}")
    told = "  ".join(filter(None, (desk.say(fact.label), desk.say(fact.guidance) if fact.guidance else "")))
    for column, text in (
        (FACT_LABEL, told),
        (FACT_NAME, fact.called(desk.language)),
        (FACT_USED, ", ".join(used)),
        (FACT_TYPICAL, desk.say(fact.evidence) if fact.evidence else ""),
    ):
        sheet.put(row, column, Cell(text, "text"))
    sheet.put(row, FACT_EVIDENCE, Cell("", "input", key=("fact", fact.id, "evidence")))
    sheet.put(row, FACT_NOTE, Cell("", "input", key=("fact", fact.id, "note")))
    value, place = Cell("", "choice", key=("fact", fact.id, "value")), (f"{letters(VALUE)}{row}",)
    truths = tuple(desk.say(w) for w in said.TRUTHS)
    match fact.type:
        case NumberType():
            sheet.put(row, VALUE, Cell("", "number", key=value.key))
            _unit(desk, sheet, row, fact.id, fact.type)
            _bounds(desk, sheet, place[0], fact.type)
        case OptionType():
            sheet.put(row, VALUE, value)
            sheet.choices.append(Choices(place, tuple(o.called(desk.language) for o in fact.options)))
        case SetType():
            sheet.put(row, VALUE, Cell(desk.say(said.EACH_BELOW), "hint"))
            return _set(desk, sheet, row + 1, fact)
        case _:
            sheet.put(row, VALUE, value)
            sheet.choices.append(Choices(place, truths))
    return row + 1


def _unit(desk: Desk, sheet: Sheet, row: int, fact: str, type_: NumberType) -> None:
    if not has_unit(type_):
        sheet.put(row, UNIT, Cell(desk.say(said.COUNT if type_.integer else said.PLAIN_NUMBER), "text"))
        return
    names = tuple(unit_in(unit[0], desk.language) for unit in units_of(type_))
    sheet.put(row, UNIT, Cell(names[0], "choice", key=("fact", fact, "unit")))
    sheet.choices.append(Choices((f"{letters(UNIT)}{row}",), names))


def _bounds(desk: Desk, sheet: Sheet, cell: str, type_: NumberType) -> None:
    """What else is typed is asked about and not refused: a third, or twenty digits, stand in a cell as text."""
    asked = said.WHOLE_NUMBER if type_.integer else said.NUMBER_AT_ALL
    told = desk.say(asked) + (desk.say(said.NOT_NEGATIVE) if type_.is_never_negative else "") + desk.say(said.AS_TEXT)
    title = desk.say(said.NO_SUCH_NUMBER)
    sheet.bounds.append(Bounds(cell, type_.integer, type_.is_never_negative, title, told))


def _set(desk: Desk, sheet: Sheet, row: int, fact: Fact) -> int:
    cells = []
    for option in fact.options:
        sheet.identify(row, f"fact:{fact.id}:{option.id}")
        sheet.put(row, FACT_LABEL, Cell(f"    {desk.say(option.label)}", "text"))
        sheet.put(row, FACT_NAME, Cell(f"    {option.called(desk.language)}", "text"))
        sheet.put(row, VALUE, Cell("", "choice", key=("fact", fact.id, "option", option.id)))
        cells.append(f"{letters(VALUE)}{row}")
        row += 1
    sheet.choices.append(Choices(tuple(cells), tuple(desk.say(w) for w in said.TRUTHS)))
    return row


def _option_labels(desk: Desk, options: Sequence[Titled]) -> Iterator[str]:
    for option in options:
        name, label = option.called(desk.language), desk.say(option.label)
        yield name if name == label else f"{name} = {label}"
