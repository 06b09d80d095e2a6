"""Looks for a completion in which a level is missed as things are shown: one of the evaluator's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guiju.compiler.ir import Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import known_from
from guiju.engine.evidence import Attestation
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.reasoning.planning.afterwards import NOWHERE
from guiju.engine.reasoning.planning.changes import Aim
from guiju.engine.reasoning.planning.shortfall import is_missed, open_to_scores


def missing(aim: Aim) -> Mapping[str, Value] | None:
    """What facts that scores look at may be for the goal to be missed; None where that was not found."""
    memory: Memory = {}
    known = known_from(_as_shown(aim), aim.assessment.readings, memory)
    possible = possible_of(known, known.network.at[aim.outcome], memory)
    open_ = open_to_scores(aim)
    others = (possible.witness(value) for value in possible.values if value not in aim.wanted)
    found = ({a: value for a, value in sorted(each.items()) if a in open_} for each in others)
    return next((taken for taken in found if is_missed(aim, taken)), None)


def _as_shown(aim: Aim) -> Bound:
    """The evidence, in which what people alone decide and is not shown is found unsatisfied."""
    bound, clauses = aim.assessment.bound, aim.assessment.program.clause
    left = [r.clause for r in aim.assessment.undecided if r.clause in clauses and clauses[r.clause].condition is None]
    said = {c: (Attestation(clause=c, verdict="unsatisfied", voice="override", span=NOWHERE),) for c in left}
    return replace(bound, attestations={**bound.attestations, **said})
