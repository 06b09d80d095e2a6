"""A subject that answers a question, evaluated: nothing that a sweep or a solver found is told before that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, NumberType, OptionType, SetType, Type, Value, Verdict
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.possible import Known
from guiju.engine.proving.claim import Asked, Claim, Side, Witness
from guiju.engine.reasoning.editions.numbering import renumbered
from guiju.engine.reasoning.editions.subject import NOWHERE, SHOWN, Subject, bound_leniently, evidence_of_both


class ReplayError(Exception):
    """A subject was found that does not show what it was found for: a mistake in this program, never a user's."""


def replayed(claim: Claim, asked: Asked, subject: Subject) -> Witness:
    """The subject as evidence, with what it comes to under each side of the claim; ReplayError if that is not so."""
    evidence = _evidence(claim, {**_rest(asked.question.known, subject), **subject})
    last = claim.sides[-1].program  # by whose numbers the evidence goes
    assessments = tuple(
        _assessed(side, evidence if side.program is last else renumbered(evidence, last, side.program))
        for side in claim.sides
    )
    if not asked.shows(assessments):
        raise ReplayError(claim.property, claim.names)
    outcomes = tuple(tuple(a.value(o) for o in claim.outcomes) for a in assessments)
    return Witness(evidence, claim.sides, outcomes)


def _rest(known: Known, subject: Subject) -> dict[str, Value]:
    """What a subject leaves out may be anything: the least of each."""
    return dict(_left_out(known, subject))


def _left_out(known: Known, subject: Subject) -> Iterator[tuple[str, Value]]:
    for node in known.network.nodes:
        if node.address in subject or known.values[node.index] is not UNKNOWN:
            continue
        if isinstance(node.subject, Clause):
            yield node.address, Verdict.UNSATISFIED
        elif isinstance(node.subject, Fact | Input) and not node.operands:
            yield node.address, _least(node.subject.type)


def _least(type_: Type) -> Value:
    match type_:
        case NumberType():
            return Fraction(0)
        case OptionType():
            return type_.options[0]
        case SetType():
            return frozenset()
    return False


def _evidence(claim: Claim, completion: Subject) -> Evidence:
    """What the subject states and has attested, for all sides of a claim."""
    editions = {(id(side.program), *sorted(side.readings.items())): side for side in claim.sides}
    seen = tuple((s.program, _said(s, completion), s.readings) for s in editions.values())
    evidence = evidence_of_both("见证 / witness", seen)
    if evidence is None:
        raise ReplayError(claim.property, claim.names)
    return evidence


def _said(side: Side, completion: Subject) -> Subject:
    """The completion as this side sees it: what it asks for, and of clauses those that people can be asked about."""
    program = side.program
    named = {f"fact:{f.id}" for f in program.facts} | {f"input:{i.id}" for i in program.inputs}
    named |= {f"clause:{c.id}" for c in program.items(side.readings)}
    return {address: value for address, value in side.seen(completion).items() if address in named}


def _assessed(side: Side, evidence: Evidence) -> Assessment:
    bound = bound_leniently(side.program, overridden(evidence, side))
    if bound is None:
        raise ReplayError(side.program.id)
    return evaluate(bound, side.readings)


def overridden(evidence: Evidence, side: Side) -> Evidence:
    """The evidence of a side: with the verdict that its clause is given."""
    if side.overridden is None:
        return evidence
    clause, verdict = side.overridden
    said = Attestation(clause=clause, verdict=verdict.value, voice="override", reason=SHOWN, span=NOWHERE)
    return replace(evidence, attestations=(*evidence.attestations, said))
