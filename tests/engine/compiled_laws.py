"""What the compiled function must give for a row: what binding it and evaluating it gives, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from guiju.compiler.ir import Program
from guiju.engine.compiled.answer import Answer
from guiju.engine.compiled.compiled import Compiled
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.rows import bind_row


def reference(program: Program, row: Sequence[object], readings: Mapping[str, str]) -> Assessment | None:
    """The assessment of a row; None where it is out of type."""
    bound, found = bind_row(program, row, "row")
    return None if any(d.is_error for d in found) else evaluate(bound, readings)


def check_same(compiled: Compiled, row: Sequence[object], given: Answer) -> None:
    """An answer is that of the reference: the same values, the same sets, as exact, none where there is none."""
    assessment = reference(compiled.program, compiled.whole(row), compiled.readings)
    if assessment is None:
        assert given.outcomes is None
        return
    assert given.outcomes is not None
    for target in compiled.targets:
        outcome, possible = given[target], assessment.possible(target)
        assert set(outcome.reachable) == set(possible.values), target
        assert outcome.exact is possible.exact, target
        assert outcome.value == assessment.value(target), target
        ends = (outcome.lower, outcome.upper)
        levels = ["none", *(level.id for level in compiled.program.levels)]
        numbers = [v for v in possible.values if isinstance(v, Fraction)]
        places = [levels.index(v) for v in possible.values if isinstance(v, str) and v in levels]
        if len(numbers) == len(possible.values):
            assert ends == (min(numbers), max(numbers)), target
        elif len(places) == len(possible.values):
            assert ends == (levels[min(places)], levels[max(places)]), target
        else:  # beside what is undefined or not entered nothing is the least
            assert ends == (None, None), target
