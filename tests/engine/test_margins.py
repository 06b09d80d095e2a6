"""The law of margins where numbers go into scores beside clauses, which drawn policies never have them do."""

from __future__ import annotations

from itertools import product

import pytest

from guiju.engine.reasoning.margins import margins
from tests.engine.simulations import check_a_margin_ends_where_a_comparison_turns
from tests.engine.test_once_reviewed import assess

CONDITIONS = ("x >= 3", "x / 3 > 7/2", "2 * x - y < 7/2", "y / (x + 1) >= 2", "x + y = 5")
TOTALS = (
    "10 * count of clauses satisfied + x",
    "count of clauses satisfied * x",
    "x * x - count of clauses unsatisfied",
    "y - x / 2 + count of clauses satisfied",
)
GRADE = "grade level by total\n  L1 | total >= 5\n  L2 | total > 12\n  otherwise | none\n"


def policy(kind: str, condition: str, total: str, *, is_graded: bool) -> str:
    levels, grade = ("levels\n  L1\n  L2\n", GRADE) if is_graded else ("", "")
    facts = f"fact x : {kind}\nfact y : count\n"
    clauses = f'section 1\n  a) "A" {condition}\n  b) "B" x >= 4\n  c) "C" attested\n'
    return f"groups section\n{levels}{facts}{clauses}score total = {total}\n{grade}"


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize(("kind", "is_graded"), [*product(("number", "count"), (False, True))])
def test_what_lies_right_past_a_threshold_is_foretold(kind: str, total: str, is_graded: bool) -> None:
    for condition, x in product(CONDITIONS, (3, 6)):
        on = assess(policy(kind, condition, total, is_graded=is_graded), f"facts: {{x: {x}, y: 7}}\n")
        assert margins(on, {}).found, "4 is a threshold"
        check_a_margin_ends_where_a_comparison_turns(on.program, on.bound.evidence)


def test_a_whole_number_has_a_whole_threshold_and_its_neighbour_beyond() -> None:
    on = assess(policy("count", "x / 3 > 7/2", TOTALS[0], is_graded=False), "facts: {x: 12, y: 7}\n")
    found = {", ".join(m.clauses): (m.sign, int(m.threshold), int(m.beyond), m.is_limit) for m in margins(on, {}).found}
    assert found == {"1.a": (">=", 11, 10, False), "1.b": (">=", 4, 3, False)}
