"""Workbooks out and back: nothing lost, every cell accounted for, and hostile files refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.exchange.evidence import read_evidence
from guiju.exchange.workbook import codes
from guiju.exchange.workbook.book import book_of
from guiju.exchange.workbook.export import filled_of
from guiju.exchange.workbook.filled import ANSWER, VOICES, Filled, listed
from guiju.exchange.workbook.layout import Book, letters
from guiju.exchange.workbook.package import LARGEST, MOST_ROWS, escaped
from guiju.exchange.workbook.read import Earlier, Imported, import_workbook
from guiju.exchange.workbook.registers import MOST_LISTED, numbers
from guiju.exchange.workbook.write import workbook_bytes
from guiju.library import load
from guiju.report.revision import changes_between
from tests.workbooks.drawn import fillings

POLICIES = Path(__file__).parents[2] / "policies"
EXAMPLES = [
    ("gbt-45288.3-2025", "full-stack-provider"),
    ("gbt-45288.3-2025", "mid-vendor-with-gaps"),
    ("gbt-45288.3-2025", "strong-platform-vendor"),
    ("t-isc-full-stack-2025-12", "enterprise-platform"),
    ("t-taf-320-2025", "provider-self-check"),
    ("t-isc-23-drafting-note", "model-alone"),
    ("caict-fangsheng", "young-benchmark-suite"),
]
ROOMS = """standard rooms "ROOMS 1"
fact seats : count "Seats"
fact noise : number "Noise"
fact warmth : ms "Delay"
fact tools : set of hammer | saw "Tools"
fact lit : yes-no "Lit"
fact full : % "Full"
levels
  L1 "One"
  L2 "Two"
groups part
part a "Rooms"
  a) "Enough seats" seats >= 10
  b) "Quiet" noise <= 35.5
  c) "Quick" warmth <= 50 ms
  d) "Asked" attested
  e) "Lit where there are seats" attested applies when lit = yes
membership
  part | L1 | L2
  a | a), b) | all
score of each part at each level = share of clauses satisfied
weights
  part | weight
  a | 100%
score A at each level = sum of weight * score over each part
grade level by A "Level"
  L1 | A >= 80%
  L2 | A >= 90%
  otherwise | none
"""


def program_of(name: str) -> Program:
    program = load(name).program
    assert program is not None
    return program


@pytest.fixture(name="rooms", scope="module")
def _rooms(tmp_path_factory: pytest.TempPathFactory) -> Program:
    path = tmp_path_factory.mktemp("rooms") / "rooms.guiju"
    path.write_text(ROOMS, "utf-8")
    loaded = load(str(path))
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics]
    return loaded.program


def book(program: Program, cells: dict[tuple[str, ...], str] | None = None, language: Language = "en") -> Book:
    filled = Filled({("subject", "name"): "Hall", **(cells or {})}, records=1, statements=1)
    return book_of(program, {}, language, filled)


def back(program: Program, path: Path) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    return import_workbook(program, path, "evidence.yaml")


def written(folder: Path, made: Book, change: Callable[[Any], object] | None = None) -> Path:
    """The file of a workbook, changed as a person would in a spreadsheet."""
    path = folder / "answers.xlsx"
    path.write_bytes(workbook_bytes(made))
    if change is not None:
        opened = load_workbook(path)
        change(opened)
        opened.save(path)
    return path


def cell_of(made: Book, *key: str) -> tuple[str, str]:
    return next((s.name, f"{letters(c)}{r}") for s, r, c, cell in made.inputs() if cell.key == key)


def names(found: tuple[Diagnostic, ...]) -> set[str]:
    return {d.code.name for d in found}


# --- out and back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "name", "language"), [(*EXAMPLES[0], "en"), (*EXAMPLES[-1], "en"), *((*e, "zh") for e in EXAMPLES)]
)
def test_what_is_exported_is_imported_and_exported_again_byte_for_byte(
    policy: str, name: str, language: Language, tmp_path: Path
) -> None:
    program, path = program_of(policy), POLICIES / policy / "evidence" / f"{name}.yaml"
    evidence, _ = read_evidence(path)
    assert evidence is not None
    filled, lost = filled_of(program, evidence, path, language)
    assert lost == ()
    first = workbook_bytes(book_of(program, {}, language, filled))
    (tmp_path / "answers.xlsx").write_bytes(first)
    imported, _ = back(program, tmp_path / "answers.xlsx")
    assert imported is not None
    again = tmp_path / "evidence.yaml"
    again.write_text(imported.text, "utf-8")
    returned, _ = read_evidence(again)
    assert returned is not None
    filled_again, _ = filled_of(program, returned, again, language)
    assert workbook_bytes(book_of(program, {}, language, filled_again)) == first
    before, after = (evaluate(bind(program, e)[0]) for e in (evidence, returned))
    assert before.values == after.values
    assert {c: r.verdict for c, r in before.clauses.items()} == {c: r.verdict for c, r in after.clauses.items()}


def test_drawn_answers_come_back_cell_by_cell(tmp_path: Path) -> None:
    program = program_of("t-isc-23-drafting-note")
    for n, filled in enumerate(fillings(program, 25, 3)):
        path = tmp_path / f"{n}.xlsx"
        path.write_bytes(workbook_bytes(book_of(program, {}, "zh", filled)))
        imported, found = back(program, path)
        assert imported is not None, [d.message("en") for d in found]
        units = {k: v for k, v in imported.filled.cells.items() if k[-1] != "unit"}
        assert units == {k: v for k, v in filled.cells.items() if k[-1] != "unit"}
        again = tmp_path / f"{n}.yaml"
        again.write_text(imported.text, "utf-8")
        evidence, _ = read_evidence(again)
        assert evidence is not None
        exported, lost = filled_of(program, evidence, again, "zh")
        assert lost == ()
        assert said_in(program, exported) == said_in(program, filled)


def said_in(program: Program, filled: Filled) -> list[tuple[tuple[str, ...], ...]]:
    """Everything that somebody says of a clause, be it in its row or among the further statements."""
    names = {c.printed: c.id for c in program.clauses}
    rows: list[tuple[str, str, tuple[str, ...]]] = [
        *((c.id, v, ("clause", c.id, v)) for c in program.clauses for v in VOICES),
        *(
            (names.get(filled.get("statement", str(n), "clause"), ""), filled.get("statement", str(n), "voice"), at)
            for n in range(1, filled.statements + 1)
            for at in (("statement", str(n)),)
        ),
    ]
    words = {"供方": "vendor", "评估方": "assessor"}
    found = []
    for clause, voice, at in rows:
        cells = tuple(listed(filled.get(*at, w)) if w == "evidence" else (filled.get(*at, w),) for w in ANSWER)
        if any(map(any, cells)):
            found.append(((clause, words.get(voice, voice)), *cells))
    return sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|'/c calc'!A1",
        " =1",
        "a\nb",
        "'quoted",
        "_x0041_",
        "\t=1",
        "１２",
        "<b>&amp;",
    ],
)
def test_text_of_a_vendor_stays_text_and_comes_back_as_it_was(text: str, rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("clause", "a.d", "vendor", "note"): text})
    path = written(tmp_path, made)
    sheet, cell = cell_of(made, "clause", "a.d", "vendor", "note")
    typed = load_workbook(path)[sheet][cell]
    assert (typed.data_type, typed.quotePrefix) == ("s", text[:1] in "=+-@")
    assert load_workbook(path, data_only=True)[sheet][cell].value == escaped(text)
    imported, found = back(rooms, path)
    assert imported is not None, names(found)
    assert imported.filled.get("clause", "a.d", "vendor", "note") == text


def test_the_file_has_no_time_of_its_own(rooms: Program) -> None:
    one, other = (workbook_bytes(book(rooms)) for _ in range(2))
    assert one == other
    with ZipFile(BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    load_workbook(BytesIO(one))


# --- numbers and days --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saved", "read"),
    [
        ("1.1000000000000001", "1.1"),
        ("79.90000000000001", "79.9"),
        ("35.5", "35.5"),
        ("0.1248", "0.1248"),
        ("1E-3", "0.001"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_a_number_is_read_as_it_was_typed(saved: str, read: str, rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("fact", "noise", "value"): "7.25"})
    path = written(tmp_path, made)
    replace_in(path, "<v>7.25</v>", f"<v>{saved}</v>")
    imported, found = back(rooms, path)
    assert imported is not None, names(found)
    assert imported.filled.get("fact", "noise", "value") == read


@pytest.mark.parametrize(
    ("format_", "saved", "read"),
    [("0.00%", "0.9990000000000001", "99.9"), ("[Red]0%", "0.57", "57"), ("0.0##%", "7E-3", "0.7"), ("0%", "0", "0")],
)
def test_a_percentage_is_read_as_it_was_typed(
    format_: str, saved: str, read: str, rooms: Program, tmp_path: Path
) -> None:
    imported, found = back(rooms, typed_into(rooms, tmp_path, "full", saved, format_))
    assert imported is not None, names(found)
    assert imported.bound is not None
    assert imported.bound.facts["full"] == Fraction(read) / 100
    plain, _ = back(rooms, typed_into(rooms, tmp_path, "full", read, "General"))
    assert plain is not None
    assert plain.bound is not None
    assert plain.bound.facts == imported.bound.facts


@pytest.mark.parametrize("format_", ["0.00", '0.0" days"', "@"])
def test_how_many_digits_a_number_shows_changes_nothing(format_: str, rooms: Program, tmp_path: Path) -> None:
    imported, found = back(rooms, typed_into(rooms, tmp_path, "full", "12.25", format_))
    assert imported is not None, names(found)
    assert imported.filled.get("fact", "full", "value") == "12.25"


@pytest.mark.parametrize(
    ("fact", "format_"), [("seats", "d-mmm"), ("noise", "yyyy-mm-dd"), ("warmth", 'm"月"d"日"'), ("full", "mm-dd-yy")]
)
def test_a_day_is_no_number(format_: str, fact: str, rooms: Program, tmp_path: Path) -> None:
    made = book(rooms)
    imported, found = back(rooms, typed_into(rooms, tmp_path, fact, "46025", format_))
    assert imported is None
    (told,) = found
    assert told.code.name == "day-for-a-number"
    assert told.span.source.name.partition(", ")[2] == "!".join(cell_of(made, "fact", fact, "value"))
    assert "2026-01-03" in told.message("en")


@pytest.mark.parametrize("number", [16, 31, 58])
def test_a_day_in_a_format_that_no_file_spells_out_is_no_number(number: int, rooms: Program, tmp_path: Path) -> None:
    path = typed_into(rooms, tmp_path, "noise", "46025", "0.0000")
    change(path, "xl/styles.xml", "cellXfs", r'numFmtId="1\d\d"', f'numFmtId="{number}"')
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"day-for-a-number"}


def test_a_percentage_of_another_unit_is_told(rooms: Program, tmp_path: Path) -> None:
    imported, found = back(rooms, typed_into(rooms, tmp_path, "warmth", "0.5", "0%"))
    assert imported is None
    assert names(found) == {"two-units"}


@pytest.mark.parametrize(("saved", "read"), [("0.333333333333333", None), ("1.3333333333333333", None), ("0.5", "0.5")])
def test_a_third_that_a_spreadsheet_shows_is_not_one_that_it_keeps(
    saved: str, read: str | None, rooms: Program, tmp_path: Path
) -> None:
    imported, found = back(rooms, typed_into(rooms, tmp_path, "noise", saved, "# ?/?"))
    assert (None if imported is None else imported.filled.get("fact", "noise", "value")) == read
    assert names(found) == (set() if read else {"number-not-kept"})


@pytest.mark.parametrize(
    ("saved", "format_", "read"), [("46025", "yyyy-mm-dd", "2026-01-03"), ("0.999", "0.0%", "99.9 %"), ("7", "0", "7")]
)
def test_a_number_where_text_belongs_is_what_the_cell_says(
    saved: str, format_: str, read: str, rooms: Program, tmp_path: Path
) -> None:
    path = typed_into(rooms, tmp_path, ("clause", "a.d", "vendor", "note"), saved, format_)
    imported, found = back(rooms, path)
    assert imported is not None, names(found)
    assert imported.filled.get("clause", "a.d", "vendor", "note") == read


@pytest.mark.parametrize("saved", ["35.500000000000000001", "12345678901234567890123"])
def test_a_number_that_no_spreadsheet_keeps_is_refused(saved: str, rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms, {("fact", "noise", "value"): "7.25"}))
    replace_in(path, "<v>7.25</v>", f"<v>{saved}</v>")
    imported, found = back(rooms, path)
    assert imported is None
    assert "number-not-kept" in names(found)


def test_full_width_digits_are_a_number_and_thirds_stay_thirds(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("fact", "noise", "value"): "３５．５", ("fact", "seats", "value"): "１２"})
    imported, _ = back(rooms, written(tmp_path, made))
    assert imported is not None
    assert imported.bound is not None
    assert {k: str(v) for k, v in imported.bound.facts.items()} == {"noise": "71/2", "seats": "12"}
    imported, _ = back(rooms, written(tmp_path, book(rooms, {("fact", "noise", "value"): "100/3"})))
    assert imported is not None
    assert imported.bound is not None
    assert str(imported.bound.facts["noise"]) == "100/3"


def test_days_are_days_and_text_that_is_one_is_told(rooms: Program, tmp_path: Path) -> None:
    cells: dict[tuple[str, ...], str] = {
        ("evidence", "1", "id"): "E",
        ("evidence", "1", "kind"): "k",
        ("evidence", "1", "expires"): "2027-01-31",
    }
    cells |= {
        ("fact", "seats", "evidence"): "E",
        ("fact", "seats", "value"): "12",
        ("as_of",): "2026-06-30T00:00:00+08:00",
    }
    made = book(rooms, cells)
    sheet, cell = cell_of(made, "evidence", "1", "expires")
    imported, found = back(rooms, written(tmp_path, made))
    assert imported is not None
    assert imported.filled.get("evidence", "1", "expires") == "2027-01-31"
    assert found == ()

    def as_text(opened: Any) -> None:
        opened[sheet][cell].value = "2027-01-31"

    imported, found = back(rooms, written(tmp_path, made, as_text))
    assert imported is not None
    assert names(found) == {"date-as-text"}

    def wrong(opened: Any) -> None:
        opened[sheet][cell].value = "31.1.2027"

    imported, found = back(rooms, written(tmp_path, made, wrong))
    assert imported is None
    assert [d.span.source.name.partition(", ")[2] for d in found if d.is_error] == [f"{sheet}!{cell}"]


def typed_into(rooms: Program, folder: Path, what: str | tuple[str, ...], saved: str, format_: str) -> Path:
    """A workbook with a number in one cell, of a fact or another, as a spreadsheet saves it, and with its format."""
    key = ("fact", what, "value") if isinstance(what, str) else what
    made = book(rooms)
    sheet, cell = cell_of(made, *key)

    def type_(opened: Any) -> None:
        opened[sheet][cell].value, opened[sheet][cell].number_format = 7.25, format_

    path = written(folder, made, type_)
    replace_in(path, "<v>7.25</v>", f"<v>{saved}</v>")
    return path


def change(path: Path, part: str, element: str, old: str, new: str) -> None:
    """Change one element of a part of a file by hand."""
    with ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    text = parts[part].decode()
    whole = re.search(rf"<{element}\b.*</{element}>", text, re.DOTALL)
    assert whole is not None
    changed = re.sub(old, new, whole[0])
    assert changed != whole[0]
    parts[part] = text.replace(whole[0], changed).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


# --- what was not understood ---------------------------------------------------------------------------------------


def test_each_mistake_is_told_of_its_cell(rooms: Program, tmp_path: Path) -> None:
    cells: dict[tuple[str, ...], str] = {
        ("clause", "a.d", "vendor", "verdict"): "perhaps",
        ("clause", "a.d", "assessor", "evidence"): "E-9",
        ("clause", "a.d", "assessor", "verdict"): "satisfied",
        ("fact", "seats", "value"): "many",
    }
    made = book(rooms, cells)
    imported, found = back(rooms, written(tmp_path, made))
    assert imported is None
    told = {(d.code.name, d.span.source.name.partition(", ")[2]) for d in found}
    sheets = {key: "!".join(cell_of(made, *key)) for key in cells}
    assert ("word-not-known", sheets["clause", "a.d", "vendor", "verdict"]) in told
    assert ("undeclared-evidence", sheets["clause", "a.d", "assessor", "evidence"]) in told


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b["Facts"].merge_cells("F6:F7"), "merged-cells"),
        (lambda b: b.remove(b["Facts"]), "missing-sheet"),
        (lambda b: setattr(b["Facts"], "title", "Mine"), "renamed-sheet"),
        (lambda b: b.create_sheet("Notes").append(["hello"]), "unknown-sheet"),
        (lambda b: b.copy_worksheet(b["Instances"]), "workbook-sheet-twice"),
        (lambda b: b["Facts"].delete_rows(6), "missing-row"),
        (lambda b: setattr(b["Facts"]["F5"], "value", "=1+1"), "formula-in-answer"),
        (lambda b: setattr(b["Facts"]["Z5"], "value", "by the way"), "cell-outside-the-questionnaire"),
        (lambda b: setattr(b["Facts"]["A6"], "value", b["Facts"]["A5"].value), "workbook-row-twice"),
        (lambda b: setattr(b["Facts"]["B5"], "value", "Chairs"), "text-changed"),
        (lambda b: setattr(b["Facts"]["F9"], "value", "yes"), "set-partly-answered"),
    ],
)
def test_what_was_done_to_a_workbook_is_told(
    change: Callable[[Any], object], code: str, rooms: Program, tmp_path: Path
) -> None:
    imported, found = back(rooms, written(tmp_path, book(rooms), change))
    assert code in names(found)
    errors = {c.name for c in codes.WORKBOOK_CODES if c.severity.value == "error"}
    assert (imported is None) == (code in errors)


THREAD = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="F5" id="1"><text>only on weekdays</text></threadedComment>
<threadedComment ref="F5" id="2" parentId="1"><text>noted</text></threadedComment></ThreadedComments>"""
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


@pytest.mark.parametrize("threads", [False, True])
def test_a_comment_is_told_with_its_cell(threads: bool, rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("fact", "seats", "value"): "12"})

    def commented(opened: Any) -> None:
        opened["Facts"]["F5"].comment = Comment("on weekdays\nonly", "Ann")
        opened["Cover"]["B2"].comment = Comment("draft", "Ann")

    path = written(tmp_path, made, commented)
    if threads:
        with_part(path, "xl/threadedComments/threadedComment1.xml", THREAD.encode())
        relation = f'<Relationship Id="rIdT" Type="{THREADED}" Target="../threadedComments/threadedComment1.xml"/>'
        number = 1 + [s.name for s in made.sheets].index("Facts")
        replace_in(path, "</Relationships>", f"{relation}</Relationships>", f"sheet{number}.xml.rels")
    imported, found = back(rooms, path)
    assert imported is not None
    assert names(found) == {"comment-not-read"}
    said = "only on weekdays; noted" if threads else "on weekdays only"
    assert {d.span.source.name.partition(", ")[2]: d.span.source.text for d in found} == {
        "Cover!B2": "draft",
        "Facts!F5": said,
    }
    assert all(said in d.message(language) for d in found[1:] for language in ("en", "zh"))


def test_an_empty_sheet_says_nothing_and_is_no_error(rooms: Program, tmp_path: Path) -> None:
    imported, found = back(rooms, written(tmp_path, book(rooms), lambda b: b.create_sheet("Sheet1")))
    assert (imported is not None, found) == (True, ())


SAMPLED: dict[tuple[str, ...], str] = {
    ("as_of",): "2026-06-30T00:00:00+08:00",
    ("sample", "1", "id"): "S",
    ("sample", "1", "clause"): "a d)",
    ("sample", "1", "population"): "900",
    ("sample", "1", "rule"): "share >= 95 %",
    ("sample", "1", "voice"): "assessor",
}


def test_rows_written_below_a_list_are_read_as_its_next_ones(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, SAMPLED)
    last = next(s.rows for s in made.sheets if s.key == "instances")

    def fill(opened: Any) -> None:
        page = opened["Instances"]
        for row in range(5, last + 31):
            values = ("S", f"door {row}", "satisfied" if row <= last else "unsatisfied")
            for column, value in enumerate(values, 2):
                page.cell(row, column).value = value

    imported, found = back(rooms, written(tmp_path, made, fill))
    assert imported is not None, names(found)
    assert imported.bound is not None
    assert names(found) == {"rows-below-the-list"}
    assert evaluate(imported.bound).clauses["a.d"].verdict.value == "unsatisfied"
    assert imported.filled.instances == last - 4 + 30
    assert imported.filled.get("instance", str(last - 3), "id") == f"door {last + 1}"


def test_a_row_set_between_those_of_a_list_is_read_as_well(rooms: Program, tmp_path: Path) -> None:
    made = book(
        rooms, {("evidence", "1", "id"): "E", ("evidence", "1", "kind"): "log", ("fact", "seats", "value"): "9"}
    )

    def between(opened: Any) -> None:
        opened["Evidence"].insert_rows(5)
        opened["Evidence"]["B5"].value, opened["Evidence"]["C5"].value = "G", "visit"
        opened["Facts"]["H5"].value = "E, G"

    imported, found = back(rooms, written(tmp_path, made, between))
    assert imported is not None, names(found)
    assert imported.bound is not None
    assert {r.id for r in imported.bound.evidence.records} == {"E", "G"}


def test_what_no_list_can_hold_is_refused_on_both_ways(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, SAMPLED)

    def endless(opened: Any) -> None:
        for row in range(5, 6 + MOST_LISTED):
            opened["Instances"].cell(row, 2).value = "S"

    imported, found = back(rooms, written(tmp_path, made, endless))
    assert imported is None
    assert names(found) == {"list-too-long"}
    path = tmp_path / "evidence.yaml"
    drawn = "".join(f"      d{n}: satisfied\n" for n in range(MOST_LISTED + 1))
    path.write_text(
        f"{HALL}samples:\n  S1:\n    clause: a.d\n    population: 90000\n    rule: all\n    results:\n{drawn}", "utf-8"
    )
    evidence, told = read_evidence(path)
    assert evidence is not None, names(told)
    assert names(filled_of(rooms, evidence, path, "en")[1]) == {"not-in-a-workbook"}


def test_lists_have_room_for_a_policy_of_its_size_and_for_as_much_as_is_asked_for(rooms: Program) -> None:
    small, large = (numbers(p, Filled(records=7)) for p in (rooms, program_of("gbt-45288.3-2025")))
    assert (small["evidence"], large["evidence"] > 95) == (50, True)
    assert not [key for key in small if small[key] >= large[key]]
    made = book_of(program_of("gbt-45288.3-2025"), {}, "en", Filled(), 2_000)  # the most that may be asked for
    assert max(s.rows for s in made.sheets) < MOST_ROWS
    made = book_of(rooms, {}, "en", Filled(), 333)
    assert {s.rows - 4 for s in made.sheets if s.key in large} == {340}


def test_rows_that_moved_are_known_by_their_marks(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("fact", "seats", "value"): "12", ("fact", "lit", "value"): "yes"})
    imported, _ = back(rooms, written(tmp_path, made, lambda b: b["Facts"].insert_rows(5, 3)))
    assert imported is not None
    assert imported.filled.get("fact", "seats", "value") == "12"
    assert imported.filled.get("fact", "lit", "value") == "yes"


def test_a_workbook_of_another_edition_is_refused_with_what_differs(rooms: Program, tmp_path: Path) -> None:
    path = tmp_path / "later.guiju"
    path.write_text(ROOMS.replace("seats >= 10", "seats >= 12").replace('  d) "Asked" attested\n', ""), "utf-8")
    later = program_of(str(path))
    imported, found = back(later, written(tmp_path, book(rooms)))
    assert imported is None
    assert names(found) == {"workbook-of-another-edition"}
    told = found[0].message("en")
    assert "seats >= 10 -> seats >= 12" in told
    assert "a.d: gone" in told


def test_where_the_other_edition_is_known_what_differs_is_told_as_an_editor_says_it(
    rooms: Program, tmp_path: Path
) -> None:
    path = tmp_path / "later.guiju"
    path.write_text(
        ROOMS.replace("seats >= 10", "seats >= 12").replace("standard rooms ", "standard rooms-2 "), "utf-8"
    )
    later, made = program_of(str(path)), written(tmp_path, book(rooms))
    _, without = import_workbook(later, made, "evidence.yaml")
    assert names(without) == {"workbook-of-another-standard"}
    changes = changes_between(rooms, later)
    imported, found = import_workbook(later, made, "evidence.yaml", Earlier(rooms, lambda: changes))
    assert imported is None
    assert names(found) == {"workbook-of-another-edition"}
    assert [text for text in ("a a)", "12", "10") if text not in found[0].message("en")] == []
    assert all(change.en in found[0].message("en") and change.zh in found[0].message("zh") for change in changes)


def test_a_workbook_of_another_standard_is_refused(rooms: Program, tmp_path: Path) -> None:
    imported, found = back(program_of("t-taf-320-2025"), written(tmp_path, book(rooms)))
    assert imported is None
    assert names(found) == {"workbook-of-another-standard"}


# --- hostile files -------------------------------------------------------------------------------------------------


def replace_in(path: Path, old: str, new: str, within: str = "worksheets/") -> None:
    """Change the sheets of a file by hand."""
    with ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(old.encode(), new.encode()) if within in name else part)


def put_raw(path: Path, made: Book, sheet: str, cell: str, new: str) -> None:
    """Put other cells of the file in the place of one."""
    number = 1 + [s.name for s in made.sheets].index(sheet)
    name = f"xl/worksheets/sheet{number}.xml"
    with ZipFile(path) as archive:
        part = archive.read(name).decode()
    old = re.search(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)(?:<c r="{cell}".*?</c>)*', part)
    assert old is not None
    replace_in(path, old[0], new, name)


def with_part(path: Path, name: str, data: bytes) -> None:
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


@pytest.mark.parametrize(
    "saved",
    ["NaN", "abc", "1/0", "1/3", "1e400", "-1e999999999", "1e-999999999", "0e999999999", "1" * 5000, "１２", "1_0"],
)
def test_what_no_spreadsheet_has_for_a_number_is_an_error_of_its_cell(
    saved: str, rooms: Program, tmp_path: Path
) -> None:
    made = book(rooms)
    path = written(tmp_path, made)
    places = [cell_of(made, "fact", "noise", "value"), cell_of(made, "evidence", "1", "expires")]
    for sheet, cell in places:
        put_raw(path, made, sheet, cell, f'<c r="{cell}"><v>{saved}</v></c>')
    imported, found = back(rooms, path)
    assert imported is None
    told = [(d.code.name, d.span.source.name.partition(", ")[2]) for d in found]
    assert told == [("error-in-answer", f"{sheet}!{cell}") for sheet, cell in places]


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="F5" t="s"><v>1</v></c>',
        '<c r="F5" t="s"><v>-1</v></c>',
        '<c r="F5"><v>1</v></c><c r="F5"><v>2</v></c>',
        '<c r="F5"><v>2</v></c><c r="G5"/><c r="F5"><v>2</v></c>',
    ],
    ids=["no such text", "no such text either", "a cell twice", "a cell twice though alike"],
)
def test_what_stands_nowhere_or_twice_is_damage(cells: str, rooms: Program, tmp_path: Path) -> None:
    made = book(rooms)
    path = written(tmp_path, made)
    with_part(path, "xl/sharedStrings.xml", b"<sst><si><t>12</t></si></sst>")
    put_raw(path, made, "Facts", "F5", '<c r="F5" t="s"><v>0</v></c>')
    imported, _ = back(rooms, path)
    assert imported is not None
    put_raw(path, made, "Facts", "F5", cells)
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"not-a-workbook"}


def test_an_encoding_that_nobody_knows_is_damage(rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms))
    replace_in(path, "<worksheet ", '<?xml version="1.0" encoding="klingon"?><worksheet ')
    assert names(back(rooms, path)[1]) == {"not-a-workbook"}


def test_two_parts_of_one_name_are_no_workbook(rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms))
    with pytest.warns(UserWarning, match="Duplicate name"):
        with_part(path, "xl/worksheets/sheet2.xml", b"<worksheet/>")
    assert names(back(rooms, path)[1]) == {"not-a-workbook"}


@pytest.mark.parametrize("mark", ["fact:seats²", "fact:²", "²", "guiju:facts"])
def test_a_mark_that_is_none_leaves_its_row_missing(mark: str, rooms: Program, tmp_path: Path) -> None:
    def change(opened: Any) -> None:
        opened["Facts"]["A5"].value = mark

    imported, found = back(rooms, written(tmp_path, book(rooms), change))
    assert imported is None
    assert "missing-row" in names(found)


@pytest.mark.parametrize("mark", ["evidence:²", "evidence:" + "9" * 5000, "evidence:٣"])
def test_the_number_of_a_row_is_written_in_plain_digits(mark: str, rooms: Program, tmp_path: Path) -> None:
    def change(opened: Any) -> None:
        opened["Evidence"]["A5"].value = mark

    assert "missing-row" in names(back(rooms, written(tmp_path, book(rooms), change))[1])


def test_a_yes_without_a_value_says_nothing(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms)
    path, (sheet, cell) = written(tmp_path, made), cell_of(made, "fact", "lit", "value")
    put_raw(path, made, sheet, cell, f'<c r="{cell}" t="b"></c>')
    imported, found = back(rooms, path)
    assert imported is not None, names(found)
    assert imported.filled.get("fact", "lit", "value") == ""
    assert imported.bound is not None
    assert "lit" not in imported.bound.facts


@pytest.mark.parametrize("place", [0, -1], ids=["before", "behind"])
def test_a_copy_of_a_sheet_is_refused_and_takes_no_answer_away(place: int, rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("clause", "a.d", "vendor", "verdict"): "satisfied"})

    def copied(opened: Any) -> None:
        opened.copy_worksheet(opened["Rooms"])
        opened.move_sheet("Rooms Copy", -len(opened.sheetnames) + 1 if place == 0 else 0)

    imported, found = back(rooms, written(tmp_path, made, copied))
    assert imported is None
    (told,) = (d for d in found if d.code.name == "workbook-sheet-twice")
    assert all(name in told.message(language) for name in ("Rooms", "Rooms Copy") for language in ("en", "zh"))


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/embeddings/x.bin",
        "xl/activeX/a.xml",
    ],
)
def test_what_may_act_or_reach_out_is_refused(part: str, rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms))
    with_part(path, part, b"x")
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"unsafe-workbook"}


def test_a_bomb_is_refused_before_it_goes_off(rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms))
    with_part(path, "xl/media/big.bin", bytes(LARGEST + 1))
    assert path.stat().st_size < 2_000_000
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"not-a-workbook"}


def test_endless_rows_are_refused(rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms))
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in range(1000, 1001 + MOST_ROWS))
    replace_in(path, "</sheetData>", f"{rows}</sheetData>")
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"not-a-workbook"}


def test_entities_are_refused(rooms: Program, tmp_path: Path) -> None:
    path = written(tmp_path, book(rooms))
    replace_in(path, "<worksheet ", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet ')
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"not-a-workbook"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 password", b"guiju: evidence/1\n"])
def test_what_is_no_workbook_is_told(data: bytes, rooms: Program, tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(data)
    imported, found = back(rooms, path)
    assert imported is None
    assert names(found) == {"not-a-workbook"}
    assert back(rooms, tmp_path / "none.xlsx")[0] is None


def test_damaged_files_end_in_no_traceback(rooms: Program, tmp_path: Path) -> None:
    data = bytearray(workbook_bytes(book(rooms)))
    random, path = Random(5), tmp_path / "answers.xlsx"
    read = 0
    for _ in range(150):
        damaged = bytearray(data)
        for _ in range(random.choice((1, 4, 40))):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        path.write_bytes(bytes(damaged))
        imported, found = back(rooms, path)
        read += imported is not None
        assert imported is not None or found
    assert read < 150


# --- what does not fit ---------------------------------------------------------------------------------------------


def test_a_sample_of_what_a_formula_computes_has_no_place_in_a_workbook(tmp_path: Path) -> None:
    policy, path = tmp_path / "rooms.guiju", tmp_path / "evidence.yaml"
    policy.write_text(ROOMS.replace("levels", 'fact rows : number = seats / 4 "Rows"\nlevels', 1), "utf-8")
    path.write_text(f"{HALL}samples:\n  S1: {{fact: rows, population: 9, rule: count, results: {{one: satisfied}}}}\n")
    evidence, found = read_evidence(path)
    assert evidence is not None, [d.message("en") for d in found]
    _, lost = filled_of(program_of(str(policy)), evidence, path, "en")
    assert names(lost) == {"not-in-a-workbook"}


@pytest.mark.parametrize("number", [" E", "E ", "E;1", "E、1"])
def test_a_number_that_no_list_can_name_has_no_place_in_a_workbook(number: str, rooms: Program, tmp_path: Path) -> None:
    path = tmp_path / "evidence.yaml"
    path.write_text(f'{HALL}evidence:\n  "{number}": {{kind: log}}\n', "utf-8")
    evidence, found = read_evidence(path)
    assert evidence is not None, [d.message("en") for d in found]
    filled, lost = filled_of(rooms, evidence, path, "en")
    assert names(lost) == {"not-in-a-workbook"}
    assert listed(filled.get("evidence", "1", "id")) != (number,)


# --- findings, samples, waivers --------------------------------------------------------------------------------------

HALL = "guiju: evidence/2\nsubject: Hall\nstandard: rooms\nas_of: 2026-06-30T00:00:00Z\n"
REGISTERED = """evidence:
  E: {kind: log, collected: 2026-05-01}
  G: {kind: visit, collected: 2026-05-02}
"""
SAID = """attestations:
  a.d:
    - {verdict: unsatisfied, voice: vendor}
    - {voice: waiver, by: Board, reason: for now, until: 2026-12-31, evidence: E}
samples:
  S1: {title: Doors, clause: a.d, population: 90, sample: 4, method: each 20th, rule: share >= 60 %, voice: assessor,
    by: Ann, evidence: E, until: 2026-12-01, note: later,
    results: {one: satisfied, two: {result: unsatisfied, evidence: [E, G], note: "=1+1"}, three: }}
  S2: {fact: lit, population: 3, rule: 全部, results: {x: 满足, y: 满足, z: 满足}}
findings:
  F1: {clause: a d), grade: 一般不符合, statement: not all, evidence: [E, G], raised: 2026-06-01, by: Ann,
    owner: them, due: 2026-09-01, note: "@home"}
  F2: {clause: a a), grade: observation, statement: few seats,
    closure: {on: 2026-06-20, by: Ann, evidence: [G], note: more came}}
"""
OF_SEVERAL = HALL.replace("standard: rooms\n", "") + "voice: assessor\n" + REGISTERED
OF_SEVERAL += "standards:\n  rooms:\n" + "".join(f"    {line}\n" for line in SAID.splitlines())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", [HALL + REGISTERED + SAID, OF_SEVERAL], ids=["one standard", "several"])
def test_findings_samples_and_waivers_come_back_as_they_were(
    text: str, language: Language, rooms: Program, tmp_path: Path
) -> None:
    path, again = tmp_path / "evidence.yaml", tmp_path / "again.yaml"
    path.write_text(text, "utf-8")
    evidence, found = read_evidence(path)
    assert evidence is not None, [d.message("en") for d in found]
    filled, lost = filled_of(rooms, evidence, path, language)
    assert lost == ()
    assert (filled.findings, filled.samples, filled.instances, filled.statements) == (2, 2, 6, 1)
    first = workbook_bytes(book_of(rooms, {}, language, filled))
    (tmp_path / "answers.xlsx").write_bytes(first)
    imported, told = back(rooms, tmp_path / "answers.xlsx")
    assert imported is not None, [d.message("en") for d in told]
    again.write_text(imported.text, "utf-8")
    returned, _ = read_evidence(again)
    assert returned is not None
    assert workbook_bytes(book_of(rooms, {}, language, filled_of(rooms, returned, again, language)[0])) == first
    before, after = (evidence.for_standard("rooms"), returned.for_standard("rooms"))
    assert (after.findings, after.waivers, after.records) == (before.findings, before.waivers, before.records)
    assert {f.name: f for f in after.facts} == {f.name: f for f in before.facts}
    one, other = (evaluate(bind(rooms, e)[0]) for e in (evidence, returned))
    assert one.values == other.values
    assert {c: r.verdict for c, r in one.clauses.items()} == {c: r.verdict for c, r in other.clauses.items()}


NOTED = """attestations:
  a.d:
    - {verdict: satisfied, voice: vendor}
    - {verdict: null, voice: assessor, by: Ann, evidence: [E, G, E], note: on 5 July}
    - {verdict: , evidence: E, until: 2026-12-31}
    - {verdict: null, voice: override, by: Board, reason: not decided yet}
  a e): {verdict: null, note: asked}
  a b): {verdict: null}
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_said_without_a_verdict_comes_back_as_it_was(
    language: Language, rooms: Program, tmp_path: Path
) -> None:
    path = tmp_path / "evidence.yaml"
    path.write_text(HALL + REGISTERED + NOTED, "utf-8")
    files, filled, rounds = list[bytes](), Filled(), 3
    for _ in range(rounds):
        evidence, found = read_evidence(path)
        assert evidence is not None, names(found)
        filled, lost = filled_of(rooms, evidence, path, language)
        assert lost == ()
        files.append(workbook_bytes(book_of(rooms, {}, language, filled)))
        (tmp_path / "answers.xlsx").write_bytes(files[-1])
        imported, told = back(rooms, tmp_path / "answers.xlsx")
        assert imported is not None, [d.message("en") for d in told]
        path.write_text(imported.text, "utf-8")
    assert files == [files[0]] * rounds
    said = {what: filled.get("clause", "a.d", "assessor", what) for what in ANSWER}
    assert said == {"verdict": "", "evidence": "E, G", "reason": "", "note": "on 5 July", "by": "Ann", "until": ""}
    assert filled.get("clause", "a.e", "vendor", "note") == "asked"
    assert [filled.get("statement", str(n), "until") for n in (1, 2)] == ["2026-12-31", ""]
    assert [filled.get("statement", str(n), "by") for n in (1, 2)] == ["", "Board"]


def test_what_is_noted_of_no_clause_of_the_policy_is_refused(rooms: Program, tmp_path: Path) -> None:
    path = tmp_path / "evidence.yaml"
    path.write_text(HALL + "attestations: {a z): {verdict: null, note: which}}\n", "utf-8")
    evidence, found = read_evidence(path)
    assert evidence is not None, names(found)
    assert names(filled_of(rooms, evidence, path, "en")[1]) == {"not-in-a-workbook"}


def test_what_is_wrong_with_a_finding_or_a_sample_is_told_of_its_cell(rooms: Program, tmp_path: Path) -> None:
    cells: dict[tuple[str, ...], str] = {
        ("finding", "1", "id"): "F1",
        ("finding", "1", "clause"): "a d)",
        ("finding", "1", "grade"): "grave",
        ("finding", "1", "statement"): "not all",
        ("instance", "3", "sample"): "S9",
        ("instance", "3", "id"): "one",
        ("as_of",): "2026-06-30T00:00:00+08:00",
    }
    made = book(rooms, cells)
    imported, found = back(rooms, written(tmp_path, made))
    assert imported is None
    told = {d.span.source.name.partition(", ")[2] for d in found}
    assert "!".join(cell_of(made, "finding", "1", "grade")) in told
    assert "!".join(cell_of(made, "instance", "3", "sample")) in told


def test_what_nobody_wrote_is_told_of_the_cell_where_it_belongs(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms, {("subject", "name"): ""})
    imported, found = back(rooms, written(tmp_path, made))
    assert imported is None
    assert [d.span.source.name.partition(", ")[2] for d in found] == ["!".join(cell_of(made, "subject", "name"))]


def test_a_formula_of_the_result_looks_at_the_calculation_and_not_at_its_own_sheet(rooms: Program) -> None:
    made = book(rooms)
    shown = [
        c for s in made.sheets if s.key in ("result", "clauses:a") for c in s.cells.values() if c.kind == "formula"
    ]
    assert shown
    assert not [cell.text for cell in shown if re.search(r"(?<!!)\$C\$", cell.text)]


# --- what a spreadsheet offers and takes -----------------------------------------------------------------------------


def test_lists_too_long_for_a_rule_are_offered_from_the_hidden_sheet(tmp_path: Path) -> None:
    options = [f"kind_of_room_number_{n}" for n in range(30)]
    policy = tmp_path / "rooms.guiju"
    policy.write_text(ROOMS.replace("hammer | saw", " | ".join(options)).replace("set of", "one of"), "utf-8")
    made = book(program_of(str(policy)))
    opened = load_workbook(written(tmp_path, made))
    sheet, cell = cell_of(made, "fact", "tools", "value")
    rule = next(r for r in opened[sheet].data_validations.dataValidation if cell in r.sqref)
    assert rule.type == "list"
    offered, area = str(rule.formula1).replace("'", "").replace("$", "").split("!")
    assert opened[offered].sheet_state == "hidden"
    assert [c.value for (c,) in opened[offered][area]] == options


def test_an_override_is_not_offered_what_its_clause_can_never_be(tmp_path: Path, rooms: Program) -> None:
    opened = load_workbook(written(tmp_path, book(rooms)))
    rule = next(r for r in opened["Overrides"].data_validations.dataValidation if "D5" in r.sqref)
    always, some, rest = re.findall(r"'(?:Lists)'!(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)", rule.formula1)
    lists = opened["Lists"]
    assert [c.value for (c,) in lists[always]] == ["a a)", "a b)", "a c)", "a d)"]
    assert [c.value for (c,) in lists[some]] == ["satisfied", "unsatisfied", "unknown", "not-applicable"]
    assert [c.value for (c,) in lists[rest]] == ["satisfied", "unsatisfied", "unknown"]
    assert re.match(r"IF\(SUMPRODUCT\(\(.*=\$B5\)\*1\)=0,", rule.formula1)
    path = tmp_path / "plain.guiju"
    path.write_text(ROOMS.replace(" applies when lit = yes", ""), "utf-8")
    opened = load_workbook(written(tmp_path, book(program_of(str(path)))))
    rule = next(r for r in opened["Overrides"].data_validations.dataValidation if "D5" in r.sqref)
    assert rule.formula1 == '"satisfied,unsatisfied,unknown"'


def test_numbers_are_asked_about_where_they_cannot_be_meant(rooms: Program, tmp_path: Path) -> None:
    made = book(rooms)
    opened = load_workbook(written(tmp_path, made))
    rules = {}
    for fact in ("seats", "noise"):
        sheet, cell = cell_of(made, "fact", fact, "value")
        found = next(r for r in opened[sheet].data_validations.dataValidation if cell in r.sqref)
        rules[fact] = (found.type, found.formula1.startswith("-"), found.errorStyle)
    assert rules == {"seats": ("whole", False, "warning"), "noise": ("decimal", True, "warning")}
