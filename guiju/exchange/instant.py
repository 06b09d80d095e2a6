"""Takes the text of a date or an instant, gives it as a value. A date becomes an instant only in a zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from typing import TypeAlias

Day: TypeAlias = date | datetime
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]"
    r"([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?) ?([Zz]|[-+][0-9]{2}:[0-9]{2})?"
)


def read_day(text: str) -> Day | None:
    """A date, or an instant with or without its zone. None: it is neither, or not in the calendar."""
    plain = text.strip()
    found = _INSTANT.fullmatch(plain)
    try:
        if found is not None:
            return datetime.fromisoformat(f"{found[1]}T{found[2]}{(found[3] or '').upper()}")
        return date.fromisoformat(plain) if _DATE.fullmatch(plain) else None
    except ValueError:
        return None


def is_written_as_day(text: str) -> bool:
    """Whether a text has the form of a date, be it in the calendar or not."""
    return _DATE.fullmatch(text.strip()) is not None


def start_in(day: Day, zone: tzinfo) -> datetime:
    """The instant, or the first of the day, in the zone unless it has its own."""
    return _in(day, time.min, zone)


def end_in(day: Day, zone: tzinfo) -> datetime:
    """The instant, or the last of the day, in the zone unless it has its own."""
    return _in(day, time.max, zone)


def _in(day: Day, when: time, zone: tzinfo) -> datetime:
    instant = day if isinstance(day, datetime) else datetime.combine(day, when)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=zone)
