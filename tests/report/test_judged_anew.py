"""A plan that changes a fact against a verdict of people says that the verdict has to be given anew."""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.remedy import Remedy, remedy_for
from guiju.library import compile_source
from guiju.report.plan import plan_lines, plan_model

STORES = """standard stores "Stores"
groups section
levels
  L1 "One"
fact hours : h
section s "s"
  a) "Open" hours >= 6 h
  b) "Clean" attested
score met = count of clauses satisfied
grade level by met
  L1 | met >= 1
  otherwise | none
"""
UNSATISFIED = {"s.a": "unsatisfied"}
CLAUSE_FIXED = Terms(pinned=frozenset({"clause:s.a", "clause:s.b"}))
CLEAN_FIXED = Terms(pinned=frozenset({"clause:s.b"}))


def stores(hours: str | None, said: dict[str, str], voice: str = "assessor") -> Assessment:
    """What people and the hours, where somebody states them, come to."""
    program = compile_source(Source("stores.guiju", STORES)).program
    assert program is not None
    facts = {} if hours is None else {"hours": hours}
    evidence = {"guiju": "evidence/1", "subject": "x", "voice": voice, "facts": facts, "attestations": said}
    return guiju.evaluate(guiju.Policy(program), evidence)


def planned(said: dict[str, str], terms: Terms, voice: str = "assessor") -> tuple[Aim, Remedy]:
    """The plan to the one level where nobody states the hours."""
    assessed = stores(None, said, voice)
    aim = Aim(assessed, "level", wanted_from(assessed, "level", "L1"))
    return aim, remedy_for(aim, terms)


def test_a_changed_fact_alone_leaves_the_outcome_open_until_the_verdict_is_given_anew() -> None:
    aim, remedy = planned(UNSATISFIED, CLAUSE_FIXED)
    told = plan_model(aim, "L1", remedy, CLAUSE_FIXED)
    assert (told.afterwards, told.judged_anew) == (["L1"], ["clause:s.a"])
    assert stores("6 h", UNSATISFIED).possible("level").values == ("L1", "none")
    assert stores("6 h", {}).possible("level").values == ("L1",)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Verdicts that people have to give anew: s a) (as they stand they speak against the changes)"),
        ("zh", "须由人重新作出结论的条款: s a) (现有的结论与改动相左)"),
    ],
)
def test_the_plan_says_so_before_the_outcome(language: Language, line: str) -> None:
    aim, remedy = planned(UNSATISFIED, CLAUSE_FIXED)
    assert line in plan_lines(aim, "L1", remedy, CLAUSE_FIXED, language)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "people have to give the verdict on s b) anew"), ("zh", "s b) 的结论须由人重新作出")]
)
def test_of_two_ways_only_the_one_against_the_verdict_says_so(language: Language, said: str) -> None:
    aim, remedy = planned({"s.b": "unsatisfied"}, Terms())
    lines = [line for line in plan_lines(aim, "L1", remedy, Terms(), language) if said in line]
    assert len(lines) == 1


@pytest.mark.parametrize(("voice", "anew"), [("assessor", ["clause:s.a"]), ("vendor", [])])
def test_a_changed_clause_waits_for_the_assessor_who_spoke_against_it(voice: str, anew: list[str]) -> None:
    hours_fixed = Terms(pinned=frozenset({"fact:hours", "clause:s.b"}))
    aim, remedy = planned(UNSATISFIED, hours_fixed, voice)
    assert plan_model(aim, "L1", remedy, hours_fixed).judged_anew == anew


def test_what_is_to_be_judged_anew_in_every_way_is_said_once() -> None:
    aim, remedy = planned(UNSATISFIED, CLEAN_FIXED)
    assert plan_model(aim, "L1", remedy, CLEAN_FIXED).ways_judged_anew == [["clause:s.a"], ["clause:s.a"]]
    assert sum("anew" in line for line in plan_lines(aim, "L1", remedy, CLEAN_FIXED, "en")) == 1


def test_nothing_is_to_be_judged_anew_where_nobody_spoke() -> None:
    aim, remedy = planned({}, CLAUSE_FIXED)
    assert plan_model(aim, "L1", remedy, CLAUSE_FIXED).judged_anew == []
