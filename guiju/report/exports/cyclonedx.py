"""Assessment -> CycloneDX 1.6 attestations: the standard and its levels, who says what, how far it holds.

A conformance score is a number from 0 to 1: 1 of what is satisfied, 0 of what is not, and none of anything else, for no
number says *not applicable* or *unknown*. Its rationale always says the verdict in words, and scores exactly.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.ir import Clause, Definition, Program
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import EvidenceRecord
from guiju.report.exports.judged import Judged, judged
from guiju.report.exports.oscal import Json, listed
from guiju.report.exports.shares import as_share
from guiju.report.exports.stable import instant, names_of, one_line, uuid_of
from guiju.report.values import value_text
from guiju.report.words import in_order, plain, word

SPEC_VERSION = "1.6"
_SUBJECT = "subject"
_VERDICTS = Text("各条款的结论", "the verdict on each clause")
_SCORES = Text("各组得分", "the scores of the groups")
_AT = Text("{summary}，{level}", "{summary} at {level}")
_FACTS = Text("事实：{verdict}", "facts: {verdict}")
_SCORE = {"satisfied": 1, "unsatisfied": 0}


def standard(program: Program, moment: str | None, engine: str, language: Language) -> Json:
    """The definition of a standard alone."""
    return _head(("standard", program.digest, language), moment, engine) | {
        "definitions": {"standards": [_standard(program, language)]}
    }


def attestations(assessment: Assessment, engine: str, language: Language) -> Json:
    """The whole document. The time stamp is the as-of instant, if there is one."""
    return _Attestations(assessment, engine, language).document()


def _head(names: tuple[str, ...], moment: str | None, engine: str) -> Json:
    tool = {"type": "application", "name": "guiju", "version": engine}
    metadata = {"timestamp": moment} if moment else {}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "serialNumber": f"urn:uuid:{uuid_of('cyclonedx', *names)}",
        "version": 1,
        "metadata": {**metadata, "tools": {"components": [tool]}},
    }


def _property(name: str, value: str) -> Json:
    return {"name": f"guiju:{name}", "value": value}


# --- the standard --------------------------------------------------------------------------------------------------


def _standard(program: Program, language: Language) -> Json:
    groups = [
        {
            "bom-ref": _group(group.id),
            "identifier": group.cites or group.id,
            "title": group.label.in_language(language),
            **({"parent": _group(group.parent)} if group.parent else {}),
        }
        for group in program.groups
    ]
    levels = [
        {
            "bom-ref": f"level:{level.id}",
            "identifier": level.id,
            "title": level.label.in_language(language),
            "requirements": [_clause(c.id) for c in program.clauses if level.id in c.levels],
        }
        for level in program.levels
    ]
    return {
        "bom-ref": f"standard:{program.id}",
        "name": program.designation,
        "version": program.digest,
        "description": program.title.in_language(language),
        "requirements": [*groups, *(_requirement(clause, language) for clause in program.clauses)],
        **listed(levels=levels),
    }


def _requirement(clause: Clause, language: Language) -> Json:
    modality = [_property("modality", clause.modality)] if clause.modality else []
    return {
        "bom-ref": _clause(clause.id),
        "identifier": clause.printed,
        "title": clause.label.in_language(language),
        "parent": _group(clause.group),
        **listed(properties=modality),
    }


def _clause(id_: str) -> str:
    return f"clause:{id_}"


def _group(id_: str) -> str:
    return f"group:{id_}"


# --- the assessment ------------------------------------------------------------------------------------------------


class _Attestations:
    def __init__(self, assessment: Assessment, engine: str, language: Language) -> None:
        self._assessment, self._engine, self._language = assessment, engine, language
        self._program, self._evidence = assessment.program, assessment.bound.evidence
        self._judged = judged(assessment)

    def document(self) -> Json:
        as_of = self._evidence.as_of
        moment = None if as_of is None else instant(as_of)
        subject = {"bom-ref": _SUBJECT, "name": self._evidence.subject}
        return _head((*names_of(self._assessment), self._language), moment, self._engine) | {
            "properties": list(self._properties()),
            "declarations": {
                "attestations": [self._verdicts(), *self._scores()],
                **listed(
                    claims=[claim for each in self._judged for _, claim in self._claims(each)],
                    evidence=[_evidence(record) for record in self._evidence.records],
                ),
                "targets": {"services": [subject]},
            },
            "definitions": {"standards": [_standard(self._program, self._language)]},
        }

    def _properties(self) -> Iterator[Json]:
        assessment, evidence = self._assessment, self._evidence
        yield _property("policy", assessment.program.id)
        yield _property("policy-digest", assessment.program.digest)
        if evidence.digest:
            yield _property("evidence-digest", evidence.digest)
        if evidence.fictional:
            yield _property("fictional", "true")
        for reading, option in assessment.readings.items():
            yield _property("reading", f"{reading}={option}")
        for outcome in self._program.outcomes:
            values = in_order(assessment.possible(outcome).values)
            yield _property("outcome", f"{outcome} = {' | '.join(map(plain, values))}")

    def _verdicts(self) -> Json:
        return {"summary": _VERDICTS.in_language(self._language), "map": [self._mapped(each) for each in self._judged]}

    def _mapped(self, each: Judged) -> Json:
        claims = list(self._claims(each))
        score = _SCORE.get(each.status)
        return {
            "requirement": _clause(each.clause.id),
            **listed(
                claims=[claim["bom-ref"] for agrees, claim in claims if agrees],
                counterClaims=[claim["bom-ref"] for agrees, claim in claims if not agrees],
            ),
            "conformance": ({} if score is None else {"score": score}) | {"rationale": each.told(self._language)},
        }

    def _claims(self, each: Judged) -> Iterator[tuple[bool, Json]]:
        """What is said of a clause, by its facts and by each voice, and whether it is what the clause came to."""
        result, ref = each.result, _clause(each.clause.id)
        if result.by == "facts":
            predicate = _FACTS.in_language(self._language).format(verdict=word(each.verdict, self._language))
            yield True, self._claim(f"{ref}#facts", predicate, (), result.of_facts)
        for number, said in enumerate(result.attestations, 1):
            predicate = f"{word(said.voice, self._language)}: {word(said.verdict, self._language)}"
            texts = (said.by, said.reason, said.note)
            yield (
                said not in result.disagreeing,
                self._claim(f"{ref}#{number}", predicate, tuple(t for t in texts if t), said.evidence),
            )

    def _claim(self, ref: str, predicate: str, texts: tuple[str, ...], evidence: tuple[str, ...]) -> Json:
        known = {record.id for record in self._evidence.records}
        return {
            "bom-ref": ref,
            "target": _SUBJECT,
            "predicate": predicate,
            **({"reasoning": "; ".join(texts)} if texts else {}),
            **listed(evidence=[f"evidence:{id_}" for id_ in evidence if id_ in known]),
        }

    def _scores(self) -> Iterator[Json]:
        """The scores of groups, those of a level or a family together."""
        scores = [d for d in self._program.definitions if d.kind == "score" and d.shown and d.group]
        for family, level in dict.fromkeys((d.family, d.level) for d in scores):
            own = [d for d in scores if (d.family, d.level) == (family, level)]
            summary = f"{_SCORES.in_language(self._language)}: {family}"
            if level:
                summary = _AT.in_language(self._language).format(summary=summary, level=level)
            yield {"summary": summary, "map": [self._scored(definition) for definition in own]}

    def _scored(self, definition: Definition) -> Json:
        assert definition.group is not None
        values = in_order(self._assessment.possible(definition.id).values)
        shown = " | ".join(value_text(self._program, definition, value, self._language) for value in values)
        is_settled = self._assessment.is_settled(definition.id)
        score = as_share(definition, values[0]) if is_settled else None
        return {
            "requirement": _group(definition.group),
            "conformance": ({} if score is None else {"score": score}) | {"rationale": f"{definition.id} = {shown}"},
        }


def _evidence(record: EvidenceRecord) -> Json:
    said = ((name, text) for name, text in (("source", record.source), ("hash", record.hash)) if text)
    data = [{"name": f"{name}: {one_line(text)}"} for name, text in said]
    return {
        "bom-ref": f"evidence:{record.id}",
        "description": ": ".join(filter(None, (record.id, record.kind, record.title))),
        **listed(data=data),
        **({"created": instant(record.collected_on)} if record.collected_on else {}),
        **({"expires": instant(record.expires)} if record.expires else {}),
        **({"author": {"name": record.collected_by}} if record.collected_by else {}),
    }
