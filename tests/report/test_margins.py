"""Margins as rows: numbers of several units are put in one order, and a threshold of zero has no part of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import guiju
from guiju.engine.possible import Possible
from guiju.engine.reasoning.margins import Margin, Turn, margins
from guiju.report.margins import margin_rows, nearest_first

TURN = Turn("level", Possible(("L2",), True, (None,)), Possible(("L1",), True, (None,)))


def margin(fact: str, value: int, threshold: int, *turns: Turn) -> Margin:
    return Margin(fact, Fraction(value), Fraction(threshold), f"{fact}/1", True, (), Fraction(threshold), turns)


def test_a_margin_counts_by_what_part_of_its_threshold_it_is() -> None:
    found = [margin("far", 30, 10), margin("near", 1_100, 1_000), margin("on", 5, 5), margin("below", 5, 10)]
    assert [m.fact for m in nearest_first(found)] == ["on", "near", "below", "far"]


def test_what_changes_an_outcome_comes_before_what_is_nearer_and_changes_none() -> None:
    found = [margin("idle", 10, 10), margin("turning", 99, 10, TURN)]
    assert [m.fact for m in nearest_first(found)] == ["turning", "idle"]


def test_a_threshold_of_zero_is_near_only_to_what_is_on_it() -> None:
    found = [margin("off", 1, 0), margin("far", 900, 1), margin("on", 0, 0), margin("further", 2, 0)]
    assert [m.fact for m in nearest_first(found)] == ["on", "far", "off", "further"]


@pytest.mark.parametrize(
    ("unit", "asked", "stated", "told"),
    [
        ("h", "<= 1 h", "22 min", ("22 min", "≤ 1 h", "holds by 38 min")),
        ("h", "<= 1 h", "30 min", ("0.5 h", "≤ 1 h", "holds by 0.5 h")),
        ("h", "<= 20 min", "22 min", ("22 min", "≤ 20 min", "short by 2 min")),
        ("d", "> 7 d", "100 h", ("100 h", "> 7 d", "short by 68 h")),
        ("d", "> 7 d", "1/3 d", ("1/3 d (≈0.33 d)", "> 7 d", "short by 20/3 d (≈6.67 d)")),
        ("min", "<= 1 min", "20 s", ("20 s", "≤ 1 min", "holds by 40 s")),
        ("PFLOPS", ">= 50 PFLOPS", "320000 TFLOPS", ("320 PFLOPS", "≥ 50 PFLOPS", "holds by 270 PFLOPS")),
        ("%", ">= 80 %", "81 %", ("81 %", "≥ 80 %", "holds by 1 point")),
        ("count", ">= 2", "3", ("3", "≥ 2", "holds by 1")),
    ],
)
def test_a_margin_is_told_in_the_unit_of_the_evidence_where_its_decimal_does_not_end_in_that_of_the_fact(
    tmp_path: Path, unit: str, asked: str, stated: str, told: tuple[str, str, str]
) -> None:
    policy = f'standard m-1 "M 1"\ngroups section\nfact x : {unit}\nsection 1\n  a) "A" x {asked}\nscore n = count of clauses satisfied\n'
    (tmp_path / "m.guiju").write_text(policy, "utf-8")
    evidence = {"guiju": "evidence/1", "subject": "s", "facts": {"x": stated}}
    assessment = guiju.evaluate(tmp_path / "m.guiju", evidence)
    (row,) = margin_rows(assessment.bound, margins(assessment, {}).found, "en")
    assert (row.now, row.threshold, row.distance) == told
