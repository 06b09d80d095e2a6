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

DRAFT_RULE_CODES: tuple[Code, ...] = tuple(rule.code for rule in RULES)
