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
    VERDICT_WORDS,
    Attestation,
    AttestedVerdict,
    Choice,
    Evidence,
    EvidenceRecord,
    Part,
    Quantity,
    StatedFact,
    StatedValue,
    Voice,
)
from guiju.exchange import codes
from guiju.exchange.evidence_model import (
    AttestationModel,
    EvidenceModel,
    FactModel,
    PartModel,
    RecordModel,
)
from guiju.exchange.instant import end_in, start_in
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Entry, Mapping, Node, Scalar, Sequence, clip, to_data
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
    model, wrong = validate(root, EvidenceModel)
    evidence, odd = assembled(model, root) if model is not None and isinstance(root, Mapping) else (None, ())
    wide = tuple(wide_keys(root))
    unread = {d.span.position.line for d in wide}  # what else is wrong there follows from the colon
    beside = (d for d in (*wrong, *odd) if d.span.position.line not in unread)
    diagnostics = _in_order((*found, *wide, *beside))
    return None if has_errors(diagnostics) else evidence, diagnostics


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
        as_of=model.as_of,
        target=model.target or "best",
        standard=model.standard,
        inputs=tuple(_inputs(root, model)),
        records=tuple(_records(assembly)),
        facts=tuple(_facts(assembly)),
        attestations=tuple(_attestations(assembly, root, model)),
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
            span=entry.key.span,
            places=_places(entry.value),
        )


def _check_parts(a: _Assembly) -> None:
    """What belongs to one standard stands under its id where the file is for several."""
    section = a.root.entry("standards")
    if section is None or not a.model.standards:
        return
    label = Label(section.key.span, Text("文件用于几个标准", "the file is for several standards"))
    for key in ("standard", "target", "inputs", "attestations"):
        entry = a.root.entry(key)
        if entry is not None and to_data(entry.value) not in (None, {}, []):
            a.report(codes.BESIDE_STANDARDS, entry.key.span, (label,), key=key)


# --- records -----------------------------------------------------------------------------------------------------


def _records(a: _Assembly) -> Iterator[EvidenceRecord]:
    for entry in a.entries("evidence"):
        model = a.model.evidence.get(entry.key.text)
        if model is not None:
            record = _record(a, entry, model)
            _check_dates(a, entry, record)
            yield record


def _record(a: _Assembly, entry: Entry, model: RecordModel) -> EvidenceRecord:
    return EvidenceRecord(
        id=entry.key.text,
        kind=model.kind,
        title=model.title,
        source=model.source,
        collected_on=None if model.collected_on is None else start_in(model.collected_on, a.zone),
        expires=None if model.expires is None else end_in(model.expires, a.zone),
        collected_by=model.by,
        hash=model.hash,
        span=entry.key.span,
    )


def _check_dates(a: _Assembly, entry: Entry, record: EvidenceRecord) -> None:
    if record.expires is not None and not a.says_when:
        day = record.expires.date().isoformat()
        a.report(codes.NO_AS_OF, _place_of(entry.value, "expires"), id=clip(record.id), day=day)
    collected = record.collected_on
    if collected is None:
        return
    place = _place_of(entry.value, "collected_on")
    if record.expires is not None and record.expires < collected:
        label = Label(place, Text("收集于此日", "collected on this day"))
        a.report(codes.EXPIRES_FIRST, _place_of(entry.value, "expires"), (label,), id=record.id)
    if isinstance(a.model.as_of, datetime) and collected > a.model.as_of:
        label = Label(_place_of(a.root, "as_of"), Text("评价时点", "the as-of instant"))
        a.report(codes.COLLECTED_LATER, place, (label,), id=record.id)


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
    of_parts = (entry for _, part, _ in a.parts for entry in _entries(part.value, "attestations"))
    for entry in (*a.entries("facts"), *a.entries("attestations"), *of_parts):
        for node in _items(entry.value):
            for place in _items(_value(node, "evidence")):
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
    for entry in _entries(node, "attestations"):
        models = model.attestations.get(entry.key.text, ())
        nodes = _items(entry.value)
        for at, said in enumerate(models):
            if said.verdict is not None:
                yield _attestation(a, entry, said, said.verdict, nodes[at])


def _attestation(
    a: _Assembly, entry: Entry, model: AttestationModel, verdict: AttestedVerdict, node: Node
) -> Attestation:
    place = first_place(node) if isinstance(entry.value, Sequence) else _place(entry)
    attestation = Attestation(
        clause=entry.key.text,
        verdict=verdict,
        voice=model.voice or a.model.voice or _DEFAULT_VOICE,
        evidence=_once(model.evidence),
        by=model.by,
        reason=model.reason,
        note=model.note,
        span=place,
    )
    _check_reason(a, attestation, _place_of(node, "verdict"))
    return attestation


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
