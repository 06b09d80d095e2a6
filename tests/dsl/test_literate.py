"""Markdown with a policy in it: what is read of it, where that stands, and what formatting leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.dsl.diagnostic import LANGUAGES, Diagnostic
from guiju.dsl.formatter import format_document
from guiju.dsl.literate import only_policy
from guiju.dsl.literate_formatter import format_markdown
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.library import compile_source
from tests.dsl.test_laws import CHINESE, ENGLISH

MISTAKEN = (Path(__file__).parent / "cases" / "clauses.md").read_text("utf-8")
PROSE = st.sampled_from(
    (
        "The shops are in town.",
        'standard other "DEMO 2"\nfact 人数 : count',
        "```text\nlevels\n  L9\n```",
        "~~~ yaml\n```guiju\nfact inside_another_block : count\n```\n~~~",
        "<!-- not yet:\n```guiju\nfact commented_out : count\n```\n-->",
        "`guiju` and ```guiju``` in a line\n\n| a | b |\n| - | - |",
        "    ```text\n    indented\n    ```\n",
    )
)
FENCES = st.tuples(
    st.sampled_from(("```", "````", "~~~")), st.sampled_from(("", " ", "   ")), st.sampled_from(("\n", "\r\n"))
)


@st.composite
def interwoven(draw: st.DrawFn, text: str) -> str:
    """A policy, cut at some of its blank lines into fences, with prose between them."""
    pieces = [""]
    for part in re.split(r"(?<=\n)\n", text):
        pieces = [*pieces, part] if draw(st.booleans()) else [*pieces[:-1], f"{pieces[-1]}\n{part}"]
    said = [draw(PROSE)]
    for piece in pieces:
        sign, indent, ended = draw(FENCES)
        lines = (f"{sign}guiju", *piece.rstrip("\n").split("\n"), sign)
        said += (ended.join(f"{indent}{line}" for line in lines), draw(PROSE))
    return "\n\n".join(said)


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, str, str]]:
    """What is said of a text, whatever the lines are called."""
    return [(d.code.name, d.message("zh"), d.span.text) for d in found]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=LANGUAGES[::-1])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_a_policy_in_markdown_says_what_it_says_by_itself(text: str, data: st.DataObject) -> None:
    plain, mixed = Source("demo.guiju", text), Source("demo.md", data.draw(interwoven(text)))
    expected, found = compile_source(plain), compile_source(mixed)
    assert found.document == expected.document
    assert told(found.diagnostics) == told(expected.diagnostics)
    assert (found.program is None) == (expected.program is None)


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_formatting_changes_the_fences_and_no_other_byte(data: st.DataObject) -> None:
    mixed = data.draw(interwoven(data.draw(st.sampled_from((ENGLISH, CHINESE)))))
    language = data.draw(st.sampled_from((None, *LANGUAGES)))
    formatted = format_markdown(mixed, language)
    assert prose_of(formatted) == prose_of(mixed)
    assert format_markdown(formatted, language) == formatted
    read = parse(Source("demo.md", formatted))
    assert read[1] == ()
    plain = parse(Source("demo.guiju", format_document(parse(Source("demo.md", mixed))[0], language)))[0]
    assert read[0] == plain


def prose_of(text: str) -> str:
    """A slow and obvious way to leave the fences out: line by line, as a reader would."""
    kept, inside, other = [], "", ""
    for line in text.splitlines(keepends=True):
        sign = line.strip()
        if inside:
            inside = "" if sign == inside else inside
        elif other:
            other = "" if sign == other else other
        elif re.fullmatch(r" {0,3}(```+|~~~+)guiju\s*", line):
            inside = sign.removesuffix("guiju")
        elif sign == "<!-- not yet:":
            other = "-->"
        elif sign == "~~~ yaml":
            other = "~~~"
        if not inside:
            kept.append(line)
    return "".join(kept)


@pytest.mark.parametrize(
    ("html", "is_read"),
    [
        ("<pre>\n\n{}\n\n</pre>", False),
        ('  <PRE class="x">shown\n{}\nto here </Pre> and on', False),
        ("<textarea\n>\n{}\n</textarea>", False),
        ("<!-- later\n{}\n-->", False),
        ("<pre>shown</pre>\n{}", True),
        ("<preface>\n\n{}\n\n</preface>", True),
        ("<pre>\nshown\n</pre>\n{}", True),
        ("    <pre>\n\n{}", True),
    ],
)
def test_a_fence_in_html_that_is_shown_as_it_stands_is_no_policy(html: str, is_read: bool) -> None:
    text = html.format("```guiju\nfact staff : count\n```")
    assert ("fact staff" in only_policy(text)) == is_read
    document, mistakes = parse(
        Source("demo.md", f'```guiju\nstandard demo-1 "D"\n```\n\n{text}\n\n```guiju\nfact hours : h\n```\n')
    )
    assert mistakes == ()
    assert len(document.declarations) == 1 + is_read


def test_what_points_into_a_policy_points_into_the_markdown() -> None:
    text = '# Shops\n\n  ```guiju\n  standard demo-1 "DEMO 1"\n  fact staff : count\n  ```\n\n人数：\n\n```guiju\nlet large = staff > 50\n```\n'
    document, mistakes = parse(Source("demo.md", text))
    assert mistakes == ()
    assert [(str(d.span), d.span.text) for d in document.declarations] == [
        ("demo.md:5:3", "fact staff : count"),
        ("demo.md:11:1", "let large = staff > 50"),
    ]


@given(st.text(alphabet="`~ \n\r>guiju-<!#", max_size=80))
def test_whatever_the_markdown_places_stay_and_nothing_raises(text: str) -> None:
    shown = only_policy(text)
    assert len(shown) == len(text)
    assert all(there in (" ", here) for here, there in zip(text, shown, strict=True))
    parse(Source("demo.md", text))
