"""Conditions that several of the changed numbers share: how far one of these may go is for the others to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import Clause, Value
from guiju.compiler.operators import COMPARISONS
from guiju.engine.network import Node, live_operands, met_above, users_of
from guiju.engine.planes import numbers_below, turning
from guiju.engine.reasoning.planning.changes import Aim, Changes, below
from guiju.engine.reasoning.planning.unstated import is_taken, opened


@dataclass(frozen=True)
class Shared:
    """A comparison of several changed numbers, with the clauses that it is a part of, or the score or grade.

    `holds` False: it must not hold.
    """

    condition: Node
    holds: bool
    parts_of: tuple[Node, ...]


def shared_conditions(aim: Aim, changes: Changes) -> tuple[Shared, ...]:
    """The comparisons of two or more of the changed numbers without which, as they are then, the goal is missed."""
    nodes = aim.network.nodes
    numbers = {aim.network.at[address] for address, planned in changes.items() if isinstance(planned, Fraction)}
    if len(numbers) < len(("one", "other")):
        return ()
    sought = below(aim, (aim.goal,))
    open_ = opened(nodes, aim.today, sorted(sought), numbers)
    passed = numbers_below(aim.network, open_, sorted(sought))
    final = aim.values(changes)
    found: list[Shared] = []
    for index in turning(aim.network, open_, sorted(sought)):
        node = nodes[index]
        seen = frozenset().union(*(passed[o] for o in live_operands(node, open_))) & numbers
        holds = final[index]
        is_condition = node.form is not None and node.form.symbol in COMPARISONS and isinstance(holds, bool)
        if is_condition and len(seen) > 1 and _is_needed(aim, changes, final, index, sought):
            found.append(Shared(node, holds is True, _parts_of(aim, node)))
    return tuple(found)


def _parts_of(aim: Aim, condition: Node) -> tuple[Node, ...]:
    nodes, users = aim.network.nodes, users_of(aim.network)
    met = met_above(users, condition.index, lambda i: not isinstance(nodes[i].subject, Clause))
    clauses = tuple(nodes[i] for i in sorted(met) if isinstance(nodes[i].subject, Clause) and not is_taken(nodes[i]))
    owner = condition.owner
    return clauses or ((aim.network.node(owner.id),) if owner is not None else ())


def _is_needed(aim: Aim, changes: Changes, final: Sequence[Value], index: int, sought: set[int]) -> bool:
    """Whether the goal is missed where a condition comes to the opposite, all else being as it is then."""
    again = list(final)
    again[index] = not final[index]
    for above in sorted(met_above(users_of(aim.network), index) & sought):
        again[above] = aim.value_of(aim.network.nodes[above], again, changes)
    return again[aim.goal] is not True
