"""The single path: a row comes to the same by the reference, by the compiled function and in columns, unknowns included."""

from __future__ import annotations

import os
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import UNKNOWN, Program, Verdict
from guiju.engine.columnar.plan import plan
from guiju.engine.evaluate import evaluate, known_from
from guiju.engine.layout import layout
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.reached import Reached
from guiju.engine.rows import bind_row
from guiju.library import bundled, load
from tests.engine import many_rows
from tests.engine.strategies import compiled, programs
from tests.engine.tables import random_rows, rows_of_verdicts, table_of
from tests.engine.ways import Ways, drawn_ways

ROWS = int(os.environ.get("GUIJU_ROWS", "0"))  # of each policy here; few in CI, for the reference takes its time
EXAMPLES = sorted((Path(guiju.__path__[0]) / "policies" / "examples").rglob("*.guiju"))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(programs(), st.integers(0, 2**32))
def test_a_row_comes_to_the_same_by_every_way(program: Program, seed: int) -> None:
    random = Random(seed)
    assert not list(drawn_ways(program, random).differences(random_rows(program, random, ROWS or 12)))


@pytest.mark.parametrize("name", [*bundled(), *map(str, EXAMPLES)], ids=lambda name: Path(name).stem)
def test_rows_of_each_bundled_policy_and_example_come_to_the_same_by_every_way(name: str) -> None:
    program = load(name).program
    assert program is not None
    random = Random(Path(name).stem)
    ways = drawn_ways(program, random)
    for rows in (random_rows(program, random, ROWS or 1), rows_of_verdicts(program, random, ROWS or 4)):
        assert not list(ways.differences(rows))


@pytest.mark.slow
def test_many_rows_of_many_policies_come_to_the_same_by_every_way() -> None:
    assert not [line for line in many_rows.compare(ROWS or 1000) if line.startswith("DIFFERENT")]


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(programs(), st.integers(0, 2**32))
def test_what_was_swept_before_changes_nothing_that_is_told(program: Program, seed: int) -> None:
    shared: Memory = {}
    for row in random_rows(program, Random(seed), ROWS or 12):
        told_alike(program, row, shared)


def told_alike(program: Program, row: list[object], shared: Memory) -> None:
    """All that is told of a row, by itself and after other rows, whatever node is asked for."""
    bound, found = bind_row(program, row, "row")
    if any(d.is_error for d in found):
        return
    alone, after = evaluate(bound), evaluate(bound, memory=shared)
    assert {i: told(p) for i, p in alone.open.items()} == {i: told(p) for i, p in after.open.items()}
    for definition in (d for d in program.definitions if d.shown):
        index, expected = alone.network.at[definition.id], told(alone.possible(definition.id))
        assert [told(Reached(alone.known, memory).of(index)) for memory in ({}, shared)] == [expected, expected]


def told(possible: Possible) -> tuple[object, ...]:
    """A set in whatever order it was found."""
    return frozenset(possible.values), possible.exact, possible.bounded


# --- what is told exactly among all that is shown, and not by itself ------------------------------------------------

MEETING = """standard meeting "MEETING 1"
fact x : number
fact y : number
fact q : % = x / y
fact g : set of a | b | c
fact k : one of u | v
fact n : count
let load = n * 3 - 2
groups section
levels
  A
section 1 "S1"
  a) "q" q > 2/3
  c) "g" a in g or b in g
section 2 "S2"
  a) "load" load >= 10 or k = u
  c) "c" attested
score cnt of each section at each level = count of clauses satisfied
score tot at each level = sum of cnt over each section
score num = q * 10 - load
grade fin by tot
  A | tot >= 3
  otherwise | undefined
grade sign by num
  A | num >= 0
  otherwise | none
"""


def test_a_row_is_told_as_exactly_as_its_assessment(tmp_path: Path) -> None:
    path = tmp_path / "meeting.guiju"
    path.write_text(MEETING, encoding="utf-8")
    program = load(str(path)).program
    assert program is not None
    row = [{"y": -10}.get(slot.name) for slot in layout(program)]
    assessment = evaluate(bind_row(program, row, "row")[0])
    assert assessment.possible("fin").exact
    assert not possible_of(assessment.known, assessment.network.at["fin"], {}).exact
    assert not list(Ways(program, {}, ("fin", "sign", "num")).differences([row]))


# --- one fact below three thresholds -----------------------------------------------------------------------------

SCALE = """standard scale "SCALE 1"
groups attribute
levels
  C1
  C2
fact achieved : %
attribute 1.1 "p"
  a) "partly" achieved > 15%
  b) "largely" achieved > 50%
  c) "fully" achieved > 85%
score steps of each attribute = count of clauses satisfied
grade rating by steps
  N | steps < 1
  P | 1 <= steps < 2
  L | 2 <= steps < 3
  F | 3 <= steps
score reached
  at C1
    1 when all clauses of 1.1 a)~b) satisfied
    0 otherwise
  at C2
    1 when all clauses of 1.1 satisfied
    0 otherwise
grade capability by reached
  C1 | reached = 1
  C2 | reached = 1
  otherwise | none
"""
THRESHOLDS, CLAUSES = (15, 50, 85), ("clause:1.1.a", "clause:1.1.b", "clause:1.1.c")
ACHIEVED = (15, 16, 50, 51, 85, 86)  # on either side of each threshold
SAID = (None, True, False, "unknown")


@pytest.fixture(scope="module")
def scale() -> Program:
    program = compiled(SCALE)
    assert program is not None
    return program


def test_what_is_attested_between_thresholds_comes_to_the_same_by_every_way(scale: Program) -> None:
    shown = tuple(d.id for d in scale.definitions if d.shown)
    rows = list(product((None, *ACHIEVED), SAID, SAID, SAID))
    ways = Ways(scale, {}, shown, CLAUSES)
    assert not list(ways.differences(rows))
    assert ways.settled_alone == 0


def test_a_clause_that_nobody_decides_can_be_what_the_completions_leave_it(scale: Program) -> None:
    """Its verdict is unknown as long as no one decides it, though what is said of others leaves it no choice."""
    for said in product(SAID, repeat=3):
        bounds = list(zip(said, THRESHOLDS, strict=True))
        left = [a for a in ACHIEVED if all(s not in {True, False} or s is (a > t) for s, t in bounds)]
        assessment = evaluate(bind_row(scale, [None, *said], "row")[0])
        for clause, threshold, word in zip(CLAUSES, THRESHOLDS, said, strict=True):
            if left and word not in {True, False}:
                can_be = {"satisfied" if a > threshold else "unsatisfied" for a in left}
                assert {str(v.value) for v in assessment.possible(clause).values} == can_be  # type: ignore[union-attr]
                assert assessment.clauses[clause.removeprefix("clause:")].verdict is UNKNOWN


BEHIND_A_GATE = """standard made-1 "MADE 1"
groups domain > subdomain > section
fact o1 : one of x | y | z
levels
  L1
  L2
  L3
domain d1 "d"
  subdomain u1 "u"
    section 6.1 "s"
      - "c" o1 = x
      - "c" o1 != x
      - "c" attested
  subdomain u2 "u"
    section 6.2 "s"
      a) "c" not (6.1-3 unsatisfied)
      b) "c" o1 = y applies when 6.1-3 satisfied
membership
  section | L1 | L2 | L3
  6.1 | 6.1-1, 6.1-2 | 6.1-1~6.1-3 | all
  6.2 |  | a) | all
score of each subdomain
  at L1
    3 when any clauses unsatisfied
    0 otherwise
  at L2
    3 when more than half of clauses satisfied
    0 otherwise
  at L3 after every subdomain within domain scores 2 at L2
    3 when any clauses unsatisfied
    0 otherwise
score of each domain at each level = mean of score over each subdomain
score A at each level = max of score over each domain
grade level by A
  L3 | 3 < A <= 4
  L2 | 2 < A <= 3
  L1 | 1 <= A <= 2
  otherwise | none
"""


def test_what_is_said_of_a_clause_binds_another_also_where_the_gate_before_it_is_shut() -> None:
    """6.2 b) applies only where 6.1-3 is satisfied: whoever says whether it is met says that, too."""
    program = compiled(BEHIND_A_GATE)
    assert program is not None
    rows = [[None, *said] for said in product((None, True, False), repeat=5)]
    ways = Ways(program, {}, ("level",))
    assert not list(ways.differences(rows))
    assert ways.alone < len(rows)


DOES_NOT_APPLY = """standard made-1 "MADE 1"
groups section
fact large : yes-no
let small = 2 < 1
levels
  L1
section 6.1 "s"
  a) "c" large applies when small = yes
  b) "c" attested
score met of each section at each level = count of clauses satisfied
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 2
  otherwise | none
"""


def test_a_clause_that_never_applies_is_in_dispute_where_a_column_of_bits_says_it_is_not_met() -> None:
    """6.1 a) comes to *not applicable* before anybody has said anything, and no bit says the same."""
    program = compiled(DOES_NOT_APPLY)
    assert program is not None
    rows = [list(row) for row in product((None, True), (None, True, False), (None, True, False))]
    ways = Ways(program, {}, ("level",))
    assert not list(ways.differences(rows))
    assert ways.alone < len(rows)


BESIDE = """standard made-1 "MADE 1"
groups section
fact o1 : one of x | y
fact n : number
levels
  L1
section 6.1 "s"
  a) "c" o1 = x
  b) "c" attested applies when 1 / n > 2
section 6.2 "s"
  a) "c" attested applies when o1 = y
score met of each section at each level = count of clauses satisfied
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 2
  otherwise | none
"""


def test_what_is_said_of_a_clause_binds_nothing_where_all_is_stated_that_it_stands_on() -> None:
    """Who attests 6.2 a) says of o1 that it is y, unless the row says so: then planes tell 6.1 a) all the same."""
    program = compiled(BESIDE)
    assert program is not None
    rows = [list(row) for row in product((None, "x", "y"), (None, 0, 1, Decimal("0.25")), *[(None, True, False)] * 3)]
    ways = Ways(program, {}, ("level",), ("clause:6.1.a",))
    assert not list(ways.differences(rows))

    def left(address: str, *row: object) -> int:
        return plan(program).evaluate(table_of(program, [row])[0], [(address, "value")]).alone

    assert left("clause:6.1.a", None, None, None, None, True) == 1
    assert left("clause:6.1.a", "y", None, None, None, True) == 0
    assert left("level", "y", None, None, True, None) == 1  # it may be undefined whether 6.1 b) applies
    assert left("level", "y", Decimal("0.25"), None, True, None) == 0


RULED_OUT = """standard made-1 "MADE 1"
groups section
fact o1 : one of x | y
levels
  L1
section 6.1 "s"
  a) "c" o1 = y
  b) "c" 2 > 1 applies when o1 = x
score met of each section at each level = count of clauses satisfied
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 1
  otherwise | none
"""


def test_a_verdict_that_facts_rule_out_in_any_case_is_in_dispute_also_beside_another_over_the_same_facts() -> None:
    """6.1 b) is met or does not apply, so whoever says that it is not met says what it cannot be."""
    program = compiled(RULED_OUT)
    assert program is not None
    rows = [list(row) for row in product([None], SAID, (*SAID, "not applicable"))]
    ways = Ways(program, {}, ("level", "A@L1"))
    assert not list(ways.differences(rows))
    assert ways.alone < len(rows)


RULED_OUT_BESIDE = """standard made-1 "MADE 1"
groups section
fact o1 : one of x | y
levels
  L1
section 6.1 "s"
  a) "c" attested
  b) "c" 6.1 a) satisfied
  c) "c" attested applies when o1 = x
  d) "c" 2 > 1 applies when o1 = x
score met of each section at each level
  1 when more than half of clauses satisfied
  0 otherwise
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 1
  otherwise | none
"""


def test_a_verdict_that_facts_rule_out_is_in_dispute_also_where_all_that_they_leave_comes_to_the_same() -> None:
    """With 6.1 a) and b) met, more than half are whether 6.1 d) is met or does not apply, and not where it is not met."""
    program = compiled(RULED_OUT_BESIDE)
    assert program is not None
    rows = [list(row) for row in product([None], [True, False], [None], SAID, (*SAID, "not applicable"))]
    ways = Ways(program, {}, ("level", "A@L1"))
    assert not list(ways.differences(rows))
    assert ways.alone < len(rows)


DENIES_AN_INPUT = """standard made-1 "MADE 1"
groups section
input use : one of near | far
levels
  L1
section 6.1 "s"
  a) "c" attested
  b) "c" 6.1 a) satisfied applies when use = near
score met of each section at each level
  3 when use = far
  2 when any clauses satisfied
  0 otherwise
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 3
  otherwise | none
"""


def test_what_is_said_of_a_clause_denies_an_input_under_which_no_score_looks_at_it() -> None:
    """Whoever says that 6.1 b) is not met says that it applies, so the input is not far."""
    program = compiled(DENIES_AN_INPUT)
    assert program is not None
    rows = [list(row) for row in product((None, "near", "far"), SAID, (*SAID, "not applicable"))]
    ways = Ways(program, {}, ("level",), ("clause:6.1.a",))
    assert not list(ways.differences(rows))
    assert ways.alone < len(rows)


DENY_TOGETHER = """standard made-1 "MADE 1"
groups section
input use : one of near | far
fact o1 : one of x | y
levels
  L1
section 6.1 "s"
  a) "c" o1 = x
  b) "c" o1 = y or use = far
score met of each section at each level
  3 when use = far and any clauses satisfied
  2 when all clauses satisfied
  0 otherwise
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 3
  otherwise | none
"""


def test_verdicts_that_no_facts_bear_out_together_under_an_input_deny_it() -> None:
    """Who says that both are met says that the input is far; where the row states near, both are met all the same."""
    program = compiled(DENY_TOGETHER)
    assert program is not None
    rows = [list(row) for row in product((None, "near", "far"), [None], SAID, SAID)]
    ways = Ways(program, {}, ("level", "A@L1"))
    assert not list(ways.differences(rows))

    def left(*row: object) -> int:
        return plan(program).evaluate(table_of(program, [row])[0], [("level", "value")]).alone

    assert [left(use, None, True, True) for use in (None, "near", "far")] == [1, 0, 0]


MAY_BE_UNDEFINED = """standard made-1 "MADE 1"
groups section
fact n : number
levels
  L1
section 6.1 "s"
  a) "c" attested applies when n > 5
  b) "c" 2 > 1 applies when 1 / n > 2
score met of each section at each level = count of clauses unsatisfied
score A at each level = sum of met over each section
grade level by A
  L1 | A >= 1
  otherwise | none
"""


def test_facts_bear_out_any_verdict_where_they_leave_it_undefined_whether_a_clause_applies() -> None:
    """Of n that is 0 it is undefined whether 6.1 b) applies, so it may also be said not to be met."""
    program = compiled(MAY_BE_UNDEFINED)
    assert program is not None
    words = (*SAID, "not applicable")
    ways = Ways(program, {}, ("level", "A@L1"))
    assert not list(ways.differences([list(row) for row in product([None], words, words)]))


ALWAYS_UNDEFINED = """standard made-1 "MADE 1"
groups section
fact p1 : number
section 6.1 "s"
  a) "c" %s
section 6.2 "s"
  a) "c" attested
score met of each section = count of clauses satisfied
score A = sum of met over each section
grade level by A
  good | A > 0
  otherwise | none
"""


@pytest.mark.parametrize(
    "clause",
    ["5 / 0 > p1", "2 > 1 applies when 5 / 0 > p1", "not (5 / 0 > p1)", "5 / 0 > p1 applies when 6.2 a) satisfied"],
)
def test_a_clause_that_is_undefined_whatever_its_facts_are_comes_to_the_same_by_every_way(clause: str) -> None:
    program = compiled(ALWAYS_UNDEFINED % clause)
    assert program is not None
    said = (*SAID, "not applicable") if "applies" in clause else SAID
    rows = [list(row) for row in product((None, 4), said, SAID)]
    assert not list(Ways(program, {}, ("level",), ("clause:6.1.a",)).differences(rows))


UNSEEN = """standard made-1 "MADE 1"
groups section
fact b1 : yes-no
section 6.1 "s"
  a) "c" b1
  b) "c" attested applies when b1
section 6.2 "s"
  a) "c" attested
score met of each section
  1 when all clauses of 6.2 satisfied
  0 otherwise
score A = sum of met over each section
grade level by A
  good | A > 0
  otherwise | none
"""


def test_what_is_attested_binds_a_clause_that_no_score_looks_at_as_well() -> None:
    """6.1 b) does not apply where 6.1 a) is not met, and counts nowhere."""
    program = compiled(UNSEEN)
    assert program is not None
    known = known_from(bind_row(program, [None, False, None, None], "row")[0], {}, {})
    assert possible_of(known, known.network.at["clause:6.1.b"], {}).values == (Verdict.NOT_APPLICABLE,)
    rows = [list(row) for row in product((None, True, False), repeat=4)]
    assert not list(Ways(program, {}, ("level",), ("clause:6.1.a", "clause:6.1.b")).differences(rows))


WITHOUT_A_CHOICE = """standard made-1 "MADE 1"
groups section
fact n : number
fact m : number
fact r : number = n / m
fact k : one of x
fact g : set of p | q
input mode : one of strict | lax
section 6.1 "s"
  a) "c" n >= 5 or n < 5
  b) "c" k = x applies when p in g or n > 3 and mode = strict or n > 5
  c) "c" r >= 2
  d) "c" attested applies when not (6.1 a) unsatisfied) and 2 > 1
score met of each section = count of clauses satisfied
score A = sum of met over each section
grade level by A
  good | A > 0
  otherwise | none
"""


def test_verdicts_are_what_known_facts_decide_though_completions_leave_one_only() -> None:
    """Whatever n is 6.1 a) is met, k has one option only; yet nobody decides either while n and k are open."""
    program = compiled(WITHOUT_A_CHOICE)
    assert program is not None
    numbers, said = (None, 2, 4, 6), (None, False, "not applicable")
    stated = [("strict", "lax", None), numbers, (None, 2), (None, 9), (None, "x"), (None, ["p"], ["q"])]
    rows = [list(row) for row in product(*stated, (None, False), said, (None, True), (None, True))]
    ways = Ways(program, {}, ())
    drawn = Random(1).sample(rows, 400)
    assert not list(ways.differences(drawn))
    in_doubt = [row for row in drawn if row[3] is not None and (row[1], row[2]) != (None, None)]
    assert ways.settled_alone == len(in_doubt) > 0  # a number beside what its formula makes it of
