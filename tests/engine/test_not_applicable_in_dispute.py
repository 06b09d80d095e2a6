"""Whether a clause that nobody decides may turn out not to apply: where that is in dispute or left open, not otherwise."""

from __future__ import annotations

import pytest

from guiju.engine.evidence import Attestation, Evidence, StatedFact, Voice
from guiju.engine.reasoning.relevance import unknowns
from guiju.engine.verdict_words import AttestedVerdict
from tests.engine import oracle
from tests.engine.laws import assess, bound_to
from tests.engine.strategies import SPAN, compiled

POLICY = """standard t-1 "T"
groups section
fact z : yes-no
fact x : number
section 1
  a) "x" {condition} applies when z
score points
  2 when 1 a) satisfied
  1 when 1 a) unsatisfied
  0 otherwise
grade level by points
  good | points >= 2
  fair | 1 <= points < 2
  otherwise | none
"""
ATTESTED, UNDEFINED = "attested", "x / 0 >= 1"
EITHER, ANY = {1, 2}, {0, 1, 2}

Said = dict[Voice, tuple[AttestedVerdict, ...]]
CASES: dict[str, tuple[str, bool | None, Said, set[int]]] = {
    "the facts say that it applies, and two assessors dispute only whether it is met": (
        ATTESTED,
        True,
        {"assessor": ("satisfied", "unsatisfied")},
        EITHER,
    ),
    "nobody knows yet whether it applies": (ATTESTED, None, {"assessor": ("satisfied", "unsatisfied")}, ANY),
    "the facts say that it applies, an assessor that it does not": (
        ATTESTED,
        True,
        {"assessor": ("not-applicable",)},
        ANY,
    ),
    "the facts say that it does not apply, an assessor that it is met": (
        ATTESTED,
        False,
        {"assessor": ("satisfied",)},
        ANY,
    ),
    "one override says that it is met, another that it does not apply": (
        ATTESTED,
        True,
        {"override": ("satisfied", "not-applicable")},
        ANY,
    ),
    "two overrides dispute whether it is met; that an assessor says it does not apply is outdone": (
        ATTESTED,
        True,
        {"override": ("satisfied", "unsatisfied"), "assessor": ("not-applicable",)},
        EITHER,
    ),
    "an override leaves it open": (ATTESTED, True, {"override": ("unknown",)}, ANY),
    "it applies, and its condition has no value": (UNDEFINED, True, {}, EITHER),
}


@pytest.mark.parametrize("case", CASES)
def test_it_may_not_apply_where_that_is_in_dispute_or_left_open(case: str) -> None:
    condition, z, said, expected = CASES[case]
    program = compiled(POLICY.format(condition=condition))
    assert program is not None
    attestations = tuple(
        Attestation(clause="1.a", verdict=verdict, voice=voice, reason="a reason", span=SPAN)
        for voice, verdicts in said.items()
        for verdict in verdicts
    )
    facts = () if z is None else (StatedFact(name="z", value=z, span=SPAN),)
    evidence = Evidence(subject="x", span=SPAN, facts=facts, attestations=attestations)
    assert oracle.reachable(bound_to(program, evidence))["points"] == expected
    assessment = assess(program, evidence)
    possible = assessment.possible("points")
    assert possible.exact
    assert set(possible.values) == expected
    (unknown,) = unknowns(assessment)
    under = {2: unknown.if_satisfied, 1: unknown.if_unsatisfied, 0: unknown.if_not_applicable}
    assert {comes_to for comes_to, found in under.items() if found} == expected


def test_a_clause_that_always_applies_applies_where_an_override_leaves_it_open() -> None:
    program = compiled(POLICY.format(condition=ATTESTED).replace(" applies when z", ""))
    assert program is not None
    said = Attestation(clause="1.a", verdict="unknown", voice="override", reason="a reason", span=SPAN)
    evidence = Evidence(subject="x", span=SPAN, attestations=(said,))
    assert oracle.reachable(bound_to(program, evidence))["points"] == EITHER
    assessment = assess(program, evidence)
    assert set(assessment.possible("points").values) == EITHER
    (unknown,) = unknowns(assessment)
    assert not unknown.if_not_applicable
