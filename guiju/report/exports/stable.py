"""Ids and instants that are the same in every run: nothing here looks at a clock or draws a number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from guiju.compiler.ir import Program
from guiju.engine.evaluate import Assessment

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:guiju:export")
_HOUR = timedelta(hours=1)
_OUTSIDE_A_TOKEN = re.compile(r"[^\w.-]")


def uuid_of(*names: str) -> str:
    """A UUID, version 5, from names that stay the same."""
    return str(uuid5(_NAMESPACE, json.dumps(names, ensure_ascii=True)))


def names_of(assessment: Assessment) -> tuple[str, ...]:
    """What tells one assessment from every other: policy, evidence and readings."""
    readings = (f"{reading}={option}" for reading, option in sorted(assessment.readings.items()))
    return (assessment.program.digest, assessment.bound.evidence.digest, *readings)


def instant(moment: datetime) -> str:
    """An instant with its zone, in a form that every schema takes: in UTC where the zone is no whole hour."""
    offset = moment.utcoffset() or timedelta()
    is_whole = offset % _HOUR == timedelta() and -12 * _HOUR <= offset <= 14 * _HOUR
    return (moment if is_whole else moment.astimezone(UTC)).isoformat()


def json_text(document: object) -> str:
    """A document as JSON, one member a line."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def one_line(text: str) -> str:
    """A text without line ends and spaces around it."""
    return " ".join(text.split())


def tokens(program: Program) -> dict[tuple[str, str], str]:
    """Of each clause and group an id that OSCAL takes and that no other of them has: `gbt-45288.3-2025-6.1.1.1.a`.

    A key is `clause` or `group` and the id that it has in the policy.
    """
    things = (
        *((("clause", c.id), c.id) for c in program.clauses),
        *((("group", g.id), f"group-{g.id}") for g in program.groups),
    )
    return dict(_told_apart((key, token(f"{program.id}-{name}")) for key, name in things))


def token(text: str) -> str:
    """A text as a token: a letter or `_`, then letters, digits, `.`, `-` and `_`."""
    plain = _OUTSIDE_A_TOKEN.sub(lambda found: f"_{ord(found[0]):x}_", text)
    return plain if plain[:1].isalpha() else f"_{plain}"


def _told_apart(named: Iterable[tuple[tuple[str, str], str]]) -> Iterator[tuple[tuple[str, str], str]]:
    taken: set[str] = set()
    for key, name in named:
        free = name
        while free in taken:
            free += "_"
        taken.add(free)
        yield key, free
