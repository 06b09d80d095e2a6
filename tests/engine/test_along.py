"""Many open clauses: few completions say what is reachable where outcomes go one way, and say what all of them say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.compiled.answer import Answer
from guiju.engine.compiled.compiled import Compiled, compiled
from guiju.engine.compiled.opened import Opened
from guiju.engine.layout import layout
from guiju.library import compile_source, load
from tests.engine.compiled_laws import check_same
from tests.engine.levelled import levelled, rows_of

#: of each section all that is basic is asked for before anything else counts
LEVELS = """standard levels-1 "Levels"
groups section
levels
  L1 "One"
  L2 "Two"
  L3 "Three"
section s "s"
  a) "c" attested
  b) "c" attested
  c) "c" attested
  d) "c" attested
section t "t"
  a) "c" attested
  b) "c" attested
membership
  section | L1    | L2    | L3
  s       | a)~b) | a)~c) | s
  t       | a)    | a)    | t
score of each section "Score"
  at L1
    2 when all clauses satisfied
    1 when exactly 1 clause unsatisfied
    0 otherwise
  at L2 after every section scores 2 at L1
    3 when all clauses satisfied
    2 otherwise
  at L3 after every section scores 2 at L1, 3 at L2
    5 when all clauses satisfied
    4 when at least 1 new clause satisfied
    3 otherwise
score A at each level = mean of score over each section
grade level by A "Grade"
  L1 | A > 1
  L2 | A > 2.5
  L3 | A > 4
  otherwise | none
"""


def program_of(text: str) -> Program:
    found = compile_source(Source("levels.guiju", text))
    assert found.program is not None, found.diagnostics
    return found.program


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Any]]:
    """The completions that are looked at, each as the clauses that fail; and nobody asks the reference."""
    looks: list[Sequence[Any]] = []
    whole = Opened._with

    def noted(self: Opened, row: Any, unsatisfied: Any, not_applicable: Any, failing: Sequence[Any]) -> Answer:
        looks.append([one.clause for one in failing])
        return whole(self, row, unsatisfied, not_applicable, failing)

    monkeypatch.setattr(Opened, "_with", noted)
    monkeypatch.delattr(Compiled, "by_reference")
    return looks


VERDICTS = {"?": None, "+": True, "-": False}


@pytest.mark.parametrize(
    ("row", "reachable", "most"),
    [
        ("?? ? ?  ? ?", ("none", "L1", "L2", "L3"), 8),
        ("++ ? ?  ? +", ("L1", "L2", "L3"), 4),
        ("++ ? ?  + ?", ("L1", "L2", "L3"), 4),
        ("?? + +  ? +", ("none", "L1", "L3"), 13),  # L2 needs each of the three, and with all of them it is L3
        ("?? ? -  - ?", ("none", "L1"), 2),
        ("-- ? ?  ? ?", ("none",), 2),
        ("?? ? -  + -", ("none", "L1", "L2"), 4),
        ("?? ? ?  - -", ("none", "L1"), 2),
    ],
)
def test_what_is_reachable_is_told_without_the_reference(
    row: str, reachable: tuple[str, ...], most: int, answering: list[Sequence[Any]]
) -> None:
    verdicts = [VERDICTS[sign] for sign in row.replace(" ", "")]
    told = compiled(program_of(LEVELS)).answer(verdicts)["level"]
    assert (told.reachable, told.exact) == (reachable, True)
    assert len(answering) <= most


def test_the_row_of_the_table_is_told_where_all_completions_come_to_it(answering: list[Sequence[Any]]) -> None:
    function = compiled(program_of(LEVELS))
    rows: list[list[bool | None]] = [
        [None, None, None, None, None, None],
        [False, False, None, None, False, None],
        [True, True, False, None, True, None],
    ]
    assert [function.answer(row)["level"].rule for row in rows] == [None, "level/otherwise", "level/row3"]


def test_a_standard_under_its_readings_is_answered_with_all_open_that_people_decide(
    answering: list[Sequence[Any]],
) -> None:
    program = load("gbt-45288.3-2025").program
    assert program is not None
    function = compiled(program, columns=[i for i, slot in enumerate(layout(program)) if slot.kind != "fact"])
    attested = {c.id for c in program.clauses if c.condition is None and c.applies is None}
    assert len(attested) > 100
    told = function.answer(["full", *(None if slot.name in attested else True for slot in function.slots[1:])])
    assert (told["level"].reachable, told["level"].exact) == (("none", "L1", "L2", "L3"), True)
    assert len(answering) <= 16


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_levels_by_tables_are_what_the_reference_says(seed: int) -> None:
    random = Random(seed)
    program = levelled(random)
    if program is None:
        return
    gates = [d.id for d in program.definitions if d.id.startswith("gate:")]
    function = compiled(program, targets=["level", *gates[: random.randint(0, 1)]])
    for row in rows_of(program, random, 4):
        check_same(function, row, function.answer(row))


def levels_over(times: int) -> str:
    """The same standard with its sections so many times."""
    head, sections, cells, tail = re.split(r"(?=section s )|(?<=L3\n)(?=  s  )|(?=score of)", LEVELS)
    sections, columns = sections.split("membership\n")
    again = [re.sub(r"\b([st])\b(?!\")", rf"\g<1>{n}", part) for n in range(times) for part in (sections, cells)]
    return "".join([head, *again[::2], "membership\n", columns, *again[1::2], tail])


@pytest.mark.parametrize("times", [1, 8, 64])
def test_looks_grow_with_the_digits_of_the_number_of_clauses(times: int, answering: list[Sequence[Any]]) -> None:
    program = program_of(levels_over(times))
    told = compiled(program).answer([None] * len(program.clauses))["level"]
    assert told.reachable == ("none", "L1", "L2", "L3")
    assert len(program.clauses) == 6 * times
    assert len(answering) <= 2 + 2 * len(program.clauses).bit_length()
