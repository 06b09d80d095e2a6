"""What the page about editors shows is what the desk says of the policy on that page, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.desk.completion import completion
from guiju.desk.desk import Desk, Written, read_desk
from guiju.desk.hints import hints
from guiju.desk.hover import hover
from guiju.dsl.diagnostic import Language
from tests.docs.pages import blocks_of
from tests.project.repository import ROOT

PAGES = [
    pytest.param(ROOT / "docs" / "editor.md", "en", id="en"),
    pytest.param(ROOT / "docs" / "editor.zh.md", "zh", id="zh"),
]
_SHOWN = re.compile(
    r"^<!-- (?P<what>hover|complete): (?P<words>[^\n]*) -->\n```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def on(page: Path) -> Desk:
    """The policy of a page, on the desk."""
    text = next(block.text for block in blocks_of(page) if block.is_policy)
    return read_desk(Written("shop.guiju", text))


def shown(desk: Desk, what: str, words: str, language: Language) -> list[str]:
    """What an editor shows at some words: who points at their beginning, or types up to their `|`.

    `NAME /` is the beginning of a line below the fact that has the option NAME.
    """
    text = desk.source.text
    if what == "hover":
        told = hover(desk, text.index(words), language)
        return told[0].split("\n\n") if told else []
    if words.endswith(" /"):
        at = text.index("\n", text.index(words.removesuffix("/").strip())) + 1
        typed = text[:at] + "  \n" + text[at:]
        return [o.text for o in completion(read_desk(Written("shop.guiju", typed)), at + 2, language).offers]
    at = text.index(words.removesuffix("|")) + len(words) - 1
    return [o.text for o in completion(desk, at, language).offers]


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_what_the_page_shows_is_shown(page: Path, language: Language):
    desk = on(page)
    assert [d.code.name for d in desk.diagnostics] == []
    found = list(_SHOWN.finditer(page.read_text("utf-8")))
    assert len(found) == 4
    for example in found:
        assert shown(desk, example["what"], example["words"], language) == example["text"].splitlines()


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_the_hint_of_the_page_stands_behind_its_clauses(page: Path, language: Language):
    texts = [hint.text for hint in hints(on(page), language)]
    assert len(texts) == 3
    assert f"`{texts[0]}`" in page.read_text("utf-8")


def test_what_is_pointed_at_is_told_in_the_words_of_the_reader():
    policy = 'standard demo-1 "DEMO 1"\ngroups part\npart 1\n  a) shall "Staff" attested cites table 2\n'
    offset = policy.index("a)")
    told = hover(read_desk(Written("demo.guiju", policy)), offset, "zh")
    assert told is not None
    assert {"能愿词：应", "依据：表 2"} <= set(told[0].split("\n\n"))
