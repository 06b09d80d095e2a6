"""What else a changed fact may become: told in full, and no more than what leads there."""

from __future__ import annotations

from typing import Any

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning import likewise
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.remedy import needs_of, remedy_for
from guiju.library import compile_source
from guiju.report.plan import plan_lines, plan_model
from tests.engine import remedy_laws

SHOPS = """standard shops "Shops"
groups section
levels
  L1 "Open"
fact media : set of phone | mail | chat
fact payment : one of cash | card | both
fact asked : yes-no
section s "s"
  a) "Judged" CLAUSE
membership
  section | L1
  s | all
score failing at each level = count of clauses unsatisfied
grade level by failing
  L1 | failing = 0
  otherwise | none
"""


def shops(clause: str, **facts: Any) -> Aim:
    """The way to the one level of a policy with one clause."""
    program = compile_source(Source("shops.guiju", SHOPS.replace("CLAUSE", clause))).program
    assert program is not None
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts})
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


EITHER = shops("phone in media or mail in media")
NEITHER = shops("not (phone in media or mail in media)", media=["phone"])
ASKED = shops("(asked = yes or asked = no) and payment != card", asked=True, payment="card")
TOGETHER = shops("(payment = cash and asked = yes) or (payment = both and asked = no)")


def also(asked: Aim) -> list[tuple[str, likewise.Likewise]]:
    return [(s.address, s.also) for s in remedy_for(asked, Terms()).steps or ()]


def sets(*names: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.split()) for name in names)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (EITHER, [("fact:media", likewise.Likewise(sets("phone", "mail"), holding=True))]),
        (NEITHER, [("fact:media", likewise.Likewise(sets("chat")))]),
        (ASKED, [("fact:payment", likewise.Likewise(("both",)))]),
        (TOGETHER, [("fact:payment", likewise.Likewise()), ("fact:asked", likewise.Likewise())]),
    ],
)
def test_every_other_value_that_does_as_well_is_told(asked: Aim, expected: list[tuple[str, likewise.Likewise]]) -> None:
    assert also(asked) == expected
    remedy_laws.check_no_changes_are_cheaper_than_the_plan(asked.assessment.program, asked.assessment.bound.evidence)


def test_of_an_answer_that_settles_it_whatever_it_is_the_other_one_is_told() -> None:
    """One is asked for where something else has to change, too; where nothing has, it is reached without any."""
    both = shops("(asked = yes or asked = no) and payment = cash")
    assert dict(also(both)) == {"fact:asked": likewise.Likewise((False,)), "fact:payment": likewise.Likewise()}
    assert also(shops("asked = yes or asked = no")) == []


def test_where_there_are_too_many_values_to_try_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likewise, "MOST_VALUES", 3)
    found = remedy_for(EITHER, Terms())
    ((_, told),) = also(EITHER)
    assert (len(told.values), told.holding, told.complete) == (1, False, False)
    lines = list(plan_lines(EITHER, "L1", found, Terms(), "en"))
    assert any(line.endswith("; there are too many values to try all") for line in lines)
    assert plan_model(EITHER, "L1", found, Terms()).steps[0].also.complete is False


def test_a_plan_says_in_words_and_to_programs_what_else_does() -> None:
    found = remedy_for(EITHER, Terms())
    lines = {language: list(plan_lines(EITHER, "L1", found, Terms(), language)) for language in ("en", "zh")}
    assert "       all else as planned, any with phone or mail in it does" in lines["en"]
    assert "       其余照此方案，含有 phone 或 mail 的都可以" in lines["zh"]
    told = plan_model(EITHER, "L1", found, Terms())
    assert told.steps[0].also.values == ["phone", "mail"]
    assert [[b.also.holding for b in way] for way in told.ways] == [[True]]
    assert needs_of(found, Terms(), 0, ()) == {}
