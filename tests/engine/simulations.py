"""The laws of simulating as plain functions, as those in `laws.py`: against the same evidence evaluated anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, islice

from guiju.compiler import ir
from guiju.compiler.ir import Program
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reachable import Memory
from guiju.engine.reasoning.margins import Margin, margins
from guiju.engine.reasoning.simulation import assess_again
from tests.engine.laws import Check, assess, bound_to, one_more, with_facts

MOST_CHANGES = 12
NEAR = Fraction(1, 10**9)  # how far past a threshold a limit is looked at
CLOSE = Fraction(1, 10**3)  # how close to its limit a number is then


def changes(program: Program, evidence: Evidence) -> Iterator[Evidence]:
    """The evidence with one thing more, with one thing less, and with one number otherwise."""
    before = assess(program, evidence)
    less = chain(
        (replace(evidence, facts=tuple(f for f in evidence.facts if f != one)) for one in evidence.facts),
        (replace(evidence, inputs=tuple(i for i in evidence.inputs if i != one)) for one in evidence.inputs),
        (
            replace(evidence, attestations=tuple(a for a in evidence.attestations if a != one))
            for one in evidence.attestations
        ),
    )
    numbers = (f for f in program.facts if isinstance(f.type, ir.NumberType) and f.id in before.bound.facts)
    other = (with_facts(program, evidence, {f.id: Fraction(3)}) for f in numbers)
    for kind in (one_more(before, evidence), less, other):
        yield from islice(kind, MOST_CHANGES)


def check_a_change_settles_as_anew(program: Program, evidence: Evidence) -> None:
    """Whatever is changed, what is settled again and what is taken over are together what evaluating anew gives."""
    memory: Memory = {}
    before = evaluate(bound_to(program, evidence), memory=memory)
    for changed in changes(program, evidence):
        bound = bound_to(program, changed)
        again, anew = assess_again(before, bound, memory), evaluate(bound)
        assert again.values == anew.values
        assert again.clauses == anew.clauses
        assert _sets(again) == _sets(anew)


def _sets(assessment: Assessment) -> dict[int, tuple[frozenset[ir.Value], bool]]:
    return {i: (frozenset(p.values), p.exact) for i, p in assessment.open.items()}


def check_a_margin_ends_where_a_comparison_turns(program: Program, evidence: Evidence) -> None:
    """From a number to its threshold a comparison stays as it is, next to it turns, and the outcomes are those foretold."""
    before = assess(program, evidence)
    for margin in margins(before, {}).found:
        fact = program.fact[margin.fact]
        if fact.formula is not None:
            continue  # it cannot be stated otherwise than it is computed
        index, is_whole = before.network.at[margin.comparison], getattr(fact.type, "integer", False)
        for at in (margin.value, (margin.value * 3 + margin.threshold) / 4):
            if at.denominator == 1 or not is_whole:
                near = assess(program, with_facts(program, evidence, {fact.id: at}))
                assert near.values[index] == margin.holds, (margin, at)
        assert abs(margin.beyond - margin.threshold) <= is_whole, margin
        past = (NEAR if margin.is_upward else -NEAR) if margin.is_limit else Fraction(0)
        beyond = assess(program, with_facts(program, evidence, {fact.id: margin.beyond + past}))
        assert beyond.values[index] != margin.holds, margin
        if margin.turns is not None:
            _check_turns(before, beyond, margin)


def _check_turns(before: Assessment, beyond: Assessment, margin: Margin) -> None:
    """The outcomes next to a threshold are those foretold; a number that moves with the fact comes near its limit."""
    assert margin.turns is not None
    turned = {t.outcome: t for t in margin.turns}
    for outcome in before.program.outcomes:
        seen, turn = set(beyond.possible(outcome).values), turned.get(outcome)
        foretold = set((turn.after if turn else before.possible(outcome)).values)
        if seen != foretold and margin.is_limit:
            assert len(seen) == len(foretold), (margin, outcome)
            pairs = zip(sorted(map(_number, seen)), sorted(map(_number, foretold)), strict=True)
            assert all(abs(one - other) < CLOSE for one, other in pairs), (margin, outcome)
        else:
            assert seen == foretold, (margin, outcome)


def _number(value: ir.Value) -> Fraction:
    assert isinstance(value, Fraction)
    return value


LAWS: tuple[Check, ...] = (
    check_a_change_settles_as_anew,
    check_a_margin_ends_where_a_comparison_turns,
)
