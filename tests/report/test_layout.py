"""Tables and lists for a terminal."""

from __future__ import annotations

import pytest

from guiju.report.layout import apart, folded, list_text, listed, table


def test_one_long_cell_does_not_push_the_other_rows_apart() -> None:
    rows = [("clause", "label", "why"), ("4.1", "负载" * 60, "missing"), ("4.2", "报告", "missing")]
    assert list(table(rows)) == [
        "clause  label  why",
        f"4.1     {'负载' * 60}  missing",
        "4.2     报告   missing",
    ]


@pytest.mark.parametrize(
    ("names", "en", "zh"),
    [
        (["Safe", "Fast"], "Safe, Fast", "Safe, Fast"),
        (["Safe, sound", "Fast"], "Safe, sound; Fast", "Safe, sound；Fast"),
        (["安全，可靠", "快"], "安全，可靠; 快", "安全，可靠；快"),
        (["安全、可靠", "快"], "安全、可靠, 快", "安全、可靠, 快"),
        (["Safe, sound; well", "Fast"], "Safe, sound; well | Fast", "Safe, sound; well | Fast"),
        (["Safe, sound"], "Safe, sound", "Safe, sound"),
        ([], "", ""),
    ],
)
def test_what_stands_between_names_is_in_none_of_them(names: list[str], en: str, zh: str) -> None:
    assert (list_text(names, "en"), list_text(names, "zh")) == (en, zh)


def test_a_list_on_several_lines_has_one_separator() -> None:
    names = ["Safe, " + "sound" * 12, "Fast", "甲" * 40]
    assert list(listed("  ", names, "en")) == [f"  {names[0]}; Fast;", f"  {names[2]}"]
    assert list(listed("  ", names, "zh")) == [f"  {names[0]}；Fast；", f"  {names[2]}"]


def test_a_list_with_semicolons_is_broken_behind_one_in_both_languages() -> None:
    names = ["甲，" + "乙" * 30, "丙" * 30]
    assert folded(list_text(names, "zh"), 80) == [f"{names[0]}；", names[1]]
    assert folded(list_text(names, "en"), 80) == [f"{names[0]};", names[1]]


def test_a_latin_name_stands_apart_from_a_chinese_character_before_it() -> None:
    assert f"因{apart('way = far', 'zh')}" == "因 way = far"
    assert f"因{apart('不满足的 6.1 a)', 'zh')}" == "因不满足的 6.1 a)"
    assert f"by {apart('way = far', 'en')}" == "by way = far"
