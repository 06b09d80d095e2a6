"""An assessment again after a change: what depends on the change is settled again, and everything else is taken over.

Facts, inputs and clauses about which the evidence now says something else are settled first; from a fact on all that
stands on it up to its clauses, which also tell what they rest on; from there on only what has come to another value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from guiju.compiler.ir import Clause, Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, assessed, settle_nodes
from guiju.engine.network import Network
from guiju.engine.reachable import Memory
from guiju.engine.verdicts import ClauseResult


def assess_again(
    before: Assessment, bound: Bound, memory: Memory, taken: Mapping[int, Value] | None = None
) -> Assessment:
    """The assessment of changed evidence about the same subject; the same as anew.

    `memory` is that of the assessment before, or of others of like evidence. `taken` are nodes that are taken to have
    some value whatever the evidence says of them.
    """
    return assessed(bound, before.readings, settled_again(before, bound, taken), memory)


def settled_again(
    before: Assessment, bound: Bound, taken: Mapping[int, Value] | None = None
) -> tuple[list[Value], dict[str, ClauseResult]]:
    """What changed evidence decides by itself, before anything is swept: the values, and the results of the clauses."""
    network, forced = before.network, dict(taken or {})
    values, clauses = list(before.values), dict(before.clauses)
    stale = {network.at[a] for a in _spoken_of(before.bound, bound) if a in network.at} | forced.keys()
    users, told = users_of(network), _told_by_clauses(network)
    for node in network.nodes if stale else ():
        if node.index not in stale:
            continue
        was = values[node.index]
        if node.index in forced:
            values[node.index] = forced[node.index]
        else:
            settle_nodes((node,), network, bound, before.readings, (values, clauses))
        if values[node.index] != was or node.index in told:
            stale.update(users.get(node.index, ()))
    return values, clauses


def _spoken_of(before: Bound, after: Bound) -> Iterator[str]:
    """The addresses of which the evidence says something else."""
    told: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        ("input", before.inputs, after.inputs),
        ("fact", before.facts, after.facts),
        ("fact", before.stated, after.stated),
        ("fact", before.rounded, after.rounded),
        ("clause", before.attestations, after.attestations),
    )
    for kind, one, other in told:
        yield from (f"{kind}:{name}" for name in {**one, **other} if one.get(name) != other.get(name))
    for name in before.expired ^ after.expired:
        yield from (f"fact:{name}", f"clause:{name}")


@lru_cache(maxsize=8)
def users_of(network: Network) -> Mapping[int, tuple[int, ...]]:
    """The nodes that look at each node."""
    users: dict[int, list[int]] = {}
    for node in network.nodes:
        for operand in node.operands:
            users.setdefault(operand, []).append(node.index)
    return {index: tuple(above) for index, above in users.items()}


@lru_cache(maxsize=8)
def _told_by_clauses(network: Network) -> frozenset[int]:
    """The nodes below some clause, which tells the evidence of the facts that it stands on beside its verdict."""
    below: set[int] = set()
    for node in reversed(network.nodes):
        if node.index in below or isinstance(node.subject, Clause):
            below.update(node.operands)
    return frozenset(below)
