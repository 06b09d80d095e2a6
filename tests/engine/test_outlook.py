"""What an outlook sweeps: nothing a second time, and no more than a little where comparisons tell the outcome."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.compiler.ir import UNKNOWN, Program
from guiju.engine.domains import Domains
from guiju.engine.evaluate import known_from
from guiju.engine.network import network_of
from guiju.engine.possible import Possible, Relation, Swept
from guiju.engine.reasoning.asking import outlook
from guiju.engine.reasoning.asking.outlook import Looking, look
from guiju.engine.rows import bind_row
from guiju.engine.sweep import BUDGET, kept_runs, sweep
from tests.engine.strategies import programs
from tests.engine.tables import random_rows
from tests.engine.test_thresholds import assessed, policy


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(programs(), st.integers(0, 2**32), st.sampled_from([2, 10, 60]))
def test_what_was_swept_in_vain_is_not_swept_again_and_told_as_it_was(program: Program, seed: int, budget: int) -> None:
    for row in random_rows(program, Random(seed), 4, shares=(0.1, 0.3, 0.9)):
        bound, found = bind_row(program, row, "row")
        if any(d.is_error for d in found):
            continue
        known = known_from(bound, {}, {})
        domains = Domains(known.network, known.values)
        for target in (known.network.at[o] for o in program.outcomes):
            if known.values[target] is UNKNOWN and not kept_runs(known, (target,), (), budget, domains):
                again = sweep(known, (target,), (), budget, domains)
                assert told(sweep(known, (target,), (), budget, domains, was_kept=False)) == told(again)


def told(swept: Swept) -> tuple[object, ...]:
    """All that a sweep tells, in whatever order it was found."""
    return {node: as_set(p) for node, p in swept.found.items()}, [as_rows(r) for r in swept.relations]


def as_set(possible: Possible) -> tuple[object, ...]:
    return frozenset(possible.values), possible.exact, possible.bounded, possible.why


def as_rows(relation: Relation) -> tuple[object, ...]:
    return relation.nodes, frozenset(relation.rows), relation.enclosed


def test_a_mean_of_many_shares_is_not_swept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares of six sections of other sizes: their sums are beyond the budget, the comparisons of them are few."""
    budgets = Counter[int]()

    def noted(*given: Any) -> Any:
        runs = kept_runs(*given)
        budgets[given[3]] += not runs
        return runs

    made = policy(
        [(3 + number, 1) for number in range(6)],
        "share of clauses satisfied",
        "mean of part over each section",
        ["total >= 50%", "total >= 80%"],
    )
    assert made is not None
    monkeypatch.setattr(outlook, "kept_runs", noted)
    found = look(assessed(made, {"1-1": "satisfied"}).known, Looking(made.program))
    assert set(found.outcomes["level"].values) == {"none", "L1", "L2"}
    assert found.outcomes["level"].exact
    assert +budgets == {BUDGET // outlook.FIRST: 1}
    assert found.under(network_of(made.program).at["clause:1-2"]) is not None
