"""Evidence -> an evidence file that says the same: what `guiju compare --witness` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from guiju.compiler.units import format_number
from guiju.engine.evidence import Evidence, Quantity, StatedValue


def evidence_text(evidence: Evidence) -> str:
    """The text of the file, YAML. What stands on evidence records is left to those who have them: none is written."""
    return "\n".join(_lines(evidence)) + "\n"


def _lines(evidence: Evidence) -> Iterator[str]:
    yield "guiju: evidence/1"
    yield f"subject: {_quoted(evidence.subject)}"
    if evidence.fictional:
        yield "fictional: true"
    if evidence.as_of is not None:
        yield f"as_of: {evidence.as_of.isoformat()}"
    if evidence.inputs:
        yield "inputs:"
        yield from (f"  {_quoted(i.name)}: {_quoted(i.value)}" for i in evidence.inputs)
    if evidence.facts:
        yield "facts:"
        yield from (f"  {_quoted(f.name)}: {_value(f.value)}" for f in evidence.facts)
    if evidence.attestations:
        yield "attestations:"
    for a in evidence.attestations:
        reason = f", reason: {_quoted(a.reason)}" if a.reason else ""
        yield f"  {_quoted(a.clause)}: {{verdict: {a.verdict}, voice: {a.voice}{reason}}}"


def _value(value: StatedValue) -> str:
    match value:
        case Quantity():
            unit = "" if value.unit in (None, "number", "count") else f" {value.unit}"
            return _quoted(f"{format_number(value.number)}{unit}") if unit else f"{{value: {_plain(value)}}}"
        case tuple():
            return f"[{', '.join(map(_quoted, value))}]"
        case bool():
            return "true" if value else "false"
    return _quoted(value)


def _plain(value: Quantity) -> str:
    return _quoted(format_number(value.number)) if value.number.denominator != 1 else str(value.number)


def _quoted(text: str | None) -> str:
    return "null" if text is None else json.dumps(text, ensure_ascii=False)
