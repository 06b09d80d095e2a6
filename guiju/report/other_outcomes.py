"""The outcomes beside the one that is explained where nobody named one: what they come to, and how to ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evaluate import Assessment
from guiju.report.margins import possible_text

MOST_LISTED = 12  # outcomes that are told one by one

_OTHERS = Text("其余结果（以名称作“{by}”即可解释）：", "Other outcomes (to explain one, give its name as {by}):")
_MORE = Text("… +{number}（--format json 列出全部）", "… +{number} (--format json lists them)")


def outcomes_beside(assessment: Assessment, outcome: str) -> tuple[str, ...]:
    """All outcomes of a standard but one."""
    return tuple(o for o in assessment.program.outcomes if o != outcome)


def other_outcome_lines(assessment: Assessment, others: tuple[str, ...], by: Text, language: Language) -> Iterator[str]:
    """What some outcomes come to, each under the name that asks for it; nothing where there are none."""
    program = assessment.program
    if others:
        yield _OTHERS.in_language(language).format(by=by.in_language(language))
    for outcome in others[:MOST_LISTED]:
        definition = program.definition[outcome]
        label = definition.label.in_language(language)
        name = outcome if label == outcome else f"{outcome} {label}"
        yield f"  {name} = {possible_text(program, definition, assessment.possible(outcome), language)}"
    if len(others) > MOST_LISTED:
        yield f"  {_MORE.in_language(language).format(number=len(others) - MOST_LISTED)}"
