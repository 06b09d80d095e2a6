"""The Markdown cases beside this file: what an editor mistypes, and the diagnostics of it as a terminal shows them.

Those of `literate.md` are Markdown, with fences of `~~~` in them. In a case `‹U+0009›` stands for the character of that number, and `‹1 × 101›` for a text so many times over: such
characters and lines could not be read in the file itself.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.dsl.codes import SYNTAX_CODES
from guiju.dsl.diagnostic import LANGUAGES
from guiju.dsl.parser import parse
from guiju.dsl.render import render
from guiju.dsl.source import Source
from tests.markdown_cases import check_said, each_case, expected_in

CASES = Path(__file__).parent / "cases"
_STANDS_FOR = re.compile(r"‹(?:U\+(?P<code>[0-9A-F]{4})|(?P<text>.+?) × (?P<times>\d+))›")


def policy(case: re.Match[str]) -> str:
    def meant(found: re.Match[str]) -> str:
        return chr(int(found["code"], 16)) if found["code"] else found["text"] * int(found["times"])

    return _STANDS_FOR.sub(meant, case["policy"])


def source(path: Path, case: re.Match[str]) -> Source:
    return Source("demo.md" if path.stem == "literate" else "demo.guiju", policy(case))


def shown(source: Source) -> str:
    mistakes = parse(source)[1]
    return "\n\n".join(render(m, language) for m in mistakes for language in LANGUAGES) + "\n" if mistakes else ""


ALL = each_case(CASES)


@pytest.mark.parametrize(("path", "case"), ALL)
def test_a_mistake_is_shown_as_it_stands_below_it(
    path: Path, case: re.Match[str], request: pytest.FixtureRequest
) -> None:
    check_said(shown(source(path, case)), path, case, request)


def test_every_code_of_the_front_end_has_a_case() -> None:
    text = expected_in(CASES)
    assert [code.name for code in SYNTAX_CODES if f"[{code.name}]" not in text] == ["not-read-further"]  # test_limits


@pytest.mark.parametrize(("path", "case"), ALL)
def test_a_case_has_one_mistake_and_one_diagnostic(path: Path, case: re.Match[str]) -> None:
    assert len(parse(source(path, case))[1]) == 1
