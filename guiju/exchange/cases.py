"""A file of cases -> cases of a program: evidence as in an evidence file, and expectations by the names of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from guiju.compiler.graph import parts
from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    UNKNOWN,
    Expected,
    Expression,
    Fact,
    Input,
    Literal,
    NumberType,
    OptionType,
    Program,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Diagnostic, Label, Text, has_errors
from guiju.dsl.keywords import NO_VALUES, canonical
from guiju.dsl.near import near
from guiju.dsl.source import Source, Span
from guiju.engine.addresses import NoSuchNodeError, examples, index_of, names_of, near_in
from guiju.engine.bind import bind
from guiju.engine.evidence import Attestation, Evidence, Quantity, StatedFact
from guiju.engine.examples.case import Case
from guiju.engine.names import ids_by_name
from guiju.engine.network import network_of
from guiju.engine.verdict_words import VERDICT_WORDS
from guiju.exchange import case_codes, codes
from guiju.exchange.cases_model import VERSION, CaseModel
from guiju.exchange.evidence import assembled
from guiju.exchange.evidence_model import VERSION as EVIDENCE
from guiju.exchange.node import Entry, Mapping, Node, Scalar, Sequence
from guiju.exchange.number import read_quantity
from guiju.exchange.text import read_found
from guiju.exchange.validate import first_place, validate
from guiju.exchange.yaml_tree import read_yaml

OTHERS = ("all others", "其余")  # every fact with options, or clause left to people, that is not named
_RANGE = re.compile(r"(?P<stem>.*)(?P<first>[a-z])~(?P<last>[a-z])")  # asset_1b~e
_WHOLE = re.compile(r"(?:every whole number from (-?\d+) to (-?\d+)|从 ?(-?\d+) ?到 ?(-?\d+) ?的每个整数)")
_BOUND = re.compile(r"(?P<op>>=|<=|!=|>|<|≥|≤|≠)\s*(?P<value>.+)")
_OPS = {"≥": ">=", "≤": "<=", "≠": "!="}
_TRUTHS = {"yes": True, "是": True, "true": True, "no": False, "否": False, "false": False}
_NO_VALUES: dict[str, Value] = {
    "undefined": Undefined(""),
    "unknown": UNKNOWN,
    "not-entered": NOT_ENTERED,
    "absent": ABSENT,
}
_NO_NAME = (("expected", Text("不空的文字", "a text that is not empty")), ("found", Text("空", "empty")))
_Told: TypeAlias = list[Diagnostic]


@dataclass(frozen=True)
class _Read:
    """One case of a file: its model, its place and its evidence."""

    model: CaseModel
    root: Mapping
    evidence: Evidence


@dataclass(frozen=True)
class CaseFile:
    """What a file of cases says, names still as written."""

    standard: str
    cases: tuple[_Read, ...]
    span: Span


def read_cases(path: Path, shown: str) -> tuple[CaseFile | None, tuple[Diagnostic, ...]]:
    """Read a file of cases, `shown` in messages; None where it cannot be said of which standard it is."""
    text, unread = read_found(path)
    if text is None:
        return None, unread
    file, found = cases_in(replace(text.source, name=shown))
    return file, (*unread, *found)


def cases_in(source: Source) -> tuple[CaseFile | None, tuple[Diagnostic, ...]]:
    """Read cases from a text."""
    root, found = read_yaml(source)
    told: _Told = [*found]
    head = _head(root, told) if root is not None else None
    if head is None:
        return None, tuple(told)
    standard, listed = head
    read = tuple(case for item in listed.items if (case := _case(item, told)) is not None)
    return CaseFile(standard.text, read, standard.span), tuple(told)


def _head(root: Node, told: _Told) -> tuple[Scalar, Sequence] | None:
    """The id of the standard and the list of cases; what else is wrong with the head is told."""
    if not isinstance(root, Mapping) or not _is_version(root.entry("guiju")):
        told.append(Diagnostic(codes.OTHER_VERSION, first_place(root), (("expected", VERSION),)))
        return None
    known = ("guiju", "standard", "cases")
    for entry in root.entries:
        if entry.key.text not in known:
            arguments = (("key", entry.key.text), ("known", ", ".join(known)))
            suggestion = near(entry.key.text, known)
            told.append(Diagnostic(codes.UNKNOWN_KEY, entry.key.span, arguments, suggestion=suggestion))
    standard, listed = root.entry("standard"), root.entry("cases")
    if standard is not None and isinstance(standard.value, Scalar) and listed and isinstance(listed.value, Sequence):
        return standard.value, listed.value
    missing = [key for key, entry in (("standard", standard), ("cases", listed)) if entry is None]
    told += (Diagnostic(codes.MISSING_KEY, first_place(root), (("key", key),)) for key in missing)
    if listed is not None and not isinstance(listed.value, Sequence):
        shapes = (("key", "cases"), ("expected", Text("列表", "a list")), ("found", Text("别的", "something else")))
        told.append(Diagnostic(codes.WRONG_SHAPE, first_place(listed.value), shapes))
    return None


def _is_version(entry: Entry | None) -> bool:
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.text == VERSION


def _case(item: Node, told: _Told) -> _Read | None:
    """One case; as an evidence file it has the version of such files, and the case is its subject."""
    if not isinstance(item, Mapping):
        shapes = (("key", "cases"), ("expected", Text("若干“键: 值”", "a mapping of `key: value`")))
        told.append(Diagnostic(codes.WRONG_SHAPE, first_place(item), (*shapes, ("found", Text("别的", "another")))))
        return None
    name = item.entry("case")
    called = name.value.text.strip() if name and isinstance(name.value, Scalar) else ""
    if name and isinstance(name.value, Scalar) and name.value.quoted and not called:
        told.append(Diagnostic(codes.WRONG_SHAPE, name.value.span, (("key", "case"), *_NO_NAME)))
    lent = [("guiju", EVIDENCE), ("subject", called or "?")]
    at = item.source, item.start, item.start
    entries = (*(Entry(Scalar(*at, key, True), Scalar(*at, text, True)) for key, text in lent), *item.entries)
    root = Mapping(item.source, item.start, item.end, entries, {e.key.text: e for e in entries})
    model, wrong = validate(root, CaseModel)
    told += wrong
    if model is None or has_errors(wrong):
        return None
    evidence, odd = assembled(model, root)
    told += odd
    return _Read(model, root, evidence)


# --- against a program -------------------------------------------------------------------------------------------


def cases_of(program: Program, file: CaseFile) -> tuple[tuple[Case, ...], tuple[Diagnostic, ...]]:
    """The cases of a file for a program, and what of them does not fit it."""
    told: _Told = []
    cases = tuple(_bound(program, read, told) for read in file.cases)
    return cases, (*told, *_named_twice(cases))


def _named_twice(cases: tuple[Case, ...]) -> Iterator[Diagnostic]:
    first: dict[str, Case] = {}
    for case in cases:
        before = first.setdefault(case.name.zh, case)
        if before is not case:
            label = Label(before.span, Text("先在这里", "here first"))
            yield Diagnostic(case_codes.CASE_NAMED_TWICE, case.span, (("name", case.name.zh),), (label,))


def _bound(program: Program, read: _Read, told: _Told) -> Case:
    bound, found = bind(program, _spelled_out(program, read.evidence))
    told += (d for d in found if d.is_error)
    readings = {name: option for name, option in read.model.readings.items() if _is_option(program, name, option)}
    for name in read.model.readings.keys() - readings.keys():
        known = ", ".join(f"{r.id} = {' | '.join(o.id for o in r.options)}" for r in program.readings)
        arguments = (("name", name), ("option", read.model.readings[name]), ("known", known))
        told.append(Diagnostic(case_codes.UNKNOWN_CASE_READING, _place(read.root, "readings", name), arguments))
    expected = tuple(_expectations(program, read, told))
    if not read.model.expect and not read.model.printed:  # it would hold whatever the standard says
        told.append(Diagnostic(codes.MISSING_KEY, _place(read.root, "expect"), (("key", "expect"),)))
    label = Text(read.model.case, read.model.case)
    return Case(label, bound, readings, expected, not read.model.proposed, _place(read.root, "case"))


def _is_option(program: Program, name: str, option: str) -> bool:
    return any(r.id == name and option in (o.id for o in r.options) for r in program.readings)


def _place(root: Mapping, *keys: str) -> Span:
    """Where a key of a case stands."""
    node: Node = root
    span = first_place(root)
    for key in keys:
        entry = node.entry(key) if isinstance(node, Mapping) else None
        if entry is None:
            return span
        node, span = entry.value, entry.key.span
    return span


def _spelled_out(program: Program, evidence: Evidence) -> Evidence:
    """The evidence with its ranges of facts, and what it says of all others, spelled out."""
    stated = [replace(f, name=name) for f in evidence.facts for name in in_range(f.name)]
    facts = [f for f in stated if f.name not in OTHERS]
    named = {f.name for f in facts}
    for rest in (f for f in stated if f.name in OTHERS):
        free = (f for f in program.facts if f.options and not {f.id, *f.aliases} & named)
        facts += [_of_fact(rest, fact.id) for fact in free]
    attestations = [a for a in evidence.attestations if a.clause not in OTHERS]
    told = {a.clause for a in attestations}
    for other in (a for a in evidence.attestations if a.clause in OTHERS):
        left = (c for c in program.items() if c.condition is None and not {c.id, c.printed} & told)
        attestations += [_of_clause(other, clause.id) for clause in left]
    return replace(evidence, facts=tuple(facts), attestations=tuple(attestations))


def _of_fact(rest: StatedFact, name: str) -> StatedFact:
    return replace(rest, name=name)


def _of_clause(other: Attestation, clause: str) -> Attestation:
    return replace(other, clause=clause)


def in_range(name: str) -> Iterator[str]:
    """The names that a range stands for, `asset_1b~e`; of any other name, that one."""
    found = _RANGE.fullmatch(name)
    if found is None:
        yield name
        return
    for letter in range(ord(found["first"]), ord(found["last"]) + 1):
        yield f"{found['stem']}{chr(letter)}"


# --- expectations ------------------------------------------------------------------------------------------------


def _expectations(program: Program, read: _Read, told: _Told) -> Iterator[Expected]:
    written: dict[str, list[str]] = {k: v if isinstance(v, list) else [v] for k, v in read.model.expect.items()}
    for key, section in (("expect", written), ("printed", {k: [v] for k, v in read.model.printed.items()})):
        for name, texts in section.items():
            span = _place(read.root, key, name)
            address = _address(program, name, span, told)
            if address is None:
                continue
            found = _rounded(address, texts[0], span) if key == "printed" else _values(program, address, texts, span)
            if found is None:
                arguments = (("value", ", ".join(texts)), ("name", name))
                told.append(Diagnostic(case_codes.NOT_ITS_VALUE, span, arguments))
            else:
                yield found


def _address(program: Program, name: str, span: Span, told: _Told) -> str | None:
    network = network_of(program)
    try:
        return network.nodes[index_of(network, name)].address
    except NoSuchNodeError:
        arguments = (("name", name), ("known", ", ".join(examples(program))))
        meant = next(iter(near_in(names_of(network), name)), None)
        told.append(Diagnostic(case_codes.UNKNOWN_EXPECTED, span, arguments, suggestion=meant))
        return None


def _values(program: Program, address: str, texts: list[str], span: Span) -> Expected | None:
    whole = _WHOLE.fullmatch(texts[0]) if len(texts) == 1 else None
    if whole is not None:
        low, high = (int(n) for n in whole.groups() if n is not None)
        return Expected(address, tuple(Fraction(n) for n in range(low, high + 1)), span=span)
    bounds = [_BOUND.fullmatch(text.strip()) for text in texts]
    if all(bounds):
        read = [(_OPS.get(b["op"], b["op"]), _value(program, address, b["value"])) for b in bounds if b]
        return None if any(v is None for _, v in read) else Expected(address, (), tuple(read), span=span)  # type: ignore[arg-type]
    values = [_value(program, address, text) for text in texts]
    return None if None in values else Expected(address, tuple(values), span=span)  # type: ignore[arg-type]


def _rounded(address: str, text: str, span: Span) -> Expected | None:
    """The numbers that round half up to a published one."""
    quantity = read_quantity(text)
    if not isinstance(quantity, Quantity) or quantity.places is None or quantity.unit is not None:
        return None
    half, number = Fraction(1, 2 * 10**quantity.places), quantity.number
    low, high = (">=" if number > 0 else ">"), ("<=" if number < 0 else "<")
    return Expected(address, (), ((low, number - half), (high, number + half)), span=span)


def _value(program: Program, address: str, text: str) -> Value | None:
    """The value of a node that a text stands for; None if it cannot be one."""
    kind, _, name = address.partition(":")
    word = canonical(text.strip(), NO_VALUES)
    if kind == "clause" and name in program.clause:
        verdict = VERDICT_WORDS.get(text.strip())
        return None if verdict is None else UNKNOWN if verdict == "unknown" else Verdict(verdict)
    if word in _NO_VALUES:
        return _NO_VALUES[word]
    type_, options = type_of(program, address)
    match type_:
        case NumberType():
            return _number(type_, text)
        case OptionType():
            return "none" if word == "none" and "none" in type_.options else options.get(text.strip())
    return _TRUTHS.get(text.strip().lower())


def _number(type_: NumberType, text: str) -> Fraction | None:
    quantity = read_quantity(text)
    if not isinstance(quantity, Quantity):
        return None
    unit = unit_named(quantity.unit) if quantity.unit else None
    fits = unit is not None and unit.dimension == type_.dimension if quantity.unit else not type_.dimension
    return quantity.number * (unit.factor if unit else 1) if fits else None


def type_of(program: Program, address: str) -> tuple[Type, dict[str, str]]:
    """The type of a node, and its options or results by every name."""
    definition = program.definition.get(address)
    if definition is not None:
        named = ids_by_name(program.levels)
        options = tuple(_results(definition.expression)) if isinstance(definition.type, OptionType) else ()
        return definition.type, {o: o for o in options} | {k: v for k, v in named.items() if v in options}
    subject = network_of(program).node(address).subject  # no other node has an address that `index_of` finds by a name
    assert isinstance(subject, Fact | Input)
    return subject.type, ids_by_name(subject.options)


def _results(expression: Expression) -> Iterator[str]:
    """The results that a grade can give."""
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        yield expression.value
    for part in parts(expression):
        yield from _results(part)
