"""A fact that nobody states and a score looks at by itself: the level is reached without it, or with each of its values."""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.mending import mendings
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.library import compile_source
from tests.engine import remedy_laws
from tests.engine.laws import Check

#: a hut is at the upper level as it is shown; if it is open in winter, it is at none. The rule for the lower level looks
#: at that by itself, and is not come to where the upper one is reached.
HUTS = """standard huts "Huts"
groups section
levels
  L1 "Shelter"
  L2 "Hut"
fact winter : yes-no "Open in winter"
section s "s"
  a) "Roof" attested
  b) "Stove" winter = yes
score of each section
  at L1
    0 when winter
    2 otherwise
  at L2
    2 when exactly 1 clauses satisfied
    0 otherwise
membership
  section | L1 | L2
  s | all | all
score A at each level = mean of score over each section
grade level by A
  L2 | A >= 2
  L1 | A >= 2
  otherwise | none
"""

#: open in winter one of two clauses holds, and else the other: in each case one more than is shown
EITHER = """standard huts "Huts"
groups section
levels
  L1 "Shelter"
fact winter : yes-no "Open in winter"
section s "s"
  a) "Stove" winter = yes
  b) "Shutters" winter = no
  c) "Roof" attested
score of each section
  3 when exactly 1 clauses satisfied and winter = yes
  2 when exactly 1 clauses satisfied
  0 otherwise
score A = mean of score over each section
grade level by A
  L1 | A >= 2
  otherwise | none
"""


OVERRIDDEN = {"verdict": "unsatisfied", "voice": "override", "reason": "seen to be cold"}


def hut(text: str, level: str, **said: str | dict[str, str]) -> Aim:
    """Nobody says whether it is open in winter."""
    program = compile_source(Source("huts.guiju", text)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": {f"s.{mark}": v for mark, v in said.items()}}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", level))


CASES = {
    "upper": hut(HUTS, "L2", a="satisfied"),
    "lower": hut(HUTS, "L1", a="satisfied"),
    "either": hut(EITHER, "L1"),
}
OTHERS = {"overridden": hut(HUTS, "L2", a="unsatisfied", b=OVERRIDDEN)}


@pytest.mark.parametrize("aim", CASES.values(), ids=CASES)
def test_what_is_reached_as_it_is_or_in_every_case_needs_no_change(aim: Aim) -> None:
    """What reaches a level reaches those below it, whatever their rules look at."""
    found = remedy_for(aim, Terms())
    assert (found.steps, found.proved) == ((), True)
    assert not aim.is_settled
    assert mendings(aim).counts == {0: 1}
    certificate = certificate_of(aim, Terms(), found)
    assert certificate is not None
    assert refuted(aim, Terms(), certificate) is None


@pytest.mark.parametrize("aim", (CASES | OTHERS).values(), ids=CASES | OTHERS)
@pytest.mark.parametrize("law", remedy_laws.REMEDY_LAWS, ids=lambda law: law.__name__)
def test_every_set_of_changes_says_the_same(law: Check, aim: Aim) -> None:
    law(aim.assessment.program, aim.assessment.bound.evidence)
