"""Which pieces of evidence no longer count at the as-of instant, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal as Word
from typing import TypeAlias

from guiju.engine.evidence import Evidence, EvidenceRecord

Why: TypeAlias = Word["expired", "too-old", "undated", "later"]
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Outdated:
    """A record that does not count: past its own date, older than the standard allows, of no date, or of a later one.

    `until` is the last instant at which it counted; None of one that the standard cannot place. `as_of`: at which it
    was asked for.
    """

    record: EvidenceRecord
    why: Why
    until: datetime | None
    as_of: datetime


def last_day(until: datetime, as_of: datetime | None) -> str:
    """The day on which something ends; the instant, where its day alone would say otherwise of the as-of instant."""
    day = until.date()
    says_so = as_of is None or (until < as_of) == (day < as_of.date())
    return day.isoformat() if says_so else until.isoformat(timespec="seconds")


def outdated(evidence: Evidence, ids: tuple[str, ...], validity: Fraction | None = None) -> tuple[Outdated, ...]:
    """The records of these ids, if there are some and none of them counts at the as-of instant.

    `validity`: for how many seconds a record counts after it was collected; undated it cannot show that it does.
    """
    as_of = evidence.as_of
    if as_of is None:
        return ()
    found = []
    for record in evidence.records:
        if record.id in ids:
            over = _over(record, as_of, validity)
            if over is None:
                return ()
            found.append(over)
    return tuple(found)


def _over(record: EvidenceRecord, as_of: datetime, validity: Fraction | None) -> Outdated | None:
    """What ended it: of its own date and the standard's limit the one that came first."""
    ends = (_expired(record, as_of), None if validity is None else _aged(record, as_of, validity))
    over = [end for end in ends if end is not None]
    return min(over, key=lambda end: end.until or as_of, default=None)


def _expired(record: EvidenceRecord, as_of: datetime) -> Outdated | None:
    is_over = record.expires is not None and record.expires < as_of
    return Outdated(record, "expired", record.expires, as_of) if is_over else None


def _aged(record: EvidenceRecord, as_of: datetime, validity: Fraction) -> Outdated | None:
    if record.collected_on is None:
        return Outdated(record, "undated", None, as_of)
    age = (as_of - record.collected_on) // _MICROSECOND
    if age < 0:
        return Outdated(record, "later", None, as_of)
    allowed = validity * 10**6
    if age <= allowed:
        return None
    return Outdated(record, "too-old", record.collected_on + int(allowed) * _MICROSECOND, as_of)
