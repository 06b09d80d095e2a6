"""The text of a bundle -> the lines that are not what was written, found by its checksums and told by their parts.

Nothing is read as JSON but the checksums themselves, so that a changed bracket spoils no more than its own line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from guiju.bundle import parts
from guiju.bundle.layout import checksum, checksums_line, digest_line
from guiju.dsl.diagnostic import Text

TAIL = ' "checksums": ['  # where the body of a bundle ends
DIGEST = ' "digest": "sha256:'  # how its last line begins
_DIGEST = re.compile(DIGEST + r'[0-9a-f]{64}"\}')
_PART = re.compile(r'\{"part": ("(?:[^"\\]|\\.)+"), "lines": "([0-9a-f]{8}(?: [0-9a-f]{8})*)"\}')


class Damage(NamedTuple):
    """A line, counted from 1, and what it is."""

    line: int
    part: Text


class Expected(NamedTuple):
    """What the checksums say of one line."""

    part: str
    number: int
    checksum: str


@dataclass(frozen=True)
class Apart:
    """A bundle's text taken apart: the lines above the checksums, that of the checksums, and what is behind them."""

    body: str
    checksums: str
    behind: str

    @property
    def lines(self) -> list[str]:
        """The lines of the body; one that has no line feed behind it counts as well."""
        return self.body.removesuffix("\n").split("\n")


def is_cut_off(text: str) -> bool:
    """Whether a text has no end: neither its checksums nor its digest are whole."""
    apart = _apart(text)
    return _stored(apart.checksums) is None and _DIGEST.search(apart.behind or apart.checksums) is None


def damage(text: str) -> tuple[Damage, ...]:
    """The lines that are not what was written; () of a text that is whole and agrees with its checksums."""
    apart = _apart(text)
    stored, end = _stored(apart.checksums), len(apart.lines)
    is_sound = digest_line(apart.body) in apart.behind or digest_line(apart.body) in apart.checksums
    if stored is None or (is_sound and not _agree(stored, apart)):
        return (Damage(end + 1, parts.member("checksums")),)
    if not _agree(stored, apart):
        return tuple(_changed(stored, apart))
    if apart.behind != digest_line(apart.body) + "\n":
        return (Damage(end + 2, parts.member("digest")),)
    return ()


def _apart(text: str) -> Apart:
    at = text.rfind(TAIL)
    if at < 0:  # the very word may be what was changed: then its line is the last but one
        at = text.rfind("\n", 0, max(text.rfind("\n", 0, len(text) - 1), 0)) + 1
    start = text.rfind("\n", 0, at) + 1
    at = at if text[start:at].strip() else start
    checksums, _, behind = text[at:].partition("\n")
    return Apart(text[:at], checksums, behind)


def _stored(line: str) -> list[Expected] | None:
    """The checksums that a line holds, one for each line of the body; None where it is not as it is written."""
    try:
        found = [{"part": json.loads(part), "lines": lines} for part, lines in _PART.findall(line)]
    except ValueError:
        return None
    if not found or checksums_line(found) != line:
        return None
    return [Expected(f["part"], i, c) for f in found for i, c in enumerate(f["lines"].split(" "))]


def _agree(stored: list[Expected], apart: Apart) -> bool:
    return apart.body.endswith("\n") and [e.checksum for e in stored] == [checksum(line) for line in apart.lines]


def _changed(stored: list[Expected], apart: Apart) -> Iterator[Damage]:
    """Line by line; where lines were joined, parted, added or lost, what is between the first and the last change."""
    lines = apart.lines
    found = [checksum(line) for line in lines]
    wanted = [e.checksum for e in stored]
    if len(found) == len(wanted):
        changed = [i for i, (a, b) in enumerate(zip(found, wanted, strict=True)) if a != b] or [len(found) - 1]
        yield from (Damage(i + 1, parts.named(stored[i].part, stored[i].number, lines[i])) for i in changed)
        return
    before = _common(found, wanted)
    behind = min(_common(found[::-1], wanted[::-1]), len(wanted) - before, len(found) - before)
    for i in range(before, max(len(wanted) - behind, before + 1)):
        e = stored[min(i, len(stored) - 1)]
        line = min(i, len(lines) - 1)
        yield Damage(line + 1, parts.named(e.part, e.number, lines[line]))


def _common(left: list[str], right: list[str]) -> int:
    """How many items two lists begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
