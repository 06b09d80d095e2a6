"""The Markdown cases beside this file: a text, what a review finds in it, and the same text mended, of which it says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.compiler.pipeline import review_document
from guiju.compiler.review import REVIEW_CODES
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from tests.markdown_cases import check_said, each_case, expected_in

CASES = Path(__file__).parent / "cases"


def found(policy: str) -> str:
    document, mistakes = parse(Source("case", policy))
    assert not mistakes, [m.message("en") for m in mistakes]
    program, findings = review_document(document)
    assert program is not None
    lines = []
    for d in (f.diagnostic for f in findings):
        lines.append(f"{d.span.position.line} [{d.code.name}] {d.message('en')}")
        lines.append(f"    {d.message('zh')}")
    return "\n".join(lines) + "\n" if lines else "nothing\n"


@pytest.mark.parametrize(("path", "case"), each_case(CASES))
def test_a_review_finds_what_stands_below_a_text_and_nothing_in_it_once_mended(
    path: Path, case: re.Match[str], request: pytest.FixtureRequest
) -> None:
    check_said(found(case["policy"]), path, case, request)
    if case["mended"]:
        assert found(case["mended"]) == "nothing\n"


def test_every_rule_has_a_case_with_its_mend() -> None:
    shown = expected_in(CASES, mended=True)
    assert [c.name for c in REVIEW_CODES if f"[{c.name}]" not in shown] == []
