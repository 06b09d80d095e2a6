"""Who decides a clause: its facts, an assessor, a vendor, an override; and what is missing where nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Special, Undefined, Value, Verdict
from guiju.engine.evidence import Attestation, Voice

Decider: TypeAlias = Word["facts", "vendor", "assessor", "override"]
Reason: TypeAlias = Word["missing", "conflicting", "undefined", "expired"]


@dataclass(frozen=True)
class ClauseResult:
    """What one clause comes to. `verdict` UNKNOWN has a reason and says what is missing.

    `by_facts` is what the facts alone say; `disagreeing` are the voices that the decision did not follow.
    """

    clause: str
    verdict: Verdict | Special
    by: Decider | None
    reason: Reason | None
    detail: str  # why undefined, or why not applicable
    missing: tuple[str, ...]  # fact ids, or "attestation"
    by_facts: Verdict | Special
    attestations: tuple[Attestation, ...]
    evidence: tuple[str, ...]

    @property
    def disagreeing(self) -> tuple[Attestation, ...]:
        """The attestations that say something else than the result."""
        if self.verdict is UNKNOWN:
            return self.attestations if self.reason == "conflicting" else ()
        return tuple(a for a in self.attestations if a.verdict != self.verdict.value)


def decide(by_facts: Value, attestations: tuple[Attestation, ...]) -> tuple[Verdict | Special, Decider | None, Reason | None]:
    """The verdict of a clause out of what its facts say and what people say, with who decided or why nobody could.

    An override decides. Facts and assessor must agree where both decide. A vendor counts where there is nothing else.
    """
    override, assessor, vendor = (_said(voice, attestations) for voice in ("override", "assessor", "vendor"))
    facts = {by_facts} if isinstance(by_facts, Verdict) else set()
    for decider, said in (("override", override), ("facts", facts | assessor), ("vendor", vendor)):
        if len(said) > 1:
            return UNKNOWN, None, "conflicting"
        if said:
            by: Decider = "assessor" if decider == "facts" and not facts else decider  # type: ignore[assignment]
            return next(iter(said)), by, None
    if isinstance(by_facts, Undefined):
        conflicting = by_facts.reason == "conflicting"
        return UNKNOWN, None, "conflicting" if conflicting else "missing" if by_facts.reason == "attested" else "undefined"
    return UNKNOWN, None, "missing"


def contested_verdicts(result: ClauseResult) -> tuple[Verdict, ...]:
    """What an open clause may come to whatever its facts say: what it is torn between, and either way."""
    if result.reason not in ("conflicting", "undefined"):
        return ()
    said = {Verdict(a.verdict) for a in result.attestations if a.verdict != "unknown"}
    disputed = said | {result.by_facts} if result.reason == "conflicting" else set()
    return tuple(v for v in Verdict if v is not Verdict.NOT_APPLICABLE or v in disputed)


def _said(voice: Voice | str, attestations: tuple[Attestation, ...]) -> set[Verdict]:
    return {Verdict(a.verdict) for a in attestations if a.voice == voice and a.verdict != "unknown"}


def facts_verdict(applies: Value, condition: Value) -> Verdict | Special | Undefined:
    """What facts alone make of a clause when some of them may be unknown."""
    if isinstance(applies, Undefined):
        return applies
    if applies is False:
        return Verdict.NOT_APPLICABLE
    if applies is UNKNOWN or condition is UNKNOWN:
        return UNKNOWN
    if isinstance(condition, Undefined):
        return condition
    return Verdict.SATISFIED if condition else Verdict.UNSATISFIED
