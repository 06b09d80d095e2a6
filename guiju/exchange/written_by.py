"""Which reading a line of a policy belongs to."""

from __future__ import annotations

from functools import lru_cache

from guiju.compiler.ir import Program, Reading
from guiju.dsl.source import Span


@lru_cache(maxsize=4096)
def written_by(program: Program, span: Span) -> Reading | None:
    """The reading of whose options a span is a part: what a row says then is no row of the standard's."""
    before = [
        (option.span.end, reading)
        for reading in program.readings
        for option in reading.options
        if option.span.source == span.source and option.span.end <= span.start
    ]
    if not before:
        return None
    end, reading = max(before, key=lambda pair: pair[0])
    _, *lines = span.source.text[end : span.end].splitlines()
    return reading if all(line[:1].isspace() or line.startswith("#") for line in lines if line) else None
