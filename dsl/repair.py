"""A line behind a mistake whose mending is certain: it is read on, so that its next mistake is told as well.

Certain is a mistake that names what was meant, and only where the text right behind it can be read then: a second
diagnostic that came of a wrong guess would be no mistake of the writer.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.lines import parse_line
from guiju.dsl.source import Source

#: mistakes whose suggestion takes the place of what was written
_NAMED = (codes.UNEXPECTED_TEXT, codes.NUMBER_FORM, codes.UNKNOWN_LINE)
#: mistakes that are such whatever stands before them
_BY_ITSELF = (codes.NUMBER_FORM, codes.TOO_MANY_DIGITS)


def mistakes_behind(first: Diagnostic, start: str, text: str, source: Source, offset: int) -> Iterator[Diagnostic]:
    """The mistakes of a line (or cell) behind its first one, each found with those before it mended."""
    found = first
    while (meant := mending(found)) is not None:
        begin, end = found.span.start - offset, found.span.end - offset
        text = text[:begin] + meant + text[end:]
        offset += end - begin - len(meant)  # where the text would begin, counted back from what stands behind
        problem = parse_line(start, text, source, offset)[1]
        if problem is None or not (problem.code in _BY_ITSELF or _is_further(found, problem)):
            return
        yield problem
        found = problem


def _is_further(found: Diagnostic, problem: Diagnostic) -> bool:
    """Whether something between the two could be read, so that the first was mended rightly."""
    between = found.span.source.text[found.span.end : problem.span.start]
    return bool(between.strip()) or (found.code is codes.NUMBER_FORM and found.span.end <= problem.span.start)


def mending(mistake: Diagnostic) -> str | None:
    """What would have to stand in the place of a mistake, if that is certain."""
    if mistake.code is codes.NEEDLESS_COLON:
        return " "
    if mistake.code is codes.UNQUOTED_LABEL:
        return f'"{mistake.span.text}"'
    return mistake.suggestion if mistake.code in _NAMED else None
