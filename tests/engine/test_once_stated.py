"""What goes with a statement that something else may still outdo, each with the smallest policy that shows it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pyarrow as pa
import pytest

from guiju.compiler.ir import UNKNOWN, Program, Value, Verdict
from guiju.engine.columnar.plan import plan
from guiju.engine.compiled.compiled import Compiled
from guiju.engine.derivation import derive, replay
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation, Evidence, Quantity, StatedFact, Voice
from guiju.engine.possible import Why
from guiju.engine.verdict_words import AttestedVerdict
from tests.engine.compiled_laws import check_same
from tests.engine.laws import (
    assess,
    check_exact_sets_equal_all_completions,
    check_kleene_verdicts_are_sound,
    check_more_evidence_never_flips_a_decided_verdict,
)
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


def rated(policy: str = RATIO, **facts: str) -> Assessment:
    stated = (
        StatedFact(name=n, value=Quantity(number=Fraction(t), unit=None if n == "done" else "%", text=t), span=SPAN)
        for n, t in facts.items()
    )
    return assess(program(policy), replace(BLANK, facts=tuple(stated)))


def test_a_stated_number_counts_as_exact_until_it_is_shown_to_be_rounded() -> None:
    stated, shown = rated(ratio="80"), rated(ratio="80", done="79.97")
    assert stated.clauses["1.a"].verdict is Verdict.SATISFIED
    assert stated.possible("met").values == (1,)
    assert shown.clauses["1.a"].verdict is Verdict.UNSATISFIED
    for assessment in (stated, shown):
        check_more_evidence_never_flips_a_decided_verdict(assessment.program, assessment.bound.evidence)
        check_kleene_verdicts_are_sound(assessment.program, assessment.bound.evidence)


FAILING = CONDITIONAL.replace('b) "y" f', 'b) "y" attested')


@pytest.mark.parametrize(
    ("voice", "verdict", "decided", "reason"),
    [
        ("assessor", "satisfied", UNKNOWN, "conflicting"),
        ("vendor", "satisfied", UNKNOWN, "missing"),
        ("crosswalk", "satisfied", UNKNOWN, "partial"),
        ("override", "satisfied", Verdict.SATISFIED, None),
        ("assessor", "unsatisfied", Verdict.UNSATISFIED, None),
        ("vendor", "not-applicable", Verdict.NOT_APPLICABLE, None),
    ],
)
def test_facts_that_do_not_decide_may_rule_a_verdict_out(
    voice: Voice, verdict: AttestedVerdict, decided: Value, reason: str | None
) -> None:
    """The condition fails, and whether the clause applies is open: it is unsatisfied, or does not apply."""
    why = "no such thing" if verdict == "not-applicable" else None
    attestation = Attestation(clause="1.a", verdict=verdict, voice=voice, reason=why, span=SPAN)
    fails = StatedFact(name="f", value=False, span=SPAN)
    assessment = assess(program(FAILING), replace(BLANK, facts=(fails,), attestations=(attestation,)))
    result = assessment.clauses["1.a"]
    assert (result.verdict, result.reason) == (decided, reason)
    assert result.disagreeing == ((attestation,) if decided is UNKNOWN else ())
    assert replay(derive(assessment)) == ()


CHAIN = RATIO.replace("section 1", "fact again : % = ratio\nsection 1").replace("ratio >= 80 %", "again >= 80 %")


def test_what_stands_on_a_rounded_number_is_in_conflict_at_worst_and_never_decided_wrongly() -> None:
    """`again` is stated more precisely than the `ratio` that gives it: a conflict, until the exact ratio is known."""
    facts = {"ratio": "80", "again": "79.97"}
    rounded, shown = rated(CHAIN, **facts), rated(CHAIN, **facts, done="79.97")
    assert rounded.clauses["1.a"].reason == "conflicting"
    assert set(rounded.possible("met").values) == {0, 1}
    assert shown.clauses["1.a"].verdict is Verdict.UNSATISFIED


@pytest.mark.parametrize(("done", "verdict"), [("79.5", "unsatisfied"), ("80.5", "satisfied"), ("79.49", None)])
def test_half_of_the_last_place_is_rounded_either_way_and_more_is_a_conflict(done: str, verdict: str | None) -> None:
    result = rated(ratio="80", done=done).clauses["1.a"]
    assert (result.verdict, result.reason) == ((Verdict(verdict), None) if verdict else (UNKNOWN, "conflicting"))


#: `again` is what `f` is, by way of `once`, and no clause looks at either
UNUSED = """standard t-1 "T"
groups section
fact f : yes-no
fact once : yes-no = f
fact again : yes-no = once
section 1
  a) "x" f
  b) "y" attested
score met = count of clauses satisfied
"""


def test_what_nothing_uses_binds_what_its_formula_looks_at_once_it_is_stated() -> None:
    """No completion has `f` otherwise than `again`: what is told of it is no longer exact, in a row of a table either."""
    policy = program(UNUSED)
    stated = replace(BLANK, facts=(StatedFact(name="again", value=True, span=SPAN),))
    for evidence, is_exact in ((BLANK, True), (stated, False)):
        assessment = assess(policy, evidence)
        possible = assessment.possible("met")
        assert set(possible.values) >= {1, 2}
        assert (possible.exact, Why.STATED in possible.why) == (is_exact, not is_exact)
        check_exact_sets_equal_all_completions(policy, evidence)


@pytest.mark.parametrize("f", [None, True])
@pytest.mark.parametrize("again", [None, True])
def test_a_row_that_states_what_nothing_uses_is_answered_alike(again: bool | None, f: bool | None) -> None:
    policy = program(UNUSED)
    row = [f, None, again, None, None]
    function = Compiled(policy, {}, tuple(range(len(row))), ("met",))
    check_same(function, row, function.answer(row))
    batch = pa.RecordBatch.from_pydict({"f": [f], "again": [again]})
    told = plan(policy).evaluate(batch, [("met", "exact")]).batch.column("met.exact").to_pylist()
    assert told == [reached(function, row)] == [again is None or f is True]


def reached(function: Compiled, row: list[bool | None]) -> bool:
    """Whether the reference says just what `met` can be."""
    return function.by_reference(row)["met"].exact
