"""Reviewing a standard's own text: what its faithful encoding shows to be wrong or doubtful.

A check looks for mistakes of the policy; a rule here looks for those of the standard, which the policy is to print as
they are. To add one: a function that yields diagnostics, a line below with what weighs its findings, a case in
`tests/compiler/review/cases`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.mistake_in_the_standard import MISTAKE_IN_THE_STANDARD, mistake_in_the_standard
from guiju.compiler.review import contents, dates, introduced, requirements, sources, tables, wordings
from guiju.compiler.review.records import in_words
from guiju.compiler.review.weights import always, as_recorded, never, on_the_level
from guiju.dsl.diagnostic import Code, Diagnostic


@dataclass(frozen=True)
class Rule:
    """One thing to look for, and how to tell whether what it finds can change a result."""

    code: Code
    find: Callable[[Checked], Iterator[Diagnostic]]
    can_change_a_result: Callable[[Checked, Diagnostic], bool]


@dataclass(frozen=True)
class Finding:
    """What is wrong or doubtful in the standard's text, weighed."""

    diagnostic: Diagnostic
    can_change_a_result: bool


RULES: tuple[Rule, ...] = (
    Rule(MISTAKE_IN_THE_STANDARD, mistake_in_the_standard, always),
    Rule(tables.UNDEFINED_COMBINATION, tables.undefined_combination, always),
    Rule(tables.BELOW_THE_LOWEST, tables.below_the_lowest, always),
    Rule(requirements.LEVEL_ADDS_NOTHING, requirements.level_adds_nothing, on_the_level),
    Rule(requirements.COMPOUND_REQUIREMENT, requirements.compound_requirement, always),
    Rule(requirements.REPEATED_REQUIREMENT, requirements.repeated_requirement, always),
    Rule(requirements.WEAKER_BELOW, requirements.weaker_below, always),
    Rule(requirements.MODALITY_UNSTATED, requirements.modality_unstated, always),
    Rule(contents.ITEM_WITHOUT_CHAPTER, contents.item_without_chapter, always),
    Rule(requirements.LIST_OF_ONE, requirements.list_of_one, never),
    Rule(contents.CHAPTER_WITHOUT_ITEM, contents.chapter_without_item, never),
    Rule(contents.TITLE_DIFFERS, contents.title_differs, never),
    Rule(contents.ORDER_DIFFERS, contents.order_differs, never),
    Rule(contents.SAME_TITLE, contents.same_title, never),
    Rule(wordings.NAME_VARIES, wordings.name_varies, as_recorded),
    Rule(wordings.COUNT_VARIES, wordings.count_varies, as_recorded),
    Rule(introduced.INTRODUCED_NOT_USED, introduced.introduced_not_used, as_recorded),
    Rule(introduced.USED_NOT_INTRODUCED, introduced.used_not_introduced, as_recorded),
    Rule(introduced.ANOTHER_SENSE, introduced.another_sense, as_recorded),
    Rule(sources.SOURCE_NOT_LISTED, sources.source_not_listed, as_recorded),
    Rule(sources.SOURCE_WITHOUT_CLAUSE, sources.source_without_clause, as_recorded),
    Rule(sources.SAME_SOURCE, sources.same_source, as_recorded),
    Rule(sources.DASHES_VARY, sources.dashes_vary, as_recorded),
    Rule(sources.UNDATED, sources.undated, as_recorded),
    Rule(sources.ONLY_IN_NOTES, sources.only_in_notes, as_recorded),
    Rule(dates.NO_TRANSITION, dates.no_transition, never),
)
_PLACES = ("cites", "places", "used", "source")
REVIEW_CODES: tuple[Code, ...] = tuple(rule.code for rule in RULES if rule.code is not MISTAKE_IN_THE_STANDARD)


def review(checked: Checked) -> tuple[Finding, ...]:
    """Everything that the rules find, rule by rule, each in the order of the text."""
    return tuple(
        Finding(_with_places_in_words(diagnostic), rule.can_change_a_result(checked, diagnostic))
        for rule in RULES
        for diagnostic in rule.find(checked)
    )


def _with_places_in_words(diagnostic: Diagnostic) -> Diagnostic:
    arguments = ((k, in_words(v) if k in _PLACES and isinstance(v, str) else v) for k, v in diagnostic.arguments)
    return replace(diagnostic, arguments=tuple(arguments))
