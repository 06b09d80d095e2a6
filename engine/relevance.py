"""Which of the things that are unknown matter, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Word

from guiju.compiler.ir import Clause, Value, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.network import network_of, open_below
from guiju.engine.possible import Known
from guiju.engine.reachable import Memory, outcomes_of, relift, standing_of
from guiju.engine.verdicts import ClauseResult

MOST_TRIED = 16  # kinds of clauses that rules can tell apart
TRIED_BUDGET = 4_000  # combinations of each try

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
        possible = outcomes_of(Known(network, values, standing), memory, TRIED_BUDGET)[outcome]
        if not possible.exact and assessment.possible(outcome).exact:
            return Unknown(result, "untried")
        sets.append(frozenset(possible.values))
    return Unknown(result, "alone" if sets[0] != sets[1] else "with-others", sets[0], sets[1])
