"""The cases of `cases`: a policy with a place ‸ in it, and what an editor is told there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.desk.completion import completion
from guiju.desk.desk import Desk, Written, read_desk
from guiju.desk.fixes import fixes
from guiju.desk.navigation import definition, references
from guiju.desk.rename import Refusal, rename
from guiju.desk.renamed_text import replaced
from guiju.dsl.source import Span
from tests.markdown_cases import each_case

PLACE = "‸"
MOST = 12  # offers of a case


def answer(kind: str, policy: str, prose: str) -> str:
    """What the case says."""
    offset = policy.index(PLACE)
    desk = read_desk(Written("case.guiju", policy.replace(PLACE, "")))
    if kind == "completion":
        lines = [o.text for o in completion(desk, offset, "en").offers]
        lines = [*lines[:MOST], f"and {len(lines) - MOST} more"] if len(lines) > MOST else lines
    elif kind == "rename":
        asked = re.search(r"To `(.*)`", prose)
        assert asked
        lines = list(_renamed(desk, offset, asked[1]))
    elif kind == "fixes":
        lines = list(_mended(desk, offset))
    else:
        lines = [f"declared {_placed(s)}" for s in definition(desk, offset)]
        lines += [f"also     {_placed(s)}" for s in references(desk, offset, with_declaration=False)]
    return "".join(f"{line}\n" for line in lines or ["nothing"])


def _renamed(desk: Desk, offset: int, name: str) -> Iterator[str]:
    found = rename(desk, offset, name)
    if isinstance(found, Refusal):
        yield f"refused: {found.reason.en}"
        return
    before = desk.source.text
    after = replaced(before, tuple((span, found.name) for span in found.spans))
    for number, (old, new) in enumerate(zip(before.splitlines(), after.splitlines(), strict=True), 1):
        if old != new:
            yield f"{number}: {new}"


def _mended(desk: Desk, offset: int) -> Iterator[str]:
    """Each diagnostic at a place, with the fixes that are offered and the line that each makes."""
    for diagnostic in (d for d in desk.diagnostics if d.span.start <= offset <= d.span.end):
        yield f"{diagnostic.code.name}:"
        for fix in fixes(desk, diagnostic):
            after = replaced(desk.source.text, ((fix.span, fix.text),))
            line = after.splitlines()[fix.span.position.line - 1]
            yield f"  {fix.title.en}: {line.strip()}"


def _placed(span: Span) -> str:
    line = span.position.line
    return f"{line}: {span.text} in {span.source.line_text(line).strip()}"


@pytest.mark.parametrize(("path", "case"), each_case(Path(__file__).parent / "cases"))
def test_each_place_is_told_of_as_its_case_says(path: Path, case: re.Match[str]):
    assert answer(path.stem, case["policy"], case["prose"]) == case["expected"]
