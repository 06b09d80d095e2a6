"""Files of cases in Markdown: a heading, why, a policy, and what is said of it; some also have it mended."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

_CASE = (
    r"^## (?P<name>.+?)\n(?P<prose>.*?)```{fence}\n(?P<policy>.*?)```\n\n```text\n(?P<expected>.*?)```"
    r"(?:\n\nMended:\n\n```{fence}\n(?P<mended>.*?)```)?"
)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def cases_of(folder: Path, fence: str = "guiju") -> dict[Path, tuple[re.Match[str], ...]]:
    """The cases of each file of a folder. A heading that is none would never be tried, so it is refused."""
    found, pattern = {}, re.compile(_CASE.replace("{fence}", fence), re.MULTILINE | re.DOTALL)
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found[path] = tuple(pattern.finditer(text))
        assert [case["name"] for case in found[path]] == _HEADING.findall(text), path
    return found


def each_case(folder: Path, fence: str = "guiju") -> list[Any]:
    """The parameters (path, case) of a test of every case."""
    return [
        pytest.param(path, case, id=f"{path.stem}: {case['name']}")
        for path, cases in cases_of(folder, fence).items()
        for case in cases
    ]


def expected_in(folder: Path, *, mended: bool = False) -> str:
    """All that is said in the cases of a folder, or in those that have a mended policy."""
    return "\n".join(c["expected"] for cases in cases_of(folder).values() for c in cases if c["mended"] or not mended)


def check_said(
    actual: str, path: Path, case: re.Match[str], request: pytest.FixtureRequest, fence: str = "guiju"
) -> None:
    """That what is said is what stands in the case; under `--update-cases` it is written there."""
    if not request.config.getoption("--update-cases", default=False):
        assert actual == case["expected"]
        return
    text = path.read_text(encoding="utf-8")
    old = f"```{fence}\n{case['policy']}```\n\n```text\n{case['expected']}```"
    path.write_text(text.replace(old, f"```{fence}\n{case['policy']}```\n\n```text\n{actual}```"), encoding="utf-8")
