"""After a baseline: which way outcomes went, and what nobody looked at again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import UNKNOWN, Clause, Undefined, Value
from guiju.engine.reasoning.comparing.difference import Seen
from guiju.engine.reasoning.comparing.reassessment import (
    Direction,
    carried_over,
    direction,
    direction_of,
    no_longer_counting,
)
from guiju.engine.rising import way_of, with_clauses_open
from tests.engine.registered import assess

LEVELS = ("L1", "L2", "L3")


def seen(*values: Value, exact: bool = True) -> Seen:
    return Seen(frozenset(values), exact)


@pytest.mark.parametrize(
    ("before", "after", "went"),
    [
        (seen("L1"), seen("L1"), "unchanged"),
        (seen("none"), seen("L1"), "improved"),
        (seen("L2"), seen("none"), "regressed"),
        (seen("L1", "L2"), seen("L2"), "improved"),
        (seen("L1", "L2"), seen("L1"), "regressed"),
        (seen("L2"), seen("L1", "L2"), "regressed"),
        (seen("L1"), seen("L1", "L2"), "improved"),
        (seen("L2"), seen("L1", "L3"), "otherwise"),
        (seen("L1", "L3"), seen("L1", "L2", "L3"), "otherwise"),
        (seen("L1"), seen("L2", exact=False), "otherwise"),
        (seen("L1"), seen("A"), "otherwise"),
        (seen("L1"), seen(Undefined("no-row")), "otherwise"),
        (seen("L1"), seen(UNKNOWN), "otherwise"),
        (None, seen("L1"), "otherwise"),
        (seen("L1"), None, "otherwise"),
    ],
)
def test_an_outcome_goes_by_the_least_and_the_highest_level(
    before: Seen | None, after: Seen | None, went: Direction
) -> None:
    assert direction_of(before, after, LEVELS) == went


@pytest.mark.parametrize(
    ("before", "after", "more_is_better"),
    [
        (seen(Fraction(1, 3)), seen(Fraction(1, 2)), "improved"),
        (seen(Fraction(2)), seen(Fraction(1)), "regressed"),
        (seen(Fraction(1), Fraction(2)), seen(Fraction(2)), "improved"),
        (seen(Fraction(1), Fraction(3)), seen(Fraction(2)), "otherwise"),
        (seen(Fraction(1)), seen(Undefined("no-row")), "otherwise"),
        (seen(Fraction(1)), seen(Fraction(2), exact=False), "otherwise"),
    ],
)
def test_a_number_goes_the_way_that_satisfying_clauses_takes_it(
    before: Seen, after: Seen, more_is_better: Direction
) -> None:
    turned: dict[Direction, Direction] = {"improved": "regressed", "regressed": "improved"}
    assert direction_of(before, after, LEVELS, 1) == more_is_better
    assert direction_of(before, after, LEVELS, -1) == turned.get(more_is_better, more_is_better)
    assert direction_of(before, after, LEVELS, 0) == "otherwise"


@pytest.mark.parametrize(
    ("policy", "evidence", "ways"),
    [
        ("t-taf-320-2025", "provider-self-check", {"adoption": 1, "adopted": 1}),
        ("t-isc-full-stack-2025-12", "enterprise-platform", {"conformance": 1, "blocking": -1, "coverage": 1}),
        ("t-isc-23-drafting-note", "model-alone", {"topics_covered": 1, "conformity": 0}),
    ],
)
def test_the_way_of_a_number_is_read_off_the_policy(policy: str, evidence: str, ways: dict[str, int]) -> None:
    path = Path(__file__).parents[2] / "policies" / policy / "evidence" / f"{evidence}.yaml"
    assessment = guiju.evaluate(guiju.load(policy), str(path))
    network, values = assessment.network, with_clauses_open(assessment.network, assessment.values)
    clauses = [node.index for node in network.nodes if isinstance(node.subject, Clause)]
    assert {name: way_of(network, values, network.at[name], clauses) for name in ways} == ways


@pytest.mark.parametrize(
    ("each", "all_"),
    [
        ((), "unchanged"),
        (("unchanged", "unchanged"), "unchanged"),
        (("unchanged", "improved"), "improved"),
        (("regressed", "unchanged", "regressed"), "regressed"),
        (("improved", "regressed"), "otherwise"),
        (("improved", "otherwise"), "otherwise"),
    ],
)
def test_outcomes_go_one_way_together_or_there_is_no_telling(each: tuple[Direction, ...], all_: Direction) -> None:
    assert direction(each) == all_


POLICY = """groups section
fact n : count
fact m : count
section 1
  a) "a" attested
  b) "b" n >= 3
  c) "c" m >= 3
score S = share of clauses satisfied
"""
WAS = """evidence:
  old: {kind: log, collected: 2026-01-10, expires: 2026-12-31}
  bare: {kind: log}
facts: {n: {value: 5, evidence: old}, m: 4}
attestations: {1.a: [{verdict: satisfied, voice: assessor, evidence: old}, {verdict: satisfied, voice: vendor}]}
"""


def carried(now: str, was: str = WAS, as_of: str = "2027-03-31T09:00:00+08:00") -> list[tuple[str, tuple[str, ...]]]:
    return [(c.about, c.evidence) for c in carried_over(assess(POLICY, was), assess(POLICY, now, as_of))]


def test_what_is_as_it_was_and_rests_on_the_old_is_carried_over() -> None:
    everything = [("n", ("old",)), ("m", ()), ("1.a assessor", ("old",)), ("1.a vendor", ())]
    assert carried(WAS) == everything
    assert carried(WAS.replace("voice: assessor", "by: B, note: again, voice: assessor")) == everything


def test_what_is_only_written_otherwise_is_carried_over() -> None:
    policy = 'groups section\nfact n : h\nfact s : set of p | m\nsection 1\n  a) "a" attested\nscore S = share of clauses satisfied\n'
    before = assess(policy, "facts: {n: 40 h, s: [p, m]}")
    after = assess(policy, "facts: {n: 2400 min, s: [m, p]}", "2027-03-31T09:00:00+08:00")
    assert [c.about for c in carried_over(before, after)] == ["n", "s"]


def test_newer_evidence_confirms_and_another_value_is_not_carried_over() -> None:
    new = "  new: {kind: log, collected: 2026-03-31T09:00:01+08:00}"
    assert ("n", ("old", "new")) not in carried(
        WAS.replace("facts", f"{new}\nfacts").replace("{value: 5, evidence: old}", "{value: 5, evidence: [old, new]}")
    )
    assert "n" not in dict(carried(WAS.replace("value: 5", "value: 6")))
    assert "m" not in dict(carried(WAS.replace("m: 4", "m: unknown"), WAS.replace("m: 4", "m: unknown")))
    assert "1.a assessor" not in dict(
        carried(WAS.replace("{verdict: satisfied, voice: a", "{verdict: unknown, voice: a"))
    )


def test_evidence_of_the_very_instant_of_the_baseline_is_old() -> None:
    at = WAS.replace("2026-01-10", "2026-03-31T09:00:00+08:00")
    assert "n" in dict(carried(at))


def test_undated_evidence_confirms_where_the_baseline_did_not_have_it() -> None:
    was = WAS.replace("value: 5, evidence: old", "value: 5, evidence: bare")
    assert "n" in dict(carried(was, was))
    assert "n" not in dict(carried(was.replace("bare: {kind: log}", 'bare: {kind: log, revision: "2"}'), was))


def test_a_sample_that_is_drawn_anew_is_not_carried_over() -> None:
    was = "samples: {s: {clause: 1.a, population: 9, rule: all, results: {i: satisfied}}}"
    assert carried(was, was) == [("1.a vendor", ())]
    assert carried(was.replace("i:", "j:"), was) == []


def test_evidence_that_expired_since_is_told_and_what_had_expired_before_is_not() -> None:
    found = no_longer_counting(assess(POLICY, WAS), assess(POLICY, WAS, "2027-03-31T09:00:00+08:00"))
    assert [(o.record.id, o.why) for o in found] == [("old", "expired")]
    later = "2028-03-31T09:00:00+08:00"
    assert no_longer_counting(assess(POLICY, WAS, "2027-03-31T09:00:00+08:00"), assess(POLICY, WAS, later)) == ()
