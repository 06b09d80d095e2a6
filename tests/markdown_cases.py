"""Files of cases in Markdown: a heading, why, a policy, and what is said of it; some also have it mended."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

_CASE = re.compile(
    r"^## (?P<name>.+?)\n(?P<prose>.*?)```guiju\n(?P<policy>.*?)```\n\n```text\n(?P<expected>.*?)```"
    r"(?:\n\nMended:\n\n```guiju\n(?P<mended>.*?)```)?",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def cases_of(folder: Path) -> dict[Path, tuple[re.Match[str], ...]]:
    """The cases of each file of a folder. A heading that is none would never be tried, so it is refused."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found[path] = tuple(_CASE.finditer(text))
        assert [case["name"] for case in found[path]] == _HEADING.findall(text), path
    return found


def each_case(folder: Path) -> list[Any]:
    """The parameters (path, case) of a test of every case."""
    return [
        pytest.param(path, case, id=f"{path.stem}: {case['name']}")
        for path, cases in cases_of(folder).items()
        for case in cases
    ]


def expected_in(folder: Path, *, mended: bool = False) -> str:
    """All that is said in the cases of a folder, or in those that have a mended policy."""
    return "\n".join(c["expected"] for cases in cases_of(folder).values() for c in cases if c["mended"] or not mended)


def check_said(actual: str, path: Path, case: re.Match[str], request: pytest.FixtureRequest) -> None:
    """That what is said is what stands in the case; under `--update-cases` it is written there."""
    if not request.config.getoption("--update-cases", default=False):
        assert actual == case["expected"]
        return
    text = path.read_text(encoding="utf-8")
    old = f"```guiju\n{case['policy']}```\n\n```text\n{case['expected']}```"
    path.write_text(text.replace(old, f"```guiju\n{case['policy']}```\n\n```text\n{actual}```"), encoding="utf-8")
