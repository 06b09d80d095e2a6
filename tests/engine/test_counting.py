"""Diagrams that only count are told by two sums: the same planes as from place to place, and far fewer operations."""

from __future__ import annotations

from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.ir import Program, Verdict
from guiju.engine.columnar import counting
from guiju.engine.columnar.circuit import Circuit
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.letters import Letters, Shape
from guiju.engine.columnar.target import Ground, ends_of
from guiju.engine.compiled.compiled import compiled
from guiju.engine.layout import layout
from guiju.engine.simulating.gates import Gates
from guiju.engine.simulating.laid import Laid
from guiju.engine.simulating.simulation import Simulation
from tests.engine.strategies import compiled as drawn_text
from tests.engine.strategies import programs
from tests.engine.test_laws import drawn


def told(program: Program, outcome: str, fewest: int, stated: Random) -> tuple[dict[str, int], int]:
    """The bits of the values of an outcome where rows may have any letters, and that of whether it is told."""
    present, circuit = frozenset(range(len(layout(program)))), Circuit()
    ground, letters = Ground(program, program.defaults), Letters(circuit, Shape(present, frozenset(), is_open=True))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "FEWEST", fewest)
        ends, is_told = ends_of(ground.target(outcome, present), ground.network, present, circuit, letters)
    gates = Gates(circuit, (*ends.values(), is_told))
    may = {str(name): i for name, i in gates.inputs.items()}
    bits = gates.bits({may[name]: name == "everything" or stated.random() < 0.7 for name in sorted(may)})
    return {str(value): bits[gates.place[gate]] for value, gate in ends.items()}, bits[gates.place[is_told]]


@drawn(40)
@given(programs(), st.integers(0, 2**32))
def test_a_count_is_what_passing_from_place_to_place_comes_to(program: Program, seed: int) -> None:
    for outcome in program.outcomes:
        try:
            passed = told(program, outcome, 10**9, Random(seed))
        except NotInColumnsError:
            continue
        assert told(program, outcome, 1, Random(seed)) == passed


def counted(clauses: int) -> Program:
    """How many of so many clauses are satisfied, and which share of them."""
    items = "".join(
        f'section {i} "s"\n  a) "Item" attested\n  b) "Item" attested\n' for i in range(1, clauses // 2 + 1)
    )
    scores = "score A = count of clauses unsatisfied\nscore B = share of clauses satisfied\n"
    program = drawn_text(f'standard count "C"\ngroups section\n{items}{scores}')
    assert program is not None
    return program


@pytest.mark.parametrize("outcome", ["A", "B"])
def test_counts_of_many_are_the_same_whatever_rows_say(outcome: str) -> None:
    program, random = counted(30), Random(outcome)
    for seed in random.sample(range(1000), 8):
        one, other = (told(program, outcome, fewest, Random(seed)) for fewest in (counting.FEWEST, 10**9))
        assert one == other


def test_operations_of_a_count_grow_with_its_clauses_and_those_that_turn_grow_less() -> None:
    gates, turned = [], []
    for clauses in (32, 128):
        program, random = counted(clauses), Random(clauses)
        laid = Laid(program, {}, program.outcomes)
        gates.append(len(laid.gates.place))
        row = [random.choice((True, False, None)) for _ in range(clauses)]
        assert Simulation(compiled(program, {}), row).is_told
        said = {slot: (Verdict.UNSATISFIED, Verdict.SATISFIED)[v] for slot, v in enumerate(row) if v is not None}
        bits, places = laid.bits(said), [p for name, p in laid.gates.inputs.items() if name != "everything"]
        turned.append(mean(len(laid.gates.turn(bytearray(bits), [place])) for place in places))
    assert gates[1] < 5 * gates[0]  # from place to place they would be sixteen times as many
    assert turned[1] < 4 * turned[0]  # and those that turn twelve times
