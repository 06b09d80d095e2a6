"""Which of the things that are unknown matter, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Word

from guiju.compiler.ir import Clause, Value, Verdict
from guiju.engine.evaluate import Assessment, contested_clauses, outcomes_of, relift
from guiju.engine.network import network_of, open_below
from guiju.engine.verdicts import ClauseResult

MOST_TRIED = 40

#: `alone`: its verdict changes which outcomes are reachable; `with-others`: only together with other unknowns, or
#: (beyond `MOST_TRIED`) not told apart from that; `no`: no outcome depends on it any more
Matter = Word["alone", "with-others", "no"]


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
    tried: dict[tuple[object, ...], Unknown] = {}
    found: dict[str, Unknown] = {}
    for result in relevant:
        likeness = _likeness(assessment, result)
        if likeness not in tried and len(tried) < MOST_TRIED:
            tried[likeness] = _try(assessment, result)
        like = tried.get(likeness)
        if like is None:
            found[result.clause] = Unknown(result, "with-others")
        else:
            found[result.clause] = Unknown(result, like.matters, like.if_satisfied, like.if_unsatisfied)
    return tuple(found.get(r.clause, Unknown(r, "no")) for r in assessment.undecided)


def _likeness(assessment: Assessment, result: ClauseResult) -> tuple[object, ...]:
    """Clauses that no rule can tell apart: same group, same levels, same modality, nothing but a verdict missing."""
    clause: Clause = assessment.program.clause[result.clause]
    if clause.condition is not None or clause.applies is not None:
        return (clause.id,)
    return (clause.group, clause.levels, clause.modality, assessment.program.clause[result.clause].printed.count(")"))


def _try(assessment: Assessment, result: ClauseResult) -> Unknown:
    network = network_of(assessment.program)
    index, outcome = network.at[f"clause:{result.clause}"], assessment.program.outcomes[0]
    contested = contested_clauses(network, assessment.clauses) - {index}
    sets = []
    for verdict in (Verdict.SATISFIED, Verdict.UNSATISFIED):
        values = relift(network, assessment.values, {index: verdict})
        sets.append(frozenset(outcomes_of(network, values, contested)[outcome].values))
    return Unknown(result, "alone" if sets[0] != sets[1] else "with-others", sets[0], sets[1])


