"""What goes with a statement that something else may still outdo, each with the smallest policy that shows it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from guiju.compiler.ir import Program, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation, Evidence, Quantity, StatedFact
from tests.engine.laws import assess, check_kleene_verdicts_are_sound, check_more_evidence_never_flips_a_decided_verdict
from tests.engine.strategies import SPAN, compiled

SHARED = """standard t-1 "T"
groups section
fact f : yes-no
section 1
  a) "x" f
  b) "y" f
score met = count of clauses satisfied
"""
BLANK = Evidence(subject="x", span=SPAN)


def program(text: str) -> Program:
    made = compiled(text)
    assert made is not None
    return made


def said(*voices: str) -> Evidence:
    """Voices on 1 a): the first says satisfied, the others unsatisfied."""
    verdicts = ("satisfied", *["unsatisfied"] * (len(voices) - 1))
    made = [
        Attestation(clause="1.a", verdict=verdict, voice=voice, span=SPAN)  # type: ignore[arg-type]
        for verdict, voice in zip(verdicts, voices, strict=True)
    ]
    return replace(BLANK, attestations=tuple(made))


@pytest.mark.parametrize(
    "voices", [("vendor", "vendor"), ("crosswalk", "crosswalk"), ("vendor", "vendor", "crosswalk")]
)
def test_a_fact_settles_what_vendors_and_crosswalks_disagree_on(voices: tuple[str, ...]) -> None:
    evidence = said(*voices)
    open_ = assess(program(SHARED), evidence)
    assert open_.clauses["1.a"].reason == "conflicting"
    assert set(open_.possible("met").values) == {0, 2}  # both clauses stand on one fact
    known = assess(program(SHARED), replace(evidence, facts=(StatedFact(name="f", value=True, span=SPAN),)))
    assert known.clauses["1.a"].verdict is Verdict.SATISFIED


CONDITIONAL = SHARED.replace('a) "x" f', 'a) "x" f applies when g').replace("section 1", "fact g : yes-no\nsection 1")


def denied(*voices: str) -> Evidence:
    """Voices on 1 a): the last says with a reason that it does not apply."""
    *others, last = said(*voices).attestations
    return replace(BLANK, attestations=(*others, replace(last, verdict="not-applicable", reason="no such thing")))


def test_a_fact_settles_what_vendors_disagree_on_whatever_reason_one_of_them_gives() -> None:
    either = program(CONDITIONAL.replace('b) "y" f', 'b) "y" not g'))  # one of the two is satisfied at most
    assessment = assess(either, denied("vendor", "vendor"))
    assert assessment.clauses["1.a"].reason == "conflicting"
    assert set(assessment.possible("met").values) == {0, 1}


def test_the_reason_of_a_voice_that_is_not_followed_is_not_that_of_the_verdict() -> None:
    evidence = denied("override", "vendor")
    result = assess(program(CONDITIONAL), evidence).clauses["1.a"]
    assert (result.verdict, result.detail) == (Verdict.SATISFIED, "")


RATIO = """standard t-1 "T"
groups section
fact done : number
fact ratio : % = done / 100
section 1
  a) "x" ratio >= 80 %
score met = count of clauses satisfied
"""


def rated(**facts: str) -> Assessment:
    stated = (
        StatedFact(name=n, value=Quantity(number=Fraction(t), unit="%" if n == "ratio" else None, text=t), span=SPAN)
        for n, t in facts.items()
    )
    return assess(program(RATIO), replace(BLANK, facts=tuple(stated)))


def test_a_stated_number_counts_as_exact_until_it_is_shown_to_be_rounded() -> None:
    stated, shown = rated(ratio="80"), rated(ratio="80", done="79.97")
    assert stated.clauses["1.a"].verdict is Verdict.SATISFIED
    assert stated.possible("met").values == (1,)
    assert shown.clauses["1.a"].verdict is Verdict.UNSATISFIED
    for assessment in (stated, shown):
        check_more_evidence_never_flips_a_decided_verdict(assessment.program, assessment.bound.evidence)
        check_kleene_verdicts_are_sound(assessment.program, assessment.bound.evidence)
