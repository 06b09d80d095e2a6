"""What a sweep of two editions leaves open, put to the solver: a subject that shows a difference, or that none does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from guiju.compiler.ir import Fact, Program
from guiju.engine.network import open_below
from guiju.engine.proving.claim import Asked, Claim, Proof
from guiju.engine.proving.properties.same import same_claims
from guiju.engine.proving.prover import Prover
from guiju.engine.reasoning.editions.deciding import Agreement, Witness
from guiju.engine.reasoning.editions.rereading import Rereadings

SECONDS = 20  # that the solver may think about all outcomes together


def settled_by_solver(
    agreements: Iterable[Agreement],
    editions: tuple[Program, Program],
    renumbered: Mapping[str, str],
    readings: tuple[Mapping[str, str], Mapping[str, str]],
    prover: Prover | None = None,
) -> tuple[Agreement, ...]:
    """The agreements, those that were not proved as far as the solver answers them; else with why it does not.

    A subject that it finds is evaluated under both editions before it is told.
    """
    listed = tuple(agreements)
    if not any(_is_open(a) for a in listed):
        return listed
    claims = {c.names[0]: c for c in same_claims(*editions, renumbered, readings)}
    asking = prover or Prover(("solver",), SECONDS)
    return tuple(_settled(a, claims[a.outcome], asking) if _is_open(a) else a for a in listed)


def reread_by_solver(
    found: Rereadings,
    editions: tuple[Program, Program],
    renumbered: Mapping[str, str],
    readings: tuple[Mapping[str, str], Mapping[str, str]],
) -> Rereadings:
    """The same of what two editions come to under other readings."""
    prover = Prover(("solver",), SECONDS)
    tried = []
    for reread in found.tried:
        before, after = ({**chosen, **reread.readings} for chosen in readings)
        settled = settled_by_solver(reread.agreements, editions, renumbered, (before, after), prover)
        tried.append(replace(reread, agreements=settled))
    return replace(found, tried=tuple(tried))


def _is_open(agreement: Agreement) -> bool:
    return agreement.answer == "not-proved" and not agreement.left_out


def _settled(agreement: Agreement, claim: Claim, prover: Prover) -> Agreement:
    proof = prover.prove(claim)
    if proof.answer == "refuted" and proof.witness is not None:
        (before,), (after,) = proof.witness.outcomes
        return replace(agreement, answer="some", witness=Witness(proof.witness.evidence, before, after))
    if proof.answer == "proved" and not _is_computed(claim):
        return replace(agreement, answer="never")
    return replace(agreement, solver=_why_not(proof))


def _why_not(proof: Proof) -> tuple[str, str]:
    """Why the solver has no answer: a word and its detail. It takes no fact otherwise than its formula gives it."""
    return (proof.tried[0].why, proof.tried[0].detail) if proof.tried else ("as-computed", "")


def _is_computed(claim: Claim) -> bool:
    """Whether an open fact with a formula bears on a claim: a subject may state it otherwise."""
    questions = (asked.question for asked in claim.asked() if isinstance(asked, Asked))
    return any(
        isinstance(node.subject, Fact) and node.operands
        for q in questions
        for node in (q.known.network.nodes[i] for i in open_below(q.known.network, q.known.values, (q.index,)))
    )
