"""What is known about a subject, as the evaluator reads it: plain frozen values, names still as the file wrote them.

Files become `Evidence` in `guiju.exchange.evidence`; `engine.bind` matches names and units against a program.
Numbers are exact from the text of the file on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Span
from guiju.engine.verdict_words import AttestedVerdict

#: who says something of a clause; `crosswalk`: another standard's clauses, see `engine.crosswalk`
Voice: TypeAlias = Literal["vendor", "assessor", "override", "crosswalk"]
VOICES: tuple[Voice, ...] = ("vendor", "assessor", "override", "crosswalk")

OUTDATED = "crosswalk-outdated"  # in place of the relation: what it was judged on has changed since


@dataclass(frozen=True)
class Period:
    """The time that a piece of evidence tells of, its last instant included; None: that end is not said."""

    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, kw_only=True)
class EvidenceRecord:
    """One piece of evidence that facts and attestations point to.

    `collected_on` is when it came to be, `received` when the assessor got it; only the former says how old it is.
    """

    id: str
    kind: str
    title: str | None = None
    source: str | None = None
    collected_on: datetime | None = None
    received: datetime | None = None
    period: Period | None = None
    expires: datetime | None = None
    collected_by: str | None = None
    method: str | None = None
    revision: str | None = None
    confidentiality: str | None = None
    hash: str | None = None
    note: str | None = None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number as the file states it, exact, with the unit it was given in (None: none was given).

    `text` is how it was written: the name of an option, too, may begin with a digit.
    """

    number: Fraction
    unit: str | None = None
    text: str = field(default="", compare=False, repr=False)

    @property
    def places(self) -> int | None:
        """How many decimal places it was written with; None if it was not written as a decimal number."""
        written = re.match(r"[-+]?[\d ]*\d(?:\.(\d+))?(?![\d./eE])", self.text.strip())
        return None if written is None else len(written[1] or "")


#: a number, yes/no, one option, several options; None says openly that the value is not known
StatedValue: TypeAlias = Quantity | bool | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Instance:
    """One of the things that were drawn, and what was found of it."""

    name: str
    result: AttestedVerdict
    evidence: tuple[str, ...] = ()
    note: str | None = None


RuleForm: TypeAlias = Literal["all", "at-least", "at-most-unsatisfied", "share-at-least", "count", "share"]


@dataclass(frozen=True)
class Rule:
    """How the results of instances become one: what is asked of them, or of which of their numbers that is the value.

    `bound`: how many at least or at most, or the least share; None where the form asks for none. `over`: the share must
    be above it.
    """

    form: RuleForm
    bound: Fraction | None = None
    over: bool = False
    text: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What was drawn out of a population, and what was found: what it comes to, `engine.sampling` says.

    `size`: how many were to be drawn; those of them that have no result yet are unknown.
    """

    id: str
    population: int
    size: int
    instances: tuple[Instance, ...]
    rule: Rule
    title: str | None = None
    method: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatedFact:
    """What the file says of one fact, itself or by a sample. `until`: the last instant at which it counts."""

    name: str
    value: StatedValue
    evidence: tuple[str, ...] = ()
    note: str | None = None
    until: datetime | None = None
    sample: Sample | None = None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True)
class Carried:
    """A clause of another standard that a crosswalk stands on: what it comes to there, and who decided that."""

    clause: str  # as printed
    label: Text
    verdict: AttestedVerdict
    by: Voice | Literal["facts"] | None


@dataclass(frozen=True, kw_only=True)
class Attestation:
    """A person's verdict on one clause. `reason` says why something is not applicable, or was overridden.

    `until`: the last instant at which it counts. `sample`: what it follows from. `lapsed`: it stands for an override
    that ended, and is unknown for that reason.

    What another standard says: it is `by` that one, `reason` is the relation, `note` names the clauses there as the row
    does, and `carried` are those that apply.
    """

    clause: str
    verdict: AttestedVerdict
    voice: Voice
    evidence: tuple[str, ...] = ()
    by: str | None = None
    reason: str | None = None
    note: str | None = None
    until: datetime | None = None
    sample: Sample | None = None
    lapsed: bool = False
    carried: tuple[Carried, ...] = ()
    span: Span = field(compare=False, repr=False)

    @property
    def is_verdict_only(self) -> bool:
        """Whether it is a verdict and nothing else: no evidence is named, no sample was drawn, no row carries it."""
        is_carried = self.voice == "crosswalk"
        return self.verdict != "unknown" and not (is_carried or self.evidence or self.sample)

    @property
    def is_vendors_word(self) -> bool:
        """Whether a vendor's word alone holds it up, be it by way of another standard.

        *Satisfied* needs every clause there, *unsatisfied* any of those that fail.
        """
        vendors = [c.by == "vendor" for c in self.carried if c.verdict == self.verdict]
        needed = any(vendors) if self.verdict == "satisfied" else bool(vendors) and all(vendors)
        return self.voice == "vendor" or needed


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Leave not to meet a clause for a time: who gives it, why, until when. It decides nothing: it stands beside."""

    clause: str
    by: str
    reason: str
    until: datetime
    evidence: tuple[str, ...] = ()
    note: str | None = None
    span: Span = field(compare=False, repr=False)


Grade: TypeAlias = Literal["major", "minor", "observation"]


@dataclass(frozen=True)
class Closure:
    """That a finding was mended: when and by whom that was found, and on what."""

    on: datetime
    by: str
    evidence: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What an assessor holds against a subject on one clause. It decides nothing: the verdict of the clause does."""

    id: str
    clause: str
    grade: Grade
    statement: str
    evidence: tuple[str, ...] = ()
    raised: datetime | None = None
    by: str | None = None
    owner: str | None = None
    due: datetime | None = None
    closure: Closure | None = None
    note: str | None = None
    span: Span = field(compare=False, repr=False)

    def is_closed(self, as_of: datetime | None) -> bool:
        """Whether it was closed by some instant; without one, whether it ever was."""
        return self.closure is not None and (as_of is None or self.closure.on <= as_of)

    def is_overdue(self, as_of: datetime | None) -> bool:
        """Whether it is open at some instant, and was to be closed before."""
        return as_of is not None and self.due is not None and self.due < as_of and not self.is_closed(as_of)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The value of one input of the policy, such as the service type."""

    name: str
    value: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a file for several standards says for one of them alone."""

    standard: str
    target: str = "best"
    inputs: tuple[Choice, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    findings: tuple[Finding, ...] = ()
    span: Span = field(compare=False, repr=False)
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class SubjectDetails:
    """What a file says of its subject beside the name: which version it is, who provides it, remarks."""

    version: str | None = None
    organization: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything that one file says about one subject, in the order it says it."""

    subject: str
    details: SubjectDetails = SubjectDetails()
    as_of: datetime | None = None
    target: str = "best"
    standard: str | None = None
    inputs: tuple[Choice, ...] = ()
    records: tuple[EvidenceRecord, ...] = ()
    facts: tuple[StatedFact, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    findings: tuple[Finding, ...] = ()
    parts: tuple[Part, ...] = ()  # of a file for several standards, which share its facts and records
    fictional: bool = False
    digest: str = ""
    numbers: str = field(
        default="", compare=False
    )  # digest of the edition by whose numbers it goes, where that is told
    span: Span = field(compare=False, repr=False)
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)  # of `target` and `standard`

    def place_of(self, key: str) -> Span:
        """Where the file says `target` or `standard`; its beginning where it does not."""
        return self.places.get(key, self.span)

    def for_standard(self, standard: str) -> Evidence:
        """What is said for one standard. Of a file for one standard alone: all of it."""
        part = next((p for p in self.parts if p.standard == standard), None)
        if part is None:
            return self
        return replace(
            self,
            target=part.target,
            standard=standard,
            inputs=part.inputs,
            attestations=part.attestations,
            waivers=part.waivers,
            findings=part.findings,
            places=part.places,
        )
