"""Why a level is not reached that asks for more than clauses: the facts and thresholds in the way are named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import guiju
from guiju.compiler.ir import Undefined
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.why.why_not import why_not_from
from guiju.report.mending import mending_lines, mendings_of
from guiju.report.why_not import why_not_lines
from tests.engine.laws import assess
from tests.engine.strategies import Case, cases

POLICY = """standard b-1 "B 1"
groups part
levels
  L1 "一级" / "One"
  L2 "二级" / "Two"
  L3 "三级" / "Three"
fact risks : count alias 风险数
fact bonus : number alias 加分
fact licensed : yes-no alias 有许可
part 1 "甲" / "A"
  a) "一" / "One" attested
  b) "二" / "Two" attested
score total = count of clauses satisfied + bonus
grade level by total
  none | risks > 9
  L1 | total >= 1 and total < 2
  L2 | total >= 2 and total < 6 and licensed and not risks > 3
  L3 | total >= 6
  otherwise | none
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("beside") / "b.guiju"
    path.write_text(POLICY, "utf-8")
    return path


def assessed(policy: Path, facts: Mapping[str, object], failed: str) -> Assessment:
    said = {c: "unsatisfied" if c in failed else "satisfied" for c in ("1.a", "1.b")}
    stated = {"bonus": 0, "licensed": True, "risks": 0} | dict(facts)
    return guiju.evaluate(policy, {"guiju": "evidence/1", "subject": "x", "facts": stated, "attestations": said})


def why_not(assessment: Assessment, level: str, language: Language = "en") -> list[str]:
    """The lines without the places at their ends."""
    answer = why_not_from(assessment, "level", level)
    assert answer is not None
    found = mendings_of(assessment, "level", answer)
    mended = mending_lines(found, level, language) if found else ()
    lines = [*why_not_lines(assessment, "level", answer, language), *mended]
    return [line.partition("  [")[0].strip() for line in lines if line.strip()[0] != "["]


def test_a_fact_that_no_clause_makes_up_for_is_told_with_what_it_is_and_what_is_asked(policy: Path) -> None:
    told = why_not(assessed(policy, {"risks": 5, "licensed": False}, "1.a"), "L2")
    assert told == [
        "L2 Two is not reached: it asks for more than clauses",
        "licensed does not hold: actual no",
        "risks > 3 holds: actual 5",
        "total >= 2 does not hold: actual 1, required ≥ 2; bonus = 0; clauses can mend this",
        "No clauses would do, were they satisfied; guiju plan … --to L2 looks for facts to change as well",
    ]
    assert why_not(assessed(policy, {"risks": 5}, "1.a"), "L2", "zh") == [
        "L2 二级 未达到: 所要求的不全是条款",
        "风险数 > 3 成立: 实际 5",
        "total >= 2 不成立: 实际 1, 要求 ≥ 2; 加分 = 0; 满足条款可以改变",
        "条款再满足多少也不够; 改事实能否达到，用 guiju plan … --to L2 查找",
    ]


def test_a_score_that_the_clauses_cannot_bring_so_far_is_told_as_it_would_then_be(policy: Path) -> None:
    assert why_not(assessed(policy, {"bonus": 3}, "1.a 1.b"), "L3")[:2] == [
        "L3 Three is not reached: it asks for more than clauses",
        "total >= 6 does not hold: 5 with every clause satisfied, required ≥ 6; bonus = 3",
    ]


def test_a_row_that_is_tried_first_is_told_with_what_makes_it_hold(policy: Path) -> None:
    assert why_not(assessed(policy, {"risks": 12, "bonus": 4}, ""), "L3")[:2] == [
        "L3 Three is not reached: a row that is tried first holds, and gives something else",
        "risks > 9 holds: actual 12",
    ]


ROWS = """standard b-2 "B 2"
groups part
levels
  L1 "一级" / "One"
  L2 "二级" / "Two"
fact users : count alias 用户数
part 1 "甲" / "A"
  a) "一" / "One" attested
score total = count of clauses satisfied
grade level by total{only}
  L2 | 100 / users > 50
  L1 | total >= 1 and users <= 1
  otherwise | none
"""


def of_rows(tmp_path: Path, users: int, *, only: bool) -> Assessment:
    path = tmp_path / "b.guiju"
    path.write_text(ROWS.format(only=" exactly one" if only else ""), "utf-8")
    given = {"facts": {"users": users}, "attestations": {"1.a": "satisfied"}}
    return guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", **given})


def test_a_row_without_a_value_is_in_the_way_of_those_behind_it(tmp_path: Path) -> None:
    assessment = of_rows(tmp_path, 0, only=False)
    assert why_not(assessment, "L1")[:2] == [
        "L1 One is not reached: whether a row that is tried first holds cannot be told",
        "100 / users > 50 has no value: division by zero; users = 0",
    ]
    assert why_not(assessment, "L1", "zh")[:2] == [
        "L1 一级 未达到: 先试的一行无法判断是否成立",
        "100 / 用户数 > 50 没有值: 除数为 0; 用户数 = 0",
    ]


def test_where_exactly_one_row_may_hold_whichever_other_holds_is_in_the_way(tmp_path: Path) -> None:
    assert why_not(of_rows(tmp_path, 1, only=True), "L2")[:2] == [
        "L2 Two is not reached: exactly one row may hold, and another holds as well",
        "total >= 1 holds: actual 1",
    ]
    assert of_rows(tmp_path, 1, only=True).value("level") == Undefined("overlapping-rows")
    unclear = of_rows(tmp_path, 0, only=True)  # no second row holds here
    assert unclear.value("level") == Undefined("division-by-zero")
    assert why_not(unclear, "L1")[:2] == [
        "L1 One is not reached: exactly one row may hold, and whether another does cannot be told",
        "100 / users > 50 has no value: division by zero; users = 0",
    ]


def test_a_row_without_a_value_is_told_so_and_not_as_one_that_does_not_hold(tmp_path: Path) -> None:
    assert why_not(of_rows(tmp_path, 0, only=False), "L2")[:2] == [
        "L2 Two is not reached: it asks for more than clauses",
        "100 / users > 50 has no value: division by zero; users = 0",
    ]


def test_where_clauses_suffice_no_fact_is_blamed(policy: Path) -> None:
    assessment = assessed(policy, {}, "1.a")
    answer = why_not_from(assessment, "level", "L2")
    assert answer is not None
    assert (answer.beside, [s.failed for s in answer.shortfalls]) == ((), [("1.a",)])


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_an_answer_always_names_something(case: Case) -> None:
    """Of whatever is not reached: clauses, or conditions beside them, or that the standard gives no weights."""
    assessment = assess(*case)
    for level in assessment.program.levels:
        for outcome in assessment.program.outcomes:
            answer = why_not_from(assessment, outcome, level.id)
            if answer is not None and answer.holds is False:
                assert answer.shortfalls or answer.beside or answer.unweighted, (outcome, level.id, answer)
