"""Law: whatever the numbers of the lines are, each line is in the policy or told, and the policy compiles."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from guiju.dsl.source import Source
from guiju.intake.catalog import Catalog, Entry, Level
from guiju.intake.membership import with_higher
from guiju.intake.outline import Line, kinds_of, outline
from guiju.intake.skeleton import skeleton
from guiju.library import compile_source

NUMBERS = st.sampled_from(
    [
        "4",
        "4.1",
        "4.1.1",
        "4.2",
        "5",
        "5.1.2",
        "AC-2",
        "AC-2(1)",
        "A.5",
        "at",
        "a)",
        "b)",
        "1)",
        "2)",
        "（2）",
        "——",
        "?",
        "",
    ]
)
WORDS = st.sampled_from(["", "应备份", "can be read", 'says "no"', "宜" * 60, "shall / should", "# x", "1 | 2", "“引”"])
LEVELS = (Level("L1", ("低",)), Level("L2", ("高",)))


@st.composite
def documents(draw: st.DrawFn) -> list[Line]:
    rows = draw(st.lists(st.tuples(NUMBERS, WORDS, WORDS, st.sets(st.sampled_from(["L1", "L2"]))), max_size=9))
    return [Line(n, title, f"#{i} {text}", str(i), frozenset(at)) for i, (n, title, text, at) in enumerate(rows)]


def _rows(*numbers: str, at: str = "L1") -> list[Line]:
    return [Line(n, "", f"#{i} ", str(i), frozenset({at} if i % 3 == 0 else ())) for i, n in enumerate(numbers)]


@given(documents(), st.booleans())
@example(_rows("4.1", "1)", "4.1.1"), False)  # an item and a number of one name
@example(_rows("4.1.1", "4.1", "1)"), False)
@example(_rows("4", "a)", "——", "——"), True)  # dash items below a letter, of which a level has one
def test_every_line_is_in_the_policy_or_told(lines: list[Line], levelled: bool):
    entries, unread = outline(lines, "list")
    told = {entry.place for entry in unread}
    if entries:
        levels = LEVELS if levelled else ()
        catalog = Catalog("x", "X", "X", "", kinds_of(entries), entries, levels, unread)
        text = skeleton(with_higher(catalog) if levelled else catalog, "en")
        errors = [d for d in compile_source(Source("x.guiju", text)).diagnostics if d.is_error]
        assert not errors, (text, [str(d.span) + d.message("en") for d in errors])
        told |= {line.place for line in lines if f"#{line.place}" in text}
    headings = {e.place for e in _groups(entries)}
    assert {line.place for line in lines} <= told | headings


def _groups(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        if entry.is_group:
            yield entry
            yield from _groups(entry.children)
