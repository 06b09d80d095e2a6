"""Why a set is an enclosure: each reason on a policy that gives cause for it, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.possible import Why
from guiju.engine.sweep import BUDGET
from guiju.library import compile_source
from guiju.report.enclosures import enclosure, marked

POLICY = """standard t-1 "T"
fact n : number
fact m : number
fact a : count
fact b : count
fact r : number = n / (m + 1)
groups part
levels
  L1 "L1"
part 1 "P"
  clause 1.1 "c" CONDITION
  clause 1.2 "c" n >= 2
  clause 1.3 "c" a >= 2
  clause 1.4 "c" b >= 3
score total = SCORE
grade level by total
  L1 | total >= 2
  otherwise | none
"""
COUNTED = "count of clauses satisfied"
STEEP = "997 * a < 1000 * b and 1000 * b < 997 * a + 1"


def assessed(condition: str, score: str = COUNTED, budget: int = BUDGET, **facts: Any) -> Assessment:
    """A subject of which little is known."""
    text = POLICY.replace("CONDITION", condition).replace("SCORE", score)
    program = compile_source(Source("t.guiju", text)).program
    assert program is not None
    bound = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts}).bound
    return evaluate(bound, budget=budget)


@pytest.mark.parametrize(
    ("found", "of", "why"),
    [
        (assessed("n * m >= 4"), "level", {Why.NUMBERS}),
        (assessed("n + m >= 4"), "level", set()),
        (assessed("m >= 4", f"{COUNTED} + m"), "level", set()),
        (assessed("m >= 4", f"{COUNTED} + m"), "total", {Why.ANY_NUMBER}),
        (assessed("m >= 4", budget=1), "level", {Why.COMBINATIONS}),
        (assessed("m >= 4 and r >= 0.1", r="0.5"), "level", {Why.STATED}),
        (assessed(STEEP), "level", {Why.WHOLE}),
        (assessed("n * m >= 4", a="2", b="3"), "total", {Why.NUMBERS}),
        (assessed("n * m >= 4", a="2", b="3"), "level", set()),  # something it must be, and nothing else can be
    ],
)
def test_what_keeps_a_set_from_being_exact_is_told(found: Assessment, of: str, why: set[Why]) -> None:
    possible = found.possible(of)
    assert (set(possible.why), possible.exact) == (why, not why)


def test_each_reason_is_said_in_both_languages() -> None:
    said = {language: [enclosure([why], language) for why in Why] for language in ("en", "zh")}
    for lines in said.values():
        assert len(set(lines)) == len(Why)
    assert "open numbers meet" in enclosure([Why.NUMBERS], "en")
    both = enclosure([Why.STATED, Why.COMBINATIONS], "zh")
    assert both.count("；") == 1
    exact = assessed("n + m >= 4").possible("level")
    assert marked("L1", exact, "en") == "L1"
    assert marked("L1", assessed("n * m >= 4").possible("level"), "en").startswith("L1 (enclosure")
