"""Evidence -> an evidence file that says the same: what `guiju compare --witness` writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guiju.compiler.ir import Program
from guiju.compiler.units import format_number
from guiju.engine.evidence import Evidence, Quantity, StatedValue
from guiju.engine.names import leaf_named, leaves_by_name
from guiju.engine.reasoning.editions.numbering import both_ways
from guiju.exchange.yaml_text import quoted


def evidence_text(evidence: Evidence) -> str:
    """The text of the file, YAML. What stands on evidence records is left to those who have them: none is written."""
    return "\n".join(_lines(evidence)) + "\n"


def texts_for_editions(evidence: Evidence, before: Program, after: Program) -> tuple[str, ...]:
    """The same for two editions, each with what is said of it by its own numbers: one file, or one for each of them.

    Of one id one file serves both only where it says the same to both.
    """
    each = tuple(
        asked_of(edition, said)
        for edition, said in zip((before, after), both_ways(evidence, before, after), strict=True)
    )
    if before.id == after.id:
        return tuple(dict.fromkeys(evidence_text(said) for said in each))
    facts = replace(evidence, standard=None, inputs=(), attestations=())
    lines = [*_lines(facts), "standards:"]
    for edition, said in zip((before, after), each, strict=True):
        part = [*_inputs(said), *_attestations(said)]
        lines += [f"  {quoted(edition.id)}:{'' if part else ' {}'}", *(f"    {line}" for line in part)]
    return ("\n".join(lines) + "\n",)


def asked_of(edition: Program, evidence: Evidence) -> Evidence:
    """What an edition asks for of evidence that speaks of two, without what the other one alone has."""
    asked, there = {t.id for t in (*edition.facts, *edition.inputs)}, leaves_by_name(edition)
    return replace(
        evidence,
        facts=tuple(f for f in evidence.facts if f.name in asked),
        inputs=tuple(i for i in evidence.inputs if i.name in asked),
        attestations=tuple(a for a in evidence.attestations if leaf_named(a.clause, there) is not None),
    )


def _lines(evidence: Evidence) -> Iterator[str]:
    yield "guiju: evidence/1"
    yield f"subject: {quoted(evidence.subject)}"
    if evidence.fictional:
        yield "fictional: true"
    if evidence.standard is not None:
        yield f"standard: {quoted(evidence.standard)}"
    if evidence.as_of is not None:
        yield f"as_of: {evidence.as_of.isoformat()}"
    yield from _inputs(evidence)
    if evidence.facts:
        yield "facts:"
        yield from (f"  {quoted(f.name)}: {_value(f.value)}" for f in evidence.facts)
    yield from _attestations(evidence)


def _inputs(evidence: Evidence) -> Iterator[str]:
    if evidence.inputs:
        yield "inputs:"
        yield from (f"  {quoted(i.name)}: {'null' if i.value is None else quoted(i.value)}" for i in evidence.inputs)


def _attestations(evidence: Evidence) -> Iterator[str]:
    if evidence.attestations:
        yield "attestations:"
    for a in evidence.attestations:
        reason = f", reason: {quoted(a.reason)}" if a.reason else ""
        yield f"  {quoted(a.clause)}: {{verdict: {a.verdict}, voice: {a.voice}{reason}}}"


def _value(value: StatedValue) -> str:
    match value:
        case Quantity():
            unit = "" if value.unit in (None, "number", "count") else f" {value.unit}"
            return quoted(f"{format_number(value.number)}{unit}") if unit else f"{{value: {_plain(value)}}}"
        case tuple():
            return f"[{', '.join(map(quoted, value))}]"
        case bool():
            return "true" if value else "false"
    return "null" if value is None else quoted(value)


def _plain(value: Quantity) -> str:
    return quoted(format_number(value.number)) if value.number.denominator != 1 else str(value.number)
