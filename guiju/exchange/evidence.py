"""Takes an evidence file, YAML or JSON, gives `Evidence`: exact values with their places, and every problem at once.

Names, units and clauses are not matched against a standard here: `guiju.engine.bind` does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from guiju.dsl.diagnostic import Code, Diagnostic, Label, Text, has_errors
from guiju.dsl.near import near
from guiju.dsl.source import Source, Span
from guiju.engine.evidence import (
    Attestation,
    Choice,
    Evidence,
    EvidenceRecord,
    Finding,
    Part,
    Period,
    Quantity,
    Sample,
    StatedFact,
    StatedValue,
    SubjectDetails,
    Voice,
    Waiver,
)
from guiju.engine.sampling import value_of, verdict_of
from guiju.engine.verdict_words import VERDICT_WORDS, AttestedVerdict
from guiju.exchange import codes
from guiju.exchange.evidence_model import (
    AttestationModel,
    EvidenceModel,
    FactModel,
    PartModel,
    RecordModel,
)
from guiju.exchange.fields import NEWEST
from guiju.exchange.findings import finding_of, odd_in
from guiju.exchange.instant import Day, end_in, start_in
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Entry, Mapping, Node, Scalar, Sequence, clip, to_data
from guiju.exchange.register_model import RegisteredModel, RegisterModel, RegisterPartModel, SampleModel, VoicedModel
from guiju.exchange.samples import sample_of
from guiju.exchange.text import digest, read_text, unseen_characters
from guiju.exchange.validate import MOST, first_place, validate
from guiju.exchange.wide_colon import wide_keys
from guiju.exchange.wide_comma import parted
from guiju.exchange.yaml_tree import read_yaml

_DEFAULT_VOICE: Voice = "vendor"


def read_evidence(path: Path | str) -> tuple[Evidence | None, tuple[Diagnostic, ...]]:
    """Read an evidence file. None where an error stops the work; never raises for what is in the file."""
    text, diagnostics = read_text(Path(path))
    if text is None:
        return None, diagnostics
    evidence, found = parse_evidence(text.source)
    return evidence and replace(evidence, digest=text.digest), (*diagnostics, *found)


def parse_evidence(source: Source) -> tuple[Evidence | None, tuple[Diagnostic, ...]]:
    """Read evidence from a text: JSON if its name ends in `.json`, else YAML."""
    unseen = unseen_characters(source)
    if unseen is not None:
        return None, (unseen,)
    root, found = (read_json if source.name.lower().endswith(".json") else read_yaml)(source)
    if root is None:
        return None, found
    model, wrong = validate(root, RegisterModel if is_newest(root) else EvidenceModel)
    evidence, odd = assembled(model, root) if model is not None and isinstance(root, Mapping) else (None, ())
    wide = tuple(wide_keys(root))
    unread = {d.span.position.line for d in wide}  # what else is wrong there follows from the colon
    beside = (d for d in (*wrong, *odd) if d.span.position.line not in unread)
    diagnostics = _in_order((*found, *wide, *beside))
    return None if has_errors(diagnostics) else evidence, diagnostics


def is_newest(root: Node) -> bool:
    """Whether a file is of the newest version, or does not say of which it is."""
    said = _value(root, "guiju")
    return said is None or (isinstance(said, Scalar) and said.text in ("", NEWEST))


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """By place, errors first where there are more than anybody reads."""
    if len(diagnostics) > MOST:
        errors_first = sorted(diagnostics, key=lambda d: (not d.is_error, d.span.start))[:MOST]
        rest = Diagnostic(codes.MORE_PROBLEMS, errors_first[-1].span, (("shown", MOST),))
        return (*sorted(errors_first, key=_start), rest)
    return tuple(sorted(diagnostics, key=_start))


def _start(diagnostic: Diagnostic) -> int:
    return diagnostic.span.start


# --- from the model to the values --------------------------------------------------------------------------------


@dataclass
class _Assembly:
    """What the parts need to know of each other."""

    root: Mapping
    model: EvidenceModel
    declared: dict[str, Entry]
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def parts(self) -> Iterator[tuple[str, Entry, PartModel]]:
        """The parts of a file for several standards: id, place and model."""
        for entry in self.entries("standards"):
            model = self.model.standards.get(entry.key.text)
            if model is not None:
                yield entry.key.text, entry, model

    @property
    def zone(self) -> tzinfo:
        """The zone of dates: that of the as-of instant."""
        as_of = self.model.as_of
        return UTC if as_of is None or as_of.tzinfo is None else as_of.tzinfo

    @property
    def is_newest(self) -> bool:
        """Whether the file is of the newest version."""
        return isinstance(self.model, RegisterModel)

    @property
    def says_when(self) -> bool:
        """Whether the file gives its as-of instant, be it a wrong one."""
        value = _value(self.root, "as_of")
        return self.model.as_of is not None or (value is not None and to_data(value) is not None)

    def entries(self, key: str) -> Iterator[Entry]:
        """The entries of a section, if the file has it."""
        return _entries(self.root, key)

    def report(
        self,
        code: Code,
        span: Span,
        labels: tuple[Label, ...] = (),
        suggestion: str | None = None,
        **values: str | Text,
    ) -> None:
        """Say what is wrong at a place."""
        self.diagnostics.append(Diagnostic(code, span, tuple(values.items()), labels, suggestion))


def assembled(model: EvidenceModel, root: Mapping) -> tuple[Evidence, tuple[Diagnostic, ...]]:
    """The evidence of a model and the tree that it was read from, and what in it does not go together."""
    section = _value(root, "evidence")
    declared = {entry.key.text: entry for entry in section.entries} if isinstance(section, Mapping) else {}
    assembly = _Assembly(root, model, declared)
    evidence = Evidence(
        subject=model.subject.name,
        details=SubjectDetails(
            version=model.subject.version, organization=model.subject.organization, note=model.subject.note
        ),
        as_of=model.as_of,
        target=model.target or "best",
        standard=model.standard,
        inputs=tuple(_inputs(root, model)),
        records=tuple(_records(assembly)),
        facts=tuple(_facts(assembly)),
        attestations=tuple(_attestations(assembly, root, model)),
        waivers=tuple(_waivers(assembly, root, model)),
        findings=tuple(_findings(assembly, root, model)),
        parts=tuple(_parts(assembly)),
        fictional=bool(model.fictional),
        digest=digest(root.source.text.encode("utf-8")),
        span=first_place(root),
        places=_places(root),
    )
    _check_references(assembly)
    _check_parts(assembly)
    return evidence, tuple(assembly.diagnostics)


def _inputs(node: Node, model: EvidenceModel | PartModel) -> Iterator[Choice]:
    for entry in _entries(node, "inputs"):
        if entry.key.text in model.inputs:
            value = model.inputs[entry.key.text]
            yield Choice(name=entry.key.text, value=value and value.strip(), span=_place(entry))


# --- several standards ---------------------------------------------------------------------------------------------


def _parts(a: _Assembly) -> Iterator[Part]:
    for standard, entry, model in a.parts:
        yield Part(
            standard=standard,
            target=model.target or "best",
            inputs=tuple(_inputs(entry.value, model)),
            attestations=tuple(_attestations(a, entry.value, model)),
            waivers=tuple(_waivers(a, entry.value, model)),
            findings=tuple(_findings(a, entry.value, model)),
            span=entry.key.span,
            places=_places(entry.value),
        )


def _check_parts(a: _Assembly) -> None:
    """What belongs to one standard stands under its id where the file is for several."""
    section = a.root.entry("standards")
    if section is None or not a.model.standards:
        return
    label = Label(section.key.span, Text("文件用于几个标准", "the file is for several standards"))
    for key in ("standard", "target", "inputs", "attestations", "findings"):
        entry = a.root.entry(key)
        if entry is not None and to_data(entry.value) not in (None, {}, []):
            a.report(codes.BESIDE_STANDARDS, entry.key.span, (label,), key=key)
    for entry, sampled in _samples(a.root, a.model):
        if sampled.clause is not None:
            a.report(codes.BESIDE_STANDARDS, entry.key.span, (label,), key=clip(entry.key.text))


# --- records -----------------------------------------------------------------------------------------------------


def _records(a: _Assembly) -> Iterator[EvidenceRecord]:
    for entry in a.entries("evidence"):
        model = a.model.evidence.get(entry.key.text)
        if model is not None:
            record = _record(a, entry, model)
            _check_dates(a, entry, record)
            yield record


def _record(a: _Assembly, entry: Entry, model: RecordModel | RegisteredModel) -> EvidenceRecord:
    record = EvidenceRecord(
        id=entry.key.text,
        kind=model.kind,
        title=model.title,
        source=model.source,
        expires=_end_of(a, model.expires),
        collected_by=model.by,
        hash=model.hash,
        note=model.note,
        span=entry.key.span,
    )
    if isinstance(model, RecordModel):
        return replace(record, collected_on=_start_of(a, model.collected_on))
    return replace(
        record,
        collected_on=_start_of(a, model.collected),
        received=_start_of(a, model.received),
        period=_period(a, model),
        method=model.method,
        revision=model.revision,
        confidentiality=model.confidentiality,
        hash=f"sha256:{model.sha256}" if model.sha256 else model.hash,
    )


def _period(a: _Assembly, model: RegisteredModel) -> Period | None:
    said = model.period
    if said is None or (said.from_ is None and said.to is None):
        return None
    return Period(_start_of(a, said.from_), _end_of(a, said.to))


def _start_of(a: _Assembly, day: Day | None) -> datetime | None:
    return None if day is None else start_in(day, a.zone)


def _end_of(a: _Assembly, day: Day | None) -> datetime | None:
    return None if day is None else end_in(day, a.zone)


def _check_dates(a: _Assembly, entry: Entry, record: EvidenceRecord) -> None:
    if record.expires is not None:
        _check_end(a, record.expires, _place_of(entry.value, "expires"), record.id)
    period = record.period
    if period is not None and period.first is not None and period.last is not None and period.last < period.first:
        a.report(codes.PERIOD_REVERSED, _place_of(entry.value, "period"), id=record.id)
    collected = record.collected_on
    if collected is None:
        return
    place = _place_of(entry.value, "collected" if a.is_newest else "collected_on")
    label = Label(place, Text("收集于此日", "collected on this day"))
    if record.expires is not None and record.expires < collected:
        a.report(codes.EXPIRES_FIRST, _place_of(entry.value, "expires"), (label,), id=record.id)
    if record.received is not None and end_in(record.received.date(), a.zone) < collected:
        a.report(codes.RECEIVED_FIRST, _place_of(entry.value, "received"), (label,), id=record.id)
    if isinstance(a.model.as_of, datetime) and collected > a.model.as_of:
        label = Label(_place_of(a.root, "as_of"), Text("评价时点", "the as-of instant"))
        a.report(codes.COLLECTED_LATER, place, (label,), id=record.id)


def _check_end(a: _Assembly, end: datetime, place: Span, about: str) -> None:
    """Say where something ends and nobody says when it is asked for: a warning in the first version of the format."""
    day = end.date().isoformat()
    if a.says_when:
        return
    if a.is_newest:
        a.report(codes.AS_OF_NEEDED, place, about=clip(about), day=day)
    else:
        a.report(codes.NO_AS_OF, place, id=clip(about), day=day)


# --- references --------------------------------------------------------------------------------------------------


def _check_references(a: _Assembly) -> None:
    """Say what is used and not declared, and what is declared and not used: of the whole file, sound or not."""
    used: set[str] = set()
    for place in _references(a):
        used.add(place.text)
        if place.text not in a.declared and parted(place.text):
            a.report(codes.FULL_WIDTH_COMMA, place.span, text=clip(place.text))
        elif place.text not in a.declared:
            a.report(
                codes.UNDECLARED_EVIDENCE, place.span, suggestion=near(place.text, a.declared), id=clip(place.text)
            )
    for id_, entry in a.declared.items():
        if id_ not in used:
            a.report(codes.UNUSED_EVIDENCE, entry.key.span, id=clip(id_))


def _references(a: _Assembly) -> Iterator[Scalar]:
    keys = ("attestations", "samples", "findings")
    of_parts = (entry for _, part, _ in a.parts for key in keys for entry in _entries(part.value, key))
    for entry in (*a.entries("facts"), *(e for key in keys for e in a.entries(key)), *of_parts):
        for node in _items(entry.value):
            inner = [instance.value for instance in _entries(node, "results")]
            inner += [closure for closure in (_value(node, "closure"),) if closure is not None]
            for place in (p for one in (node, *inner) for p in _items(_value(one, "evidence"))):
                if isinstance(place, Scalar) and isinstance(to_data(place), str):
                    yield place


def _once(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


# --- facts -------------------------------------------------------------------------------------------------------


def _facts(a: _Assembly) -> Iterator[StatedFact]:
    for entry in a.entries("facts"):
        name = entry.key.text
        model = a.model.facts.get(name)
        if model is not None:
            value = _with_unit(a, entry, model)
            yield StatedFact(
                name=name, value=value, evidence=_once(model.evidence), note=model.note, span=_place(entry)
            )

    of_parts = (sample for _, entry, part in a.parts for sample in _samples(entry.value, part))
    for entry, sampled in (*_samples(a.root, a.model), *of_parts):
        sample = sample_of(entry, sampled)
        if sampled.fact is not None and isinstance(sample, Sample):
            yield StatedFact(
                name=sampled.fact.strip(),
                value=value_of(sample),
                evidence=_once(sampled.evidence),
                note=sampled.note,
                until=_until(a, entry.value, sampled, entry.key.text),
                sample=sample,
                span=entry.key.span,
            )


def _with_unit(a: _Assembly, entry: Entry, model: FactModel) -> StatedValue:
    """The value, its unit taken from beside it where it has none of its own."""
    unit = (model.unit or "").strip()
    value, name = model.value, entry.key.text
    if not unit or value is None:
        return value
    if not isinstance(value, Quantity):
        a.report(codes.UNIT_WITHOUT_NUMBER, _place_of(entry.value, "unit"), name=name, unit=unit)
    elif value.unit is None:
        return replace(value, unit=unit)
    elif value.unit != unit:
        label = Label(_place_of(entry.value, "value"), Text("这里已有单位", "it has a unit already"))
        place = _place_of(entry.value, "unit")
        a.report(codes.UNIT_CONFLICT, place, (label,), name=name, inside=value.unit, beside=unit)
    return value


# --- attestations ------------------------------------------------------------------------------------------------


def _attestations(a: _Assembly, node: Node, model: EvidenceModel | PartModel) -> Iterator[Attestation]:
    for entry, place, said in _voiced(node, model):
        if said.verdict is not None and said.voice != "waiver":
            yield _attestation(a, entry, said, said.verdict, place)
        elif isinstance(place, Mapping) and said.voice != "waiver" and place.entry("verdict") is None:
            a.report(codes.MISSING_KEY, first_place(place), key="verdict")
    for entry, sampled in _samples(node, model):
        sample = sample_of(entry, sampled)
        if isinstance(sample, Diagnostic):
            a.diagnostics.append(sample)
        elif sampled.clause is not None and sample.instances:  # else nobody has looked at anything yet
            yield _attested_by(a, entry, sampled, sample)


def _findings(a: _Assembly, node: Node, model: EvidenceModel | PartModel) -> Iterator[Finding]:
    if isinstance(model, RegisterModel | RegisterPartModel):
        for entry in _entries(node, "findings"):
            if (said := model.findings.get(entry.key.text)) is not None:
                finding = finding_of(entry, said, a.zone)
                a.diagnostics += odd_in(finding)
                if finding.due is not None:
                    _check_end(a, finding.due, _place_of(entry.value, "due"), finding.id)
                yield finding


def _attested_by(a: _Assembly, entry: Entry, model: SampleModel, sample: Sample) -> Attestation:
    return Attestation(
        clause=(model.clause or "").strip(),
        verdict=verdict_of(sample),
        voice=model.voice or a.model.voice or _DEFAULT_VOICE,
        evidence=_once(model.evidence),
        by=model.by,
        note=model.note,
        until=_until(a, entry.value, model, entry.key.text),
        sample=sample,
        span=entry.key.span,
    )


def _voiced(
    node: Node, model: EvidenceModel | PartModel
) -> Iterator[tuple[Entry, Node, AttestationModel | VoicedModel]]:
    """All that is said of clauses: under which of them, where, and what."""
    for entry in _entries(node, "attestations"):
        models = model.attestations.get(entry.key.text, ())
        yield from ((entry, place, said) for place, said in zip(_items(entry.value), models, strict=False))


def _samples(node: Node, model: EvidenceModel | PartModel) -> Iterator[tuple[Entry, SampleModel]]:
    if isinstance(model, RegisterModel | RegisterPartModel):
        for entry in _entries(node, "samples"):
            if (sampled := model.samples.get(entry.key.text)) is not None:
                yield entry, sampled


def _attestation(
    a: _Assembly, entry: Entry, model: AttestationModel | VoicedModel, verdict: AttestedVerdict, node: Node
) -> Attestation:
    assert model.voice != "waiver"
    place = first_place(node) if isinstance(entry.value, Sequence) else _place(entry)
    attestation = Attestation(
        clause=entry.key.text,
        verdict=verdict,
        voice=model.voice or a.model.voice or _DEFAULT_VOICE,
        evidence=_once(model.evidence),
        by=model.by,
        reason=model.reason,
        note=model.note,
        until=_until(a, node, model, entry.key.text),
        span=place,
    )
    _check_reason(a, attestation, _place_of(node, "verdict"))
    return attestation


def _until(
    a: _Assembly, node: Node, model: AttestationModel | VoicedModel | SampleModel, about: str
) -> datetime | None:
    """The last instant at which something counts."""
    until = None if isinstance(model, AttestationModel) else _end_of(a, model.until)
    if until is not None:
        _check_end(a, until, _place_of(node, "until"), about)
    return until


def _waivers(a: _Assembly, node: Node, model: EvidenceModel | PartModel) -> Iterator[Waiver]:
    for entry, place, said in _voiced(node, model):
        if said.voice == "waiver":
            until = _until(a, place, said, entry.key.text)
            if said.verdict is not None:
                a.report(codes.WAIVER_WITH_VERDICT, _place_of(place, "verdict"), clause=entry.key.text)
            given = {"by": (said.by or "").strip(), "reason": (said.reason or "").strip(), "until": until}
            if missing := ", ".join(key for key, value in given.items() if not value):
                a.report(codes.WAIVER_INCOMPLETE, first_place(place), clause=entry.key.text, missing=missing)
            if until is not None:
                yield Waiver(
                    clause=entry.key.text,
                    by=said.by or "",
                    reason=said.reason or "",
                    until=until,
                    evidence=_once(said.evidence),
                    note=said.note,
                    span=first_place(place) if isinstance(entry.value, Sequence) else entry.key.span,
                )


def _check_reason(a: _Assembly, attestation: Attestation, place: Span) -> None:
    if (attestation.reason or "").strip():
        return
    in_chinese = next(w for w, verdict in VERDICT_WORDS.items() if verdict == attestation.verdict and not w.isascii())
    given = Text(f"verdict: {in_chinese}", f"verdict: {attestation.verdict}")
    if attestation.verdict == "not-applicable":
        what = Text("“不适用”", "verdict “not applicable”")
    elif attestation.voice == "override":
        what = Text("裁定", "override")
        given = Text(f"{given.zh}, voice: 裁定", f"{given.en}, voice: override")
    else:
        return
    a.report(codes.MISSING_REASON, place, clause=attestation.clause, what=what, given=given)


# --- places ------------------------------------------------------------------------------------------------------


def _places(node: Node) -> dict[str, Span]:
    """Where the standard and the target are said."""
    return {key: first_place(value) for key in ("standard", "target") if (value := _value(node, key)) is not None}


def _value(node: Node | None, key: str) -> Node | None:
    entry = node.entry(key) if isinstance(node, Mapping) else None
    return entry.value if entry else None


def _entries(node: Node, key: str) -> Iterator[Entry]:
    section = _value(node, key)
    return iter(section.entries if isinstance(section, Mapping) else ())


def _items(node: Node | None) -> tuple[Node, ...]:
    """The nodes of a list; of one value, the value."""
    return () if node is None else node.items if isinstance(node, Sequence) else (node,)


def _place_of(node: Node, key: str) -> Span:
    """The value of a key; where a short form stands for the mapping, the short form."""
    value = _value(node, key)
    return first_place(value if value is not None else node)


def _place(entry: Entry) -> Span:
    """A name with its value on the same line, else the name alone."""
    whole = entry.key.span.join(entry.value.span)
    is_short = isinstance(entry.value, Scalar) and "\n" not in whole.text
    return whole if is_short else entry.key.span
