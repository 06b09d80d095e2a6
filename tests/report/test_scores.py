"""The tables of scores and what is said of outcomes that count clauses: as a reader sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.layout import WIDEST, width
from guiju.report.result import result_of
from guiju.report.text import text_of

ROOT = Path(__file__).parents[2]

SMALL = """standard p-1 "P 1"
groups domain > section
levels
  L1 "一级" / "One"
  L2 "二级" / "Two"
domain 4 "域" / "Domain"
  section 4.1 "一节" / "Room"
    a) "甲" / "First" attested
    b) "乙" / "Second" attested
  section 4.2 "二节" / "Yard"
    a) "丙" / "Third" attested
score points of each section at each level "分" / "Points" = share of clauses satisfied
score A at each level = mean of points over each section
score cover of each section "数" / "Cover" = count of clauses satisfied
weights
  section | weight
  4.1 | OTHER
  4.2 | WEIGHT
grade standing by cover "评定" / "Standing"
  L1 | 1 <= cover
  otherwise | none
grade level by A
  L1 | 0.1 <= A <= 0.5
  L2 | 0.5 < A <= 1
  otherwise | none
"""

#: a share of seven clauses, nothing of which is shown
MANY = (
    """standard m-1 "M 1"
groups section
section 4 "四" / "Four"
"""
    + "".join(f'  {mark}) "{mark}" attested\n' for mark in "abcdefg")
    + """score cover "率" / "Cover" = share of clauses satisfied
score half "半" / "Half" = share of clauses of 4 a)~c) satisfied
"""
)


def evaluated(folder: Path, policy: str, **attestations: str) -> Assessment:
    path = folder / "p.guiju"
    path.write_text(policy, "utf-8")
    said = {mark.replace("_", "."): verdict for mark, verdict in attestations.items()}
    return guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", "attestations": said})


def text(assessment: Assessment, language: Language = "en", colour: bool = False) -> str:
    return text_of(result_of(assessment, language), assessment.program, language, colour)


def block(printed: str, heading: str) -> list[str]:
    """The lines of the part that begins with a heading."""
    return next(part.splitlines() for part in printed.split("\n\n") if part.startswith(heading))


def small(folder: Path, weight: str = "1", other: str = "2") -> Assessment:
    policy = SMALL.replace("WEIGHT", weight).replace("OTHER", other)
    return evaluated(folder, policy, **{"4.1.a": "satisfied", "4.2.a": "unsatisfied"})


def bundled(policy: str, evidence: str) -> Assessment:
    return guiju.evaluate(policy, ROOT / "policies" / policy / "evidence" / f"{evidence}.yaml")


# --- many values --------------------------------------------------------------------------------------------------


def test_many_values_are_a_range_with_their_number(tmp_path: Path) -> None:
    assessment = evaluated(tmp_path, MANY)
    assert "  Cover   one of 0 % … 100 %, 8 values  " in text(assessment)
    assert "可能是 0 % 至 100 %，共 8 个值" in text(assessment, "zh")


def test_few_values_are_listed_from_the_least(tmp_path: Path) -> None:
    assert "one of 0 % | 1/3 (≈33.33 %) | 2/3 (≈66.67 %) | 100 %" in text(evaluated(tmp_path, MANY))


def test_json_keeps_every_value_in_the_order_of_numbers(tmp_path: Path) -> None:
    result = result_of(evaluated(tmp_path, MANY), "en")
    assert result.outcomes[0].possible.values == ["0", "1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "1"]
    result = result_of(bundled("t-isc-full-stack-2025-12", "enterprise-platform"), "en")
    under = {tuple(a.readings): a.outcomes["conformance"] for a in result.readings.changing}
    assert under["data-modalities",] == ["52/55", "21/22"]


def test_a_table_that_would_be_too_wide_gives_the_ends_of_ranges_only() -> None:
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "full"}}
    scores = block(text(guiju.evaluate("gbt-45288.3-2025", evidence)), "Scores")
    assert scores[-2].split("  ")[-2:] == ["2 … 3 | not entered", "3 … 5 | not entered"]
    assert max(map(width, scores)) <= WIDEST


# --- families -----------------------------------------------------------------------------------------------------


def test_each_family_has_its_own_table_or_column_with_its_label(tmp_path: Path) -> None:
    printed = text(small(tmp_path))
    assert block(printed, "Points") == [
        "Points  Weight  L1            L2",
        "Room    2       50 % | 100 %  50 % | 100 %",
        "Yard    1       0 %           0 %",
        "A               25 % | 50 %   25 % | 50 %",
    ]
    assert block(printed, "Scores") == [
        "Scores  Cover  Standing",
        "Room    1 | 2  L1 One",
        "Yard    0      no level",
    ]


def test_the_grade_of_a_group_is_data_too(tmp_path: Path) -> None:
    grades = result_of(small(tmp_path), "en").grades
    assert [(g.id, g.group, g.possible.values) for g in grades] == [
        ("standing:4.1", "4.1", ["L1"]),
        ("standing:4.2", "4.2", ["none"]),
    ]


@pytest.mark.parametrize(
    ("written", "other", "shown"),
    [("1", "2", "1"), ("50%", "50%", "50 %"), ("100% / 3", "200% / 3", "100/3 % (≈33.33 %)")],
)
def test_a_weight_is_shown_as_it_was_written(written: str, other: str, shown: str, tmp_path: Path) -> None:
    assert f"Yard    {shown} " in text(small(tmp_path, written, other))


def test_a_column_of_weights_without_weights_is_not_printed() -> None:
    assert "Weight" not in text(bundled("t-taf-320-2025", "provider-self-check"))
    assert "Weight" in text(bundled("gbt-45288.3-2025", "full-stack-provider"))


def test_what_has_no_applicable_clause_is_said_once_and_quietly() -> None:
    assessment = bundled("t-isc-full-stack-2025-12", "enterprise-platform")
    scores = block(text(assessment), "Scores")
    assert "– Shall conformance, no applicable clause: Quantisation" in scores
    assert sum("no applicable clause" in line for line in scores) == 2
    assert "没有适用的条款: 模型量化" in text(assessment, "zh")
    assert "\x1b[2m– Shall conformance" in text(assessment, colour=True)


# --- what blocks --------------------------------------------------------------------------------------------------


def test_an_outcome_that_counts_clauses_names_those_that_are_not_satisfied() -> None:
    assessment = bundled("t-isc-full-stack-2025-12", "enterprise-platform")
    lines = block(text(assessment), "What does not count as satisfied")
    assert lines[1] == "  Shall conformance, Shall items that block: 5 unsatisfied, 1 not shown"
    assert [line.split()[0] for line in lines[2:7]] == ["5.3-4-3", "6.3.2.4-1-3", "6.5-4", "7.4.2-2", "8.5-3"]
    found = {s.score: (len(s.failed), s.not_shown) for s in result_of(assessment, "en").counted}
    assert found["blocking"] == (5, ["7.5-2"])


def test_a_clause_is_named_once_however_many_outcomes_count_it() -> None:
    printed = text(bundled("caict-fangsheng", "young-benchmark-suite"))
    lines = block(printed, "What does not count as satisfied")
    assert sum(line.startswith("    tools-application") for line in lines) == 1
    assert "  Framework, 16 cells: 4 unsatisfied, 1 not shown, 4 listed above" in lines


def test_an_outcome_that_is_computed_says_how_to_ask(tmp_path: Path) -> None:
    policy = MANY + 'score twice "倍" / "Twice" = 2 * cover\n'
    assert "  Twice: guiju explain … twice shows how it comes about" in text(evaluated(tmp_path, policy))


def test_what_stands_in_the_way_of_two_levels_is_told_once() -> None:
    printed = text(bundled("gbt-45288.3-2025", "mid-vendor-with-gaps"))
    assert printed.count("  Software and toolchain at L1: 1 | 2") == 1


# --- readings and lines -------------------------------------------------------------------------------------------


def test_a_reading_shows_the_outcomes_that_it_changes_by_their_names() -> None:
    lines = block(text(bundled("caict-fangsheng", "young-benchmark-suite")), "Readings")
    assert lines[1:3] == ["  under saturation = overuse", "    Challenges, 6 points: 2/3 (≈66.67 %)"]
    assert "  further combinations that lead nowhere else: 12" in lines


EXAMPLES = sorted(p for p in (ROOT / "policies").glob("*/evidence/*.yaml") if p.parents[1].name != "vocabulary")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_a_report_is_wider_than_a_screen_but_its_title(path: Path, language: Language) -> None:
    printed = text(guiju.evaluate(path.parents[1].name, path), language)
    assert [line for line in printed.splitlines()[1:] if width(line) > WIDEST] == []
