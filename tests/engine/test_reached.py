"""Sets that only an enclosure is known of are looked at again alone where that may help, and nowhere else."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.compiler.ir import Program
from guiju.engine.evaluate import known_from
from guiju.engine.possible import Possible
from guiju.engine.reachable import possible_of, reachable
from guiju.engine.reached import Reached
from guiju.engine.rows import bind_row
from guiju.engine.sweep import BUDGET
from tests.engine.strategies import programs
from tests.engine.tables import random_rows, rows_of_verdicts


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(programs(), st.integers(0, 2**32), st.sampled_from([10, 60, BUDGET]))
def test_all_that_is_shown_is_told_as_if_each_were_looked_at_again(program: Program, seed: int, budget: int) -> None:
    """Under a small budget, too, where much of it is too much to be gone through at once."""
    shown = [d.id for d in program.definitions if d.shown]
    shown.sort(key=lambda id_: id_ not in program.outcomes)
    for row in (*random_rows(program, Random(seed), 4, shares=(0.3, 0.9)), *rows_of_verdicts(program, Random(seed), 3)):
        bound, found = bind_row(program, row, "row")
        if any(d.is_error for d in found):
            continue
        known = known_from(bound, {}, {})
        nodes = tuple(known.network.at[id_] for id_ in shown)
        among = reachable(known, nodes, {}, budget)
        told = Reached(known, {}, budget).of_all()
        assert told.keys() == among.keys()
        for node in (n for n in nodes if n in among):
            alone = among[node] if among[node].exact else possible_of(known, node, {}, budget)
            assert as_set(told[node]) == as_set(alone if alone.exact else among[node])


def as_set(possible: Possible) -> tuple[object, ...]:
    """A set in whatever order it was found."""
    return frozenset(possible.values), possible.exact, possible.bounded
