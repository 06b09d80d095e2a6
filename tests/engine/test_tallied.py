"""Levels that ask for all, or for so many, of a set of attested clauses: found kind by kind of clause, not one by one.

What a sweep finds clause by clause is the slow oracle; where that is too much, a completion for each value is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import Value, Verdict
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.library import compile_source

ROWS = ("= 100%", ">= 50%", "> 1 / 3")


def policy(sizes: tuple[int, ...], asked: str) -> guiju.Policy:
    """A standard with a section for each level: at a level count the clauses of its section and of those below."""
    levels = [f"L{n}" for n in range(1, len(sizes) + 1)]
    lines = ['standard t-1 "T"', "groups section", "levels", *(f'  {level} "{level}"' for level in levels)]
    for n, size in enumerate(sizes, 1):
        lines.append(f'section {n} "S{n}"')
        lines += [f'  - "c{i}" attested' for i in range(size)]
    lines += ["membership", f"  section | {' | '.join(levels)}"]
    for n in range(1, len(sizes) + 1):
        lines.append(f"  {n} | " + " | ".join("all" if at >= n else "" for at in range(1, len(sizes) + 1)))
    lines += ["score reached at each level = share of clauses satisfied", "grade level by reached"]
    lines += [f"  {level} | reached {asked}" for level in levels]
    compiled = compile_source(Source("t.guiju", "\n".join([*lines, "  otherwise | none"]) + "\n"))
    assert compiled.program is not None, compiled.diagnostics
    return guiju.Policy(compiled.program)


def assessed(of: guiju.Policy, attested: Mapping[str, Any]) -> Assessment:
    evidence = {"guiju": "evidence/1", "subject": "x", "voice": "assessor", "attestations": dict(attested)}
    return guiju.evaluate(of, evidence)


def witness_of(found: Assessment, level: Value) -> dict[str, str]:
    """What has to be attested for a level, by clause."""
    verdicts = found.possible("level").witness(level).items()
    return {address.removeprefix("clause:"): v.value for address, v in verdicts if isinstance(v, Verdict)}


@st.composite
def cases(draw: st.DrawFn) -> tuple[guiju.Policy, dict[str, str]]:
    sizes = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    made = policy(sizes, draw(st.sampled_from(ROWS)))
    verdicts = st.sampled_from(["satisfied", "unsatisfied", ""])
    given_ = {c.id: draw(verdicts) for c in made.program.items()}
    return made, {clause: verdict for clause, verdict in given_.items() if verdict}


@settings(max_examples=40, deadline=None)
@given(cases())
def test_it_is_what_a_sweep_clause_by_clause_finds(case: tuple[guiju.Policy, dict[str, str]]):
    of, attested = case
    found = assessed(of, attested)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guiju.engine.sweep.tallied", lambda *_: ({}, ()))
        slow = assessed(of, attested)
    assert {i: set(p.values) for i, p in found.open.items()} == {i: set(p.values) for i, p in slow.open.items()}
    assert all(possible.exact for possible in found.open.values())
    for value in found.possible("level").values:
        assert assessed(of, attested | witness_of(found, value)).value("level") == value


def test_a_thousand_clauses_leave_an_exact_outcome_with_a_witness_for_each_level():
    of = policy((300, 300, 400), "= 100%")
    found = assessed(of, {})
    assert found.possible("level").exact
    assert set(found.possible("level").values) == {"L1", "L2", "L3", "none"}
    assert found.possible("reached@L3").values[:2] == (Fraction(1), Fraction(999, 1000))
    assert assessed(of, witness_of(found, "L1")).value("level") == "L1"
