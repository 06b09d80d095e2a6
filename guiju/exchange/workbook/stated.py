"""What is filled in -> an evidence file, line by line, each with the cell that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from guiju.compiler.ir import Fact, NumberType, Program, SetType
from guiju.exchange.fields import RECORD
from guiju.exchange.register_model import VERSION
from guiju.exchange.workbook.filled import (
    ANSWER,
    DAYS,
    FINDING,
    HEAD,
    INSTANCE,
    LATER_DAYS,
    PERIOD,
    SAMPLE,
    VOICES,
    Filled,
    listed,
)
from guiju.exchange.workbook.layout import Key
from guiju.exchange.yaml_text import day, quoted

_TRUE, _FALSE = ("是", "yes", "true"), ("否", "no", "false")


@dataclass(frozen=True)
class Line:
    """A line of an evidence file, and the cell that it says the same as."""

    text: str
    key: Key | None = None


def evidence_lines(program: Program, filled: Filled) -> tuple[Line, ...]:
    """The lines of the file, YAML."""
    return tuple(_lines(program, filled))


def text_of(lines: Sequence[Line]) -> str:
    """The file."""
    return "".join(f"{line.text}\n" for line in lines)


def _lines(program: Program, filled: Filled) -> Iterator[Line]:
    yield Line(f"guiju: {VERSION}")
    yield from _subject(filled)
    if said := filled.get("fictional"):
        yield Line(f"fictional: {_truth(said)}", ("fictional",))
    yield Line(f"standard: {quoted(program.id)}")
    for key in ("as_of", "target"):
        if said := filled.get(key):
            yield Line(f"{key}: {day(said) if key == 'as_of' else quoted(said)}", (key,))
    yield from _section("inputs", _inputs(program, filled))
    yield from _section("evidence", _records(filled))
    yield from _section("facts", (line for fact in program.facts for line in _fact(fact, filled)))
    yield from _section("attestations", _attestations(program, filled))
    yield from _section("samples", _samples(filled))
    yield from _section("findings", _findings(filled))


def _section(name: str, lines: Iterator[Line]) -> Iterator[Line]:
    found = list(lines)
    if found:
        yield Line(f"{name}:")
        yield from found


def _subject(filled: Filled) -> Iterator[Line]:
    yield Line("subject:")
    for key in HEAD:
        said = filled.get("subject", key)
        if said or key == "name":
            yield Line(f"  {key}: {quoted(said)}", ("subject", key))


def _inputs(program: Program, filled: Filled) -> Iterator[Line]:
    for i in program.inputs:
        if said := filled.get("input", i.id):
            yield Line(f"  {quoted(i.id)}: {quoted(said)}", ("input", i.id))


def _truth(text: str) -> str:
    """Yes and no as they are; any other word as a text, which is no truth value."""
    return "true" if text in _TRUE else "false" if text in _FALSE else quoted(text)


# --- evidence records --------------------------------------------------------------------------------------------


def _records(filled: Filled) -> Iterator[Line]:
    for n in range(1, filled.records + 1):
        row = {what: filled.get("evidence", str(n), what) for what in ("id", *RECORD)}
        if not any(row.values()):
            continue
        yield Line(f"  {quoted(row['id'])}:", ("evidence", str(n), "id"))
        for what in RECORD:
            if row[what]:
                said = day(row[what]) if what in DAYS else quoted(row[what])
                if what in PERIOD and not (what == "to" and row["from"]):
                    yield Line("    period:", ("evidence", str(n), what))
                indent = "      " if what in PERIOD else "    "
                yield Line(f"{indent}{what}: {said}", ("evidence", str(n), what))
        if not row["kind"]:
            yield Line('    kind: ""', ("evidence", str(n), "kind"))


# --- facts -------------------------------------------------------------------------------------------------------


def _fact(fact: Fact, filled: Filled) -> Iterator[Line]:
    evidence, note = filled.get("fact", fact.id, "evidence"), filled.get("fact", fact.id, "note")
    value = _value(fact, filled)
    if not (value or evidence or note):
        return
    at = ("fact", fact.id)
    yield Line(f"  {quoted(fact.id)}:", (*at, "value"))
    yield Line(f"    value: {value or 'null'}", (*at, "value"))
    unit = filled.get("fact", fact.id, "unit")
    if isinstance(fact.type, NumberType) and unit and filled.get("fact", fact.id, "value"):
        yield Line(f"    unit: {quoted(unit)}", (*at, "unit"))
    if evidence:
        yield Line(f"    evidence: {_ids(evidence)}", (*at, "evidence"))
    if note:
        yield Line(f"    note: {quoted(note)}", (*at, "note"))


def _value(fact: Fact, filled: Filled) -> str:
    if isinstance(fact.type, SetType):
        said = {o.id: filled.get("fact", fact.id, "option", o.id) for o in fact.options}
        if not all(word in (*_TRUE, *_FALSE) for word in said.values()):
            return ""
        return f"[{', '.join(quoted(o) for o, word in said.items() if word in _TRUE)}]"
    text = filled.get("fact", fact.id, "value")
    return quoted(text) if text else ""


def open_options(fact: Fact, filled: Filled) -> tuple[str, ...]:
    """The options of a set that is answered in part: those without an answer, or with one that is none."""
    said = {o.id: filled.get("fact", fact.id, "option", o.id) for o in fact.options}
    if not isinstance(fact.type, SetType) or not any(said.values()):
        return ()
    return tuple(o for o, word in said.items() if word not in (*_TRUE, *_FALSE))


def _ids(text: str) -> str:
    return f"[{', '.join(map(quoted, listed(text)))}]"


# --- what people say ---------------------------------------------------------------------------------------------


def _attestations(program: Program, filled: Filled) -> Iterator[Line]:
    further: dict[str, list[tuple[str, dict[str, str]]]] = {}
    names = {c.printed: c.id for c in program.clauses}
    for n in range(1, filled.statements + 1):
        row = {what: filled.get("statement", str(n), what) for what in ("clause", "voice", *ANSWER)}
        if any(row.values()):
            further.setdefault(names.get(row["clause"], row["clause"]), []).append((str(n), row))
    for clause in (*(c.id for c in program.clauses), *(c for c in further if c not in program.clause)):
        listed_ = list(_answers(clause, filled, further.get(clause, ())))
        if listed_:
            key = ("clause", clause, "vendor", "verdict") if clause in program.clause else listed_[0].key
            yield Line(f"  {quoted(clause)}:", key)
            yield from listed_


def _answers(clause: str, filled: Filled, further: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Line]:
    for voice in VOICES:
        said = {what: filled.get("clause", clause, voice, what) for what in ANSWER}
        if any(said.values()):
            yield from _answer(voice, said, ("clause", clause, voice))
    for n, row in further:
        yield from _answer(row["voice"], row, ("statement", n))


def _answer(voice: str, said: dict[str, str], at: Key) -> Iterator[Line]:
    """A list item of several lines; what is said without a verdict has none, which is no verdict."""
    dash = (f"    {'- ' if n == 0 else '  '}" for n in count())
    yield Line(f"{next(dash)}verdict: {quoted(said['verdict']) if said['verdict'] else 'null'}", (*at, "verdict"))
    yield Line(f"{next(dash)}voice: {quoted(voice)}", (*at, "verdict" if at[0] == "clause" else "voice"))
    for what in ANSWER[1:]:
        if said[what]:
            text = _spelled(what, said[what])
            yield Line(f"{next(dash)}{what}: {text}", (*at, what))


# --- findings and samples ----------------------------------------------------------------------------------------

_CLOSURE = {"closed": "on", "closed_by": "by", "closed_evidence": "evidence", "closed_note": "note"}
_IDS = ("evidence", "closed_evidence")


def _findings(filled: Filled) -> Iterator[Line]:
    for n in range(1, filled.findings + 1):
        row, at = filled.row("finding", n, FINDING), ("finding", str(n))
        if any(row.values()):
            yield Line(f"  {quoted(row['id'])}:", (*at, "id"))
            yield from _members(row, [what for what in FINDING[1:] if what not in _CLOSURE], at, "    ")
            if any(row[what] for what in _CLOSURE):
                yield Line("    closure:", (*at, "closed"))
                yield from _members(row, _CLOSURE, at, "      ")


def _samples(filled: Filled) -> Iterator[Line]:
    """Each sample with its instances; an instance of a sample that is nowhere described is one of such a sample."""
    instances: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for n in range(1, filled.instances + 1):
        if any((row := filled.row("instance", n, INSTANCE)).values()):
            instances.setdefault(row["sample"], []).append((str(n), row))
    for n in range(1, filled.samples + 1):
        row, at = filled.row("sample", n, SAMPLE), ("sample", str(n))
        if any(row.values()):
            yield Line(f"  {quoted(row['id'])}:", (*at, "id"))
            yield from _members(row, SAMPLE[1:], at, "    ")
            yield from _instances(instances.pop(row["id"], []))
    for sample, rows in instances.items():
        yield Line(f"  {quoted(sample)}:", ("instance", rows[0][0], "sample"))
        yield from _instances(rows)


def _instances(rows: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Line]:
    if rows:
        yield Line("    results:", ("instance", rows[0][0], "id"))
    for n, row in rows:
        at = ("instance", n)
        yield Line(f"      {quoted(row['id'])}:", (*at, "id"))
        yield Line(f"        result: {quoted(row['result']) if row['result'] else 'null'}", (*at, "result"))
        yield from _members(row, INSTANCE[3:], at, "        ")


def _members(row: dict[str, str], what: Iterable[str], at: Key, indent: str) -> Iterator[Line]:
    """What is filled in of some columns, under the names that the file has for them."""
    for column in what:
        if text := row[column]:
            yield Line(f"{indent}{_CLOSURE.get(column, column)}: {_spelled(column, text)}", (*at, column))


def _spelled(column: str, text: str) -> str:
    """What stands in a column of any list but the records."""
    return day(text) if column in LATER_DAYS else _ids(text) if column in _IDS else quoted(text)
