"""Documents that are odd, broken or made to harm: what is told of each, and that what is written is a policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

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
        _json(tmp_path / "c.json", {"catalog": {"groups": [group]}}),
        (("LOW", _json(tmp_path / "p.json", {"profile": low})),),
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
    catalog, found = read(_json(tmp_path / "c.json", {"catalog": {"controls": [control]}}))
    assert catalog is not None, found
    assert [leaf.text for leaf in catalog.leaves()] == ["shall eat [at [noon]] [[r]]"]
    assert [u.why.en for u in catalog.unread] == ["the parameter `r` leads back to itself"]


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
    text = "# T\n\n## 5 Door\n\n5.1 电阻应不小于 10<sup>6</sup> Ω。\n\n5.2 面积<sup>1)</sup>应不小于 2×10<sup>-3</sup> m<sup>2</sup>。\n"
    catalog, printed = _written(tmp_path / "t.md", text)
    assert [leaf.text for leaf in catalog.leaves()] == ["电阻应不小于 10⁶ Ω。", "面积¹⁾应不小于 2×10⁻³ m²。"]
    assert printed == ["5.1", "5.2"]
    assert _told(catalog) == [
        "t.md:7: the raised `¹⁾` looks like the mark of a footnote, which was not read; to be checked"
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
