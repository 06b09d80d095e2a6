"""Who decides a clause: its facts, an assessor, a vendor, an override; and what is missing where nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal as Word
from typing import NamedTuple, TypeAlias

from guiju.compiler.ir import UNKNOWN, Clause, Special, Undefined, Value, Verdict
from guiju.engine.evidence import OUTDATED, VOICES, Attestation, Voice
from guiju.engine.verdict_words import AttestedVerdict

Decider: TypeAlias = Word["facts", "vendor", "assessor", "override", "crosswalk"]
Reason: TypeAlias = Word[
    "missing", "conflicting", "undefined", "expired", "partial", "crosswalk-outdated", "unconfirmed", "left-open"
]

_PRECEDENCE: tuple[Decider, ...] = ("override", "facts", "vendor", "crosswalk")


class ClauseResult(NamedTuple):
    """What one clause comes to. `verdict` UNKNOWN has a reason.

    `by_facts` is what the facts alone say; `disagreeing` are the voices that the decision did not follow. `evidence` is
    all that facts and voices refer to, `of_facts` the part of the facts.
    """

    clause: str
    verdict: Verdict | Special
    by: Decider | None
    reason: Reason | None
    detail: str  # why undefined, or why not applicable
    by_facts: Verdict | Special
    attestations: tuple[Attestation, ...]
    evidence: tuple[str, ...]
    of_facts: tuple[str, ...]

    @property
    def supporting(self) -> tuple[str, ...]:
        """The evidence of those who say what the clause comes to; all evidence where it comes to nothing."""
        if not isinstance(self.verdict, Verdict):
            return self.evidence
        facts = self.of_facts if self.by_facts is self.verdict else ()
        agreeing = (a.evidence for a in self.attestations if a.verdict == self.verdict.value)
        return tuple(dict.fromkeys(chain(facts, *agreeing)))

    @property
    def disagreeing(self) -> tuple[Attestation, ...]:
        """The attestations that say something else than the result; where it is unknown, all that did not count.

        `unknown` is a finding of those who looked; of a vendor or a crosswalk it says nothing.
        """
        if self.reason == "conflicting":
            return tuple(a for a in self.attestations if a.verdict != "unknown" or _looked(a))
        followed = self.verdict.value if isinstance(self.verdict, Verdict) else "unknown"
        return tuple(a for a in self.attestations if a.verdict != followed and (a.verdict != "unknown" or _looked(a)))

    @property
    def is_left_open(self) -> bool:
        """Whether an override leaves it unknown: one that says so, or one that ended."""
        return self.verdict is UNKNOWN and self.by == "override"

    @property
    def is_verdict_only(self) -> bool:
        """Whether somebody's verdict on it names nothing that it follows from."""
        return any(a.is_verdict_only and not a.lapsed for a in self.attestations)

    @property
    def is_vendors_word(self) -> bool:
        """Whether nothing but a vendor's word decides it, here or in the standard that a crosswalk carries it from."""
        deciding = [a for a in self.attestations if a.voice == self.by and a not in self.disagreeing]
        return self.by in ("vendor", "crosswalk") and all(a.is_vendors_word for a in deciding)


class FactsSay(NamedTuple):
    """What the facts alone make of a clause: their verdict, if they decide, and the verdicts that they leave."""

    verdict: Verdict | Special | Undefined
    leave: frozenset[Verdict]


def facts_on(clause: Clause, operands: Sequence[Value]) -> FactsSay:
    """What the facts say of a clause, from the values of its node's operands."""
    applies = operands[0] if clause.applies is not None else True
    condition = operands[-1] if clause.condition is not None else UNKNOWN
    return _facts_say(applies, condition)


MOST_REMEMBERED = 1024  # ways in which clauses are decided: thousands of clauses, and rows of them, share a few


@lru_cache(MOST_REMEMBERED)
def _facts_say(applies: Value, condition: Value) -> FactsSay:
    return FactsSay(facts_verdict(applies, condition), _left(applies, condition))


def _left(applies: Value, condition: Value) -> frozenset[Verdict]:
    """Facts that do not decide may still rule verdicts out. What is undefined says nothing."""
    if applies is False:
        return _NOT_APPLICABLE
    if isinstance(applies, Undefined):
        return _ANY
    said = condition if isinstance(condition, bool) else None
    return (_WHERE_IT_APPLIES if applies is True else _WHERE_IT_MAY_APPLY)[said]


_NOT_APPLICABLE, _ANY = frozenset((Verdict.NOT_APPLICABLE,)), frozenset(Verdict)
#: by what the condition says: the verdicts that are left, made once, for every clause of every row asks for them
_WHERE_IT_APPLIES = {
    True: frozenset((Verdict.SATISFIED,)),
    False: frozenset((Verdict.UNSATISFIED,)),
    None: _ANY - _NOT_APPLICABLE,
}
_WHERE_IT_MAY_APPLY = {said: left | _NOT_APPLICABLE for said, left in _WHERE_IT_APPLIES.items()}


class Said(NamedTuple):
    """All of an attestation that a decision looks at."""

    voice: Voice
    verdict: AttestedVerdict
    is_outdated: bool


#: a verdict, with who decided it or why nobody could
Decision: TypeAlias = tuple[Verdict | Special, Decider | None, Reason | None]


def decide(facts: FactsSay, attestations: Sequence[Attestation]) -> Decision:
    """The verdict of a clause out of what its facts say and what people say, with who decided or why nobody could.

    An override decides, also that a clause is left open. An assessor must say what the facts leave. A vendor counts
    where there is nothing else, not even an assessor who looked and could not confirm it, and a crosswalk where there
    is not even that; what either says against the facts counts for nothing.
    """
    return _decided(facts, tuple([Said(a.voice, a.verdict, a.reason == OUTDATED) for a in attestations]))


@lru_cache(MOST_REMEMBERED)
def _decided(facts: FactsSay, attestations: tuple[Said, ...]) -> Decision:
    if not attestations:
        return _by_facts_alone(facts.verdict)
    doubting = {a.voice for a in attestations if a.verdict == "unknown"}
    said_by: dict[Decider, set[Verdict]] = {voice: _said(voice, attestations) for voice in VOICES}
    decided = {facts.verdict} if isinstance(facts.verdict, Verdict) else set()
    if "override" in doubting:
        return (UNKNOWN, None, "conflicting") if said_by["override"] else (UNKNOWN, "override", "left-open")
    if said_by["assessor"] - facts.leave and not said_by["override"]:
        return UNKNOWN, None, "conflicting"
    said_by["facts"] = decided | said_by["assessor"]
    counting = frozenset() if "assessor" in doubting else facts.leave
    said_by["vendor"] &= counting
    said_by["crosswalk"] &= counting
    for decider in _PRECEDENCE:
        said = said_by[decider]
        if len(said) > 1:
            return UNKNOWN, None, "conflicting"
        if said:
            return next(iter(said)), "assessor" if decider == "facts" and not decided else decider, None
    silent = _by_facts_alone(facts.verdict)
    if silent[2] != "missing":
        return silent
    if "assessor" in doubting:
        return UNKNOWN, None, "unconfirmed"
    carried = tuple(a for a in attestations if a.voice == "crosswalk")
    return (UNKNOWN, None, _why_open(carried)) if carried else silent


def _by_facts_alone(verdict: Verdict | Special | Undefined) -> Decision:
    if isinstance(verdict, Verdict):
        return verdict, "facts", None
    if isinstance(verdict, Undefined) and verdict.reason != "attested":
        return UNKNOWN, None, "conflicting" if verdict.reason == "conflicting" else "undefined"
    return UNKNOWN, None, "missing"


def _why_open(carried: tuple[Said, ...]) -> Reason:
    """Why nobody decides: what crosswalks carry is at best a part of an answer, and nothing once all are outdated."""
    return "crosswalk-outdated" if all(a.is_outdated for a in carried) else "partial"


EITHER = (Verdict.SATISFIED, Verdict.UNSATISFIED)


def is_contested(result: ClauseResult) -> bool:
    """Whether voices contradict each other, the facts give no value, or an override leaves a clause open."""
    return result.reason in ("conflicting", "undefined") or result.is_left_open


def contested_verdicts(result: ClauseResult, clause: Clause, applies: Value) -> tuple[Verdict, ...]:
    """What a clause may come to that is contested, undefined or left open; () for others.

    `applies`: what its facts say of its applicability, True where it has no such condition. Where they say that it
    applies, it may fail to only if one of those who are in dispute says so, or an override leaves that open; without
    such a condition nobody may say so.
    """
    if not is_contested(result):
        return ()
    may_not_apply = clause.applies is not None and (applies is not True or _is_said_not_to_apply(result))
    return (*EITHER, Verdict.NOT_APPLICABLE) if may_not_apply else EITHER


def _is_said_not_to_apply(result: ClauseResult) -> bool:
    """Whether an override or else an assessor says so, or an override leaves it open; facts outdo all others."""
    overrides = [a for a in result.attestations if a.voice == "override"]
    saying = overrides or [a for a in result.attestations if a.voice == "assessor"]
    return any(a.verdict == "not-applicable" or (overrides and a.verdict == "unknown") for a in saying)


def is_beyond_facts(result: ClauseResult) -> bool:
    """Whether further facts cannot settle a contested clause: they outdo vendors and crosswalks that disagree."""
    if result.reason == "undefined" or result.is_left_open or result.by_facts is not UNKNOWN:
        return True
    outdone = ("vendor", "crosswalk")
    return any(a.voice not in outdone and a.verdict != "unknown" for a in result.attestations) or bool(result.detail)


def _looked(attestation: Attestation) -> bool:
    return attestation.voice in ("assessor", "override")


def _said(voice: Voice, attestations: tuple[Said, ...]) -> set[Verdict]:
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
