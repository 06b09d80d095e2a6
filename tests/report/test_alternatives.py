"""Sets of things to change at the same cost: each of them, carried out as it is printed, reaches the level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import pytest

import guiju
from guiju.compiler.ir import Value, Verdict
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.reasoning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.remedy import remedy_for
from guiju.library import compile_source
from guiju.report.plan import plan_lines

MILLS = """standard mills "Mills"
groups section
levels
  L1 "Open"
fact income : 万元 "Income"
fact cost : 万元 "Cost"
fact heads : count "Heads"
fact small : yes-no
section s "s"
CLAUSES
score failing = count of clauses unsatisfied
grade level by failing
  L1 | failing = 0
  otherwise | none
"""
LESS_SPENT = '  a) "Cost" cost <= 800 万元'
PER_HEAD = '  b) "Income per head" income / heads >= 50 万元'
AUDITED = '  c) "Audit" attested applies when income >= 500 万元'
MARGIN = '  d) "Margin" (income - cost) / income >= 20%'
LARGE_OR_SMALL = '  e) "Size" income >= 1100 万元 or small = yes'

TODAY: dict[str, object] = {"income": "900 万元", "cost": "850 万元"}
EARN_OR_SHRINK = ((LESS_SPENT, PER_HEAD, AUDITED, MARGIN), TODAY | {"heads": 22})
EARN_OR_BE_SMALL = ((LESS_SPENT, MARGIN, LARGE_OR_SMALL), TODAY | {"small": False})

_NUMBER = r"(?P<number>[0-9 ./]*[0-9])(?: 万元)?"
_BECOMES = re.compile(
    rf"(?P<fact>income|cost|heads) \([^)]*\) [^→]*→ [≤≥]? ?{_NUMBER}|small no → (?P<yes>yes)|s (?P<clause>c)\)"
)


def mills(clauses: tuple[str, ...], facts: Mapping[str, object]) -> Aim:
    """The way to the one level of a policy of some clauses."""
    program = compile_source(Source("mills.guiju", MILLS.replace("CLAUSES", "\n".join(clauses)))).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": {"s.c": "unsatisfied"}}
    if AUDITED not in clauses:
        del evidence["attestations"]
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


def read(line: str) -> dict[str, Value]:
    """The changes that a line names, at the values that it prints."""
    made: dict[str, Value] = {}
    for found in _BECOMES.finditer(line):
        if found["clause"]:
            made["clause:s.c"] = Verdict.SATISFIED
        elif found["yes"]:
            made["fact:small"] = True
        else:
            told = Fraction(found["number"].replace(" ", ""))
            made[f"fact:{found['fact']}"] = told if found["fact"] == "heads" else told * 10_000
    return made


@pytest.mark.parametrize("case", [EARN_OR_SHRINK, EARN_OR_BE_SMALL])
def test_each_of_them_reaches_the_level_at_the_values_that_are_printed(
    case: tuple[tuple[str, ...], dict[str, object]],
) -> None:
    aim = mills(*case)
    remedy = remedy_for(aim, Terms())
    lines = list(plan_lines(aim, "L1", remedy, Terms(), "en"))
    plan = {step.address: step.required for step in remedy.steps or ()}
    alternatives = [read(line) for line in lines if line.startswith(("  either ", "  or "))]
    assert len(alternatives) == len(remedy.alternatives) >= 2
    assert aim.reaches(plan)
    assert not any("≈" in line for line in lines if line.startswith(("  either ", "  or "))), lines
    for told, parts in zip(alternatives, remedy.alternatives, strict=True):
        named = {a for part in parts for a in part.addresses}
        made = {a: v for a, v in plan.items() if a in named} | told
        assert made.keys() == named, lines
        assert aim.reaches(made), lines


def told_in(language: Language, clauses: tuple[str, ...], facts: Mapping[str, object]) -> list[str]:
    """What is printed of the plan of a mill, in one language."""
    aim = mills(clauses, facts)
    return list(plan_lines(aim, "L1", remedy_for(aim, Terms()), Terms(), language))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "income (Income) 900 万元 → 487.5 万元 (any ≥ 487.5 万元 and < 500 万元 does)"),
        ("zh", "income (Income) 900 万元 → 487.5 万元 (≥ 487.5 万元 且 < 500 万元 的都可以)"),
    ],
)
def test_of_a_number_with_none_nearest_the_one_that_the_others_go_with_is_told_and_how_far_it_may_move(
    language: Language, told: str
) -> None:
    """No number is the last below 500, so one is named; the cost that goes with it is told beside it."""
    (line,) = (line for line in told_in(language, *EARN_OR_SHRINK) if "500 万元" in line)
    assert told in line
    assert "≤ 390 万元" in line


THIRDS = '  a) "Income per head" 3 * income / (1 万元) BOUND 2000'


@pytest.mark.parametrize(
    ("bound", "today", "told"),
    [
        (">=", "600 万元", "≥ 2000/3 万元 (≈666.67 万元)"),
        (">", "600 万元", "> 2000/3 万元 (≈666.67 万元)"),
        ("<=", "900 万元", "≤ 2000/3 万元 (≈666.66 万元)"),
        ("<", "900 万元", "< 2000/3 万元 (≈666.66 万元)"),
        ("=", "900 万元", "→ 2000/3 万元  (cost 1"),
    ],
)
def test_the_decimal_beside_a_bound_does_as_well(bound: str, today: str, told: str) -> None:
    lines = told_in("en", (THIRDS.replace("BOUND", bound),), {"income": today})
    assert any(told in line for line in lines), lines
