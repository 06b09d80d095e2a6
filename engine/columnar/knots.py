"""Clauses that stand on the same facts, where rows attest them and state no such fact: which verdicts go together.

Such verdicts are one letter. Where all of them are attested they stand as attested, even if no facts could bear all of
them out: nothing else looks at the facts then. Where an input is open on which the clauses stand, they deny it instead.
Where some are attested, the others are what the facts behind these leave. A verdict that the facts behind its own
clause rule out in any case is in no letter: it is in dispute.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from math import prod

from guiju.compiler.ir import UNKNOWN, Clause, Value, Verdict
from guiju.engine.columnar.leaf import Knot, verdicts_on
from guiju.engine.domains import Domains
from guiju.engine.layout import layout
from guiju.engine.network import Network, live_operands, open_below
from guiju.engine.possible import Known, Relation
from guiju.engine.sweep import BUDGET, sweep
from guiju.engine.verdicts import facts_on

MOST_LETTERS = 256  # of one knot; beyond that its facts are asked for


def knots_of(
    known: Known, seen: Collection[int], slots: Mapping[int, int], domains: Domains, target: int
) -> list[tuple[tuple[int, ...], Knot]]:
    """The knots among some open nodes, each with its clauses. `slots` has the columns that a table has, by node."""
    network, values = known.network, known.values
    clauses = [i for i in sorted(seen) if isinstance(network.nodes[i].subject, Clause)]
    below = {i: open_below(network, values, network.nodes[i].operands) for i in clauses}
    users = _users(network, values, seen)
    found = []
    for tied in _tied(below):
        inner = set[int]().union(*(below[i] for i in tied))
        has_facts = any(i in slots for i in inner)
        is_closed = target not in tied and all(users.get(i, set()) <= inner | set(tied) for i in inner)
        if len(tied) < 2 or has_facts or not is_closed or inner.intersection(clauses):
            continue
        knot = _knot(known, tied, slots, domains)
        if knot is not None:
            found.append((tied, knot))
    return found


def _users(network: Network, values: Sequence[Value], seen: Collection[int]) -> dict[int, set[int]]:
    users: dict[int, set[int]] = {}
    for index in seen:
        for operand in network.nodes[index].operands:
            if values[operand] is UNKNOWN:
                users.setdefault(operand, set()).add(index)
    return users


def _tied(below: Mapping[int, set[int]]) -> list[tuple[int, ...]]:
    """Clauses that share something open, together; one that shares nothing by itself."""
    above = {clause: clause for clause in below}  # another clause of the same group, up to one that is above itself
    first: dict[int, int] = {}

    def top(clause: int) -> int:
        while above[clause] != clause:
            above[clause] = clause = above[above[clause]]
        return clause

    for clause, nodes in below.items():
        for node in nodes:
            above[top(clause)] = top(first.setdefault(node, clause))
    groups: dict[int, list[int]] = {}
    for clause in sorted(below):
        groups.setdefault(top(clause), []).append(clause)
    return [tuple(group) for group in groups.values()]


def _knot(known: Known, tied: tuple[int, ...], slots: Mapping[int, int], domains: Domains) -> Knot | None:
    """The verdicts of tied clauses; None where they are too many, not exact, or free of one another."""
    stated = prod(len(verdicts_on(_clause(known, i))) for i in tied)
    if stated > MOST_LETTERS or not all(i in slots for i in tied):
        return None
    relation: Relation = sweep(known, tied, (), BUDGET, domains).relations[0]
    if relation.enclosed or set(relation.nodes) != set(tied):
        return None
    borne = frozenset(relation.on(tied))
    letters = tuple(product(*(_left(known, i, {row[at] for row in borne}) for at, i in enumerate(tied))))
    if len(borne) == len(letters):
        return None
    inputs = _chosen_below(known, tied)
    return Knot(tuple(slots[i] for i in tied), letters, borne, inputs, not inputs and len(letters) == stated)  # type: ignore[arg-type]


def _chosen_below(known: Known, tied: tuple[int, ...]) -> tuple[int, ...]:
    """The columns of the inputs that clauses stand on, of those that are chosen here."""
    network, seen, stack = known.network, set[int](), list(tied)
    while stack:
        if (index := stack.pop()) not in seen:
            seen.add(index)
            stack.extend(live_operands(network.nodes[index], known.values))
    chosen = {network.nodes[i].address for i in seen if known.values[i] is not UNKNOWN}
    return tuple(i for i, slot in enumerate(layout(network.program)) if slot.kind == "input" and slot.address in chosen)


def _left(known: Known, index: int, borne: Collection[Value]) -> tuple[Verdict, ...]:
    """The verdicts on a clause that its facts do not rule out in any case, and those that some facts bear out.

    Of these there are more where it may be undefined whether it applies.
    """
    leave = facts_on(_clause(known, index), [known.values[o] for o in known.network.nodes[index].operands]).leave
    return tuple(v for v in Verdict if v in leave or v in borne)


def _clause(known: Known, index: int) -> Clause:
    clause = known.network.nodes[index].subject
    assert isinstance(clause, Clause)
    return clause
