"""Laws of a text that is being typed: what is kept of the text before changes nothing that is told of it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.desk.colours import colours
from guiju.desk.completion import completion
from guiju.desk.context import typed_word
from guiju.desk.desk import Written, read_desk
from guiju.desk.first import told_at_once
from guiju.desk.folding import folds
from guiju.desk.hints import hints
from guiju.desk.hover import hover
from guiju.desk.lenses import lenses
from guiju.desk.navigation import definition, references
from guiju.desk.outline import outline
from guiju.desk.rename import Refusal, Renaming, renamable, rename
from guiju.desk.renamed_text import replaced
from guiju.desk.things import Occurrence
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.kept import KeptLines
from guiju.dsl.layout import LONGEST
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.library import load
from guiju.lookup import findings
from tests.patience import no_blow_up

POLICY = """standard demo-1 "DEMO 1"
groups section alias 节
levels
  L1 alias 一级 "一级" / "One"
  L2
input service : one of shop | web
  shop alias 门店 "门店" / "Shop"
fact staff : count alias 人手
fact hours : h
  guidance "开门时间" / "Opening hours"
let long = hours > 40 h # a comment
section 4.1 "门店" / "Shop"
  a) "人手" / "Staff" staff >= 3
  b) shall "多种" / "More"
    1) long or service = shop
    2) attested
membership
  section | L1 | L2
  4.1 | a) | a), b) 1)~2)
score of each section
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after every section scores 2 at L1
    3 when 4.1 a) satisfied and share of new clauses satisfied > 50%
    0 otherwise
score A at each level = mean of score over each section
grade level by A
  L1 | A = 2
  L2 | A = 3
  otherwise | none
"""
#: what people type: pieces of the language, of numbers and of Chinese, and the middle of words
_PIECES = (
    " ",
    "\n",
    "\t",
    "  ",
    "a)",
    "1)",
    '"',
    "“",
    "|",
    "~",
    ">=",
    "=",
    "(",
    "and",
    "or",
    "staff",
    "人手",
    "L2",
    "5",
    "#",
)
_PASTED = (
    "fact more : h\n",
    "  c) attested\n",
    "section 4.2\n  a) staff > 1\n",
    "let big = staff > 50\n",
    "  4.2 | a) | all\n",
)
_edits = st.lists(
    st.tuples(
        st.integers(0, len(POLICY)), st.integers(0, 12), st.sampled_from((*_PIECES, *_PASTED, "", "", "x", "stuff"))
    ),
    min_size=1,
    max_size=4,
)


def texts_while_typing(edits: list[tuple[int, int, str]]) -> list[str]:
    """The text after each edit: a place, how many characters go, and what comes; the last one takes all back."""
    found = [POLICY]
    for place, length, typed in edits:
        text = found[-1]
        at = min(place, len(text))
        found.append(text[:at] + typed + text[at + length :])
    return [*found, POLICY]


def as_told(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, int, str | None, str]]:
    return [(d.code.name, d.span.start, d.span.end, d.suggestion, d.message("zh") + d.help("en")) for d in found]


@given(_edits)
@settings(max_examples=10)
def test_kept_lines_are_read_as_if_they_were_new(edits: list[tuple[int, int, str]]):
    kept = KeptLines()
    for text in texts_while_typing(edits):
        source = Source("demo.guiju", text)
        document, mistakes = parse(source, kept.reader())
        anew, found = parse(source)
        assert document == anew
        assert as_told(mistakes) == as_told(found)
        assert repr_of_spans(document) == repr_of_spans(anew)


def repr_of_spans(document: object) -> list[tuple[int, int]]:
    """The place of every node, in the order in which they lie in the tree."""
    from guiju.compiler.walk import nodes
    from guiju.dsl.tree import Document

    assert isinstance(document, Document)
    return [(n.span.start, n.span.end) for n in nodes(document)]


@given(edits=_edits)
@settings(max_examples=8)
def test_what_is_told_in_the_end_is_what_check_tells(edits: list[tuple[int, int, str]], tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("typed")
    kept, desk = KeptLines(), None
    for number, text in enumerate(texts_while_typing(edits)[1:-1]):
        path = folder / f"{number}.guiju"
        written = Written(str(path), text, folder)
        told_at_once(written, kept, desk)
        desk = read_desk(written, kept)
        path.write_bytes(text.encode("utf-8"))
        assert as_told(desk.diagnostics) == as_told(findings(load(str(path))))


@given(st.sampled_from(("staff", "人手", "hours", "long", "L1", "一级", "shop", "A", "level", "section")), st.data())
@settings(max_examples=20)
def test_a_renaming_changes_names_and_nothing_else(word: str, data: st.DataObject):
    places = [i for i in range(len(POLICY)) if POLICY.startswith(word, i)]
    offset = data.draw(st.sampled_from(places))
    name = data.draw(st.sampled_from(("staff", "L2", "小店", "new_name", "all", "2x")))
    desk = read_desk(Written("demo.guiju", POLICY))
    found = rename(desk, offset, name)
    if isinstance(found, Refusal):
        assert found.reason.zh != found.reason.en
        return
    assert isinstance(found, Renaming)
    after = read_desk(Written("demo.guiju", replaced(POLICY, tuple((span, name) for span in found.spans))))
    assert {span.text for span in found.spans} == {desk.at(offset)[0].span.text}
    assert len(after.diagnostics) == len(desk.diagnostics)
    assert len(after.program.definitions) == len(desk.program.definitions)  # type: ignore[union-attr]


@given(_edits, st.data())
@settings(max_examples=25)
def test_whatever_is_typed_every_question_has_an_answer(edits: list[tuple[int, int, str]], data: st.DataObject):
    """And no two colours lie over each other, and nothing is offered or shown outside the text."""
    text = data.draw(st.sampled_from(texts_while_typing(edits)[1:]))
    name = data.draw(st.sampled_from(("demo.guiju", "demo.guiju.md")))
    desk = read_desk(Written(name, text if name == "demo.guiju" else f"Prose.\n\n```guiju\n{text}```\n"))
    whole = desk.source.text
    for offset in data.draw(st.lists(st.integers(0, len(whole)), min_size=4, max_size=4)):
        offered = completion(desk, offset, "zh", ["shop"])
        assert offered.span.end == offset
        told = hover(desk, offset, "zh")
        assert told is None or told[1].start <= offset <= told[1].end
        assert all(span.text for span in (*definition(desk, offset), *references(desk, offset)))
        assert isinstance(renamable(desk, offset), Refusal | Occurrence)
    seen = colours(desk)
    assert all(one.end <= other.start for one, other in pairwise(seen))
    assert all("\n" not in whole[colour.start : colour.end] for colour in seen)
    assert all(0 <= hint.offset <= len(whole) for hint in hints(desk, "en"))
    assert [lens.name for lens in lenses(desk, {})] == []
    if desk.document is not None:
        assert all(fold.first < fold.last for fold in folds(desk.document))
        assert all(entry.span.start <= entry.head.start for entry in outline(desk.document, "en"))


def test_a_diagnostic_of_a_line_that_stayed_is_told_at_once_where_the_line_is_now():
    kept = KeptLines()
    doubtful = POLICY.replace('  a) "人手" / "Staff" staff >= 3', '  a) "人手" / "Staff" staff >= 3\n  d) attested')
    before = read_desk(Written("demo.guiju", doubtful), kept)
    assert "clause-in-no-level" in [d.code.name for d in before.diagnostics]
    typed = Written("demo.guiju", "# a line more\n" + doubtful)
    told = told_at_once(typed, kept, before)
    assert as_told(told) == as_told(read_desk(typed, kept).diagnostics)


EXAMPLE = """standard demo-2 "DEMO 2"
groups part
part 1
  a) "x" attested
reading how "How"
  default loose "Loose" : nothing changes
  or strict "Strict" : clause 1 a) shall
example "e"
  given reading {reading} = {option}
  expect 1 a) unknown
"""


def test_a_reading_or_an_option_that_nothing_declares_is_spoken_of_nowhere():
    """As while its name is being typed: of what is not there nothing can be shown."""
    for reading, option, known in (
        ("how", "strict", (True, True)),
        ("how", "stri", (True, False)),
        ("h", "s", (False,) * 2),
    ):
        text = EXAMPLE.format(reading=reading, option=option)
        desk = read_desk(Written("demo.guiju", text))
        start = text.index("given reading") + len("given reading ")
        places = (start, start + len(reading) + 3)
        assert tuple(hover(desk, place, "zh") is not None for place in places) == known


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("kWh/m2", "3 600 000 J/m2"),
        ("MJ/m2", "1 000 000 J/m2"),
        ("Ah", "1 000 mAh"),
        ("mg/kg", "0.001 g/kg"),
        ("kW", "1 000 W"),
    ],
)
def test_every_unit_is_told_of_though_none_of_its_kind_is_the_coherent_one(unit: str, said: str) -> None:
    text = f'standard demo-1 "DEMO 1"\ngroups section\nfact x : {unit}\nsection 4.1\n  a) "x" x <= 5 {unit}\n'
    told = hover(read_desk(Written("made", text)), text.rindex(unit), "en")
    assert told is not None
    assert said in told[0]


@given(st.text(alphabet="a1.+-_ 照:|é", max_size=12))
def test_what_is_being_typed_is_the_longest_name_or_number_that_a_line_ends_with(line: str) -> None:
    ends = (line[at:] for at in range(len(line) + 1))
    longest = next(end for end in ends if re.fullmatch(r"(?:[^\W\d][\w.+-]*|\d[\w.]*)?", end))
    assert typed_word(line) == longest


@pytest.mark.parametrize("n", [LONGEST - 100, 10 * LONGEST])
@pytest.mark.parametrize("line", ["{}", '  b) "{}" staff > ', "fact x : {}", "let x = {}"])
@pytest.mark.parametrize("sign", ["x", "1", "1-", "-", "1."])
def test_a_place_behind_a_very_long_word_is_answered_as_soon_as_any_other(n: int, line: str, sign: str) -> None:
    head = 'standard demo-1 "DEMO 1"\ngroups section\nfact staff : count\nsection 4.1\n  a) "x" staff > 2\n'
    text = head + line.format(sign * (n // len(sign)))
    desk = read_desk(Written("made", text))
    with no_blow_up():  # it was a minute for half as many signs, where each was the beginning of a search
        completion(desk, len(text), "en")
