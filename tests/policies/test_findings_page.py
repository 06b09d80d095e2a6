"""The page on what the standards' own texts get wrong: its numbers and examples are what `guiju review` prints."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from tests.docs.pages import between
from tests.project.repository import ROOT

PAGES = {"en": ROOT / "docs" / "findings.md", "zh": ROOT / "docs" / "findings.zh.md"}
STANDARDS = (
    *("gbt-45288.3-2025", "t-isc-full-stack-2025-12", "t-taf-320-2025"),
    *("caict-fangsheng", "t-isc-23-drafting-note"),
)
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", PAGES)
SUMS = {"en": "Together", "zh": "合计"}


@cache
def printed(standard: str, language: str, form: str = "json") -> str:
    result = CliRunner().invoke(main, ["review", standard, "--lang", language, "--format", form])
    assert result.exit_code == 0
    return result.stdout


def reviews(language: str) -> list[dict[str, Any]]:
    return [json.loads(printed(standard, language)) for standard in STANDARDS]


def weighty(rows: list[dict[str, Any]]) -> int:
    return sum(row["can_change_a_result"] for row in rows)


def table_of(page: Path, marker: str) -> list[list[str]]:
    """The cells of the table between two markers, below its head."""
    lines = [line for line in between(page, marker).strip().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def totals(language: str) -> list[list[str]]:
    """Each standard with its computed findings and its notes, and how many of them can change a result."""
    numbers = [
        [len(r["computed"]), weighty(r["computed"]), len(r["notes"]), weighty(r["notes"])] for r in reviews(language)
    ]
    rows = [[f"`{standard}`", *map(str, row)] for standard, row in zip(STANDARDS, numbers, strict=True)]
    return [*rows, [SUMS[language], *(str(sum(column)) for column in zip(*numbers, strict=True))]]


def by_class(language: str, part: str, key: str) -> list[list[str]]:
    """Each class with its number in each standard, in the order of first appearance; nought is left empty."""
    counts = [Counter(row[key] for row in r[part]) for r in reviews(language)]
    names = dict.fromkeys(name for count in counts for name in count)
    return [[n, *(str(c[n] or "") for c in counts), str(sum(c[n] for c in counts))] for n in names]


@IN_EACH_LANGUAGE
def test_the_totals_are_those_of_the_reviews(language: str) -> None:
    assert table_of(PAGES[language], "totals") == totals(language)


@IN_EACH_LANGUAGE
def test_the_classes_are_those_of_the_reviews(language: str) -> None:
    assert table_of(PAGES[language], "computed") == by_class(language, "computed", "kind")
    assert table_of(PAGES[language], "noted") == by_class(language, "notes", "classified")


@IN_EACH_LANGUAGE
def test_every_example_is_printed_by_the_command_beside_it(language: str) -> None:
    rows = table_of(PAGES[language], "examples")
    assert len(rows) >= 8
    for command, example in rows:
        standard = command.strip("`").removeprefix("guiju review ")
        assert example.replace("``", "").strip() in printed(standard, language, "text").replace("`", "")


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_readme_of_a_policy_says_its_numbers(standard: str) -> None:
    readme = (ROOT / "policies" / standard / "README.md").read_text(encoding="utf-8")
    _, *numbers = totals("en")[STANDARDS.index(standard)]
    assert re.findall(r"算出 (\d+) 处，其中 (\d+) 处可影响结论；读者记下 (\d+) 处，其中 (\d+) 处", readme) == [
        tuple(numbers)
    ]
    english = (
        r"(\d+) computed findings, (\d+) of\s+which can change a result, and (\d+) reader's notes, (\d+) of\s+which"
    )
    assert re.findall(english, readme) == [tuple(numbers)]
