"""Clauses over the same open numbers: which of them hold together, exactly, with numbers for every combination."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import Undefined, Value, Verdict
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.library import compile_source

SIDES = ("x", "y", "x + y", "x - y", "2 * x - y", "x / y", "x / (y + 1)", "y / (x - 2)", "1", "2", "0.5", "3 - x")
CONDITIONS = st.tuples(st.sampled_from(SIDES), st.sampled_from((">=", ">", "=", "<", "!=")), st.sampled_from(SIDES))
GRID = [Fraction(n, 2) for n in (-2, -1, 0, 1, 2, 3, 4, 7)]


def policy(conditions: list[str], type_: str) -> guiju.Policy | None:
    """Each condition is a clause; the score tells which of them are satisfied, so that every combination shows."""
    lines = ['standard t-1 "T"', f"fact x : {type_}", f"fact y : {type_}", "groups section", 'section 1 "S"']
    lines += [f'  clause 1.{n} "c" {condition}' for n, condition in enumerate(conditions, 1)]
    weighed = (f"{2**n} * count of clauses of 1.{n + 1} satisfied" for n in range(len(conditions)))
    compiled = compile_source(Source("t.guiju", "\n".join([*lines, f"score which = {' + '.join(weighed)}"]) + "\n"))
    return guiju.Policy(compiled.program) if compiled.program is not None else None


def assessed(of: guiju.Policy, facts: Mapping[str, Any]) -> Assessment:
    return guiju.evaluate(of, {"guiju": "evidence/1", "subject": "x", "facts": {k: str(v) for k, v in facts.items()}})


def witness_of(found: Assessment, value: Value) -> tuple[dict[str, Any], dict[str, str]]:
    told = found.possible("which").witness(value)
    facts = {a.removeprefix("fact:"): v for a, v in told.items() if a.startswith("fact:")}
    return facts, {a.removeprefix("clause:"): v.value for a, v in told.items() if isinstance(v, Verdict)}


@settings(max_examples=20, deadline=None)
@given(st.lists(CONDITIONS, min_size=2, max_size=3), st.sampled_from(("number", "count")))
def test_every_combination_is_found_and_has_its_numbers(sides: list[tuple[str, str, str]], type_: str) -> None:
    of = policy([" ".join(side) for side in sides], type_)
    if of is None:
        return
    found = assessed(of, {})
    possible = found.possible("which")
    for x, y in product(GRID if type_ == "number" else range(6), repeat=2):
        at = guiju.evaluate(of, {"guiju": "evidence/1", "subject": "x", "facts": {"x": f"{x}", "y": f"{y}"}})
        assert set(at.possible("which").values) <= set(possible.values), (x, y)
    if possible.exact:
        for value in possible.values:
            facts, _ = witness_of(found, value)
            assert value in assessed(of, facts).possible("which").values


def test_a_number_and_its_ratio_to_another_one_are_exact() -> None:
    of = policy(["x >= 2", "x / y >= 50 %"], "count")
    assert of is not None
    possible = assessed(of, {}).possible("which")
    assert possible.exact
    assert set(possible.values) == {0, 1, 2, 3}


def test_what_cannot_hold_together_is_ruled_out() -> None:
    for type_, which in (("count", {0, 4, 5, 6}), ("number", {0, 1, 2, 4, 5, 6})):
        of = policy(["x >= y + 1", "y >= x + 1", "x + y >= 1"], type_)
        assert of is not None
        possible = assessed(of, {}).possible("which")
        assert possible.exact
        assert set(possible.values) == which


@pytest.mark.parametrize("type_", ["number", "count"])
def test_what_whole_numbers_cannot_be_is_told_or_left_open_and_never_claimed(type_: str) -> None:
    of = policy(["2 * x - 2 * y > 0", "2 * x - 2 * y < 2"], type_)
    assert of is not None
    possible = assessed(of, {}).possible("which")
    assert 3 in possible.values
    assert possible.exact is (type_ == "number")
    assert not any(isinstance(v, Undefined) for v in possible.values)


def test_whole_numbers_that_lie_far_apart_between_two_lines_are_not_left_out() -> None:
    """One pair in a thousand lies there: that none was found says nothing, so both results are told, as an enclosure."""
    of = policy(["997 * x + 500 < 1000 * y", "1000 * y < 997 * x + 502"], "count")
    assert of is not None
    told = assessed(of, {}).possible("which")
    assert Fraction(2**0 + 2**1) in told.values
    assert not told.exact
