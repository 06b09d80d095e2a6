"""What `guiju format` leaves as it was typed, and what it brings into one form."""

from __future__ import annotations

import pytest

from guiju.dsl.formatter import format_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source


def formatted(text: str) -> str:
    document, mistakes = parse(Source("demo.guiju", text))
    assert not mistakes
    return format_document(document)


@pytest.mark.parametrize("comment", ["# y", "##y", "# # y", "#!x", "########", "## 第 1 步", "#"])
def test_a_comment_stays_as_it_was_typed(comment: str) -> None:
    text = f'{comment}\n标准 demo-1 "DEMO 1"  {comment}\n'
    assert formatted(text) == text


def test_a_comment_that_follows_its_sign_at_once_gets_a_space() -> None:
    assert formatted('＃说明\n标准 demo-1 "DEMO 1"\n') == '# 说明\n标准 demo-1 "DEMO 1"\n'


POLICY = """标准 demo-1 "DEMO 1"
分组 节
等级
  L1
  L2 别名 二级
各 节 得分
  {level} 须先 每个 节 在 L1 级 得 1
    1 否则
"""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("在 L2", "在 L2 级"), ("在 L2 级", "在 L2 级"), ("在 二级", "在 二级"), ("在 二级 级", "在 二级")],
)
def test_a_level_has_the_word_once(typed: str, printed: str) -> None:
    assert formatted(POLICY.format(level=typed)) == POLICY.format(level=printed)
