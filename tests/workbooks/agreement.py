"""What the formulas of a workbook say once a spreadsheet has computed them, beside what the engine says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from guiju.compiler.ir import ABSENT, NOT_ENTERED, Definition, Program, Special, Undefined, Verdict
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.workbook import result
from guiju.exchange.workbook.book import made
from guiju.exchange.workbook.codes import DAY_FOR_A_NUMBER
from guiju.exchange.workbook.filled import Filled
from guiju.exchange.workbook.layout import Book, Cell, Key, letters, number_cell
from guiju.exchange.workbook.live.circuit import Circuit
from guiju.exchange.workbook.live.terms import NO, YES
from guiju.exchange.workbook.live.values import Numbers, Options, Truth
from guiju.exchange.workbook.read import import_workbook
from guiju.exchange.workbook.registers import REGISTERS, numbers
from guiju.exchange.workbook.stated import evidence_lines, text_of

_DAYS = ("1/3", "2026-01-03", "10:30")  # which a spreadsheet takes for days and times


@dataclass
class Job:
    """A policy with its workbook, the fillings, and which cells are read of each."""

    program: Program
    book: Book
    circuit: Circuit
    fillings: list[Filled]
    readings: Mapping[str, str]
    answers: Book  # where each thing is typed: below the lists of `book` where these are too short
    path: Path = Path()
    saved: int = 0  # how many of the last fillings the office saves

    def saved_as(self, n: int) -> Path | None:
        """The file of a filling as the office saves it, if it does."""
        return self.path.with_suffix(f".{n}.xlsx") if n >= len(self.fillings) - self.saved else None

    def term(self, term: str) -> int | str:
        """A term of the calculation: a constant, or its row there."""
        return int(term.rpartition("$")[2]) - self.circuit.pad.first if term.startswith("$") else term

    @property
    def read(self) -> tuple[str, str]:
        """The column that is read of each filling: the whole calculation."""
        sheet = next(s for s in self.book.sheets if s.key == "calculation")
        first = self.circuit.pad.first
        return sheet.name, f"C{first}:C{first + len(self.circuit.pad.rows) - 1}"


def job(
    program: Program,
    readings: Mapping[str, str],
    fillings: list[Filled],
    language: Language = "zh",
    short: Mapping[str, int] | None = None,
) -> Job:
    """A workbook large enough for all fillings, which are in its language; with `short` so many rows in each list."""
    most = Filled(**{r.rows: max(getattr(f, r.rows) for f in fillings) for r in REGISTERS})
    rows = numbers(program, most)
    answers, _ = made(program, readings, language, rows)
    book, circuit = made(program, readings, language, short or rows)
    return Job(program, book, circuit, fillings, readings, answers)


def blocks(book: Book, filled: Filled) -> list[tuple[str, str, list[list[str | float]]]]:
    """What is typed, as blocks of cells: days as days, numbers as numbers where a spreadsheet keeps them."""
    found = []
    for sheet in book.sheets:
        places = [place for place, cell in sheet.cells.items() if cell.key is not None]
        if not places:
            continue
        rows, columns = ({p[i] for p in places} for i in (0, 1))
        top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
        block = [
            [_typed(sheet.cells.get((r, c)), filled) for c in range(left, right + 1)] for r in range(top, bottom + 1)
        ]
        found.append((sheet.name, f"{letters(left)}{top}:{letters(right)}{bottom}", block))
    return found


def _typed(cell: Cell | None, filled: Filled) -> str | float:
    text = "" if cell is None else filled.cells.get(cell.key or (), cell.text)
    if cell is None or not text or cell.key is None:
        return text
    if cell.style == "number" and number_cell(Fraction(text)) is not None:
        return float(text)
    if cell.style == "date":
        return float((date.fromisoformat(text) - date(1899, 12, 30)).days)
    return text


def typed(book: Book, filled: Filled) -> list[tuple[str, str, str]]:
    """What is typed by itself, so that the spreadsheet makes of it what it does: `99.9%` for every other percentage.

    Where a number is not known, every other cell is given `1/3` or the like, of which it makes a day, and which states nothing.
    """
    found = []
    numbers = [(s, r, c, cell) for s, r, c, cell in book.inputs() if cell.style == "number"]
    for sheet, row, column, cell in numbers[len(filled.cells) % 2 :: 2]:
        assert cell.key is not None
        text, unit = filled.get(*cell.key), filled.get(*cell.key[:-1], "unit")
        if unit == "%" or not text:
            found.append((sheet.name, f"{letters(column)}{row}", f"{text}%" if text else _DAYS[row % len(_DAYS)]))
    return found


def assessed(program: Program, filled: Filled, readings: Mapping[str, str]) -> Assessment:
    """What the engine makes of the evidence file that a filling comes to."""
    return evaluate(bound_to(program, filled), readings)


def bound_to(program: Program, filled: Filled) -> Bound:
    """The evidence that a filling comes to."""
    text = text_of(evidence_lines(program, filled))
    evidence, found = parse_evidence(Source("drawn.yaml", text))
    assert evidence is not None, [d.message("en") for d in found]
    bound, told = bind(program, evidence)
    assert not [d for d in told if d.is_error], [d.message("en") for d in told if d.is_error]
    return bound


# --- comparing -----------------------------------------------------------------------------------------------------


def _targets(new: Job) -> Iterator[tuple[str, object, dict[str, int | str]]]:
    """Every value and clause: its address, what it is held as, and the cells of its terms."""
    for definition in result.listed(new.program):
        held = new.circuit.at(definition.id)
        terms = {"absent": held.absent, "not_entered": held.not_entered, "undefined": held.undefined}
        match held:
            case Numbers():
                terms |= {"some": held.some, "low": held.low, "high": held.high}
            case Truth():
                terms |= {"true": held.true, "false": held.false}
            case Options():
                terms |= {f"={o}": bit for o, bit in held.may.items()}
        yield definition.id, held, {name: new.term(term) for name, term in terms.items()}
    for clause in new.program.clauses:
        names = ("satisfied", "unsatisfied", "not-applicable")
        may = new.circuit.verdicts(clause.id)
        bits = dict(zip(names, (may.satisfied, may.unsatisfied, may.aside), strict=True))
        yield f"clause:{clause.id}", None, {name: new.term(term) for name, term in bits.items()}


@dataclass
class Tally:
    """How many values were compared, how many were settled by both, and what differs."""

    values: int = 0
    settled: int = 0
    open_in_sheet: int = 0
    cells: int = 0  # that were read back as they were typed, or refused where a day stands for a number
    differences: list[str] = field(default_factory=list)


def compare(new: Job, n: int, cells: list[str | float], tally: Tally) -> None:
    """One filling: the cells that the spreadsheet computed, against the engine."""
    assessment = assessed(new.program, new.fillings[n], new.readings)
    for address, held, terms in _targets(new):
        told = {name: _plain(cells[at]) if isinstance(at, int) else at for name, at in terms.items()}
        tally.values += 1
        if held is None:
            _clause(assessment, address, told, f"{new.program.id} set {n}", tally)
        else:
            _value(new.program.definition[address], assessment, held, told, tally)


def come_back(new: Job, n: int, tally: Tally) -> None:
    """The file that the office saved of a filling, read back: cell by cell as it was typed, and no day for a number."""
    path, filled = new.saved_as(n), new.fillings[n]
    if path is None:
        return
    days = {f"{sheet}!{cell}" for sheet, cell, text in typed(new.answers, filled) if text in _DAYS}
    imported, found = import_workbook(new.program, path, "evidence.yaml")
    told = {d.span.source.name.partition(", ")[2] for d in found if d.code is DAY_FOR_A_NUMBER}
    wrong = [d.message("en") for d in found if d.is_error and d.code is not DAY_FOR_A_NUMBER]
    where = f"{new.program.id} set {n} saved"
    tally.differences += [f"{where}: {message}" for message in wrong]
    tally.differences += [f"{where}: {cell} is a day to one only" for cell in days ^ told]
    tally.cells += len(days)
    if imported is not None:
        cells = {key: _as_typed(key, text) for key, text in imported.filled.cells.items()}
        expected = {key: _as_typed(key, text) for key, text in filled.cells.items()}
        known = {key for key in cells if key[-1] != "unit"} | expected.keys()  # a blank number has a unit beside it
        other = sorted(key for key in known if cells.get(key) != expected.get(key))
        tally.differences += [f"{where} {key}: {cells.get(key)}, {expected.get(key)}" for key in other]
        tally.cells += len(cells)


def _as_typed(key: Key, text: str) -> str | Fraction:
    """The text of a cell; of a number the number, as a percentage with its sign or without."""
    number = text.removesuffix(" %")
    is_number = key[0] == "fact" and key[-1] == "value" and number.strip("-")[:1].isdigit()
    return Fraction(number) if is_number else text


def _plain(cell: str | float) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**16 else str(cell)


def _clause(assessment: Assessment, address: str, told: dict[str, str], where: str, tally: Tally) -> None:
    verdict = assessment.clauses[address.removeprefix("clause:")].verdict
    possible = [name for name, bit in told.items() if bit == YES]
    if isinstance(verdict, Verdict):
        tally.settled += possible == [verdict.value]
        tally.open_in_sheet += len(possible) > 1
        if verdict.value not in possible:
            tally.differences.append(f"{where} {address}: sheet {possible}, engine {verdict.value}")
    elif len(possible) < 2:
        tally.differences.append(f"{where} {address}: sheet {possible}, engine {verdict}")


def _value(definition: Definition, assessment: Assessment, held: object, told: dict[str, str], tally: Tally) -> None:
    where = f"{assessment.program.id}, {assessment.bound.evidence.subject}"
    try:
        possible = assessment.possible(definition.id)
    except KeyError:
        return
    missing = [v for v in possible.values if not _allows(held, told, v)]
    if possible.exact and missing:
        tally.differences.append(f"{where} {definition.id}: engine may be {missing[:3]}, sheet {told}")
    alone = _alone(held, told)
    if alone is not None:
        tally.settled += 1
        if possible.exact and not all(_same(v, alone) for v in possible.values):
            tally.differences.append(f"{where} {definition.id}: sheet {alone}, engine {possible.values[:3]}")
    elif possible.exact and len(possible.values) == 1:
        tally.open_in_sheet += 1


def _allows(held: object, told: dict[str, str], value: object) -> bool:
    match value:
        case Special():
            return (
                told["absent" if value is ABSENT else "not_entered"] == YES if value in (ABSENT, NOT_ENTERED) else True
            )
        case Undefined():
            return told["undefined"] == YES
    match held:
        case Numbers() if isinstance(value, Fraction):
            if told["some"] != YES:
                return False
            if held.is_exact:
                return Fraction(told["low"]) <= value * held.parts <= Fraction(told["high"])
            return float(told["low"]) <= value <= float(told["high"])
        case Truth() if isinstance(value, bool):
            return told["true" if value else "false"] == YES
        case Options() if isinstance(value, str):
            return told.get(f"={value}", NO) == YES
    return True


def _alone(held: object, told: dict[str, str]) -> object:
    """The one value that a sheet leaves; None where it leaves several."""
    lacks = {name: told[name] == YES for name in ("absent", "not_entered", "undefined")}
    found: list[object] = [name for name, bit in lacks.items() if bit]
    match held:
        case Numbers():
            if told["some"] == YES:
                if not held.is_exact or told["low"] != told["high"]:
                    return None
                found.append(Fraction(told["low"]) / held.parts)
        case Truth():
            found += [word for word, name in ((True, "true"), (False, "false")) if told[name] == YES]
        case Options():
            found += [o for o, bit in told.items() if o.startswith("=") and bit == YES]
        case _:
            return None
    return found[0] if len(found) == 1 else None


def _same(value: object, alone: object) -> bool:
    match value:
        case Undefined():
            return alone == "undefined"
        case Special():
            return alone == ("absent" if value is ABSENT else "not_entered")
        case str():
            return alone == f"={value}"
    return value == alone


def coherent(definition: Definition) -> Fraction:
    """How many of the coherent unit one of the shown unit is."""
    unit = unit_named(getattr(definition.type, "unit", "number"))
    return unit.factor if unit else Fraction(1)
