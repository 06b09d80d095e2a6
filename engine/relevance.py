"""Which of the things that are unknown matter, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal as Word

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Value, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, live_operands, network_of, open_below
from guiju.engine.reachable import Known, Memory, outcomes_of, relift, standing_of
from guiju.engine.verdicts import ClauseResult

MOST_TRIED = 16  # kinds of clauses that rules can tell apart

#: `alone`: its verdict changes which outcomes are reachable; `with-others`: not by itself; `untried`: an outcome may
#: depend on it, but so much is unknown that it was not tried; `no`: no outcome depends on it any more
Matter = Word["alone", "with-others", "untried", "no"]


@dataclass(frozen=True)
class Unknown:
    """An undecided clause, whether it matters, and the outcome values under either verdict where that was tried."""

    result: ClauseResult
    matters: Matter
    if_satisfied: frozenset[Value] = frozenset()
    if_unsatisfied: frozenset[Value] = frozenset()


def unknowns(assessment: Assessment) -> tuple[Unknown, ...]:
    """Every undecided clause, in the order of the text. The first outcome is the one asked about."""
    network = network_of(assessment.program)
    if all(assessment.is_settled(o) for o in assessment.program.outcomes):
        return tuple(Unknown(r, "no") for r in assessment.undecided)
    below = open_below(network, assessment.values, (network.at[o] for o in assessment.program.outcomes))
    relevant = [r for r in assessment.undecided if network.at[f"clause:{r.clause}"] in below]
    memory: Memory = {}
    users = _users(assessment)
    alike: dict[tuple[object, ...], list[ClauseResult]] = {}
    for result in relevant:
        alike.setdefault(_likeness(assessment, result, users), []).append(result)
    found: dict[str, Unknown] = {}
    for results in alike.values():
        one = Unknown(results[0], "untried") if len(alike) > MOST_TRIED else _try(assessment, results[0], memory)
        found |= {r.clause: Unknown(r, one.matters, one.if_satisfied, one.if_unsatisfied) for r in results}
    return tuple(found.get(r.clause, Unknown(r, "no")) for r in assessment.undecided)


def _users(assessment: Assessment) -> dict[int, tuple[int, ...]]:
    """The nodes that use each node."""
    users: dict[int, tuple[int, ...]] = {}
    for node in network_of(assessment.program).nodes:
        for operand in node.operands:
            users[operand] = (*users.get(operand, ()), node.index)
    return users


def _likeness(assessment: Assessment, result: ClauseResult, users: dict[int, tuple[int, ...]]) -> tuple[object, ...]:
    """Clauses that no rule can tell apart: used by the same nodes, and nothing but a verdict missing."""
    clause: Clause = assessment.program.clause[result.clause]
    if clause.condition is not None or clause.applies is not None or result.reason != "missing":
        return (clause.id,)
    return (users[network_of(assessment.program).at[f"clause:{clause.id}"]],)


def _try(assessment: Assessment, result: ClauseResult, memory: Memory) -> Unknown:
    network = network_of(assessment.program)
    index, outcome = network.at[f"clause:{result.clause}"], assessment.program.outcomes[0]
    standing = standing_of(network, assessment.values, assessment.bound, assessment.clauses).without(index)
    sets = []
    for verdict in (Verdict.SATISFIED, Verdict.UNSATISFIED):
        values = relift(network, assessment.values, {index: verdict})
        sets.append(frozenset(outcomes_of(Known(network, values, standing), memory)[outcome].values))
    return Unknown(result, "alone" if sets[0] != sets[1] else "with-others", sets[0], sets[1])


# --- what is lacking -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lack:
    """Something that evidence could still give: a fact, an input or (`name` "attestation") somebody's verdict.

    `instead`: the facts that would give a fact by its formula; stating it alone is enough.
    """

    name: str
    instead: tuple[str, ...] = ()


ATTESTATION = Lack("attestation")


def lacking(assessment: Assessment, result: ClauseResult) -> tuple[Lack, ...]:
    """What would decide a clause that nobody has decided."""
    if result.verdict is not UNKNOWN or result.reason not in ("missing", "expired"):
        return ()
    network, clause = assessment.network, assessment.program.clause[result.clause]
    found = tuple(_lacks(assessment, network.node(f"clause:{clause.id}").operands))
    return found if found and clause.condition is not None else (*found, ATTESTATION)


def _lacks(assessment: Assessment, below: Iterable[int]) -> Iterator[Lack]:
    """The open facts and inputs at or below some nodes; not those that serve an open fact only."""
    for subject in _open_leaves(assessment, below):
        if isinstance(subject, Fact) and subject.formula is not None:
            formula = assessment.network.node(f"fact:{subject.id}").operands
            yield Lack(subject.id, tuple(lack.name for lack in _lacks(assessment, formula)))
        else:
            yield Lack(subject.id)


def _open_leaves(assessment: Assessment, below: Iterable[int]) -> Iterator[Fact | Input]:
    stack, seen = list(below)[::-1], set()
    while stack:
        index = stack.pop()
        node: Node = assessment.network.nodes[index]
        if index in seen or assessment.values[index] is not UNKNOWN:
            continue
        seen.add(index)
        if isinstance(node.subject, Fact | Input):
            yield node.subject
        elif not isinstance(node.subject, Clause):
            stack.extend(reversed(live_operands(node, assessment.values)))


def open_values(assessment: Assessment) -> tuple[Lack, ...]:
    """The open facts and inputs that an open outcome looks at itself, and not only through clauses."""
    network = assessment.network
    open_ = [network.at[o] for o in assessment.program.outcomes if not assessment.is_settled(o)]
    return tuple(dict.fromkeys(_lacks(assessment, open_)))
