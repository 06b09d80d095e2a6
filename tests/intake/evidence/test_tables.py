"""Workbooks and CSV files by a mapping: what evidence comes of them, what is refused and where, and every row accounted."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import guiju
from guiju.dsl.source import Source
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.number_format import cell_text
from guiju.exchange.workbook.package import RawBook, read_package
from guiju.intake.evidence.cells import SEPARATORS, parse_csv
from guiju.intake.evidence.codes import EVIDENCE_INTAKE_CODES
from guiju.intake.evidence.take import Made, take
from guiju.intake.workbook import as_stated, read_sheets
from tests.intake.evidence.standard import CLAUSES, FACTS, MAPPING, program, records, workbook

EVIDENCE = """guiju: evidence/2
subject: "岭街阅览室"
fictional: true
standard: "rooms-1"
as_of: "2026-06-30T00:00:00+08:00"
evidence:
  "E1": {kind: "现场查看", title: "周日查看", collected: "2026-02-17", expires: "2027-02-17", by: "卫", source: "档案室"}
  "E2": {kind: "说明", title: "供方来信", collected: "2026-03-01", source: "档案室"}
facts:
  "seats": {value: "42", evidence: ["E1"]}
  "size": {value: "96.5", unit: "m2", evidence: ["E1"], note: "约数？"}
  "answered": {value: "83.5 %", evidence: ["E2"]}
  "lit": {value: "yes"}
  "ways": {value: ["phone", "mail"]}
attestations:
  "4.c": {verdict: "satisfied", voice: "assessor", by: "卫", evidence: ["E1", "E2"], note: "看过\\n两回"}
  "4.d": {verdict: "not-applicable", voice: "assessor", by: "卫", reason: "面积不到"}
  "5.a":
    - {verdict: "satisfied", voice: "vendor", evidence: ["E1"]}
    - {verdict: "unsatisfied", voice: "assessor"}
  "4.a": {verdict: null, note: "下月再查"}
"""
ONE = """guiju: mapping/1
subject: x
tables:
  - holds: verdicts
    columns: {clause: a, verdict: b, reason: c, evidence: d}
"""


def made(folder: Path, sheets: dict[str, Any] | None = None, mapping: str = MAPPING) -> Made:
    (folder / "m.yaml").write_text(mapping, "utf-8")
    return take(workbook(folder / "a.xlsx", sheets), folder / "m.yaml", program(folder), {}, "x.yaml")


def of_text(folder: Path, text: str, mapping: str = ONE) -> Made:
    (folder / "m.yaml").write_text(mapping, "utf-8")
    (folder / "a.csv").write_bytes(text.encode())
    return take(folder / "a.csv", folder / "m.yaml", program(folder), {}, "x.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows")


def told(found: Made) -> list[tuple[str, str]]:
    """The place of each diagnostic, without its folder, and its code."""
    return [(str(d.span).rpartition("/")[2].removesuffix(":1:1"), d.code.name) for d in found.diagnostics]


def test_a_workbook_becomes_the_evidence_that_it_states(tmp_path: Path):
    found = made(tmp_path)
    assert found.text == EVIDENCE
    assert told(found) == []
    path = tmp_path / "e.yaml"
    path.write_text(found.text, "utf-8")
    assessment = guiju.evaluate(tmp_path / "rooms-1.guiju", path)
    verdicts = {r.clause: getattr(r.verdict, "value", "") for r in assessment.items}
    assert verdicts == {
        "4.a": "satisfied",
        "4.b": "satisfied",
        "4.c": "satisfied",
        "4.d": "not-applicable",
        "5.a": "unsatisfied",
        "5.b": "satisfied",
    }


@pytest.mark.parametrize(
    ("format_", "value", "said"),
    [
        ("0.0%_);(0.0%)", 0.835, "83.5 %"),
        ("0%;[RED]\\-0%", 0.835, "83.5 %"),
        ("[$-409]0.0##%", 0.57, "57 %"),
        ('0.0"% of all"', 83.5, "83.5"),
        (10, 0.835, "83.5 %"),
        (31, 46025, "2026-01-03"),
        (57, 46025.5, "2026-01-03T12:00:00"),
        ("aaaa", 46025, "2026-01-03"),
        ("d-mmm", 46025, "2026-01-03"),
        ("# ?/?", 0.5, "0.5"),
    ],
)
def test_a_cell_says_what_one_of_a_questionnaire_says(
    format_: str | int, value: float, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _with_one_cell(tmp_path, value, format_)
    package = read_package(path)
    assert isinstance(package, RawBook)
    raw = package.sheets[0].cells[1, 1]
    assert cell_text(raw.text, raw.form) == said
    for whole in (1, 2**20):  # bytes up to which a file is read as a whole, and otherwise row by row
        monkeypatch.setattr("guiju.intake.workbook.WHOLE", whole)
        read = read_sheets(path, as_stated)
        assert isinstance(read, tuple)
        assert read[0][0].rows == ((said,),)


def _with_one_cell(folder: Path, value: float, format_: str | int) -> Path:
    """A number in a format, or in one by its number, which openpyxl writes only so."""
    book = Workbook()
    cell: Any = book.worksheets[0]["A1"]
    cell.value, cell.number_format = value, format_ if isinstance(format_, str) else "General"
    if isinstance(format_, int):
        cell._style.numFmtId = format_
    book.save(folder / "one.xlsx")
    return folder / "one.xlsx"


def test_a_day_where_a_number_belongs_is_an_error_at_its_cell(tmp_path: Path) -> None:
    found = made(tmp_path, {"条款": CLAUSES, "指标": [FACTS[0], ("座位数", date(2026, 1, 3))], "材料": records()})
    assert [code for place, code in told(found) if "指标!B2" in place] == ["number-with-stray-text"]


def test_every_row_is_accounted_for_with_its_place(tmp_path: Path):
    found = made(tmp_path)
    rows = [f"{name}!{n}" for name, rows in _sheets().items() for n, _ in enumerate(rows, 1)]
    assert sorted(a.place for a in found.taken.account) == sorted(rows)
    kinds = {a.place: a.kind for a in found.taken.account}
    assert [kinds[f"条款!{n}"] for n in range(1, 12)] == [
        "aside",
        "aside",
        "heading",
        "verdict",
        "verdict",
        "blank",
        "verdict",
        "verdict",
        "unanswered",
        "unanswered",
        "skipped",
    ]
    assert [kinds[f"指标!{n}"] for n in range(1, 7)] == ["aside", *["fact"] * 5]
    assert kinds["封面!1"] == "skipped"


def _sheets() -> dict[str, Sequence[object]]:
    return {"封面": [0], "条款": CLAUSES, "指标": FACTS, "材料": records()}


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        (("4 c)", "好", "", ""), "a.csv:2:6", "word-not-known"),
        (("4 c)", "部分满足", "", ""), "a.csv:2:6", "word-not-known"),
        (("4 d)", "不适用", "", ""), "a.csv:2:6", "missing-reason"),
        (("4 c)", "不适用", "无", ""), "a.csv:2:1", "always-applicable"),
        (("4 c)", "满足", "", "E7"), "a.csv:2:10", "undeclared-evidence"),
        (("9 z)", "满足", "", ""), "a.csv:2:1", "row-of-no-clause"),
        (("4 场所", "满足", "", ""), "a.csv:2:1", "row-of-a-group"),
        (("", "满足", "", ""), "a.csv:2:2", "row-without-name"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_written(
    row: tuple[str, ...], place: str, code: str, tmp_path: Path
):
    found = of_text(tmp_path, f"a,b,c,d\n{','.join(row)}\n")
    assert found.text is None
    assert (place, code) in [(str(d.span).rpartition("/")[2], d.code.name) for d in found.diagnostics]


def test_a_mistake_in_a_workbook_is_told_at_its_cell(tmp_path: Path):
    facts = [*FACTS[:2], ("size", "96,5", "m2", "E1", None), ("答复率", 0.835, None, "E9", None), ("照明", "也许")]
    late = [records()[0], ("E1", "查看", "x", "17.02.2026", None, None), ("E2", None, "y", None, None, None)]
    found = made(tmp_path, {"封面": [], "条款": CLAUSES, "指标": facts, "材料": late})
    assert found.text is None
    assert ("a.xlsx!材料!D2", "not-a-date") in told(found)
    assert ("a.xlsx!材料!A3", "missing-key") in told(found)
    assert ("a.xlsx!指标!D4", "undeclared-evidence") in told(found)
    assert {p for p, _ in told(found)} >= {"a.xlsx!指标!B3"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("sheet: 条款", "sheet: 条文"), "sheet-not-there"),
        (("ignore_sheets: [封面]", "ignore_sheets: [封底]"), "sheet-not-there"),
        (("ignore_sheets: [封面]", ""), "sheet-not-mapped"),
        (("heading: 2", "heading: 99"), "heading-row-not-there"),
        (("clause: 条款号", "clause: 条号"), "column-not-there"),
        (("ignore: [序号, 要求]", "ignore: [序号]"), "column-not-mapped"),
        (("skip: [合计]", ""), "row-without-name"),
        (("holds: facts", "holds: answers"), "mapping-form"),
        (("heading: 2", "heading: 0"), "mapping-form"),
        (("fixed: {source: 档案室}", "fixed: {place: 档案室}"), "mapping-form"),
        (("{id: 编号, kind", "{kind"), "mapping-form"),
        (("guiju: mapping/1", "guiju: mapping/2"), "mapping-form"),
        (("subject: 岭街阅览室", "subjekt: 岭街阅览室"), "mapping-form"),
        (("standard: rooms-1", "standard: rooms-2"), "other-standard"),
        (("as_of: 2026-06-30T00:00:00+08:00", "as_of: 2026-06-30"), "no-time-zone"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told_and_nothing_is_written(change: tuple[str, str], code: str, tmp_path: Path):
    assert change[0] in MAPPING
    found = made(tmp_path, mapping=MAPPING.replace(*change, 1))
    assert found.text is None
    assert code in [name for _, name in told(found)]


def test_columns_without_heading_and_two_of_one_are_told(tmp_path: Path):
    found = of_text(tmp_path, "a,b,c,d,,a\n4 c),满足,,,x,\n")
    assert told(found) == [
        ("a.csv:1:10", "heading-twice"),
        ("a.csv:2:11", "column-not-mapped"),
    ]


def test_a_fact_in_two_rows_is_told(tmp_path: Path):
    found = made(
        tmp_path, {"封面": [], "条款": CLAUSES, "指标": [*FACTS, ("座位", 3), ("seats", 3)], "材料": records()}
    )
    assert told(found) == [("a.xlsx!指标!A8", "row-twice"), ("a.xlsx!指标!A7", "unknown-fact")]


def test_formulas_without_value_and_errors_are_no_blank_cells(tmp_path: Path):
    facts = [*FACTS[:2], ("size", "=1+1", "m2", None, None), ("答复率", "#N/A", None, None, None)]
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    path = workbook(tmp_path / "a.xlsx", {"封面": [], "条款": CLAUSES, "指标": facts, "材料": records()})
    found = take(path, tmp_path / "m.yaml", program(tmp_path), {}, "x.yaml")
    assert found.text is None
    assert [t for t in told(found) if t[1] == "cell-not-read"] == [
        ("a.xlsx!指标!B3", "cell-not-read"),
        ("a.xlsx!指标!B4", "cell-not-read"),
    ]


def test_looking_for_formulas_makes_no_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Beyond the rows and columns that a sheet has openpyxl makes each cell that it is asked for."""
    from openpyxl.worksheet.worksheet import Worksheet

    asked: list[tuple[int, int, int, int]] = []
    usual = Worksheet.iter_rows

    def iter_rows(sheet: Any, max_row: int, max_col: int) -> Any:
        asked.append((max_row, sheet.max_row, max_col, sheet.max_column))
        return usual(sheet, max_row=max_row, max_col=max_col)

    monkeypatch.setattr(Worksheet, "iter_rows", iter_rows)
    read_sheets(workbook(tmp_path / "a.xlsx", {"指标": [("指标", "值"), ("size", "=1+1")]}))
    assert len(asked) == 2
    assert all(row <= rows and column <= columns for row, rows, column, columns in asked)


def test_without_a_mapping_a_table_is_refused_and_so_is_another_file(tmp_path: Path):
    for name, code in (("a.csv", "mapping-needed"), ("a.pdf", "evidence-file-kind")):
        (tmp_path / name).write_text("x", "utf-8")
        found = take(tmp_path / name, None, program(tmp_path), {}, "x.yaml")
        assert (found.text, told(found)) == (None, [(name, code)])


@pytest.mark.parametrize("text", ['a,b\n"x', 'a,b\n"x"y,z\n'])
def test_broken_csv_is_refused(text: str, tmp_path: Path):
    found = of_text(tmp_path, text)
    assert [name for _, name in told(found)] == ["csv-syntax"]


def test_the_mark_that_excel_writes_is_no_mistake(tmp_path: Path):
    found = of_text(tmp_path, "\ufeffa;b;c;d\r\n4 c);满足;;\r\n")
    assert (told(found), [a.place for a in found.taken.account]) == ([], ["a.csv:1", "a.csv:2"])
    assert found.text is not None
    assert '"4.c": {verdict: "满足"}' in found.text


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters='",;\t\r\n'), max_size=6
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=5), st.sampled_from(SEPARATORS))
def test_csv_is_read_as_python_writes_it(rows: list[list[str]], separator: str):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([[f"h{separator}"], *rows])
    table, found = parse_csv(Source("a.csv", f"{separator * 9}\r\n{text.getvalue()}"))
    assert found == ()
    assert table is not None
    assert [[c.text for c in row.cells] for row in table.rows[1:]] == [[f"h{separator}"], *rows]
    for row in table.rows:
        assert all(c.text == c.span.text or c.span.text.startswith('"') for c in row.cells)


WORD = st.sampled_from(["", "4 a)", "4 c)", "5.a", "5 b)", "4", "合计", "满足", "不满足", "未知", "说", "E1", "=1"])


@given(st.lists(st.tuples(WORD, WORD, WORD, WORD), max_size=8))
def test_no_row_is_dropped_and_none_is_counted_twice(folder: Path, rows: list[tuple[str, ...]]):
    text = "".join(",".join(row) + "\n" for row in [("a", "b", "c", "d"), *rows])
    found = of_text(folder, text, ONE + "    skip: [合计]\n")
    lines = [f"a.csv:{n}" for n in range(1, len(rows) + 2)]
    assert [a.place for a in found.taken.account] == lines
    wrong = [a for a in found.taken.account if a.kind == "wrong"]
    assert len(wrong) == len(found.taken.diagnostics)
    if found.text is not None:
        evidence, _ = parse_evidence(Source("e.yaml", found.text))
        assert evidence is not None
        assert len(evidence.attestations) == sum(a.kind == "verdict" for a in found.taken.account)


def test_a_row_may_be_a_waiver_and_a_record_has_the_time_that_it_tells_of(tmp_path: Path):
    (tmp_path / "m.yaml").write_text(
        "guiju: mapping/1\nsubject: x\nas_of: 2026-06-30T00:00:00+08:00\ntables:\n"
        "  - {sheet: a, holds: verdicts, columns: {clause: a, verdict: b, voice: c, by: d, reason: e, until: f, evidence: g}, "
        "words: {让步: waiver}}\n"
        "  - {sheet: b, holds: evidence, columns: {id: a, from: b, to: c, received: d}, fixed: {kind: log}}\n",
        "utf-8",
    )
    sheets: dict[str, Any] = {
        "a": [tuple("abcdefg"), ("4 c)", None, "让步", "主任", "在建", "2026-12-31", "E"), ("4 c)", "不满足", None)],
        "b": [tuple("abcd"), ("E", "2025-01-01", "2025-12-31", "2026-01-02"), ("F", None, "2025-12-31", None)],
    }
    found = take(workbook(tmp_path / "a.xlsx", sheets), tmp_path / "m.yaml", program(tmp_path), {}, "x.yaml")
    assert [d.code.name for d in found.diagnostics] == ["unused-evidence"]
    assert found.text is not None
    assert found.text.splitlines()[3:] == [
        "evidence:",
        '  "E": {received: "2026-01-02", period: {from: "2025-01-01", to: "2025-12-31"}, kind: "log"}',
        '  "F": {period: {to: "2025-12-31"}, kind: "log"}',
        "attestations:",
        '  "4.c":',
        '    - {voice: "waiver", by: "主任", reason: "在建", until: "2026-12-31", evidence: ["E"]}',
        '    - {verdict: "不满足"}',
    ]
    assert [a.kind for a in found.taken.account] == ["aside", "waiver", "verdict", "aside", "evidence", "evidence"]


def test_each_code_says_what_to_do():
    assert len({code.name for code in EVIDENCE_INTAKE_CODES}) == len(EVIDENCE_INTAKE_CODES) == 24
