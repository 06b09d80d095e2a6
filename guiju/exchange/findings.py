"""Findings as a file writes them -> `Finding`, and what in them does not go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.evidence import Closure, Finding
from guiju.exchange import codes
from guiju.exchange.instant import Day, end_in, start_in
from guiju.exchange.node import Entry
from guiju.exchange.register_model import ClosureModel, FindingModel


def finding_of(entry: Entry, model: FindingModel, zone: tzinfo) -> Finding:
    """The finding; days are those of a zone."""
    return Finding(
        id=entry.key.text,
        clause=model.clause,
        grade=model.grade,
        statement=model.statement,
        evidence=tuple(dict.fromkeys(model.evidence)),
        raised=_start(model.raised, zone),
        by=model.by,
        owner=model.owner,
        due=None if model.due is None else end_in(model.due, zone),
        closure=None if model.closure is None else _closure(model.closure, zone),
        note=model.note,
        span=entry.key.span,
    )


def _closure(model: ClosureModel, zone: tzinfo) -> Closure:
    return Closure(start_in(model.on, zone), model.by, tuple(dict.fromkeys(model.evidence)), model.note)


def _start(day: Day | None, zone: tzinfo) -> datetime | None:
    return None if day is None else start_in(day, zone)


def odd_in(finding: Finding) -> Iterator[Diagnostic]:
    """What a finding lacks, and dates that are swapped."""
    needed = {} if finding.grade == "observation" else {"owner": (finding.owner or "").strip(), "due": finding.due}
    if missing := ", ".join(key for key, value in needed.items() if not value):
        yield Diagnostic(codes.FINDING_INCOMPLETE, finding.span, (("id", finding.id), ("missing", missing)))
    if finding.closure is not None and finding.raised is not None and finding.closure.on < finding.raised:
        yield Diagnostic(codes.CLOSED_FIRST, finding.span, (("id", finding.id),))
