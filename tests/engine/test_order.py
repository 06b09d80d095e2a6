"""In which order a sweep takes what is open: each shape stays exact with few combinations."""

from __future__ import annotations

import pytest

from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.library import compile_source
from tests.engine.strategies import SPAN

MARKS = "abcdefghijklmnop"


def assess(policy: str, budget: int) -> Assessment:
    program = compile_source(Source("order.guiju", f'standard order-1 "O"\ngroups section\n{policy}')).program
    assert program is not None
    bound, _ = bind(program, Evidence(subject="x", span=SPAN))
    return evaluate(bound, budget=budget)


def test_facts_of_one_clause_alone_do_not_multiply_with_what_others_come_to() -> None:
    asked = " and ".join(f"o{i} in s" for i in range(6))
    others = "".join(f'  {mark}) "c" attested\n' for mark in MARKS[1:])
    policy = f"""fact s : set of {" | ".join(f"o{i}" for i in range(6))}
section 1 "s"
  a) "c" {asked}
{others}score n = count of clauses satisfied
"""
    possible = assess(policy, budget=70).possible("n")  # 64 sets, or 16 counts under two verdicts each
    assert possible.exact
    assert set(possible.values) == set(range(len(MARKS) + 1))
    assert len(possible.witness(possible.values[0])["fact:s"]) in range(7)  # type: ignore[arg-type]


def test_counts_over_different_clauses_are_completed_one_after_the_other() -> None:
    clauses = "".join(f'  {mark}) {"should" if i % 2 else "shall"} "c" attested\n' for i, mark in enumerate(MARKS))
    policy = f"""section 1 "s"
{clauses}score few
  1 when more than half of shall clauses satisfied
  0 otherwise
score many
  1 when more than half of should clauses satisfied
  0 otherwise
score both = few + many
"""
    possible = assess(policy, budget=40).possible("both")  # 9 counts at a time and not 81
    assert possible.exact
    assert set(possible.values) == {0, 1, 2}


@pytest.mark.parametrize("pairs", [18])
def test_what_shares_facts_is_taken_together_where_completing_counts_needs_too_much(pairs: int) -> None:
    facts = "".join(f"fact f{i} : yes-no\n" for i in range(pairs))
    clauses = "".join(f'  - shall "c" f{i}\n  - should "c" f{i}\n' for i in range(pairs))
    policy = f"""{facts}section 1 "s"
{clauses}score some = count of shall clauses satisfied
score others = count of should clauses satisfied
score difference = some - others
"""
    possible = assess(policy, budget=3_000).possible("difference")
    assert possible.exact
    assert possible.values == (0,)
