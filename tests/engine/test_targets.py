"""Targets that many parts meet in: told by the comparisons below them, just as a sweep of all combinations tells them.

What is drawn is small enough to be swept; here few parts count as many, so that the other way is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.compiler.ir import NOT_ENTERED, Value, Verdict
from guiju.engine import targets
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.rows import bind_row
from tests.engine.laws import bound_to
from tests.engine.levelled import levelled, rows_of
from tests.engine.strategies import Case, cases
from tests.engine.test_along import levels_over, program_of
from tests.engine.wide import wide_cases


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many targets are told by comparisons and how many are not; all are tried."""
    counts = Counter[str]()
    look = targets.Targets._is_compared

    def counted(self: targets.Targets, index: int) -> bool:
        told = look(self, index)
        counts["compared" if told else "left"] += 1
        return told

    monkeypatch.setattr(targets, "MANY", 0)
    monkeypatch.setattr(targets.Targets, "_is_compared", counted)
    return counts


def swept(bound: Any, readings: Mapping[str, str] | None = None) -> Assessment:
    """The assessment where every target is swept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(targets, "MANY", 10**9)
        return evaluate(bound, readings)


def check_same(found: Assessment, other: Assessment) -> None:
    """Everything that a sweep passes is told, and as exactly; whatever both tell exactly is the same."""
    shown = {found.network.at[d.id] for d in found.program.definitions if d.shown}
    for index, possible in other.open.items():
        address = found.network.nodes[index].address
        if index not in found.open:
            assert index not in shown, address
            continue
        told = found.open[index]
        assert told.exact or not possible.exact, address
        if possible.exact:
            assert set(told.values) == set(possible.values), address
        elif ANY not in possible.values:  # what is left out of an enclosure cannot be
            assert set(told.values) <= set(possible.values), address


def attested(assessment: Assessment, row: Sequence[object], witness: Mapping[str, Value]) -> list[object]:
    """A row in which the open clauses are as a witness has them."""
    at = {f"clause:{c.id}": place for place, c in enumerate(assessment.program.clauses)}
    taken = {at[a]: v is Verdict.SATISFIED for a, v in witness.items()}
    return [taken.get(place, value) for place, value in enumerate(row)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_levels_over_sections_are_what_a_sweep_says(compared: Counter[str], seed: int) -> None:
    random = Random(seed)
    program = levelled(random)
    if program is None:
        return
    for row in rows_of(program, random, 3):
        bound, _ = bind_row(program, row, "row")
        check_same(evaluate(bound), swept(bound))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(cases(), wide_cases()))
def test_of_any_policy_it_is_what_a_sweep_says(compared: Counter[str], case: Case) -> None:
    bound = bound_to(*case)
    check_same(evaluate(bound), swept(bound))


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_scores_behind_gates_are_told_with_a_witness_for_each(compared: Counter[str], share: float) -> None:
    program, random = program_of(levels_over(3)), Random(7)
    row = [None if random.random() < share else True for _ in program.clauses]
    bound, _ = bind_row(program, row, "row")
    found = evaluate(bound)
    check_same(found, swept(bound))
    assert compared["compared"] >= 4
    for name in ("A@L1", "A@L2", "A@L3", "level"):
        possible = found.possible(name)
        assert possible.exact
        assert (NOT_ENTERED in possible.values) is (name in ("A@L2", "A@L3"))
        for value in possible.values:
            again, _ = bind_row(program, attested(found, row, possible.witness(value)), "row")
            assert evaluate(again).value(name) == value


def test_work_grows_with_the_sections() -> None:
    """Twice the sections are no more than some twice the work; that of a sweep of all combinations is more."""
    assert moves(2 * targets.MANY) < 2.2 * moves(targets.MANY)


def moves(times: int) -> int:
    """The work of all sweeps and comparisons where nothing is known of one section in two."""
    program, counted = program_of(levels_over(times)), list[int]()
    tell = targets.Targets._tell_one

    def counting(self: targets.Targets, index: int) -> None:
        before = self._moves
        tell(self, index)
        counted.append(self._moves - before)

    bound, _ = bind_row(program, [None if n % 12 in (2, 5) else True for n in range(len(program.clauses))], "row")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(targets.Targets, "_tell_one", counting)
        assert evaluate(bound).is_settled("level") is False
    return sum(counted)
