"""Laws of lint: it answers for any input, mending changes the quoted places alone, and a second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.draft.lint import chosen, lint, mended
from guiju.draft.markdown import markdown_lines
from guiju.draft.read import draft_of_bytes, draft_of_text, read_draft
from guiju.dsl.render import render
from tests.patience import no_blow_up

ALL = chosen(every=True)
#: pieces of drafts: what the rules look for, and what stands around it
PIECES = (
    *(
        "1 范围",
        "2 规范性引用文件",
        "3 术语和定义",
        "3.1",
        "门闩 bolt",
        "目 次",
        "5 门锁",
        "5.1 锁体",
        "附 录 A",
        "表 1 尺寸",
        "锁舌\t30 mm",
    ),
    *(
        "a) 应光滑,没有毛刺；",
        "b) 应应有编号。",
        "——应有",
        "- 1) 见 5.2 a)～c)",
        "注：应防锈",
        "GB/T 12345-2020",
        "本标准",
        "本文件规定了",
    ),
    *(
        "# Scope",
        "| a | b |",
        "must",
        "of the the lock",
        "over 50 N",
        "（见图 2",
        "（1）",
        "、",
        "，",
        ",",
        "；",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\f",
        "```",
    ),
)
drafts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)
NAMES = st.sampled_from(("draft.md", "draft.txt"))


@given(NAMES, drafts)
def test_any_text_gives_findings_that_can_be_printed_and_point_into_it(name: str, text: str):
    draft = draft_of_text(name, text)
    for finding in lint(draft, ALL):
        span = finding.diagnostic.span
        assert 0 <= span.start <= span.end <= len(text)
        assert render(finding.diagnostic, "zh")
        assert render(finding.diagnostic, "en")


@given(NAMES, st.binary(max_size=200))
def test_any_bytes_give_findings_or_say_why_not(name: str, data: bytes):
    draft, diagnostics = draft_of_bytes(name, data)
    assert (draft is None) == any(d.is_error for d in diagnostics)
    if draft is not None:
        lint(draft, ALL)


@given(NAMES, drafts)
def test_mending_changes_the_places_of_edits_and_nothing_else(name: str, text: str):
    draft = draft_of_text(name, text)
    findings = lint(draft, ALL)
    edits = sorted({(e.span.start, e.span.end) for f in findings for e in f.edits})
    after, done = mended(draft, findings)
    assert (after == text) or done
    rest, at = [], 0
    for start, end in edits:
        rest.append(text[at : max(at, start)])
        at = max(at, end)
    rest.append(text[at:])
    place = 0
    for piece in rest:
        found = after.find(piece, place)
        assert found >= 0
        place = found + len(piece)


@given(NAMES, drafts)
def test_mending_twice_is_mending_until_nothing_is_left(name: str, text: str):
    """What is mended has no edit of the same rule left; three rounds are enough for any pile of doubles drawn here."""
    for _ in range(6):
        draft = draft_of_text(name, text)
        text, done = mended(draft, lint(draft, ALL))
        if not done:
            break
    draft = draft_of_text(name, text)
    assert mended(draft, lint(draft, ALL)) == (text, 0)


def test_a_hundred_pages_are_linted(tmp_path: Path):
    page = "\n\n".join(
        f"{{chapter}}.{n} 部件{n}\n\n部件{n}的要求包含：\n\na) 应光滑，寿命不少于 {n + 1} 000 次，且应有编号；\n\n"
        f"b) 宜用铜制（见 {{chapter}}.{n} a)），供应方应提供 2 种以上的说明；\n\n——应用于门；"
        + "门锁、钥匙、门闩和门框的安装、使用与维护。"
        * 12
        for n in range(1, 6)
    )
    path = tmp_path / "long.txt"
    path.write_text("1 范围\n\n本文件规定了门。\n\n" + "\n\n".join(
        f"{chapter} 门{chapter}\n\n" + page.replace("{chapter}", str(chapter)) for chapter in range(2, 100)
    ), "utf-8")  # fmt: skip
    with no_blow_up():
        draft, _ = read_draft(path)
        assert draft is not None
        assert len(draft.source.text) > 100 * 1000
        assert len(lint(draft, ALL)) > 100


@pytest.mark.parametrize(("first", "code"), [(b"%PDF-1.7", "not-a-draft"), (b"\xd0\xcf\x11\xe0", "not-a-draft")])
def test_a_file_of_another_kind_is_named(tmp_path: Path, first: bytes, code: str):
    path = tmp_path / "draft"
    path.write_bytes(first + b"\n\xff\xfe")
    draft, diagnostics = read_draft(path)
    assert draft is None
    assert [d.code.name for d in diagnostics] == [code]


@pytest.mark.parametrize("unit", ["门", "a", "](", "表 1", "a 1\n", " ", "（"])
def test_a_text_of_one_thing_over_and_over_takes_no_longer_than_others(unit: str):
    """No rule and no reader goes back over what it has seen: that would take minutes here."""
    with no_blow_up():
        for name in ("draft.txt", "draft.md"):
            lint(draft_of_text(name, f"1 范围\n\n{unit * (20_000 // len(unit))}"), ALL)


def test_a_block_of_code_ends_with_its_own_signs_alone() -> None:
    """A sign with a word behind it begins a block and ends none, as in a policy in Markdown."""
    text = "甲\n\n~~~text\n```\n乙\n~~~\n\n丙\n\n```\n```text\n丁\n``\n````\n\n戊\n"
    assert [line.flat.text for line in markdown_lines(text) if line.flat.text] == ["甲", "丙", "戊"]
