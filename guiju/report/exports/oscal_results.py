"""Assessment -> OSCAL assessment-results: a finding for each verdict, an observation for each requirement and fact.

OSCAL knows *satisfied* and *not satisfied* alone. A clause that is neither gets no finding, so that nobody takes it for
one that failed: its observation says why, and one that does not apply is excluded from the controls reviewed. What was
stated stands there as well, in properties of our namespace, so that the file can be read back as evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from guiju.compiler.ir import Clause, Fact
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import (
    Attestation,
    EvidenceRecord,
    Finding,
    Quantity,
    StatedFact,
    StatedValue,
    Waiver,
)
from guiju.report.exports.judged import Judged, judged
from guiju.report.exports.oscal import Json, by_id, listed, metadata, own
from guiju.report.exports.oscal_catalog import statement_of
from guiju.report.exports.sampled import Sampled, sampled_of
from guiju.report.exports.stable import instant, names_of, one_line, tokens, uuid_of
from guiju.report.facts import stated_text
from guiju.report.register import sample_text, waiver_text
from guiju.report.words import in_order, plain

_TITLE = Text("{subject}：依 {designation} 的评价", "{subject}, assessed by {designation}")
_STATED = Text("证据所述", "stated by the evidence")
_NOT_A_REQUIREMENT = Text("在所选读法下不是要求", "no requirement under the readings chosen")
_NO_PLAN = Text("没有评价计划：评价依据此策略", "no assessment plan: the policy says what is assessed")
_STATES = {"satisfied": ("satisfied", "pass"), "unsatisfied": ("not-satisfied", "fail")}


def assessment_results(assessment: Assessment, as_of: datetime, engine: str, language: Language) -> Json:
    """The whole document. `as_of` is the instant of the assessment, `engine` the version that made it."""
    return _Results(assessment, instant(as_of), engine, language).document()


class _Results:
    def __init__(self, assessment: Assessment, as_of: str, engine: str, language: Language) -> None:
        self._assessment, self._as_of, self._engine, self._language = assessment, as_of, engine, language
        self._program, self._evidence = assessment.program, assessment.bound.evidence
        self._ids, self._names = tokens(self._program), (*names_of(assessment), language)
        self._judged = judged(assessment)

    def _uuid(self, *names: str) -> str:
        return uuid_of("assessment-results", *self._names, *names)

    def document(self) -> Json:
        program, evidence = self._program, self._evidence
        title = self._say(_TITLE).format(subject=one_line(evidence.subject), designation=program.designation)
        version = evidence.digest or program.digest
        return {
            "assessment-results": {
                "uuid": self._uuid("document"),
                "metadata": metadata(program, title, self._as_of, version, self._language),
                "import-ap": {"href": f"#{self._uuid('policy')}"},
                "results": [self._result(title)],
                "back-matter": {"resources": list(self._resources())},
            }
        }

    def _result(self, title: str) -> Json:
        subject = one_line(self._evidence.subject)
        component = {
            "uuid": self._uuid("subject"),
            "type": "this-system",
            "title": subject,
            "description": subject,
            "status": {"state": "other"},
        }
        findings = [self._finding(each) for each in self._judged if each.status in _STATES]
        return {
            "uuid": self._uuid("result"),
            "title": title,
            "description": title,
            "start": self._as_of,
            "end": self._as_of,
            "props": list(self._said()),
            "local-definitions": {"components": [component]},
            "reviewed-controls": {"control-selections": [self._selection()]},
            "observations": list(self._observations()),
            **listed(risks=[self._risk(each) for each in self._judged if _is_waived(each)]),
            **listed(findings=findings),
        }

    def _selection(self) -> Json:
        out = [self._id(j.clause) for j in self._judged if j.status == "not-applicable"]
        within = [self._id(j.clause) for j in self._judged if j.status != "not-applicable"]
        included: Json = {"include-controls": by_id(within)} if within else {"include-all": {}}
        return included | listed(exclude_controls=by_id(out))

    # --- of the whole ---

    def _said(self) -> Iterator[Json]:
        """What was given for the whole, and what it came to."""
        assessment, evidence = self._assessment, self._evidence
        yield own("engine", self._engine)
        yield own("subject", evidence.subject)
        details = evidence.details
        texts = (("version", details.version), ("organization", details.organization), ("note", details.note))
        yield from (own(f"subject-{name}", text) for name, text in texts if text)
        yield own("as-of", self._as_of)
        yield own("target", assessment.bound.target)
        if evidence.fictional:
            yield own("fictional", "true")
        if evidence.digest:
            yield own("evidence-digest", evidence.digest)
        yield from (own("reading", f"{name}={option}") for name, option in assessment.readings.items())
        yield from (own("input", f"{name}={plain(value)}") for name, value in assessment.bound.inputs.items())
        for definition in self._program.definitions:
            if definition.shown and definition.kind in ("score", "grade"):
                kind = "outcome" if definition.id in self._program.outcomes else definition.kind
                values = in_order(assessment.possible(definition.id).values)
                yield own(kind, f"{definition.id} = {' | '.join(map(plain, values))}")

    # --- clauses ---

    def _id(self, clause: Clause) -> str:
        return self._ids["clause", clause.id]

    def _observations(self) -> Iterator[Json]:
        found = {j.clause.id: j for j in self._judged}
        for clause in self._program.clauses:
            said = self._attestations(clause)
            if clause.id in found:
                yield self._observation(found[clause.id], said)
            elif said or clause.id in self._assessment.bound.waivers:
                text = self._say(_NOT_A_REQUIREMENT)
                yield self._observed(clause, text, [own("clause", clause.id)], said, ())
        stated = self._assessment.bound.stated
        yield from (self._fact(f) for f in self._program.facts if f.id in stated and stated[f.id].sample is None)
        yield from (self._observed_sample(sampled) for sampled in sampled_of(self._assessment.bound))
        yield from (self._held(finding) for finding in self._assessment.bound.findings)

    def _attestations(self, clause: Clause) -> tuple[Attestation, ...]:
        """All that was said of a clause, those that count no longer as well; samples are observations of their own."""
        bound = self._assessment.bound
        said = (*bound.attestations.get(clause.id, ()), *bound.lapsed.get(clause.id, ()))
        return tuple(a for a in said if a.sample is None and not a.lapsed)

    def _observation(self, judged_: Judged, said: tuple[Attestation, ...]) -> Json:
        clause, result = judged_.clause, judged_.result
        props = [
            own("clause", clause.id),
            own("verdict", judged_.verdict),
            own("status", judged_.status),
            *([own("reason", result.reason)] if result.reason else []),
            *([own("detail", result.detail)] if result.detail else []),
            *([own("decided-by", result.by)] if result.by else []),
            *([own("modality", judged_.modality)] if judged_.modality else []),
            *(own("missing", name) for name in judged_.missing),
            *([] if judged_.takes_part else [own("left-out", "true")]),
        ]
        return self._observed(clause, judged_.told(self._language), props, said, result.supporting)

    def _observed(
        self,
        clause: Clause,
        told: str,
        props: list[Json],
        said: tuple[Attestation, ...],
        evidence: Iterable[str],
    ) -> Json:
        for number, attestation in enumerate(said, 1):
            props += _attested(attestation, f"attestation-{number}")
        for number, waiver in enumerate(self._assessment.bound.waivers.get(clause.id, ()), 1):
            props += _waived(waiver, f"waiver-{number}")
        return {
            "uuid": self._uuid("observation", clause.id),
            "title": one_line(f"{clause.printed} {clause.label.in_language(self._language)}"),
            "description": told,
            "props": props,
            "methods": ["EXAMINE"],
            "types": ["control-objective"],
            "subjects": [{"subject-uuid": self._uuid("subject"), "type": "component"}],
            **listed(relevant_evidence=list(self._relevant(evidence))),
            "collected": self._as_of,
        }

    def _finding(self, judged_: Judged) -> Json:
        clause = judged_.clause
        state, reason = _STATES[judged_.status]
        return {
            "uuid": self._uuid("finding", clause.id),
            "title": one_line(f"{clause.printed} {clause.label.in_language(self._language)}"),
            "description": judged_.told(self._language),
            "target": {
                "type": "statement-id",
                "target-id": statement_of(self._id(clause)),
                "status": {"state": state, "reason": reason},
            },
            "related-observations": [{"observation-uuid": self._uuid("observation", clause.id)}],
            **({"related-risks": [{"risk-uuid": self._uuid("risk", clause.id)}]} if _is_waived(judged_) else {}),
        }

    def _risk(self, judged_: Judged) -> Json:
        """What a body allows not to be met: its finding stays, and the risk of it is accepted until then."""
        clause = judged_.clause
        told = "; ".join(waiver_text(waiver, None, self._language) for waiver in judged_.waivers)
        return {
            "uuid": self._uuid("risk", clause.id),
            "title": one_line(f"{clause.printed} {clause.label.in_language(self._language)}"),
            "description": told,
            "statement": told,
            "status": "deviation-approved",
            "deadline": instant(max(waiver.until for waiver in judged_.waivers)),
        }

    # --- facts and evidence ---

    def _fact(self, fact: Fact) -> Json:
        stated = self._assessment.bound.stated[fact.id]
        label = fact.label.in_language(self._language)
        return {
            "uuid": self._uuid("fact", fact.id),
            "title": one_line(label),
            "description": one_line(f"{label}: {stated_text(stated.value)} ({self._say(_STATED)})"),
            "props": list(_stated(fact, stated)),
            "methods": ["EXAMINE"],
            "types": ["discovery"],
            "subjects": [{"subject-uuid": self._uuid("subject"), "type": "component"}],
            **listed(relevant_evidence=list(self._relevant(stated.evidence))),
            "collected": self._as_of,
        }

    def _observed_sample(self, sampled: Sampled) -> Json:
        sample = sampled.sample
        told = sample_text(sample, self._language)
        return {
            "uuid": self._uuid("sample", sample.id),
            "title": one_line(sample.title or sample.id),
            "description": told,
            "props": list(_drawn(sampled)),
            "methods": ["TEST"],
            "types": ["discovery"],
            "subjects": [{"subject-uuid": self._uuid("subject"), "type": "component"}],
            **listed(relevant_evidence=list(self._relevant(sampled.evidence))),
            "collected": self._as_of,
        }

    def _held(self, finding: Finding) -> Json:
        """What an assessor holds against the subject: it decides nothing, so it is no finding of OSCAL's."""
        return {
            "uuid": self._uuid("held", finding.id),
            "title": one_line(f"{finding.id} {self._program.clause[finding.clause].printed}"),
            "description": finding.statement,
            "props": list(_held(finding)),
            "methods": ["EXAMINE"],
            "types": ["finding"],
            "subjects": [{"subject-uuid": self._uuid("subject"), "type": "component"}],
            **listed(relevant_evidence=list(self._relevant(finding.evidence))),
            "collected": self._as_of,
        }

    def _relevant(self, ids: Iterable[str]) -> Iterator[Json]:
        records = {record.id: record for record in self._evidence.records}
        for id_ in ids:
            record = records.get(id_)
            if record is not None:
                yield {"href": f"#{self._uuid('evidence', id_)}", "description": record.title or record.kind}

    def _resources(self) -> Iterator[Json]:
        program = self._program
        yield {
            "uuid": self._uuid("policy"),
            "title": one_line(f"{program.designation} {program.title.in_language(self._language)}"),
            "description": self._say(_NO_PLAN),
            "props": [own("policy", program.id), own("policy-digest", program.digest)],
        }
        for record in self._evidence.records:
            yield {
                "uuid": self._uuid("evidence", record.id),
                "title": one_line(record.title or record.kind),
                "props": list(_recorded(record)),
            }

    def _say(self, text: Text) -> str:
        return text.in_language(self._language)


def _attested(attestation: Attestation, group: str) -> Iterator[Json]:
    """What one voice says, as properties that belong together."""
    yield own("attested", attestation.verdict, group)
    yield own("voice", attestation.voice, group)
    for name, text in (("by", attestation.by), ("reason", attestation.reason), ("note", attestation.note)):
        if text:
            yield own(name, text, group)
    if attestation.until is not None:
        yield own("until", attestation.until.isoformat(), group)
    yield from (own("evidence", id_, group) for id_ in attestation.evidence)


def _waived(waiver: Waiver, group: str) -> Iterator[Json]:
    """A waiver, whether it stands or has ended, as properties that belong together."""
    yield own("voice", "waiver", group)
    yield own("by", waiver.by, group)
    yield own("reason", waiver.reason, group)
    yield own("until", waiver.until.isoformat(), group)
    if waiver.note:
        yield own("note", waiver.note, group)
    yield from (own("evidence", id_, group) for id_ in waiver.evidence)


def _is_waived(judged_: Judged) -> bool:
    return judged_.status == "unsatisfied" and bool(judged_.waivers)


def _drawn(sampled: Sampled) -> Iterator[Json]:
    """A sample with each of its instances."""
    sample = sampled.sample
    yield own("sample", sample.id)
    yield own(sampled.kind, sampled.about)
    yield own("population", str(sample.population))
    yield own("size", str(sample.size))
    yield own("rule", sample.rule.text)
    texts = (("title", sample.title), ("method", sample.method), ("voice", sampled.voice), ("by", sampled.by))
    until = sampled.until.isoformat() if sampled.until else None
    yield from (own(n, text) for n, text in (*texts, ("note", sampled.note), ("until", until)) if text)
    yield from (own("evidence", id_) for id_ in sampled.evidence)
    for number, instance in enumerate(sample.instances, 1):
        group = f"instance-{number}"
        yield own("instance", instance.name, group)
        yield own("result", instance.result, group)
        if instance.note:
            yield own("note", instance.note, group)
        yield from (own("evidence", id_, group) for id_ in instance.evidence)


def _held(finding: Finding) -> Iterator[Json]:
    yield own("finding", finding.id)
    days = (("raised", finding.raised), ("due", finding.due))
    texts = (
        ("clause", finding.clause),
        ("grade", finding.grade),
        ("statement", finding.statement),
        ("by", finding.by),
        ("owner", finding.owner),
        ("note", finding.note),
        *((name, day.isoformat()) for name, day in days if day is not None),
    )
    yield from (own(name, text) for name, text in texts if text)
    yield from (own("evidence", id_) for id_ in finding.evidence)
    closure = finding.closure
    if closure is not None:
        yield own("on", closure.on.isoformat(), "closure")
        yield own("by", closure.by, "closure")
        if closure.note:
            yield own("note", closure.note, "closure")
        yield from (own("evidence", id_, "closure") for id_ in closure.evidence)


def _stated(fact: Fact, stated: StatedFact) -> Iterator[Json]:
    yield own("fact", fact.id)
    yield from _value(stated.value)
    if stated.note:
        yield own("note", stated.note)
    yield from (own("evidence", id_) for id_ in stated.evidence)


def _value(value: StatedValue) -> Iterator[Json]:
    match value:
        case Quantity():
            yield own("number", stated_text(value))
        case bool():
            yield own("truth", "yes" if value else "no")
        case tuple():
            yield own("options", str(len(value)))
            yield from (own("option", option) for option in value)
        case str():
            yield own("option", value)
        case None:
            yield own("not-known", "true")


def _recorded(record: EvidenceRecord) -> Iterator[Json]:
    yield own("evidence", record.id)
    yield own("kind", record.kind)
    texts = (("source", record.source), ("by", record.collected_by), ("hash", record.hash), ("title", record.title))
    yield from (own(name, text) for name, text in texts if text)
    more = (("method", record.method), ("revision", record.revision), ("confidentiality", record.confidentiality))
    yield from (own(name, text) for name, text in (*more, ("note", record.note)) if text)
    period = record.period
    ends = () if period is None else (("period-from", period.first), ("period-to", period.last))
    days = (("collected-on", record.collected_on), ("received", record.received), *ends, ("expires", record.expires))
    yield from (own(name, day.isoformat()) for name, day in days if day is not None)
