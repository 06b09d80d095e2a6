"""The documents of `cases/documents.md`, and sheets and folders made here: what policy comes of them, what is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from guiju.dsl.source import Source
from guiju.intake.membership import counted
from guiju.intake.read import read
from guiju.intake.scaffold import scaffold
from guiju.intake.skeleton import skeleton
from guiju.library import compile_source

CASES = (Path(__file__).parent / "cases" / "documents.md").read_text(encoding="utf-8")
_CASE = re.compile(
    r"^## (?P<name>.+?)\n\n```text\n(?P<text>.*?)```\n\n```guiju\n(?P<policy>.*?)```\n\n```told\n(?P<told>.*?)```",
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in _CASE.finditer(CASES)])
def test_a_written_standard(case: re.Match[str], tmp_path: Path):
    file = tmp_path / "standard.txt"
    file.write_text(case["text"], encoding="utf-8")
    catalog, found = read(file)
    assert catalog is not None, found
    text = skeleton(catalog, "en")
    groups = text[text.index("\nchapter ") + 1 : text.index("\nscore conformity")]
    assert re.sub(r"\n\n+", "\n", groups) == case["policy"]
    told = [f"{u.reason}: {u.why.en}" for u in catalog.unread]
    assert told == [re.sub(r"(?<=choice: )[a-z]\) (?=several)", "", line) for line in case["told"].splitlines()]
    assert compile_source(Source("standard.guiju", text)).diagnostics == ()


def _workbook(path: Path, rows: Sequence[tuple[object, ...]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def test_a_sheet_with_a_column_of_levels(tmp_path: Path):
    rows = [
        ("评估表",),
        ("编号", "名称", "要求", "级别", "备注"),
        ("4.1", "人员", None, None, None),
        ("a)", "培训", "应每年培训", "一级", "去年"),
        ("b)", "考核", "宜考核", "二级", None),
        ("c)", "着装", "宜统一着装", None, None),
        (None, "签名", None, None, None),
    ]
    catalog, found = read(_workbook(tmp_path / "表.xlsx", rows))
    assert catalog is not None, found
    assert [level.id for level in catalog.levels] == ["一级", "二级"]
    assert [(c.mark, c.title, c.modality, sorted(c.levels)) for c in catalog.leaves()] == [
        ("a)", "培训", "shall", ["一级", "二级"]),
        ("b)", "考核", "should", ["二级"]),
        ("c)", "着装", "should", []),
    ]
    assert [(u.place, u.reason) for u in catalog.unread] == [
        ("Sheet", "aside"),  # the column 备注
        ("Sheet!7", "unnumbered"),
        ("表.xlsx", "choice"),  # how levels are ordered
        ("表.xlsx", "choice"),  # what counts at one counts at the higher ones
        ("Sheet!6", "choice"),  # no level: the highest
    ]
    assert compile_source(Source("t.guiju", skeleton(catalog, "zh"))).diagnostics == ()


def test_limits_in_a_column_that_is_none_of_a_list_are_records(tmp_path: Path):
    rows = [
        ("照度应每年测量", None, None),
        ("编号", "要求", "限值"),
        ("4.1", "照度应足够", "不低于 300 lx"),
        ("4.2", "门应打开", "见图"),
    ]
    catalog, found = read(_workbook(tmp_path / "x.xlsx", rows))
    assert catalog is not None, found
    assert [(u.place, u.quote, u.reason) for u in catalog.unread] == [
        ("Sheet", "限值", "aside"),
        ("Sheet!1", "照度应每年测量", "unclear"),
        ("Sheet!C3", "4.1 不低于 300 lx", "unclear"),
    ]


def test_a_number_is_what_its_cell_shows(tmp_path: Path):
    from openpyxl import load_workbook

    path = _workbook(tmp_path / "numbers.xlsx", [("编号", "要求"), (4.9, "应有灯"), (4.1, "应有窗")])
    book = load_workbook(path)
    book.worksheets[0]["A3"].number_format = "0.00"
    book.save(path)
    catalog, _ = read(path)
    assert catalog is not None
    assert [leaf.mark for leaf in catalog.leaves()] == ["4.9", "4.10"]


def test_a_sheet_with_ticks_under_each_level(tmp_path: Path):
    rows = [
        ("Number", "Requirement", "L1", "L2", "Owner"),
        ("A.5.1", "Policies shall be approved.", "x", "x", "CISO"),
        ("A.5.2", "Roles shall be assigned.", None, "x", "HR"),
    ]
    catalog, found = read(_workbook(tmp_path / "annex.xlsx", rows))
    assert catalog is not None, found
    text = skeleton(catalog, "en")
    assert "  list    | A.5.1 | all\n" in text
    assert compile_source(Source("t.guiju", text)).diagnostics == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"{}", b"\xff\xfe\x00"])
@pytest.mark.parametrize("end", [".json", ".xlsx", ".docx", ".md", ".txt", ".pdf"])
def test_a_file_that_holds_no_requirements_is_told(data: bytes, end: str, tmp_path: Path):
    file = tmp_path / f"x{end}"
    file.write_bytes(data)
    catalog, found = read(file)
    assert catalog is None
    assert any(d.is_error for d in found)


@pytest.mark.parametrize("title", ["阅览室服务", "Reading rooms"])
def test_a_new_standard_compiles_and_is_in_canonical_form(title: str):
    from guiju.dsl.formatter import format_document
    from guiju.dsl.parser import parse

    for language in ("zh", "en"):
        policy = scaffold("room-1", title, language)[0]
        assert compile_source(Source(policy.name, policy.text)).diagnostics == ()
        document, _ = parse(Source(policy.name, policy.text))
        assert document is not None
        assert format_document(document, language) == policy.text


#: what OSCAL requires of a catalog and a profile besides their parts
HEAD = """"uuid": "5a", "metadata": {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1",
    "oscal-version": "1.1.2"}"""
CATALOG = """{"catalog": {HEAD, "groups": [{"id": "ac", "title": "AC", "controls": [
 {"id": "ac-1", "title": "One", "parts": [
  {"name": "statement", "prose": "The organization shall:", "parts": [{"name": "item", "prose": "do A."}]},
  {"name": "statement", "prose": "It may do B."}]},
 {"id": "ac-2", "title": "Two", "parts": [{"name": "statement", "prose": "Do C."}]},
 {"id": "ac-3", "title": "Three", "parts": [{"name": "statement", "prose": "Do D."}]}]}]}}""".replace("HEAD", HEAD)
LOW = '{"profile": {"imports": [{"href": "c.json", "include-controls": [{"with-ids": ["ac-1"]}]}]}}'
HIGH = """{"profile": {"imports": [{"href": "LOW.json", "include-all": {}},
 {"href": "c.json", "include-controls": [{"with-ids": ["ac-3"]}], "exclude-controls": [{"with-ids": ["ac-1"]}]}]}}"""


def test_every_statement_counts_and_a_profile_may_stand_on_another(tmp_path: Path):
    for name, text in {"c.json": CATALOG, "LOW.json": LOW, "HIGH.json": HIGH}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    catalog, found = read(tmp_path / "c.json", (("LOW", tmp_path / "LOW.json"), ("HIGH", tmp_path / "HIGH.json")))
    assert catalog is not None, found
    assert [(c.text, c.modality, sorted(c.levels)) for c in catalog.leaves()] == [
        ("do A.", "shall", ["HIGH", "LOW"]),
        ("It may do B.", "may", ["HIGH", "LOW"]),
        ("Do C.", None, []),
        ("Do D.", None, ["HIGH"]),
    ]


def test_a_lead_stays_where_it_says_more_than_who_acts_and_labels_that_cannot_stand_are_told(tmp_path: Path):
    items = '"parts": [{"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "do A.", "parts": [%s]}]'
    inner = (
        '{"name": "item", "prose": "do A1."},'
        ' {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "do A2."}'
    )
    prose = {
        "ac-1": "The owner shall:",
        "ac-2": "The owner shall keep no keys unless:",
        "ac-3": "The owner keeps keys",  # leads to nothing
        "ac-4": "Within 24 hours the owner:",
    }
    controls = ",".join(
        f'{{"id": "{id_}", "title": "T", "parts": [{{"name": "statement", "prose": "{said}", {items % inner}}}]}}'
        for id_, said in prose.items()
    )
    text = f'{{"catalog": {{{HEAD}, "controls": [{controls}]}}}}'
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    catalog, found = read(tmp_path / "c.json")
    assert catalog is not None, found
    assert [entry.text for entry in catalog.entries] == ["", prose["ac-2"], "", prose["ac-4"]]
    assert [entry.children[0].text for entry in catalog.entries] == ["do A.", "do A.", prose["ac-3"], "do A."]
    assert [leaf.modality for leaf in catalog.leaves()] == ["shall"] * 4 + [None] * 5
    told = [u.why.en.partition(":")[0] for u in catalog.unread]
    beside = "`a.` cannot number the item here (it is that of one beside it, the sort above it, or not known)"
    assert told == [beside] * 4 + ["1 leads name no more than who acts"]
    policy = skeleton(catalog, "en")
    assert f'"T — {prose["ac-2"]}"' in policy
    assert compile_source(Source("t.guiju", policy)).diagnostics == ()


def _profile(href: str, chosen: str = '"include-all": {}', more: str = "") -> str:
    return f'{{"profile": {{{HEAD}, "imports": [{{"href": "{href}", {chosen}}}]{more}}}}}'


ONE = _profile("c.json", '"include-controls": [{"with-ids": ["ac-1"]}]')
BACK = ', "back-matter": {"resources": [{"uuid": "3f", "rlinks": [{"href": "one.json"}]}]}'
NEITHER = "neither the catalog given nor a profile given or beside it; taken for the catalog, to be checked"


@pytest.mark.parametrize(
    ("files", "chosen", "told"),
    [
        ({"p.json": _profile("one.json"), "one.json": ONE}, 2, []),  # beside it, and not given
        ({"p.json": _profile("#3f", more=BACK), "one.json": ONE}, 2, []),
        ({"p.json": _profile("q.json"), "q.json": _profile("one.json"), "one.json": ONE}, 2, []),
        ({"p.json": _profile("http://example.invalid/x.json")}, 4, [f"it imports `x.json`, which is {NEITHER}"]),
        ({"p.json": _profile("p.json")}, None, ["p.json → p.json"]),
        ({"p.json": _profile("q.json"), "q.json": _profile("p.json")}, None, ["p.json → q.json → p.json"]),
        ({"p.json": _profile("q.json"), "q.json": _profile("q.json")}, None, ["q.json → q.json"]),
    ],
)
def test_what_a_profile_stands_on_is_read_or_told(
    files: dict[str, str], chosen: int | None, told: list[str], tmp_path: Path
):
    for name, text in {"c.json": CATALOG, **files}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    catalog, found = read(tmp_path / "c.json", (("P", tmp_path / "p.json"),))
    if catalog is None:
        rings = [f"these profiles import one another in a ring: {ring}" for ring in told]
        assert (chosen, [d.message("en") for d in found]) == (None, rings)
        return
    assert counted(catalog, "P") == chosen
    assert [level.id for level in catalog.levels] == (["P"] if chosen == 4 else ["P", "whole"])
    assert [u.why.en for u in catalog.unread if u.reason != "aside"] == told


@pytest.mark.parametrize(
    ("met", "asked", "ranked", "told"),
    [
        (("优良级", "合格级"), "", ("合格级", "优良级"), "等级按这些名称通常的次序"),
        (("High", "Low", "Moderate"), "", ("Low", "Moderate", "High"), "等级按这些名称通常的次序"),
        (("增强要求", "基本要求"), "", ("基本要求", "增强要求"), "等级按这些名称通常的次序"),
        (("二级", "一级"), "", ("一级", "二级"), "等级按名称里的数字"),
        (("银杏", "白杨"), "", ("银杏", "白杨"), "等级名称里没有数字："),  # in the order of the sheet
        (("高级", "核心"), "", ("高级", "核心"), "等级名称里没有数字："),  # on no scale together
        (("银杏", "L1"), "", ("银杏", "L1"), "等级名称里有的没有数字："),
        (("银杏", "白杨"), "白杨,银杏", ("白杨", "银杏"), None),
        (("二级", "一级"), "二级,一级", ("二级", "一级"), None),
    ],
)
def test_the_order_of_levels(
    met: tuple[str, ...], asked: str, ranked: tuple[str, ...], told: str | None, tmp_path: Path
):
    rows = [("编号", "要求", "级别"), *((f"4.{n}", "应有灯", level) for n, level in enumerate(met, 1))]
    catalog, found = read(_workbook(tmp_path / "表.xlsx", rows), order=tuple(filter(None, asked.split(","))))
    assert catalog is not None, found
    assert tuple(level.id for level in catalog.levels) == ranked
    why = [u.why.zh for u in catalog.unread if u.quote == ", ".join(ranked) and "一条只写了" not in u.why.zh]
    assert [sentence.startswith(told or "") for sentence in why] == ([True] if told else [])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("L1",), "the levels of the document are L1, L2, and --levels has L1"),
        (("L1", "L3"), "the levels of the document are L1, L2, and --levels has L1, L3"),
    ],
)
def test_levels_that_the_document_does_not_have(asked: tuple[str, ...], message: str, tmp_path: Path):
    rows = [("number", "text", "level"), ("1", "shall do", "L1"), ("2", "shall do", "L2")]
    catalog, found = read(_workbook(tmp_path / "x.xlsx", rows), order=asked)
    assert catalog is None
    assert [d.message("en") for d in found] == [message]


def test_a_level_in_full_width_is_the_same_and_true_is_no_number(tmp_path: Path):
    rows = [
        ("number", "text", "level"),
        ("4.1", "shall do A", "Ｌ１"),
        ("4.2", "shall do B", "L１"),
        ("4.3", "shall do C", "L1"),
        (True, "shall do D", "L1"),
    ]
    catalog, found = read(_workbook(tmp_path / "x.xlsx", rows))
    assert catalog is not None, found
    assert [level.id for level in catalog.levels] == ["L1"]
    assert counted(catalog, "L1") == 3
    assert ("true shall do D L1", "unnumbered") in [(u.quote, u.reason) for u in catalog.unread]


@pytest.mark.parametrize(
    ("head", "ticks", "membership_", "told"),
    [
        (("Ｌ１", "Ｌ２", "Ｌ３"), ("Ｙ", "－", "Ｎ"), {"L1": 1, "L2": 2, "L3": 3}, []),
        (("L1", "L2", "L3以上"), ("√", "", ""), {"L1": 1, "L2": 2, "L3": 3}, ["L3以上"]),
        (("L1", "L2 and above", "L3"), ("√", "", ""), {"L1": 1, "L2": 2, "L3": 3}, ["L2 and above"]),
        (("L1", "L2以下", "L3"), ("√", "", ""), {"L1": 1, "L2以下": 2, "L3": 3}, ["L2以下"]),
    ],
)
def test_columns_of_levels_in_full_width_or_of_several_are_read_or_told(
    head: tuple[str, ...], ticks: tuple[str, ...], membership_: dict[str, int], told: list[str], tmp_path: Path
):
    yes, no, none = ticks
    rows = [
        ("ＩＤ", "内容", *head),
        ("4.1", "门应能关", yes, yes, yes),
        ("4.2", "灯应亮", no, yes, none if head[1] == "L2 and above" else yes),
        ("4.3", "应有门卫", none, no, yes),
    ]
    catalog, found = read(_workbook(tmp_path / "x.xlsx", rows))
    assert catalog is not None, found
    assert {level.id: counted(catalog, level.id) for level in catalog.levels} == membership_
    assert [u.quote for u in catalog.unread if u.reason == "choice" and u.place == "Sheet"] == told


def test_a_verb_alone_asks_for_nothing_and_is_told(tmp_path: Path):
    rows = [("number", "title", "text"), ("4.1", None, "shall"), ("4.2", "Lamps", "shall"), ("4.3", None, "shall do C")]
    catalog, found = read(_workbook(tmp_path / "x.xlsx", rows))
    assert catalog is not None, found
    assert [entry.mark for entry in catalog.leaves()] == ["4.2", "4.3"]
    assert [(u.quote, u.why.en) for u in catalog.unread if u.reason == "unclear"] == [
        ("4.1 shall", "a modal verb alone, which asks for nothing; not carried over")
    ]


def test_profiles_stand_in_the_order_asked_for(tmp_path: Path):
    for name, text in {"c.json": CATALOG, "LOW.json": LOW, "HIGH.json": HIGH}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    profiles = (("HIGH", tmp_path / "HIGH.json"), ("LOW", tmp_path / "LOW.json"))
    catalog, found = read(tmp_path / "c.json", profiles, ("LOW", "HIGH"))
    assert catalog is not None, found
    assert [level.id for level in catalog.levels] == ["LOW", "HIGH", "whole"]


def test_a_list_in_the_lines_of_one_cell_is_one_of_items(tmp_path: Path):
    """It ran together to one clause, `有 1) 门 2) 窗`, and nothing was told."""
    from openpyxl import Workbook

    book = Workbook()
    rows = (
        ("编号", "内容"),
        ("4.1", "房间应有\n1) 门\n2、窗，\n不漏风"),
        ("4.2", "应干净\n且明亮"),
        ("4.3", "场地：\na) 应平整；\nb) 宜有灯。"),
    )
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "list.xlsx")
    catalog, found = read(tmp_path / "list.xlsx")
    assert catalog is not None, found
    assert [(leaf.mark, leaf.modality, leaf.text) for leaf in catalog.leaves()] == [
        ("1)", "shall", "门"),
        ("2)", "shall", "窗， 不漏风"),
        ("4.2", "shall", "应干净 且明亮"),
        ("a)", "shall", "应平整；"),
        ("b)", "should", "宜有灯。"),
    ]


def test_a_number_with_the_marks_of_its_items_in_one_cell(tmp_path: Path):
    rows = [
        ("编号", "要求"),
        ("4.1", "人员"),  # asks for nothing: the title of its items
        ("4.1 a)", "应持证"),
        ("4.1 b)", "应佩戴："),
        ("4.1 b) 1)", "标识"),
        ("4.2a)", "宜设休息区"),
        ("4.3", None),
    ]
    catalog, found = read(_workbook(tmp_path / "表.xlsx", rows))
    assert catalog is not None, found
    policy = compile_source(Source("t.guiju", skeleton(catalog, "zh"))).program
    assert policy is not None
    assert [c.printed for c in policy.items()] == ["4.1 a)", "4.1 b) 1)", "4.2 a)"]
    assert [(u.place, u.reason, u.why.zh) for u in catalog.unread] == [
        ("Sheet!6", "choice", "“4.2”没有单独的一行，为它的列项立了一组"),
        ("Sheet!7", "unclear", "只有编号，没有内容，没有带过来"),
    ]


UNCERTAIN = "表 1 looks like what counts at each level, but `{cell}` in its row `{row}` is not certain: it was not read as levels"
TABLE = """3 等级
表 1 各级包括的条款

条款\t合格级\t优良级
4.1\ta)、b)\t√
4.2\ta)\ta)~b)
5\t●\t●

4 服务
4.1 人员
a) 服务人员应持证；
b) 服务人员应佩戴标识；
c) 每班应有两人。
4.2 场所
a) 应设休息区；
b) 宜设饮水处。
5 投诉
a) 应有投诉电话。
"""


@pytest.mark.parametrize(
    ("change", "levels", "told"),
    [
        (("", ""), {"合格级": 4, "优良级": 6}, "表 1 was read as what counts at each level; to be checked"),
        (
            ("4.2\ta)\t", "4.2\ta) 和 b)\t"),
            {},
            UNCERTAIN.format(row="4.2 a) 和 b) a)~b)", cell="a) 和 b)"),
        ),
        (
            ("4.2\ta)\t", "4.2\td)\t"),  # an item that is not there
            {},
            UNCERTAIN.format(row="4.2 d) a)~b)", cell="d)"),
        ),
    ],
)
def test_a_printed_table_of_levels(change: tuple[str, str], levels: dict[str, int], told: str, tmp_path: Path):
    (tmp_path / "s.txt").write_text(TABLE.replace(*change) if change[0] else TABLE, encoding="utf-8")
    catalog, found = read(tmp_path / "s.txt")
    assert catalog is not None, found
    assert {level.id: counted(catalog, level.id) for level in catalog.levels} == levels
    assert told in [u.why.en for u in catalog.unread]
    text = skeleton(catalog, "zh")
    assert "章 5 " in text  # a chapter with items, and no section outside a chapter
    assert compile_source(Source("t.guiju", text)).diagnostics == ()


def test_a_profile_that_says_nothing_of_what_it_includes_takes_all_and_is_told(tmp_path: Path):
    (tmp_path / "c.json").write_text(CATALOG, encoding="utf-8")
    but_one = _profile("c.json", '"exclude-controls": [{"with-ids": ["ac-1"]}]')
    (tmp_path / "p.json").write_text(but_one, encoding="utf-8")
    catalog, found = read(tmp_path / "c.json", (("LOW", tmp_path / "p.json"),))
    assert catalog is not None, found
    assert [sorted(leaf.levels) for leaf in catalog.leaves()] == [[], [], ["LOW"], ["LOW"]]
    assert [u.why.en for u in catalog.unread if u.reason != "aside"] == [
        "it names neither include-all nor include-controls: taken for all, as OSCAL resolves it; to be checked"
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_ends_its_last_line(language: str, tmp_path: Path):
    (tmp_path / "s.txt").write_text(TABLE, encoding="utf-8")
    call = ["import", str(tmp_path / "s.txt"), "-o", str(tmp_path / "s.guiju"), "--lang", language]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0
    assert result.stdout.endswith("\n")
    assert not result.stdout.endswith("\n\n")


def test_a_list_that_word_or_markdown_numbers_is_one_of_items(tmp_path: Path):
    text = "# T\n\n## 4 要求\n\n### 4.1 供电\n\n1. 应双路供电；\n2. 应设发电机：\n   - 应有油箱；\n   - 宜有油表。\n3. 可用绿电。\n"
    (tmp_path / "t.md").write_text(
        f"{text}\n### 4.2 制冷\n\n- 应有风道；\n- 应有阀：\n  1. 一只；\n  2. 备用。\n", encoding="utf-8"
    )
    catalog, found = read(tmp_path / "t.md")
    assert catalog is not None, found
    policy = compile_source(Source("t.guiju", skeleton(catalog, "zh"))).program
    assert policy is not None
    printed = ["4.1 1)", "4.1 2)-1", "4.1 2)-2", "4.1 3)", "4.2-1", "4.2-2 1)", "4.2-2 2)"]
    assert [c.printed for c in policy.items()] == printed


def test_items_set_in_stand_below_those_that_are_not(tmp_path: Path):
    text = "# T\n\n## 4 T\n\n### 4.1 Ways\n\n- exits\n  - width\n    - of doors\n  - height\n- stairs\n\n### 4.2 Lists\n\n1. one\n   1. inner\n   2. more\n2. two\n- a dash\na) a letter\n"
    (tmp_path / "t.md").write_text(text, encoding="utf-8")
    catalog, found = read(tmp_path / "t.md")
    assert catalog is not None, found
    program = compile_source(Source("t.guiju", skeleton(catalog, "en"))).program
    assert program is not None
    printed = [clause.printed for clause in program.items()]
    assert printed == ["4.1-1-1-1", "4.1-1-2", "4.1-2", "4.2 1)-1", "4.2 1)-2", "4.2 2)-1", "4.2 2) a)"]
    assert [u.quote for u in catalog.unread if u.reason == "choice" and "own kind" in u.why.en] == [
        "1) inner",
        "2) more",
    ]


def test_what_stands_beside_the_text_of_a_word_file_is_told(tmp_path: Path):
    import docx
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    words = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = f"<w:footnotes {words}><w:footnote w:id='2'><w:p><w:r><w:t>至少 3 把。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    document = docx.Document()
    document.add_heading("4 门", 1)
    document.add_heading("4.1 锁", 2)
    item = document.add_paragraph("a) 应有钥匙")
    item._p.append(parse_xml(f"<w:r {words}><w:footnoteReference w:id='2'/></w:r>"))
    item._p.append(parse_xml(f"<w:r {words}><w:drawing/></w:r>"))
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", note.encode(), package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    document.save(str(tmp_path / "t.docx"))
    catalog, found = read(tmp_path / "t.docx")
    assert catalog is not None, found
    assert [leaf.text for leaf in catalog.leaves()] == ["应有钥匙⁽²⁾"]
    assert [(u.quote, u.reason, u.why.en) for u in catalog.unread] == [
        (
            "(2) 至少 3 把。",
            "unclear",
            "a footnote with numbers or limits and without a modal verb, which may be required",
        ),
        ("[]", "aside", "a picture was not read; what it shows is in no clause"),
        (
            "应有钥匙⁽²⁾",
            "choice",
            "`⁽²⁾` looks like the mark of a footnote, which is in no clause; to be checked",
        ),
    ]


def test_a_title_page_without_styles_and_chapters_in_their_order(tmp_path: Path):
    page = "DB99/T 1—2026\n\n地方标准\n\n观光船服务要求\n\n2026-01-01 发布\n\n"
    body = "## 4 船\n\na) 应有救生衣。\n\n## 5 等级\n\n各级应符合表 1。\n\n### 6.1 船员\n\n6.1.1 船员应持证。\n"
    (tmp_path / "t.md").write_text(page + body, encoding="utf-8")
    catalog, found = read(tmp_path / "t.md")
    assert catalog is not None, found
    assert (catalog.designation, catalog.title) == ("DB99/T 1—2026", "观光船服务要求")
    assert "没有标题样式：把第一行像标题的文字作名称，请核对" in [u.why.zh for u in catalog.unread]
    policy = compile_source(Source("t.guiju", skeleton(catalog, "zh"))).program
    assert policy is not None
    assert [c.printed for c in policy.items()] == ["4 a)", "5-1", "6.1.1"]
