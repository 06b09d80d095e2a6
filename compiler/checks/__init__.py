"""What a checked policy must not say: one finding a file, listed here in the order they are reported.

A check takes what the earlier passes know and yields diagnostics. To add one: a file, a line here, a case file
`tests/compiler/checks/<code>.md`; its page in the documentation is generated from its `Code`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guiju.compiler.checks.circular import circular
from guiju.compiler.checks.clause_in_no_level import CLAUSE_IN_NO_LEVEL, clause_in_no_level
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.level_not_cumulative import LEVEL_NOT_CUMULATIVE, level_not_cumulative
from guiju.compiler.checks.mistake_in_the_standard import MISTAKE_IN_THE_STANDARD, mistake_in_the_standard
from guiju.compiler.checks.table_gap import TABLE_GAP, table_gap
from guiju.compiler.checks.table_overlap import TABLE_OVERLAP, table_overlap
from guiju.compiler.checks.unlisted_combination import UNLISTED_COMBINATION, unlisted_combination
from guiju.compiler.checks.unused_fact import UNUSED_FACT, unused_fact
from guiju.compiler.checks.weights_do_not_sum import WEIGHTS_DO_NOT_SUM, weights_do_not_sum
from guiju.compiler.codes import ELABORATION_CODES
from guiju.dsl.diagnostic import Code, Diagnostic

CHECKS: tuple[Callable[[Checked], Iterator[Diagnostic]], ...] = (
    circular,
    clause_in_no_level,
    level_not_cumulative,
    weights_do_not_sum,
    unlisted_combination,
    table_gap,
    table_overlap,
    unused_fact,
    mistake_in_the_standard,
)

#: every diagnostic of the compiler, those of elaboration first
CHECK_CODES: tuple[Code, ...] = (
    *ELABORATION_CODES,
    CLAUSE_IN_NO_LEVEL,
    LEVEL_NOT_CUMULATIVE,
    WEIGHTS_DO_NOT_SUM,
    UNLISTED_COMBINATION,
    TABLE_GAP,
    TABLE_OVERLAP,
    UNUSED_FACT,
    MISTAKE_IN_THE_STANDARD,
)
