"""Margins as rows: numbers of several units are put in one order, and a threshold of zero has no part of it."""

from __future__ import annotations

from fractions import Fraction

from guiju.engine.possible import Possible
from guiju.engine.reasoning.margins import Margin, Turn
from guiju.report.margins import nearest_first

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
