"""What the laws once found broken, as short cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from guiju.compiler.ir import NOT_ENTERED, Undefined, Value
from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation, Choice, Evidence, Quantity, StatedFact, Voice
from tests.engine.laws import bound_to
from tests.engine.strategies import SPAN, compiled

HEAD = 'standard s-1 "S"\ngroups section\n'
COUNT = "score rest = count of clauses satisfied\n"


def assessment_of(
    text: str, attestations: tuple[Attestation, ...] = (), budget: int = 100_000, **facts: Any
) -> Assessment:
    program = compiled(HEAD + text)
    assert program is not None
    stated = tuple(StatedFact(name=f, value=v, span=SPAN) for f, v in facts.items())
    return evaluate(
        bound_to(program, Evidence(subject="s", facts=stated, attestations=attestations, span=SPAN)), budget=budget
    )


def said(clause: str, verdict: Any, voice: Any) -> Attestation:
    return Attestation(clause=clause, verdict=verdict, voice=voice, span=SPAN)


@pytest.mark.parametrize(
    "text",
    [
        'let k = count of clauses satisfied\nsection 6.1 "s"\n  a) "x" attested\n  b) "y" k >= 1\n',
        'section 6.1 "s"\n  a) "x" 6.1 b) satisfied\n  b) "y" 6.1 a) satisfied\n',
        'fact a : number = a + 1\nsection 6.1 "s"\n  a) "x" a > 1\n',
    ],
)
def test_a_circle_through_clauses_or_formulas_is_a_diagnostic(text: str) -> None:
    document, _ = parse(Source("circle", HEAD + text + COUNT))
    found = compile_document(document)
    assert found.program is None
    assert [d.code.name for d in found.diagnostics] == ["cycle"]


@pytest.mark.parametrize("fact", ["fact a : yes-no = 3", "fact a : PFLOPS = 3 s", "fact a : number = yes"])
def test_a_formula_gives_what_its_fact_is(fact: str) -> None:
    document, _ = parse(Source("formula", HEAD + fact + '\nsection 6.1 "s"\n  a) "x" attested\n' + COUNT))
    assert "type-mismatch" in [d.code.name for d in compile_document(document).diagnostics]


def test_a_clause_that_people_dispute_may_be_found_not_to_apply() -> None:
    text = (
        'fact b : yes-no\nsection 6.1 "s"\n  a) "x" attested applies when b\nscore part = share of clauses satisfied\n'
    )
    dispute = (said("6.1.a", "satisfied", "assessor"), said("6.1.a", "not-applicable", "assessor"))
    possible = assessment_of(text, dispute, b=True).possible("part")
    assert set(possible.values) == {Fraction(0), Fraction(1), Undefined("share-of-nothing")}


def test_facts_still_decide_where_vendors_disagree() -> None:
    text = 'fact a : number\nsection 6.1 "s"\n  a) "x" a > 1\n  b) "y" a > 1\n' + COUNT
    dispute = (said("6.1.a", "satisfied", "vendor"), said("6.1.a", "unsatisfied", "vendor"))
    assert set(assessment_of(text, dispute).possible("rest").values) == {Fraction(0), Fraction(2)}


@pytest.mark.parametrize("voice", ["assessor", "vendor", "crosswalk"])
def test_facts_do_not_deny_what_is_attested(voice: Voice) -> None:
    text = 'fact a : number\nsection 6.1 "s"\n  a) "x" a > 1\n  b) "y" a > 1\n' + COUNT
    possible = assessment_of(text, (said("6.1.a", "satisfied", voice),)).possible("rest")
    assert (possible.values, possible.exact) == ((2,), True)  # one satisfied alone would contradict the attestation


def test_an_override_stands_whatever_the_facts_say() -> None:
    text = 'fact a : number\nsection 6.1 "s"\n  a) "x" a > 1\n  b) "y" a > 1\n' + COUNT
    possible = assessment_of(text, (said("6.1.a", "satisfied", "override"),)).possible("rest")
    assert (set(possible.values), possible.exact) == ({1, 2}, True)


def test_attestations_that_cannot_all_be_true_bind_nothing_and_leave_an_enclosure() -> None:
    text = 'fact a : number\nsection 6.1 "s"\n  a) "x" a > 1\n  b) "y" a > 2\n  c) "z" a > 3\n' + COUNT
    people = (said("6.1.a", "unsatisfied", "assessor"), said("6.1.b", "satisfied", "assessor"))
    possible = assessment_of(text, people).possible("rest")
    assert (set(possible.values), possible.exact) == ({1, 2}, False)


def test_an_absent_or_not_entered_value_stays_so_beside_a_number_that_may_be_any() -> None:
    text = """fact a : number
fact b : yes-no
levels
  L1 "l"
  L2 "m"
section 6.1 "s"
  a) "x" attested
score part
  at L1
    1 otherwise
  at L2 after b
    1 otherwise
score total = a * a * part at L2
"""
    possible = assessment_of(text).possible("total")
    assert set(possible.values) == {ANY, NOT_ENTERED}
    assert not possible.exact


def test_an_enclosure_of_many_scores_does_not_multiply_them() -> None:
    items = "".join(f'  {"abcdefghijkl"[i]}) "x" attested\n' for i in range(12))
    scores = "".join(f"score s{i} = count of clauses except 6.1 {'abcdefghijkl'[i]}) satisfied\n" for i in range(12))
    total = "score total = " + " + ".join(f"s{i}" for i in range(12)) + "\n"
    possible = assessment_of(f'section 6.1 "s"\n{items}{scores}{total}', budget=1).possible("s3")
    assert not possible.exact
    assert set(possible.values) == {Fraction(n) for n in range(12)}


def test_of_two_reasons_the_same_is_told_in_any_order() -> None:
    value: list[Value] = []
    for condition in ("1 / z = 1 and share of clauses satisfied > 0", "share of clauses satisfied > 0 and 1 / z = 1"):
        text = f'fact z : number\nsection 6.1 "s"\n  a) "x" attested applies when z > 0\nlet both = {condition}\n'
        value.append(assessment_of(text, z=Quantity(number=Fraction(0))).value("both"))
    assert value == [Undefined("division-by-zero")] * 2


def test_a_domain_that_the_service_leaves_out_shuts_no_gate_for_the_others() -> None:
    text = """standard s-1 "S"
input service : one of both | second
groups domain > section
levels
  L1 "l"
  L2 "m"
domain d1 "d"
  section 6.1 "s"
    a) "c" attested
domain d2 "d"
  section 6.2 "s"
    a) "c" attested
score of each section
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after score at L1 >= 2
    3 otherwise
score of each domain at each level = mean of score over each section
weights
  service | d1 | d2
  both | 50% | 50%
  second | | 100%
score A at each level = sum of weight * score over each domain
grade level by A
  L1 | 1 <= A <= 2
  L2 | 2 < A <= 3
  otherwise | none
"""
    program = compiled(text)
    assert program is not None
    verdicts = (said("6.1.a", "unsatisfied", "override"), said("6.2.a", "satisfied", "override"))
    chosen = (Choice(name="service", value="second", span=SPAN),)
    evidence = Evidence(subject="s", inputs=chosen, attestations=verdicts, span=SPAN)
    assessment = evaluate(bound_to(program, evidence))
    assert (assessment.value("score:d1@L2"), assessment.value("A@L2")) == (NOT_ENTERED, 3)
    assert assessment.value("level") == "L2"


def test_an_enclosure_of_too_many_numbers_keeps_the_least_and_the_greatest() -> None:
    """Ten clauses with weights of 1, 2, 4 … 512: every whole number to 1023 is reachable."""
    marks = "abcdefghij"
    clauses = "".join(f'  {m}) "x" attested\n' for m in marks)
    scores = "".join(f"score w{m}\n  {2**i} when 6.1 {m}) satisfied\n  0 otherwise\n" for i, m in enumerate(marks))
    whole = (
        f"score whole = {' + '.join(f'w{m}' for m in marks)}\nscore half = whole / 2 - 1\nscore inverse = 1 / whole\n"
    )
    text = f'section 6.1 "s"\n{clauses}{scores}{whole}score over\n  1 when whole > 1023\n  0 otherwise\n'
    rough = assessment_of(text, budget=1)
    for score, ends in (("whole", {0, 1023}), ("half", {-1, Fraction(1021, 2)})):
        possible = rough.possible(score)
        assert (set(possible.values), possible.bounded, possible.exact) == ({*ends, ANY}, True, False)
    assert rough.possible("over").values == (0,)
    assert not rough.possible("inverse").bounded  # near zero it knows no bounds
    assert ANY in rough.possible("inverse").values


def test_an_enclosed_count_of_many_clauses_keeps_its_ends() -> None:
    marks = "abcdefghijklmnopqrst"
    section = "".join(f'  {m}) "x" attested\n' for m in marks)
    sections = "".join(f'section 6.{i} "s"\n{section}' for i in range(1, 21))
    rough = assessment_of(f"{sections}score part = share of clauses satisfied\n{COUNT}", budget=1)
    assert set(rough.possible("rest").values) == {0, 400, ANY}
    assert set(rough.possible("part").values) == {0, 1, ANY}


def test_a_number_between_equal_bounds_is_that_number() -> None:
    clauses = "".join('  - "x" attested\n' for _ in range(250))
    nought = "score nought = 0 * rest\nscore is_nought\n  1 when nought = 0\n  0 otherwise\n"
    possible = assessment_of(f'section 6.1 "s"\n{clauses}{COUNT}{nought}', budget=10).possible
    assert (possible("nought").values, possible("is_nought").values) == ((0,), (1,))
