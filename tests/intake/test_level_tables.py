"""The tables of `cases/level-tables.md`: the membership that comes of them, and what is told of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from guiju.dsl.source import Source
from guiju.intake.membership import membership
from guiju.intake.read import read
from guiju.intake.skeleton import skeleton
from guiju.library import compile_source

CASES = (Path(__file__).parent / "cases" / "level-tables.md").read_text(encoding="utf-8")
DOCUMENT = CASES.partition("```document\n")[2].partition("```")[0]
_CASE = re.compile(
    r"^## (?P<name>[^\n]+)\n\n```table\n(?P<table>.*?)```\n\n```membership\n(?P<membership>.*?)```\n\n```told\n(?P<told>.*?)```",
    re.MULTILINE | re.DOTALL,
)
#: told of every table: what it was read as, the caption above it, and by what its levels are in order
_ALWAYS = re.compile(r"表 1 读成了|图表标题，|表格里的一行没有|等级按|等级名称里")


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in _CASE.finditer(CASES)])
def test_a_printed_table_of_levels(case: re.Match[str], tmp_path: Path):
    file = tmp_path / "standard.md"
    file.write_text(f"{DOCUMENT}\n{case['table']}", encoding="utf-8")
    catalog, found = read(file)
    assert catalog is not None, found
    ids = [level.id for level in catalog.levels]
    rows = membership(catalog) if ids else ()
    lines = [f"{group}: {', '.join(' '.join(pair) for pair in zip(ids, cells, strict=True))}" for group, cells in rows]
    assert lines == case["membership"].splitlines()
    assert [u.why.zh for u in catalog.unread if not _ALWAYS.match(u.why.zh)] == case["told"].splitlines()
    assert compile_source(Source("standard.guiju", skeleton(catalog, "en"))).diagnostics == ()


def _sheet(path: Path, *rows: Sequence[str]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("编号", "内容", "基本级", "提高级"), *rows):
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("signs", "levels", "told"),
    [
        (("√√", "×√"), ("12", "2"), ""),
        (("是是", "否是"), ("12", "2"), ""),
        (("11", "01"), ("12", "2"), ""),
        (("○○", "×○"), ("12", "2"), ""),
        (("××", " ×"), ("12", "2"), "表里只有 ×，没有 √：× 当作计入，请核对"),
        (("●●", "○●"), ("12", "2"), "“基本级”列的“○”不能确定是什么意思，在这一级没有计入，请核对"),
    ],
)
def test_a_sheet_with_signs_for_yes_and_no(signs: tuple[str, ...], levels: tuple[str, ...], told: str, tmp_path: Path):
    rows = ((f"4.{n}", "应有灯", *(sign.strip() for sign in pair)) for n, pair in enumerate(signs, 1))
    catalog, found = read(_sheet(tmp_path / "表.xlsx", *rows))
    assert catalog is not None, found
    assert [level.id for level in catalog.levels] == ["基本级", "提高级"]
    ids = dict(zip(("基本级", "提高级"), "12", strict=True))
    assert tuple("".join(sorted(ids[level] for level in leaf.levels)) for leaf in catalog.leaves()) == levels
    assert [u.why.zh for u in catalog.unread if not _ALWAYS.match(u.why.zh)] == ([told] if told else [])


@pytest.mark.parametrize("total", [("合计", "共 3 项", "1", "3"), ("", "合计", "1", "3"), ("Total", "3", "1", "3")])
def test_a_row_of_totals_or_one_cell_that_is_no_sign_leaves_the_levels_as_they_are(
    total: tuple[str, ...], tmp_path: Path
):
    rows = (("4.1", "应有灯", "✔", "☑"), ("4.2", "应有窗", "□", "√"), ("4.3", "应有门", "待定", "■"), total)
    catalog, found = read(_sheet(tmp_path / "表.xlsx", *rows))
    assert catalog is not None, found
    assert [(leaf.mark, sorted(leaf.levels)) for leaf in catalog.leaves()] == [
        ("4.1", ["基本级", "提高级"]),
        ("4.2", ["提高级"]),
        ("4.3", ["提高级"]),
    ]
    assert [(u.place, u.reason, u.quote) for u in catalog.unread if u.place.startswith("Sheet")] == [
        ("Sheet!C4", "choice", "4.3"),
        ("Sheet!5", "unnumbered", " ".join(filter(None, total))),
    ]


def test_ticks_beside_words_make_no_level_of_remarks(tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (("编号", "内容", "备注"), ("4.1", "应有灯", "√"), ("4.2", "应有窗", "√"), ("4.3", "应有门", "新增")):
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "表.xlsx")
    catalog, found = read(tmp_path / "表.xlsx")
    assert catalog is not None, found
    assert (catalog.levels, [u.why.zh for u in catalog.unread]) == ((), ["“备注”列没有带过来"])


def test_a_row_that_is_marked_out_at_every_level_is_a_record_and_no_clause(tmp_path: Path):
    rows = (
        ("4.1", "应有灯", "√", "√"),
        ("4.2", "可有画", "×", "否"),
        ("4.3", "应有窗", "×", ""),
        ("4.4", "应有门", "", ""),
    )
    catalog, found = read(_sheet(tmp_path / "表.xlsx", *rows))
    assert catalog is not None, found
    assert [(leaf.mark, sorted(leaf.levels)) for leaf in catalog.leaves()] == [
        ("4.1", ["基本级", "提高级"]),
        ("4.3", ["提高级"]),
        ("4.4", ["提高级"]),
    ]
    text = skeleton(catalog, "zh")
    assert compile_source(Source("t.guiju", text)).diagnostics == ()
    assert re.findall(r"^记录 not-encoded \S+ (.*)$", text, re.MULTILINE) == ['"4.2 可有画"']


def test_an_item_without_a_number_stays_where_it_is_for_those_behind_it_are_counted(tmp_path: Path):
    rows = (("4.1", "房间", "", ""), ("-", "应有灯", "√", "√"), ("-", "可有画", "×", "×"), ("-", "应有窗", "√", "√"))
    catalog, found = read(_sheet(tmp_path / "表.xlsx", *rows))
    assert catalog is not None, found
    assert [leaf.text for leaf in catalog.leaves()] == ["应有灯", "可有画", "应有窗"]
    (told,) = [u.why.zh for u in catalog.unread if "不计" in u.why.zh]
    assert "所以留下，归入最高一级，请核对" in told


def test_where_everything_is_marked_out_it_is_kept_and_told(tmp_path: Path):
    file = tmp_path / "standard.md"
    table = "| 章条 | 基本级 | 提高级 |\n| --- | --- | --- |\n" + "".join(
        f"| {c} | 否 | 否 |\n" for c in ("4.1", "4.2")
    )
    file.write_text(f"{DOCUMENT}\n{table}", encoding="utf-8")
    catalog, found = read(file)
    assert catalog is not None, found
    assert len(list(catalog.leaves())) == 5


def test_a_clause_that_counts_at_every_level(tmp_path: Path):
    from openpyxl import Workbook

    rows = [
        ("章条号", "技术要求", "级别"),
        ("4.1", "应有灯", "A 级"),
        ("4.2", "应有窗", "B 级"),
        ("4.3", "应有门", "全部"),
    ]
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "表.xlsx")
    catalog, found = read(tmp_path / "表.xlsx")
    assert catalog is not None, found
    counted = [
        (leaf.mark, [level.id for level in catalog.levels if level.id in leaf.levels]) for leaf in catalog.leaves()
    ]
    assert counted == [("4.1", ["A级", "B级"]), ("4.2", ["B级"]), ("4.3", ["A级", "B级"])]
