"""Every boundary of GB/T 45288.3—2025 at level L1: all 6 561 combinations of basic scores, exactly and as floats would.

The eight sub-domains of the full service have basic scores of 0, 1 or 2. Domain scores are means of three, two and
three of them, and A is a third of each: so a sum in binary floating point falls beside 1 where A is exactly 1.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from guiju.compiler.ir import NOT_ENTERED, Program, Value
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Attestation, Choice, Evidence
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, network_of
from guiju.library import load
from tests.engine.strategies import SPAN

POLICY = Path(__file__).parents[2] / "policies/gbt-45288.3-2025/gbt-45288.3-2025.guiju"
SUBDOMAINS = (3, 2, 3)  # of platform, development, operations
Scores = tuple[int, ...]
SCORES: tuple[Scores, ...] = tuple(product((0, 1, 2), repeat=sum(SUBDOMAINS)))


@cache
def program() -> Program:
    compiled = load(str(POLICY)).program
    assert compiled is not None
    return compiled


def split(scores: Scores) -> tuple[Scores, Scores, Scores]:
    return scores[:3], scores[3:5], scores[5:]


def exact(scores: Scores) -> Fraction:
    """Formulas (1) and (2) with equal weights, in fractions."""
    return sum((Fraction(sum(domain), len(domain)) for domain in split(scores)), Fraction(0)) / 3


def level(a: Fraction) -> str:
    """Table 5 for a platform whose second level is not entered."""
    return "L1" if a >= 1 else "none"


def naive(scores: Scores) -> float:
    """Formula (1) as it is usually programmed: a third as a float, times a float, summed."""
    return sum(1 / 3 * (sum(domain) / len(domain)) for domain in split(scores))


def by_weights(scores: Scores) -> float:
    """Formulas (1) and (2) as they are written: weights times scores, twice."""
    return sum(1 / 3 * sum(1 / len(domain) * score for score in domain) for domain in split(scores))


# --- through the engine's own operators ---------------------------------------------------------------------------


class _Grade:
    """What the grade needs of the network once the sub-domain scores are given: each node in order."""

    def __init__(self) -> None:
        self.network: Network = network_of(program())
        names = [f"score:{g.id}@L1" for g in program().groups_of("subdomain")]
        self.given = [self.network.at[name] for name in names]
        self.fixed = self._fixed()
        self.order = self._above()

    def _fixed(self) -> tuple[Value, ...]:
        """Everything that does not stand on the basic scores, from an assessment in which all is known."""
        return evaluate(bind(program(), evidence((0,) * 8))[0]).values

    def _above(self) -> list[int]:
        """The nodes that stand on the basic scores and that the grade stands on."""
        below, stack = set(), [self.network.at["level"]]
        while stack:
            index = stack.pop()
            if index not in below:
                below.add(index)
                stack.extend(() if index in self.given else self.network.nodes[index].operands)
        touched = set(self.given)
        for index in sorted(below - touched):
            if touched & set(self.network.nodes[index].operands):
                touched.add(index)
        return sorted(touched - set(self.given))

    def of(self, scores: Scores) -> tuple[Value, Value]:
        values = list(self.fixed)
        for index, score in zip(self.given, scores, strict=True):
            values[index] = Fraction(score)
        for index in self.order:
            node = self.network.nodes[index]
            values[index] = lifted(node, tuple([values[o] for o in node.operands]))
        return values[self.network.at["A@L1"]], values[self.network.at["level"]]


@pytest.mark.slow
def test_all_6561_combinations_give_the_level_that_fractions_give() -> None:
    grade = _Grade()
    assert len(SCORES) == 27 * 9 * 27
    for scores in SCORES:
        if set(scores) == {2}:
            continue  # there the gate of the second level opens, and the level is no longer a matter of basic scores
        a = exact(scores)
        assert grade.of(scores) == (a, level(a)), scores


def test_naive_floats_put_some_of_them_on_the_wrong_side() -> None:
    wrong = [s for s in SCORES if (naive(s) >= 1) != (exact(s) >= 1)]
    wrong_by_weights = [s for s in SCORES if (by_weights(s) >= 1) != (exact(s) >= 1)]
    assert {exact(s) for s in (*wrong, *wrong_by_weights)} == {Fraction(1)}
    assert naive((2, 2, 0, 2, 0, 2, 0, 0)) == 0.9999999999999999
    assert (2, 2, 0, 2, 0, 2, 0, 0) in wrong
    assert len(wrong) == 126
    assert len(wrong_by_weights) == 189
    assert sum(exact(s) == 1 for s in SCORES) == 523


# --- from attestations on -----------------------------------------------------------------------------------------


@cache
def basic_items() -> tuple[tuple[str, ...], ...]:
    """The basic items of each sub-domain."""
    groups = [g.id for g in program().groups_of("subdomain")]
    return tuple(
        tuple(c.id for c in program().clauses if g in program().ancestors(c.group) and "L1" in c.levels) for g in groups
    )


def evidence(scores: Scores) -> Evidence:
    """All items attested: of the basic ones none fails for a score of 2, one for 1, two for 0."""
    failed = {item for items, score in zip(basic_items(), scores, strict=True) for item in items[: 2 - score]}
    return Evidence(
        subject="boundary",
        inputs=(Choice(name="service", value="full", span=SPAN),),
        attestations=tuple(
            Attestation(
                clause=c.id, verdict="unsatisfied" if c.id in failed else "satisfied", voice="override", span=SPAN
            )
            for c in program().clauses
        ),
        span=SPAN,
    )


#: every combination where A is exactly 1, and every 41st of the others
SPREAD = tuple(s for i, s in enumerate(SCORES) if i % 41 == 0 or exact(s) == 1)


def comes_out_as_fractions_do(scores: Scores) -> None:
    assessment = evaluate(bind(program(), evidence(scores))[0])
    assert assessment.value("A@L1") == exact(scores), scores
    for group, score in zip(program().groups_of("subdomain"), scores, strict=True):
        assert assessment.value(f"score:{group.id}@L1") == score, scores
    if set(scores) != {2}:
        assert assessment.value("A@L2") is NOT_ENTERED, scores
        assert assessment.value("level") == level(exact(scores)), scores


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_every_combination_where_a_is_exactly_1_and_spread_others_from_attestations_on(part: int) -> None:
    for scores in SPREAD[part::2]:
        comes_out_as_fractions_do(scores)


@pytest.mark.slow
def test_all_6561_combinations_from_attestations_on() -> None:
    for scores in SCORES:
        comes_out_as_fractions_do(scores)


def test_all_items_satisfied_reaches_the_third_level() -> None:
    assessment = evaluate(bind(program(), evidence((2,) * 8))[0])
    assert [assessment.value(a) for a in ("A@L1", "A@L2", "A@L3", "level")] == [2, 3, 5, "L3"]
