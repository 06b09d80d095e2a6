"""Whoever attests `unknown` looked and could not confirm it: what that does to each other voice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.compiler.ir import UNKNOWN, Verdict
from guiju.engine.evidence import Attestation, StatedFact, Voice
from guiju.engine.verdict_words import AttestedVerdict
from guiju.engine.verdicts import ClauseResult
from tests.engine.laws import assess
from tests.engine.strategies import SPAN
from tests.engine.test_once_stated import BLANK, SHARED, program

Said = tuple[Voice, AttestedVerdict]
VENDOR: Said = ("vendor", "satisfied")
ASSESSOR: Said = ("assessor", "satisfied")
OVERRIDE: Said = ("override", "satisfied")
CROSSWALK: Said = ("crosswalk", "satisfied")
DOUBT: Said = ("assessor", "unknown")
OPEN: Said = ("override", "unknown")
SILENCE: Said = ("vendor", "unknown")


def result(*said: Said, fact: bool | None = None) -> ClauseResult:
    """What becomes of a clause that stands on a fact, which is perhaps stated, and on what is said of it."""
    attestations = tuple(Attestation(clause="1.a", voice=voice, verdict=verdict, span=SPAN) for voice, verdict in said)
    facts = () if fact is None else (StatedFact(name="f", value=fact, span=SPAN),)
    return assess(program(SHARED), replace(BLANK, facts=facts, attestations=attestations)).clauses["1.a"]


@pytest.mark.parametrize(
    ("said", "verdict", "by", "reason"),
    [
        ((VENDOR,), Verdict.SATISFIED, "vendor", None),
        ((VENDOR, DOUBT), UNKNOWN, None, "unconfirmed"),
        ((CROSSWALK, DOUBT), UNKNOWN, None, "unconfirmed"),
        ((DOUBT,), UNKNOWN, None, "unconfirmed"),
        ((ASSESSOR, DOUBT), Verdict.SATISFIED, "assessor", None),  # another assessor confirmed it
        ((OVERRIDE, DOUBT), Verdict.SATISFIED, "override", None),
        ((ASSESSOR, OPEN), UNKNOWN, "override", "left-open"),
        ((OVERRIDE, OPEN), UNKNOWN, None, "conflicting"),
        ((SILENCE,), UNKNOWN, None, "missing"),  # a vendor who does not know says nothing
        ((SILENCE, CROSSWALK), Verdict.SATISFIED, "crosswalk", None),
    ],
)
def test_a_doubt_takes_away_what_was_only_said(
    said: tuple[Said, ...], verdict: object, by: str | None, reason: str | None
) -> None:
    found = result(*said)
    assert (found.verdict, found.by, found.reason) == (verdict, by, reason)


def test_facts_decide_what_an_assessor_could_not_confirm_but_not_what_an_override_leaves_open() -> None:
    assert result(VENDOR, DOUBT, fact=False).verdict is Verdict.UNSATISFIED
    assert result(OPEN, fact=True).verdict is UNKNOWN


def test_nothing_that_was_said_is_lost() -> None:
    """Both are kept: the one that was not followed is told where the voices differ, whichever it is."""
    doubted, decided = result(VENDOR, DOUBT), result(DOUBT, fact=True)
    assert [a.voice for a in doubted.attestations] == ["vendor", "assessor"]
    assert [a.voice for a in doubted.disagreeing] == ["vendor"]
    assert [a.voice for a in decided.disagreeing] == ["assessor"]
    assert [a.voice for a in result(OVERRIDE, OPEN).disagreeing] == ["override", "override"]


def test_a_clause_left_open_may_come_to_either_verdict_though_its_facts_are_known() -> None:
    left = (Attestation(clause="1.a", voice="override", verdict="unknown", span=SPAN),)
    known = replace(BLANK, facts=(StatedFact(name="f", value=True, span=SPAN),), attestations=left)
    assert set(assess(program(SHARED), known).possible("met").values) == {1, 2}
