"""Two editions under each reading that they share: where they differ, where they do not, and how many were tried."""

from __future__ import annotations

import pytest

from guiju.compiler.ir import Program
from guiju.engine.reasoning.editions.deciding import agreements
from guiju.engine.reasoning.editions.rereading import Rereadings, rereadings
from tests.engine.strategies import compiled

POLICY = """standard demo-1 "DEMO 1"
fact doors : count
fact lamps : count
groups section
section 1 "s"
  a) "doors" doors >= {doors}
  b) "lamps" lamps >= 4
reading strict "s"
  default no-lamps : clause 1 b) applies when doors > 0
  or by-doors : nothing changes
reading lax "l"
  default plain : nothing changes
  or without : clause 1 a) applies when {when}
score A
  1 when all clauses satisfied
  0 otherwise
grade level by A
  good | A = 1
  otherwise | none
"""


def edition(doors: int = 2, when: str = "lamps > 9") -> Program:
    program = compiled(POLICY.format(doors=doors, when=when))
    assert program is not None
    return program


def compared(after: Program, most: int = 30) -> tuple[str, Rereadings]:
    before = edition()
    (asked,) = known = agreements(before, after, {})
    return asked.answer, rereadings((before, after), ({}, {}), known, most)


def answers(found: Rereadings) -> dict[frozenset[tuple[str, str]], str]:
    return {frozenset(r.readings.items()): r.agreements[0].answer for r in found.tried}


def test_a_change_of_what_a_reading_says_shows_only_under_that_reading() -> None:
    asked, found = compared(edition(when="lamps > 8"))
    assert asked == "same"
    without, strict = ("lax", "without"), ("strict", "by-doors")
    assert answers(found) == {
        frozenset({strict}): "same",
        frozenset({without}): "some",
        frozenset({strict, without}): "some",
    }
    assert (found.combinations, found.alike) == (3, frozenset())


def test_a_change_that_every_reading_has_shows_under_each() -> None:
    asked, found = compared(edition(doors=3))
    assert asked == "some"
    assert set(answers(found).values()) == {"some"}


def test_what_is_computed_alike_with_all_readings_open_is_so_under_each() -> None:
    asked, found = compared(edition(when="9 < lamps"))
    assert (asked, found.alike, found.tried) == ("same", frozenset({"level"}), ())


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_are_tried_than_asked_for_and_those_with_fewest_changes_first(most: int) -> None:
    _, found = compared(edition(doors=3), most)
    assert [len(r.readings) for r in found.tried] == [1] * most
    assert found.combinations == 3
