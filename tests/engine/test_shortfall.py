"""A plan that costs no more than any one change is the cheapest once it is shown that something has to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import Remedy, remedy_for
from guiju.library import compile_source

#: how long the way up is nobody states; with the way down it is one number, which leaves the score open
WALKS = """standard walks "Walks"
groups section
levels
  L1 "Short"
fact up : h "Up"
fact down : h "Down"
section s "s"
  a) "Map" attested
score short
  2 when up + down <= 4 h
  LONGER
  0 otherwise
grade level by short
  L1 | ENOUGH
  otherwise | none
"""
SHORT, BOTH, UNLESS = "short >= 1", "short >= 1 and s a) satisfied", "short >= 1 and s a) unsatisfied"
SOMETIMES, ALWAYS = "1 when up + down <= 8 h", "1 when up + down > 4 h"


def walk(enough: str, longer: str = SOMETIMES, facts: Mapping[str, str] | None = None) -> Aim:
    """The way to the one level, six hours down; nobody speaks of a map."""
    text = WALKS.replace("ENOUGH", enough).replace("LONGER", longer)
    program = compile_source(Source("walks.guiju", text)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"down": "6 h"} if facts is None else facts}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


def planned(found: Remedy) -> dict[str, object]:
    return dict(found.changes)


def test_one_change_is_proved_to_be_the_cheapest_where_without_it_the_level_may_be_missed() -> None:
    found = remedy_for(walk(SHORT), Terms())
    assert planned(found) == {"fact:up": 2 * 3600}
    assert (found.proved, found.unproved) == (True, {})
    (up,) = (found.missed or {}).values()
    assert isinstance(up, Fraction)
    assert up > 2 * 3600


@pytest.mark.parametrize("facts", [{"down": "6 h"}, {}])
def test_two_changes_are_not_where_one_costs_less(facts: Mapping[str, str]) -> None:
    """Whether the map alone would do, with the way as short as it happens to be, is not settled here."""
    found = remedy_for(walk(BOTH, facts=facts), Terms())
    assert len(found.steps or ()) > 1
    assert (found.proved, found.missed) == (False, None)


@pytest.mark.parametrize("cost", ["1/2", "1", "2"])
def test_what_one_change_costs_decides_and_not_how_many_they_are(cost: str) -> None:
    terms = Terms({"clause:s.a": Fraction(cost)}, pinned=frozenset({"fact:down"}))
    found = remedy_for(walk("short >= 1 or s a) satisfied"), terms)
    assert found.cost == min(Fraction(1), Fraction(cost))
    assert found.proved


def test_nothing_is_proved_where_as_things_are_shown_the_level_is_reached_all_the_same() -> None:
    """Long or short, the walk has a score; without a map it is at the level, which a map would take away."""
    found = remedy_for(walk(UNLESS, ALWAYS), Terms())
    assert found.steps
    assert (found.proved, found.missed) == (False, None)


def test_the_certificate_states_the_way_that_misses_it_and_no_other_is_accepted() -> None:
    asked, terms = walk(SHORT), Terms()
    certificate = certificate_of(asked, terms, remedy_for(asked, terms))
    assert certificate is not None
    assert (certificate.course, refuted(asked, terms, certificate)) == ((), None)
    assert refuted(asked, terms, replace(certificate, missed=None)) == "course"
    hours = {str(h): str(h * 3600) for h in (-1, 0, 1, 2, 3, 100)}
    accepted = [
        h for h, told in hours.items() if refuted(asked, terms, replace(certificate, missed={"fact:up": told})) is None
    ]
    assert accepted == ["3", "100"]
    for missed in ({}, {"fact:up": "long"}, {"fact:down": "36000"}, {"clause:s.a": "unsatisfied"}, {"fact:way": "1"}):
        assert refuted(asked, terms, replace(certificate, missed=missed)) == "missed", missed


def test_a_certificate_of_dearer_changes_is_refused_though_the_level_may_be_missed() -> None:
    asked, terms = walk(BOTH), Terms()
    short = walk(SHORT)
    proof = certificate_of(short, terms, remedy_for(short, terms))
    forged = certificate_of(asked, terms, replace(remedy_for(asked, terms), proved=True))
    assert proof is not None
    assert forged is not None
    assert refuted(asked, terms, replace(forged, course=(), missed=proof.missed)) == "missed"
