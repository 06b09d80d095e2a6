"""What a compiled policy makes of one row: what each outcome is or can be, and the row of its table that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Cases, Program, Undefined, Value
from guiju.engine.network import Network, Node, live_operands
from guiju.engine.ranked import bounds, ranked


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome or score.

    `value` is UNKNOWN as long as several are reachable. `lower` and `upper` are the least and the greatest of the
    `reachable` ones, None where one of these has no order (`ranked`). `exact` False: some of them may not be
    reachable. `rule` is the row of a table that gives the value, `level/row2`; None while it is open, and of what is
    no table.
    """

    value: Value
    lower: Value | None
    upper: Value | None
    reachable: tuple[Value, ...]
    exact: bool
    rule: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcomes of a row, or the scores that were asked for, by id. None: the row is out of type (`bind_row`)."""

    outcomes: Mapping[str, Outcome] | None

    def __getitem__(self, id_: str) -> Outcome:
        """One of them; KeyError also where the row has no answer."""
        if self.outcomes is None:
            raise KeyError(id_)
        return self.outcomes[id_]


NO_ANSWER = Answer(None)


def outcome_of(program: Program, reachable: Iterable[Value], *, exact: bool, rule: str | None) -> Outcome:
    """An outcome from all that it can be, in a fixed order."""
    values = ranked(program, tuple(set(reachable)))
    is_decided = exact and len(values) == 1
    lower, upper = bounds(program, values) or (None, None)
    return Outcome(
        value=values[0] if is_decided else UNKNOWN,
        lower=lower,
        upper=upper,
        reachable=values,
        exact=exact,
        rule=rule if is_decided else None,
    )


def rule_of(network: Network, node: Node, values: Sequence[Value]) -> str | None:
    """The row of a table that gives its value; None of what is no table, and where no row gives it."""
    while not isinstance(node.subject, Cases):
        live = live_operands(node, values)
        if len(live) != 1:
            return None
        node = network.nodes[live[0]]
    if values[node.index] is UNKNOWN or isinstance(values[node.index], Undefined):
        return None
    for number, condition in enumerate(node.operands[: 2 * len(node.subject.rows) : 2], 1):
        if values[condition] is True:
            return f"{node.address}/row{number}"
    return f"{node.address}/otherwise"
