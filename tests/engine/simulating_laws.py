"""What a simulation must be after any changes, and after any of them were taken back: its row, by the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from guiju.compiler.ir import Program
from guiju.engine.compiled.answer import Answer
from guiju.engine.compiled.compiled import Compiled
from guiju.engine.compiled.judging import is_in_type
from guiju.engine.layout import layout
from guiju.engine.simulating.simulation import Simulation


def check_same(function: Compiled, row: Sequence[object], given: Answer) -> None:
    """An answer is the reference's, or has exactly what the reference only encloses."""
    told = function.by_reference(row)
    assert given.outcomes is not None
    assert told.outcomes is not None
    for target in function.targets:
        outcome, reference = given[target], told[target]
        if outcome.exact and not reference.exact:
            assert set() < set(outcome.reachable) <= set(reference.reachable), target
        else:
            assert outcome == reference, target


def in_type(program: Program, row: Sequence[object]) -> list[object]:
    """A row without what is out of type at first sight."""
    return [v if is_in_type(slot)(v) else None for slot, v in zip(layout(program), row, strict=True)]


def check_a_simulation_is_its_row(
    program: Program, readings: Mapping[str, str], rows: Sequence[Sequence[object]], random: Random
) -> tuple[int, int]:
    """Change a subject to values of others, a few at a time, and take some back; how often gates alone told it, of how often."""
    function = Compiled(program, readings, tuple(range(len(layout(program)))), program.outcomes)
    first, *others = (in_type(program, row) for row in rows)
    simulation, stood, told = Simulation(function, first), [tuple(first)], list[bool]()
    for other in others:
        if simulation.changes and random.random() < 0.3:
            simulation.undo()
            stood.pop()
        else:
            slots = random.sample(range(len(first)), min(len(first), random.choice((1, 1, 2, 3, 8))))
            simulation.change({slot: other[slot] for slot in slots})
            now = list(stood[-1])
            for slot in slots:
                now[slot] = other[slot]
            stood.append(tuple(now))
        assert simulation.row == stood[-1]
        if random.random() < 0.7:  # else nobody asks before the next change
            told.append(simulation.is_told)
            check_same(function, simulation.row, simulation.answer)
    while simulation.changes:
        simulation.undo()
    check_same(function, first, simulation.answer)
    assert simulation.row == tuple(first)
    return sum(told), len(told)
