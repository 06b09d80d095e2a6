"""Assessment, or the findings of a policy -> SARIF 2.1.0: a rule for each requirement or code, a result for each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from guiju.dsl.diagnostic import Code, Diagnostic, Language, Severity
from guiju.dsl.source import Span
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Waiver
from guiju.report.exports.judged import Judged, Status, judged
from guiju.report.exports.oscal import Json, listed
from guiju.report.exports.stable import instant, names_of, one_line, uuid_of
from guiju.report.register import waiver_text
from guiju.report.words import in_order, plain

#: status -> SARIF's kind; a rule for each that a person has to look at is *review*, what nobody has said is *open*
KINDS: dict[Status, str] = {
    "satisfied": "pass",
    "unsatisfied": "fail",
    "not-applicable": "notApplicable",
    "not-assessed": "open",
    "conflicting": "review",
    "undefined": "review",
}
_WEIGHTS = {"should": "warning", "may": "note"}  # of what fails; of anything stronger it is an error
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def results(assessment: Assessment, engine: str, language: Language) -> Json:
    """The verdict on each clause as a result, at the place of the policy that says it."""
    program, evidence = assessment.program, assessment.bound.evidence
    every = judged(assessment)
    rules = [
        {
            "id": each.clause.id,
            "name": each.clause.printed,
            "shortDescription": {"text": each.clause.label.in_language(language)},
            "properties": {"group": each.clause.group, "levels": list(each.clause.levels)},
        }
        for each in every
    ]
    said = {
        "policy": program.id,
        "policyDigest": program.digest,
        "subject": evidence.subject,
        "evidenceDigest": evidence.digest,
        "readings": dict(assessment.readings),
        "outcomes": {o: list(map(plain, in_order(assessment.possible(o).values))) for o in program.outcomes},
    }
    if evidence.as_of is not None:
        said["asOf"] = instant(evidence.as_of)
    found = [_result(each, index, language) for index, each in enumerate(every)]
    return _log(engine, rules, found, said | {"guid": uuid_of("sarif", *names_of(assessment), language)}, language)


def _result(each: Judged, index: int, language: Language) -> Json:
    status = each.status
    fails = _WEIGHTS.get(each.modality or "", "error")
    said = {"verdict": each.verdict, "status": status, "reason": each.result.reason, "by": each.result.by}
    lists = {"evidence": list(each.result.supporting), "missing": list(each.missing)}
    return {
        "ruleId": each.clause.id,
        "ruleIndex": index,
        "kind": KINDS[status],
        "level": fails if KINDS[status] == "fail" else "none",
        "message": {"text": f"{each.clause.printed}: {each.told(language)}"},
        "locations": [_location(each.clause.span)],
        "partialFingerprints": {"guijuClause/v1": each.clause.id},
        "properties": {k: v for k, v in said.items() if v} | {k: v for k, v in lists.items() if v},
        **listed(suppressions=[_suppression(waiver, language) for waiver in each.waivers]),
    }


def _suppression(waiver: Waiver, language: Language) -> Json:
    """A waiver: somebody outside of the text that was judged has accepted the result, and it stays what it is."""
    return {"kind": "external", "status": "accepted", "justification": waiver_text(waiver, None, language)}


def findings(diagnostics: Iterable[Diagnostic], engine: str, language: Language) -> Json:
    """What is wrong or doubtful in a policy, as `guiju check` and `guiju review` find it."""
    every = list(diagnostics)
    codes = list(dict.fromkeys(d.code for d in every))
    rules = [_rule(code, language) for code in codes]
    found = [
        {
            "ruleId": each.code.name,
            "ruleIndex": codes.index(each.code),
            "level": _LEVELS[each.code.severity],
            "message": {"text": one_line(f"{each.message(language)} — {each.help(language)}")},
            "locations": [_location(each.span)],
        }
        for each in every
    ]
    return _log(engine, rules, found, {}, language)


def _rule(code: Code, language: Language) -> Json:
    return {
        "id": code.name,
        "shortDescription": {"text": code.title.in_language(language)},
        "fullDescription": {"text": code.why.in_language(language)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _log(engine: str, rules: list[Json], found: list[Json], said: Json, language: Language) -> Json:
    guid = {"automationDetails": {"id": "guiju/", "guid": said.pop("guid")}} if "guid" in said else {}
    driver = {"name": "Guiju", "version": engine, "semanticVersion": engine, "language": language, "rules": rules}
    run = {
        "tool": {"driver": driver},
        **guid,
        "columnKind": "unicodeCodePoints",
        "results": found,
        **({"properties": said} if said else {}),
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _location(span: Span) -> Json:
    """Where in its file; lines and columns from 1, the end is the first character behind."""
    place, end = span.position, span.source.position(max(span.end, span.start))
    region = {"startLine": place.line, "startColumn": place.column, "endLine": end.line, "endColumn": end.column}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(span.source.name)}, "region": region}}


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
