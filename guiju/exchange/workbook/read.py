"""The cells of a file -> what is filled in, each cell accounted for, and the evidence that it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from guiju.compiler.ir import Program, SetType
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Language, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound, bind
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.instant import read_day
from guiju.exchange.node import clip
from guiju.exchange.number_format import Form, cell_text
from guiju.exchange.workbook import codes
from guiju.exchange.workbook.book import VERSION, made
from guiju.exchange.workbook.filled import Filled
from guiju.exchange.workbook.layout import Book, Cell, Key, Sheet, column_of, letters
from guiju.exchange.workbook.package import CELL, RawBook, RawCell, RawSheet, read_package
from guiju.exchange.workbook.registers import MOST_LISTED, REGISTERS, Register
from guiju.exchange.workbook.rows import numbered
from guiju.exchange.workbook.stated import Line, evidence_lines, open_options, text_of

_MOST_DIFFERENCES = 12
_SHOWN = len("sha256:") + 12  # characters of a digest
_MARK = "guiju:"


@dataclass
class Imported:
    """What came of a workbook: what is filled in and the file that says it; the rows that were read, by sheet."""

    filled: Filled = field(default_factory=Filled)
    text: str = ""
    bound: Bound | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    language: Language = "en"
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """Another edition, from which a workbook may have been made, and what the one at hand changes in it."""

    program: Program
    changes: Callable[[], Sequence[Text]]

    def is_of(self, told: Mapping[str, str]) -> bool:
        """Whether a workbook was made from it, by what it says of itself."""
        return (told.get("standard"), told.get("digest")) == (self.program.id, self.program.digest)


def import_workbook(
    program: Program, path: Path, name: str, earlier: Earlier | None = None
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Read a workbook that was made from a policy; `name` is that of the evidence file, for messages."""
    raw = read_package(path)
    if isinstance(raw, Diagnostic):
        return None, (raw,)
    return _Import(program, path, raw, name, earlier).read()


class _Import:
    def __init__(self, program: Program, path: Path, raw: RawBook, name: str, earlier: Earlier | None) -> None:
        self._program, self._path, self._raw, self._name = program, path, raw, name
        self._earlier = earlier
        self._found: list[Diagnostic] = []
        self._sheets: dict[str, RawSheet] = {}
        for sheet in raw.sheets:
            if (key := _key_of(sheet)) and (first := self._sheets.setdefault(key, sheet)) is not sheet:
                self._tell(codes.SHEET_TWICE, sheet, (1, 1), name=sheet.name, first=first.name)
        self._filled = Filled()
        self._cells: dict[Key, tuple[str, int, int]] = {}
        self._blank: dict[Key, tuple[str, int, int]] = {}  # where each thing stands in a workbook that nobody touched

    def read(self) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
        """Everything that it says, or why it says nothing."""
        told = self._properties()
        if told is None:
            return None, tuple(self._found)
        language: Language = "zh" if told["language"] == "zh" else "en"
        readings = dict(pair.split("=", 1) for pair in told["readings"].split(",") if "=" in pair)
        rows = {register.key: self._rows(register) for register in REGISTERS}
        if max(rows.values()) > MOST_LISTED:
            return None, tuple(self._found)
        book, _ = made(self._program, readings, language, rows)
        self._blank = {c.key: (s.name, row, column) for s, row, column, c in book.inputs() if c.key is not None}
        if told["digest"] != self._program.digest:
            differences = self._changes(told, book)
            self._file(
                codes.OTHER_EDITION, found=told["digest"], expected=self._program.digest, differences=differences
            )
            return None, tuple(self._found)
        read = [(sheet, self._sheet(sheet)) for sheet in book.sheets if sheet.key not in ("calculation", "lists")]
        told_rows = {sheet.name: number for sheet, number in read if any(cell.key for cell in sheet.cells.values())}
        known = {sheet.key for sheet in book.sheets}
        for raw in self._raw.sheets:
            if _key_of(raw) not in known and (first := _first_said(raw)) is not None:
                self._tell(codes.UNKNOWN_SHEET, raw, first, raw.cells[first].text, name=raw.name)
        self._check_sets()
        if has_errors(tuple(self._found)):
            return None, tuple(self._found)
        imported = Imported(self._filled, "", None, readings, language, told_rows)
        return self._stated(imported), tuple(self._found)

    def _properties(self) -> dict[str, str] | None:
        """What the workbook says of itself, if it is one of this standard."""
        lists = self._sheets.get("lists")
        told = {} if lists is None else _pairs(lists)
        if told.get("version") != VERSION or "digest" not in told:
            self._file(codes.NOT_A_QUESTIONNAIRE)
            return None
        if told.get("standard") != self._program.id and not (self._earlier and self._earlier.is_of(told)):
            self._file(codes.OTHER_POLICY, found=told.get("standard", ""), expected=self._program.id)
            return None
        known = {r.id: {o.id for o in r.options} for r in self._program.readings}
        pairs = [pair.split("=", 1) for pair in told.get("readings", "").split(",") if pair]
        if told["digest"] == self._program.digest and any(
            len(p) != 2 or p[1] not in known.get(p[0], ()) for p in pairs
        ):
            self._file(codes.NOT_A_QUESTIONNAIRE)
            return None
        if told["digest"] != self._program.digest:
            told["readings"] = ""
        return {"language": "", "readings": ""} | told

    def _rows(self, register: Register) -> int:
        """How many rows a list has in the file; those that were written below it are read as its next ones."""
        raw = self._sheets.get(register.key)
        if raw is None:
            return 0
        found = numbered(raw, register)
        self._sheets[register.key] = found.sheet
        if found.number > MOST_LISTED:
            self._tell(codes.LIST_TOO_LONG, raw, (1, 1), name=raw.name, number=found.number, most=MOST_LISTED)
        elif found.added:
            row = found.added[0]
            text = raw.cells.get((row, 2), RawCell("", "text")).text
            self._tell(codes.BELOW_THE_LIST, raw, (row, 2), text, name=raw.name, number=len(found.added), row=row)
        setattr(self._filled, register.rows, found.number)
        return found.number

    # --- an edition --------------------------------------------------------------------------------------------------

    def _changes(self, told: Mapping[str, str], book: Book) -> Text:
        """What the edition at hand changes, where the other one is known; else what is asked otherwise."""
        if self._earlier is not None and self._earlier.is_of(told):
            return _listed(list(self._earlier.changes()))
        return _listed(sorted(self._differences(book), key=lambda t: t.en))

    def _differences(self, book: Book) -> Iterator[Text]:
        """What the rows of the workbook say otherwise than those of a new one."""
        before = {(k, id_): text for k, s in self._sheets.items() if _asks(k) for id_, text in _asked(s.cells)}
        now = {(s.key, id_): text for s in book.sheets if _asks(s.key) for id_, text in _asked(s.cells)}
        for where in before.keys() - now.keys():
            yield _change(where[1], Text("没有了", "gone"))
        for where in now.keys() - before.keys():
            yield _change(where[1], Text("新增", "new"))
        for where in before.keys() & now.keys():
            if before[where] != now[where]:
                pairs = zip(before[where], now[where], strict=False)
                told = "; ".join(f"{clip(a)} -> {clip(b)}" for a, b in pairs if a != b)
                yield _change(where[1], Text(told, told))

    # --- cells -------------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet) -> int:
        """Read a sheet; how many of its rows have something filled in."""
        raw = self._sheets.get(sheet.key)
        if raw is None:
            self._file(codes.MISSING_SHEET, name=sheet.name)
            return 0
        if raw.name != sheet.name:
            self._tell(codes.RENAMED_SHEET, raw, (1, 1), name=sheet.name, found=raw.name)
        for area in raw.merged:
            self._tell(codes.MERGED_CELLS, raw, _corner(area), area=area)
        for at, said in sorted(raw.comments.items()):
            self._tell(codes.COMMENT_NOT_READ, raw, at, said, text=clip(said))
        places = self._places(sheet, raw)
        filled = set()
        for (row, column), cell in sorted(raw.cells.items()):
            expected = sheet.cells.get((places[row], column)) if row in places else None
            if self._cell(raw, (row, column), cell, expected):
                filled.add(row)
        return len(filled)

    def _places(self, sheet: Sheet, raw: RawSheet) -> dict[int, int]:
        """Of each row in the file the row that it should be: by the mark in its first column, else by its number."""
        marked = {cell.text: row for (row, column), cell in sheet.cells.items() if column == 1}
        found: dict[int, int] = {}
        seen: dict[str, int] = {}
        for (row, column), cell in sorted(raw.cells.items()):
            if column != 1 or cell.text not in marked:
                continue
            if cell.text in seen:
                self._tell(codes.ROW_TWICE, raw, (row, 2), row=_row_name(cell.text))
            else:
                seen[cell.text], found[row] = row, marked[cell.text]
        for text in sorted(marked.keys() - seen.keys(), key=marked.__getitem__):
            self._file(codes.MISSING_ROW, sheet=raw.name, row=_row_name(text))
        taken = {*found, *found.values()}
        unmarked = {row for row, column in sheet.cells if row not in marked.values()}
        return found | {row: row for row in unmarked if row not in taken}

    def _cell(self, raw: RawSheet, at: tuple[int, int], cell: RawCell, expected: Cell | None) -> bool:
        """Account for a cell; whether it fills something in."""
        if expected is None:
            if cell.text.strip():
                self._tell(codes.CELL_NOT_READ, raw, at, cell.text, text=clip(cell.text))
            return False
        if expected.key is None:
            if expected.kind != "formula" and cell.text != expected.text and at[1] != 1:
                texts = {"expected": clip(expected.text), "found": clip(cell.text)}
                self._tell(codes.TEXT_CHANGED, raw, at, cell.text, **texts)
            return False
        self._cells[expected.key] = (raw.name, *at)
        if cell.has_formula:
            self._tell(codes.FORMULA_IN_ANSWER, raw, at, cell.text)
            return False
        if cell.kind == "error":
            self._tell(codes.ERROR_IN_ANSWER, raw, at, cell.text, text=clip(cell.text))
            return False
        text = self._value(raw, at, cell, expected)
        self._filled.set(text if text.strip() else "", *expected.key)
        return text.strip() not in ("", expected.text)

    def _value(self, raw: RawSheet, at: tuple[int, int], cell: RawCell, expected: Cell) -> str:
        if cell.kind == "number":
            return self._number(raw, at, cell, expected)
        if expected.style == "date" and cell.text.strip():
            day = read_day(cell.text)
            if type(day) is date:
                self._tell(codes.DATE_AS_TEXT, raw, at, cell.text, day=day.isoformat())
                return day.isoformat()
        return cell.text

    def _number(self, raw: RawSheet, at: tuple[int, int], cell: RawCell, expected: Cell) -> str:
        """What a cell with a number says; a day with a time where a day belongs stays one, and is refused."""
        form: Form = "day" if expected.style == "date" else cell.form
        text = cell_text(cell.text, form, counts_from_1904=self._raw.counts_from_1904)
        if text is None:
            self._tell(codes.NUMBER_NOT_KEPT, raw, at, cell.text, text=cell.text)
        elif form == "day" and expected.style == "number":
            self._tell(codes.DAY_FOR_A_NUMBER, raw, at, text, day=text)
        elif expected.style == "date" and type(read_day(text)) is not date:
            return cell.text
        return text or ""

    def _check_sets(self) -> None:
        for fact in self._program.facts:
            if isinstance(fact.type, SetType) and (open_ := open_options(fact, self._filled)):
                key = ("fact", fact.id, "option", open_[0])
                name, row, column = self._cells.get(key, self._cells.get(("fact", fact.id, "evidence"), ("", 1, 1)))
                place = self._span(name, (row, column), self._filled.cells.get(key, ""))
                arguments = (("name", fact.id), ("open", ", ".join(open_)))
                self._found.append(Diagnostic(codes.PARTLY_ANSWERED, place, arguments))

    # --- the evidence ------------------------------------------------------------------------------------------------

    def _stated(self, imported: Imported) -> Imported | None:
        """The evidence file; what is wrong with it is told of the cells that say it."""
        lines = evidence_lines(self._program, self._filled)
        imported.text = text_of(lines)
        evidence, found = parse_evidence(Source(self._name, imported.text))
        self._found += (self._at_cell(d, lines) for d in found)
        if evidence is None:
            return None
        bound, told = bind(self._program, evidence)
        self._found += (self._at_cell(d, lines) for d in told)
        imported.bound = bound
        return None if has_errors(told) else imported

    def _at_cell(self, diagnostic: Diagnostic, lines: tuple[Line, ...]) -> Diagnostic:
        number = diagnostic.span.position.line - 1
        key = lines[number].key if 0 <= number < len(lines) else None
        name, row, column = self._cells.get(key or (), self._blank.get(key or (), ("", 0, 0)))
        if not name:
            cover = self._sheets.get("cover")
            name, row, column = (cover.name if cover else "", 1, 1)
        text = self._filled.cells.get(key or (), "")
        return replace(diagnostic, span=self._span(name, (row, column), text), labels=(), fix=None)

    # --- telling -----------------------------------------------------------------------------------------------------

    def _span(self, sheet: str, at: tuple[int, int], text: str) -> Span:
        """A cell as a place: `answers.xlsx, Facts!F7`."""
        line = " ".join(text.split())
        return Span(Source(f"{self._path}, {sheet}!{letters(at[1])}{at[0]}", line, is_cell=True), 0, len(line))

    def _tell(self, code: Code, raw: RawSheet, at: tuple[int, int], cell: str = "", **arguments: Argument) -> None:
        self._found.append(Diagnostic(code, self._span(raw.name, at, cell), tuple(arguments.items())))

    def _file(self, code: Code, **arguments: Argument) -> None:
        place = Span(Source(str(self._path), ""), 0, 0)
        self._found.append(Diagnostic(code, place, tuple(arguments.items())))


def _key_of(sheet: RawSheet) -> str:
    cell = sheet.cells.get((1, 1))
    return cell.text.removeprefix(_MARK) if cell is not None and cell.text.startswith(_MARK) else ""


def _first_said(sheet: RawSheet) -> tuple[int, int] | None:
    """The first cell of a sheet that says something."""
    return min((at for at, cell in sheet.cells.items() if cell.text.strip() or cell.has_formula), default=None)


def _pairs(sheet: RawSheet) -> dict[str, str]:
    """The properties in the third and fourth column of the sheet of lists."""
    cells = sheet.cells
    return {cell.text: cells[row, 4].text for (row, column), cell in cells.items() if column == 3 and (row, 4) in cells}


def _asks(key: str) -> bool:
    """Whether a sheet has clauses or facts."""
    return key == "facts" or key.startswith("clauses:")


def _asked(
    cells: Mapping[tuple[int, int], Cell] | Mapping[tuple[int, int], RawCell],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of each row of a clause or a fact what stands in its protected columns."""
    for (row, column), cell in cells.items():
        if column == 1 and cell.text.startswith(("clause:", "fact:")):
            last = 8 if cell.text.startswith("clause:") else 6
            shown = (cells.get((row, c)) for c in range(2, last))
            yield cell.text, tuple(c.text if c is not None else "" for c in shown)


def _row_name(text: str) -> str:
    return text.removeprefix("clause:").removeprefix("fact:").removeprefix(_MARK)


def _change(row: str, what: Text) -> Text:
    name = _row_name(row)
    return Text(f"{name}：{what.zh}", f"{name}: {what.en}")


def _listed(differences: list[Text]) -> Text:
    if not differences:
        return Text("题目和判据一样，别处有改动", "nothing that is asked; something else was changed")
    shown = differences[:_MOST_DIFFERENCES]
    more = len(differences) - len(shown)
    ends = (f"；另有 {more} 处", f"; and {more} more") if more > 0 else ("", "")
    return Text("；".join(t.zh for t in shown) + ends[0], "; ".join(t.en for t in shown) + ends[1])


def _corner(area: str) -> tuple[int, int]:
    found = CELL.fullmatch(area.partition(":")[0].replace("$", ""))
    return (int(found[2]), column_of(found[1])) if found else (1, 1)
