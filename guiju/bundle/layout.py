"""The one way to write a bundle: its members -> lines -> bytes, and which part each line belongs to.

A line feed stands behind each member of the file, each item of its lists and each line of a source, and nowhere else.
So what is on a line can be told even where the file can no longer be read as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

DIGITS = 8  # of the checksum of a line; the digest of all lines stands behind them
_LISTS = ("readings", "sources", "originals", "outcomes", "derivation")
_TAIL = ("checksums", "digest")


class Line(NamedTuple):
    """One line, without its line feed: which one it is of a part, that is, of a member of the file or of a source."""

    part: str
    number: int
    text: str


def written(content: Mapping[str, Any]) -> str:
    """The text of a bundle from its members, without those that follow from the others: checksums and digest."""
    return closed(list(body(content)))


def closed(lines: list[Line]) -> str:
    """The lines of a body as a whole file, with its checksums and its digest."""
    text = "".join(f"{line.text}\n" for line in lines)
    return f"{text}{checksums_line(checksums_of(lines))}\n{digest_line(text)}\n"


def checksums_of(lines: list[Line]) -> list[dict[str, str]]:
    """The checksums of some lines, part by part."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.number == 0:
            found.append((line.part, []))
        found[-1][1].append(checksum(line.text))
    return [{"part": part, "lines": " ".join(checksums)} for part, checksums in found]


def checksum(line: str) -> str:
    """What tells a line from another."""
    return sha256(line.encode("utf-8", errors="surrogateescape")).hexdigest()[:DIGITS]


def checksums_line(checksums: list[dict[str, str]]) -> str:
    """The last line but one."""
    return f' "checksums": {_compact(checksums)},'


def digest_line(text: str) -> str:
    """The last line: the digest of all that stands above the checksums."""
    digest = sha256(text.encode("utf-8", errors="surrogateescape")).hexdigest()
    return f' "digest": "sha256:{digest}"}}'


def body(content: Mapping[str, Any]) -> Iterator[Line]:
    """The lines above the checksums."""
    for key, value in content.items():
        begins = "{" if key == "guiju" else " "
        if key in _TAIL:
            continue
        if key not in _LISTS or not value:
            yield Line(key, 0, f'{begins}"{key}": {_compact(value)},')
            continue
        yield Line(key, 0, f'{begins}"{key}": [')
        for index, (item, ends) in enumerate(_ended(value), 1):
            yield from _source(item, ends) if key == "sources" else (Line(key, index, f"  {_compact(item)}{ends}"),)


def _source(source: Mapping[str, Any], ends: str) -> Iterator[Line]:
    """A source: a line that says which it is, then its own, of which there is one at least."""
    part = f"{source['role']} {source['name']}"
    head = _compact({key: value for key, value in source.items() if key != "lines"})
    yield Line(part, 0, f'  {head[:-1]}, "lines": [')
    *lines, last = source["lines"]
    for index, line in enumerate(lines, 1):
        yield Line(part, index, f"   {_compact(line)},")
    yield Line(part, len(lines) + 1, f"   {_compact(last)}]}}{ends}")


def _ended(items: list[Any]) -> Iterator[tuple[Any, str]]:
    """Items with what stands behind each."""
    for number, item in enumerate(items, 1):
        yield item, "]," if number == len(items) else ","


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
