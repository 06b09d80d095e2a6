"""What `guiju format` leaves as it was typed, and what it brings into one form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.formatter import format_document
from guiju.dsl.literate_formatter import format_source
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


# --- comments ----------------------------------------------------------------------------------------------------

TOURS = [Path(__file__).with_name(f"tour.{language}.guiju").read_text("utf-8") for language in ("en", "zh")]
CANONICAL = [formatted("".join(line for line in tour.splitlines(True) if "#" not in line)) for tour in TOURS]


def depth(line: str) -> int:
    return (len(line) - len(line.lstrip())) // 2


@given(st.sampled_from(CANONICAL), st.data())
def test_a_comment_stays_at_what_it_is_said_of(text: str, data: st.DataObject) -> None:
    """Above a line, behind it, or set in further than the next line, at the end of what it stands below."""
    lines = text.splitlines()
    commented: list[str] = []
    last = -1  # the depth of the line before
    places = data.draw(st.sets(st.integers(0, len(lines)), min_size=1, max_size=8))
    for at, line in enumerate((*lines, "")):
        if at in places and (line or at == len(lines)):
            level = data.draw(st.integers(depth(line), max(depth(line), last + 1)))
            commented.append(f"{'  ' * level}# of its own {at}")
        if line and at in places and data.draw(st.booleans()):
            line += f"  # behind {at}"  # noqa: PLW2901 # the line as it is commented
        commented += [line] if at < len(lines) else []
        last = depth(line) if line else last
    typed = "\n".join(commented) + "\n"
    assert formatted(typed) == typed


HEAD = 'standard demo-1 "DEMO"\n'


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (  # what was typed below a fact goes with it, wherever it is put
            f"# a\nfact x : count\n    # b\n\n    # c\n\n# d\n{HEAD}",
            f"# d\n{HEAD}# a\nfact x : count\n  # b\n\n  # c\n",
        ),
        (
            f'{HEAD}fact x : one of a | b\n  guidance "x"  # 1\n    # 2\n  # 3\n  a  # 4\n',
            f'{HEAD}fact x : one of a | b\n  # 3\n  a  # 4\n  guidance "x"  # 1\n    # 2\n',
        ),
        (  # patches side by side are written one below the other
            f'{HEAD}reading r "R"\n  # 1\n  or b "B" : item lettered; clause 4 shall # 2\n      # 3\n',
            f'{HEAD}reading r "R"\n  # 1\n  or b "B" :\n    item lettered\n    clause 4 shall  # 2\n    # 3\n',
        ),
        (f"{HEAD}fact x : count\n\n  # 1\n\n  # 2\n# 3\n", f"{HEAD}fact x : count\n\n  # 1\n\n  # 2\n# 3\n"),
    ],
)
def test_what_is_put_elsewhere_takes_its_comments_along(typed: str, expected: str) -> None:
    document, _ = parse(Source("demo.guiju", typed))
    assert format_document(document) == expected
    again, _ = parse(Source("demo.guiju", expected))
    assert (again, format_document(again)) == (document, expected)


def test_the_last_comment_of_a_fence_stays_in_it() -> None:
    text = f"```guiju\n{HEAD}fact x : count\n  # 1\n```\n\ntext\n\n```guiju\nfact y : count\n  # 2\n# 3\n```\n"
    source = Source("demo.guiju.md", text)
    assert format_source(source, parse(source)[0]) == text


@pytest.mark.parametrize("tail", ["各级 = 占比 条款 满足", "= 占比 条款 满足"])
def test_a_named_score_of_each_group_may_have_its_name_first_in_chinese_too(tail: str) -> None:
    text = f'标准 demo-1 "DEMO 1"\n分组 section\n等级\n  L1\n{{head}} {tail}\n'
    first, usual = text.format(head="得分 points 属于 各 section"), text.format(head="各 section 得分 points")
    assert formatted(first) == formatted(usual)
