"""Single rows: what planes cannot say is asked of the compiled function or of the reference, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.compiled.compiled import MOST_REMEMBERED, compiled
from guiju.engine.evaluate import settle
from guiju.engine.network import network_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, possible_of, standing_of
from guiju.engine.rows import bind_row

MANY = 200  # rows for which compiling a function pays


@dataclass(frozen=True)
class Alone:
    """What nodes of one row can be, or why it has no answer."""

    possible: Mapping[str, Possible]
    errors: tuple[Diagnostic, ...]


NOTHING = Possible((), False, ())  # of a node of a row that has no answer


class RowByRow:
    """Answers rows one by one: some nodes of them, `number` rows in all. `memory` is shared by rows of one policy."""

    def __init__(
        self, program: Program, readings: Mapping[str, str], addresses: Sequence[str], memory: Memory, number: int
    ) -> None:
        self._program, self._readings, self._memory = program, readings, memory
        told = tuple(a for a in addresses if number >= MANY and a in program.definition)
        self._compiled = compiled(program, readings, None, told) if told else None
        self._rest = tuple(a for a in addresses if a not in told)

    def answer(self, row: Sequence[object]) -> Alone:
        """What the nodes of a row can be."""
        found: dict[str, Possible] = {}
        if self._compiled is not None:
            answer = self._compiled.checked(row)
            if answer.outcomes is None:
                return evaluated(self._program, self._readings, row, (), self._memory)
            found = {a: Possible(o.reachable, o.exact, (None,) * len(o.reachable)) for a, o in answer.outcomes.items()}
        if self._rest or self._compiled is None:
            rest = evaluated(self._program, self._readings, row, self._rest, self._memory)
            return Alone(found | dict(rest.possible), rest.errors)
        return Alone(found, ())


def evaluated(
    program: Program, readings: Mapping[str, str], row: Sequence[object], addresses: Sequence[str], memory: Memory
) -> Alone:
    """The reference's answer for some nodes of a row."""
    bound, diagnostics = bind_row(program, row, "row")
    errors = tuple(d for d in diagnostics if d.is_error)
    if errors or not addresses:
        return Alone({}, errors)
    if len(memory) > MOST_REMEMBERED:
        memory.clear()
    network = network_of(program)
    values, clauses = settle(network, bound, readings)
    known = Known(network, tuple(values), standing_of(values, bound, clauses, memory))
    return Alone({a: possible_of(known, network.at[a], memory) for a in addresses}, ())
