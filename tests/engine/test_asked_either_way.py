"""A fact that a formula gives, or what the formula lacks, is asked for: what costs less, whoever answers what."""

from __future__ import annotations

from hypothesis import given

from tests.engine.interviews import check_a_fact_or_what_its_formula_lacks_is_asked_whoever_answers
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn


@drawn(50)
@given(cases())
def test_a_fact_or_what_its_formula_lacks_is_asked_whoever_answers(case: Case) -> None:
    check_a_fact_or_what_its_formula_lacks_is_asked_whoever_answers(*case)
