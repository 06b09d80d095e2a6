"""Clauses that no rule tells apart: what is proved of pairs that differ in one of them is proved of the others.

They are used by the same nodes, each comes to either verdict, and what each stands on, nothing else looks at: so to
exchange them in a subject gives a subject again, and the same outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from guiju.compiler.ir import UNKNOWN
from guiju.engine.network import Network, live_operands, open_below
from guiju.engine.possible import Known
from guiju.engine.proving.claim import Ground
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.verdicts import EITHER


@lru_cache(maxsize=4)
def alike(ground: Ground) -> Mapping[str, str]:
    """For each clause the first of those that it is like; itself where it is like none before it."""
    network, known = ground.assessment.network, ground.known
    users = _users(network, known)
    memory: Memory = {}
    first: dict[tuple[object, ...], str] = {}
    found: dict[str, str] = {}
    for clause in ground.program.items(ground.assessment.readings):
        index = network.at[f"clause:{clause.id}"]
        exchangeable = _is_by_itself(known, index, users) and _goes_either_way(known, index, memory)
        key = tuple(users.get(index, ())) if exchangeable else (clause.id,)
        found[clause.id] = first.setdefault(key, clause.id)
    return found


def _users(network: Network, known: Known) -> dict[int, list[int]]:
    """The open nodes that look at each node under the readings."""
    found: dict[int, list[int]] = {}
    for node in network.nodes:
        if known.values[node.index] is UNKNOWN:
            for operand in live_operands(node, known.values):
                found.setdefault(operand, []).append(node.index)
    return found


def _is_by_itself(known: Known, index: int, users: Mapping[int, list[int]]) -> bool:
    below = open_below(known.network, known.values, (index,))
    return index not in known.standing.contested and all(below.issuperset(users[i]) for i in below - {index})


def _goes_either_way(known: Known, index: int, memory: Memory) -> bool:
    possible = possible_of(known, index, memory)
    return possible.exact and set(possible.values) == set(EITHER)
