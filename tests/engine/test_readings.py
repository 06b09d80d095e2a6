"""Readings are tried by parts; what is said of every combination is what assessing each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given

import guiju
from guiju.compiler.ir import Program, Undefined
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.fixed import FactsBelow, facts_below
from guiju.engine.network import network_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, outcomes_of
from guiju.engine.reasoning.readings import depending as readings
from guiju.engine.reasoning.readings.depending import ALL, reading_effects
from guiju.engine.reasoning.readings.witnessed import Witnesses
from guiju.engine.reasoning.undefinable import Undefinable
from guiju.library import compile_source
from tests.engine.laws import assess, reading_choices
from tests.engine.registered import assess as registered
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn
from tests.engine.wide import wide_cases

EVIDENCE = sorted(Path("policies/gbt-45288.3-2025/evidence").glob("*.yaml"))
EVERY = 37  # of the thousands of combinations of the standard's readings, one in so many


def outcomes(assessment: Assessment) -> dict[str, frozenset[object]]:
    """What each outcome can be."""
    return {o: frozenset(assessment.possible(o).values) for o in assessment.program.outcomes}


def test_the_facts_below_a_clause_are_looked_for_once_under_its_own_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    """They were looked for below every clause under every combination of all readings."""
    assessment = guiju.evaluate("gbt-45288.3-2025", EVIDENCE[1])
    program, looked_for = assessment.program, list[tuple[str, tuple[tuple[str, str], ...]]]()
    facts_below.cache_clear()
    below = FactsBelow._below

    def noted(self: FactsBelow, clause: str, options: Mapping[str, str]) -> tuple[str, ...]:
        looked_for.append((clause, tuple(options.items())))
        return below(self, clause, options)

    monkeypatch.setattr(FactsBelow, "_below", noted)
    assert reading_effects(assessment).tried > len(program.readings)
    assert len(looked_for) == len(set(looked_for)) < 2 * len(program.clauses)


@drawn(50)
@given(cases())
def test_every_combination_has_the_outcomes_of_its_own_assessment(case: Case) -> None:
    here = assess(*case)
    effects = reading_effects(here)
    reachable: dict[str, set[object]] = {o: set(v) for o, v in outcomes(here).items()}
    different = []
    for options in product(*([o.id for o in r.options] for r in here.program.readings)):
        chosen = {r.id: o for r, o in zip(here.program.readings, options, strict=True)}
        found = outcomes(evaluate(here.bound, chosen))
        for outcome, values in found.items():
            reachable[outcome] |= values
        if found != outcomes(here):
            different.append((chosen, found))
    assert effects.complete
    assert effects.reachable == reachable
    for chosen, _ in different:
        assert any(a.readings.items() <= chosen.items() for a in effects.changing), chosen
    for alternative in effects.changing:
        assert outcomes(evaluate(here.bound, alternative.readings)) == alternative.outcomes != outcomes(here)


@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda p: p.stem)
def test_every_combination_of_the_standards_readings_is_decided(evidence: Path) -> None:
    here = guiju.evaluate("gbt-45288.3-2025", evidence)
    effects = reading_effects(here)
    assert effects.complete
    assert effects.tried == effects.combinations > 90
    active = [r for r in here.program.readings if r.id in effects.active]
    for options in list(product(*([o.id for o in r.options] for r in active)))[::EVERY]:
        chosen = {r.id: o for r, o in zip(active, options, strict=True)}
        found = outcomes(evaluate(here.bound, chosen))
        matching = [a for a in effects.changing if a.readings.items() <= chosen.items()]
        assert (found == outcomes(here)) or any(a.outcomes == found for a in matching), chosen


OPEN = """
standard open-1 "Much is open"
groups section
levels
  L1
  L2
section s
CLAUSES
score total = count of clauses satisfied
grade level by total
  L2 | total > 30
  L1 | 10 < total <= 30
  otherwise | none
READINGS
"""


def much_is_open() -> Assessment:
    clauses = "\n".join(['  - "x" attested'] * 59)
    patches = ("grade L1 = 12 < total <= 30", "grade otherwise = undefined")
    readings = [
        f'reading r{i} "r"\n  default as-is : nothing changes\n  or other : {p}' for i, p in enumerate(patches, 1)
    ]
    text = OPEN.replace("CLAUSES", clauses).replace("READINGS", "\n".join(readings))
    program = compile_source(Source("open.guiju", text)).program
    assert program is not None
    return guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x"})


def test_with_much_open_every_single_change_is_tried_and_more_when_asked_for() -> None:
    effects = reading_effects(much_is_open())
    assert (effects.combinations, effects.tried, effects.complete) == (4, 3, False)
    assert [dict(a.readings) for a in effects.changing] == [{"r2": "other"}]
    asked = reading_effects(much_is_open(), ALL)
    assert (asked.tried, asked.complete) == (4, True)


def test_what_witnesses_show_is_what_an_assessment_says() -> None:
    here = much_is_open()
    witnesses = Witnesses(here)
    for other in ("r1", "r2"):
        readings = {**here.readings, other: "other"}
        assert witnesses.outcomes(readings) == outcomes(evaluate(here.bound, readings))


def test_a_reading_that_leaves_an_undefined_outcome_undefined_is_not_told_to_change_it() -> None:
    """What a standard says nothing of stays undefined, though no row of its grade lists that."""
    here = guiju.evaluate("gbt-45288.3-2025", {"guiju": "evidence/1", "subject": "x"})
    effects = reading_effects(here)
    assert Undefined("undefined-combination") in here.possible("level").values
    for alternative in effects.changing:
        assert outcomes(evaluate(here.bound, alternative.readings)) == alternative.outcomes != outcomes(here)


def undefined_of(values: Iterable[object]) -> set[object]:
    return {v for v in values if isinstance(v, Undefined)}


def check_reasons(program: Program, evidence: Evidence) -> None:
    """An outcome is undefined for no other reasons than those that are found at a glance."""
    bound = bind(program, evidence)[0]
    undefinable = Undefinable(network_of(program), bound.inputs)
    for chosen in reading_choices(program):
        assessment = evaluate(bound, chosen)
        for outcome in program.outcomes:
            possible = assessment.possible(outcome)
            found = undefinable.of(assessment.network.at[outcome], assessment.readings)
            assert not possible.exact or undefined_of(possible.values) <= found, (outcome, chosen)


@drawn(100)
@given(cases())
def test_an_outcome_is_undefined_for_no_reason_that_is_not_found_at_a_glance(case: Case) -> None:
    check_reasons(*case)


@drawn(100)
@given(wide_cases())
def test_nor_is_it_under_wide_policies(case: Case) -> None:
    check_reasons(*case)


GRADED = """groups section
fact n : count
fact whole : count
fact part : % = n / whole
input kind : one of hall | bridge
section 1 "s"
  a) "a" attested
  b) "b" attested applies when n > 3
section 2 "t"
  a) "c" attested applies when n > 3
weights
  kind   | 1    | 2
  hall   | 100% |
  bridge |      | 100%
score S of each section = count of clauses satisfied
score total = FORMULA
grade level by total
  high | total > 1
  otherwise | low
"""


@pytest.mark.parametrize(
    ("formula", "reasons"),
    [
        ("count of clauses satisfied", set()),
        ("share of clauses satisfied", set()),
        ("share of clauses of 2 satisfied", {"share-of-nothing"}),
        ("sum of weight * S over each section", set()),
        ("1 / count of clauses satisfied", {"division-by-zero"}),
        ("n + 1", {"too-large"}),
        ("3 * count of clauses satisfied - 1", set()),
        ("part", {"conflicting", "division-by-zero", "too-large"}),
    ],
)
def test_the_reasons_for_which_an_outcome_may_be_undefined(formula: str, reasons: set[str]) -> None:
    assessment = registered(GRADED.replace("FORMULA", formula), "facts: {}\n")
    found = Undefinable(assessment.network, {}).of(assessment.network.at["level"], assessment.readings)
    assert found == {Undefined(reason) for reason in reasons}


THREE_FACTS = """
standard three-1 "Three facts"
fact p : yes-no
fact q : yes-no
fact z : yes-no
groups section
section s
  a) "a" p
  b) "b" q
  c) "c" q
  d) "d" z
  e) "e" z
  f) "f" z
  g) "g" z
  h) "h" p
score of each section = count of clauses satisfied
score total = sum of score over each section
reading h "What h) asks for"
  default p : nothing changes
  or q : clause s h) requires q
  or z : clause s h) requires z
"""


def test_options_that_choose_between_open_facts_are_not_taken_for_one_another() -> None:
    program = compile_source(Source("three.guiju", THREE_FACTS)).program
    assert program is not None
    here = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x"})
    found = {a.readings["h"]: a.outcomes for a in reading_effects(here).changing}
    assert found == {option: outcomes(evaluate(here.bound, {"h": option})) for option in ("q", "z")}
    assert found["q"] != found["z"]


LOOKED_AT_FROM_ABOVE = """
standard above-1 "A grade that looks at a number itself"
groups section
levels
  L1
  L2
fact x : number
fact y : number
fact w : yes-no
section s
  a) "a" x >= 50
section t
  a) "a" y >= 10
score part of each section = count of clauses satisfied
score total = sum of part over each section
grade level by total
  L2 | w
  L1 | 0 <= total < 9
  otherwise | none
reading above "What L2 asks for"
  default as-printed : nothing changes
  or other : grade level L2 = total = COUNT and LOOKS
  or lower : grade level L2 = total = COUNT and x >= 60
reading below "What a) asks for"
  default as-printed : nothing changes
  or band : clause s a) requires x >= 50 and x <= 100
"""


@pytest.mark.parametrize(("count", "looks"), [("1", "x >= 200"), ("0", "x < y"), ("1", "x >= 70 and y < 10")])
def test_what_a_grade_looks_at_under_another_option_only_is_tried_with_the_thresholds_of_that_option(
    count: str, looks: str
) -> None:
    text = LOOKED_AT_FROM_ABOVE.replace("COUNT", count).replace("LOOKS", looks)
    program = compile_source(Source("above.guiju", text)).program
    assert program is not None
    here = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": {"w": True}})
    effects = reading_effects(here)
    for chosen in ({"above": a, "below": b} for a in ("as-printed", "other", "lower") for b in ("as-printed", "band")):
        found = outcomes(evaluate(here.bound, chosen))
        matching = [a for a in effects.changing if a.readings.items() <= chosen.items()]
        assert any(a.outcomes == found for a in matching) or (not matching and found == outcomes(here)), chosen


TIED_IN_ONE_PART = """
standard tied-1 "An attestation stands on an open number of one section"
groups section
fact x : number
fact y : number
section s
  a) "a" x >= 50
section t
  a) "a" y >= 10
  b) "b" y >= 20
score part of each section = count of clauses satisfied
score total = sum of part over each section
reading first "What s a) asks for"
  default as-printed : nothing changes
  or more : clause s a) requires x >= 60
  or most : clause s a) requires x >= 70
reading second "What t b) asks for"
  default as-printed : nothing changes
  or more : clause t b) requires y >= 30
"""


def test_a_part_without_ties_is_still_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    program = compile_source(Source("tied.guiju", TIED_IN_ONE_PART)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": {"t.a": "satisfied"}}
    here = guiju.evaluate(guiju.Policy(program), evidence)
    swept: list[Known] = []

    def counted(known: Known, memory: Memory) -> dict[str, Possible]:
        swept.append(known)
        return outcomes_of(known, memory)

    monkeypatch.setattr(readings, "outcomes_of", counted)
    effects = reading_effects(here)
    assert (effects.tried, effects.changing) == (6, ())
    assert len(swept) == 2  # one for each option of the second reading: the options of the first come to the same


CONTESTED = """fact power : PFLOPS
fact staff : count
groups section
section 4 "s"
  a) "Strong" power > 50 PFLOPS
  b) "Staffed" staff >= 3 and power > 60 PFLOPS
reading strict "Strict" cites 1
  why "x"
  default more "more" : nothing changes
  or least "at least" : clause 4 a) requires power >= 50 PFLOPS
reading staffed "Staffed" cites 2
  why "x"
  default both "both" : nothing changes
  or one "one" : clause 4 b) requires staff >= 3 or power > 60 PFLOPS
score met = count of clauses satisfied
grade level by met
  good | met = 2
  otherwise | none
"""


@pytest.mark.parametrize("chosen", [{}, {"strict": "least"}, {"strict": "least", "staffed": "one"}], ids=str)
def test_a_reading_that_contests_a_verdict_lets_others_matter(chosen: dict[str, str]) -> None:
    """Where nobody decides 4 a) any more it matters how 4 b) is read, which it does not beside a failed clause.

    An assessor finds 4 a) unsatisfied; under `least` the facts say otherwise.
    """
    evidence = "facts: {power: 50 PFLOPS}\nattestations:\n  4 a): {verdict: unsatisfied, voice: assessor}\n"
    here = evaluate(registered(CONTESTED, evidence).bound, chosen)
    effects = reading_effects(here)
    found = {
        (a, b): outcomes(evaluate(here.bound, {"strict": a, "staffed": b}))
        for a, b in product(("more", "least"), ("both", "one"))
    }
    assert {o: set(v) for o, v in effects.reachable.items()} == {"level": {"good", "none"}}
    assert found["least", "one"] == {"level": frozenset({"good", "none"})}
    assert sum(value == {"level": frozenset({"none"})} for value in found.values()) == 3
    assert effects.active == ("strict", "staffed")
