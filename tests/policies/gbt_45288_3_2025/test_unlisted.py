"""The two combinations that Table 4 leaves out: the domain that is not offered takes no part, and no more than A is undefined.

8.1 a) to c) and formula (2) need no weight of Table 4, so scores of sub-domains and domains stand.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from guiju.compiler.ir import ABSENT, Undefined
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.why.why_not import why_not
from guiju.exchange.evidence import parse_evidence
from guiju.report.why_not import why_not_lines
from tests.policies.gbt_45288_3_2025.policy import program

UNDEFINED = Undefined("undefined-combination")
SERVICES = {"platform+operations": "development", "development+operations": "platform"}  # and what is not offered


def evidence(service: str, *unsatisfied: str, only: tuple[str, ...] | None = None) -> Evidence:
    """Every clause of some domains satisfied by an assessor, but for a few."""
    clauses = [c.id for c in program().clauses if only is None or program().ancestors(c.group)[-1] in only]
    lines = [f"  {c}: {'un' if c in unsatisfied else ''}satisfied" for c in clauses]
    text = [f"guiju: evidence/1\nsubject: X\nvoice: assessor\ninputs: {{service: {service}}}", "attestations:", *lines]
    found, said = parse_evidence(Source("e.yaml", "\n".join(text)))
    assert found is not None, said
    return found


@cache
def assessed(service: str, *unsatisfied: str, only: tuple[str, ...] | None = None) -> Assessment:
    """The assessment of such evidence."""
    return evaluate(bind(program(), evidence(service, *unsatisfied, only=only))[0])


def scores(assessment: Assessment, domain: str, level: str) -> set[object]:
    """Of a domain and of each of its sub-domains at a level."""
    groups = [domain, *(g.id for g in program().groups if g.parent == domain)]
    return {assessment.value(f"score:{g}@{level}") for g in groups}


@pytest.mark.parametrize(("service", "left_out"), SERVICES.items())
def test_a_domain_that_is_not_offered_takes_no_part(service: str, left_out: str) -> None:
    basic = next(c.id for c in program().clauses if program().ancestors(c.group)[-1] == left_out and "L1" in c.levels)
    for assessment in (assessed(service), assessed(service, basic)):
        assert assessment.value(f"weight:{left_out}") is ABSENT
        for domain in {"platform", "development", "operations"} - {left_out}:
            assert scores(assessment, domain, "L1") == {Fraction(2)}
            assert scores(assessment, domain, "L2") == {Fraction(3)}
            assert scores(assessment, domain, "L3") == {Fraction(5)}


@pytest.mark.parametrize("service", SERVICES)
def test_the_level_and_its_score_are_undefined_for_that_reason_alone(service: str) -> None:
    assessment = assessed(service)
    names = ["level", *(f"A@{level.id}" for level in program().levels)]
    assert {assessment.value(name) for name in names} == {UNDEFINED}


@pytest.mark.parametrize("level", ["L1", "L2", "L3"])
@pytest.mark.parametrize("unsatisfied", [(), ("6.1.2.3.b",), ("6.2.1.1.a",)], ids=["nothing", "foreign", "own"])
def test_why_not_says_so_and_nothing_else(unsatisfied: tuple[str, ...], level: str) -> None:
    """Whatever a clause may come to, no level follows, so that none is named."""
    assessment = assessed("development+operations", *unsatisfied)
    answer = why_not(assessment, "level", level)
    assert answer is not None
    assert len(list(why_not_lines(assessment, "level", answer, "en"))) == 1
    (line,) = why_not_lines(assessment, "level", answer, "en")
    said, _, place = line.partition("  [")
    assert said.endswith("is not reached: a combination that the standard does not list")
    assert place.startswith("table 5 ")  # the row of the level


def test_nothing_that_is_open_matters() -> None:
    """Neither what nobody has looked at in the other domain, nor what is open in these."""
    assert assessed("development+operations", only=("operations",)).possible("level").values == (UNDEFINED,)


def test_under_halves_the_level_is_known() -> None:
    halves = {"unlisted-combinations": "equal-halves"}
    bound = bind(program(), evidence("development+operations", "6.1.2.3.b"))[0]
    assert evaluate(bound, halves).value("level") == "L3"
