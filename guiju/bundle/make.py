"""Sources and readings -> the content of a bundle, from nothing else: the same function writes it and replays it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from guiju.bundle.model import ChosenModel, OriginalModel, OutcomeModel, StepModel
from guiju.bundle.sources import SourceText, asked, standards_in
from guiju.compiler.ir import Clause, Fact
from guiju.dsl.diagnostic import Diagnostic, has_errors
from guiju.dsl.source import Span
from guiju.engine.derivation import Step, derive
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.text import decode
from guiju.report.words import in_order, plain
from guiju.standards import bind_for


def content_of(
    sources: tuple[SourceText, ...], readings: Mapping[str, str], engine: str
) -> tuple[dict[str, Any] | None, tuple[Diagnostic, ...]]:
    """The members of a bundle above its checksums, or the errors for which there are none. `engine`: who wrote it."""
    assessment, found = assessed(sources, readings)
    if assessment is None:
        return None, found
    return content_from(assessment, sources, engine), ()


def content_from(assessment: Assessment, sources: tuple[SourceText, ...], engine: str) -> dict[str, Any]:
    """The members of a bundle of an assessment that was made from some sources."""
    program, evidence = assessment.program, assessment.bound.evidence
    content = {
        "guiju": "bundle/1",
        "engine": engine,
        "policy": program.id,
        "designation": program.designation,
        "policy_digest": program.digest,
        "subject": evidence.subject,
        "as_of": evidence.as_of.isoformat() if evidence.as_of else None,
        "evidence_digest": next(s.model.digest for s in sources if s.role == "evidence"),
        "readings": [ChosenModel(reading=r.id, option=assessment.readings[r.id]) for r in program.readings],
        "sources": [source.model for source in asked(sources, evidence)],
        "originals": [OriginalModel(evidence=r.id, hash=r.hash) for r in evidence.records],
        "outcomes": [_outcome(assessment, id_) for id_ in program.outcomes],
        "derivation": list(_steps(assessment)),
    }
    return {key: _plain(value) for key, value in content.items()}


def assessed(
    sources: tuple[SourceText, ...], readings: Mapping[str, str]
) -> tuple[Assessment | None, tuple[Diagnostic, ...]]:
    """The assessment that follows from some sources, or the errors in them; of readings those that there are count."""
    source = next((s for s in sources if s.role == "evidence"), None)
    errors = tuple(d for standard in standards_in(sources) for d in standard.errors)
    if source is None or errors:
        return None, errors
    evidence, found = _evidence(source)
    if evidence is None:
        return None, found
    assessment, found = assessed_on(sources, evidence, readings)
    return assessment, () if assessment is not None else tuple(d for d in found if d.is_error)


def assessed_on(
    sources: tuple[SourceText, ...], evidence: Evidence, readings: Mapping[str, str]
) -> tuple[Assessment | None, tuple[Diagnostic, ...]]:
    """The assessment of some evidence under the policies of some sources, and what is said of it; None with errors."""
    standards = standards_in(sources)
    program = standards[0].program if standards and standards[0].source.role == "policy" else None
    if program is None:
        return None, ()
    own = replace(evidence, numbers=program.digest)  # what was recorded together goes together
    bindings = bind_for(program, own, {s.id: s.program for s in standards}.get)
    if has_errors(bindings.diagnostics):
        return None, bindings.diagnostics
    options = {(r.id, o.id) for r in program.readings for o in r.options}
    return evaluate(bindings.bound, dict(pair for pair in readings.items() if pair in options)), bindings.diagnostics


def _evidence(source: SourceText) -> tuple[Evidence | None, tuple[Diagnostic, ...]]:
    text, found = decode(source.name, source.data)
    return parse_evidence(text.source) if text is not None else (None, found)


def _plain(value: Any) -> Any:
    """Models as plain members; what is at its default in them is left out."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.model_dump(exclude_defaults=True) if isinstance(value, BaseModel) else value


def _outcome(assessment: Assessment, id_: str) -> OutcomeModel:
    possible = assessment.possible(id_)
    return OutcomeModel(outcome=id_, values=[plain(v) for v in in_order(possible.values)], exact=possible.exact)


# --- steps ---------------------------------------------------------------------------------------------------------


def _steps(assessment: Assessment) -> Iterator[StepModel]:
    nodes = assessment.network.nodes
    return (_step(assessment, step, node.subject) for step, node in zip(derive(assessment).steps, nodes, strict=True))


def _step(assessment: Assessment, step: Step, subject: object) -> StepModel:
    inference, possible = step.inference, step.possible
    return StepModel(
        node=inference.address,
        rule=inference.rule,
        premises=list(inference.premises),
        value=plain(step.conclusion),
        reachable=[plain(v) for v in in_order(possible.values)] if possible else [],
        exact=possible.exact if possible else True,
        cites=inference.cites,
        at=_line(inference.span),
        **_decided(assessment, subject),
    )


def _decided(assessment: Assessment, subject: object) -> dict[str, Any]:
    """Who decided a clause, on what; and what a stated fact rests on."""
    if isinstance(subject, Clause):
        result = assessment.clauses[subject.id]
        return {"by": result.by, "why": result.reason or result.detail or None, "evidence": list(result.evidence)}
    stated = assessment.bound.stated.get(subject.id) if isinstance(subject, Fact) else None
    return {"evidence": list(stated.evidence)} if stated else {}


def _line(span: Span) -> str:
    return f"{span.source.name}:{span.position.line}"
