"""The Markdown cases beside this file: each draft in them gives exactly the findings that stand below it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.draft.lint import chosen, lint, mended
from guiju.draft.model import Draft
from guiju.draft.read import draft_of_text
from guiju.draft.rules import RULES
from guiju.dsl.diagnostic import Language
from guiju.dsl.render import render
from tests.markdown_cases import cases_of, check_said, each_case

CASES = Path(__file__).parent / "cases"


def said(draft: Draft) -> str:
    """What all rules say, in the language of the draft."""
    language: Language = "zh" if draft.is_chinese else "en"
    return "\n\n".join(render(f.diagnostic, language) for f in lint(draft, chosen(every=True))) + "\n"


@pytest.mark.parametrize(("path", "case"), each_case(CASES, "draft"))
def test_a_draft_gives_the_findings_below_it(path: Path, case: re.Match[str], request: pytest.FixtureRequest) -> None:
    draft = draft_of_text("draft", case["policy"])
    check_said(said(draft) if said(draft).strip() else "nothing\n", path, case, request, "draft")
    if case["mended"]:
        assert mended(draft, lint(draft, chosen(every=True)))[0] == case["mended"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.name)
def test_the_example_on_the_page_of_a_rule_is_found_by_that_rule_alone(rule) -> None:
    findings = lint(draft_of_text("draft", rule.code.example), chosen(every=True))
    assert {f.diagnostic.code.name for f in findings} == {rule.code.name}


def test_every_rule_has_a_case() -> None:
    expected = "\n".join(case["expected"] for cases in cases_of(CASES, "draft").values() for case in cases)
    silent = [r.code.name for r in RULES if f"[{r.code.name}]" not in expected]
    assert silent == ["same-day-in-force"]  # its example is the whole of it


def test_a_paragraph_that_requires_is_held_to_its_words_as_an_item_is() -> None:
    draft = draft_of_text("draft", "5 门锁\n\n门锁应适当上油。\n\n适当的油有几种。\n")
    found = lint(draft, chosen(("vague-word",)))
    assert [f.diagnostic.span.position.line for f in found] == [3]
