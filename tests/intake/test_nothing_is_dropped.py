"""Law: whatever the numbers of the lines are, each line is in the policy or told, and the policy compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guiju.dsl.source import Source
from guiju.intake.catalog import Catalog, Entry, Level
from guiju.intake.membership import with_higher
from guiju.intake.outline import Line, kinds_of, outline
from guiju.intake.read import read
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


#: what may stand in a line of Markdown, and what a reader sees of it
PIECES = (
    *(
        (said, said)
        for said in ("2*3 m", "3*10^6 kg±5*2", "5 <t and t> 3 s", "不低于 300 lx", "is 5 mm", "https://a.b/c_d")
    ),
    *(
        (said, said)
        for said in ("应备份", "shall be kept", "may be red", "the staff:", "应：", "a*", "x|y", "must go", "注")
    ),
    *(
        ("at `12` c", "at 12 c"),
        ("`TLS 1.3`", "TLS 1.3"),
        ("**5** m", "5 m"),
        ("[x](https://a.b/c)", "x (https://a.b/c)"),
    ),
    *(("a &lt; 4", "a < 4"), ("3 <b>big</b>", "3 big"), ("$x_1*2$", "$x_1*2$"), ("10<sup>6</sup>", "10⁶")),
)
BEGINNINGS = (
    *(
        "## 4 ",
        "## 4.1 ",
        "### 4.1.1 ",
        "### 4.2 ",
        "4.3 ",
        "# ",
        "### ",
        "a) ",
        "b) ",
        "   1) ",
        "   2) ",
        "- ",
        "  - ",
    ),
    *(
        "——",
        "① ",
        "1. ",
        "   1. ",
        "",
        "",
        "NOTE: ",
        "注：",
        "Table 1 ",
        "> ",
        "| ",
        "[^1]: ",
        "```\n",
        "<!-- ",
        "A.1 ",
        "* ",
    ),
)
#: the same of a document as it is printed
MARKS = (
    *("4 ", "4.1 ", "4.1.1 ", "4.2 ", "5 ", "a) ", "b) ", "1) ", "2) ", "- ", "——", "① ", "1. ", "a. ", "", ""),
    *("注：", "表 1 ", "附录A ", "NOTE ", "图 1 ", "第五章 ", "一、", "\t", "A\t"),
)
WRITTEN = (
    *("2*3 m", "不低于 300 lx", "应备份", "shall be kept", "the staff:", "应：", "x|y", "must go", "注", "见 5.2"),
    *("https://a.b/c_d", "says 'no'", "A. B shall. C is 5", "宜" * 80),
)
ENDS = {"| ": " | z |", "```\n": "\n```", "<!-- ": " -->"}


@st.composite
def markdown(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A document, and what a reader sees of each line, from a word on that no other line has."""
    lines = draw(st.lists(st.tuples(st.sampled_from(BEGINNINGS), st.sampled_from(PIECES), st.booleans()), max_size=9))
    written, seen = ["## 4 Room", "", "a) shall be kept", ""], list[str]()
    for n, (begins, (says, shows), is_last) in enumerate(lines):
        written += (f"{begins}word{n} {says}{ENDS.get(begins, '')}", *("",) * is_last)
        is_plain = begins.startswith(("```", "<!--"))
        seen.append(f"word{n} {says if is_plain else shows}")
    return "\n".join(written), seen


@given(markdown())
def test_every_sign_of_markdown_is_in_the_policy_or_told(drawn: tuple[str, list[str]]):
    text, seen = drawn
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.md"
        file.write_text(text, encoding="utf-8")
        assert _dropped(file, seen) == []


@st.composite
def printed(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """The lines of a document as it is printed, and what of each is its own."""
    lines = draw(st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(WRITTEN), st.booleans()), max_size=9))
    paragraphs = ["4 房间", "4.1 门", "a) 应关；"]
    for n, (mark, said, is_last) in enumerate(lines):
        paragraphs += (f"{mark}word{n} {said}", *("",) * is_last)
    return paragraphs, [f"word{n} {said}" for n, (_, said, _) in enumerate(lines)]


@given(printed())
def test_every_sign_of_a_text_is_in_the_policy_or_told(drawn: tuple[list[str], list[str]]):
    paragraphs, seen = drawn
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.txt"
        file.write_text("\n".join(paragraphs), encoding="utf-8")
        assert _dropped(file, seen) == []


@given(printed())
@settings(max_examples=25)  # a file of Word takes longer to make than to read
def test_every_sign_of_a_word_file_is_in_the_policy_or_told(drawn: tuple[list[str], list[str]]):
    import docx

    paragraphs, seen = drawn
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.docx"
        document.save(str(file))
        assert _dropped(file, seen) == []


def _dropped(file: Path, seen: list[str]) -> list[str]:
    """The lines that are neither in the policy, which compiles, nor told."""
    catalog, found = read(file)
    assert catalog is not None, found
    policy = skeleton(catalog, "en")
    assert not [d.message("en") for d in compile_source(Source("x.guiju", policy)).diagnostics if d.is_error], policy
    said = _squeezed(" ".join((policy, *(f"{u.quote} {u.why.en}" for u in catalog.unread))))
    return [line for line in seen if _squeezed(line) not in said]


def _squeezed(text: str) -> str:
    """A text without blanks and what may end a label."""
    return re.sub(r"[\s|:：]", "", text)
