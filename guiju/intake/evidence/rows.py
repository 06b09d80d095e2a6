"""Tables and a mapping -> statements, and what became of every row."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from guiju.compiler.ir import Group, Program, SetType
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Text
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.engine.names import ids_by_name, leaf_named, leaves_by_name
from guiju.engine.verdict_words import VERDICT_WORDS
from guiju.exchange.node import Mapping, Node, Scalar, clip, to_data
from guiju.intake.evidence import codes
from guiju.intake.evidence.cells import Cell, Row, Table
from guiju.intake.evidence.mapping import COLUMNS, OF_EVIDENCE, Holds, MappingFile, TableModel
from guiju.intake.evidence.statements import Accounted, Entry, Kind, Placed, Said, Section, Taken, said_of

_SECTION: dict[Holds, tuple[Section, Kind]] = {
    "verdicts": ("attestations", "verdict"),
    "facts": ("facts", "fact"),
    "evidence": ("evidence", "evidence"),
}
_NOT_KNOWN = ("unknown", "未知", "null")
_WAIVER = ("waiver", "豁免")
_ABOVE = Text("在标题行之上", "above the headings")
_HEADINGS = Text("标题行", "the row of headings")
_IGNORED = Text("映射说不读这个工作表", "the mapping leaves this sheet out")
_SKIPPED = Text("映射说不读这一行", "the mapping leaves this row out")
_GROUP = Text("组的标题", "the heading of a group")
_NOTHING_SAID = Text("没有回答", "not answered")


def take_tables(tables: tuple[Table, ...], mapping: MappingFile, program: Program) -> Taken:
    """What the tables say. Each of their rows is accounted for once."""
    taken = Taken(head=head_of(mapping.root))
    by_name = {table.name: table for table in tables}
    for n, model in enumerate(mapping.model.tables):
        table = tables[0] if len(tables) == 1 and model.sheet is None else by_name.get(model.sheet)
        if table is None:
            known = ", ".join(name for name in by_name if name is not None)
            named = {"name": model.sheet or "", "known": known}
            taken.diagnostics.append(_diagnostic(codes.NO_SHEET, mapping.span("tables", n, "sheet"), **named))
        else:
            _Reader(taken, table, model, (mapping, n), program).read()
    _account_for_sheets(taken, tables, mapping)
    return taken


def head_of(root: Node) -> dict[str, Said]:
    """What a mapping says of the whole, as it stands there."""
    entries = root.entries if isinstance(root, Mapping) else ()
    return {entry.key.text: _as_it_stands(entry.value) for entry in entries if entry.key.text in OF_EVIDENCE}


def _as_it_stands(node: Node) -> Said:
    match node:
        case Scalar():
            return Placed(node.text, node.span, plain=not isinstance(to_data(node), str))
        case Mapping():
            return {entry.key.text: _as_it_stands(entry.value) for entry in node.entries}
    return [_as_it_stands(item) for item in node.items]


def _account_for_sheets(taken: Taken, tables: tuple[Table, ...], mapping: MappingFile) -> None:
    model = mapping.model
    read = {t.sheet for t in model.tables} | ({tables[0].name} if len(tables) == 1 and model.tables else set())
    for name in model.ignore_sheets:
        if name not in (table.name for table in tables):
            known = ", ".join(table.name for table in tables if table.name is not None)
            place = mapping.span("ignore_sheets")
            taken.diagnostics.append(_diagnostic(codes.NO_SHEET, place, name=name, known=known))
    for table in tables:
        filled = [row for row in table.rows if not row.is_blank]
        if table.name in read or not filled:
            continue
        if table.name in model.ignore_sheets:
            taken.account += (Accounted(row.place, "skipped", row.quote(), _IGNORED) for row in filled)
        else:
            taken.diagnostics.append(_diagnostic(codes.SHEET_LEFT, filled[0].span, name=table.name or ""))
            taken.account += (Accounted(row.place, "wrong", row.quote()) for row in filled)


def _diagnostic(code: Code, span: Span, suggestion: str | None = None, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, span, tuple(arguments.items()), suggestion=suggestion)


def _plain(text: str) -> str:
    """A heading or a word as it is compared: half width, without blanks around it, line ends as spaces."""
    return " ".join(normalize("NFKC", text).split())


def _closed(text: str) -> str:
    """The same without any blank."""
    return _plain(text).replace(" ", "")


def _names(group: Group) -> Iterator[str]:
    """What a heading may call a group: its number, a name, or its number with its label behind it."""
    numbers, labels = (group.id, group.cites), (group.label.zh, group.label.en)
    yield from (*filter(None, numbers), *group.aliases, *labels)
    yield from (number + label for number in numbers if number for label in labels)


def _with_period(said: dict[str, Said]) -> dict[str, Said]:
    """A record with both ends of the time that it tells of in one."""
    period: dict[str, Said] = {end: said[end] for end in ("from", "to") if end in said}
    others = {role: value for role, value in said.items() if role not in period}
    return {**others, "period": period} if period else said


def _is_waiver(voice: Said) -> bool:
    return (voice.text if isinstance(voice, Placed) else voice) in _WAIVER


class _Reader:
    """Reads one table by its description."""

    def __init__(
        self, taken: Taken, table: Table, model: TableModel, at: tuple[MappingFile, int], program: Program
    ) -> None:
        self._taken, self._table, self._model, self._program = taken, table, model, program
        self._mapping, self._n = at
        self._leaves, self._facts = leaves_by_name(program), ids_by_name(program.facts)
        self._groups = {_closed(name) for group in program.groups for name in _names(group)}
        self._words = {_plain(word): meaning for word, meaning in model.words.items()}
        self._skip = {_plain(text) for text in model.skip}
        self._about = COLUMNS[model.holds][0]
        self._seen: set[str] = set()

    def read(self) -> None:
        """Go through all rows; with a column that is not there none is read."""
        rows, heading = self._table.rows, self._model.heading
        self._taken.account += (
            Accounted(row.place, "blank" if row.is_blank else "aside", row.quote(), _ABOVE)
            for row in rows[: heading - 1]
        )
        if len(rows) < heading or rows[heading - 1].is_blank:
            place = self._mapping.span("tables", self._n)
            self._taken.diagnostics.append(_diagnostic(codes.NO_HEADING, place, row=heading))
            return
        self._taken.account.append(Accounted(rows[heading - 1].place, "aside", rows[heading - 1].quote(), _HEADINGS))
        before = len(self._taken.diagnostics)
        columns = self._columns(rows[heading - 1], rows[heading:])
        is_sound = len(self._taken.diagnostics) == before
        for row in rows[heading:]:
            if is_sound:
                self._row(row, columns)
            else:
                self._taken.account.append(Accounted(row.place, "blank" if row.is_blank else "wrong", row.quote()))

    # --- columns ---

    def _columns(self, headings: Row, body: tuple[Row, ...]) -> dict[str, int]:
        """Where each column is that the mapping names; every other one must be left out by name."""
        found: dict[str, int] = {}
        places: dict[str, int] = {}
        for i, cell in enumerate(headings.cells):
            name = _plain(cell.text)
            if name and name in places:
                self._report(codes.COLUMN_TWICE, cell.span, name=clip(name))
            places.setdefault(name, i)
        known = [name for name in places if name]
        for role, heading in self._model.columns.items():
            place = self._mapping.span("tables", self._n, "columns", role)
            if (at := places.get(_plain(heading))) is None or not heading:
                named = {"name": clip(heading), "known": clip(", ".join(known))}
                self._report(codes.NO_COLUMN, place, near(_plain(heading), known), **named)
            else:
                found[role] = at
        left_out = {_plain(heading) for heading in self._model.ignore}
        width = max((len(row.cells) for row in (headings, *body)), default=0)
        for i in range(width):
            self._account_for_column(i, headings, body, found, left_out)
        return found

    def _account_for_column(
        self, i: int, headings: Row, body: tuple[Row, ...], read: dict[str, int], left_out: set[str]
    ) -> None:
        heading = headings.cells[i] if i < len(headings.cells) else None
        name = "" if heading is None else _plain(heading.text)
        is_told = bool(name) and name in (_plain(cell.text) for cell in headings.cells[:i])  # as one of two
        if i in read.values() or name in left_out or is_told:
            return
        said = [row.cells[i] for row in body if i < len(row.cells) and not row.cells[i].is_blank]
        if name and heading is not None:
            self._report(codes.COLUMN_LEFT, heading.span, name=clip(name))
        elif said:
            number = Text(f"第 {i + 1} 列", f"number {i + 1}")
            self._report(codes.COLUMN_LEFT, said[0].span, name=number)

    def _report(self, code: Code, span: Span, suggestion: str | None = None, **arguments: Argument) -> None:
        self._taken.diagnostics.append(_diagnostic(code, span, suggestion, **arguments))

    # --- rows ---

    def _row(self, row: Row, columns: dict[str, int]) -> None:
        taken = self._taken
        if row.is_blank:
            taken.account.append(Accounted(row.place, "blank"))
            return
        if _plain(next(c.text for c in row.cells if not c.is_blank)) in self._skip:
            taken.account.append(Accounted(row.place, "skipped", row.quote(), _SKIPPED))
            return
        cells = {role: row.cells[i] for role, i in columns.items() if i < len(row.cells) and not row.cells[i].is_blank}
        name = cells.pop(self._about, None)
        if name is None:
            heading = self._model.columns[self._about]
            self._wrong(row, _diagnostic(codes.WITHOUT_NAME, row.span, name=heading, quote=clip(row.quote())))
            return
        if self._model.holds == "verdicts" and leaf_named(name.text, self._leaves) is None:
            self._of_no_clause(row, name, cells)
            return
        self._said(row, name, cells)

    def _wrong(self, row: Row, diagnostic: Diagnostic) -> None:
        self._taken.wrong(diagnostic, row.place, row.quote())

    def _of_no_clause(self, row: Row, name: Cell, cells: dict[str, Cell]) -> None:
        """A row that names a group is a heading if it says nothing else."""
        shown = clip(name.text)
        if _closed(name.text) not in self._groups:
            near_to = near(_plain(name.text), self._leaves)
            self._wrong(row, _diagnostic(codes.NO_CLAUSE, name.span, near_to, name=shown))
        elif cells:
            quote = clip(" | ".join(cell.text for cell in cells.values()))
            self._wrong(row, _diagnostic(codes.GROUP_JUDGED, name.span, name=shown, quote=quote))
        else:
            self._taken.account.append(Accounted(row.place, "heading", row.quote(), _GROUP))

    def _said(self, row: Row, name: Cell, cells: dict[str, Cell]) -> None:
        section, kind = _SECTION[self._model.holds]
        key = self._key(name)
        if section != "attestations" and key in self._seen:
            self._wrong(row, _diagnostic(codes.TWICE, name.span, name=clip(name.text)))
            return
        self._seen.add(key)
        said = said_of({role: self._value(role, key, cell) for role, cell in cells.items()})
        if section == "evidence":
            said = _with_period(said)
        is_waiver = section == "attestations" and _is_waiver(said.get("voice") or self._model.fixed.get("voice"))
        kind = "waiver" if is_waiver else kind
        answer = None if is_waiver else {"attestations": "verdict", "facts": "value"}.get(section)
        is_open = answer is not None and answer not in said
        if is_open and not said:
            self._taken.account.append(Accounted(row.place, "unanswered", row.quote(), _NOTHING_SAID))
            return
        if is_open and answer is not None:
            said = {answer: None, **said}
        fixed = {role: text for role, text in self._model.fixed.items() if role not in said}
        self._taken.entries.append(Entry(section, key, {**said, **fixed}, name.span))
        why = _NOTHING_SAID if is_open else None
        self._taken.account.append(Accounted(row.place, "unanswered" if is_open else kind, row.quote(), why))

    def _key(self, name: Cell) -> str:
        """What a row is about under one name, however it was typed."""
        if self._model.holds == "verdicts":
            return leaf_named(name.text, self._leaves) or name.text
        if self._model.holds == "facts":
            return self._facts.get(_plain(name.text), name.text.strip())
        return name.text.strip()

    def _value(self, role: str, key: str, cell: Cell) -> Said:
        """What a cell says, in the words of evidence."""
        if role == "evidence":
            return self._several(cell)
        word = _plain(cell.text)
        meant = self._words.get(word) if role in ("verdict", "value", "voice") else None
        if meant == "[]":
            return []
        if meant is not None:
            return Placed(meant, cell.span) if meant else None
        if role == "verdict" and word.casefold() in VERDICT_WORDS:
            return Placed(word.casefold(), cell.span)
        fact = self._program.fact.get(key)
        if role == "value" and fact is not None and isinstance(fact.type, SetType) and word not in _NOT_KNOWN:
            return self._several(cell)
        return Placed(cell.text.strip(), cell.span)

    def _several(self, cell: Cell) -> Said:
        """The ids or options in a cell."""
        return list(self._parts(cell))

    def _parts(self, cell: Cell) -> Iterator[Said]:
        text = cell.text
        for sign in self._model.between:
            text = text.replace(sign, "\n")
        yield from (Placed(part.strip(), cell.span) for part in text.split("\n") if part.strip())
