"""A text -> its spelling in YAML, on one line: what reads it finds this very text, whatever is in it."""

from __future__ import annotations

import json
import re

from guiju.exchange.instant import read_day
from guiju.exchange.text import UNSEEN

# A line end of other scripts, or a character that is not printable, would not be read as what it is.
_ESCAPED = re.compile(f"{UNSEEN.pattern}|[\ud800-\udfff]")


def quoted(text: str) -> str:
    """The text between quotation marks."""
    return _ESCAPED.sub(_escape, json.dumps(text, ensure_ascii=False))


def day(text: str) -> str:
    """A date or an instant as it is written; whatever else stands in its place is a text, which is none."""
    return text.strip() if read_day(text) is not None else quoted(text)


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
