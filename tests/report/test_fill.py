"""A body's own workbook and Word template, filled: what stays, what moves along, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("docxtpl", reason="guiju[fill] is not installed")

from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

import guiju
from guiju.cli.main import main
from guiju.report.fill.references import Growth, area_grown, copied, grown
from guiju.report.fill.values import FIELDS, TABLES, values_of
from tests.docs.sessions import policy_of_tutorial

GBT = Path(__file__).parents[2] / "policies" / "gbt-45288.3-2025"

EVIDENCE = """guiju: evidence/2
subject: "Ridge & Sons"
fictional: true
as_of: 2026-03-01T09:00:00+08:00
voice: assessor
evidence:
  visit: {kind: inspection, title: Visit, collected: 2026-02-17}
  log: {kind: log, collected: 2026-01-10}
facts: {open_hours: {value: 42.5 h, evidence: visit}}
attestations:
  4.1 a): {verdict: satisfied, evidence: visit, note: "=1+1"}
  4.1 b): {verdict: unsatisfied, evidence: [visit, log]}
findings:
  F-1: {clause: 4.1 b), grade: major, statement: "Two <steps> {{ subject }}", raised: 2026-02-17, owner: Bo, due: 2026-06-30}
  F-2: {clause: 4.1 a), grade: observation, statement: "=cmd|'/c calc'!A1"}
"""
NAMES = {
    "guiju.subject": "'The report'!$B$1",
    "guiju.outcome_text": "'The report'!$B$2",
    "guiju.score_4_1_L1": "'The report'!$B$3",
    "guiju.clauses": "'The report'!$A$7:$D$7",
    "guiju.findings": "'The report'!$A$12:$C$12",
    "Total": "'The report'!$A$7:$A$8",
}
ROW = ("{{clause.cites}}", "{{ clause.label }}: {{ clause.verdict_text }}", "=C6+1", "{{ clause.note }}")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("room.guiju").write_text(policy_of_tutorial("en"), "utf-8")
    Path("ridge.yaml").write_text(EVIDENCE, "utf-8")
    return tmp_path


def run(*arguments: str, language: str = "en") -> Result:
    result = CliRunner().invoke(main, ["fill", "room.guiju", "ridge.yaml", *arguments, "--lang", language])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def fill(template: str, language: str = "en") -> Path:
    out = Path(f"out{Path(template).suffix}")
    result = run("--template", template, "-o", str(out), "--replace", language=language)
    assert result.exit_code == 0, result.output
    return out


def refused(template: str, *codes: str) -> str:
    """What is said, with just these codes; nothing is written."""
    out = f"never{Path(template).suffix}"
    chinese, english = (run("--template", template, "-o", out, language=language) for language in ("zh", "en"))
    for result in (chinese, english):
        assert (result.exit_code, result.stdout) == (1, "")
        assert set(re.findall(r"^\w+\[([\w-]+)\]", result.stderr, re.MULTILINE)) == set(codes), result.stderr
    assert not Path(out).exists()
    return english.stderr


def body_workbook(change: Callable[[Any, Any], object] = lambda _book, _page: None) -> str:
    """A workbook such as a body has, with looks of its own, a chart and formulas that refer to what moves."""
    book = Workbook()
    page: Any = book.active
    page.title = "The report"
    page["A1"], page["C2"], page["D6"] = "Report on", "as of {{ as_of_date }}, {{ satisfied }} satisfied", "Remarks"
    page["B4"], page["C6"] = "{{ unsatisfied }}", 0
    for column, text in zip("ABCD", ROW, strict=True):
        page[f"{column}7"] = text
    page["A7"].font, page["B7"].fill = Font(bold=True), PatternFill("solid", fgColor="FFEE00")
    page.row_dimensions[7].height = 31
    page["C8"], page["D8"], page["A9"] = "=SUM(C7:C7)", '=C8*2&"C8"', "end of {{ subject }}"
    page.merge_cells("A9:C9")
    for column, field in zip("ABC", ("id", "statement", "grade_text"), strict=True):
        page[f"{column}12"] = f"{{{{ finding.{field} }}}}"
    page["A13"] = "=A8"
    book.create_sheet("Sum")["A1"] = "='The report'!C8+A1"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=3, min_row=7, max_row=8))
    page.add_chart(chart, "F10")
    for name, area in NAMES.items():
        book.defined_names[name] = DefinedName(name, attr_text=area)
    change(book, page)
    book.save("body.xlsx")
    return "body.xlsx"


def body_document(*paragraphs: str, title: str = "") -> str:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.title = title
    document.save("body.docx")
    return "body.docx"


# --- workbooks -----------------------------------------------------------------------------------------------------


def test_named_cells_and_placeholders_are_filled_and_rows_are_repeated():
    book = load_workbook(fill(body_workbook()))
    page = book["The report"]
    assert (page["B1"].value, page["B2"].value, page["B3"].value) == ("Ridge & Sons", "L1 Basic | L2 Good", 2)
    assert (page["C2"].value, page["B4"].value) == ("as of 2026-03-01, 2 satisfied", 1)
    assert [page.cell(row, 1).value for row in range(7, 11)] == ["4.1 a)", "4.1 b)", "4.2 a)", "4.2 b)"]
    assert page["B8"].value == "Step-free entrance: unsatisfied"
    assert [page.cell(row, 1).value for row in (15, 16)] == ["F-1", "F-2"]
    assert page["B15"].value == "Two <steps> {{ subject }}"


def test_looks_stay_and_what_refers_to_rows_moves_along():
    book = load_workbook(fill(body_workbook()))
    page = book["The report"]
    assert all(page.cell(row, 1).font.bold and page.row_dimensions[row].height == 31 for row in range(7, 11))
    assert page["B10"].fill.fgColor.rgb == "00FFEE00"
    assert [page.cell(row, 3).value for row in range(7, 11)] == ["=C6+1", "=C7+1", "=C8+1", "=C9+1"]
    assert (page["C11"].value, page["D11"].value) == ("=SUM(C7:C10)", '=C11*2&"C8"')
    assert (page["A17"].value, book["Sum"]["A1"].value) == ("=A11", "='The report'!C11+A1")
    assert [str(area) for area in page.merged_cells.ranges] == ["A12:C12"]
    assert book.defined_names["Total"].attr_text == "'The report'!$A$7:$A$11"
    moved: Any = page
    (chart,) = moved._charts
    assert (chart.series[0].val.numRef.f, chart.anchor._from.row) == ("'The report'!$C$7:$C$11", 12)


def test_parts_that_have_nothing_to_do_with_it_stay_byte_for_byte():
    template = body_workbook()
    with ZipFile(template) as before, ZipFile(fill(template)) as after:
        kept = [name for name in before.namelist() if name.startswith(("xl/theme", "docProps"))]
        assert len(kept) >= 2
        assert all(before.read(name) == after.read(name) for name in kept)
        assert {info.date_time for info in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_that_begins_like_a_formula_stays_text():
    page = load_workbook(fill(body_workbook()))["The report"]
    for cell in (page["D7"], page["B16"]):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert page["D7"].value == "=1+1"


def test_what_a_formula_came_to_before_is_not_shown():
    book = load_workbook(fill(body_workbook()), data_only=True)
    assert book["The report"]["C11"].value is None
    assert book.calculation.fullCalcOnLoad


def test_a_table_without_rows_leaves_its_row_blank():
    Path("ridge.yaml").write_text(EVIDENCE.partition("findings:")[0], "utf-8")
    page = load_workbook(fill(body_workbook()))["The report"]
    assert [page.cell(15, column).value for column in (1, 2, 3)] == [None, None, None]
    assert page["A16"].value == "=A11"


def test_formulas_that_cells_share_are_written_out():
    template = body_workbook()
    with ZipFile(template) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    shared = b'<row r="20"><c r="A20"><f t="shared" ref="A20:A21" si="0">C8+$C$6</f></c></row><row r="21"><c r="A21"><f t="shared" si="0"/></c></row>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", shared + b"</sheetData>")
    with ZipFile(template, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    page = load_workbook(fill(template))["The report"]
    assert (page["A24"].value, page["A25"].value) == ("=C11+$C$6", "=C12+$C$6")


def test_every_wrong_placeholder_of_a_workbook_is_told_of_its_cell():
    def change(book: Any, page: Any) -> None:
        page["A20"], page["A21"], page["D7"] = "{{ subjct }}", "{{ clause.label }}", "{{ clause.verdct }}"
        page["A22"] = "{% for x in y %}"
        book.defined_names["guiju.sbject"] = DefinedName("guiju.sbject", attr_text="'The report'!$B$30")

    said = refused(body_workbook(change), "unknown-placeholder", "template-construct")
    for place in ("!The report!A20", "!The report!A21", "!The report!D7", "!The report!A22", "!guiju.sbject"):
        assert f"--> body.xlsx{place}\n" in said
    assert "did you mean `subject`?" in said
    assert "did you mean `clause.verdict`?" in said


@pytest.mark.parametrize(
    "change",
    [
        lambda _, page: page.merge_cells("A7:A8"),
        lambda _, page: page.__setitem__("C7", ArrayFormula("C7", "=SUM(C1:C2*2)")),
        lambda book, _: setattr(book.defined_names["guiju.clauses"], "attr_text", "'The report'!$A$7:$D$9"),
        lambda book, _: setattr(book.defined_names["guiju.clauses"], "attr_text", "#REF!"),
        lambda book, _: setattr(book.defined_names["guiju.findings"], "attr_text", "'The report'!$A$7:$D$7"),
    ],
    ids=["merged", "array", "rows", "lost", "twice"],
)
def test_a_row_that_cannot_be_repeated_is_refused(change: Callable[[Any, Any], object]):
    said = refused_codes(body_workbook(change))
    assert "repeated-row" in said


def refused_codes(template: str) -> set[str]:
    result = run("--template", template, "-o", "never.xlsx")
    assert (result.exit_code, Path("never.xlsx").exists()) == (1, False)
    return set(re.findall(r"\[([\w-]+)\]", result.stderr))


# --- references ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "after", "down"),
    [
        ("SUM(B5:B5)+B6", "SUM(B5:B8)+B9", "SUM(B7:B7)+B8"),
        ("B$2:B9", "B$2:B12", "B$2:B11"),
        ("Data!C6&\"B6\"", 'Data!C9&"B6"', 'Data!C8&"B6"'),
        ("'Data'!C6+Other!C6", "'Data'!C9+Other!C6", "'Data'!C8+Other!C8"),
        ("LOG10(B6)+Table1[B6]", "LOG10(B9)+Table1[B6]", "LOG10(B8)+Table1[B6]"),
        ("SUM(5:7)", "SUM(5:10)", "SUM(7:9)"),
    ],
)  # fmt: skip
def test_references_move_with_the_rows(formula: str, after: str, down: str):
    assert grown(formula, "Data", Growth("Data", 5, 3)) == after
    assert grown(formula, "Data", Growth("Nowhere", 5, 3)) == formula
    assert copied(formula, 2) == down
    assert area_grown("B5 C6:D9", Growth("Data", 5, 3)) == "B5:B8 C9:D12"


# --- documents -----------------------------------------------------------------------------------------------------


def test_a_document_is_filled_with_tables_that_repeat():
    document = Document()
    document.add_paragraph("{{ outcome_label }}: {{ outcome_text }}", style="Heading 1")
    document.add_paragraph(
        "{% if findings_major > 0 and fictional %}Not yet.{% endif %}{% if findings_overdue %}Late!{% endif %}"
    )
    table = document.add_table(rows=4, cols=3)
    table.rows[0].cells[0].text = "Clause"
    table.rows[1].cells[0].text = "{%tr for clause in clauses if clause.verdict != 'unknown' %}"
    for cell, field in zip(table.rows[2].cells, ("cites", "verdict_text", "note"), strict=True):
        cell.text = f"{{{{ clause.{field} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for text in ("{%p for f in findings %}", "{{ f.id }}: {{ f.statement }}", "{%p endfor %}"):
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "{{ designation }}"
    document.core_properties.title = "On {{ subject }}"
    document.save("body.docx")
    first = fill("body.docx", "zh").read_bytes()
    assert fill("body.docx", "zh").read_bytes() == first
    made = Document("out.docx")
    assert made.paragraphs[0].style is not None
    assert (made.paragraphs[0].text, made.paragraphs[0].style.name) == ("Grade: L1 Basic | L2 Good", "Heading 1")
    assert [p.text for p in made.paragraphs[1:]] == [
        "Not yet.",
        "F-1: Two <steps> {{ subject }}",
        "F-2: =cmd|'/c calc'!A1",
    ]
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[1:] == [["4.1 a)", "满足", "=1+1"], ["4.1 b)", "不满足", ""], ["4.2 a)", "满足", ""]]
    assert made.sections[0].header.paragraphs[0].text == "DEMO 1—2026"
    assert made.core_properties.title == "On Ridge & Sons"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ subjct }}", "unknown-placeholder", "did you mean `subject`?"),
        ("{{ clause.label }}", "unknown-placeholder", "`clauses` is a table, for loops and rows that are repeated"),
        ("{{ clauses }}", "unknown-placeholder", "`clauses` is a table, for loops and rows that are repeated"),
        ("{% for c in clauses %}{{ c.lable }}{% endfor %}", "unknown-placeholder", "did you mean `c.label`?"),
        ("{% for c in claus %}{% endfor %}", "unknown-placeholder", "did you mean `clauses`?"),
        ("{{ subject.__class__ }}", "unknown-placeholder", "`subject.__class__`"),
        ("{{ subject.__class__.__mro__ }}", "template-construct", "an attribute of anything but a row"),
        ("{{ ''.__class__ }}", "template-construct", "an attribute of anything but a row"),
        ("{% for x in range(999999999) %}x{% endfor %}", "template-construct", "a loop over anything but a table"),
        ("{{ lipsum(n=9999) }}", "template-construct", "a call"),
        ("{{ subject|upper }}", "template-construct", "a filter"),
        ("{{ clauses[0] }}", "template-construct", "an index"),
        ("{{ 'a' * 999999999 }}", "template-construct", "Mul"),
        ("{% include 'x' %}", "template-construct", "another file"),
        ("{% set x = 1 %}", "template-construct", "an assignment"),
        ("{% macro x() %}{% endmacro %}", "template-construct", "a macro"),
        ("{% for a in clauses %}", "template-construct", "a mark that is written wrongly"),
        ("{% if satisfied > 'x' %}a{% endif %}", "template-construct", "compares a text with a number, {% if"),
        ("a{% if 'x' in satisfied %}a{% endif %}", "template-construct", "{% if 'x' in satisfied %}"),
        (
            "{% for c in clauses %}{% if c.label < 3 %}a{% endif %}{% endfor %}",
            "template-construct",
            "{% if c.label < 3 %}",
        ),
        ("{{ " + "(" * 500 + "subject" + ")" * 500 + " }}", "template-construct", "nested as deep as this"),
        ("{% if " + "not " * 80 + "subject %}a{% endif %}", "template-construct", "nested as deep as this"),
        ("{% if subject %}" * 70 + "{% endif %}" * 70, "template-construct", "nested as deep as this"),
        ("{% for c in groups %}" * 15 + "{% endfor %}" * 15, "template-construct", "nested as deep as this"),
        ("{{r subject }}", "template-construct", "the special mark {{r subject }}"),
        ("plain", "nothing-to-fill", "no placeholder"),
    ],
)
def test_what_a_document_cannot_say_is_told_of_its_paragraph(text: str, code: str, said: str):
    told = refused(body_document("first", text), code)
    assert said in told
    if code == "unknown-placeholder":
        assert "--> body.docx!document ¶2\n" in told


def test_a_condition_of_paragraphs_is_told_of_its_own_and_a_guarded_one_holds():
    paragraphs = ("{% if satisfied > 1 %}a{% endif %}", "b", "{%p if subject > 1 %}", "c", "{%p endif %}")
    told = refused(body_document(*paragraphs), "template-construct")
    assert "--> body.docx!document ¶3\n" in told
    assert "{%p if subject > 1 %}" in told
    guarded = "{% if satisfied > 1 or subject > 1 %}held{% endif %}"
    many = "{% if " + " or ".join(["satisfied > 9"] * 50) + " %}{% else %}held{% endif %}"
    assert [p.text for p in Document(str(fill(body_document(guarded, many)))).paragraphs] == ["held", "held"]


def test_loops_in_loops_end_where_they_would_run_too_often():
    loops = "".join(f"{{% for x{n} in clauses %}}" for n in range(10)) + "{{ x1.id }}" + "{% endfor %}" * 10
    assert "loops that run too often" in refused(body_document(loops), "template-construct")


def test_what_stands_in_the_properties_or_in_comments_is_looked_at_as_well():
    hostile = "{% for x in range(999999999) %}{% endfor %}"
    assert "a loop over anything but a table" in refused(
        body_document("{{ subject }}", title=hostile), "template-construct"
    )
    document = Document()
    run_ = document.add_paragraph("{{ subject }}").runs
    document.add_comment(run_, text="{{ subject }}", author="A")
    document.save("body.docx")
    assert "a placeholder in its comments" in refused("body.docx", "template-construct")


# --- files ---------------------------------------------------------------------------------------------------------


def test_what_is_written_is_called_what_it_is():
    result = run("--template", body_document("{{ subject }}"), "-o", "out.pdf")
    assert result.exit_code == 2
    assert "unknown-form" in result.stderr
    assert ".docx" in result.stderr
    assert not Path("out.pdf").exists()


def test_what_is_no_template_is_told():
    Path("body.xlsx").write_bytes(b"PK\x03\x04 and no more")
    refused("body.xlsx", "template-not-read")
    Path("body.docx").write_bytes(b"no zip")
    refused("body.docx", "template-not-read")
    assert "template-not-read" in refused_codes("room.guiju")
    template = body_workbook()
    Path("body.docx").write_bytes(Path(template).read_bytes())
    refused("body.docx", "template-not-read")


def test_macros_are_refused():
    template = body_workbook()
    with ZipFile(template, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in refused(template, "template-not-read")


def test_damaged_parts_end_in_no_traceback():
    made: list[tuple[Callable[[], str], str]] = [
        (body_workbook, "xl/styles.xml"),
        (lambda: body_document("{{ subject }}"), "word/document.xml"),
    ]
    for make, part in made:
        template = make()
        with ZipFile(template) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for damaged in (b"", b"<a", b"<a/>"):
            with ZipFile(template, "w") as archive:
                for name, data in parts.items():
                    archive.writestr(name, damaged if name == part else data)
            result = run("--template", template, "-o", f"never{Path(template).suffix}", "--replace")
            assert result.exit_code in (0, 1)
            assert part == "xl/styles.xml" or result.exit_code == 1


def test_neither_template_nor_what_is_there_is_written_over():
    template = body_workbook()
    before = Path(template).read_bytes()
    assert run("--template", template, "-o", template, "--replace").exit_code == 2
    Path("there.xlsx").write_bytes(b"mine")
    assert run("--template", template, "-o", "there.xlsx").exit_code == 1
    assert (Path(template).read_bytes(), Path("there.xlsx").read_bytes()) == (before, b"mine")


def test_what_is_needed_is_asked_for():
    assert run("-o", "out.xlsx").exit_code == 2
    assert run("--template", body_workbook()).exit_code == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_names_are_listed(language: str):
    listed = run("--list", language=language).stdout
    assert {"subject", "outcome_text", "score_4_1_L1"} <= {line.split()[0] for line in listed.splitlines() if line}
    for table, fields in FIELDS.items():
        row = TABLES[table][0]
        assert all(f"{row}.{field}" in listed for field in fields)


def test_numbers_are_exact_or_told_as_text():
    from guiju.cli.assessing import assess
    from guiju.report.fill.values import values_of

    assessment, _ = assess("room.guiju", "ridge.yaml", (), "en")
    values = values_of(assessment, "en")
    assert values.values["fact_open_hours"] == Fraction(85, 2)
    assert values.values["score_A_L2"] == "2 | 5/2"
    assert all(tuple(row) == FIELDS[table] for table, rows in values.tables.items() for row in rows)


# --- what a body asks of those who spoke ----------------------------------------------------------------------------


def test_clauses_that_take_no_part_are_counted_by_themselves_and_say_so():
    assessment = guiju.evaluate(GBT.name, GBT / "evidence" / "strong-platform-vendor.yaml")
    values = values_of(assessment, "en")
    left_out = [c for c in values.tables["clauses"] if c["left_out"]]
    number = {name: Fraction(value) for name, value in values.values.items() if isinstance(value, Fraction)}
    counted = sum(number[name] for name in ("satisfied", "unsatisfied", "not_applicable", "unknown"))
    assert len(left_out) == number["clauses_left_out"] > 0
    assert counted + len(left_out) == number["clauses_total"]


def test_whoever_spoke_has_a_row_with_why_and_until_when_and_every_sample_one():
    assessment = guiju.evaluate("room.guiju", VOICES)
    tables = values_of(assessment, "en").tables
    rows = [{k: str(row[k]) for k in ("voice", "verdict", "by", "until", "counts")} for row in tables["statements"]]
    assert rows == [
        {"voice": "vendor", "verdict": "satisfied", "by": "", "until": "", "counts": "yes"},
        {"voice": "override", "verdict": "unsatisfied", "by": "Board", "until": "2026-02-01", "counts": "no"},
        {"voice": "assessor", "verdict": "satisfied", "by": "", "until": "", "counts": "yes"},
    ]
    (sample,) = tables["samples"]
    told = [str(sample[name]) for name in ("cites", "population", "satisfied", "unsatisfied")]
    assert told == ["4.1 b)", "9", "2", "0"]


VOICES: dict[str, Any] = {
    "guiju": "evidence/2",
    "subject": "S",
    "as_of": "2026-03-01T00:00:00+08:00",
    "attestations": {
        "4.1 a)": [
            {"verdict": "satisfied", "voice": "vendor"},
            {
                "verdict": "unsatisfied",
                "voice": "override",
                "by": "Board",
                "reason": "Shut",
                "until": "2026-02-01T00:00:00+08:00",
            },
        ],
    },
    "samples": {
        "S1": {
            "clause": "4.1 b)",
            "voice": "assessor",
            "population": 9,
            "sample": 2,
            "rule": "all",
            "results": {"1": "satisfied", "2": "satisfied"},
        },
    },
}
