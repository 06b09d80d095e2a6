"""Assessment -> flat values and tables by name, the words of `result/1`: what a body's own file can ask for.

A value is a text, or a number that is exact. `…_text` is a value as people read it, in one language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from guiju.compiler.ir import Definition
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import EvidenceRecord
from guiju.report import result_model as model
from guiju.report.result import result_of
from guiju.report.values import published, set_text, value_text
from guiju.report.words import WORDS, shown, word

Value: TypeAlias = str | Fraction
Row: TypeAlias = Mapping[str, Value]


class Answer(str):
    """A word for yes or no, which an `if` takes for what it says."""

    holds: bool

    def __new__(cls, word: str, *, holds: bool) -> Answer:  # noqa: D102 - as the class says
        made = super().__new__(cls, word)
        made.holds = holds
        return made

    def __bool__(self) -> bool:
        return self.holds


#: each table -> what one row of it is called, and what it has a row for
TABLES: Mapping[str, tuple[str, Text]] = {
    "outcomes": ("outcome", Text("标准所要回答的每个结果", "each outcome that the standard is asked for")),
    "scores": ("score", Text("每个得分，按组和等级", "each score, by group and level")),
    "groups": ("group", Text("标准的每个组", "each group of the standard")),
    "clauses": ("clause", Text("每个末级条款", "each leaf clause")),
    "statements": ("statement", Text("每条说法：谁说某条款怎样", "each statement: what somebody says of a clause")),
    "samples": ("sample", Text("条款依据的每次抽样", "each sample that a clause follows from")),
    "facts": ("fact", Text("每个给出或算得的事实", "each fact that is stated or computed")),
    "findings": ("finding", Text("每项评价发现", "each assessment finding")),
    "waivers": ("waiver", Text("每项豁免", "each waiver")),
    "records": ("record", Text("每份证据", "each piece of evidence")),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "outcomes": ("id", "label", "value", "value_text", "decided", "exact"),
    "scores": (
        *("id", "family", "label", "group", "level", "cites", "value", "value_text", "decided", "exact"),
        *("low", "high"),
    ),
    "groups": (
        *("id", "kind", "label", "parent", "depth", "satisfied", "unsatisfied", "not_applicable", "unknown"),
        *("weight", "weight_text"),
    ),
    "clauses": (
        *("id", "cites", "label", "group", "group_label", "modality", "levels", "verdict", "verdict_text"),
        *("by", "reason", "reason_text", "evidence", "note", "finding", "left_out"),
    ),
    "statements": (
        *("clause", "cites", "label", "voice", "voice_text", "verdict", "verdict_text", "by", "reason", "until"),
        *("counts", "evidence", "note"),
    ),
    "samples": (
        *("id", "title", "clause", "cites", "label", "method", "population", "size", "rule", "satisfied"),
        *("unsatisfied", "not_applicable", "unknown"),
    ),
    "facts": ("id", "label", "value", "unit", "stated", "evidence", "note"),
    "findings": (
        *("id", "clause", "cites", "label", "grade", "grade_text", "statement", "evidence", "raised", "by", "owner"),
        *("due", "state", "state_text", "closed_on", "closed_by", "verdict", "verdict_text", "note"),
    ),
    "waivers": ("clause", "cites", "label", "by", "reason", "until", "ended", "evidence", "note"),
    "records": (
        *("id", "kind", "title", "source", "collected", "received", "from", "to", "expires", "by", "method"),
        *("revision", "confidentiality", "hash"),
    ),
}
_BETWEEN = Text("、", ", ")


@dataclass(frozen=True)
class Values:
    """Everything that can be asked for: values by name, and the rows of each table."""

    values: Mapping[str, Value]
    tables: Mapping[str, tuple[Row, ...]]
    about: Mapping[str, str] = field(default_factory=dict)  # what the values that a policy brings are called


def values_of(assessment: Assessment, language: Language) -> Values:
    """The values of an assessment, labels in one language."""
    return _Made(assessment, language).values()


class _Made:
    def __init__(self, assessment: Assessment, language: Language) -> None:
        self.assessment, self.language = assessment, language
        self.program, self.result = assessment.program, result_of(assessment, language)
        self.groups = {g.id: g.label for g in self.result.groups}

    def values(self) -> Values:
        """All of them."""
        tables = {
            "outcomes": tuple(self._outcome(o) for o in self.result.outcomes),
            "scores": tuple(self._score(s) for s in self.result.scores),
            "groups": tuple(self._group(g) for g in self.result.groups),
            "clauses": tuple(self._clause(c) for c in self.result.clauses),
            "statements": tuple(row for c in self.result.clauses for row in self._statements(c)),
            "samples": tuple(row for c in self.result.clauses for row in self._samples(c)),
            "facts": tuple(self._fact(f) for f in self.result.facts),
            "findings": tuple(self._finding(f) for f in self.result.findings),
            "waivers": tuple(self._waiver(c, w) for c in self.result.clauses for w in c.waivers),
            "records": tuple(self._record(r) for r in self.assessment.bound.evidence.records),
        }
        own, about = self._own(tables)
        return Values({**self._head(), **self._counts(), **own}, tables, about)

    def _head(self) -> dict[str, Value]:
        result = self.result
        as_of = result.as_of or ""
        first = result.outcomes[0] if result.outcomes else None
        return {
            "designation": result.designation,
            "title": self.program.title.in_language(self.language),
            "policy": result.policy,
            "policy_digest": result.policy_digest,
            "evidence_digest": result.evidence_digest,
            "engine": result.engine,
            "subject": result.subject,
            "fictional": self._truth(result.fictional),
            "as_of": as_of,
            "as_of_date": as_of[:10],
            "target": result.target,
            "outcome": self._plain(first.possible) if first else "",
            "outcome_label": first.label if first else "",
            "outcome_text": self._told(first.id, first.possible) if first else "",
            "readings": self._joined(f"{name}={option}" for name, option in result.readings.chosen.items()),
        }

    def _counts(self) -> dict[str, Value]:
        """How many clauses that take part have each verdict, and how many findings are in each state."""
        taking_part = [c for c in self.result.clauses if c.takes_part]
        verdicts = Counter(c.verdict.replace("-", "_") for c in taking_part)
        states = Counter(f.state for f in self.result.findings)
        grades = Counter(f.grade for f in self.result.findings if f.state != "closed")
        counted = {name: verdicts[name] for name in ("satisfied", "unsatisfied", "not_applicable", "unknown")}
        counted |= {f"findings_{name}": states[name] for name in ("open", "overdue", "closed")}
        counted |= {f"findings_{name}": grades[name] for name in ("major", "minor", "observation")}
        counted["clauses_left_out"] = len(self.result.clauses) - len(taking_part)
        counted["clauses_total"] = len(self.result.clauses)
        return {name: Fraction(number) for name, number in counted.items()}

    def _own(self, tables: Mapping[str, tuple[Row, ...]]) -> tuple[dict[str, Value], dict[str, str]]:
        """The outcomes, scores, inputs and facts of this very policy, each under a name of its own."""
        found: dict[str, Value] = {}
        about: dict[str, str] = {}

        def put(name: str, value: Value, label: str) -> None:
            free = (
                name
                if name not in found
                else next(f"{name}_{n}" for n in range(2, 10**6) if f"{name}_{n}" not in found)
            )
            found[free], about[free] = value, label

        for kind in ("outcomes", "scores", "facts"):
            for row in tables[kind]:
                text = row.get("value_text", row["value"])
                name = _name(f"{TABLES[kind][0]}_{str(row['id']).removeprefix('score:')}")
                put(name, row["value"], str(row["label"]))
                if "value_text" in row:
                    put(f"{name}_text", text, str(row["label"]))
        labels = {i.id: i.label.in_language(self.language) for i in self.program.inputs}
        for name, value in self.result.inputs.items():
            put(_name(f"input_{name}"), value, labels.get(name, name))
        return found, about

    # --- rows --------------------------------------------------------------------------------------------------------

    def _outcome(self, outcome: model.OutcomeModel) -> Row:
        return {"id": outcome.id, "label": outcome.label, **self._possible(outcome.id, outcome.possible)}

    def _possible(self, id_: str, possible: model.PossibleModel) -> Row:
        return {
            "value": self._plain(possible),
            "value_text": self._told(id_, possible),
            "decided": self._truth(possible.decided),
            "exact": self._truth(possible.exact),
        }

    def _score(self, score: model.ScoreModel) -> Row:
        return {
            "id": score.id,
            "family": score.family,
            "label": score.label,
            "group": score.group or "",
            "level": score.level or "",
            "cites": score.cites,
            **self._possible(score.id, score.possible),
            "low": self._number(score.possible.low),
            "high": self._number(score.possible.high),
        }

    def _group(self, group: model.GroupModel) -> Row:
        weight = group.weight
        numbers = ("depth", "satisfied", "unsatisfied", "not_applicable", "unknown")
        return {
            "id": group.id,
            "kind": group.kind,
            "label": group.label,
            "parent": group.parent or "",
            **{name: Fraction(getattr(group, name)) for name in numbers},
            "weight": self._plain(weight) if weight else "",
            "weight_text": " | ".join(shown(published(v), self.language) for v in weight.values) if weight else "",
        }

    def _clause(self, clause: model.ClauseModel) -> Row:
        own = [f for f in self.result.findings if f.clause == clause.id]
        notes = dict.fromkeys(a.note for a in clause.attestations if a.note)
        return {
            "id": clause.id,
            "cites": clause.cites,
            "label": clause.label,
            "group": clause.group,
            "group_label": self.groups.get(clause.group, ""),
            "modality": clause.modality or "",
            "levels": ", ".join(clause.levels),
            "verdict": clause.verdict,
            "verdict_text": word(clause.verdict, self.language),
            "by": clause.by or "",
            "reason": clause.reason or "",
            "reason_text": self._word(clause.reason),
            "evidence": self._joined(clause.evidence),
            "note": self._joined(filter(None, notes)),
            "finding": self._joined(f.id for f in own),
            "left_out": self._truth(not clause.takes_part),
        }

    def _statements(self, clause: model.ClauseModel) -> Iterator[Row]:
        """What is said of a clause, whether it counts or not any more."""
        lapsed = [a for a in clause.lapsed if a not in clause.attestations]
        for said, counts in (*((a, not a.ended) for a in clause.attestations), *((a, False) for a in lapsed)):
            yield {
                "clause": clause.id,
                "cites": clause.cites,
                "label": clause.label,
                "voice": said.voice,
                "voice_text": word(said.voice, self.language),
                "verdict": said.verdict,
                "verdict_text": word(said.verdict, self.language),
                "by": said.by or "",
                "reason": said.reason or "",
                "until": (said.until or "")[:10],
                "counts": self._truth(counts),
                "evidence": self._joined(said.evidence),
                "note": said.note or "",
            }

    def _samples(self, clause: model.ClauseModel) -> Iterator[Row]:
        """The samples behind what is said of a clause, each once."""
        found = {a.sample.id: a.sample for a in (*clause.attestations, *clause.lapsed) if a.sample is not None}
        numbers = ("population", "size", "satisfied", "unsatisfied", "not_applicable", "unknown")
        for sample in found.values():
            yield {
                "id": sample.id,
                "title": sample.title or "",
                "clause": clause.id,
                "cites": clause.cites,
                "label": clause.label,
                "method": sample.method or "",
                "rule": sample.rule,
                **{name: Fraction(getattr(sample, name)) for name in numbers},
            }

    def _fact(self, fact: model.FactModel) -> Row:
        return {
            "id": fact.id,
            "label": fact.label,
            "value": self._number(fact.value),
            "unit": fact.unit or "",
            "stated": fact.stated or "",
            "evidence": self._joined(fact.evidence),
            "note": fact.note or "",
        }

    def _finding(self, finding: model.FindingModel) -> Row:
        closure = finding.closure
        return {
            "id": finding.id,
            "clause": finding.clause,
            "cites": finding.cites,
            "label": finding.label,
            "grade": finding.grade,
            "grade_text": word(finding.grade, self.language),
            "statement": finding.statement,
            "evidence": self._joined(finding.evidence),
            "raised": (finding.raised or "")[:10],
            "by": finding.by or "",
            "owner": finding.owner or "",
            "due": (finding.due or "")[:10],
            "state": finding.state,
            "state_text": word(finding.state, self.language),
            "closed_on": closure.on[:10] if closure else "",
            "closed_by": closure.by if closure else "",
            "verdict": finding.verdict,
            "verdict_text": word(finding.verdict, self.language),
            "note": finding.note or "",
        }

    def _waiver(self, clause: model.ClauseModel, waiver: model.WaiverModel) -> Row:
        return {
            "clause": clause.id,
            "cites": clause.cites,
            "label": clause.label,
            "by": waiver.by,
            "reason": waiver.reason,
            "until": waiver.until[:10],
            "ended": self._truth(waiver.ended),
            "evidence": self._joined(waiver.evidence),
            "note": waiver.note or "",
        }

    def _record(self, record: EvidenceRecord) -> Row:
        period = record.period
        days = {
            "collected": record.collected_on,
            "received": record.received,
            "from": period.first if period else None,
            "to": period.last if period else None,
            "expires": record.expires,
        }
        texts = {
            "id": record.id,
            "kind": record.kind,
            "title": record.title,
            "source": record.source,
            "by": record.collected_by,
            "method": record.method,
            "revision": record.revision,
            "confidentiality": record.confidentiality,
            "hash": record.hash,
        }
        told = {name: text or "" for name, text in texts.items()} | {name: _day(day) for name, day in days.items()}
        return {name: told[name] for name in FIELDS["records"]}

    # --- values ------------------------------------------------------------------------------------------------------

    def _plain(self, possible: model.PossibleModel) -> Value:
        """The value where it is decided; every value that it can be where it is not."""
        return self._number(possible.values[0]) if possible.decided else " | ".join(possible.values)

    def _told(self, id_: str, possible: model.PossibleModel) -> str:
        definition: Definition = self.program.definition[id_]
        values = [published(value) for value in possible.values]
        show = partial(value_text, self.program, definition, language=self.language)
        return set_text(self.program, values, show, self.language)

    def _number(self, text: str | None) -> Value:
        value = published(text or "")
        return value if isinstance(value, Fraction) else text or ""

    def _truth(self, value: bool) -> Answer:
        return Answer(word("yes" if value else "no", self.language), holds=value)

    def _word(self, key: str | None) -> str:
        return word(key, self.language) if key is not None and key in WORDS else key or ""

    def _joined(self, texts: Iterator[str] | list[str] | filter[str | None]) -> str:
        return _BETWEEN.in_language(self.language).join(text for text in texts if text)


def _name(text: str) -> str:
    """A name that templates and spreadsheets take: letters, digits and `_`."""
    return re.sub(r"\W+", "_", text).strip("_")


def _day(when: datetime | None) -> str:
    return "" if when is None else when.date().isoformat()


def text_of(value: Value) -> str:
    """A value as a text: a number exactly, `5/2` as 2.5."""
    return value if isinstance(value, str) else shown(value, "en")
