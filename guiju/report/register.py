"""What the register of `evidence/2` adds to a report: ends of what people said, waivers, samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from guiju.dsl.diagnostic import Language
from guiju.engine.ages import last_day
from guiju.engine.bind import Bound, has_ended
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation, Closure, Sample, StatedFact, Waiver
from guiju.engine.sampling import counts
from guiju.engine.verdicts import ClauseResult
from guiju.report import result_model as model
from guiju.report.layout import fitted
from guiju.report.words import plain, word


def day_of(until: str, as_of: str | None) -> str:
    """The day on which something ends, as data has it; the instant, where its day would say otherwise of the as-of."""
    return last_day(datetime.fromisoformat(until), datetime.fromisoformat(as_of) if as_of else None)


def until_text(until: datetime | None, as_of: datetime | None, language: Language) -> str:
    """` (until 2026-12-31)`, or nothing."""
    return "" if until is None else f" ({word('until', language, day=last_day(until, as_of))})"


def ended_text(said: Attestation | StatedFact, as_of: datetime | None, language: Language) -> str:
    """Why something that was said counts no longer: `override Committee was given until 2026-03-01`."""
    who = word(said.voice, language) if isinstance(said, Attestation) else word("sample", language)
    by = f" {said.by}" if isinstance(said, Attestation) and said.by else ""
    day = last_day(said.until, as_of) if said.until else ""
    return word("ended", language, who=f"{who}{by}", day=day)


def reason_text(reason: str | None, by: str | None, language: Language) -> str:
    """Why a clause is unknown; of an override that ended just that, for no evidence of it has."""
    return word("ended-override" if (reason, by) == ("expired", "override") else reason or "missing", language)


def ended_of(bound: Bound, result: ClauseResult) -> tuple[Attestation, ...]:
    """What was said of an unknown clause and ended, where that is why it is unknown."""
    lapsed = bound.lapsed.get(result.clause, ()) if result.reason == "expired" else ()
    return tuple(a for a in lapsed if has_ended(a, bound.evidence.as_of))


def sample_text(sample: Sample, language: Language) -> str:
    """`sample s1: 38 of 40 satisfied, 1 unsatisfied, 1 unknown; population 1240; rule: share >= 95 %`."""
    found = counts(sample)
    others = [
        word("sample-counted", language, number=found[verdict], verdict=word(verdict, language))
        for verdict in ("unsatisfied", "not-applicable", "unknown")
        if found.get(verdict)
    ]
    return word(
        "sample-told",
        language,
        id=sample.id,
        satisfied=found.get("satisfied", 0),
        size=sample.size,
        others="".join(f"{word('comma', language)}{other}" for other in others),
        population=sample.population,
        rule=sample.rule.text,
    )


def waiver_text(waiver: Waiver, as_of: datetime | None, language: Language) -> str:
    """`waiver by Board until 2026-12-31: reason`; of one that ended that it has."""
    key = "waiver-ended" if has_ended(waiver, as_of) else "waiver-told"
    day = last_day(waiver.until, as_of)
    return word(key, language, by=waiver.by, day=day, reason=waiver.reason)


def sample_model(sample: Sample | None) -> model.SampleModel | None:
    """A sample as data."""
    if sample is None:
        return None
    found = counts(sample)
    return model.SampleModel(
        id=sample.id,
        title=sample.title,
        method=sample.method,
        population=sample.population,
        size=sample.size,
        rule=sample.rule.text,
        satisfied=found.get("satisfied", 0),
        unsatisfied=found.get("unsatisfied", 0),
        not_applicable=found.get("not-applicable", 0),
        unknown=found["unknown"],
    )


def waiver_models(bound: Bound, clause: str) -> Iterator[model.WaiverModel]:
    """The waivers of a clause as data."""
    for waiver in bound.waivers.get(clause, ()):
        yield model.WaiverModel(
            by=waiver.by,
            reason=waiver.reason,
            until=waiver.until.isoformat(),
            ended=has_ended(waiver, bound.evidence.as_of),
            evidence=list(waiver.evidence),
            note=waiver.note,
        )


def finding_models(assessment: Assessment, language: Language) -> Iterator[model.FindingModel]:
    """The findings as data, with what their clauses come to."""
    as_of = assessment.bound.evidence.as_of
    for f in assessment.bound.findings:
        clause = assessment.program.clause[f.clause]
        yield model.FindingModel(
            id=f.id,
            clause=f.clause,
            cites=clause.printed,
            label=clause.label.in_language(language),
            grade=f.grade,
            statement=f.statement,
            evidence=list(f.evidence),
            raised=f.raised.isoformat() if f.raised else None,
            by=f.by,
            owner=f.owner,
            due=f.due.isoformat() if f.due else None,
            closure=None if f.closure is None else _closure(f.closure),
            state="closed" if f.is_closed(as_of) else "overdue" if f.is_overdue(as_of) else "open",
            verdict=plain(assessment.clauses[f.clause].verdict),
            note=f.note,
        )


def _closure(closure: Closure) -> model.ClosureModel:
    return model.ClosureModel(
        on=closure.on.isoformat(), by=closure.by, evidence=list(closure.evidence), note=closure.note
    )


def finding_lines(findings: Sequence[model.FindingModel], language: Language) -> Iterator[str]:
    """Each finding with its clause, and who is to mend it until when; one that was closed too early is told."""
    for f in findings:
        head, *tails = _told(f, language)
        yield from fitted(f"  {head}", tails)


def told_in_one(finding: model.FindingModel, language: Language) -> str:
    """The same of one finding, as one line."""
    return "  ".join(filter(None, _told(finding, language)))


def finding_beside(finding: model.FindingModel, language: Language) -> str:
    """The same beside its clause, which need not be named: `finding F-1, major: statement (open, Owner, due …)`."""
    grade = word(finding.grade, language)
    told = (_state(finding, language), _contrary(finding, language))
    return " ".join(
        filter(None, (word("finding-told", language, id=finding.id, grade=grade, said=finding.statement), *told))
    )


def _told(f: model.FindingModel, language: Language) -> tuple[str, ...]:
    return (
        f"{f.id}  {word(f.grade, language)}  {f.cites} {f.label}: {f.statement}",
        _state(f, language),
        f"[{', '.join(f.evidence)}]" if f.evidence else "",
        _contrary(f, language),
    )


def _state(f: model.FindingModel, language: Language) -> str:
    """Whether it is closed, else who is to mend it until when."""
    due = [word("due", language, day=due_day(f.due, f.state))] if f.due and f.state != "closed" else []
    closed = word("closed-on", language, by=f.closure.by, day=f.closure.on[:10]) if f.closure else ""
    state = closed if f.state == "closed" else word(f.state, language)
    return f"({', '.join([state, *([f.owner] if f.owner else []), *due])})"


def due_day(due: str, state: str) -> str:
    """The last day to mend something; of what is overdue the instant, where it was due before that day was over."""
    end = datetime.fromisoformat(due)
    is_whole = (end + timedelta(microseconds=1)).time() == time()
    return end.date().isoformat() if is_whole or state != "overdue" else end.isoformat(timespec="seconds")


def _contrary(f: model.FindingModel, language: Language) -> str:
    """That it was closed while its clause is unsatisfied."""
    contrary = f.state == "closed" and f.verdict == "unsatisfied"
    return f"({word('closed-unsatisfied', language)})" if contrary else ""


def without_finding(result: model.ResultModel) -> list[str]:
    """The unsatisfied clauses that take part and that no open finding is about; none where nobody raised any."""
    about = {f.clause for f in result.findings if f.state != "closed"}
    failed = (c for c in result.clauses if c.verdict == "unsatisfied" and c.takes_part)
    return [c.cites for c in failed if c.id not in about] if result.findings else []
