"""What renewed evidence would decide by itself: the clauses and facts that lack nothing else."""

from __future__ import annotations

from dataclasses import replace

from guiju.compiler.ir import Value, Verdict
from guiju.engine.ages import Outdated
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.comparing.exchanged import exchanged
from guiju.engine.reasoning.comparing.statements import Key
from guiju.engine.reasoning.relevance import outdated
from guiju.engine.reasoning.simulation import settled_again


def satisfied_once_renewed(assessment: Assessment) -> dict[str, tuple[Outdated, ...]]:
    """The clauses that are open because evidence has expired, and satisfied were it of today and said the same.

    By the id of each, in the order of the text, the evidence. What a person said for some time only has to be said
    again: that it ended is no matter of evidence.
    """
    results = (assessment.clauses[c.id] for c in assessment.program.clauses if c.id in assessment.clauses)
    expired = [r for r in results if r.reason == "expired"]
    if not expired:
        return {}
    _, renewed = settled_again(assessment, _with_renewed(assessment.bound))
    return {r.clause: outdated(assessment, r) for r in expired if renewed[r.clause].verdict is Verdict.SATISFIED}


def stated_once_renewed(assessment: Assessment) -> dict[str, tuple[Value, tuple[Outdated, ...]]]:
    """The facts that nobody states because evidence has expired: what it would say were it of today, and it; by id."""
    bound = assessment.bound
    named = [f.id for f in bound.program.facts if f.id in bound.outdated and f.id not in bound.facts]
    renewed = _with_renewed(bound).facts if named else {}
    return {fact: (renewed[fact], tuple(bound.outdated[fact])) for fact in named if fact in renewed}


def _with_renewed(bound: Bound) -> Bound:
    """The same where all evidence counts that is outdated, and nothing else is otherwise."""
    anew, _ = bind(bound.program, _renewed(bound.evidence, {o.record.id for of in bound.outdated.values() for o in of}))
    keys: list[Key] = [("fact", name) for name in bound.outdated if name in bound.program.fact]
    keys += [("attestation", f"{clause} {a.voice}") for clause, said in bound.lapsed.items() for a in said]
    return exchanged(bound, anew, keys)


def _renewed(evidence: Evidence, ids: set[str]) -> Evidence:
    """Evidence whose records of these ids were collected at the as-of instant and do not expire."""
    records = (replace(r, collected_on=evidence.as_of, expires=None) if r.id in ids else r for r in evidence.records)
    return replace(evidence, records=tuple(records))
