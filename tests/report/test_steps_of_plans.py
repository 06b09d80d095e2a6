"""Steps of a plan as they are printed: a number that is chosen among many is no bound, and no gain reads as a loss."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.library import compile_source
from guiju.report.plan import plan_lines, plan_model

POOLS = """standard pools "Pools"
groups section
levels
  L1 "Open"
fact deep : m "Deep"
fact wide : m "Wide"
fact guarded : yes-no "Guarded"
section s "s"
  a) "Guard" guarded or deep != 5 m
score met "Met"
ROWS
  0 otherwise
grade level by met
  L1 | met >= 1
  otherwise | none
"""
WIDER = "  2 when s a) satisfied and deep > wide\n  1 when s a) satisfied and deep <= wide"
DEEPER = "  2 when s a) satisfied and 2 m < deep <= 5 m\n  1 when s a) satisfied"
BELOW = "  1 when deep > wide and wide > 5 m"


def pool(rows: str, facts: Mapping[str, object]) -> Aim:
    """The way to the one level."""
    program = compile_source(Source("pools.guiju", POOLS.replace("ROWS", rows))).program
    assert program is not None
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts})
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


def printed(aim: Aim, terms: Terms, language: Language) -> list[str]:
    return [line.strip() for line in plan_lines(aim, "L1", remedy_for(aim, terms), terms, language)]


@pytest.mark.parametrize(("language", "said"), [("en", "→ for example "), ("zh", "→ 例如 ")])
def test_of_numbers_that_meet_and_nobody_states_one_that_does_is_an_example(language: Language, said: str) -> None:
    """It was printed as if it were required, though any number does once the guard or the depth is known."""
    for rows in (WIDER, BELOW):
        aim = pool(rows, {})
        steps = plan_model(aim, "L1", remedy_for(aim, Terms()), Terms()).steps
        lines = printed(aim, Terms(), language)
        examples = [line for line in lines if said in line and line[0].isdigit()]
        assert len(examples) == sum(step.example for step in steps) > 0, (rows, lines)


def test_a_bound_is_told_as_a_bound_and_as_no_example() -> None:
    aim = pool(BELOW, {"wide": "3 m", "deep": "9 m"})
    (step,) = plan_model(aim, "L1", remedy_for(aim, Terms()), Terms()).steps
    assert (step.bound, step.required, step.example) == (">", "5", False)
    assert not any("for example" in line for line in printed(aim, Terms(), "en"))


HALLS = """standard halls "Halls"
groups section
levels
  L1 "Open"
fact power : kW "Power"
fact spare : kW "Spare"
section s "s"
  a) "Strong" power STRONG 50 kW
  b) "Enough" power + spare LIMIT 80 kW
score met "Met"
  1 when all clauses satisfied
  0 otherwise
grade level by met
  L1 | met >= 1
  otherwise | none
"""


def hall(strong: str, limit: str) -> Aim:
    """The way to the one level where power has to grow and what is spare to give way."""
    text = HALLS.replace("STRONG", strong).replace("LIMIT", limit)
    program = compile_source(Source("halls.guiju", text)).program
    assert program is not None
    facts = {"power": "40 kW", "spare": "30.5 kW"}
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts})
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


@pytest.mark.parametrize(
    ("strong", "limit", "power", "spare"),
    [
        (">", "<=", "for example 51 kW", "≤ 29 kW"),
        (">", "<", "for example 51 kW", "for example 28 kW"),
        (">=", "<=", "50 kW", "≤ 30 kW"),
        (">=", "<", "50 kW", "for example 29 kW"),
    ],
)
def test_numbers_of_one_condition_stand_close_to_their_own_thresholds_with_the_condition_beside(
    strong: str, limit: str, power: str, spare: str
) -> None:
    """Beyond a threshold that does not do itself 65 was printed, the middle of all that does, as if it were required."""
    aim, terms = hall(strong, limit), Terms()
    remedy = remedy_for(aim, terms)
    lines = printed(aim, terms, "en")
    assert any(line.startswith(f"1  Power (power): 40 kW → {power}  (") for line in lines), lines
    assert any(line.startswith(f"2  Spare (spare): 30.5 kW → {spare}  (") for line in lines), lines
    condition = f"power + spare {limit} 80 kW"
    assert f"The numbers depend on each other; what they have to meet together: s b): {condition}" in lines
    assert f"这些数相互牵连，合起来须满足: s b): {condition.replace('kW', '千瓦')}" in printed(aim, terms, "zh")
    certificate = certificate_of(aim, terms, remedy)
    assert certificate is not None
    assert refuted(aim, terms, certificate) is None


def test_a_number_that_changes_alone_shares_no_condition() -> None:
    (step,) = remedy_for(pool(BELOW, {"wide": "6 m", "deep": "3 m"}), Terms()).steps or ()
    assert step.address == "fact:deep"
    assert not any(
        "depend on each other" in line for line in printed(pool(BELOW, {"wide": "6 m", "deep": "3 m"}), Terms(), "en")
    )


SHORT = """standard pair "Pair"
groups section
levels
  L1 "Open"
fact a : number
fact b : number
section s "s"
  a) "Enough" not (a + b < 10)
  b) "a" a <= 6
  c) "b" b <= 7
score met = share of clauses satisfied
grade level by met
  L1 | met >= 100 %
  otherwise | none
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The numbers depend on each other; what they have to meet together: s a): a + b < 10 does not hold"),
        ("zh", "这些数相互牵连，合起来须满足: s a): a + b < 10 不成立"),
    ],
)
def test_a_condition_that_must_not_hold_is_told_as_that(language: Language, told: str) -> None:
    program = compile_source(Source("pair.guiju", SHORT)).program
    assert program is not None
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": {"a": 1, "b": 1}})
    lines = printed(Aim(assessed, "level", wanted_from(assessed, "level", "L1")), Terms(), language)
    assert told in lines


def test_a_condition_of_a_score_stands_behind_its_name() -> None:
    lines = printed(pool(BELOW, {}), Terms(), "en")
    assert "The numbers depend on each other; what they have to meet together: met Met: deep > wide" in lines, lines


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "level no level → L1 Open; Met 0 → 1 or 2"),
        ("zh", "level 无等级 → L1 Open; Met 0 → 1 或 2"),
    ],
)
def test_a_score_that_what_nobody_states_decides_is_told_with_all_that_it_then_is(
    language: Language, told: str
) -> None:
    """`0 → unknown` reads as a loss."""
    aim, terms = pool(DEEPER, {}), Terms(pinned=frozenset({"fact:deep"}))
    assert told in printed(aim, terms, language)
    (step,) = plan_model(aim, "L1", remedy_for(aim, terms), terms).steps
    assert [(g.address, g.after, g.either) for g in step.gains] == [("level", "L1", []), ("met", "unknown", ["1", "2"])]


@pytest.mark.parametrize(("language", "told"), [("en", "Met 0 → no longer settled"), ("zh", "Met 0 → 不再确定")])
def test_where_that_is_not_known_the_score_is_no_longer_settled(language: Language, told: str) -> None:
    lines = printed(pool(WIDER, {}), Terms(), language)
    assert any(told in line for line in lines), lines
