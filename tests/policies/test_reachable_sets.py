"""What every bundled standard can still come to is told exactly, and each end of a score can be seen to be reached."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from guiju.compiler.ir import Program, Value
from guiju.dsl.source import Source, Span
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.exchange.evidence import read_evidence
from guiju.library import compile_source
from tests.engine import laws

POLICIES = Path(__file__).parents[2] / "policies"
BUNDLED = sorted(p for p in POLICIES.glob("*/*.guiju") if p.parent.name != "vocabulary")
BLANK = Evidence(subject="x", span=Span(Source("blank", ""), 0, 0))


def program_of(policy: Path) -> Program:
    program = compile_source(Source(str(policy), policy.read_text(encoding="utf-8"))).program
    assert program is not None
    return program


def evidence_for(policy: Path) -> Iterator[Evidence]:
    """Nothing at all, and what the examples of the standard show."""
    yield BLANK
    for path in sorted((policy.parent / "evidence").glob("*.yaml")):
        evidence, _ = read_evidence(path)
        assert evidence is not None
        yield evidence


def ends(assessment: Assessment, id_: str) -> set[Value]:
    """The least and the greatest number that a score can come to."""
    numbers = [v for v in assessment.possible(id_).values if isinstance(v, Fraction)]
    return {min(numbers), max(numbers)} if numbers else set()


@pytest.mark.parametrize("policy", BUNDLED, ids=lambda p: p.stem)
def test_the_outcomes_of_a_bundled_standard_are_exact(policy: Path) -> None:
    program = program_of(policy)
    for evidence in evidence_for(policy):
        assessment = laws.assess(program, evidence)
        for outcome in program.outcomes:
            assert assessment.possible(outcome).exact, (evidence.subject, outcome)


@pytest.mark.slow
@pytest.mark.parametrize("policy", BUNDLED, ids=lambda p: p.stem)
def test_each_end_of_a_score_has_a_completion_that_replays(policy: Path) -> None:
    program = program_of(policy)
    assessment = laws.assess(program, BLANK)
    scores = [d.id for d in program.definitions if d.shown and d.group is None]
    for id_ in scores:
        for value in ends(assessment, id_):
            told = laws.evidence_of(program, BLANK, assessment.possible(id_).witness(value))
            assert laws.assess(program, told).value(id_) == value, (id_, value)


def test_gbt_45288_is_exact_from_a_blank_start_with_a_tenth_of_the_budget() -> None:
    bound = laws.bound_to(program_of(POLICIES / "gbt-45288.3-2025" / "gbt-45288.3-2025.guiju"), BLANK)
    assessment = evaluate(bound, budget=2_000)
    assert {"L1", "L2", "L3", "none"} < set(assessment.possible("level").values)
    for id_ in ("level", "A@L1", "A@L2", "A@L3"):
        assert assessment.possible(id_).exact, id_
