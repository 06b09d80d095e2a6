"""Documents that are odd, broken or made to harm: what is told of each, and that what is written is a policy."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from openpyxl.chart import BarChart

from guiju.cli.main import main
from guiju.dsl.source import Source
from guiju.exchange.text import unseen_characters
from guiju.intake.catalog import Catalog
from guiju.intake.outline import Line, outline
from guiju.intake.read import read
from guiju.intake.skeleton import skeleton
from guiju.library import compile_source

HEADING = ("number", "title", "text")


def _sheet(
    path: Path, rows: list[tuple[object, ...]], change: Callable[[Workbook, Any], object] = lambda book, sheet: None
) -> Catalog:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    change(book, sheet)
    book.save(path)
    catalog, found = read(path)
    assert catalog is not None, found
    source = Source("x.guiju", skeleton(catalog, "en"))
    assert compile_source(source).diagnostics == ()
    assert unseen_characters(source) is None
    return catalog


def _told(catalog: Catalog) -> list[str]:
    return [f"{u.place}: {u.why.en}" for u in catalog.unread]


def test_characters_that_cannot_be_seen_are_removed_and_told(tmp_path: Path):
    catalog = _sheet(tmp_path / "x.xlsx", [HEADING, ("4\u200b", "\u202eabc", "shall \u200b x")])
    assert [(leaf.mark, leaf.title, leaf.text) for leaf in catalog.leaves()] == [("4", "abc", "shall x")]
    assert _told(catalog) == [
        "Sheet!2: characters that cannot be seen were removed (U+202E)",
        "Sheet!2: characters that cannot be seen were removed (U+200B)",
    ]


def test_a_text_longer_than_a_line_is_cut_and_told(tmp_path: Path):
    catalog = _sheet(tmp_path / "x.xlsx", [HEADING, ("1", "x", "shall " + "A" * 30_000)])
    assert _told(catalog) == ["Sheet!2: it has 30006 characters, of which the first 5000 were carried over"]
    assert "record not-encoded" in skeleton(catalog, "en")


def test_stray_cells_far_away_do_not_take_for_ever(tmp_path: Path):
    def far(_book: Workbook, sheet: Any) -> None:
        sheet["XFD2"] = sheet["B1048576"] = "far"
        sheet.merge_cells("F3:XFC3")

    assert _told(_sheet(tmp_path / "x.xlsx", [HEADING, ("1", "a", "shall do")], far)) == [
        "Sheet!1002: a thousand empty rows stand before row 1003; what is behind was not read",
        "Sheet: columns behind column 64 were not read",
    ]


def test_more_rows_than_a_policy_has_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("guiju.intake.workbook.MOST_ROWS", 2)
    book = Workbook()
    for row in (HEADING, ("1", "a", "shall"), ("2", "b", "shall")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "x.xlsx")
    catalog, found = read(tmp_path / "x.xlsx")
    assert catalog is None
    assert [d.code.name for d in found] == ["too-many-rows"]


def test_a_merged_cell_counts_for_each_of_its_rows_and_what_is_hidden_is_told(tmp_path: Path):
    def change(book: Workbook, sheet: Any) -> None:
        sheet.merge_cells("C2:C3")
        sheet.row_dimensions[3].hidden = True
        other = book.create_sheet("Old")
        other.append(["number", "title"])
        other.append(["9", "c"])
        other.sheet_state = "hidden"

    rows: list[tuple[object, ...]] = [("number", "title", "L1"), ("1", "a", True), ("2", "b", None)]
    catalog = _sheet(tmp_path / "x.xlsx", rows, change)
    assert [(leaf.mark, sorted(leaf.levels)) for leaf in catalog.leaves()] == [("1", ["L1"]), ("2", ["L1"]), ("9", [])]
    assert _told(catalog)[:2] == [
        "Sheet!3: the row is hidden; it was carried over all the same",
        "Old: the sheet is hidden; it was carried over all the same",
    ]


def test_items_without_a_number_stand_in_a_group_of_the_sheet(tmp_path: Path):
    catalog = _sheet(tmp_path / "x.xlsx", [HEADING, ("a)", "x", "shall y"), ("b)", "y", "shall z")])
    assert [(entry.mark, [leaf.mark for leaf in entry.leaves()]) for entry in catalog.entries] == [
        ("sheet", ["a)", "b)"])
    ]


@pytest.mark.parametrize(
    ("written", "mark"),
    [("５．１", "5.1"), ("第六章", "6"), ("第十章", "10"), ("第二十一章", "21"), ("第３章", "3")],
)
def test_a_number_in_chinese_letters(written: str, mark: str):
    entries, unread = outline([Line(written, "", "应备份", "1")], "list")
    assert ([leaf.mark for entry in entries for leaf in entry.leaves()], unread) == ([mark], ())


def _json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


#: what OSCAL requires of a catalog and a profile besides their parts
HEAD = {
    "uuid": "5a",
    "metadata": {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"},
}


def _control(id_: str, prose: str = "shall do", **more: object) -> dict[str, object]:
    return {"id": id_, "title": f"t {id_}", "parts": [{"name": "statement", "prose": prose}], **more}


@pytest.mark.parametrize(
    ("catalog", "codes"),
    [
        (None, ["not-a-catalog"]),
        ({"groups": []}, ["no-requirements"]),
        ({"metadata": [], "groups": {"a": 1}, "controls": "x"}, ["misshapen-oscal"] * 3),
        ({"controls": [_control("a"), 7, None, {"id": "b", "title": None, "parts": "x"}]}, ["misshapen-oscal"] * 4),
    ],
)
def test_a_catalog_that_is_none(catalog: object, codes: list[str], tmp_path: Path):
    read_, found = read(_json(tmp_path / "c.json", {"catalog": catalog}))
    assert (read_, [d.code.name for d in found]) == (None, codes)


@pytest.mark.parametrize(
    ("profile", "codes"),
    [
        (None, ["not-a-profile"]),
        ({"imports": {"a": 1}}, ["misshapen-oscal"]),
        ({"imports": [5, {"include-controls": [{"with-ids": "a-1"}]}]}, ["misshapen-oscal"] * 2),
    ],
)
def test_a_profile_that_is_none(profile: object, codes: list[str], tmp_path: Path):
    file = _json(tmp_path / "c.json", {"catalog": {"controls": [_control("a")]}})
    read_, found = read(file, (("L1", _json(tmp_path / "p.json", {"profile": profile})),))
    assert (read_, [d.code.name for d in found]) == (None, codes)


def test_an_id_used_twice_is_told_and_a_profile_means_both(tmp_path: Path):
    group = {"id": "g", "title": "G", "controls": [_control("a-1"), _control("a-1"), _control("b-1")]}
    low = {"imports": [{"href": "c.json", "include-controls": [{"with-ids": ["a-1"]}]}]}
    catalog, found = read(
        _json(tmp_path / "c.json", {"catalog": {**HEAD, "groups": [group]}}),
        (("LOW", _json(tmp_path / "p.json", {"profile": HEAD | low})),),
    )
    assert catalog is not None, found
    controls = [(entry.mark, sorted(entry.levels)) for entry in catalog.entries[0].children]
    assert controls == [("a-1", ["LOW"]), ("A-1", ["LOW"]), ("b-1", [])]
    assert [u.why.en for u in catalog.unread] == [
        "the id `a-1` is that of another control, too: this one is called A-1; a profile with that id chooses both"
    ]


def test_parameters_in_parameters(tmp_path: Path):
    def insert(name: str) -> str:
        return f"{{{{ insert: param, {name} }}}}"

    params = [
        {"id": "p1", "label": f"at {insert('p2')}"},
        {"id": "p2", "label": "noon"},
        {"id": "r", "label": insert("r")},
    ]
    control = _control("a", f"shall eat {insert('p1')} {insert('r')}", params=params)
    catalog, found = read(_json(tmp_path / "c.json", {"catalog": {**HEAD, "controls": [control]}}))
    assert catalog is not None, found
    assert [leaf.text for leaf in catalog.leaves()] == ["shall eat [at [noon]] [[r]]"]
    assert [u.why.en for u in catalog.unread] == ["the parameter `r` leads back to itself"]


def test_values_that_are_set_stand_in_the_text_and_limits_beside_names(tmp_path: Path):
    params = [
        {"id": "p1", "label": "number of days", "values": ["30"]},
        {"id": "p2", "label": "time", "constraints": [{"description": "at most 24 h"}]},
        {"id": "p3", "select": {"how-many": "one-or-more", "choice": ["keys", "cards of {{ insert: param, p1 }}"]}},
    ]
    said = "shall rest every {{ insert: param, p1 }} days for {{ p2 }} with {{ insert: param, p3 }}"
    controls = [_control("a", said), _control("b", "shall do B", params=params)]  # declared elsewhere in the catalog
    catalog, found = read(_json(tmp_path / "c.json", {"catalog": {**HEAD, "controls": controls}}))
    assert catalog is not None, found
    assert [leaf.text for leaf in catalog.leaves()] == [
        "shall rest every 30 days for [time: at most 24 h] with [one or more of: keys / cards of 30]",
        "shall do B",
    ]
    assert catalog.unread == ()


def test_parts_of_unknown_names_and_changes_of_a_profile_are_told_with_their_words(tmp_path: Path):
    inner = {"name": "step", "prose": "within 3 days", "parts": [{"name": "x", "title": "Deep", "prose": "words"}]}
    parts = [
        {"name": "statement", "prose": "shall do A"},
        {"name": "requirement", "prose": "The owner shall do B."},
        {"name": "remark", "prose": "old"},
        {"name": "guidance", "prose": "It should be easy."},
        {"name": "statement", "prose": "It shall:", "parts": [inner]},
    ]
    modify = {
        "set-parameters": [{"param-id": "p1", "values": ["30"]}],
        "alters": [
            {"control-id": "a", "adds": [{"parts": [{"name": "item", "prose": "shall do C"}]}]},
            {"control-id": "a", "removes": [{"by-name": "guidance"}]},
            {"control-id": "a", "adds": [{"props": [{"name": "priority", "value": "P1"}]}]},
        ],
    }
    profile = {**HEAD, "imports": [{"href": "c.json", "include-all": {}}], "modify": modify}
    _json(tmp_path / "p.json", {"profile": profile})
    file = _json(tmp_path / "c.json", {"catalog": {**HEAD, "controls": [_control("a", parts=parts)]}})
    catalog, found = read(file, (("L1", tmp_path / "p.json"),))
    assert catalog is not None, found
    assert [(u.quote, u.reason) for u in catalog.unread] == [
        ("The owner shall do B.", "unclear"),
        ("old", "aside"),
        ("within 3 days Deep words", "unclear"),
        ("guidance", "aside"),
        ("", "aside"),  # the lead names who acts
        ("p1: 30", "unclear"),
        ("a: shall do C", "unclear"),
        ("a: - guidance", "unclear"),
        ("L1", "aside"),  # properties alone
    ]
    assert compile_source(Source("x.guiju", skeleton(catalog, "en"))).diagnostics == ()


@pytest.mark.parametrize("given", [("L1=p.json", "L1=p.json"), ("whole=p.json",)])
def test_a_level_is_given_once(given: tuple[str, ...]):
    options = [word for profile in given for word in ("--profile", profile)]
    result = CliRunner().invoke(main, ["import", "c.json", *options, "--lang", "en"])
    assert "error[level-taken]" in result.output
    assert result.exit_code == 2


def _written(path: Path, text: str) -> tuple[Catalog, list[str]]:
    """What is read of a document, and the clauses of the policy as printed; it compiles without a finding."""
    path.write_text(text, encoding="utf-8")
    catalog, found = read(path)
    assert catalog is not None, found
    loaded = compile_source(Source("x.guiju", skeleton(catalog, "zh")))
    assert loaded.diagnostics == ()
    assert loaded.program is not None
    return catalog, [clause.printed for clause in loaded.program.items()]


def test_what_is_raised_stays_raised_and_the_mark_of_a_footnote_is_told(tmp_path: Path):
    text = "# T\n\n## 5 Door\n\n5.1 电阻应不小于 10<sup>6</sup> Ω。\n\n5.2 面积<sup>1)</sup>应不小于 2×10<sup>-3</sup> m<sup>2</sup>。\n\n5.3 锁应能转[^1]。\n"
    catalog, printed = _written(tmp_path / "t.md", text)
    assert [leaf.text for leaf in catalog.leaves()] == [
        "电阻应不小于 10⁶ Ω。",
        "面积¹⁾应不小于 2×10⁻³ m²。",
        "锁应能转[^1]。",
    ]
    assert printed == ["5.1", "5.2", "5.3"]
    assert _told(catalog) == [
        "t.md:7: `¹⁾` looks like the mark of a footnote, which is in no clause; to be checked",
        "t.md:9: `[^1]` looks like the mark of a footnote, which is in no clause; to be checked",
    ]


@pytest.mark.parametrize("behind", [" ", "\u00a0", "\u3000", "\u200b", "\u2003", ""])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_number_is_read_whatever_blank_stands_behind_it(behind: str, between: str, tmp_path: Path):
    lines = (f"5.{n}{behind}门应能打开。" for n in (1, 2, 4))
    for end in (".md", ".txt"):
        catalog, printed = _written(tmp_path / f"t{end}", f"# T\n\n## 5 门\n\n{between.join(lines)}\n")
        assert printed == ["5.1", "5.2", "5.4"]
        assert _told(catalog) == []
        lines = (f"5.{n}{behind}门应能打开。" for n in (1, 2, 4))


def test_what_begins_with_a_number_that_is_none_of_its_chapter_is_told(tmp_path: Path):
    catalog, printed = _written(tmp_path / "t.md", "# T\n\n## 5 门\n\n3.5米的杆应能通过。\n\n5.1 门应能打开。\n")
    assert printed == ["5-1", "5.1"]
    assert "it begins with `3.5`, which was not read as the number of a clause; to be checked" in " ".join(
        _told(catalog)
    )


def test_a_sentence_between_items_takes_none_of_them_and_an_item_that_asks_itself_keeps_that(tmp_path: Path):
    text = "# T\n\n## 4 Needs\n\na) The door shall open.\n   1) The lock shall turn.\n\nIt shall also close.\n\nb) Lamps shall burn.\n"
    catalog, printed = _written(tmp_path / "t.md", text)
    assert printed == ["4 a)-1", "4 a) 1)", "4-2", "4 b)"]
    assert [u.quote for u in catalog.unread] == ["It shall also close."]


def test_the_lead_of_a_number_without_a_title_is_its_label(tmp_path: Path):
    text = "# T\n\n## 5 门\n\n5.1 门应在 5 s 内：\n\na) 打开；\nb) 关闭。\n\n### 5.2 锁\n\n锁应：\n\na) 能转。\n\n### 5.3 窗\n\n断电时窗应：\n\na) 关闭。\n\n5.4 灯应：\n"
    catalog, printed = _written(tmp_path / "t.md", text)
    assert printed == ["5.1 a)", "5.1 b)", "5.2 a)", "5.3 a)"]
    policy = skeleton(catalog, "zh")
    assert [name in policy for name in ('5.1 "门应在 5 s 内："', '5.2 "锁"', '5.3 "窗 — 断电时窗应："')] == [True] * 3
    assert _told(catalog) == ["t.md:22: it leads to items, and none stand below it"]


@pytest.mark.parametrize(("first", "told"), [("5.2 | 灯应亮", 2), ("条款 | 要求", 1)])
def test_the_first_row_of_a_table_that_reads_like_a_requirement_is_no_head(first: str, told: int, tmp_path: Path):
    table = f"| {first} |\n| --- | --- |\n| 5.3 | 窗应明 |\n"
    catalog, _ = _written(tmp_path / "t.md", f"# T\n\n## 5 门\n\n5.1 门应能打开。\n\n{table}")
    assert [u.reason for u in catalog.unread] == ["unclear"] * told


def test_a_workbook_with_damaged_bytes_is_told(tmp_path: Path):
    path = tmp_path / "x.xlsx"
    _sheet(path, [HEADING, *((f"{n}", "seat", f"shall be kept {n}") for n in range(1, 200))])
    with ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    at = part.header_offset + 30 + len(part.filename) + 10
    data[at : at + 200] = b"\xff" * 200
    path.write_bytes(bytes(data))
    catalog, found = read(path)
    assert (catalog, [d.code.name for d in found]) == (None, ["damaged-document"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<worksheet", '<?xml version="1.0" encoding="klingon"?><worksheet', "no Excel workbook"),
        ('<c r="B2"', '<c r="B2" t="n"><v>1</v></c><c r="B2"', "the cell B2 twice"),
    ],
)
def test_a_workbook_in_no_encoding_or_with_a_cell_twice_is_told(old: str, new: str, said: str, tmp_path: Path):
    path = tmp_path / "x.xlsx"
    _sheet(path, [HEADING, ("1", "seat", "shall be kept")])
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(old, new, 1) if "worksheets/" in name else part)
    catalog, found = read(path)
    assert (catalog, [d.code.name for d in found]) == (None, ["damaged-document"])
    assert said in found[0].message("en")


def _profile(*imported: str) -> dict[str, object]:
    return {"profile": {"imports": [{"href": name, "include-all": {}} for name in imported]}}


@pytest.mark.parametrize(
    ("length", "times"),
    [pytest.param(400, 1, id="a long chain"), pytest.param(40, 2, id="each imports the next one twice")],
)
def test_profiles_that_stand_on_many_others_are_resolved_once_each(length: int, times: int, tmp_path: Path):
    for n in range(length):
        following = "c.json" if n == length - 1 else f"p{n + 1}.json"
        _json(tmp_path / f"p{n}.json", _profile(*[following] * times))
    file = _json(tmp_path / "c.json", {"catalog": {"controls": [_control("a"), _control("b")]}})
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(min(limit, len(inspect.stack()) + 200))
    try:
        catalog, found = read(file, (("L1", tmp_path / "p0.json"),))
    finally:
        sys.setrecursionlimit(limit)
    assert catalog is not None, found
    assert [sorted(leaf.levels) for leaf in catalog.leaves()] == [["L1"], ["L1"]]


def test_a_column_that_ends_with_level_has_the_levels_and_critical_is_above_high(tmp_path: Path):
    rows = [(*HEADING, "Risk level"), ("1", "a", "shall do", "High"), ("2", "b", "shall do", "Critical")]
    catalog = _sheet(tmp_path / "x.xlsx", [*rows, ("3", "c", "shall do", "Low"), ("4", "d", "shall do", "Medium")])
    assert [level.id for level in catalog.levels] == ["Low", "Medium", "High", "Critical"]
    assert [len(leaf.levels) for leaf in catalog.leaves()] == [2, 1, 4, 3]
    numbered = _sheet(tmp_path / "y.xlsx", [("编号", "内容", "成熟度等级"), ("1", "应做", 2), ("2", "应做", 1)])
    assert [len(leaf.levels) for leaf in numbered.leaves()] == [1, 2]


def test_a_formula_without_a_value_and_an_error_are_told_and_taken_for_empty(tmp_path: Path):
    def change(_book: Workbook, sheet: Any) -> None:
        sheet["C3"] = "=B3"
        sheet["C4"], sheet["C4"].data_type = "#REF!", "e"

    catalog = _sheet(tmp_path / "x.xlsx", [HEADING, ("1", "a", "shall do"), ("2", "b"), ("3", "c"), ("4", "#")], change)
    assert [(leaf.mark, leaf.text) for leaf in catalog.leaves()] == [("1", "shall do"), ("2", ""), ("3", ""), ("4", "")]
    assert [(u.place, u.quote, u.reason) for u in catalog.unread] == [
        ("Sheet!C3", "=B3", "unclear"),
        ("Sheet!C4", "#REF!", "unclear"),
    ]
    assert "record not-encoded" in skeleton(catalog, "en")


def test_a_formula_without_a_value_is_told_of_a_large_workbook_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("guiju.intake.workbook.WHOLE", 1)
    catalog = _sheet(tmp_path / "x.xlsx", [HEADING, ("1", "a", "shall do"), ("2", "b", "=B3")])
    assert [(u.place, u.quote) for u in catalog.unread if u.reason == "unclear"] == [("Sheet!C3", "=B3")]


@pytest.mark.parametrize("with_drawing", [True, False])
def test_a_sheet_that_is_a_chart_is_passed_over_with_a_word(with_drawing: bool, tmp_path: Path):
    path, book = tmp_path / "x.xlsx", Workbook()
    for row in (HEADING, ("1", "a", "shall do")):
        book.worksheets[0].append(list(row))
    book.create_chartsheet("Bars").add_chart(BarChart())
    book.save(path)
    if not with_drawing:
        with ZipFile(path) as archive:
            kept = {n: archive.read(n) for n in archive.namelist() if not n.startswith("xl/chartsheets/_rels")}
        with ZipFile(path, "w") as archive:
            for name, data in kept.items():
                archive.writestr(name, data)
    catalog, found = read(path)
    assert catalog is not None, found
    assert _told(catalog) == ["Bars: a sheet that is a chart; it was not carried over"]


def test_what_openpyxl_warns_of_stays_out_of_the_way(tmp_path: Path, recwarn: pytest.WarningsRecorder):
    def change(_book: Workbook, sheet: Any) -> None:
        sheet["D2"], sheet["D2"].number_format = 1e30, "yyyy-mm-dd"

    catalog = _sheet(tmp_path / "x.xlsx", [(*HEADING, "day"), ("1", "a", "shall do")], change)
    assert "Sheet!D2: the cell holds an error value and was taken for empty" in _told(catalog)
    assert not recwarn.list


def test_a_zero_that_excel_does_not_keep_is_put_back_and_told(tmp_path: Path):
    numbers = [*(f"4.{n}" for n in range(1, 22)), "5.1", "5.2"]
    rows = [(float(n), f"t{n}", "shall do") for n in numbers]
    catalog = _sheet(tmp_path / "x.xlsx", [HEADING, *rows])
    assert [leaf.mark for leaf in catalog.leaves()] == numbers
    assert _told(catalog) == [
        "Sheet!A11: the cell holds the number 4.1 and stands behind 4.9: it was taken for 4.10; to be checked",
        "Sheet!A21: the cell holds the number 4.2 and stands behind 4.19: it was taken for 4.20; to be checked",
    ]
    text = _sheet(tmp_path / "y.xlsx", [HEADING, *((n, f"t{n}", "shall do") for n in ("4.9", "4.1"))])
    assert [leaf.mark for leaf in text.leaves()] == ["4.9", "4.1"]
    assert _told(text) == []


def test_fields_that_oscal_requires_and_that_are_not_there_are_told(tmp_path: Path):
    controls = [_control("a", props=[{"name": "label"}]), {"id": "b"}, {"id": "c"}]
    low = {"imports": [{"href": "c.json", "include-controls": [{"with-ids": ["a"]}]}]}
    catalog, found = read(
        _json(tmp_path / "c.json", {"catalog": {"uuid": "5a", "metadata": {"title": "T"}, "controls": controls}}),
        (("LOW", _json(tmp_path / "p.json", {"profile": low})),),
    )
    assert catalog is not None, found
    said = "lacks fields that OSCAL requires (how often; this is the first place)"
    assert _told(catalog) == [
        f"c.json: 1: `metadata` {said}: last-modified (1), version (1), oscal-version (1)",
        f"c.json: 1: `props` {said}: value (1)",
        f"c.json: b: `controls` {said}: title (2)",
        f"p.json: 1: `profile` {said}: uuid (1), metadata (1)",
    ]


def test_a_level_at_which_no_clause_counts_is_told(tmp_path: Path):
    none = {"imports": [{"href": "c.json", "include-controls": []}]}
    catalog, found = read(
        _json(tmp_path / "c.json", {"catalog": {**HEAD, "controls": [_control("a")]}}),
        (("LOW", _json(tmp_path / "p.json", {"profile": HEAD | none})),),
    )
    assert catalog is not None, found
    assert _told(catalog) == ["T 1: no clause counts at the level `LOW`"]
    assert compile_source(Source("t.guiju", skeleton(catalog, "zh"))).diagnostics == ()
