"""Which unknowns matter: against every way to decide them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.compiler.ir import Verdict
from guiju.dsl.source import Source
from guiju.engine import reachable
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation
from guiju.engine.possible import Known, Relation
from guiju.engine.reasoning.asking.questions import inquire
from guiju.engine.reasoning.relevance import lacking, open_values, unknowns
from guiju.engine.reasoning.why.determining import determining
from guiju.engine.reasoning.why.why_not import why_not
from guiju.engine.sweep import sweep_tied
from guiju.library import compile_source
from tests.engine.strategies import SPAN

VENDOR = Path("policies/gbt-45288.3-2025/evidence/mid-vendor-with-gaps.yaml")
MATTERING = {"6.1.2.4.c", "6.1.3.3.b", "6.2.2.5.b"}
LISTED = ("6.1.1.1.k", "6.1.2.6.c", "6.1.3.1.d", "6.1.3.2.c", "6.1.3.2.f", "6.2.2.1.c", "6.2.2.4.e")


def assess(policy: str, **evidence: object) -> Assessment:
    program = compile_source(Source("matters.guiju", policy)).program
    assert program is not None
    return guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", **evidence})


def matters(assessment: Assessment) -> dict[str, str]:
    return {u.result.clause: u.matters for u in unknowns(assessment)}


def leaving_open(assessment: Assessment, address: str) -> set[str]:
    return {assessment.network.nodes[i].address for i in determining(assessment, address)}


def overridden(bound: Bound, verdicts: dict[str, Verdict]) -> Bound:
    said = {c: (Attestation(clause=c, verdict=v.value, voice="override", span=SPAN),) for c, v in verdicts.items()}
    return replace(bound, attestations={**bound.attestations, **said})


def test_what_settled_scores_hide_cannot_matter() -> None:
    found = matters(guiju.evaluate("gbt-45288.3-2025", VENDOR))
    assert {c for c, m in found.items() if m != "no"} == MATTERING


@pytest.mark.slow
def test_every_way_to_decide_what_is_open_says_the_same() -> None:
    bound = guiju.evaluate("gbt-45288.3-2025", VENDOR).bound
    open_ = (*LISTED, *sorted(MATTERING))
    levels = {
        verdicts: evaluate(overridden(bound, dict(zip(open_, verdicts, strict=True)))).value("level")
        for verdicts in product((Verdict.SATISFIED, Verdict.UNSATISFIED), repeat=len(open_))
    }
    changing = {
        clause
        for i, clause in enumerate(open_)
        if any(v != levels[*k[:i], Verdict.UNSATISFIED, *k[i + 1 :]] for k, v in levels.items())
    }
    assert changing == MATTERING


AVERAGED = """
standard matters-0 "An average behind a gate that is not decided"
groups section
levels
  L1
  L2
section s
  a) "x" attested
  b) "y" attested
section t
  a) "x" attested
  b) "y" attested
membership
  section | L1 | L2
  s       | a) | all
  t       | a) | all
score of each section
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after every section scores 2 at L1
    3 when all clauses satisfied
    2 otherwise
score A at each level = mean of score over each section
grade level by A
  L1 | 1 <= A <= 2
  L2 | 2 < A <= 3
  otherwise | none
"""


def test_what_an_open_gate_waits_for_matters() -> None:
    found = matters(assess(AVERAGED, attestations={"t.a": "satisfied"}))
    assert found == {"s.a": "alone", "s.b": "with-others", "t.b": "with-others"}


CANCELLED = """
standard matters-1 "What is counted here is taken away there"
groups section
levels
  L1
section s
  a) "x" attested
  b) "y" attested
  c) "z" attested
fact big : yes-no
fact pick : one of x | y
score total = COUNTED
grade level by total
  L1 | total >= 2
  otherwise | none
"""


def test_what_cancels_out_cannot_matter() -> None:
    counted = "count of clauses satisfied - count of clauses of s a) satisfied"
    assert matters(assess(CANCELLED.replace("COUNTED", counted))) == {"s.a": "no", "s.b": "alone", "s.c": "alone"}


def test_what_decides_with_others_only_is_told_from_what_cannot() -> None:
    one_of_two = """count of clauses of s a) satisfied * (2 - count of clauses of s b) satisfied)
    + (1 - count of clauses of s a) satisfied) * 2 * count of clauses of s b) satisfied + 0 * count of clauses satisfied"""
    counted = " ".join(one_of_two.split())
    assert matters(assess(CANCELLED.replace("COUNTED", counted))) == {
        "s.a": "with-others",
        "s.b": "with-others",
        "s.c": "no",
    }


ASKED = """
standard matters-2 "A score that looks at facts itself"
groups section
levels
  L1
fact big : yes-no
fact pick : one of x | y
section s
  a) "x" attested
score total exactly one
  2 when big = yes and count of clauses satisfied >= 1
  2 when big = no and count of clauses satisfied >= 1
  0 otherwise
score other exactly one
  OTHER when pick = x
  2 otherwise
let sum_of = total + 0 * other
score end = sum_of
grade level by end
  L1 | end >= 2
  otherwise | none
"""


def test_an_open_fact_that_leads_to_the_same_whatever_it_is_cannot_matter() -> None:
    found = {v.lack.name: v.matters for v in open_values(assess(ASKED.replace("OTHER", "3")))}
    assert found == {"big": "no", "pick": "no"}


TWO_OUTCOMES = """
standard matters-3 "Two outcomes, and each looks at something else"
groups section
fact late : yes-no
section s
  a) "x" attested
  b) "y" attested
section t
  a) "z" attested
  b) "w" attested
score first = share of clauses of s satisfied
score second = share of clauses of t satisfied
score third
  1 when late
  0 otherwise
grade one by first
  good | first = 1
  otherwise | none
grade two by second
  good | second = 1
  otherwise | none
grade three by third
  good | third = 1
  otherwise | none
"""


def test_what_changes_the_second_outcome_only_decides_by_itself_and_says_which_outcome() -> None:
    assessment = assess(TWO_OUTCOMES, attestations={"s.a": "satisfied", "t.b": "satisfied"})
    found = {u.result.clause: (u.matters, u.outcome, set(u.if_satisfied)) for u in unknowns(assessment)}
    assert found == {
        "s.b": ("alone", "one", {"good"}),
        "t.a": ("alone", "two", {"good"}),
    }
    assert [(v.lack.name, v.matters, v.outcome) for v in open_values(assessment)] == [("late", "alone", "three")]


RULED_OUT = """
standard matters-4 "An attestation says what a fact is"
groups section
fact b : yes-no
section s
  a) "x" attested
  b) "y" b
score total
  1 when b and s a) satisfied
  0 otherwise
grade level by total
  L1 | total >= 1
  otherwise | none
"""


def test_a_value_that_an_attestation_rules_out_does_not_count_as_an_outcome() -> None:
    found = open_values(assess(RULED_OUT, attestations={"s.b": "satisfied"}))
    assert [(v.lack.name, v.matters) for v in found] == [("b", "no")]
    assert dict(found[0].under) == {True: {"L1", "none"}}


TWO_OF_THREE = """
standard matters-10 "One fact for three clauses, of which two are enough"
groups section
fact b : yes-no
section s
  a) "x" b
  b) "y" b
  c) "z" b
score total
  1 when at least 2 clauses satisfied
  0 otherwise
grade level by total
  L1 | total >= 1
  otherwise | none
"""


def test_clauses_that_turn_only_together_by_the_fact_that_they_share_are_not_said_to_be_idle() -> None:
    assessment = assess(TWO_OF_THREE)
    assert matters(assessment) == dict.fromkeys(("s.a", "s.b", "s.c"), "with-others")
    assert {"clause:s.a", "fact:b"} <= leaving_open(assessment, "level")


BOUND = """
standard matters-11 "Facts that attestations bind to each other, two by two"
groups section
fact p : yes-no
fact q : yes-no
fact r : yes-no
fact t : yes-no
section s
  a) "x" (p and q) or (not p and not q)
  b) "y" (r and t) or (not r and not t)
score total
  1 when (p and not r) or (r and not p)
  0 otherwise
grade level by total
  L1 | total >= 1
  otherwise | none
"""


def test_facts_that_cannot_change_alone_are_not_said_to_be_idle_and_are_asked_for() -> None:
    assessment = assess(BOUND, attestations={"s.a": "satisfied", "s.b": "satisfied"})
    assert {v.lack.name: v.matters for v in open_values(assessment)} == {"p": "with-others", "r": "with-others"}
    assert {"fact:p", "fact:r"} <= leaving_open(assessment, "level")
    asked = inquire(assessment.bound).next
    assert asked is not None
    assert asked.name in {"p", "r"}


IDLE_IN_A_SUM = """
standard matters-12 "A number that cannot take the score below the threshold"
groups section
fact y : count
section s
  a) "x" attested
score total = 2 * count of clauses satisfied + y * count of clauses satisfied
grade level by total
  L1 | total >= 2
  otherwise | none
"""


def test_what_cannot_matter_is_neither_marked_nor_said_to_be_lacking_nor_asked_for() -> None:
    assessment = assess(IDLE_IN_A_SUM)
    assert [(v.lack.name, v.matters) for v in open_values(assessment)] == [("y", "no")]
    assert leaving_open(assessment, "level") & {"fact:y", "clause:s.a"} == {"clause:s.a"}
    assert "fact:y" in leaving_open(assessment, "total")
    told = why_not(assessment, "level", "L1")
    assert told is not None
    assert (told.lacks, [s.not_shown for s in told.shortfalls]) == ((), [("s.a",)])
    assert [q.name for q, matter in inquire(assessment.bound).listed() if matter != "no"] == ["s.a"]


NEVER_BELOW_ZERO = """
standard matters-5 "A square below zero"
groups section
fact x : number
section s
  a) "a" x * x < 0
score total = count of clauses satisfied
grade level by total
  L1 | total >= 1
  otherwise | none
"""


def test_where_it_is_not_proved_that_a_clause_comes_to_each_verdict_it_is_not_said_to_decide() -> None:
    assert matters(assess(NEVER_BELOW_ZERO)) == {"s.a": "untried"}


TIED = """
standard matters-6 "Two attested clauses over the same numbers"
groups section
fact x : number
fact y : number
section s
  a) "a" x >= 1 or y >= 1
  b) "b" x >= 2 or y >= 3
  c) "c" x >= 4
  d) "d" y >= 5
  e) "e" attested
score total = count of clauses satisfied
grade level by total
  L1 | total >= 4
  otherwise | none
"""


def test_what_attested_clauses_leave_of_their_facts_is_found_once_however_much_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    swept: list[tuple[int, ...]] = []

    def counted(known: Known, nodes: tuple[int, ...], *others: Any) -> Relation | None:
        swept.append(nodes)
        return sweep_tied(known, nodes, *others)

    monkeypatch.setattr(reachable, "sweep_tied", counted)
    assessment = assess(TIED, attestations={"s.a": "satisfied", "s.b": "satisfied"})
    assert len(swept) == 1
    assert matters(assessment) == {"s.c": "with-others", "s.d": "with-others", "s.e": "with-others"}
    assert len(swept[1:]) == len(set(swept[1:])) == 3  # for c), for d), for e): as seen from what is still open


NEVER = """
standard matters-9 "A division by zero"
groups section
fact x : number
fact y : number
section 1
  a) "left to people" x / 0 > y
  b) "left to facts" x / 2 > y
score s = share of clauses satisfied
"""


def test_a_fact_is_not_said_to_be_lacking_where_no_value_of_it_decides() -> None:
    assessment = assess(NEVER)
    lacks = {r.clause: [lack.name for lack in lacking(assessment, r)] for r in assessment.undecided}
    assert lacks == {"1.a": ["attestation"], "1.b": ["x", "y"]}


NUMBERS_AND_SETS = """
standard matters-7 "Numbers and sets that an outcome looks at itself"
groups section
fact near : count
fact aside : count
fact far : count
fact other : count
fact chosen : set of u | v | w
section s
  a) "x" attested
score total
  1 when near >= 5 and (s a) satisfied or aside < 3)
  0 otherwise
score ratio
  1 when far >= other and u in chosen
  0 otherwise
grade level by total
  L1 | total >= 1
  otherwise | none
grade extra by ratio
  L1 | ratio >= 1
  otherwise | none
"""


def test_a_number_matters_as_the_values_on_and_between_its_thresholds_do() -> None:
    assessment = assess(NUMBERS_AND_SETS)
    found = {v.lack.name: v for v in open_values(assessment)}
    assert {name: v.matters for name, v in found.items()} == {
        "near": "alone",
        "aside": "with-others",
        "far": "untried",  # two open numbers meet: no threshold stands for the others
        "other": "untried",
        "chosen": "alone",
    }
    assert (found["near"].outcome, found["chosen"].outcome) == ("level", "extra")
    assert not any(v.under for v in found.values())  # a value tried stands for many
    asked = {q.name: matters for q, matters in inquire(assessment.bound).listed()}
    assert {name for name, matters in asked.items() if matters == "alone"} >= {"near", "chosen"}


SHARED = """
standard matters-9 "Clauses on one fact"
groups section
levels
  L1
  L2
  L3
fact x : number
section s
  a) "at least 5" x >= 5
  b) "at least 10" x >= 10
score total = count of clauses of s a) satisfied + 2 * count of clauses of s b) satisfied
grade level by total
  L1 | total = 1
  L2 | total = 2
  L3 | total = 3
  otherwise | none
"""


def test_what_no_completion_comes_to_is_told_under_no_verdict() -> None:
    """From 10 on it is at least 5, too, so L2 is never reached; an override against the fact would lead to it."""
    assessment = assess(SHARED)
    assert set(assessment.possible("level").values) == {"L1", "L3", "none"}
    under = {u.result.clause: (set(u.if_satisfied), set(u.if_unsatisfied)) for u in unknowns(assessment)}
    assert under == {"s.a": ({"L1", "L3"}, {"none"}), "s.b": ({"L3"}, {"L1", "none"})}
