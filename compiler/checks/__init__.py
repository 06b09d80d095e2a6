"""What a checked policy must not say: one finding a file, listed here in the order they are reported.

A check takes what the earlier passes know and yields diagnostics. To add one: a file, a line here, a case file
`tests/compiler/checks/<code>.md`; its page in the documentation is generated from its `Code`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guiju.compiler.checks.bare_number_for_ratio import BARE_NUMBER_FOR_RATIO, bare_number_for_ratio
from guiju.compiler.checks.bound_differs import BOUND_DIFFERS, bound_differs
from guiju.compiler.checks.circular import circular
from guiju.compiler.checks.clause_in_no_level import CLAUSE_IN_NO_LEVEL, MISSING_ROW, clause_in_no_level
from guiju.compiler.checks.clauses_contradict import CLAUSES_CONTRADICT, clauses_contradict
from guiju.compiler.checks.comparison_decided import COMPARISON_DECIDED, comparison_decided
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.division_by_zero import DIVISION_BY_ZERO, division_by_zero
from guiju.compiler.checks.edition_head import REPLACES_ITSELF, RETIRES_NO_NUMBER, edition_head
from guiju.compiler.checks.gate_never_opens import GATE_NEVER_OPENS, gate_never_opens
from guiju.compiler.checks.group_outside import GROUP_OUTSIDE, GROUP_OUTSIDE_ITS_OWN, group_outside
from guiju.compiler.checks.impossible_condition import IMPOSSIBLE_CONDITION, impossible_condition
from guiju.compiler.checks.label_differs import LABEL_DIFFERS, label_differs
from guiju.compiler.checks.label_is_modal import LABEL_IS_MODAL, label_is_modal
from guiju.compiler.checks.languages_differ import MODAL_VERBS_DIFFER, NUMBERS_DIFFER, languages_differ
from guiju.compiler.checks.level_not_cumulative import (
    LEVEL_NOT_CUMULATIVE,
    LEVELS_SWAPPED,
    READING_NOT_CUMULATIVE,
    level_not_cumulative,
)
from guiju.compiler.checks.level_without_row import LEVEL_WITHOUT_ROW, level_without_row
from guiju.compiler.checks.marks_out_of_sequence import MARKS_OUT_OF_SEQUENCE, marks_out_of_sequence
from guiju.compiler.checks.mistake_in_the_standard import MISTAKE_IN_THE_STANDARD, mistake_in_the_standard
from guiju.compiler.checks.old_numbers import RETIRED_STANDS, TOLD_TWICE, old_numbers
from guiju.compiler.checks.options_alike import OPTIONS_ALIKE, options_alike
from guiju.compiler.checks.single_option import SINGLE_OPTION, single_option
from guiju.compiler.checks.table_cases import TABLE_IN_DOUBT
from guiju.compiler.checks.table_gap import BACKWARD_INTERVAL, GAP_LEFT_TO_OTHERWISE, TABLE_GAP, table_gap
from guiju.compiler.checks.table_overlap import TABLE_OVERLAP, table_overlap
from guiju.compiler.checks.unclear_option import UNCLEAR_OPTION, unclear_option
from guiju.compiler.checks.unknown_cell import UNKNOWN_CELL, unknown_cell
from guiju.compiler.checks.unknown_citation import UNKNOWN_CITATION, unknown_citation
from guiju.compiler.checks.unlisted_combination import UNLISTED_COMBINATION, unlisted_combination
from guiju.compiler.checks.unreached_row import UNREACHED_ROW, unreached_row
from guiju.compiler.checks.unused_fact import UNUSED_FACT, unused_fact
from guiju.compiler.checks.unused_input import UNUSED_INPUT, unused_input
from guiju.compiler.checks.unused_let import UNUSED_LET, unused_let
from guiju.compiler.checks.weight_out_of_range import WEIGHT_OUT_OF_RANGE, weight_out_of_range
from guiju.compiler.checks.weights_all_empty import WEIGHTS_ALL_EMPTY, weights_all_empty
from guiju.compiler.checks.weights_do_not_sum import WEIGHTS_DO_NOT_SUM, weights_do_not_sum
from guiju.compiler.codes import ELABORATION_CODES
from guiju.compiler.example_codes import EXAMPLE_CODES
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic

CHECKS: tuple[Callable[[Checked], Iterator[Diagnostic]], ...] = (
    circular,
    clause_in_no_level,
    level_not_cumulative,
    weight_out_of_range,
    weights_all_empty,
    weights_do_not_sum,
    unlisted_combination,
    table_gap,
    level_without_row,
    table_overlap,
    unreached_row,
    gate_never_opens,
    comparison_decided,
    clauses_contradict,
    division_by_zero,
    bare_number_for_ratio,
    unused_fact,
    unused_input,
    unused_let,
    impossible_condition,
    unclear_option,
    single_option,
    options_alike,
    group_outside,
    marks_out_of_sequence,
    old_numbers,
    edition_head,
    label_differs,
    bound_differs,
    label_is_modal,
    languages_differ,
    unknown_cell,
    unknown_citation,
    mistake_in_the_standard,
)

#: those that rest on a program in which everything could be made; the others may speak of a policy with mistakes
ON_WHOLE_GROUND = (unused_fact, unused_input, unused_let)
#: those that rest on a table and on what readings make of it, wherever they report
ON_TABLE: dict[Callable[[Checked], Iterator[Diagnostic]], type[tree.Declaration]] = {
    clause_in_no_level: tree.MembershipDecl,
    level_not_cumulative: tree.MembershipDecl,
    unlisted_combination: tree.WeightsDecl,
    weights_all_empty: tree.WeightsDecl,
    weights_do_not_sum: tree.WeightsDecl,
}

#: every diagnostic of the compiler, those of elaboration first
CHECK_CODES: tuple[Code, ...] = (
    *ELABORATION_CODES,
    *EXAMPLE_CODES,
    CLAUSE_IN_NO_LEVEL,
    MISSING_ROW,
    LEVEL_NOT_CUMULATIVE,
    LEVELS_SWAPPED,
    READING_NOT_CUMULATIVE,
    WEIGHT_OUT_OF_RANGE,
    WEIGHTS_ALL_EMPTY,
    WEIGHTS_DO_NOT_SUM,
    UNLISTED_COMBINATION,
    TABLE_GAP,
    GAP_LEFT_TO_OTHERWISE,
    BACKWARD_INTERVAL,
    LEVEL_WITHOUT_ROW,
    TABLE_OVERLAP,
    TABLE_IN_DOUBT,
    UNREACHED_ROW,
    GATE_NEVER_OPENS,
    COMPARISON_DECIDED,
    CLAUSES_CONTRADICT,
    DIVISION_BY_ZERO,
    BARE_NUMBER_FOR_RATIO,
    UNUSED_FACT,
    UNUSED_INPUT,
    UNUSED_LET,
    IMPOSSIBLE_CONDITION,
    UNCLEAR_OPTION,
    SINGLE_OPTION,
    OPTIONS_ALIKE,
    GROUP_OUTSIDE_ITS_OWN,
    GROUP_OUTSIDE,
    MARKS_OUT_OF_SEQUENCE,
    RETIRED_STANDS,
    TOLD_TWICE,
    RETIRES_NO_NUMBER,
    REPLACES_ITSELF,
    LABEL_DIFFERS,
    BOUND_DIFFERS,
    LABEL_IS_MODAL,
    NUMBERS_DIFFER,
    MODAL_VERBS_DIFFER,
    UNKNOWN_CELL,
    UNKNOWN_CITATION,
    MISTAKE_IN_THE_STANDARD,
)
