"""An assessment again after a change: what depends on the change is settled again, and everything else is taken over.

Facts, inputs and clauses about which the evidence now says something else are settled first; from a fact on all that
stands on it up to its clauses, which also tell what they rest on; from there on only what has come to another value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import heappop, heappush

from guiju.compiler.ir import Clause, Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, assessed, settle_nodes
from guiju.engine.network import Network, network_of, users_of
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
    return settled_from((before.bound, before.values, before.clauses), before.readings, bound, taken)


def settled_from(
    before: tuple[Bound, Sequence[Value], Mapping[str, ClauseResult]],
    readings: Mapping[str, str],
    bound: Bound,
    taken: Mapping[int, Value] | None = None,
) -> tuple[list[Value], dict[str, ClauseResult]]:
    """The same from what other evidence decided by itself under these readings.

    Where only the values of the first nodes are known of it, no others are settled.
    """
    (earlier, known, results), network, forced = before, network_of(bound.program), dict(taken or {})
    values, clauses, end = list(known), dict(results), len(known)
    at = {a: network.at.get(a, end) for a in _spoken_of(earlier, bound)}
    stale = {index for index in at.values() if index < end} | forced.keys()
    users, told = users_of(network), _told_by_clauses(network)
    waiting = sorted(stale)
    while waiting:
        index = heappop(waiting)
        was = values[index]
        if index in forced:
            values[index] = forced[index]
        else:
            settle_nodes((network.nodes[index],), network, bound, readings, (values, clauses))
        if values[index] != was or index in told:
            for user in users.get(index, ()):
                if user < end and user not in stale:
                    stale.add(user)
                    heappush(waiting, user)
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
def _told_by_clauses(network: Network) -> frozenset[int]:
    """The nodes below some clause, which tells the evidence of the facts that it stands on beside its verdict."""
    below: set[int] = set()
    for node in reversed(network.nodes):
        if node.index in below or isinstance(node.subject, Clause):
            below.update(node.operands)
    return frozenset(below)
