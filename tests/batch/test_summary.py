"""What a run is told to have come to: of an outcome with many values the most frequent, and how many more there are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main

CLAUSES = 60
HEAD = 'standard many "M"\ngroups section\n'
SCORE = 'score A "得分" / "Score" = count of clauses satisfied\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    items = "".join(f'section {i} "s"\n  a) "Item" attested\n' for i in range(1, CLAUSES + 1))
    Path("many.guiju").write_text(HEAD + items + SCORE, "utf-8")


def table(values: int) -> None:
    """Rows of so many values and an open one: of value n so many rows."""
    rows = ["yes"] + [f"{value}" for value in range(values) for _ in range(value + 1)]
    lines = [
        ",".join([""] * CLAUSES) if row == "yes" else ",".join(str(i < int(row)).lower() for i in range(CLAUSES))
        for row in rows
    ]
    Path("in.csv").write_text(",".join(f"{i}.a" for i in range(1, CLAUSES + 1)) + "\n" + "\n".join(lines) + "\n")


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["batch", "many.guiju", "in.csv", "out.csv", "--replace", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(text: str) -> dict[str, int]:
    """The lines below the score: what they say, and of how many rows."""
    head, *lines = text.split("\n\n")[1].splitlines()
    assert head.split()[0] in ("Score", "得分")
    cells = [re.split(r"\s{2,}", line.strip()) for line in lines]
    return {label: int(rows) for label, rows, _ in cells}


@pytest.mark.parametrize(
    ("language", "more", "opened"),
    [
        (
            "en",
            "… 11 other values, none more frequent (--format json lists them all)",
            "open: not decided by what is known",
        ),
        ("zh", "…… 另有 11 个值，都不比上列的多见（--format json 全部列出）", "未定（已知的不足以决定）"),
    ],
)
def test_of_many_values_the_most_frequent_are_told_and_how_many_more_there_are(
    language: str, more: str, opened: str
) -> None:
    table(21)
    lines = told(said("--lang", language))
    frequent = {str(value): value + 1 for value in range(11, 21)}
    assert list(lines.items()) == [*frequent.items(), (more, sum(range(1, 12))), (opened, 1)]
    (outcome,) = json.loads(said("--format", "json"))["outcomes"]
    assert len(outcome["values"]) == 22


def test_of_twenty_values_all_are_told() -> None:
    table(20)
    lines = told(said("--lang", "en"))
    assert list(lines) == [*map(str, range(20)), "open: not decided by what is known"]


def test_of_many_values_that_are_drawn_the_rest_is_one_line() -> None:
    table(1)
    Path("in.csv").write_text(Path("in.csv").read_text().splitlines()[0] + "\n" + ",".join([""] * CLAUSES) + "\n")
    Path("chances.yaml").write_text("guiju: chances/1\ndefault: 1/2\n")
    drawn = said("--draws", "4000", "--chances", "chances.yaml", "--lang", "en").split("Score, the unknown drawn", 1)[1]
    lines = drawn.split("With 95 %")[0].splitlines()[1:]
    assert len(lines) == 11
    assert "none more frequent (--format json lists them all)" in lines[-1]
