"""What is otherwise between two assessments, and by which cause."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

import guiju
from guiju.compiler.ir import UNKNOWN, Verdict
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.reasoning.comparing.difference import Seen, causes_between, difference_between
from guiju.engine.reasoning.comparing.statements import evidence_saying, statements_of
from tests.engine.laws import assess, results_of
from tests.engine.registered import assess as registered
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn

POLICY = guiju.load("gbt-45288.3-2025")


def provider(as_of: str = "2026-06-30T00:00:00+08:00", compute: str = "60 PFLOPS", **readings: str) -> Assessment:
    """Somebody whose training compute was measured once, by a report that expires at the end of 2026."""
    return guiju.evaluate(
        POLICY,
        {
            "guiju": "evidence/1",
            "subject": "somebody",
            "as_of": as_of,
            "evidence": {"e1": {"kind": "report", "expires": "2026-12-31"}},
            "facts": {"training_compute_10b": {"value": compute, "evidence": "e1"}},
        },
        readings,
    )


def test_a_lower_number_is_a_cause_and_the_verdict_on_it_an_effect() -> None:
    difference = difference_between(provider(), provider(compute="40 PFLOPS"))
    assert [(c.what, c.about) for c in difference.causes] == [("fact", "training_compute_10b")]
    verdict = next(e for e in difference.effects if e.what == "clause")
    assert verdict.address == "clause:6.1.1.1.e"
    assert verdict.before is not None
    assert verdict.before.values == {Verdict.SATISFIED}
    assert verdict.after is not None
    assert verdict.after.values == {Verdict.UNSATISFIED}


def test_where_evidence_expires_the_instant_is_the_cause_and_what_it_held_up_is_unknown() -> None:
    difference = difference_between(provider(), provider(as_of="2027-01-31T00:00:00+08:00"))
    assert [c.what for c in difference.causes] == ["as-of"]
    effects = {e.address: e.after for e in difference.effects}
    for address in ("clause:6.1.1.1.e", "fact:training_compute_10b"):
        seen = effects[address]
        assert seen is not None
        assert seen == Seen(frozenset([UNKNOWN]), reason="expired")


def test_another_reading_is_a_cause() -> None:
    difference = difference_between(provider(), provider(**{"table-3-6.1.2.4": "through-e"}))
    assert [(c.what, c.about, c.before, c.after) for c in difference.causes] == [
        ("reading", "table-3-6.1.2.4", "through-f", "through-e")
    ]


def test_the_same_amount_in_another_unit_is_no_cause() -> None:
    difference = difference_between(provider(), provider(compute="60000 TFLOPS"))
    assert difference.causes == ()
    assert difference.is_none


WRITTEN = """groups section
fact n : h
fact parts : count
fact whole : count
fact share : % = parts / whole
fact media : set of phone | mail
input service : one of shop | web
section 1
  a) "a" attested
score S = share of clauses satisfied
"""


@pytest.mark.parametrize(
    ("was", "now", "causes"),
    [
        ("facts: {n: 40 h}", "facts: {n: 2400 min}", []),
        ("facts: {n: 40 h}", "facts: {n: 40.0 h}", []),
        ("facts: {n: 1/1000 h}", "facts: {n: 0.001 h}", []),
        ("facts: {media: [phone, mail]}", "facts: {media: [mail, phone]}", []),
        ("facts: {n: {value: 1 h, evidence: [a, b]}}", "facts: {n: {value: 1 h, evidence: [b, a]}}", []),
        ("facts: {n: {value: 1 h, evidence: [a, b]}}", "facts: {n: {value: 1 h, evidence: [a]}}", ["n"]),
        ("facts: {n: 40 h}", "facts: {n: 40 min}", ["n"]),
        ("facts: {n: 40 h}", "facts: {n: unknown}", ["n"]),
        ("facts: {n: {value: 40 h, note: by hand}}", "facts: {n: 2400 min}", ["n"]),
        ("facts: {media: []}", "facts: {media: [mail]}", ["media"]),
        ("facts: {share: 83.3 %}", "facts: {share: 83.30 %}", ["share"]),  # 83.3 % may be 83.33 % rounded
        ("inputs: {service: shop}", "inputs: {service: web}", ["service"]),
        (
            "attestations: {1.a: [{verdict: satisfied, by: A}, {verdict: satisfied, by: B}]}",
            "attestations: {1 a): [{verdict: satisfied, by: B}, {verdict: satisfied, by: A}]}",
            [],
        ),
        (
            "attestations: {1.a: {verdict: satisfied, by: A}}",
            "attestations: {1.a: {verdict: satisfied, by: B}}",
            ["1.a"],
        ),
    ],
)
def test_what_is_only_written_otherwise_is_no_cause(was: str, now: str, causes: list[str]) -> None:
    records = "evidence: {a: {kind: log}, b: {kind: log}}\n"
    sides = (registered(WRITTEN, records + said) for said in (was, now))
    assert [c.about.split()[0] for c in causes_between(*sides)] == causes


@drawn(60)
@given(cases())
def test_nothing_differs_from_itself(case: Case) -> None:
    difference = difference_between(assess(*case), assess(*case))
    assert difference.causes == ()
    assert difference.effects == ()


@drawn(60)
@given(cases())
def test_the_statements_of_evidence_are_all_that_it_says(case: Case) -> None:
    program, evidence = case
    said = statements_of(program, evidence)
    bare = evidence_saying(evidence, {})
    assert statements_of(program, bare) == {}
    again, _ = bind(program, evidence_saying(bare, said))
    assert results_of(evaluate(again)) == results_of(assess(program, evidence))


def test_statements_are_about_what_the_policy_calls_by_its_id() -> None:
    assessment = guiju.evaluate(
        POLICY,
        {
            "guiju": "evidence/1",
            "subject": "somebody",
            "as_of": "2026-06-30T00:00:00+08:00",
            "inputs": {"服务类型": "full"},
            "facts": {"百亿级训练算力": {"value": "60 PFLOPS"}},
            "attestations": {"6.1.1.1 a)": {"verdict": "satisfied", "voice": "assessor"}},
        },
    )
    said = statements_of(assessment.program, assessment.bound.evidence)
    assert [key for key in said if key[0] != "as-of"] == [
        ("input", "service"),
        ("fact", "training_compute_10b"),
        ("attestation", "6.1.1.1.a assessor"),
    ]
    assert isinstance(said["as-of", ""], datetime)
    assert said["as-of", ""].astimezone(UTC).year == 2026
