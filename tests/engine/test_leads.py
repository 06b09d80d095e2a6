"""A lead that one option of a reading makes an item: there it counts, elsewhere what is said of it decides nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source, Span
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation, Evidence, Voice
from guiju.engine.reasoning.why.contradictions import contradictions
from guiju.engine.verdict_words import AttestedVerdict

TEXT = """standard demo-1 "DEMO 1"
groups section
section 5
  a) shall "lead"
    1) "x" attested
    2) should "y" attested
score required = count of shall clauses satisfied
score whole = count of clauses of 5 a) satisfied
reading leads "Whether the lead counts"
  default no : nothing changes
  or yes : clause 5 a) requires attested
reading advice "Whether a should below a shall is one"
  default should-it-is : nothing changes
  or shall-it-is : clause 5 a) 2) shall
reading together "One item or two"
  default two : nothing changes
  or one : item 5 a)
"""


NOWHERE = Span(Source("evidence", ""), 0, 0)


def on(text: str, attestations: tuple[Attestation, ...], **readings: str) -> Assessment:
    document, mistakes = parse(Source("leads", text))
    compiled = compile_document(document)
    assert mistakes == ()
    assert compiled.program is not None, compiled.diagnostics
    bound, wrong = bind(compiled.program, Evidence(subject="s", attestations=attestations, span=NOWHERE))
    assert wrong == ()
    return evaluate(bound, readings)


def assessed(said: dict[str, AttestedVerdict], **readings: str) -> Assessment:
    found = (Attestation(clause=c, verdict=v, voice="assessor", by="A", span=NOWHERE) for c, v in said.items())
    return on(TEXT, tuple(found), **readings)


SAID: dict[str, AttestedVerdict] = {"5 a) 1)": "satisfied", "5 a) 2)": "satisfied"}


@pytest.mark.parametrize("lead", ["satisfied", "unsatisfied", None])
def test_what_is_said_of_a_lead_decides_nothing_where_it_is_no_item(lead: AttestedVerdict | None) -> None:
    assessment = assessed(SAID | ({"5 a)": lead} if lead else {}))
    assert assessment.value("required") == Fraction(1)
    assert assessment.value("whole") == Fraction(2)
    assert assessment.undecided == ()


@pytest.mark.parametrize(("lead", "required"), [("satisfied", Fraction(2)), ("unsatisfied", Fraction(1))])
def test_where_it_is_an_item_it_counts_by_its_own_verdict(lead: AttestedVerdict, required: Fraction) -> None:
    assert assessed(SAID | {"5 a)": lead}, leads="yes").value("required") == required


def test_where_it_is_an_item_and_nobody_has_said_it_is_asked_for() -> None:
    assessment = assessed(SAID, leads="yes")
    assert [r.clause for r in assessment.undecided] == ["5.a"]
    assert set(assessment.possible("required").values) == {Fraction(1), Fraction(2)}


def test_a_clause_counts_by_the_modality_that_the_reading_gives_it() -> None:
    assessment = assessed(SAID, advice="shall-it-is")
    assert assessment.value("required") == Fraction(2)
    assert assessment.program.clause["5.a.2"].under(assessment.readings).modality == "shall"


@pytest.mark.parametrize(("second", "whole"), [("satisfied", Fraction(1)), ("unsatisfied", Fraction(0))])
def test_a_clause_that_is_one_item_is_satisfied_when_all_below_it_is(second: AttestedVerdict, whole: Fraction) -> None:
    assert assessed(SAID | {"5 a) 2)": second}, together="one").value("whole") == whole


CONDITIONED = """standard demo-8 "DEMO 8"
groups section
fact x : number
section 4
  a) shall "lead" applies when x > 60
    1) "one" x >= 50
    2) "two" attested
score s = count of clauses satisfied
reading lead "Whether the lead counts"
  default no : nothing changes
  or yes : clause 4 a) requires attested
"""


@pytest.mark.parametrize("said", ["satisfied", "not-applicable"])
@pytest.mark.parametrize("voice", ["assessor", "vendor"])
def test_what_is_said_of_a_lead_that_is_no_item_says_nothing_of_the_facts(said: AttestedVerdict, voice: Voice) -> None:
    lead = Attestation(clause="4 a)", verdict=said, voice=voice, by="A", reason="so", span=NOWHERE)
    assessment = on(CONDITIONED, (lead,))
    assert set(assessment.possible("s").values) == {Fraction(0), Fraction(1), Fraction(2)}
    assert contradictions(assessment) == ()


def test_where_the_lead_is_an_item_whoever_found_it_satisfied_knows_that_it_applies() -> None:
    lead = Attestation(clause="4 a)", verdict="satisfied", voice="assessor", by="A", span=NOWHERE)
    assert set(on(CONDITIONED, (lead,), lead="yes").possible("s").values) == {Fraction(2), Fraction(3)}
