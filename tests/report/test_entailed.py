"""A clause that nobody decides and that is satisfied in every completion, for an assessor decided another on its facts.

Plans and sets count it as unsatisfied, as all that is not shown: that they do, and that less may be enough, is said.
"""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.planning.blocked import entailed
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.engine.reasoning.why.why_not import why_not_from
from guiju.library import compile_source
from guiju.report.mending import mending_lines, mendings_of, single_model
from guiju.report.plan import plan_model, told_plan

POLICY = """standard p "P"
groups section
levels
  L1 "One"
fact staff : count "Staff"
section 4 "Section"
  a) "More than 15" staff > 15
  b) "More than 50" staff > 50
  c) "Else" attested
score A
  1 when all clauses satisfied
  0 otherwise
grade level by A
  L1 | A >= 1
  otherwise | none
"""


def assessed(attestations: dict[str, str], facts: dict[str, object] | None = None) -> Assessment:
    program = compile_source(Source("p.guiju", POLICY)).program
    assert program is not None
    said = {clause: {"verdict": verdict, "voice": "assessor"} for clause, verdict in attestations.items()}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts or {}, "attestations": said}
    return guiju.evaluate(guiju.Policy(program), evidence)


def aim_of(assessment: Assessment) -> Aim:
    return Aim(assessment, "level", wanted_from(assessment, "level", "L1"))


MORE_THAN_50 = {"4.b": "satisfied", "4.c": "unsatisfied"}


def test_with_the_one_clause_that_failed_the_level_is_reached() -> None:
    assert assessed({"4.b": "satisfied", "4.c": "satisfied"}).value("level") == "L1"


@pytest.mark.parametrize(
    ("attestations", "facts", "told"),
    [
        (MORE_THAN_50, {}, ("clause:4.a",)),
        ({"4.a": "satisfied", "4.c": "unsatisfied"}, {}, ()),  # more than 15 may be 50 or less
        ({"4.b": "unsatisfied", "4.c": "unsatisfied"}, {}, ()),
        (MORE_THAN_50, {"staff": 60}, ()),  # a fact decides it
        ({"4.c": "unsatisfied"}, {}, ()),
    ],
)
def test_it_is_known_by_the_completions(
    attestations: dict[str, str], facts: dict[str, object], told: tuple[str, ...]
) -> None:
    assert entailed(aim_of(assessed(attestations, facts))) == told


@pytest.mark.parametrize(
    ("language", "proved", "said"),
    [
        (
            "en",
            (
                "Proved: nothing cheaper does among changes of clauses and facts, leaving out clauses that other verdicts "
                "keep from being unsatisfied; what is not shown counts as not satisfied"
            ),
            (
                "Not priced: what is attested of other clauses keeps 4 a) from being unsatisfied, though nobody says so; "
                "counting that may be cheaper"
            ),
        ),
        (
            "zh",
            "已证明条款和事实的改动之中没有更省的 (其中不算已有结论使之不会不满足的条款)；没有出示的按不满足计",
            "未计入: 4 a) 虽无人下结论，其他条款的结论使之不会不满足；据此可能更省",
        ),
    ],
)
def test_a_plan_says_that_it_does_not_count_it(language: Language, proved: str, said: str) -> None:
    aim, terms = aim_of(assessed(MORE_THAN_50)), Terms()
    remedy = remedy_for(aim, terms)
    told = told_plan(aim, "L1", remedy, terms, language)
    assert remedy.cost == 2
    assert told.proof == proved
    assert said in told.after
    assert plan_model(aim, "L1", remedy, terms).entailed == ["clause:4.a"]


def test_a_plan_that_it_would_not_make_cheaper_is_silent_of_it() -> None:
    aim, terms = aim_of(assessed({"4.b": "satisfied", "4.c": "satisfied"})), Terms()
    assert remedy_for(aim, terms).steps == ()
    assert plan_model(aim, "L1", remedy_for(aim, terms), terms).entailed == []


def test_sets_of_clauses_say_so_too() -> None:
    assessment = assessed(MORE_THAN_50)
    answer = why_not_from(assessment, "level", "L1")
    assert answer is not None
    found = mendings_of(assessment, "level", answer)
    told = single_model(found)
    assert told is not None
    assert told.entailed == ["4.a"]
    assert list(mending_lines(found, "L1", "zh"))[-1] == (
        "虽无人下结论、其他条款的结论已使之不会不满足的: 4 a)；以上仍按不满足计"
    )
