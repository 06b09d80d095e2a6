"""Overrides and verdicts that ended, and waivers: what counts until when, and what never counts."""

from __future__ import annotations

import pytest

from guiju.compiler.ir import UNKNOWN, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import lacking
from guiju.engine.verdicts import EITHER
from guiju.report.lacking import lacking_text
from guiju.report.result import result_of
from tests.engine.registered import assess

POLICY = """groups section
fact n : count
levels
  L1
  L2
section 1
  a) "a" attested
  b) "b" n >= 3
score S = share of clauses satisfied
grade level by S
  L1        | 50% <= S < 100%
  L2        | S >= 100%
  otherwise | none
"""
OVERRIDE = "{verdict: satisfied, voice: override, by: Committee, reason: r, until: %s}"
WAIVER = "{voice: waiver, by: Board, reason: r, until: %s}"


def of(clause: str, said: str, facts: str = "{}") -> Assessment:
    return assess(POLICY, f"facts: {facts}\nattestations: {{{clause}: [{said}]}}")


def told(found: Assessment, clause: str) -> tuple[object, object, object]:
    result = found.clauses[clause]
    return result.verdict, result.by, result.reason


def test_an_override_counts_to_the_end_of_its_last_day() -> None:
    assert told(of("1.a", OVERRIDE % "2026-03-31"), "1.a") == (Verdict.SATISFIED, "override", None)
    at_nine = "2026-03-31T09:00:00+08:00"
    assert told(of("1.a", OVERRIDE % at_nine), "1.a") == (Verdict.SATISFIED, "override", None)
    assert told(of("1.a", OVERRIDE % "2026-03-31T08:59:59+08:00"), "1.a")[2] == "expired"


@pytest.mark.parametrize(
    ("clause", "beside", "facts"),
    [
        ("1.a", "", "{}"),
        ("1.a", "{verdict: unsatisfied, voice: vendor}, ", "{}"),
        ("1.a", "{verdict: satisfied, voice: assessor}, ", "{}"),
        ("1.b", "", "{n: 1}"),
        ("1.b", "", "{n: 5}"),
    ],
)
def test_what_an_ended_override_overruled_does_not_come_back(clause: str, beside: str, facts: str) -> None:
    found = of(clause, beside + OVERRIDE % "2026-03-30", facts)
    assert told(found, clause) == (UNKNOWN, "override", "expired")
    assert set(found.possible(f"clause:{clause}").values) == set(EITHER)  # as whoever decides it anew may say
    assert not found.is_settled("level")
    assert lacking(found, found.clauses[clause]) == ()
    assert lacking_text(found, found.clauses[clause], "en") == "; override Committee was given until 2026-03-30"


def test_an_override_that_is_given_anew_decides() -> None:
    found = of("1.a", f"{OVERRIDE % '2026-03-30'}, {OVERRIDE.replace('satisfied', 'unsatisfied') % '2026-12-31'}")
    assert told(found, "1.a") == (Verdict.UNSATISFIED, "override", None)


def test_another_verdict_that_ended_counts_for_nothing_and_others_decide() -> None:
    vendor = "{verdict: satisfied, voice: vendor}"
    ended = "{verdict: unsatisfied, voice: assessor, until: 2026-03-30}"
    assert told(of("1.a", f"{vendor}, {ended}"), "1.a") == (Verdict.SATISFIED, "vendor", None)
    assert told(of("1.a", ended), "1.a") == (UNKNOWN, None, "expired")
    assert told(of("1.b", ended, "{n: 5}"), "1.b") == (Verdict.SATISFIED, "facts", None)


@pytest.mark.parametrize("until", ["2026-12-31", "2026-03-30"])
@pytest.mark.parametrize("said", ["", "{verdict: unsatisfied}, ", "{verdict: satisfied, voice: assessor}, "])
def test_a_waiver_changes_no_value_and_stands_beside(until: str, said: str) -> None:
    without, waived = of("1.a", said.rstrip(", ")), of("1.a", said + WAIVER % until)
    assert waived.values == without.values
    assert waived.open == without.open
    assert dict(waived.clauses) == dict(without.clauses)
    shown = {c.id: c for c in result_of(waived, "en").clauses}
    assert [(w.by, w.reason, w.ended) for w in shown["1.a"].waivers] == [("Board", "r", until < "2026-03-31")]
    assert shown["1.b"].waivers == []


def test_a_result_says_nothing_of_what_the_first_version_cannot_say() -> None:
    plain = result_of(of("1.a", "{verdict: unsatisfied}", "{n: 5}"), "en").model_dump_json()
    assert '"sample"' not in plain
    assert '"until"' not in plain
    assert '"ended"' not in plain
    assert '"waivers"' not in plain
