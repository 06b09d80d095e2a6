"""Document -> what the template of a PDF reads: texts, lists and numbers, never markup. Floats begin here, and end."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from guiju.dsl.diagnostic import Text
from guiju.report.columns import shares
from guiju.report.document import Block, Document, Radar, Run, Section, Table, Tree
from guiju.report.printed_tree import printed_lines

_PARTS = ("year", "month", "day", "hour", "minute", "second")
_NO_INSTANT = datetime(1980, 1, 1, tzinfo=UTC)
_CONTENTS = Text("目录", "Contents")


def data_of(document: Document) -> dict[str, Any]:
    """The whole document; each block has its `kind`."""
    listed = document.contents()
    return {
        "language": document.language,
        "title": document.title,
        "subtitle": document.subtitle,
        "notice": document.notice,
        "running": document.running,
        "cover": [list(pair) for pair in document.cover],
        "footer": list(document.footer),
        "contents": _CONTENTS.in_language(document.language),
        "contents_depth": max((s.depth for s in listed), default=0) + 1,
        "date": {part: getattr(instant_of(document), part) for part in _PARTS},
        "sections": [_section(s) for s in document.sections],
    }


def instant_of(document: Document) -> datetime:
    """The instant that the file is of; 1980 where it names none, for a PDF/A must have one."""
    return document.instant or _NO_INSTANT


def _section(section: Section) -> dict[str, Any]:
    blocks = [_block(b) for b in section.blocks]
    return {"id": section.id, "title": section.title, "depth": section.depth, "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": type(block).__name__}
    if isinstance(block, Tree):
        return {**told, "lines": [_plain(line) for line in printed_lines(block)]}
    if isinstance(block, Table):
        told["shares"] = list(shares(block))
    if isinstance(block, Radar):
        told["is_open"] = block.is_open
    return {**told, **_plain(block)}


def _plain(value: Any) -> Any:
    """A value of the document as lists, mappings, texts and numbers. A link loses the sign before its anchor."""
    if isinstance(value, Run):
        return {"text": value.text, "style": value.style, "link": value.link.removeprefix("#")}
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
