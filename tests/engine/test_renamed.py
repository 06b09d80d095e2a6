"""A name that a later edition changes is told once, beside what it really changes; another thing is never its new name."""

from __future__ import annotations

import pytest

from guiju.compiler.ir import Program
from guiju.desk.desk import Written, read_desk
from guiju.desk.rename import Renaming, rename
from guiju.desk.renamed_text import replaced
from guiju.dsl.source import Source
from guiju.engine.network import network_of
from guiju.engine.reasoning.editions.amendments import amendments
from guiju.engine.reasoning.editions.renamed import aligned
from guiju.library import compile_source
from guiju.report.revision import revision, revision_model

POLICY = """standard halls-{year} "HALLS—{year}"
groups wing alias 区 > room
levels
  L1 "一级" / "Basic"
  L2 "二级" / "Full"
input use : one of open | closed
fact light : lx "照度" / "Light on the tables"
fact noise : dB alias 噪声
fact media : set of phone | mail "渠道" / "Ways to reach staff"
wing east "东" / "East"
  room hall "大厅" / "Hall"
    clause h-1 "灯光" / "Light" light >= 300 lx
    clause h-2 "安静" / "Quiet" noise <= 50 dB applies when use = open
    a) "出口有标志" / "Exits are marked" attested
    b) "出口有照明" / "Doors are lit" phone in media
membership
  room | L1       | L2
  hall | h-1, h-2 | all
score pts of each room
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after pts at L1 >= 2
    3 when all clauses satisfied
    2 otherwise
score A at each level "总分" / "Total" = sum of pts over each room
grade result by A
  L2        | A at L2 >= 3
  L1        | A at L1 >= 2
  otherwise | none
"""


def edition(year: int, *changes: tuple[str, str]) -> Program:
    text = POLICY.format(year=year)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    loaded = compile_source(Source(f"{year}.guiju", text))
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics if d.is_error]
    return loaded.program


def told(before: Program, after: Program) -> list[tuple[str, str, str, str]]:
    """What is told but for the head, which says another year."""
    earlier, renamed = aligned(before, after)
    found = (*renamed, *amendments(earlier, after))
    return [(a.what, a.about, a.was, a.now) for a in found if a.about != after.id]


@pytest.mark.parametrize(
    ("old", "about"),
    [
        ("L1", "level"),
        ("L2", "level"),
        ("light", "fact"),
        ("noise", "fact"),
        ("media", "fact"),
        ("use", "input"),
        ("east", "group"),
        ("pts", "family"),
        ("A", "family"),
        ("result", "family"),
    ],
)
def test_a_name_that_is_changed_everywhere_is_told_once(old: str, about: str) -> None:
    text = POLICY.format(year=2027)
    desk = read_desk(Written("x.guiju", text))
    place = next(o for o in desk.occurrences if o.declares and o.span.text == old)
    found = rename(desk, place.span.start, "other_name")
    assert isinstance(found, Renaming)
    after = compile_source(Source("x.guiju", replaced(text, tuple((s, "other_name") for s in found.spans)))).program
    assert after is not None
    assert told(edition(2024), after) == [("renamed", f"{about}:other_name", old, "other_name")]


def test_what_changed_besides_is_told_beside_it() -> None:
    before, after = (
        edition(2024),
        edition(2027, ("L2", "Top"), ("300 lx", "500 lx"), ("fact light", "fact lux"), ("light >", "lux >")),
    )
    assert told(before, after) == [
        ("renamed", "level:Top", "L2", "Top"),
        ("renamed", "fact:lux", "light", "lux"),
        ("threshold", "clause:h-1", "300 lx", "500 lx"),
    ]
    (outcome,) = revision(before, after).agreements
    assert outcome.answer == "some"


def test_a_group_under_another_name_takes_the_numbers_of_its_clauses_along() -> None:
    after = edition(2027, ("room hall", "room lobby"), ("  hall |", "  lobby |"))
    assert told(edition(2024), after) == [
        ("renamed", "group:lobby", "hall", "lobby"),
        ("clause-renumbered", "clause:lobby.a", "hall a)", "lobby a)"),
        ("clause-renumbered", "clause:lobby.b", "hall b)", "lobby b)"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        (
            ("fact light : lx", "fact dust : lx"),
            ("照度", "亮度"),
            ("Light on the tables", "Dust"),
            ("light >", "dust >"),
            ("亮度", "尘"),
        ),
        (("fact light : lx", "fact light : m"), ("fact light", "fact reach"), ("light >= 300 lx", "reach >= 3 m")),
        (
            ("fact light", "fact lux"),
            ("light >= 300 lx", "noise <= 20 dB"),
            ("Light on the tables", "Lux"),
            ("照度", "勒"),
        ),
    ],
    ids=["another label", "another type", "not asked for as it was"],
)
def test_another_thing_is_no_new_name(changes: tuple[tuple[str, str], ...]) -> None:
    assert "renamed" not in {what for what, *_ in told(edition(2024), edition(2027, *changes))}


def test_levels_that_come_between_others_are_no_new_names() -> None:
    added = edition(
        2027,
        ('  L2 "二级" / "Full"', '  Lx "中级" / "Mid"\n  L2 "二级" / "Full"'),
        ("| L2\n", "| Lx | L2\n"),
        ("h-2 | all", "h-2 | h-1, h-2 | all"),
        ("  at L2 after", "  at Lx\n    2 otherwise\n  at L2 after"),
    )
    assert "renamed" not in {what for what, *_ in told(edition(2024), added)}


def test_what_is_called_otherwise_is_computed_as_it_was() -> None:
    before, after = (
        edition(2024),
        edition(2027, ("L2", "Top"), ("pts", "points"), ("fact light", "fact lux"), ("light >", "lux >")),
    )
    earlier, _ = aligned(before, after)
    assert list(network_of(earlier).at) == list(network_of(after).at)
    assert [len(network_of(p).nodes) for p in (before, earlier)] == [len(network_of(after).nodes)] * 2
    found = revision_model(revision(before, after), "en", ())
    assert [o.answer for o in found.outcomes] == ["same"]
    assert [c.sentence for c in found.changes if c.chapter == "renamed"] == [
        "Top Full, called L2 before",
        "lux Light on the tables, called light before",
        "points, called pts before",
    ]


# --- one name for two things ------------------------------------------------------------------------------------------

MARKED, LIT = '"出口有标志" / "Exits are marked"', '"出口有照明" / "Doors are lit"'


@pytest.mark.parametrize(
    ("changes", "doubtful"),
    [
        (
            (("Exits are marked", "All doors are lit"), ("Doors are lit", "All exits are marked")),
            [],
        ),  # the Chinese stays
        (
            (
                (MARKED, "?"),
                (LIT, '"各出口有标志" / "All exits are marked"'),
                ("?", '"各出口有照明" / "All doors are lit"'),
            ),
            ["a", "b"],
        ),
        (((MARKED, '"门卫" / "Guards"'),), ["a"]),
        (((MARKED, '"各出口有标志" / "All exits are marked"'),), []),
        ((('"照度" / "Light on the tables"', '"声音" / "Sound"'),), ["light"]),
        ((('"照度" / "Light on the tables"', '"桌面照度" / "Light on all tables"'),), []),
    ],
    ids=["half in other words", "swapped", "another one", "in other words", "another fact", "a fact in other words"],
)
def test_what_may_be_something_else_is_never_told_as_words(
    changes: tuple[tuple[str, str], ...], doubtful: list[str]
) -> None:
    found = told(edition(2024), edition(2024, *changes))
    assert [about.split(".")[-1].split(":")[-1] for what, about, *_ in found if what == "meaning"] == doubtful
    assert all(about.split(".")[-1] not in doubtful for what, about, *_ in found if what == "wording")


def test_what_it_was_is_told_with_it() -> None:
    found = revision(edition(2024), edition(2024, (MARKED, '"门卫" / "Guards"')))
    sentences = [
        [c.sentence for c in revision_model(found, lang, ()).changes if c.what == "meaning"] for lang in ("zh", "en")
    ]
    assert sentences == [
        ["hall a) 门卫：原为“出口有标志”，所指可能不同"],
        ["hall a) Guards: it was “Exits are marked” before, which may be something else"],
    ]


def test_a_level_is_known_under_its_label_though_a_clause_went() -> None:
    text = """standard demo-{year} "DEMO—{year}"
groups section
levels
  L1
  {top} "Best"
section 1
  a) "x" attested
  b) "y" attested
{gone}membership
  section | L1 | {top}
  1 | a) | all
score S at each level = share of clauses satisfied
grade level by S
  L1 | S = 100%
  {top} | S = 100%
  otherwise | none
"""
    editions = [
        compile_source(Source(f"{year}.guiju", text.format(year=year, top=top, gone=gone))).program
        for year, top, gone in ((2024, "L3", '  c) "z" attested\n'), (2027, "Best", ""))
    ]
    assert editions[0] is not None
    assert editions[1] is not None
    assert told(editions[0], editions[1]) == [
        ("renamed", "level:Best", "L3", "Best"),
        ("clause-removed", "clause:1.c", "Best", ""),
    ]


# --- levels among others, readings and their options ------------------------------------------------------------------

READINGS = """standard demo-{year} "DEMO—{year}"
groups section
levels
  初级 "初级"
  高级
fact doors : count
section 4.1
  a) "Doors" doors >= 90
  b) "Signs" attested
membership
  section | 初级 | 高级
  4.1     | a)   | all
score S at each level = share of clauses satisfied
grade level by S
  高级      | S = 100%
  初级      | S = 100%
  otherwise | none
reading more "Whether 90 counts"
  default 含 "It counts": nothing changes
  or 不含 "It does not": clause 4.1 a) requires doors > 90
"""


def read_as(year: int, *changes: tuple[str, str]) -> Program:
    text = READINGS.format(year=year)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    program = compile_source(Source(f"{year}.guiju", text)).program
    assert program is not None
    return program


@pytest.mark.parametrize(
    ("changes", "renamed"),
    [
        ((("default 含", "default 包含"),), ("option:more/包含", "含", "包含")),
        ((('default 含 "It counts"', "default 包含"), ('"It does not"', '"No"')), ("option:more/包含", "含", "包含")),
        ((("reading more", "reading at-90"),), ("reading:at-90", "more", "at-90")),
        ((("reading more", "reading at-90"), ("Whether 90", "If 90 itself")), ("reading:at-90", "more", "at-90")),
    ],
    ids=["a label", "an effect", "a reading", "a reading by its effects"],
)
def test_readings_and_their_options_are_known_under_other_names(
    changes: tuple[tuple[str, str], ...], renamed: tuple[str, str, str]
) -> None:
    before = read_as(2024)
    found = told(before, read_as(2027, *changes))
    assert ("renamed", *renamed) in found
    assert {what for what, *_ in found} <= {"renamed", "wording"}
    assert [o.answer for o in revision(before, read_as(2027, *changes)).agreements] == ["same"]


def test_the_other_name_of_an_option_hides_no_threshold() -> None:
    found = told(read_as(2024), read_as(2027, ("default 含", "default 包含"), (">= 90", ">= 92")))
    assert found == [
        ("renamed", "option:more/包含", "含", "包含"),
        ("threshold", "clause:4.1.a", "90", "92"),
    ]


def test_another_option_in_its_place_is_told_with_what_stood_there() -> None:
    found = told(read_as(2024), read_as(2027, ('default 含 "It counts"', 'default 包含 "More"'), (">= 90", ">= 92")))
    assert found == [
        ("condition", "clause:4.1.a", "含: doors >= 90 | 不含: doors > 90", "包含: doors >= 92 | 不含: doors > 90"),
        ("reading-default", "reading:more", "含", "包含"),
        ("reading", "reading:more", "含 | 不含", "包含 | 不含"),
    ]


def test_a_level_is_known_under_its_label_though_another_one_came() -> None:
    after = read_as(
        2027,
        ('  初级 "初级"\n  高级', '  低级 "初级"\n  高级\n  顶级'),
        ("| 初级 | 高级", "| 低级 | 高级 | 顶级"),
        ("| all", "| all | all"),
        ("  初级      | S", "  低级      | S"),
        ("  高级      | S", "  顶级      | S at 顶级 = 100%\n  高级      | S"),
    )
    found = told(read_as(2024), after)
    assert found[0] == ("renamed", "level:低级", "初级", "低级")
    assert [a for a in found if a[1] in ("level:低级", "level:初级")] == found[:1]
    assert ("declaration", "level:顶级", "", "") in found
