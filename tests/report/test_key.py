"""The key at the foot of an explanation: one line, of the marks that occur in it and of no others, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from guiju.report.branch import ABOVE, Branch
from guiju.report.key import key_below, key_lines

EVIDENCE = Path("policies/gbt-45288.3-2025/evidence")
ABOVE_LINE = Branch("told", "told", thing="told", above=True)


@pytest.mark.parametrize(
    ("tree", "en", "zh"),
    [
        (Branch("A", "A"), [], []),
        (Branch("A", "A", determining=True), ["◆ suffices for the values shown"], ["◆ 足以得出所示的值"]),
        (Branch("A", "A", (ABOVE_LINE,)), ["↑ told further up"], ["↑ 上面已经说过"]),
        (
            Branch("A", "A", (Branch("B", "B", (ABOVE_LINE,), ruling_out=True),), determining=True, state="unknown"),
            ["◆ leaves open what is asked; ◇ rules the other values out; ↑ told further up"],
            ["◆ 使所问未定；◇ 排除了其余的值；↑ 上面已经说过"],
        ),
    ],
)
def test_the_marks_that_occur_are_explained_in_one_line(tree: Branch, en: list[str], zh: list[str]) -> None:
    assert list(key_lines(tree, "en")) == en
    assert list(key_lines(tree, "zh")) == zh


@pytest.mark.parametrize("depth", ["summary", "gaps", "review", "engineer"])
@pytest.mark.parametrize("subject", ["mid-vendor-with-gaps", "full-stack-provider"])
def test_each_mark_that_an_explanation_prints_is_in_its_key(subject: str, depth: str) -> None:
    call = ["explain", "gbt-45288.3-2025", str(EVIDENCE / f"{subject}.yaml"), "--depth", depth, "--lang", "en"]
    explained, _, _ = CliRunner().invoke(main, call).stdout.partition("\n\n")  # what it is of stands below
    *lines, key = explained.splitlines()
    told = [part.split(" ")[0] for part in key.split("; ")]
    assert told == [mark for mark in "◆◇↑" if any(mark in line for line in lines)]


def test_below_lines_without_marks_only_what_is_told_above_is_explained() -> None:
    assert list(key_below(["6.1 a)", f"  x = 3 {ABOVE}"], "en")) == ["↑ told further up"]
    assert list(key_below(["6.1 a)", "  x = 3"], "en")) == []
