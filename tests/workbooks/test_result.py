"""What the result sheet says: who takes no part, how far a score can go, and which score of a group a row is about."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.exchange.workbook.book import made
from guiju.exchange.workbook.filled import Filled
from guiju.exchange.workbook.layout import Sheet
from guiju.exchange.workbook.live.values import Numbers
from guiju.exchange.workbook.pages import TABLE
from guiju.exchange.workbook.registers import numbers
from guiju.exchange.workbook.result import LEVEL, NAME, SCORE, VALUE
from guiju.exchange.workbook.write import workbook_bytes
from guiju.library import load
from tests.workbooks.agreement import blocks
from tests.workbooks.office import recalculated

MATURITY = "gbt-45288.3-2025"
POLICIES = (MATURITY, "t-isc-full-stack-2025-12", "t-taf-320-2025", "t-isc-23-drafting-note", "caict-fangsheng")
SMALLEST = 7.0  # points
TYPE = 9  # points of the type in a table


def program_of(name: str) -> Program:
    program = load(name).program
    assert program is not None
    return program


def result_of(name: str, language: Language) -> Sheet:
    program = program_of(name)
    book, _ = made(program, {}, language, numbers(program, Filled()))
    return next(s for s in book.sheets if s.key == "result")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("policy", POLICIES)
def test_no_two_rows_are_called_alike(policy: str, language: Language) -> None:
    sheet = result_of(policy, language)
    rows = [row for row, column in sheet.cells if column == 1 and row > TABLE]
    told = [tuple(sheet.cells[row, c].text for c in (NAME, SCORE, LEVEL)) for row in rows]
    assert rows
    assert [texts for texts in set(told) if told.count(texts) > 1] == []


def test_a_row_says_the_unit_of_its_score() -> None:
    sheet = result_of("t-isc-full-stack-2025-12", "zh")
    scores = {cell.text for (row, column), cell in sheet.cells.items() if column == SCORE and row > TABLE}
    assert scores == {"", "(%)", "(个数)", "应项符合率 (%)", "不符合的应项数 (个数)", "宜项覆盖率 (%)"}


def test_a_sum_of_weights_is_told_no_higher_than_the_weights_of_one_option_allow() -> None:
    program = program_of(MATURITY)
    _, circuit = made(program, {}, "zh", numbers(program, Filled()))
    highest = {}
    for level in program.levels:
        held = circuit.at(f"A@{level.id}")
        assert isinstance(held, Numbers)
        highest[level.id] = Fraction(held.limits[1], held.parts)
    assert highest == {"L1": 2, "L2": 3, "L3": 5}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("policy", POLICIES)
def test_every_sheet_is_printed_in_type_that_can_be_read(policy: str, language: Language) -> None:
    program = program_of(policy)
    book, _ = made(program, {}, language, numbers(program, Filled()))
    shown = [s for s in book.sheets if s.state == "visible"]
    assert {s.name: s.scale for s in shown if TYPE * s.scale < SMALLEST * 100} == {}


@pytest.mark.workbooks
@pytest.mark.skipif("GUIJU_OFFICE_TESTS" not in os.environ, reason="`make workbooks` computes them in LibreOffice")
@pytest.mark.parametrize(("language", "absent"), [("zh", "不参与"), ("en", "not taking part")])
def test_what_takes_no_part_says_so_and_a_level_has_its_name(language: Language, absent: str, tmp_path: Path) -> None:
    program = program_of(MATURITY)
    service = program.inputs[0]
    chosen = Filled()
    chosen.set(next(o for o in service.options if o.id == "platform").called(language), "input", service.id)
    book, _ = made(program, {}, language, numbers(program, Filled()))
    sheet = next(s for s in book.sheets if s.key == "result")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_bytes(book))
    read = (sheet.name, f"{'ABCDEFGH'[VALUE - 1]}{TABLE + 1}:{'ABCDEFGH'[VALUE - 1]}{sheet.rows}")
    fillings = [{"blocks": blocks(book, f), "typed": [], "saved": ""} for f in (Filled(), chosen)]
    found = recalculated([{"path": str(path), "fillings": fillings, "read": read}])[0]
    rows = [sheet.cells[row, 1].text.removeprefix("result:") for row in range(TABLE + 1, sheet.rows + 1)]
    blank, with_input = (dict(zip(rows, map(str, texts), strict=True)) for texts in found)
    groups = {d.id: program.ancestors(d.group) for d in program.definitions if d.id in rows and d.group}
    assert {i for i, text in with_input.items() if text == absent} == {
        i for i, above in groups.items() if "platform" not in above
    }
    assert absent not in blank.values()
    levels = [f"{level.id} {level.label.in_language(language)}" for level in program.levels]
    places = [blank["level"].index(text) for text in (*levels, {"zh": "无等级", "en": "no level"}[language])]
    assert places == sorted(places)
    assert "none" not in blank["level"]
