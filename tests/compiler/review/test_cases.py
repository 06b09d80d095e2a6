"""The Markdown cases beside this file: a text, what a review finds in it, and the same text mended, of which it says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.compiler.pipeline import review_document
from guiju.compiler.review import REVIEW_CODES
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

CASES = Path(__file__).parent / "cases"
_CASE = re.compile(
    r"^## (?P<name>.+?)\n(?P<prose>.*?)```guiju\n(?P<policy>.*?)```\n\n```text\n(?P<expected>.*?)```"
    r"(?:\n\nMended:\n\n```guiju\n(?P<mended>.*?)```)?",
    re.MULTILINE | re.DOTALL,
)


def cases() -> Iterator[tuple[Path, re.Match[str]]]:
    for path in sorted(CASES.glob("*.md")):
        for match in _CASE.finditer(path.read_text(encoding="utf-8")):
            yield path, match


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


CASES_BY_NAME = [pytest.param(p, m, id=f"{p.stem}: {m['name']}") for p, m in cases()]


@pytest.mark.parametrize(("path", "case"), CASES_BY_NAME)
def test_a_review_finds_what_stands_below_a_text_and_nothing_in_it_once_mended(
    path: Path, case: re.Match[str], request: pytest.FixtureRequest
) -> None:
    actual = found(case["policy"])
    if request.config.getoption("--update-cases", default=False):
        text = path.read_text(encoding="utf-8")
        old = f"```guiju\n{case['policy']}```\n\n```text\n{case['expected']}```"
        path.write_text(text.replace(old, f"```guiju\n{case['policy']}```\n\n```text\n{actual}```"), encoding="utf-8")
        return
    assert actual == case["expected"]
    if case["mended"]:
        assert found(case["mended"]) == "nothing\n"


def test_every_rule_has_a_case_with_its_mend() -> None:
    shown = "\n".join(m["expected"] for _, m in cases() if m["mended"])
    assert [c.name for c in REVIEW_CODES if f"[{c.name}]" not in shown] == []
