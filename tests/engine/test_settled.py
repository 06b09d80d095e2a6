"""The verdicts of clauses as planes: what no plane tells is settled row by row, and many clauses cost what each costs."""

from __future__ import annotations

import sys
from random import Random
from types import FrameType
from typing import Any

import pytest

from guiju.engine.columnar.laid import VERDICT
from guiju.engine.columnar.plan import Wanted, plan
from guiju.report.words import plain
from tests.engine.strategies import compiled
from tests.engine.tables import random_rows, table_of

SCALE = """standard s-1 "S"
fact a : yes-no
fact b : yes-no
fact c : number
groups section
section 1 "S"
  a) "Any" a or b
  b) "One" (a and not b) or (b and not a)
  c) "Many" c > 3 and a
score n = count of clauses unsatisfied
"""


def test_what_has_too_many_combinations_is_settled_row_by_row_with_the_same_verdicts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = compiled(SCALE)
    assert program is not None
    batch, odd = table_of(program, random_rows(program, Random(7), 300))

    wanted: list[Wanted] = [(f"{VERDICT}{c.id}", "value") for c in program.clauses]
    in_planes = plan(program).evaluate(batch, wanted, odd, plain)
    monkeypatch.setattr("guiju.engine.columnar.combined.MOST_COMBINED", 2)
    by_row = plan(program).evaluate(batch, wanted, odd, plain)
    assert by_row.alone > in_planes.alone
    assert by_row.batch.to_pylist() == in_planes.batch.to_pylist()
    assert {v for column in in_planes.batch.columns for v in column.to_pylist()} >= {"satisfied", "unsatisfied", None}


def test_ten_times_the_clauses_over_the_same_facts_cost_about_ten_times_as_much() -> None:
    assert _steps(300) < 10.5 * _steps(30)


def _steps(number: int) -> int:
    """How many instructions of Python it takes to say how as many comparisons of two facts are settled."""
    clauses = "".join(f'  - "c{i}" a / b > {i}\n' for i in range(number))
    program = compiled(
        f'standard g-1 "G"\nfact a : number\nfact b : number\ngroups section\nsection 1 "S"\n{clauses}'
        "score n = count of clauses unsatisfied\n"
    )
    assert program is not None
    plan_, steps = plan(program), 0

    def step(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        steps += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        for clause in program.clauses:
            plan_.settled(clause.id, (0, 1))
    finally:
        sys.settrace(before)
    return steps
