"""Single rows: what planes cannot say is asked of the compiled function or of the reference, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Program, Value
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.columnar.laid import VERDICT
from guiju.engine.compiled.compiled import MOST_REMEMBERED, Compiled, compiled
from guiju.engine.evaluate import known_of, settle
from guiju.engine.network import network_of
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory
from guiju.engine.reached import Reached
from guiju.engine.rows import bind_row
from guiju.engine.verdicts import EITHER

MANY = 50  # rows for which compiling a function pays: code for the inputs takes as long as the reference for a few


@dataclass(frozen=True)
class Alone:
    """What nodes of one row can be, or why it has no answer."""

    possible: Mapping[str, Possible]
    errors: tuple[Diagnostic, ...]


NOTHING = Possible((), False, ())  # of a node of a row that has no answer


class RowByRow:
    """Answers rows one by one: some nodes of them, for as many batches as there are. `memory` is shared by all rows.

    Once many rows were asked for, the compiled function answers what it can. What it leaves to the reference is put to
    that once, with whatever else is asked of the row.
    """

    def __init__(self, program: Program, readings: Mapping[str, str], addresses: Sequence[str], memory: Memory) -> None:
        self._program, self._readings, self._memory = program, readings, memory
        self._addresses = tuple(addresses)
        self._told = tuple(a for a in addresses if a in program.definition)
        self._rest = tuple(a for a in addresses if a not in program.definition)
        self._coming = 0

    def expect(self, rows: int) -> None:
        """So many more rows will be asked for."""
        self._coming += rows

    @cached_property
    def _compiled(self) -> Compiled:
        return compiled(self._program, self._readings, None, self._told)

    def answer(self, row: Sequence[object]) -> Alone:
        """What the nodes of a row can be."""
        if self._coming < MANY or not self._told:
            return self._evaluated(row, self._addresses)
        answer = self._compiled.by_code(row)
        if answer is None or answer.outcomes is None:
            return self._evaluated(row, self._addresses)
        found = {a: Possible(o.reachable, o.exact, (None,) * len(o.reachable)) for a, o in answer.outcomes.items()}
        if not self._rest:
            return Alone(found, ())
        rest = self._evaluated(row, self._rest)
        return Alone(found | dict(rest.possible), rest.errors)

    def _evaluated(self, row: Sequence[object], addresses: Sequence[str]) -> Alone:
        return evaluated(self._program, self._readings, row, addresses, self._memory)


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
    settled = settle(network, bound, readings)
    found = {a: _settled(settled[1][a.removeprefix(VERDICT)].verdict) for a in addresses if a.startswith(VERDICT)}
    if len(found) < len(addresses):
        reached = Reached(known_of(bound, settled, memory), memory)
        found |= {a: reached.of(network.at[a]) for a in addresses if a not in found}
    return Alone(found, ())


def _settled(verdict: Value) -> Possible:
    """A verdict as planes have it: of a clause that nobody decides either."""
    values = EITHER if verdict is UNKNOWN else (verdict,)
    return Possible(values, True, (None,) * len(values))
