"""The policy against the standard: `table.yaml` was typed from the printed text, not from the policy."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.compiler.ir import Choice, Clause, Expression, FactRef, InputRef, Literal, Operation, Undefined
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import unit_named
from tests.policies.gbt_45288_3_2025.policy import program

LEVELS = ("L1", "L2", "L3")
MARKS = "abcdefghijklmnopqrstuvwxyz"


@cache
def table() -> Any:
    """What was typed from the standard. Quoted, so that no number goes through a float."""
    return yaml.safe_load((Path(__file__).parent / "table.yaml").read_text(encoding="utf-8"))


def leaves(section: str) -> tuple[str, ...]:
    """The ids of a section's leaves as the table has them."""
    return tuple(f"{section}.{mark}" for mark in table()["sections"][section]["leaves"])


def at_level(section: str, level: str) -> tuple[str, ...]:
    """The ids that Table 3 lists for a section at a level."""
    return tuple(f"{section}.{mark}" for mark in table()["sections"][section][level])


SECTIONS: tuple[str, ...] = tuple(table()["sections"])
SUBDOMAINS: tuple[str, ...] = tuple(table()["subdomains"])
THRESHOLDS: tuple[dict[str, Any], ...] = tuple(table()["thresholds"])
SHARED: dict[str, list[str]] = table()["shared"]

# --- the table by itself --------------------------------------------------------------------------------------------


def test_the_table_adds_up_by_itself():
    counted = {s: len(row["leaves"]) for s, row in table()["sections"].items()}
    assert counted == {s: row["count"] for s, row in table()["sections"].items()}
    totals = table()["totals"]
    assert (len(SECTIONS), sum(counted.values())) == (totals["sections"], totals["leaves"]) == (28, 193)
    for level in LEVELS:
        assert sum(len(at_level(s, level)) for s in SECTIONS) == totals[level]


@pytest.mark.parametrize("section", SECTIONS)
def test_marks_of_the_table_run_without_a_gap(section: str):
    letters = list(dict.fromkeys(mark.partition(".")[0] for mark in table()["sections"][section]["leaves"]))
    assert letters == list(MARKS[: len(letters)])
    for letter in letters:
        inner = [m.partition(".")[2] for m in table()["sections"][section]["leaves"] if m.startswith(f"{letter}.")]
        assert inner == [str(n) for n in range(1, len(inner) + 1)]


# --- chapter 6 and Table 3 ------------------------------------------------------------------------------------------


def test_every_leaf_of_chapter_6_stands_in_the_policy_in_order():
    assert tuple(c.id for c in program().clauses) == tuple(leaf for s in SECTIONS for leaf in leaves(s))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_its_title_and_its_leaves(section: str):
    assert program().group[section].label.zh == table()["sections"][section]["title"]
    assert tuple(c.id for c in program().clauses if c.group == section) == leaves(section)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_cell_of_table_3_has_its_leaves(section: str, level: str):
    held = tuple(c.id for c in program().clauses if c.group == section and level in c.levels)
    assert held == at_level(section, level)


@pytest.mark.parametrize("subdomain", SUBDOMAINS)
def test_a_subdomain_has_its_sections_and_totals(subdomain: str):
    expected = table()["subdomains"][subdomain]
    sections = tuple(g.id for g in program().groups_of("section") if g.parent == subdomain)
    clauses = tuple(c for c in program().clauses if c.group in sections)
    assert list(sections) == expected["sections"]
    assert len(clauses) == expected["leaves"]
    for level in ("L1", "L2"):
        assert sum(level in c.levels for c in clauses) == expected[level]


# --- numbers --------------------------------------------------------------------------------------------------------


def under_defaults(expression: Expression | None) -> Expression | None:
    """A condition as the default readings leave it; the first option is the default."""
    return under_defaults(expression.options[0][1]) if isinstance(expression, Choice) else expression


def operations(expression: Expression | None) -> Iterator[Operation]:
    """Every operation of a condition."""
    if isinstance(expression, Operation):
        yield expression
        for operand in expression.operands:
            yield from operations(operand)


def facts_of(clause: str) -> tuple[str, ...]:
    """The facts that a clause's condition names."""
    found = operations(under_defaults(program().clause[clause].condition))
    return tuple(o.fact for operation in found for o in operation.operands if isinstance(o, FactRef))


def comparisons_with(clause: Clause, kind: type) -> tuple[tuple[str, Any], ...]:
    """The comparisons of a fact with a literal of some type: operator and value."""
    return tuple(
        (operation.operator, literal.value)
        for operation in operations(under_defaults(clause.condition))
        if operation.operator in COMPARISONS
        for fact, literal in (operation.operands,)
        if isinstance(fact, FactRef) and isinstance(literal, Literal) and type(literal.value) is kind
    )


@pytest.mark.parametrize("row", THRESHOLDS, ids=lambda row: row["clause"])
def test_a_threshold_is_the_printed_one(row: dict[str, Any]):
    unit = unit_named(row["unit"])
    assert unit is not None
    clause = program().clause[row["clause"]]
    assert comparisons_with(clause, Fraction) == ((row["is"], Fraction(row["number"]) * unit.factor),)
    assert comparisons_with(clause, bool) == (("=", True),) * row.get("also", 0)
    assert len(facts_of(clause.id)) == 1 + row.get("also", 0)
    for fact in (program().fact[name] for name in facts_of(clause.id)):
        assert fact.vocabulary or clause.printed in fact.cites.split(", "), "the fact belongs to another clause"


def test_no_other_clause_has_a_condition():
    expected = {row["clause"] for row in THRESHOLDS} | {table()["classes"]["clause"], *SHARED}
    conditions = {c.id: under_defaults(c.condition) for c in program().clauses}
    decided = {id_ for id_, condition in conditions.items() if condition is not None and not attested(condition)}
    assert decided == expected


@pytest.mark.parametrize("clause", SHARED)
def test_a_clause_stands_on_the_facts_that_other_standards_ask_for_too(clause: str):
    """First the shared facts, then what the clause asks for beside them, which belongs to it alone."""
    found = [program().fact[name] for name in dict.fromkeys(facts_of(clause))]
    assert {f.id for f in found} == set(SHARED[clause])
    shared = {f.id for f in found if f.vocabulary}
    assert shared or clause == "6.1.2.2.c.4"  # it stands on what c) 1) asks for beside the shared fact
    assert all(program().clause[clause].printed in f.cites.split(", ") for f in found if not f.vocabulary)


def test_shared_facts_compare_with_no_number_but_the_printed_one():
    for clause in SHARED:
        assert comparisons_with(program().clause[clause], Fraction) == ()


def attested(condition: Expression) -> bool:
    """Whether only a person decides, although some reading has a condition."""
    return isinstance(condition, Literal) and isinstance(condition.value, Undefined)


def test_the_classes_of_bandwidth_are_the_printed_ones():
    classes = table()["classes"]
    condition = under_defaults(program().clause[classes["clause"]].condition)
    assert isinstance(condition, Operation)
    assert condition.operator == "or"
    elements = (o.operands[0] for o in operations(condition) if o.operator == "in")
    assert [e.value for e in elements if isinstance(e, Literal)] == classes["any_of"]


def test_every_fact_with_a_threshold_says_how_to_state_it():
    for fact in program().facts:
        assert fact.guidance, fact.id
        assert fact.evidence, fact.id
        assert fact.cites or fact.vocabulary, fact.id


def test_two_clauses_share_the_number_of_models():
    assert facts_of("6.3.3.2.c") == facts_of("6.3.3.2.f") == ("offered_models",)


@pytest.mark.parametrize("scale", ["10b", "100b", "1t"])
def test_linearity_is_the_ratio_of_the_note(scale: str):
    formula = program().fact[f"linearity_{scale}"].formula
    assert isinstance(formula, Operation)
    assert formula.operator == "/"
    names = [f.fact for f in formula.operands if isinstance(f, FactRef)]
    assert names == [f"cluster_throughput_{scale}", f"device_throughput_sum_{scale}"]


# --- Tables 4 and 5 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", ["platform", "development", "operations"])
def test_a_column_of_table_4_is_the_printed_one(domain: str):
    rows = dict(weights(domain))
    for service, cells in table()["weights"].items():
        expected = Fraction(cells[domain]) if domain in cells else None
        assert rows[service] == expected, service


def weights(domain: str) -> Iterator[tuple[str, Fraction | None]]:
    """Service and weight, row by row, under the default readings; None where there is no weight."""
    table_of_weights: Any = program().definition[f"weight:{domain}"].expression
    for row in table_of_weights.rows:
        of, service = row.condition.operands
        assert isinstance(of, InputRef)
        yield service.value, constant(under_defaults(row.value))


def constant(expression: Expression | None) -> Fraction | None:
    """The value of a cell such as `100% / 3`."""
    if isinstance(expression, Operation):
        left, right = (constant(o) for o in expression.operands)
        assert expression.operator == "/"
        assert left is not None
        assert right is not None
        return left / right
    assert isinstance(expression, Literal)
    return expression.value if isinstance(expression.value, Fraction) else None


@pytest.mark.parametrize("level", LEVELS)
def test_a_row_of_table_5_is_the_printed_one(level: str):
    expected = table()["grades"][level]
    grade: Any = program().definition["level"].expression
    condition = next(under_defaults(row.condition) for row in grade.rows if row.value.value == level)
    low, high = (o for o in operations(condition) if o.operator in COMPARISONS)
    assert (low.operator, constant(low.operands[0])) == ("<=" if expected["low_belongs"] else "<", expected["low"])
    assert (high.operator, constant(high.operands[1])) == ("<=", expected["high"])
