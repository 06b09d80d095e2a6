"""Which causes lead to an effect, against evaluating every mixture of two evidences by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import Program
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.because import because
from guiju.engine.reasoning.difference import Cause, Effect, difference_between, seen_in
from tests.engine.laws import bound_to
from tests.engine.strategies import evidence_for, programs
from tests.engine.test_laws import drawn

POLICY = guiju.load("gbt-45288.3-2025")
LATER = datetime(2026, 3, 1, tzinfo=UTC)


@st.composite
def two_evidences(draw: st.DrawFn) -> tuple[Program, Evidence, Evidence]:
    """A program, evidence for it, and the same with some of what other evidence says."""
    program = draw(programs())
    one, other = draw(evidence_for(program)), draw(evidence_for(program))
    facts = [f for f in other.facts if draw(st.booleans())]
    named = {f.name for f in facts}
    clauses = {c.id for c in program.clauses if draw(st.booleans())}
    said = [a for a in one.attestations if a.clause not in clauses]
    return (
        program,
        one,
        replace(
            one,
            as_of=draw(st.sampled_from([one.as_of, LATER, None])),
            facts=(*(f for f in one.facts if f.name not in named), *facts),
            inputs=draw(st.sampled_from([one.inputs, other.inputs])),
            attestations=(*said, *(a for a in other.attestations if a.clause in clauses)),
        ),
    )


def mixed(one: Evidence, other: Evidence, causes: Iterable[Cause]) -> Evidence:
    """The one evidence with what the causes name taken from the other."""
    changed = {(c.what, c.about) for c in causes}
    facts = [f for f in one.facts if ("fact", f.name) not in changed]
    inputs = [i for i in one.inputs if ("input", i.name) not in changed]
    said = [a for a in one.attestations if ("attestation", f"{a.clause} {a.voice}") not in changed]
    return replace(
        one,
        as_of=other.as_of if ("as-of", "") in changed else one.as_of,
        facts=(*facts, *(f for f in other.facts if ("fact", f.name) in changed)),
        inputs=(*inputs, *(i for i in other.inputs if ("input", i.name) in changed)),
        attestations=(
            *said,
            *(a for a in other.attestations if ("attestation", f"{a.clause} {a.voice}") in changed),
        ),
    )


def check_the_causes_named_give_the_difference(program: Program, one: Evidence, other: Evidence) -> None:
    """Each set that suffices does so when it alone is changed, and no smaller set does; without a needed cause it is not."""
    before, after = (evaluate(bound_to(program, e)) for e in (one, other))
    difference = difference_between(before, after)
    if len(difference.causes) > 6:
        return
    leads = {
        chosen: seen_in(evaluate(bound_to(program, mixed(one, other, chosen))))
        for size in range(len(difference.causes) + 1)
        for chosen in combinations(difference.causes, size)
    }

    def gives(chosen: tuple[Cause, ...], effect: Effect) -> bool:
        return leads[chosen].get((effect.what, effect.address)) == effect.after

    for told in because(before, after, difference):
        assert gives(difference.causes, told.effect)
        assert told.found == "smallest"
        suffices = [chosen for chosen in leads if gives(chosen, told.effect)]
        fewest = min(map(len, suffices))
        assert set(told.sufficing) == {s for s in suffices if len(s) == fewest}, told
        alone = [tuple(o for o in difference.causes if o is not c) for c in difference.causes]
        needed = {c for c, rest in zip(difference.causes, alone, strict=True) if not gives(rest, told.effect)}
        assert set(told.needed or ()) == needed, told


@drawn(80)
@given(two_evidences())
def test_the_causes_named_give_the_difference(drawn_: tuple[Program, Evidence, Evidence]) -> None:
    check_the_causes_named_give_the_difference(*drawn_)


@drawn(40)
@given(two_evidences())
def test_where_too_many_would_have_to_be_tried_the_set_still_suffices(
    drawn_: tuple[Program, Evidence, Evidence],
) -> None:
    program, one, other = drawn_
    before, after = (evaluate(bound_to(program, e)) for e in (one, other))
    difference = difference_between(before, after)
    for told in because(before, after, difference, most=len(difference.causes) + 3):
        for chosen in told.sufficing:
            seen = seen_in(evaluate(bound_to(program, mixed(one, other, chosen))))
            assert seen.get((told.effect.what, told.effect.address)) == told.effect.after
