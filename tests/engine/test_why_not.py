"""Why not a level: the fewest things that suffice, none of them open where failures decide, and open inputs named."""

from __future__ import annotations

from pathlib import Path

import guiju
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.why_not import WhyNot, why_not
from guiju.exchange.evidence import parse_evidence

EVIDENCE = Path("policies/gbt-45288.3-2025/evidence")


def answer(assessment: Assessment, level: str) -> WhyNot:
    found = why_not(assessment, "level", level)
    assert found is not None
    return found


def test_of_what_surely_fails_the_fewest_failures_are_told() -> None:
    found = answer(guiju.evaluate("gbt-45288.3-2025", EVIDENCE / "mid-vendor-with-gaps.yaml"), "L3")
    assert found.holds is False
    assert [(s.definition.id, s.failed, s.not_shown) for s in found.shortfalls] == [
        ("score:hardware@L2", ("6.1.1.1.f", "6.1.1.3.f"), ())
    ]
    assert [d.id for d in found.besides] == ["score:toolchain@L2"]


def test_of_what_is_open_everything_that_is_not_shown_is_told() -> None:
    found = answer(guiju.evaluate("gbt-45288.3-2025", EVIDENCE / "mid-vendor-with-gaps.yaml"), "L2")
    assert [s.not_shown for s in found.shortfalls] == [("6.1.2.4.c",), ("6.1.3.3.b",), ("6.2.2.5.b",)]
    assert found.besides == ()


def test_an_open_input_on_the_way_is_named() -> None:
    text = (EVIDENCE / "full-stack-provider.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("inputs:")]
    evidence = parse_evidence(Source("e.yaml", "\n".join(lines)))[0]
    assert evidence is not None
    found = answer(guiju.evaluate("gbt-45288.3-2025", evidence), "L1")
    assert (found.lacks, found.shortfalls) == (("service",), ())
