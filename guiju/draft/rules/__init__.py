"""All rules, in the order in which their codes are listed. To add one: a function, a row here, a case in Markdown."""

from __future__ import annotations

from guiju.draft.rule import Rule
from guiju.draft.rules import (
    abbreviations,
    ambiguous_bound,
    cited,
    contents,
    dates,
    doubles,
    first_character,
    forbidden_modal,
    lists,
    modal_alone,
    modal_missing,
    not_mentioned,
    number_without_operator,
    numbering,
    punctuation,
    references,
    requirement_out_of_place,
    several_requirements,
    tables,
    term_varied,
    terms,
    titles,
    widths,
    wording,
)
from guiju.dsl.diagnostic import Code

RULES: tuple[Rule, ...] = (
    forbidden_modal.RULE,
    requirement_out_of_place.RULE,
    modal_missing.RULE,
    modal_alone.RULE,
    several_requirements.RULE,
    ambiguous_bound.RULE,
    *number_without_operator.RULES,
    *abbreviations.RULES,
    *terms.RULES,
    term_varied.RULE,
    references.RULE,
    not_mentioned.RULE,
    *cited.RULES,
    *numbering.RULES,
    *lists.RULES,
    *doubles.RULES,
    first_character.RULE,
    *punctuation.RULES,
    *widths.RULES,
    *contents.RULES,
    *tables.RULES,
    *titles.RULES,
    *wording.RULES,
    dates.RULE,
)

#: The rules that speak without being asked: where one of them does, a clause can be read two ways or the draft contradicts
#: itself, and in the texts that were measured each was right every time (docs/draft-text.md). Form, house style, parts
#: that an excerpt lacks and matters of judgement are left to those who ask.
BY_DEFAULT = frozenset(
    (
        "forbidden-modal",
        "modal-missing",
        "several-requirements",
        "ambiguous-bound",
        "number-without-operator",
        "number-without-unit",
        "term-twice",
        "dangling-reference",
        "edition-differs",
        "numbering-gap",
        "number-twice",
        "doubled-word",
        "repeated-item",
        "first-character-missing",
        "item-without-heading",
        "title-in-table-differs",
    )
)

DRAFT_RULE_CODES: tuple[Code, ...] = tuple(rule.code for rule in RULES)
