"""Program -> the whole workbook, blank or filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.exchange.fields import RECORD
from guiju.exchange.workbook import pages, registers, result
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.filled import ANSWER, SAMPLE, VOICES, Filled
from guiju.exchange.workbook.layout import Book, Cell, Kind, Sheet, letters, number_cell, sheet_name
from guiju.exchange.workbook.live.circuit import Circuit
from guiju.exchange.workbook.live.places import (
    ClausePlace,
    FactPlace,
    Places,
    RegisterPlace,
    SamplesPlace,
    StatementsPlace,
)
from guiju.exchange.workbook.package import MOST_ROWS

VERSION = "workbook/1"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?")


def book_of(program: Program, readings: Mapping[str, str], language: Language, filled: Filled, spare: int = 0) -> Book:
    """The workbook of a policy under some readings, with what is filled in and `spare` rows more in each list."""
    blank, _ = made(program, readings, language, registers.numbers(program, filled, spare))
    for sheet, row, column, cell in blank.inputs():
        text = filled.cells.get(cell.key or (), cell.text)
        sheet.put(row, column, replace(cell, text=text, kind=_kind(cell, text)))
    for sheet in blank.sheets:
        if sheet.state == "visible":
            sheet.fit()
    return blank


def _kind(cell: Cell, text: str) -> Kind:
    """A number or a day is one in the file as well, where a spreadsheet keeps it as it is."""
    if cell.style == "number" and _NUMBER.fullmatch(text) and number_cell(Fraction(text)) == text:
        return "number"
    return "date" if cell.style == "date" and text else "text"


def made(
    program: Program, readings: Mapping[str, str], language: Language, rows: Mapping[str, int]
) -> tuple[Book, Circuit]:
    """The workbook with nothing filled in, its lists with so many rows, and what its formulas mean."""
    desk = pages.Desk(program, program.defaults | dict(readings), language)
    front = [pages.cover(desk), pages.instructions(desk)]
    within = [pages.clauses(desk, group, leaves) for group, leaves in pages.domains(program)]
    facts = pages.facts(desk)
    listed = registers.registers(desk, rows)
    lists = registers.lists(desk)
    registers.offer(lists, (*front, *within, facts, *listed))
    outer = Book(language, (*front, *within, facts, *listed, lists))
    circuit = Circuit(program, desk.readings, _places(program, outer, lists))
    calculation_name = sheet_name(desk.say(said.CALCULATION), set(desk.taken))
    computed = result.result(desk, circuit, calculation_name)
    for sheet in within:
        _live(desk, sheet, circuit, calculation_name)
    calculation = result.calculation(desk, circuit)
    sheets = (front[0], front[1], computed, *within, facts, *listed, lists, calculation)
    properties = (
        ("version", VERSION),
        ("standard", program.id),
        ("digest", program.digest),
        ("language", language),
        ("readings", ",".join(f"{r}={o}" for r, o in sorted(desk.readings.items()) if program.defaults[r] != o)),
    )
    for n, (key, text) in enumerate(properties, 2):
        lists.put(n, 3, Cell(key, "text"))
        lists.put(n, 4, Cell(text, "text"))
    return Book(language, sheets, properties), circuit


def _places(program: Program, book: Book, lists: Sheet) -> Places:
    at = book.refs()
    facts, samples = {}, {f.id: lists.ref(n, registers.FACTS) for n, f in enumerate(registers.sampled(program), 2)}
    for fact in program.facts:
        options = {
            o.id: at["fact", fact.id, "option", o.id] for o in fact.options if ("fact", fact.id, "option", o.id) in at
        }
        value, unit = at.get(("fact", fact.id, "value"), ""), at.get(("fact", fact.id, "unit"), "")
        facts[fact.id] = FactPlace(value, unit, at["fact", fact.id, "evidence"], options, samples.get(fact.id, ""))
    names = {c.id: lists.ref(n, 2) for n, c in enumerate(program.clauses, 2)}
    clauses = {}
    for clause in program.clauses:
        vendor, assessor = ({w: at.get(("clause", clause.id, v, w), "") for w in ANSWER} for v in VOICES)
        clauses[clause.id] = ClausePlace(
            names[clause.id],
            vendor["verdict"],
            vendor["evidence"],
            assessor["verdict"],
            assessor["evidence"],
            assessor["until"],
        )
    return Places(
        as_of=at["as_of",],
        inputs={i.id: at["input", i.id] for i in program.inputs},
        facts=facts,
        clauses=clauses,
        register=_register(book),
        statements=_statements(book, lists.column(2, 2, max(2, len(program.clauses) + 1))),
        samples=_samples(book, lists.column(registers.FACTS, 2, max(2, len(samples) + 1))),
    )


def _sheet(book: Book, key: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.key == key)


def _register(book: Book) -> RegisterPlace:
    sheet, first = _sheet(book, "evidence"), pages.TABLE + 1
    columns = [f"'{sheet.name}'!${letters(2 + n)}$" for n in range(len(RECORD) + 1)]
    at = dict(zip(("id", *RECORD), columns, strict=True))
    return RegisterPlace(at["id"], at["collected"], at["expires"], first, sheet.rows - pages.TABLE)


def _statements(book: Book, names: str) -> StatementsPlace:
    sheet, first = _sheet(book, "statements"), pages.TABLE + 1
    clause, voice, verdict, _, evidence, _, _, until = (sheet.column(c, first, sheet.rows) for c in range(2, 10))
    return StatementsPlace(clause, voice, verdict, evidence, until, names, sheet.rows - pages.TABLE, _below(sheet))


def _samples(book: Book, names: str) -> SamplesPlace:
    sheet, first = _sheet(book, "samples"), pages.TABLE + 1
    clauses, facts = (sheet.column(2 + SAMPLE.index(what), first, sheet.rows) for what in ("clause", "fact"))
    return SamplesPlace(clauses, facts, names, sheet.rows - pages.TABLE, _below(sheet))


def _below(sheet: Sheet) -> str:
    """The columns of a list below its last row, as far down as a workbook is read."""
    return f"{sheet.ref(sheet.rows + 1, 2)}:${letters(sheet.last_column)}${MOST_ROWS}"


def _live(desk: pages.Desk, sheet: Sheet, circuit: Circuit, name: str) -> None:
    """The verdict that each clause comes to as it stands."""
    for (row, column), cell in list(sheet.cells.items()):
        if column != 1 or not cell.text.startswith("clause:"):
            continue
        may = circuit.verdicts(cell.text.removeprefix("clause:"))
        bits = [result.seen_from(name, bit) for bit in (may.satisfied, may.unsatisfied, may.aside)]
        words = [desk.say(v) for v in (said.SATISFIED, said.UNSATISFIED, said.ASIDE)]
        one = f'IF({bits[0]}=1,"{words[0]}",IF({bits[1]}=1,"{words[1]}","{words[2]}"))'
        text = f'=IF({"+".join(bits)}=1,{one},"{desk.say(said.UNKNOWN)}")'
        sheet.put(row, pages.LIVE, Cell(text, "figure", "formula"))
