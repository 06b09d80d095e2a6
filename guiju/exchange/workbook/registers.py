"""The sheets that are lists, with rows to spare: evidence, overrides, findings, samples and their instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.compiler.ir import Fact, NumberType, Program, TruthType
from guiju.dsl.diagnostic import Text
from guiju.exchange.fields import RECORD
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.filled import DAYS, FINDING, INSTANCE, LATER_DAYS, SAMPLE, STATEMENT, Filled
from guiju.exchange.workbook.layout import Cell, Choices, Sheet, Style, letters
from guiju.exchange.workbook.pages import TABLE, Desk

#: columns of the sheet of lists; what the workbook says of itself stands between these
CLAUSES, FACTS = 2, 5


@dataclass(frozen=True)
class Register:
    """A list: the key of its sheet, of its rows in `Filled`, and how many of these it has beyond those filled in."""

    key: str
    row: str
    rows: str
    spare: int
    title: Text
    about: Text
    columns: Sequence[tuple[str, Text]]
    widths: tuple[float, ...]

    def number(self, filled: Filled) -> int:
        """How many rows: in whole tens, so that what is added does not move what is there."""
        filled_in: int = getattr(filled, self.rows)
        return max(10, -(-(filled_in + self.spare) // 10) * 10)


def _columns(keys: Sequence[str], heads: Sequence[Text]) -> tuple[tuple[str, Text], ...]:
    return tuple(zip(keys, heads, strict=True))


EVIDENCE = Register(
    *("evidence", "evidence", "records", 40, said.EVIDENCE, said.EVIDENCE_ABOUT),
    (("id", said.EVIDENCE_NUMBER), *((what, said.RECORD[what]) for what in RECORD)),
    (2, 12, 14, 26, 22, 12, 12, 12, 12, 12, 10, 14, 9, 10, 16, 14, 20),
)
STATEMENTS = Register(
    *("statements", "statement", "statements", 20, said.STATEMENTS, said.STATEMENTS_ABOUT),
    _columns(STATEMENT, said.STATEMENT_COLUMNS),
    (2, 16, 12, 12, 34, 18, 28, 14, 12),
)
FINDINGS = Register(
    *("findings", "finding", "findings", 20, said.FINDINGS, said.FINDINGS_ABOUT),
    _columns(FINDING, said.FINDING_COLUMNS),
    (2, 9, 13, 12, 38, 14, 12, 13, 14, 12, 12, 13, 14, 20, 20),
)
SAMPLES = Register(
    *("samples", "sample", "samples", 10, said.SAMPLES, said.SAMPLES_ABOUT),
    _columns(SAMPLE, said.SAMPLE_COLUMNS),
    (2, 10, 26, 14, 18, 10, 9, 22, 18, 10, 12, 14, 12, 20),
)
INSTANCES = Register(
    *("instances", "instance", "instances", 60, said.INSTANCES, said.INSTANCES_ABOUT),
    _columns(INSTANCE, said.INSTANCE_COLUMNS),
    (2, 14, 22, 14, 18, 40),
)
REGISTERS = (EVIDENCE, STATEMENTS, FINDINGS, SAMPLES, INSTANCES)


def registers(desk: Desk, filled: Filled) -> list[Sheet]:
    """A sheet for each list."""
    words: Mapping[str, tuple[Text, ...]] = {
        "voice": said.VOICES,
        "verdict": said.VERDICTS,
        "result": said.VERDICTS,
        "grade": said.GRADES,
    }
    chosen = {what: tuple(desk.say(word) for word in listed) for what, listed in words.items()}
    chosen["clause"], chosen["fact"] = _clauses(desk), _facts(desk)
    waived = chosen | {"voice": (*chosen["voice"], desk.say(said.WAIVER))}
    return [_sheet(desk, register, filled, waived if register is STATEMENTS else chosen) for register in REGISTERS]


def _sheet(desk: Desk, register: Register, filled: Filled, chosen: Mapping[str, tuple[str, ...]]) -> Sheet:
    sheet = desk.sheet(register.key, register.title, register.widths)
    desk.head(sheet, desk.say(register.title), register.about, [head for _, head in register.columns])
    sheet.frozen = f"C{TABLE + 1}"
    last = TABLE + register.number(filled)
    for row in range(TABLE + 1, last + 1):
        number = str(row - TABLE)
        sheet.identify(row, f"{register.row}:{number}")
        for column, (what, _) in enumerate(register.columns, 2):
            sheet.put(row, column, Cell("", _style(register, what, chosen), key=(register.row, number, what)))
    for column, (what, _) in enumerate(register.columns, 2):
        if chosen.get(what):
            cells = tuple(f"{letters(column)}{row}" for row in range(TABLE + 1, last + 1))
            sheet.choices.append(Choices(cells, chosen[what]))
    return sheet


def _style(register: Register, what: str, chosen: Mapping[str, tuple[str, ...]]) -> Style:
    if what in (DAYS if register is EVIDENCE else LATER_DAYS):
        return "date"
    return "choice" if what in chosen else "input"


def sampled(program: Program) -> list[Fact]:
    """The facts that a sample may state in a workbook: those that nothing else computes."""
    return [f for f in program.facts if isinstance(f.type, NumberType | TruthType) and f.formula is None]


# --- the sheet of lists ------------------------------------------------------------------------------------------


def lists(desk: Desk) -> Sheet:
    """The clauses and the facts for samples, by the names that formulas look up; hidden."""
    sheet = desk.sheet("lists", said.LISTS, (24, 24))
    sheet.state = "hidden"
    for column, names in ((CLAUSES, _clauses(desk)), (FACTS, _facts(desk))):
        for n, name in enumerate(names, 2):
            sheet.put(n, column, Cell(name, "text"))
    return sheet


def _clauses(desk: Desk) -> tuple[str, ...]:
    return tuple(clause.printed for clause in desk.program.clauses)


def _facts(desk: Desk) -> tuple[str, ...]:
    return tuple(fact.called(desk.language) for fact in sampled(desk.program))


def offer(lists: Sheet, sheets: Sequence[Sheet]) -> None:
    """Put the words that are too long for a rule of a cell on the sheet of lists, each set of them once."""
    areas: dict[tuple[str, ...], str] = {}
    for column in (CLAUSES, FACTS):
        words = tuple(cell.text for (_, at), cell in sorted(lists.cells.items()) if at == column)
        areas[words] = lists.column(column, 2, max(2, len(words) + 1))
    for sheet in sheets:
        sheet.choices = [c if c.fits else replace(c, area=_area(lists, areas, c.words)) for c in sheet.choices]


def _area(lists: Sheet, areas: dict[tuple[str, ...], str], words: tuple[str, ...]) -> str:
    if words not in areas:
        column = max(at for _, at in lists.cells) + 1
        for n, word in enumerate(words, 2):
            lists.put(n, column, Cell(word, "text"))
        areas[words] = lists.column(column, 2, len(words) + 1)
    return areas[words]
