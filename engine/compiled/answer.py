"""What a compiled policy makes of one row: what each outcome is or can be, and the row of its table that says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Cases, Choice, Program, Value
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

    def keys(self) -> Collection[str]:
        """The ids of what is told; none of a row that has no answer."""
        return () if self.outcomes is None else self.outcomes.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, id_: object) -> bool:
        return id_ in self.keys()


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


def rule_of(network: Network, node: Node, values: Sequence[Value], known: Callable[[int], Value]) -> str | None:
    """The row of a table that gives its value in every completion; None of what is no table, or where there is none.

    `known` says of a node what it is in every completion, UNKNOWN where that differs.
    """
    table = table_of(network, node, values)
    if table is None:
        return None
    assert isinstance(table.subject, Cases)
    return row_that_holds(table, [known(c) for c in table.operands[: 2 * len(table.subject.rows) : 2]])


def table_of(network: Network, node: Node, values: Sequence[Value]) -> Node | None:
    """The table that gives a node its value, through references and settled readings; None where it has none."""
    while not isinstance(node.subject, Cases):
        if not isinstance(node.subject, Choice) and (node.form is None or node.form.symbol != "reference"):
            return None
        (below,) = live_operands(node, values)
        node = network.nodes[below]
    return node


def row_that_holds(table: Node, conditions: Sequence[Value]) -> str | None:
    """The address of the first row that holds, of what is else where none does; None where one before it is open.

    Of an exclusive table none holds where more than one may.
    """
    assert isinstance(table.subject, Cases)
    place = next((i for i, condition in enumerate(conditions) if condition is not False), None)
    if place is None:
        return f"{table.address}/otherwise"
    is_alone = not table.subject.exclusive or all(c is False for c in conditions[place + 1 :])
    return f"{table.address}/row{place + 1}" if conditions[place] is True and is_alone else None
