"""Samples: what a rule comes to is what every way of settling the open instances makes of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.ir import UNKNOWN, Verdict
from guiju.engine.evidence import Instance, Quantity, Rule, Sample
from guiju.engine.sampling import counts, gives_a_number, value_of, verdict_of
from guiju.engine.verdict_words import AttestedVerdict
from guiju.exchange.problem import Problem
from guiju.exchange.rules import read_rule
from tests.engine.registered import assess

SETTLED: tuple[AttestedVerdict, ...] = ("satisfied", "unsatisfied", "not-applicable")
RESULTS = st.lists(st.sampled_from(get_args(AttestedVerdict)), max_size=6)
RULES = st.one_of(
    st.just(Rule("all")),
    st.builds(Rule, st.sampled_from(("at-least", "at-most-unsatisfied")), st.integers(0, 7).map(Fraction)),
    st.builds(Rule, st.just("share-at-least"), st.fractions(0, 1, max_denominator=6), st.booleans()),
)


def sample(results: list[AttestedVerdict], rule: Rule, size: int | None = None) -> Sample:
    instances = tuple(Instance(str(n), result) for n, result in enumerate(results))
    return Sample(id="s", population=99, size=len(results) if size is None else size, instances=instances, rule=rule)


def holds(results: tuple[AttestedVerdict, ...], rule: Rule) -> bool | None:
    """What a rule says of results that are all known, in so many words."""
    good, bad = results.count("satisfied"), results.count("unsatisfied")
    if not good + bad:
        return None
    match rule.form, rule.bound:
        case "all", _:
            return bad == 0
        case "at-least", Fraction() as bound:
            return good >= bound
        case "at-most-unsatisfied", Fraction() as bound:
            return bad <= bound
        case "share-at-least", Fraction() as bound:
            share = Fraction(good, good + bad)
            return share > bound if rule.over else share >= bound
    raise AssertionError(rule)


def completions(results: list[AttestedVerdict], more: int) -> Iterator[tuple[AttestedVerdict, ...]]:
    """All ways of settling what is open, without those in which nothing applies."""
    open_ = [SETTLED if result == "unknown" else (result,) for result in results] + [SETTLED] * more
    return (done for done in product(*open_) if set(done) & {"satisfied", "unsatisfied"})


@given(RESULTS, RULES, st.integers(0, 2))
def test_a_verdict_is_what_all_completions_say(results: list[AttestedVerdict], rule: Rule, more: int) -> None:
    found = {holds(done, rule) for done in completions(results, more)}
    drawn = sample(results, rule, len(results) + more)
    assert counts(drawn)["unknown"] == results.count("unknown") + more
    if set(results) & {"satisfied", "unsatisfied"}:
        expected = ("satisfied" if True in found else "unsatisfied") if len(found) == 1 else "unknown"
        assert verdict_of(drawn) == expected
    else:
        assert verdict_of(drawn) == "unknown"


@given(RESULTS, st.sampled_from(("count", "share")), st.integers(0, 1))
def test_a_number_is_given_once_nothing_is_open(results: list[AttestedVerdict], form: str, more: int) -> None:
    drawn = sample(results, Rule(form), len(results) + more)  # type: ignore[arg-type]
    good, bad = results.count("satisfied"), results.count("unsatisfied")
    value = value_of(drawn)
    if more or "unknown" in results or not good + bad:
        assert value is None
    else:
        assert isinstance(value, Quantity)
        assert value.number == (good if form == "count" else Fraction(100 * good, good + bad))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("all", Rule("all")),
        ("全部", Rule("all")),
        ("at least 18", Rule("at-least", Fraction(18))),
        ("at least 18 satisfied", Rule("at-least", Fraction(18))),
        ("至少18项满足", Rule("at-least", Fraction(18))),
        ("at most 2 unsatisfied", Rule("at-most-unsatisfied", Fraction(2))),
        ("至多 2 项不满足", Rule("at-most-unsatisfied", Fraction(2))),
        ("share >= 95 %", Rule("share-at-least", Fraction(19, 20))),
        ("share  >=  0.95", Rule("share-at-least", Fraction(19, 20))),
        ("占比 ≥ 19/20", Rule("share-at-least", Fraction(19, 20))),
        ("占比＞95％", Rule("share-at-least", Fraction(19, 20), over=True)),
        ("count", Rule("count")),
        ("占比", Rule("share")),
    ],
)
def test_rules_are_read_in_both_languages(text: str, rule: Rule) -> None:
    assert read_rule(text) == rule


@pytest.mark.parametrize("text", ["", "some", "at least", "at least 1.5", "at most 2", "share >= 1.1", "share < 5 %"])
def test_what_is_no_rule_is_refused(text: str) -> None:
    assert isinstance(read_rule(text), Problem)


def test_a_number_rounds_nothing() -> None:
    assert value_of(sample(["satisfied", "satisfied", "unsatisfied"], Rule("share"))) == Quantity(
        number=Fraction(200, 3), unit="%"
    )
    assert not gives_a_number(Rule("all"))


# --- in a file -----------------------------------------------------------------------------------------------------

POLICY = """groups section
fact tested : yes-no
fact kept : count
fact passed : %
section 1
  a) "a" attested
  b) "b" passed >= 66.6%
  c) "c" kept >= 2
  d) "d" tested
score S = share of clauses satisfied
"""
DRAWN = "population: 300, results: {i: satisfied, j: satisfied, k: unsatisfied}"


def test_a_sample_decides_a_clause_as_its_voice() -> None:
    found = assess(POLICY, f"samples: {{s: {{clause: 1 a), rule: all, voice: assessor, by: A, {DRAWN}}}}}")
    assert (found.clauses["1.a"].verdict, found.clauses["1.a"].by) == (Verdict.UNSATISFIED, "assessor")
    beside = "attestations: {1.a: {verdict: satisfied, voice: assessor}}"
    found = assess(POLICY, f"samples: {{s: {{clause: 1.a, rule: all, voice: assessor, {DRAWN}}}}}\n{beside}")
    assert (found.clauses["1.a"].verdict, found.clauses["1.a"].reason) == (UNKNOWN, "conflicting")


def test_one_that_is_not_begun_says_nothing_and_one_that_is_open_could_not_confirm_it() -> None:
    vendor = "attestations: {1.a: satisfied}"
    begun = "population: 300, sample: 5, rule: all, clause: 1.a, voice: assessor"
    assert assess(POLICY, f"{vendor}\nsamples: {{s: {{{begun}}}}}").clauses["1.a"].by == "vendor"
    found = assess(POLICY, f"{vendor}\nsamples: {{s: {{{begun}, results: {{i: satisfied}}}}}}").clauses["1.a"]
    assert (found.verdict, found.reason) == (UNKNOWN, "unconfirmed")


def test_a_sample_states_a_fact_by_its_rule() -> None:
    stated = (("passed", "share"), ("kept", "count"), ("tested", "at most 1 unsatisfied"))
    samples = "".join(f"\n  {fact}: {{fact: {fact}, rule: {rule}, {DRAWN}}}" for fact, rule in stated)
    found = assess(POLICY, f"samples:{samples}")
    assert found.value("passed") == Fraction(2, 3)
    assert found.value("kept") == 2
    assert found.value("tested") is True
    assert [found.clauses[f"1.{c}"].verdict for c in "bcd"] == [Verdict.SATISFIED] * 3


def test_a_fact_of_a_sample_that_ended_is_unknown_for_that_reason() -> None:
    for until, expected in (("2026-03-31", (Verdict.SATISFIED, None)), ("2026-03-30", (UNKNOWN, "expired"))):
        text = f"samples: {{s: {{fact: passed, rule: share, until: {until}, {DRAWN}}}}}"
        found = assess(POLICY, text).clauses["1.b"]
        assert (found.verdict, found.reason) == expected
