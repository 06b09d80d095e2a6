"""Why a plan is not proved, and why no sets of clauses were found: the number that cannot be gone through is named."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning import means
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.mending import mendings_by_choice
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.library import compile_source
from guiju.report.mending import mendings_model
from guiju.report.plan import plan_lines, plan_model
from guiju.report.unproved import unproved_text
from tests.report.yards import yards

CLUBS = """standard clubs "Clubs"
groups section
levels
  L1 "Open"
fact points : number "Points"
fact hours : h "Hours"
section s "s"
  a) "Staff" attested
CLAUSES
score met = SCORE
grade level by met
  L1 | met >= LEAST
  otherwise | none
"""


def club(clauses: str, score: str, least: int, facts: Mapping[str, str]) -> Aim:
    """The way to the one level of a policy in which points go by themselves, and staff is found to be missing."""
    text = CLUBS.replace("CLAUSES", clauses).replace("SCORE", score).replace("LEAST", str(least))
    program = compile_source(Source("clubs.guiju", text)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": {"s.a": "unsatisfied"}}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


def why_not_proved(aim: Aim, language: Language) -> list[str]:
    """What is printed of that; the same is told to programs."""
    remedy = remedy_for(aim, Terms())
    told = plan_model(aim, "L1", remedy, Terms())
    assert (told.proved, told.unproved, told.exceeded) == (remedy.proved, remedy.unproved, remedy.exceeded)
    marks = ("Why it is not proved: ", "没有证明的原因: ")
    return [line for line in plan_lines(aim, "L1", remedy, Terms(), language) if line.startswith(marks)]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "Why it is not proved: nobody states Points (points): a score takes the number itself, "
                "and not all that it may be can be gone through"
            ),
        ),
        ("zh", "没有证明的原因: 没有写明 Points (points)，得分要用这个数本身，它可取的值没法逐一看过"),
    ],
)
def test_a_number_that_nobody_states_and_a_score_takes_is_named(language: Language, told: str) -> None:
    """Its hours may be enough or not; with the points open, no cheaper change can be told to do."""
    aim = club('  b) "Hours" hours / 1 h - points <= 1', "count of clauses satisfied + points", 5, {})
    assert why_not_proved(aim, language) == [told]
    (one,) = mendings_by_choice(aim)
    assert (one.found.complete, one.found.left_open) == (False, {"fact:points": "any-number"})
    assert mendings_model(one).left_open == one.found.left_open


@pytest.mark.parametrize(
    ("met", "why", "told"),
    [
        (
            "floor > roof",
            {"fact:floor": "other-numbers", "fact:roof": "other-numbers"},
            {
                "en": "nobody states Floor (floor), Roof (roof): numbers that are open meet in a comparison, "
                "and not all that they may be can be gone through",
                "zh": "没有写明 Floor (floor), Roof (roof)，未定的数要相互比较，可取的值没法逐一看过",
            },
        ),
        (
            "floor * floor > 2 m2 * floor + 9 m2 * 1 m2",
            {"fact:floor": "not-linear"},
            {
                "en": "nobody states Floor (floor): what a comparison makes of it is not linear, "
                "and not all that it may be can be gone through",
                "zh": "没有写明 Floor (floor)，比较时由它算出的不是一次式，可取的值没法逐一看过",
            },
        ),
    ],
)
def test_numbers_that_a_score_only_compares_are_not_said_to_be_taken_by_it(
    met: str, why: Mapping[str, str], told: Mapping[Language, str]
) -> None:
    aim = yards({}, met)
    assert aim.left_open == why
    for language, said in told.items():
        assert list(unproved_text(aim.network, aim.left_open, language)) == [said]


def test_once_it_is_stated_the_plan_is_proved_and_nothing_is_said() -> None:
    clauses, score = '  b) "Hours" hours / 1 h - points <= 1', "count of clauses satisfied + points"
    stated = club(clauses, score, 5, {"points": "4", "hours": "9 h"})
    assert why_not_proved(stated, "en") == []
    assert remedy_for(stated, Terms()).proved


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "Why it is not proved: not every change was tried of Points (points): "
                "what such numbers come to cannot be split into few cases"
            ),
        ),
        ("zh", "没有证明的原因: Points (points) 的改法没有试遍，这些数一起得出什么，分不成不多的几种情形"),
    ],
)
def test_numbers_of_which_not_every_change_was_tried_are_named(language: Language, told: str) -> None:
    aim = club(
        '  b) "Curve" points / (points + 1) >= points * points', "count of clauses satisfied", 3, {"points": "9"}
    )
    assert why_not_proved(aim, language) == [told]


def test_where_too_many_ways_hang_together_that_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(means, "MOST_TRIED", 1)
    aim = club('  b) "Hours" hours >= 8 h', "count of clauses satisfied", 2, {"hours": "7 h"})
    assert why_not_proved(aim, "en") == [
        "Why it is not proved: some clauses and facts that hang together can be changed in more ways than are tried"
    ]
    assert why_not_proved(aim, "zh") == ["没有证明的原因: 有彼此牵连的条款和事实，改法多于所试的限度"]
