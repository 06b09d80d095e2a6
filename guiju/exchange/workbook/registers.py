"""The sheets that are lists, with rows to spare: evidence, overrides, findings, samples and their instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.compiler.ir import Fact, NumberType, Program, TruthType
from guiju.dsl.diagnostic import Text
from guiju.exchange.fields import RECORD
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.filled import DAYS, FINDING, INSTANCE, LATER_DAYS, SAMPLE, STATEMENT, Filled
from guiju.exchange.workbook.layout import Cell, Choices, Sheet, Style, letters
from guiju.exchange.workbook.pages import TABLE, Desk

#: columns of the sheet of lists; what the workbook says of itself stands between these
CLAUSES, FACTS = 2, 5
MOST_LISTED = 10_000  # rows of a list
_MOST_SPARE = 400  # of them for the sake of the clauses


@dataclass(frozen=True)
class Register:
    """A list: the key of its sheet, of its rows in `Filled`, and how many it has beyond those filled in.

    These are `spare` at least, or `of_clauses` times as many as the policy has clauses.
    """

    key: str
    row: str
    rows: str
    spare: int
    of_clauses: Fraction
    title: Text
    about: Text
    columns: Sequence[tuple[str, Text]]
    widths: tuple[float, ...]
    second: str = ""  # the column with which the second of two printed pages begins
    beside: int = 0  # how many columns of the first one it repeats

    def number(self, program: Program, filled: Filled, least: int = 0) -> int:
        """How many rows, `least` of them to spare: in whole tens, so that what is added does not move what is there."""
        filled_in: int = getattr(filled, self.rows)
        spare = max(self.spare, min(_MOST_SPARE, int(self.of_clauses * len(program.clauses))), least)
        return min(MOST_LISTED, -(-(filled_in + spare) // 10) * 10)


def _columns(keys: Sequence[str], heads: Sequence[Text]) -> tuple[tuple[str, Text], ...]:
    return tuple(zip(keys, heads, strict=True))


EVIDENCE = Register(
    *("evidence", "evidence", "records", 40, Fraction(1, 2), said.EVIDENCE, said.EVIDENCE_ABOUT),
    (("id", said.EVIDENCE_NUMBER), *((what, said.RECORD[what]) for what in RECORD)),
    (2, 12, 14, 26, 22, 12, 12, 12, 12, 12, 10, 14, 9, 10, 16, 14, 20),
    *("by", 1),
)
STATEMENTS = Register(
    *("statements", "statement", "statements", 20, Fraction(1, 8), said.STATEMENTS, said.STATEMENTS_ABOUT),
    _columns(STATEMENT, said.STATEMENT_COLUMNS),
    (2, 16, 12, 12, 30, 16, 26, 14, 12),
)
FINDINGS = Register(
    *("findings", "finding", "findings", 20, Fraction(1, 4), said.FINDINGS, said.FINDINGS_ABOUT),
    _columns(FINDING, said.FINDING_COLUMNS),
    (2, 9, 13, 12, 38, 14, 12, 13, 14, 12, 12, 13, 14, 20, 20),
    *("owner", 2),
)
SAMPLES = Register(
    *("samples", "sample", "samples", 10, Fraction(1, 8), said.SAMPLES, said.SAMPLES_ABOUT),
    _columns(SAMPLE, said.SAMPLE_COLUMNS),
    (2, 10, 26, 14, 18, 10, 9, 22, 18, 10, 12, 14, 12, 20),
    *("voice", 2),
)
INSTANCES = Register(
    *("instances", "instance", "instances", 60, Fraction(1), said.INSTANCES, said.INSTANCES_ABOUT),
    _columns(INSTANCE, said.INSTANCE_COLUMNS),
    (2, 14, 22, 14, 18, 40),
)
REGISTERS = (EVIDENCE, STATEMENTS, FINDINGS, SAMPLES, INSTANCES)


def numbers(program: Program, filled: Filled, least: int = 0) -> Mapping[str, int]:
    """How many rows each list has in a new workbook, `least` of them to spare."""
    return {register.key: register.number(program, filled, least) for register in REGISTERS}


def registers(desk: Desk, rows: Mapping[str, int]) -> list[Sheet]:
    """A sheet for each list, with so many rows."""
    words: Mapping[str, tuple[Text, ...]] = {
        "voice": said.VOICES,
        "verdict": said.VERDICTS,
        "result": said.VERDICTS,
        "grade": said.GRADES,
    }
    chosen = {what: tuple(desk.say(word) for word in listed) for what, listed in words.items()}
    chosen["clause"], chosen["fact"] = _clauses(desk), _facts(desk)
    waived = chosen | {"voice": (*chosen["voice"], desk.say(said.WAIVER))}
    return [_sheet(desk, r, rows[r.key], waived if r is STATEMENTS else chosen) for r in REGISTERS]


def _sheet(desk: Desk, register: Register, rows: int, chosen: Mapping[str, tuple[str, ...]]) -> Sheet:
    sheet = desk.sheet(register.key, register.title, register.widths)
    desk.head(sheet, desk.say(register.title), register.about, [head for _, head in register.columns])
    sheet.frozen = f"C{TABLE + 1}"
    if register.second:
        sheet.breaks = (2 + [what for what, _ in register.columns].index(register.second),)
        sheet.beside = 1 + register.beside
    last = TABLE + rows
    for row in range(TABLE + 1, last + 1):
        number = str(row - TABLE)
        sheet.identify(row, f"{register.row}:{number}")
        for column, (what, _) in enumerate(register.columns, 2):
            sheet.put(row, column, Cell("", _style(register, what, chosen), key=(register.row, number, what)))
    for column, (what, _) in enumerate(register.columns, 2):
        if chosen.get(what):
            cells = tuple(f"{letters(column)}{row}" for row in range(TABLE + 1, last + 1))
            sheet.choices.append(Choices(cells, chosen[what]))
    if register is STATEMENTS:
        sheet.choices = [_verdicts(desk, c) if c.words == chosen["verdict"] else c for c in sheet.choices]
    return sheet


def _verdicts(desk: Desk, choices: Choices) -> Choices:
    """Of a clause that always applies nobody may say that it does not."""
    aside, always = desk.say(said.ASIDE), tuple(c.printed for c in desk.program.clauses if c.applies is None)
    words = tuple(word for word in choices.words if word != aside)
    if len(always) == len(desk.program.clauses):
        return replace(choices, words=words)
    if not always:
        return choices
    clause = f"${letters(2 + STATEMENT.index('clause'))}{TABLE + 1}"
    return replace(choices, words=(*words, aside), without_last=(clause, always))


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
        sheet.choices = [c if c.fits else replace(c, area=_offered(lists, areas, c)) for c in sheet.choices]


def _offered(lists: Sheet, areas: dict[tuple[str, ...], str], choices: Choices) -> str:
    area = _area(lists, areas, choices.words)
    if choices.without_last is None:
        return area
    cell, words = choices.without_last
    head, _, last = area.rpartition("$")
    return f"IF(SUMPRODUCT(({_area(lists, areas, words)}={cell})*1)=0,{area},{head}${int(last) - 1})"


def _area(lists: Sheet, areas: dict[tuple[str, ...], str], words: tuple[str, ...]) -> str:
    if words not in areas:
        column = max(at for _, at in lists.cells) + 1
        for n, word in enumerate(words, 2):
            lists.put(n, column, Cell(word, "text"))
        areas[words] = lists.column(column, 2, len(words) + 1)
    return areas[words]
