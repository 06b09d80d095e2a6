"""Several mistakes near each other: each is told once, also two on one line where the first shows how it is mended."""

from __future__ import annotations

import pytest

from guiju.dsl.parser import parse
from guiju.dsl.source import Source


def told(text: str) -> list[tuple[int, str]]:
    """Line and words of each mistake of a policy whose head and groups are sound."""
    head = 'standard demo-1 "DEMO 1"\ngroups domain > section\n'
    return [(d.span.position.line - 2, d.span.text) for d in parse(Source("text", head + text + "\n"))[1]]


@pytest.mark.parametrize(
    ("line", "mistakes"),
    [
        ("let x = 1 == A =< 2", ["==", "=<"]),
        ("let x = hours => 40 h annd speed == 1 TB/s", ["=>", "annd", "=="]),
        ("let x = hours == 1e6 h and staff =< 2", ["==", "1e6", "=<"]),
        ('fact: hours : h "Hours" citez 4.2 a)', [":", "citez"]),
        ("令 x ＝ 人数 ≥ 三人 并且 时长 =＜ 2 h", ["三人", "并且", "=＜"]),
        ("事实： 时长 ： h ： “时长” 依据： 4.2", ["：", "：", "："]),
        ("fact hours : h alias: x alias: y", [":", ":"]),
    ],
)
def test_a_line_is_read_on_behind_a_mistake_that_shows_what_was_meant(line: str, mistakes: list[str]) -> None:
    assert told(line) == [(1, mistake) for mistake in mistakes]


def test_a_colon_is_said_to_stand_behind_the_word_before_it() -> None:
    found = parse(Source("text", 'standard demo-1 "DEMO 1"\n事实：人数：个数：别名：人\n'))[1]
    assert [dict(d.arguments)["word"] for d in found] == ["事实", "个数", "别名"]


@pytest.mark.parametrize("line", ["let x = annd annd == 2", "let x = 2 ) == 3", "let x = 不少于2小时 == 3"])
def test_behind_a_mistake_that_is_not_understood_nothing_is_guessed(line: str) -> None:
    assert len(told(line)) == 1


@pytest.mark.parametrize(
    "marks", [("B)", "C)", "D)"), ("100)", "101)", "102)"), ("aa)", "ii)", "foo"), ("foo", "bar", "baz")]
)
def test_lines_that_nobody_knows_are_told_of_one_by_one(marks: tuple[str, ...]) -> None:
    items = "".join(f'\n    {mark} "Item" attested' for mark in marks)
    group = f'domain shop\n  section 4.1\n    a) "Staff" attested{items}'
    assert told(group) == [(i, mark) for i, mark in enumerate(marks, 4)]


def test_rows_beside_the_level_that_they_belong_below_are_one_mistake() -> None:
    level = "  at L1\n  2 when all clauses satisfied\n  0 otherwise"
    other = "  at L2\n    3 when all clauses satisfied\n    0 otherwise"
    row = (3, "2 when all clauses satisfied")
    assert told(f"score s\n{level}") == [row]
    assert told(f"score s\n{level}\n{other}") == [row]


@pytest.mark.parametrize(
    ("line", "mistakes"),
    [
        ('dom,ain shop "Shop"', ["dom,ain"]),
        ('dom|ain shop "Shop"', ["dom|ain"]),
        ('do,main shop "Shop" citez 4', ["do,main", "citez"]),
    ],
)
def test_a_sign_inside_the_name_of_a_kind_is_one_mistake(line: str, mistakes: list[str]) -> None:
    assert told(f'{line}\n  section 4.1\n    a) "Staff" attested') == [(1, mistake) for mistake in mistakes]


def test_the_groups_of_a_kind_that_no_line_declares_are_one_mistake() -> None:
    domains = "".join(f'domain d{i} "D"\n  section {i}.1\n    a) "Staff" attested\n' for i in (4, 5, 6))
    found = parse(Source("text", f'standard demo-1 "DEMO 1"\n{domains}'))[1]
    assert [(d.code.name, d.span.position.line) for d in found] == [("unknown-line", 2)]


def test_a_standard_without_its_word_is_one_mistake() -> None:
    found = parse(Source("text", 'demo-1 "DEMO 1"\n  title en "Demonstration"\nlevels\n  L1\n'))[1]
    assert [d.code.name for d in found] == ["no-standard-line"]


@pytest.mark.parametrize("stray", [": guidance", ":guidance", "guidance:"])
def test_a_stray_colon_at_a_property_is_one_mistake(stray: str) -> None:
    below = f'\n  {stray} "How" / "How"\n  evidence "Rota" / "Rota"'
    assert len(told(f"fact staff : count{below}")) == 1
    assert len(told(f"fact media : set of phone | mail{below}")) == 1


def test_a_line_moved_below_one_that_was_moved_to_the_margin_is_told_of_as_well() -> None:
    below = '  guidance "g"\n  evidence "e"\n'
    moved = f'fact b : count\n  guidance "g"\nevidence "e"\n  fact c : count\n{below}'
    text = f"fact a : count\n{below}{moved}fact d : count\n{below}"
    assert told(text) == [(6, 'evidence "e"'), (7, "fact c : count")]
