"""What a step of a plan is for: the clauses that would be missed without it, and none beside these."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.library import compile_source

YARDS = """standard yards "Yards"
groups section
levels
  L1 "Open"
fact staff : count
fact area : m2
fact per_head : number = area / (1 m2) / staff
section s "s"
CLAUSES
score met = SCORE
grade level by met
  L1 | met >= LEAST
  otherwise | none
"""


def served(
    clauses: str, score: str, least: str, facts: Mapping[str, object], terms: Terms | None = None
) -> dict[str, list[str]]:
    """Each thing that the plan for the one level changes, with the clauses that it is for."""
    text = YARDS.replace("CLAUSES", clauses).replace("SCORE", score).replace("LEAST", least)
    program = compile_source(Source("yards.guiju", text)).program
    assert program is not None
    said = {"s.a": "unsatisfied"} if 'a) "a" attested' in clauses else {}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": said}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    found = remedy_for(Aim(assessed, "level", wanted_from(assessed, "level", "L1")), terms or Terms())
    assert found.proved
    return {s.address: [c.removeprefix("clause:s.") for c in s.serves] for s in found.steps or ()}


@pytest.mark.parametrize("other", ["attested applies when staff >= 100", "staff <= 5"])
def test_a_clause_that_no_score_on_the_way_looks_at_is_not_what_a_step_is_for(other: str) -> None:
    """The number goes straight into the score; whatever becomes of the clause, the level does not look."""
    clauses = f'  a) "a" attested\n  b) "b" {other}'
    told = served(
        clauses, "2 * count of clauses of s a) satisfied + staff", "2", {}, Terms({"clause:s.a": Fraction(9)})
    )
    assert told == {"fact:staff": []}


def test_a_clause_that_comes_to_apply_and_changes_nothing_is_not_what_a_step_is_for() -> None:
    """A share of those that apply is the same with one more that applies and is satisfied."""
    clauses = '  a) "a" area >= 100 m2\n  b) "b" staff >= 2 applies when area >= 50 m2'
    assert served(clauses, "share of clauses satisfied", "100 %", {"area": "10 m2", "staff": 3}) == {"fact:area": ["a"]}


def test_a_clause_that_no_longer_applies_is_what_a_step_is_for_where_the_score_is_a_share() -> None:
    clauses = '  a) "a" area >= 100 m2 applies when staff >= 5\n  b) "b" staff >= 1'
    pinned = Terms(pinned=frozenset({"fact:area"}))
    told = served(clauses, "share of clauses satisfied", "100 %", {"area": "10 m2", "staff": 6}, pinned)
    assert told == {"fact:staff": ["a"]}


def test_each_of_two_facts_under_one_clause_is_for_it_also_through_a_formula() -> None:
    clauses = '  a) "a" staff >= 10 and area >= 50 m2\n  b) "b" per_head >= 10'
    told = served(clauses, "count of clauses satisfied", "2", {"area": "10 m2", "staff": 3})
    assert told == {"fact:staff": ["a"], "fact:area": ["a", "b"]}


def test_what_a_clause_needs_first_is_for_it() -> None:
    clauses = '  a) "a" attested\n  b) "b" staff >= 3'
    terms = Terms(first={"clause:s.a": ("clause:s.b",)}, pinned=frozenset({"fact:area"}))
    told = served(clauses, "count of clauses of s a) satisfied", "1", {"area": "10 m2", "staff": 1}, terms)
    assert told == {"fact:staff": ["a"], "clause:s.a": []}


HALLS = """standard halls "Halls"
groups section
levels
  L1 "Open"
  L2 "Late"
fact area : m2
section s "s"
CLAUSES
membership
  section | L1 | L2
  s | a) | all
score met at each level
  at L1
    2 when any clause satisfied or area <= 2 m2
    0 otherwise
  at L2
    2 when all clauses satisfied
    1 when share of clauses satisfied >= 50%
    0 otherwise
grade level by met
  L1 | met >= 2
  L2 | met >= 2
  otherwise | none
"""
TWO_LEVELS = HALLS.replace("CLAUSES", '  a) "a" area = 2 m2\n  b) "b" area + 6 m2 > 5 m2\n  c) "c" attested')


def halls(text: str, facts: Mapping[str, object]) -> Assessment:
    """The policy above where nobody has spoken of a clause."""
    program = compile_source(Source("halls.guiju", text)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": {}}
    return guiju.evaluate(guiju.Policy(program), evidence)


#: the second clause holds whatever the area is, and nobody states it; no score looks at the area by itself
HELD_ANYWAY = halls(TWO_LEVELS.replace(" or area <= 2 m2", ""), {})


def planned(assessed: Assessment, level: str) -> dict[str, object]:
    """What each fact that a plan changes must be, and the clauses that this is for."""
    found = remedy_for(Aim(assessed, "level", wanted_from(assessed, "level", level)), Terms())
    steps = [s for s in found.steps or () if s.address.startswith("fact:")]
    return {s.address: (s.bound, s.required, [c.removeprefix("clause:s.") for c in s.serves]) for s in steps}


def test_a_clause_that_fails_within_the_bound_and_one_of_another_level_are_not_what_a_step_is_for() -> None:
    """Up to two all numbers do, by the score itself; clause a) asks for just two, and b) counts for L2 alone."""
    assert planned(halls(TWO_LEVELS, {"area": "5 m2"}), "L1") == {"fact:area": ("<=", 2, [])}


def test_a_clause_that_holds_in_every_completion_is_not_what_a_step_is_for() -> None:
    """For L2 the number must be just two; b) holds with whatever number, also while nobody states it."""
    assert planned(HELD_ANYWAY, "L2") == {"fact:area": ("=", 2, ["a"])}


def test_where_one_clause_takes_the_place_of_another_within_the_bound_neither_is_what_a_step_is_for() -> None:
    clauses = '  a) "a" area >= 5 m2 and area <= 10 m2 or area >= 7 m2\n  b) "b" area >= 5 m2 and area <= 10 m2\n'
    text = HALLS.replace("CLAUSES", clauses + '  c) "c" area >= 7 m2').replace("all clauses", "at least 2 clauses")
    assert planned(halls(text, {"area": "3 m2"}), "L2") == {"fact:area": (">=", 5, ["a"])}


def test_what_is_needed_first_and_in_place_anyway_is_not_what_a_step_is_for() -> None:
    clauses = '  a) "a" attested\n  b) "b" staff >= 3\n  c) "c" staff >= 9'
    terms = Terms(first={"clause:s.a": ("clause:s.b",)}, pinned=frozenset({"fact:area"}))
    evidence = {"area": "10 m2", "staff": 5}
    assert served(clauses, "count of clauses satisfied", "3", evidence, terms) == {
        "fact:staff": ["c"],
        "clause:s.a": [],
    }
