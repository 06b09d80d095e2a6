"""What an outcome can be once some changes are made: as the evaluator finds it, with all that then stays open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guiju.compiler.ir import Value, Verdict
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound
from guiju.engine.evaluate import known_from, settle
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.reasoning.planning.changes import Aim, Changes

_ASSESSING = ("assessor", "override")


def possible_after(aim: Aim, changes: Changes) -> Possible:
    """The values that the outcome can have once the changes are stated.

    A plan takes what is not shown for unsatisfied; here it may still come to anything.
    """
    memory: Memory = {}
    known = known_from(bound_after(aim, changes), aim.assessment.readings, memory)
    return possible_of(known, known.network.at[aim.outcome], memory)


def bound_after(aim: Aim, changes: Changes) -> Bound:
    """The evidence with the changes; where facts now decide a clause otherwise, without what people said of it."""
    bound = stated(aim, changes)
    _, clauses = settle(aim.assessment.network, bound, aim.assessment.readings)
    asked_anew = {id_ for id_, result in clauses.items() if _is_decided_otherwise(aim, id_, result.by_facts)}
    return replace(bound, attestations={c: said for c, said in bound.attestations.items() if c not in asked_anew})


def judged_anew(aim: Aim, changes: Changes) -> tuple[str, ...]:
    """The clauses, by address, on which people have to give their verdict anew, in the order of the policy.

    Either an assessor's verdict stands against the change of a clause, which no word of a vendor outweighs; or any
    verdict against what changed facts then decide, and with it the clause comes to something else than without.
    """
    against = {*_spoken_against(aim, changes), *_outdated(aim, changes)}
    return tuple(f"clause:{clause.id}" for clause in aim.network.program.clauses if clause.id in against)


def _spoken_against(aim: Aim, changes: Changes) -> Iterator[str]:
    for clause, said in aim.assessment.bound.attestations.items():
        if f"clause:{clause}" in changes:
            yield from (clause for a in said if a.voice in _ASSESSING and a.verdict != "satisfied")


def _outdated(aim: Aim, changes: Changes) -> Iterator[str]:
    assessment, kept, after = aim.assessment, stated(aim, changes), bound_after(aim, changes)
    if kept.attestations != after.attestations:
        with_it, without = (settle(assessment.network, b, assessment.readings)[1] for b in (kept, after))
        left_out = (c for c in with_it if c in kept.attestations and c not in after.attestations)
        yield from (c for c in left_out if with_it[c].verdict is not without[c].verdict)


def _is_decided_otherwise(aim: Aim, clause: str, by_facts: Value) -> bool:
    """Whether facts now decide a clause as they did not before, so that people are asked anew."""
    before = aim.assessment.clauses[clause]
    return isinstance(by_facts, Verdict) and by_facts is not before.by_facts and before.by != "override"


def stated(aim: Aim, changes: Changes) -> Bound:
    """The evidence with some changes, each number as it is planned and not rounded."""
    bound = aim.assessment.bound
    facts = {a.removeprefix("fact:"): value for a, value in changes.items() if a.startswith("fact:")}
    said = {
        address.removeprefix("clause:"): (_satisfied(address.removeprefix("clause:")),)
        for address in changes
        if address.startswith("clause:")
    }
    chosen = {a.removeprefix("input:"): value for a, value in changes.items() if a.startswith("input:")}
    return replace(
        bound,
        inputs={**bound.inputs, **chosen},
        facts={**bound.facts, **facts},
        stated={**{f: StatedFact(name=f, value=None, span=NOWHERE) for f in facts}, **bound.stated},
        rounded={f: by for f, by in bound.rounded.items() if f not in facts},
        attestations={**bound.attestations, **said},
    )


def _satisfied(clause: str) -> Attestation:
    """What decides whatever was said before."""
    return Attestation(clause=clause, verdict="satisfied", voice="override", span=NOWHERE)


NOWHERE = Span(Source("changes", ""), 0, 0)
