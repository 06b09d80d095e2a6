"""Which clauses each level of an outcome counts: those below the rows of its table that give it, by what is chosen.

Of groups that the inputs leave out no clause counts, nor of what is decided before anybody has said anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guiju.compiler.ir import UNKNOWN, Cases, Choice, Clause, Fact, Input, Program, Reading, Value
from guiju.engine.network import Network, chosen, live_operands

if TYPE_CHECKING:
    from guiju.engine.columnar.target import Ground


@dataclass(frozen=True)
class Counted:
    """What one level counts where the inputs are as `inputs` says, by their columns. `row`: the address of its row."""

    level: str
    row: str
    inputs: Mapping[str, str]
    clauses: tuple[str, ...]


def levels_of(program: Program, outcome: str) -> tuple[str, ...]:
    """The levels that an outcome can come to by a row of its table, from the lowest; none where it gives no levels."""
    expression = program.definition[outcome].expression
    tables = [option for _, option in expression.options] if isinstance(expression, Choice) else [expression]
    given = {_given(row.value) for table in tables if isinstance(table, Cases) for row in table.rows}
    return tuple(level.id for level in program.levels if level.id in given)


def counted_by(ground: Ground, outcome: str) -> tuple[Counted, ...]:
    """What each level counts in each case of the inputs."""
    return tuple(_counted(ground, outcome))


def _counted(ground: Ground, outcome: str) -> Iterator[Counted]:
    network = ground.network
    levels = levels_of(ground.program, outcome)
    for inputs, values in ground.cases(network.at[outcome]):
        table = chosen(network, network.node(outcome), values)
        if not isinstance(table.subject, Cases):
            continue
        given = [_given(row.value) for row in table.subject.rows]
        chosen_by = {network.nodes[i].subject.id: str(option) for i, option in inputs.items()}  # type: ignore[union-attr]
        for level in levels:
            rows = [i for i, value in enumerate(given) if value == level]
            below = {c for i in rows for c in _below(network, table.operands[2 * i], values)}
            clauses = tuple(c.id for c in ground.program.clauses if c.id in below)
            if rows:
                yield Counted(level, f"{table.address}/row{rows[0] + 1}", chosen_by, clauses)


def _given(value: object) -> object:
    return getattr(value, "value", None)


def _below(network: Network, condition: int, values: Sequence[Value]) -> Iterator[str]:
    """The clauses below a condition that is still open, other than through clauses."""
    stack, seen = [condition], set()
    while stack:
        node = network.nodes[stack.pop()]
        if node.index in seen or values[node.index] is not UNKNOWN:
            continue
        seen.add(node.index)
        if isinstance(node.subject, Clause):
            yield node.subject.id
        elif not isinstance(node.subject, Fact | Input | Reading):
            stack.extend(live_operands(node, values))
