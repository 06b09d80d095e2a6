"""An evidence file -> what is filled in of a workbook; what has no place there is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from guiju.compiler.ir import Fact, NumberType, Program, SetType, Titled, TruthType
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.keywords import unit_in
from guiju.dsl.source import Span
from guiju.engine.evidence import Attestation, Evidence, Quantity, StatedFact, Waiver
from guiju.engine.names import ids_by_name, leaf_named, leaves_by_name
from guiju.exchange.fields import RECORD, VOICE_WORDS
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Node, clip, to_data
from guiju.exchange.text import read_text
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.codes import NOT_IN_A_WORKBOOK
from guiju.exchange.workbook.filled import ANSWER, DAYS, HEAD, VOICES, Filled, listed
from guiju.exchange.workbook.layout import LONGEST_TEXT, number_cell
from guiju.exchange.workbook.registers import MOST_LISTED, REGISTERS, sampled
from guiju.exchange.workbook.units import units_of
from guiju.exchange.yaml_tree import read_yaml

_SHA = re.compile("(?:sha256:)?([0-9a-fA-F]{64})")
_CLOSURE = {"on": "closed", "by": "closed_by", "evidence": "closed_evidence", "note": "closed_note"}
_OLD_KEYS = {"collected_on": "collected"}
_SECTIONS = frozenset(
    [
        "guiju",
        "subject",
        "fictional",
        "standard",
        "as_of",
        "target",
        "inputs",
        "voice",
        "evidence",
        "facts",
        "attestations",
        "samples",
        "findings",
        "standards",
    ]
)
_TRUE = ("yes", "true", "是")  # the only other words that were bound are those for no
_NO_UNITS = (None, "number", "count")


def filled_of(
    program: Program, evidence: Evidence, path: Path, language: Language
) -> tuple[Filled, tuple[Diagnostic, ...]]:
    """What a file says of one standard: `evidence` is what was read of the file at `path`."""
    export = _Export(program, evidence, language)
    text, _ = read_text(path)
    root: Node | None = None
    if text is not None:
        root, _ = (read_json if text.source.name.lower().endswith(".json") else read_yaml)(text.source)
        export.head(root)
        export.others(root)
        export.records(root)
        export.findings(root)
        export.samples(root)
    export.inputs()
    export.facts()
    export.attestations(root)
    export.check_lengths()
    return export.filled, tuple(export.found)


@dataclass(frozen=True)
class _Statement:
    """What a voice says of a clause, by the columns of an answer."""

    clause: str
    voice: str
    cells: Mapping[str, str | None]


class _Export:
    def __init__(self, program: Program, evidence: Evidence, language: Language) -> None:
        self.program, self.language = program, language
        self.evidence = evidence.for_standard(program.id)
        self.filled, self.found = Filled(), list[Diagnostic]()

    def say(self, text: Text) -> str:
        """A word in the language of the workbook."""
        return text.in_language(self.language)

    def refuse(self, span: Span, what: Text) -> None:
        """Say what has no place."""
        self.found.append(Diagnostic(NOT_IN_A_WORKBOOK, span, (("what", what),)))

    # --- head and records --------------------------------------------------------------------------------------------

    def head(self, root: Node | None) -> None:
        """Subject, as-of instant, target."""
        data = _mapping(to_data(root) if root is not None else None)
        subject = data.get("subject")
        subject = subject if isinstance(subject, dict) else {"name": subject}
        for key in HEAD:
            self.filled.set(_text(subject.get(key)), "subject", key)
        if self.evidence.fictional or data.get("fictional") is not None:
            self.filled.set(self.say(said.TRUTHS[0 if self.evidence.fictional else 1]), "fictional")
        if self.evidence.as_of is not None:
            self.filled.set(self.evidence.as_of.isoformat(), "as_of")
        if self.program.levels and "target" in (_mapping(data.get("standards")).get(self.program.id) or data):
            target = self.evidence.target
            self.filled.set(ids_by_name(self.program.levels).get(target, target), "target")

    def others(self, root: Node | None) -> None:
        """Refuse the sections that a workbook has no sheet for."""
        data = _mapping(to_data(root) if root is not None else None)
        part = _mapping(_mapping(data.get("standards")).get(self.program.id))
        for key in dict.fromkeys((*data, *part)):
            if key not in _SECTIONS and (data.get(key) or part.get(key)):
                self.refuse(self.evidence.span, Text(f"“{key}”一节", f"the section `{key}`"))

    def records(self, root: Node | None) -> None:
        """The register, in the order of the file."""
        records = _mapping(_mapping(to_data(root) if root is not None else None).get("evidence"))
        self.filled.records = len(records)
        for n, (id_, record) in enumerate(records.items(), 1):
            row = dict(_flat(_mapping(record)))
            self.filled.set(id_, "evidence", str(n), "id")
            if listed(id_) != (id_,):
                what = Text(
                    f"编号“{clip(id_)}”里的逗号或首尾的空格", f"the comma or outer blank in the number `{clip(id_)}`"
                )
                self.refuse(self._record_span(id_), what)
            for key, value in row.items():
                if key in RECORD:
                    self.filled.set(value, "evidence", str(n), key)
                elif value:
                    self.refuse(self._record_span(id_), Text(f"证据条目的“{key}”", f"`{key}` of a piece of evidence"))

    # --- findings and samples ----------------------------------------------------------------------------------------

    def findings(self, root: Node | None) -> None:
        """What is held against the subject, in the order of the file."""
        found = list(self._own(root, "findings"))
        self.filled.findings = len(found)
        for n, (id_, finding) in enumerate(found, 1):
            closure = {_CLOSURE.get(key, key): value for key, value in _mapping(finding.pop("closure", None)).items()}
            row = {"id": id_, **finding, **closure}
            row |= {"clause": self._clause(row), "grade": self._word(said.GRADES, row.get("grade"))}
            self._row("finding", n, row)

    def samples(self, root: Node | None) -> None:
        """What was drawn, and below it one row for each instance."""
        found = list(self._own(root, "samples"))
        self.filled.samples = len(found)
        facts = {name: self.program.fact[id_] for name, id_ in ids_by_name(self.program.facts).items()}
        voice = _text(_mapping(to_data(root) if root is not None else None).get("voice")) or "vendor"
        for n, (id_, sample) in enumerate(found, 1):
            for name, one in _mapping(sample.pop("results", None)).items():
                instance = one if isinstance(one, dict) else {"result": one}
                self.filled.instances += 1
                result = self._word(said.VERDICTS, instance.get("result"))
                self._row("instance", self.filled.instances, {**instance, "sample": id_, "id": name, "result": result})
            fact = facts.get(_text(sample.get("fact")).strip())
            row = {
                "id": id_,
                **sample,
                "fact": fact.called(self.language) if fact else "",
                "clause": self._clause(sample),
            }
            self._row("sample", n, row | {"voice": self._word(said.VOICES, sample.get("voice") or voice)})

    def _own(self, root: Node | None, section: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of a section at the top of the file, then those of its part for this standard."""
        yield from ((id_, dict(_mapping(entry))) for id_, entry in self._entries(root, section))

    def _entries(self, root: Node | None, section: str) -> Iterator[tuple[str, Any]]:
        data = _mapping(to_data(root) if root is not None else None)
        part = _mapping(_mapping(data.get("standards")).get(self.program.id))
        for place in (data, part):
            yield from _mapping(place.get(section)).items()

    def _row(self, list_: str, number: int, row: Mapping[str, Any]) -> None:
        """One row of a list; its keys were held against the shape of evidence files when it was read."""
        for what, value in row.items():
            self.filled.set(_joined(value), list_, str(number), what)

    def _clause(self, entry: Mapping[str, Any]) -> str:
        """The clause that an entry names, as the lists have it."""
        id_ = leaf_named(_text(entry.get("clause")), leaves_by_name(self.program))
        return "" if id_ is None else self.program.clause[id_].printed

    def _word(self, words: tuple[Text, ...], said_: Any) -> str:
        """A word of either language in that of the workbook."""
        text = _text(said_).strip()
        return next((self.say(word) for word in words if text in (word.zh, word.en)), text)

    def _record_span(self, id_: str) -> Span:
        return next((r.span for r in self.evidence.records if r.id == id_), self.evidence.span)

    # --- inputs and facts --------------------------------------------------------------------------------------------

    def inputs(self) -> None:
        """What was chosen, by the names of the language."""
        known, inputs = ids_by_name(self.program.inputs), {i.id: i for i in self.program.inputs}
        for choice in self.evidence.inputs:
            if choice.value is not None:
                declared = inputs[known[choice.name]]
                self.filled.set(_called(declared.options, choice.value, self.language), "input", declared.id)

    def facts(self) -> None:
        """Each fact that the standard asks for."""
        known = ids_by_name(self.program.facts)
        for stated in self.evidence.facts:
            id_ = known.get(stated.name)
            if id_ is not None:  # what another standard of the file asks for stays there
                self._fact(self.program.fact[id_], stated)

    def _fact(self, fact: Fact, stated: StatedFact) -> None:
        if stated.sample is not None:
            if fact not in sampled(self.program):
                self.refuse(stated.span, Text(f"事实“{fact.id}”的抽样", f"the sample of the fact `{fact.id}`"))
            return  # it stands with the samples
        self.filled.set(", ".join(stated.evidence), "fact", fact.id, "evidence")
        self.filled.set(stated.note, "fact", fact.id, "note")
        value = stated.value
        if value is None:
            return
        yes, no = (self.say(word) for word in said.TRUTHS)
        if isinstance(fact.type, SetType):
            names = value if isinstance(value, tuple) else (value.text if isinstance(value, Quantity) else str(value),)
            chosen = {ids_by_name(fact.options).get(name, name) for name in names}
            for option in fact.options:
                self.filled.set(yes if option.id in chosen else no, "fact", fact.id, "option", option.id)
        elif isinstance(value, Quantity) and isinstance(fact.type, NumberType):
            self._number(fact, fact.type, value)
        elif isinstance(fact.type, TruthType):
            truth = value if isinstance(value, bool) else str(value).lower() in _TRUE
            self.filled.set(yes if truth else no, "fact", fact.id, "value")
        else:
            name = value.text if isinstance(value, Quantity) else str(value)
            self.filled.set(
                _called(fact.options, name, self.language) if fact.options else name, "fact", fact.id, "value"
            )

    def _number(self, fact: Fact, type_: NumberType, value: Quantity) -> None:
        """A number as a spreadsheet keeps it, else as written; beside a formula the zeros at its end count."""
        number = number_cell(value.number)
        written = value.places or 0
        if number is not None and fact.formula is not None and written != _places(value.number):
            number = None
        text = value.text.strip()
        unit = value.unit or ""
        if unit and text.endswith(unit):
            text = text[: -len(unit)].strip()
        self.filled.set(number or text, "fact", fact.id, "value")
        if unit and unit not in _NO_UNITS:
            own = unit_named(unit)
            name = unit_in(own.name, self.language) if own else unit
            is_listed = any(own and own.name == names[0] for names in units_of(type_))
            self.filled.set(name if is_listed else unit, "fact", fact.id, "unit")

    # --- what people say ---------------------------------------------------------------------------------------------

    def attestations(self, root: Node | None) -> None:
        """The first answer of each voice in the row of its clause; overrides, waivers and others by themselves."""
        taken: set[tuple[str, str]] = set()
        further: list[_Statement] = []
        for one in (*self._answered(), *self._unanswered(root)):
            fits = one.voice in VOICES and (one.voice == "assessor" or "until" not in one.cells)
            if fits and (one.clause, one.voice) not in taken:
                taken.add((one.clause, one.voice))
                self._said(one, "clause", one.clause, one.voice)
            else:
                further.append(one)
        order = {c.id: n for n, c in enumerate(self.program.clauses)}
        self.filled.statements = len(further)
        for n, one in enumerate(sorted(further, key=lambda f: order[f.clause]), 1):
            self.filled.set(self.program.clause[one.clause].printed, "statement", str(n), "clause")
            word = next(v for v in (*said.VOICES, said.WAIVER) if v.en == one.voice)
            self.filled.set(self.say(word), "statement", str(n), "voice")
            self._said(one, "statement", str(n))

    def _said(self, statement: _Statement, *at: str) -> None:
        for what, text in statement.cells.items():
            self.filled.set(text, *at, what)

    def _answered(self) -> Iterator[_Statement]:
        """Every verdict that is not that of a sample, which stands with the samples; then the waivers."""
        leaves = leaves_by_name(self.program)
        attested = (a for a in self.evidence.attestations if a.sample is None)
        everything: tuple[Attestation | Waiver, ...] = (*attested, *self.evidence.waivers)
        for one in everything:
            clause = leaf_named(one.clause, leaves)
            if clause is None:
                continue
            cells = {"evidence": ", ".join(one.evidence), "reason": one.reason, "note": one.note, "by": one.by}
            if isinstance(one, Attestation):
                cells["verdict"] = self.say(next(v for v in said.VERDICTS if v.en == one.verdict))
            if one.until is not None:
                cells["until"] = self._day(one.until)
            yield _Statement(clause, "waiver" if isinstance(one, Waiver) else one.voice, cells)

    def _unanswered(self, root: Node | None) -> Iterator[_Statement]:
        """What is written of clauses without a verdict, which decides nothing: evidence, remarks, names."""
        leaves, data = leaves_by_name(self.program), _mapping(to_data(root) if root is not None else None)
        for name, entry in self._entries(root, "attestations"):
            for one in entry if isinstance(entry, tuple | list) else (entry,):
                row = _mapping(one)
                voice = VOICE_WORDS.get(_text(row.get("voice") or data.get("voice") or "vendor").strip())
                cells = {what: text for what in ANSWER[1:] if (text := _joined(row.get(what)))}
                if row.get("verdict") is not None or voice is None or not cells:
                    continue  # a waiver has no verdict and is none of these
                clause = leaf_named(name, leaves)
                if clause is None:
                    what = Text(f"对条款“{clip(name)}”的记录", f"what is noted of the clause `{clip(name)}`")
                    self.refuse(self.evidence.span, what)
                else:
                    yield _Statement(clause, voice, cells)

    def _day(self, until: datetime) -> str:
        """The last day on which something counts; the instant where that is no whole day on the clock of the file."""
        zone = self.evidence.as_of.tzinfo if self.evidence.as_of else None
        whole = until.time() == time.max and (zone is None or until.utcoffset() == _offset(zone, until))
        return until.date().isoformat() if whole else until.isoformat()

    def check_lengths(self) -> None:
        """Say which texts are too long for a cell, and which lists for a workbook."""
        for register in REGISTERS:
            if (number := getattr(self.filled, register.rows)) > MOST_LISTED:
                name = register.title
                long = Text(f"“{name.zh}”表的 {number} 行", f"{number} rows on the sheet {name.en}")
                self.refuse(self.evidence.span, long)
        for text in self.filled.cells.values():
            if len(text) > LONGEST_TEXT:
                long = Text(
                    f"超过 {LONGEST_TEXT} 字的“{clip(text)}”",
                    f"a text of more than {LONGEST_TEXT} characters, `{clip(text)}`",
                )
                self.refuse(self.evidence.span, long)


def _offset(zone: Any, when: datetime) -> timedelta | None:
    return when.replace(tzinfo=zone).utcoffset()


def _places(number: Fraction) -> int:
    """How many decimal places a number needs."""
    text = number_cell(number) or ""
    return len(text.partition(".")[2]) if "e" not in text.lower() else 0


def _mapping(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else getattr(value, "text", str(value))


def _joined(value: Any) -> str:
    """A text, or several ids, each once."""
    ids = value if isinstance(value, tuple | list) else (value,)
    return ", ".join(dict.fromkeys(map(_text, ids))).strip()


def _flat(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of a record by the names that the register has, those of either version of evidence files."""
    for key, value in record.items():
        if key == "period":
            yield from ((end, _text(day)) for end, day in _mapping(value).items())
        elif key in ("hash", "sha256") and (found := _SHA.fullmatch(_text(value).strip())):
            yield "sha256", found[1].lower()
        elif key in DAYS or key in _OLD_KEYS:
            yield _OLD_KEYS.get(key, key), _text(value).strip()
        else:
            yield key, _text(value)


def _called(options: tuple[Titled, ...], name: str, language: Language) -> str:
    """An option by its name in the language of the workbook."""
    id_ = ids_by_name(options).get(name)
    return next((o.called(language) for o in options if o.id == id_), name)
