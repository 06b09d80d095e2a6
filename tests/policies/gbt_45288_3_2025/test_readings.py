"""What each reading changes, typed from the text that it reads: clause by clause, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from guiju.compiler.ir import Choice, Expression, FactRef, Literal, Operation
from guiju.compiler.operators import COMPARISONS
from tests.policies.gbt_45288_3_2025.policy import program

READINGS = {
    "table-3-6.1.2.4": ("through-f", "through-e"),
    "minimum-score": ("from-one", "above-one"),
    "below-one": ("no-level", "undefined-level"),
    "unlisted-combinations": ("undefined-combination", "equal-halves"),
    "conditional-items": ("all-count", "only-where-it-applies"),
    "named-uses": ("all-count", "only-offered-uses"),
    "gate-scope": ("all-domains", "own-domain", "own-domain-carried"),
    "k-of-128K": ("decimal", "binary"),
    "inclusive-or-more": ("included", "excluded"),
    "requirement-item": ("innermost", "lettered"),
    "training-compute": ("by-class", "all-devices", "each-scale"),
    "scales-together": ("one-class", "each-scale"),
    "network-speed": ("listed", "faster-too"),
    "daily-traffic": ("requests", "tokens-counted"),
}

# reading, option, clause, and every fact it compares with a number: operator and number
COMPARED = [
    ("inclusive-or-more", "excluded", "6.1.2.4.d", {"quantization_schemes": (">", 2)}),
    ("inclusive-or-more", "excluded", "6.1.2.4.e", {"distillation_schemes": (">", 2)}),
    ("inclusive-or-more", "excluded", "6.1.3.1.c", {"learning_frameworks": (">", 2)}),
    ("inclusive-or-more", "excluded", "6.1.3.1.d", {"acceleration_libraries": (">", 2)}),
    ("inclusive-or-more", "excluded", "6.1.3.1.e", {"algorithm_libraries": (">", 2)}),
    ("inclusive-or-more", "excluded", "6.2.1.2.a", {"augmentation_methods": (">", 3)}),
    ("k-of-128K", "binary", "6.1.1.1.g", {"training_sequence": (">=", 131072)}),
    ("k-of-128K", "binary", "6.1.1.1.h", {"inference_sequence": (">=", 131072)}),
    (
        "training-compute",
        "all-devices",
        "6.1.1.1.e",
        {"training_compute": (">=", 50 * 10**15), "training_compute_10b": (">=", 50 * 10**15)},
    ),
    (
        "training-compute",
        "all-devices",
        "6.1.1.1.j",
        {"training_compute": (">=", 10**18), "training_compute_100b": (">=", 10**18)},
    ),
    (
        "training-compute",
        "each-scale",
        "6.1.1.1.j",
        {"training_compute_100b": (">=", 10**18), "training_compute_1t": (">=", 10**18)},
    ),
    (
        "scales-together",
        "each-scale",
        "6.1.1.1.k",
        {"linearity_100b": (">=", Fraction(7, 10)), "linearity_1t": (">=", Fraction(7, 10))},
    ),
    (
        "scales-together",
        "each-scale",
        "6.1.1.3.h",
        {"managed_files": (">=", 10**11), "managed_files_1t": (">=", 10**11)},
    ),
    (
        "scales-together",
        "each-scale",
        "6.1.1.3.i",
        {"storage_bandwidth_100b": (">=", 10**13), "storage_bandwidth_1t": (">=", 10**13)},
    ),
    (
        "scales-together",
        "each-scale",
        "6.1.3.2.f",
        {"uninterrupted_100b": (">", 86400), "uninterrupted_1t": (">", 86400)},
    ),
    ("daily-traffic", "tokens-counted", "6.3.1.2.d", {"balanced_daily_tokens": (">=", 10**8)}),
    ("conditional-items", "only-where-it-applies", "6.1.1.3.d", {"storage_bandwidth_10b": (">=", 10**12)}),
]

# which clauses may then not apply
CONDITIONAL = {
    "conditional-items": """
        6.1.1.1.e 6.1.1.1.f 6.1.1.1.j 6.1.1.1.k 6.1.1.3.g 6.1.1.3.h 6.1.1.3.i 6.1.3.2.e 6.1.3.2.f 6.2.2.3.g
    """,
    "named-uses": "6.2.2.6.f 6.2.2.6.g 6.2.2.6.h 6.3.1.2.g 6.3.1.2.h",
}


def choice(expression: Expression | None) -> Choice:
    """An expression that a reading patches."""
    assert isinstance(expression, Choice)
    return expression


def compared(expression: Expression) -> Iterator[tuple[str, tuple[str, Fraction]]]:
    """Every fact that is compared with a number."""
    if not isinstance(expression, Operation):
        return
    if expression.operator in COMPARISONS:
        fact, literal = expression.operands
        assert isinstance(fact, FactRef)
        assert isinstance(literal, Literal)
        if isinstance(literal.value, Fraction):
            yield fact.fact, (expression.operator, literal.value)
        return
    for operand in expression.operands:
        yield from compared(operand)


def test_the_readings_and_their_options_default_first():
    assert {r.id: tuple(o.id for o in r.options) for r in program().readings} == READINGS


def test_every_reading_says_why_and_where():
    for reading in program().readings:
        assert reading.why, reading.id
        assert reading.cites, reading.id


@pytest.mark.parametrize(
    ("reading", "option", "clause", "expected"), COMPARED, ids=lambda x: x if isinstance(x, str) else ""
)
def test_an_option_compares_what_it_says(
    reading: str, option: str, clause: str, expected: dict[str, tuple[str, Fraction]]
):
    condition = choice(program().clause[clause].condition)
    assert condition.reading == reading
    assert dict(compared(dict(condition.options)[option])) == expected


def test_no_other_condition_depends_on_a_reading():
    patched = {c.id for c in program().clauses if isinstance(c.condition, Choice)}
    assert patched == {clause for _, _, clause, _ in COMPARED} | {"6.1.1.2.a"}


@pytest.mark.parametrize("reading", CONDITIONAL)
def test_a_reading_lets_these_clauses_not_apply(reading: str):
    held = [c.id for c in program().clauses if isinstance(c.applies, Choice) and c.applies.reading == reading]
    assert held == CONDITIONAL[reading].split()


def test_under_the_defaults_every_clause_applies():
    for clause in program().clauses:
        if clause.applies is not None:
            default = choice(clause.applies).options[0][1]
            assert isinstance(default, Literal)
            assert default.value is True
