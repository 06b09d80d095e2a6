"""Proofs -> their published form, and a witness as cases for `guiju test`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import Program, Value
from guiju.dsl.diagnostic import Language
from guiju.engine.evidence import StatedValue
from guiju.engine.proving.claim import Proof, Property, Side, Witness
from guiju.engine.proving.replay import overridden
from guiju.exchange.evidence_text import asked_of, evidence_text
from guiju.report.facts import stated_text
from guiju.report.left_out import left_out_models
from guiju.report.proofs_model import (
    ClaimModel,
    OverriddenModel,
    ProofSideModel,
    ProofsModel,
    ProofWitnessModel,
    PropertyModel,
    TriedModel,
    Verified,
)
from guiju.report.words import plain

_OF_A_FILE = ("guiju:", "subject:", "fictional:", "standard:")  # keys of evidence that a case does not have


@dataclass(frozen=True)
class Proofs:
    """What was proved of a policy, property by property; `other` where it is held against another edition."""

    program: Program
    readings: Mapping[str, str]
    proved: Sequence[tuple[Property, Sequence[Proof]]]
    other: Program | None = None

    @property
    def answer(self) -> Verified:
        """Refuted if anything is, else not proved if anything is, or if two editions have no outcome to compare."""
        nothing: Verified = "proved" if self.other is None else "not-proved"
        return worst(p.answer for _, proofs in self.proved for p in proofs) or nothing

    @property
    def against(self) -> tuple[tuple[Proof, Witness], ...]:
        """The proofs with a witness against something."""
        refuted = (p for _, proofs in self.proved for p in proofs if p.answer == "refuted")
        return tuple((p, p.witness) for p in refuted if p.witness is not None)

    @property
    def computed(self) -> tuple[str, ...]:
        """The facts with a formula: a subject has them as computed, where evidence may state them otherwise."""
        programs = [self.program, *([self.other] if self.other else [])]
        return tuple(dict.fromkeys(f.id for p in programs for f in p.facts if f.formula is not None))


def worst(answers: Iterable[Verified]) -> Verified | None:
    """What is to be said of several answers together; None of none."""
    given = set(answers)
    order: tuple[Verified, ...] = ("refuted", "not-proved", "proved")
    return next((answer for answer in order if answer in given), None)


def proofs_model(proofs: Proofs, language: Language) -> ProofsModel:
    """The published form."""
    return ProofsModel(
        guiju="proofs/1",
        policy=proofs.program.id,
        policy_digest=proofs.program.digest,
        same_as=proofs.other.digest if proofs.other else None,
        readings=dict(proofs.readings),
        left_out=left_out_models(proofs.other, proofs.program) if proofs.other else [],
        answer=proofs.answer,
        computed=list(proofs.computed),
        properties=[
            PropertyModel(
                property=property_.id,
                title=property_.title.in_language(language),
                says=property_.says.in_language(language),
                answer=worst(p.answer for p in listed) or "nothing",
                claims=[_claim(p) for p in listed],
            )
            for property_, listed in proofs.proved
        ],
    )


def _claim(proof: Proof) -> ClaimModel:
    claim = proof.claim
    return ClaimModel(
        about=claim.about,
        names=list(claim.names),
        outcomes=list(claim.outcomes),
        answer=proof.answer,
        by=proof.by,
        as_of=list(proof.as_of),
        tried=[
            TriedModel(way="solver" if t.way == "solver" else "sweep", why=t.why, detail=t.detail) for t in proof.tried
        ],
        witness=_witness(proof, proof.witness) if proof.witness else None,
    )


def _witness(proof: Proof, witness: Witness) -> ProofWitnessModel:
    evidence = witness.evidence
    sides = zip(witness.sides, witness.outcomes, strict=True)
    return ProofWitnessModel(
        inputs={i.name: str(i.value) for i in evidence.inputs},
        facts={f.name: _stated(f.value) for f in evidence.facts},
        clauses={a.clause: a.verdict for a in evidence.attestations},
        sides=[_side(side, proof.claim.outcomes, values) for side, values in sides],
    )


def _side(side: Side, outcomes: Sequence[str], values: Sequence[Value]) -> ProofSideModel:
    given = side.overridden
    return ProofSideModel(
        policy=side.program.id,
        readings=dict(side.readings),
        overridden=OverriddenModel(clause=given[0], verdict=given[1].value) if given else None,
        outcomes={outcome: plain(value) for outcome, value in zip(outcomes, values, strict=True)},
    )


def _stated(value: StatedValue) -> str | bool | list[str]:
    return value if isinstance(value, bool) else list(value) if isinstance(value, tuple) else stated_text(value)


def witness_cases(proofs: Proofs) -> str:
    """The witnesses as a file for `cases` beside the policy: of each side a case, with what evaluating it came to.

    All are proposed: what the standard means to come of them is for people to say.
    """
    lines = ["guiju: cases/1", f"standard: {json.dumps(proofs.program.id, ensure_ascii=False)}", "cases:"]
    return (
        "\n".join([*lines, *(line for against in proofs.against for line in _cases(proofs.program, *against))]) + "\n"
    )


def _cases(program: Program, proof: Proof, witness: Witness) -> Iterator[str]:
    for side, outcomes in zip(witness.sides, witness.outcomes, strict=True):
        if side.program is not program:  # a case is one of this policy; that of another edition belongs beside that
            continue
        yield from (f"  - case: {json.dumps(_case_name(proof, side), ensure_ascii=False)}", "    proposed: true")
        readings = {r: o for r, o in side.readings.items() if o != program.defaults[r]}
        yield from [f"    readings: {json.dumps(readings, ensure_ascii=False)}"] if readings else []
        own = asked_of(program, overridden(witness.evidence, side))
        said = evidence_text(own).splitlines()
        yield from (f"    {line}" for line in said if not line.startswith(_OF_A_FILE))
        expected = {o: [_expected(v)] for o, v in zip(proof.claim.outcomes, outcomes, strict=True)}
        yield f"    expect: {json.dumps(expected, ensure_ascii=False)}"


def _case_name(proof: Proof, side: Side) -> str:
    verdict = f" ({side.overridden[1].value})" if side.overridden else ""
    return f"{proof.claim.property}: {' '.join(proof.claim.names)}{verdict}"


def _expected(value: Value) -> str:
    """A value as a case expects it; of what is undefined it does not say why."""
    return plain(value).partition(":")[0]
