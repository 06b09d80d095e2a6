"""What an input method types: full-width throughout, with no space beside punctuation, on every kind of line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.dsl.tree import Document

TOUR = (Path(__file__).parent / "tour.zh.guiju").read_text("utf-8")
HEAD = '标准 demo-1 "示例"\n分组 节\n'
_WIDE = str.maketrans('/%()~,:;|=<>+"', "／％（）～，：；｜＝＜＞＋＂")
_TEXT = re.compile(r'("[^"]*")')
_SPACED = re.compile(r" *([／％（）～，、：；｜＝＜＞＋－≥≤×÷“”]) *")


def typed(line: str) -> str:
    """A line as an input method gives it."""
    said = line.lstrip(" ")
    parts = (f"“{p[1:-1]}”" if p[:1] == '"' else p.translate(_WIDE) for p in _TEXT.split(said))
    dashed = re.sub("^— ", "——", "".join(parts))
    texts = re.split("(“[^”]*”)", dashed)
    tight = "".join(t if t[:1] == "“" else _SPACED.sub(r"\1", t) for t in texts)
    return "\u3000" * ((len(line) - len(said)) // 2) + re.sub(" *(“[^”]*”) *", r"\1", tight)


def sound(text: str) -> Document:
    document, mistakes = parse(Source("text", text))
    assert not mistakes, [(d.code.name, d.span.position.line, d.span.text) for d in mistakes]
    return document


def test_no_line_needs_a_space_beside_its_punctuation() -> None:
    plain = "\n".join(line for line in TOUR.split("\n") if not line.startswith("#"))
    text = "\n".join(map(typed, plain.split("\n")))
    assert "否则｜无" in text
    assert "——应“第一项”／“First item”查验" in text
    assert sound(text) == sound(plain)


@pytest.mark.parametrize(
    ("plain", "short"),
    [
        ("等级 依据 表 3, 图 2, 页 7", "等级 依据 表3、图2、页7"),
        ("等级 依据 附录 A, 6.1 a) 注 1, 公式 2", "等级 依据 附录A，6.1 a）注1，公式2"),
        ('节 4.1\n  a) "x" 查验 适用 当 甲 > 1', "节 4.1\n　a）“x”查验 适用当 甲＞1"),
        ("得分 总分 恰有 一行\n  1 当 (甲 > 1)\n  0 否则", "得分 总分 恰有一行\n　1 当（甲＞1）\n　0 否则"),
        (
            "得分 总分\n  在 L2 须先 每个 节 得 2 在 L1 否则 沿用 L1\n    1 否则",
            "得分 总分\n　在 L2 须先 每个 节 得 2 在 L1 否则沿用 L1\n　　1 否则",
        ),
        ('节 4.1\n  - "x" 查验\n  - 查验', "节 4.1\n　—“x”查验\n　——查验"),
    ],
)
def test_what_is_printed_without_a_space_is_typed_without_one(plain: str, short: str) -> None:
    assert sound(HEAD + plain + "\n") == sound(HEAD + short + "\n")
