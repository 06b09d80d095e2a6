"""Which causes lead to an effect: cases that a person can follow, and what is told where not all can be tried."""

from __future__ import annotations

from random import Random

from hypothesis import given

from guiju.compiler.ir import ABSENT
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.reasoning.comparing.because import Because, because
from guiju.engine.reasoning.comparing.difference import Seen, difference_between
from tests.engine.comparisons import check_some_causes_are_named_for, otherwise
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn
from tests.engine.test_once_reviewed import assess

#: two halves of one requirement, and a third that either of two facts fulfils
POLICY = """groups section
fact door : yes-no
fact lock : yes-no
fact guard : yes-no
fact camera : yes-no
section 1 "s"
  a) "closed" door and lock
  b) "watched" guard or camera
score A
  2 when all clauses satisfied
  1 when exactly 1 clause satisfied
  0 otherwise
grade level by A
  good | A > 1
  fair | A = 1
  otherwise | none
"""


def subject(*true: str) -> Assessment:
    facts = ", ".join(f"{f}: {'yes' if f in true else 'no'}" for f in ("door", "lock", "guard", "camera"))
    return assess(POLICY, f"facts: {{{facts}}}\n")


def why(before: Assessment, after: Assessment, address: str) -> Because:
    difference = difference_between(before, after)
    return next(b for b in because(before, after, difference) if b.effect.address == address)


def names(told: Because) -> set[frozenset[str]]:
    return {frozenset(c.about for c in causes) for causes in told.sufficing}


def test_where_no_single_fact_gives_the_verdict_both_are_named_together() -> None:
    told = why(subject(), subject("door", "lock"), "clause:1.a")
    assert names(told) == {frozenset({"door", "lock"})}
    assert {c.about for c in told.needed or ()} == {"door", "lock"}


def test_where_either_of_two_facts_gives_it_each_is_named_and_none_is_needed() -> None:
    told = why(subject(), subject("guard", "camera"), "clause:1.b")
    assert names(told) == {frozenset({"guard"}), frozenset({"camera"})}
    assert told.needed == ()


def test_what_does_not_lead_to_the_outcome_is_not_named() -> None:
    told = why(subject("door"), subject("door", "lock", "guard", "camera"), "level")
    assert names(told) == {frozenset({"lock", "guard"}), frozenset({"lock", "camera"})}
    assert [c.about for c in told.needed or ()] == ["lock"]


def test_a_record_comes_with_the_fact_that_cites_it_and_the_fact_alone_is_the_cause() -> None:
    before = assess(POLICY, "facts: {door: no, lock: yes}\n")
    record = "evidence: {E1: {kind: test-report, title: t, collected_on: 2026-01-01}}\n"
    after = assess(POLICY, record + "facts: {door: {value: yes, evidence: [E1]}, lock: yes}\n")
    told = why(before, after, "clause:1.a")
    assert (names(told), told.found) == ({frozenset({"door"})}, "smallest")


def test_what_people_say_above_a_fact_that_is_known_is_no_cause_beside_it() -> None:
    """An attestation of a) says something of the lock, but nothing of b), whose facts are told apart from it."""
    said = "attestations: {1.a: {verdict: satisfied}}\n"
    before = assess(POLICY, "facts: {door: yes, guard: no, camera: no}\n")
    after = assess(POLICY, "facts: {door: yes, guard: yes, camera: no}\n" + said)
    told = why(before, after, "clause:1.b")
    assert (names(told), told.found) == ({frozenset({"guard"})}, "smallest")


@drawn(40)
@given(cases())
def test_where_too_many_would_have_to_be_tried_the_set_still_suffices(case: Case) -> None:
    program, evidence = case
    other = otherwise(program, evidence, Random(1), changes=8)
    before, after = (evaluate(bind(program, e)[0]) for e in (evidence, other))
    difference = difference_between(before, after)
    for told in because(before, after, difference, most=len(difference.causes) + 3):
        check_some_causes_are_named_for(told, program, evidence, other)


#: two kinds of building; the part of a kind that is not chosen takes no part
KINDS = """groups part > section
input kind : one of hall | bridge
fact roof : yes-no
fact deck : yes-no
part halls "Halls"
  section 1
    a) "roofed" roof
part bridges "Bridges"
  section 2
    a) "decked" deck
weights
  kind   | halls | bridges
  hall   | 100%  |
  bridge |       | 100%
score of each part
  2 when all clauses satisfied
  0 otherwise
score A = sum of weight * score over each part
"""


def test_the_score_of_a_part_that_takes_none_is_not_compared_and_what_brings_it_in_is_a_cause() -> None:
    hall = assess(KINDS, "inputs: {kind: hall}\nfacts: {roof: yes, deck: no}\n")
    decked = assess(KINDS, "inputs: {kind: hall}\nfacts: {roof: yes, deck: yes}\n")
    bridge = assess(KINDS, "inputs: {kind: bridge}\nfacts: {roof: yes, deck: yes}\n")
    assert [e.address for e in difference_between(hall, decked).effects] == ["clause:2.a", "fact:deck"]
    told = why(hall, bridge, "score:bridges")
    assert (told.effect.before, names(told)) == (Seen(frozenset([ABSENT])), {frozenset({"kind", "deck"})})
