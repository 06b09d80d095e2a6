"""A text that is no policy: its first mistakes are told, the rest is not read, and no message is longer than a line."""

from __future__ import annotations

from guiju.dsl.diagnostic import LANGUAGES
from guiju.dsl.layout import MOST_LINES
from guiju.dsl.parser import MOST_MISTAKES, parse
from guiju.dsl.render import render
from guiju.dsl.source import Source
from guiju.library import compile_source

HEAD = '标准 demo-1 "DEMO 1"\n'


def test_of_ten_thousand_wrong_lines_the_first_are_told_and_that_there_are_more() -> None:
    found = compile_source(Source("junk.guiju", HEAD + "".join(f"乱七{n} 八糟\n" for n in range(10_000)))).diagnostics
    assert len(found) == MOST_MISTAKES + 1
    assert [d.code.name for d in found[-2:]] == ["unknown-line", "not-read-further"]
    assert render(found[-1], "zh").startswith("错误[not-read-further]：超过 200 个错误，其余没有读")


def test_no_more_lines_are_read_than_a_policy_can_have() -> None:
    found = parse(Source("long.guiju", HEAD + "# 空\n" * MOST_LINES))[1]
    assert [(d.code.name, d.span.position.line) for d in found] == [("not-read-further", MOST_LINES + 1)]


def test_a_message_repeats_the_beginning_and_the_end_of_a_long_name() -> None:
    (found,) = compile_source(Source("name.guiju", f"{HEAD}令 大 ＝ {'甲' * 19_000}\n")).diagnostics
    assert found.code.name == "unknown-name"
    for language in LANGUAGES:
        assert len(found.message(language)) < 200
        assert "甲甲…甲甲" in found.message(language)
