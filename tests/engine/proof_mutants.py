"""Encodings of a policy that are wrong on purpose; the law of proofs must catch each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from guiju.compiler.ir import Verdict
from guiju.engine.proving import encode, grades, solver, swept
from guiju.engine.proving.properties import never_easier
from guiju.engine.proving.question import Found, Never
from tests.engine import proof_laws


def comparisons_that_may_be_equal_may_not(patch: pytest.MonkeyPatch) -> None:
    """`>=` is `>`, `<=` is `<`."""
    compared = solver.compared
    strict = {">=": ">", "<=": "<"}

    def strictly(symbol: str, left: solver.Numeric, right: solver.Numeric) -> Any:
        return compared(strict.get(symbol, symbol), left, right)

    patch.setattr(encode, "compared", strictly)


def what_nobody_decides_fails(patch: pytest.MonkeyPatch) -> None:
    """An attested clause has one verdict only."""
    patch.setattr(encode, "EITHER", (Verdict.UNSATISFIED,))


def hours_may_be_below_zero(patch: pytest.MonkeyPatch) -> None:
    """Every number may be negative."""
    number = solver.Choices.number
    patch.setattr(solver.Choices, "number", lambda self, whole, from_zero: number(self, whole=whole, from_zero=False))


def division_by_zero_has_a_value(patch: pytest.MonkeyPatch) -> None:
    """A quotient is never undefined."""
    applied = encode._applied

    def guarded(form: Any, values: tuple[Any, ...]) -> Iterable[tuple[Any, Any]]:
        if form.symbol == "/" and all(encode._is_number(v) for v in values):
            return [(solver.computed("/", *values), True)]
        return applied(form, values)

    patch.setattr(encode, "_applied", guarded)


def what_does_not_apply_is_counted(patch: pytest.MonkeyPatch) -> None:
    """A sum for a share counts every clause below the line."""
    patch.setattr(encode, "MOST_COUNTED", 1)
    counted, calls = solver.counted, [0]

    def every(guards: Iterable[Any]) -> solver.Number:
        calls[0] += 1
        listed = list(guards)
        return counted([True] * len(listed) if calls[0] % 2 == 0 else listed)

    patch.setattr(encode, "counted", every)


def aggregates_forget_what_came_first(patch: pytest.MonkeyPatch) -> None:
    """The least of several numbers is the last of them."""
    patch.setattr(encode, "MOST_NUMBERS", 0)
    patch.setattr(encode, "chosen", lambda cases: solver.chosen([*cases][-1:]))


def sweeps_leave_clauses_out(patch: pytest.MonkeyPatch) -> None:
    """A witness says nothing of clauses, so it is another subject."""

    def forgetful(found: Any, budget: int) -> Any:
        answer = answered(found, budget)
        if isinstance(answer, Found):
            return Found({a: v for a, v in answer.subject.items() if not a.startswith("clause:")})
        return answer

    answered = swept._answer
    patch.setattr(swept, "_answer", forgetful)


def enclosures_prove(patch: pytest.MonkeyPatch) -> None:
    """What a sweep cannot tell is never so."""
    answered = swept._answer

    def sure(found: Any, budget: int) -> Any:
        return answered(found, budget) if found.exact else Never()

    patch.setattr(swept, "_answer", sure)


def only_the_last_row_of_a_level_counts(patch: pytest.MonkeyPatch) -> None:
    """A level of several rows is taken for its last one."""
    rows_of = grades.rows_of
    patch.setattr(never_easier, "rows_of", lambda *given: tuple({r.result: r for r in rows_of(*given)}.values()))


PROOF_MUTANTS = tuple(
    (proof_laws.check_what_is_proved_is_so, mutate)
    for mutate in (
        comparisons_that_may_be_equal_may_not,
        what_nobody_decides_fails,
        hours_may_be_below_zero,
        division_by_zero_has_a_value,
        what_does_not_apply_is_counted,
        aggregates_forget_what_came_first,
        sweeps_leave_clauses_out,
        enclosures_prove,
        only_the_last_row_of_a_level_counts,
    )
)
