"""What Markdown says when it is read in full: its markup is gone, and every sign of the text is there."""

from __future__ import annotations

import pytest

from guiju.draft.model import Kind, Omission
from guiju.draft.read import draft_of_text

SEEN = [
    ("The area shall be at least 2*3 m.", None),
    ("3*10^6 kg±5*2", None),
    ("2**3 + 4**5, (a)*(b) + (c)*(d), 5*(3+2)*4", None),
    ("a lone * and *) and _ stay, as do snake_case_names and 长*宽*高", None),
    ("keep 5 <t and t> 3 s, a <b> 2, x<y", None),
    (r"$x_{1}*y*z \le 5\,$ m", None),
    ("a `lone tick", None),
    ("at https://example.org/a_b_c and kept", None),
    ("at least `12` characters of ``a`b``", "at least 12 characters of a`b"),
    (r"\*5\* \< 6", "*5* < 6"),
    ("*one* and **two** and ***three*** and __four__ and **5**%", "one and two and three and four and 5%"),
    ("应**备份**数据，**“应”**提供", "应备份数据，“应”提供"),
    (
        "see [the register](https://example.org/a 'T') and [4.1](#x)",
        "see the register (https://example.org/a 'T') and 4.1",
    ),
    ("![a lock](lock.png) and <https://example.org>", "a lock (lock.png) and https://example.org"),
    ('<a href="https://example.org">t</a> <span>5</span> &lt; 6', "t (https://example.org) 5 < 6"),
    ("of 10<br>20", "of 10 20"),
    ("**bold\nover** the `end\nof` a line", "bold over the end of a line"),
]


@pytest.mark.parametrize(("written", "seen"), SEEN)
def test_markup_goes_and_signs_of_the_text_stay(written: str, seen: str | None):
    (block,) = draft_of_text("t.md", f"{written}\n", in_full=True).blocks
    assert block.text == (seen or written)
    for at, sign in enumerate(block.text):
        if sign.isalnum() and "&" not in written:
            assert block.source.text[block.span(at, at + 1).start] == sign


def test_lint_reads_prose_alone():
    (block,) = draft_of_text("t.md", "门应 `a/b` 见 [表](https://example.org) ![图](a.png) 2*3 m。\n").blocks
    assert block.text == "门应  见 表  2*3 m。"


def test_rows_keep_their_last_cell_and_bars_that_are_text():
    bars = "| a | b\n|---|---|\n| `x \\| y` | 2*3 | c |\n"
    tagged = "<table><caption>Table 1 Sizes</caption>\n<tr><td>10<br>20</td><td>a\nb</td></tr></table>\n"
    draft = draft_of_text("t.md", f"{bars}\n{tagged}", in_full=True)
    rows = [[b.cell(n) for n in range(len(b.cells))] for b in draft.blocks if b.kind is Kind.ROW]
    assert rows == [["a", "b"], ["x | y", "2*3", "c"], ["10 20", "a b"]]
    assert [b.whole.text for b in draft.blocks if b.kind is Kind.CAPTION] == ["Table 1 Sizes"]


def test_what_no_reader_of_the_page_sees_is_kept_apart():
    text = (
        "---\nkey: 1\n---\n# C#\n\na <!-- b --> c `<!--` d\n\n```\n<!-- e\n```\n\nf -->\n\n> 5 mm\n\n> g\n\n[^1]: h\n"
    )
    draft = draft_of_text("t.md", text, in_full=True)
    assert [block.whole.text for block in draft.blocks] == ["C#", "a  c <!-- d", "f -->", "5 mm", "g", "[^1]: h"]
    assert draft.blocks[-1].kind is Kind.NOTE
    assert [(one.omission, one.span.text) for one in draft.omitted] == [
        (Omission.FRONT_MATTER, "---\nkey: 1\n---"),
        (Omission.COMMENT, "<!-- b -->"),
        (Omission.CODE, "```\n<!-- e\n```"),
        (Omission.QUOTATION, "> 5 mm"),
    ]
