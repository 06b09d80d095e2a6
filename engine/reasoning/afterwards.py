"""What an outcome can be once some changes are made: as the evaluator finds it, with all that then stays open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guiju.compiler.ir import UNKNOWN, Value, Verdict
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound
from guiju.engine.evaluate import settle
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, possible_of, standing_of
from guiju.engine.reasoning.changes import Aim, Changes


def possible_after(aim: Aim, changes: Changes) -> Possible:
    """The values that the outcome can have once the changes are stated.

    A plan takes what is not shown for unsatisfied; here it may still come to anything.
    """
    network = aim.assessment.network
    bound = bound_after(aim, changes)
    values, clauses = settle(network, bound, aim.assessment.readings)
    memory: Memory = {}
    known = Known(network, tuple(values), standing_of(values, bound, clauses, memory))
    return possible_of(known, network.at[aim.outcome], memory)


def bound_after(aim: Aim, changes: Changes) -> Bound:
    """The evidence with the changes; where facts now decide a clause otherwise, without what people said of it."""
    assessment, network = aim.assessment, aim.assessment.network
    bound = stated(aim, changes)
    _, clauses = settle(network, bound, assessment.readings)
    asked_anew = {id_ for id_, result in clauses.items() if _is_decided_otherwise(aim, id_, result.by_facts)}
    kept = {id_: said for id_, said in bound.attestations.items() if id_ not in asked_anew}
    return replace(bound, attestations=kept)


def _is_decided_otherwise(aim: Aim, clause: str, by_facts: Value) -> bool:
    """Whether facts now decide a clause as they did not before, so that people are asked anew."""
    before = aim.assessment.clauses[clause]
    return isinstance(by_facts, Verdict) and by_facts is not before.by_facts and before.by != "override"


def stated(aim: Aim, changes: Changes) -> Bound:
    """The evidence with some changes; a fact that is computed anew is stated as it is computed."""
    bound = aim.assessment.bound
    facts = dict(_facts(aim, changes))
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
        stated={**{f: StatedFact(name=f, value=None, span=_NOWHERE) for f in facts}, **bound.stated},
        attestations={**bound.attestations, **said},
    )


def _facts(aim: Aim, changes: Changes) -> Iterator[tuple[str, Value]]:
    bound, values = aim.assessment.bound, aim.values(changes)
    for fact in bound.program.facts:
        address = f"fact:{fact.id}"
        is_stated = fact.formula is not None and fact.id in bound.facts and address in aim.network.at
        if address in changes or (is_stated and values[aim.network.at[address]] is not UNKNOWN):
            yield fact.id, values[aim.network.at[address]]


def _satisfied(clause: str) -> Attestation:
    """What decides whatever was said before."""
    return Attestation(clause=clause, verdict="satisfied", voice="override", span=_NOWHERE)


_NOWHERE = Span(Source("changes", ""), 0, 0)
