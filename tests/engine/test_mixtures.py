"""What comparing takes for granted so as not to settle and sweep each mixture: that it is what the reference says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given

from guiju.compiler.ir import UNKNOWN, Value, Verdict
from guiju.engine.bind import Bound, bind
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation
from guiju.engine.reasoning.comparing.completed import NOTHING, Completed, Ground, Taken, up_to_clauses
from guiju.engine.reasoning.comparing.difference import Cause, causes_between
from guiju.engine.reasoning.comparing.exchanged import exchanged
from guiju.engine.reasoning.comparing.mixture import Examples, open_clauses
from guiju.engine.reasoning.comparing.statements import Key
from tests.engine.comparisons import mixed, otherwise
from tests.engine.registered import assess as registered
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn
from tests.engine.wide import wide_cases


def two_sides(case: Case, changes: int = 6) -> tuple[Assessment, Assessment]:
    """The evidence of a case, and the same with some things said otherwise at the same instant."""
    program, evidence = case
    other = replace(otherwise(program, evidence, Random(7), changes), as_of=evidence.as_of)
    one, later = (evaluate(bind(program, e)[0]) for e in (evidence, other))
    return one, later


def some_of(causes: tuple[Cause, ...]) -> Iterator[tuple[Cause, ...]]:
    draw = Random(3)
    for _ in range(4):
        yield tuple(c for c in causes if draw.random() < 0.5)


def what_decides(bound: Bound) -> tuple[object, ...]:
    """All of bound evidence that an evaluator looks at."""
    return (
        bound.facts,
        bound.inputs,
        bound.stated,
        bound.rounded,
        bound.expired,
        *(in_any_order(said) for said in (bound.attestations, bound.lapsed)),
    )


def in_any_order(said: Mapping[str, tuple[Attestation, ...]]) -> dict[str, list[Attestation]]:
    return {clause: sorted(attestations, key=repr) for clause, attestations in said.items()}


def key_of(cause: Cause) -> Key:
    assert cause.what in ("fact", "input", "attestation", "crosswalk")
    return cause.what, cause.about


@drawn(120)
@given(cases())
def test_statements_are_exchanged_as_if_they_had_been_bound(case: Case) -> None:
    one, other = two_sides(case)
    for causes in some_of(causes_between(one, other)):
        bound, _ = bind(one.program, mixed(one.bound.evidence, other.bound.evidence, causes))
        keys = [key_of(c) for c in causes]
        assert what_decides(exchanged(one.bound, other.bound, keys)) == what_decides(bound)


VOICES = """groups section
fact door : yes-no
fact parts : count
fact whole : count
fact share : % = parts / whole
section 1 "s"
  a) "closed" share > 10 % applies when door
  b) "watched" attested
"""
RECORDS = """evidence:
  old: {kind: log, expires: 2026-01-01}
  new: {kind: log, expires: 2026-12-31}
"""


def test_voices_of_one_clause_are_exchanged_apart_with_what_ended_of_each() -> None:
    one = registered(
        VOICES,
        f"{RECORDS}attestations:\n"
        "  1.b:\n"
        "    - {verdict: satisfied, voice: vendor, evidence: [old]}\n"
        "    - {verdict: unsatisfied, voice: override, reason: r, until: 2026-02-01}\n"
        "facts: {door: {value: yes, evidence: [old]}, share: 33.3 %}\n",
    )
    other = registered(
        VOICES,
        f"{RECORDS}attestations:\n"
        "  1.b:\n"
        "    - {verdict: unsatisfied, voice: vendor, evidence: [new]}\n"
        "    - {verdict: satisfied, voice: assessor, evidence: [old]}\n"
        "facts: {door: {value: no, evidence: [new]}, share: 33 %}\n",
    )
    causes = causes_between(one, other)
    assert len(causes) == 5
    for left_out in causes:
        changed = tuple(c for c in causes if c is not left_out)
        bound, _ = bind(one.program, mixed(one.bound.evidence, other.bound.evidence, changed))
        keys = [key_of(c) for c in changed]
        assert what_decides(exchanged(one.bound, other.bound, keys)) == what_decides(bound)


def ground_of(assessment: Assessment) -> Ground:
    end = up_to_clauses(assessment.network)
    return Ground(assessment.bound, assessment.readings, assessment.values[:end], assessment.clauses)


def check_completed(one: Assessment, other: Assessment) -> None:
    """Nodes come to what is settled; and where something is taken, only to what they can be."""
    network, ground = one.network, ground_of(one)
    settled = Completed(ground, NOTHING)
    for node in network.nodes:
        assert settled.value(node.index) == one.values[node.index], node.address
    examples = Examples(network, [*open_clauses(one), *open_clauses(other)])
    for possible in other.open.values():
        for value in possible.values if possible.exact else ():
            examples.found(possible.witness(value))
    for taken in examples:
        completed = Completed(ground, taken)
        for definition in one.program.definitions:
            value = completed.value(network.at[definition.id])
            if definition.shown and value is not UNKNOWN:
                check_is_possible(one, definition.id, value)


def check_is_possible(assessment: Assessment, address: str, value: Value) -> None:
    possible = assessment.possible(address)
    is_listed = value in possible.values or (isinstance(value, Fraction) and ANY in possible.values)
    assert is_listed or not possible.values, (address, value, possible)


@drawn(150)
@given(cases())
def test_what_completions_elsewhere_lead_to_is_possible_here(case: Case) -> None:
    check_completed(*two_sides(case))


@drawn(100)
@given(wide_cases())
def test_what_completions_elsewhere_lead_to_is_possible_under_wide_policies(case: Case) -> None:
    check_completed(*two_sides(case))


def test_a_clause_that_nobody_speaks_of_is_told_by_what_its_facts_are_taken_to_be() -> None:
    assessment = registered(VOICES, "inputs: {}\n")
    network = assessment.network
    for door, told in ((True, Verdict.SATISFIED), (False, Verdict.NOT_APPLICABLE)):
        facts: dict[str, Value] = {"fact:door": door, "fact:parts": Fraction(1), "fact:whole": Fraction(3)}
        taken = Taken({network.at[address]: value for address, value in facts.items()}, UNKNOWN)
        assert Completed(ground_of(assessment), taken).value(network.at["clause:1.a"]) is told


def test_a_clause_that_is_disputed_is_told_by_its_facts_where_these_outdo_the_dispute() -> None:
    by_two = "[{verdict: satisfied, by: A}, {verdict: unsatisfied, by: B}]"
    assessment = registered(VOICES, f"facts: {{door: yes, whole: 3}}\nattestations: {{1.a: {by_two}, 1.b: {by_two}}}\n")
    assert {c: r.reason for c, r in assessment.clauses.items()} == {"1.a": "conflicting", "1.b": "conflicting"}
    at = assessment.network.at
    for taken in (
        dict[int, Value](),
        {at["clause:1.a"]: Verdict.NOT_APPLICABLE, at["clause:1.b"]: Verdict.NOT_APPLICABLE},
    ):
        one = {at["fact:parts"]: Fraction(1), **taken}
        completed = Completed(ground_of(assessment), Taken(one, Verdict.UNSATISFIED))
        assert completed.value(at["clause:1.a"]) is Verdict.SATISFIED
        assert completed.value(at["clause:1.b"]) is Verdict.UNSATISFIED


def test_what_is_said_of_a_clause_leaves_its_open_facts_open() -> None:
    """A completion in which the door is open denies what is attested, and is none."""
    assessment = registered(VOICES, "attestations: {1.a: {verdict: satisfied, voice: assessor}}\n")
    network = assessment.network
    taken = Taken({network.at["fact:door"]: False}, UNKNOWN)
    assert Completed(ground_of(assessment), taken).value(network.at["fact:door"]) is UNKNOWN


def test_what_is_stated_of_a_formula_leaves_the_open_facts_in_it_open() -> None:
    assessment = registered(VOICES, "facts: {share: 33.3 %}\n")
    at = assessment.network.at
    taken = Taken({at["fact:parts"]: Fraction(1), at["fact:door"]: True}, UNKNOWN)
    completed = Completed(ground_of(assessment), taken)
    assert completed.value(at["fact:parts"]) is UNKNOWN
    assert completed.value(at["fact:door"]) is True
