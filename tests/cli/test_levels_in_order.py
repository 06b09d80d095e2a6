"""Levels are told from the lowest to the highest, whatever comes first among their letters; scores by Chinese names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main

POLICY = """标准 demo-1 "示范 1"
  状态 草案
分组 节
等级
  一级
  二级
  三级
事实 人手 : 个数
节 4.1.2 "门店"
  a) "甲" 人手 >= 3
  b) "乙" 查验
归属
  节 | 一级 | 二级 | 三级
  4.1.2 | a) | 全部 | 全部
得分 属于 各 节 各级 = 占比 条款 满足
得分 A 各级 = 平均 得分 于 各 节
定级 结论 按 A
  三级 | A 在 三级 >= 100%
  二级 | A 在 二级 >= 50%
  一级 | A 在 一级 >= 0%
  否则 | 无
"""
CASES = """guiju: cases/1
standard: demo-1
cases:
  - case: 甲一
    unverified: 手算
    facts: {人手: 4}
    expect: {"得分:4.1.2@一级": 100%, "score:4.1.2@一级": 100%, 4.1.2@一级: 100%}
  - case: 甲二
    unverified: 手算
    facts: {人手: 4}
    expect: {结论: 一级}
  - case: 甲三
    unverified: 手算
    facts: {}
    expect: {结论: [三级, 一级, 二级]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases").mkdir()
    (tmp_path / "demo.guiju").write_text(POLICY, encoding="utf-8")
    (tmp_path / "cases" / "c.yaml").write_text(CASES, encoding="utf-8")
    (tmp_path / "e.yaml").write_text("guiju: evidence/1\nsubject: 甲\nfacts: {}\n", encoding="utf-8")
    return tmp_path


def said(folder: Path, command: str, *more: str) -> str:
    evidence = () if command == "test" else (str(folder / "e.yaml"),)
    result = CliRunner().invoke(main, [command, str(folder / "demo.guiju"), *evidence, *more, "--lang", "zh"])
    assert result.exit_code in (0, 1, 3), result.stderr
    return result.stdout + result.stderr


@pytest.mark.parametrize("command", ["evaluate", "explain"])
def test_what_an_outcome_can_be_stands_in_the_order_of_its_levels(folder: Path, command: str) -> None:
    told = said(folder, command)
    assert "一级 | 二级 | 三级" in told
    assert "一级 | 三级" not in told


def test_so_does_what_an_example_comes_to(folder: Path) -> None:
    told = said(folder, "test")
    assert "得出  二级 | 三级" in told
    assert "3 个示例：2 个相符，1 个不符" in told, "every name of a score is one"


def test_a_score_is_explained_by_its_chinese_name(folder: Path) -> None:
    named = [said(folder, "explain", name) for name in ("得分:4.1.2@一级", "score:4.1.2@一级", "4.1.2@一级")]
    assert named[0] == named[1] == named[2]
    assert "4.1.2@一级 门店" in named[0]


def test_what_is_offered_for_a_name_that_is_none_has_no_english_in_it(folder: Path) -> None:
    (folder / "cases" / "c.yaml").write_text(CASES.replace("得分:4.1.2@", "得分:4.1.3@"), encoding="utf-8")
    told = said(folder, "test")
    assert "是不是想写“4.1.2@一级”？" in told
