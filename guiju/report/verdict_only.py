"""The clauses on which somebody gives a verdict and names nothing that it follows from."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import takes_part
from guiju.report.layout import listed
from guiju.report.words import word

_MOST = 12  # named below an explanation; the page names them all


def verdict_only_lines(assessment: Assessment, language: Language) -> Iterator[str]:
    """How many there are among those that take part, and which; nothing where there are none."""
    found = [
        clause.printed
        for clause in assessment.program.items(assessment.readings)
        if assessment.clauses[clause.id].is_verdict_only and takes_part(assessment, clause.group)
    ]
    if found:
        more = [word("and-more-evaluate", language, number=len(found) - _MOST)] if len(found) > _MOST else []
        yield f"{word('verdicts-only', language)}: {len(found)}"
        yield from listed("  ", [*found[:_MOST], *more], language)
