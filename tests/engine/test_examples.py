"""Laws of examples: slips that are noticed, what is gone through, and what is proposed, each against a slow way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from guiju.compiler.ir import Program
from guiju.compiler.pipeline import with_examples
from guiju.compiler.vocabularies import NO_VOCABULARIES
from guiju.dsl import tree
from guiju.dsl.diagnostic import LANGUAGES, Language, Text
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.examples.again import Changed
from guiju.engine.examples.boundaries import at_boundaries
from guiju.engine.examples.case import case_of
from guiju.engine.examples.coverage import Coverage, coverage
from guiju.engine.examples.judging import Result, judge
from guiju.engine.examples.killing import Tried, tried
from guiju.engine.examples.mutants import Mutant, mutants
from guiju.engine.examples.proposing import proposed
from guiju.engine.examples.rewriting import options_of
from guiju.engine.examples.turns import at_turns
from guiju.engine.network import network_of
from guiju.exchange.example_text import examples_file
from guiju.library import Loaded, compile_source, load

SHOPS = Path(__file__).parents[1] / "docs" / "shops.guiju"


@cache
def shops() -> Loaded:
    """Two levels, a gate, weights, a reading, conditions of each kind; see the file."""
    loaded = compile_source(Source(SHOPS.name, SHOPS.read_text("utf-8")))
    assert [d.code.name for d in loaded.diagnostics] == []
    return loaded


def program() -> Program:
    found = shops().program
    assert found is not None
    return found


@cache
def results() -> tuple[Result, ...]:
    return tuple(judge(case_of(program(), example)) for example in program().examples)


@cache
def slips() -> tuple[Mutant, ...]:
    return tuple(mutants(program(), options_of(program(), (r.case.readings for r in results()))))


@cache
def fates() -> tuple[Tried, ...]:
    return tuple(tried(program(), results(), slips(), len(slips())))


@cache
def gone_through() -> Coverage:
    return coverage(program(), results())


def test_the_examples_of_the_shops_hold():
    assert [r.case.name.en for r in results() if not r.holds] == []


# --- slips -------------------------------------------------------------------------------------------------------


def test_a_slip_is_noticed_as_judging_everything_anew_would_notice_it():
    before = network_of(program())
    for slip in slips():
        changed = slip.program()
        beside = Changed(before, changed)
        for result in results():
            anew = judge(result.case.under(changed)).holds
            assert beside.still_holds(result) == anew, (slip.was.en, slip.becomes.en, result.case.name.en)


@pytest.mark.parametrize("kind", ["threshold", "boundary", "connective", "row", "clause", "weights"])
def test_there_are_slips_of_every_kind_and_each_changes_the_program(kind: str):
    of_kind = [s for s in slips() if s.kind == kind]
    assert of_kind
    assert all(s.program() is not program() for s in of_kind)


def test_the_examples_notice_some_slips_and_not_all():
    assert {t.fate for t in fates()} == {"killed", "survived", "alike"}


AT_A_LEVEL = """standard m "M"
groups section
levels
  L1
  L2
section 1 "One"
  a) "A" attested
  b) "B" attested
membership
  section | L1 | L2
  1 | a) | all
let first = all clauses at L1 satisfied
score S = 1
grade level by S
  L2 | all clauses at L2 satisfied
  L1 | first
  otherwise | none
"""


def test_a_clause_left_out_of_a_level_is_missing_wherever_the_level_is_named():
    """In a let and in a row of a grade that say `at L1`, too."""
    source = compile_source(Source("m.guiju", AT_A_LEVEL)).program
    assert source is not None
    dropped = list(mutants(source, options_of(source), ("clause",)))
    told = {(t.mutant.was.en, t.fate) for t in tried(source, (), dropped, len(dropped))}
    assert told == {("1 a) in L1", "survived"), ("1 a) in L2", "survived"), ("1 b) in L2", "survived")}


def test_the_subject_that_is_told_of_a_survivor_notices_it():
    """Its example holds of the policy and not of the slip."""
    told = [t for t in fates() if t.subject is not None]
    assert told
    for each in told:
        assert each.subject is not None
        told_of = each.subject.evidence, (each.subject.outcome,), each.subject.readings
        example = proposed(program(), Text("x", "x"), *told_of)
        case = case_of(program(), example)
        assert judge(case).holds
        assert not judge(case.under(each.mutant.program())).holds


def test_a_slip_in_an_option_is_tried_where_an_example_takes_it():
    """What only the option of a reading says is told apart under that reading."""
    more = (
        'example "basic"\n  given reading contact = basic, service = shop, all clauses satisfied\n  expect level = L2\n'
    )
    text = SHOPS.read_text("utf-8").replace("membership 4.2 L1 = a)~b)", "grade L1 = 1 < A <= 2") + more
    changed = compile_source(Source("option.guiju", text)).program
    assert changed is not None
    held = [judge(case_of(changed, example)) for example in changed.examples]
    plain, with_option = (
        [m for m in mutants(changed, options_of(changed, (r.case.readings for r in some))) if "1 < A" in m.span.text]
        for some in (held[:3], held)
    )
    assert [m.kind for m in plain] == []
    (slip,) = with_option
    (fate,) = tried(changed, held, (slip,), 1)
    assert fate.fate == "survived"
    assert fate.subject is not None
    assert fate.subject.readings == {"contact": "basic"}


def test_a_slip_that_changes_no_outcome_changes_none_of_the_proposals():
    outcomes = set(program().outcomes)
    proposals = [e for e in at_turns(program()) if {x.address for x in e.expected} & outcomes]
    assert proposals
    for each in (t.mutant for t in fates() if t.fate == "alike"):
        changed = each.program()
        for example in proposals:
            only = replace(example, expected=tuple(x for x in example.expected if x.address in outcomes))
            assert judge(case_of(program(), only).under(changed)).holds


# --- what is gone through ----------------------------------------------------------------------------------------


def test_a_clause_is_counted_as_the_assessments_have_it():
    for seen in gone_through().clauses:
        verdicts = [r.assessment.clauses[seen.clause.id].verdict for r in results()]
        counted = {v.value: n for v in set(verdicts) if hasattr(v, "value") and (n := verdicts.count(v))}
        assert seen.satisfied == counted.get("satisfied", 0)
        assert seen.unsatisfied == counted.get("unsatisfied", 0)
        assert seen.not_applicable == counted.get("not-applicable", 0)
        assert seen.mattered <= len(results())


def test_every_row_that_a_proposal_is_for_is_gone_through_by_the_proposals():
    """The proposals at the turns take every row of every score that can be taken at all."""
    judged = [judge(case_of(program(), example)) for example in at_turns(program())]
    points = coverage(program(), judged).points
    assert [p.span.text for p in points if p.kind == "row" and p.missing and "when" in p.span.text] == []


OUT_OF_REACH = """standard demo-1 "DEMO 1"
groups section
levels
  L1
  L2
fact staff : count
section 1 "S"
  a) "x" staff >= 3
  b) "y" attested
membership
  section | L1 | L2
  1 | a) | all
score of each section
  at L1 after 1 a) satisfied
    1 when all clauses satisfied
    0 otherwise
  at L2
    2 when all clauses satisfied
    -1 when 1 a) satisfied and 1 a) unsatisfied
    0 otherwise
score T at each level = mean of score over each section
grade level by T
  L1 | 1 <= T
  L2 | 3 <= T
  otherwise | none
"""


def test_ways_that_no_subject_goes_are_told_apart_from_those_that_no_example_goes():
    policy = compile_source(Source("demo.guiju", OUT_OF_REACH)).program
    assert policy is not None
    points = [p for p in coverage(policy, ()).points if p.kind in ("row", "gate", "condition")]
    assert {(p.span.text, way) for p in points for way in p.unreachable} == {
        ("-1 when 1 a) satisfied and 1 a) unsatisfied", "taken"),
        ("L2 | 3 <= T", "taken"),
        ("3 <= T", "true"),
    }
    assert all(frozenset(p.missing) | p.unreachable == frozenset(p.ways) for p in points)
    assert coverage(policy, ()).counted("row") == (0, sum(p.kind == "row" for p in points) - 2)


def test_more_examples_never_go_through_less():
    fewer = coverage(program(), results()[:1])
    for some, all_ in zip(fewer.points, gone_through().points, strict=True):
        assert some.seen <= all_.seen


NIGHT = """standard night-1 "NIGHT 1"
groups section
fact open_hours : h
fact lamps : count
section 1 "Shop"
  a) "Light at night" lamps >= 2 applies when open_hours > 60 h
levels
  L1 "Basic"
membership
  section | L1
  1       | all
score A at each level = share of clauses satisfied
grade level by A
  L1        | A = 1
  otherwise | none
example "closed at night, with lamps"
  given open_hours = 40 h, lamps = 5
  expect 1 a) not applicable
example "wrongly expected"
  given open_hours = 70 h, lamps = 5
  expect 1 a) unsatisfied
example "dark"
  given open_hours = 70 h, lamps = 1
  expect 1 a) unsatisfied
"""


@pytest.mark.parametrize("text", [NIGHT, OUT_OF_REACH])
def test_no_proposal_goes_where_no_subject_is_said_to_go(text: str):
    policy = compile_source(Source("demo.guiju", text)).program
    assert policy is not None
    judged = [judge(case_of(policy, example)) for example in (*at_turns(policy), *at_boundaries(policy))]
    assert len(judged) > 3
    for result in judged:
        alone = coverage(policy, [result])
        closed = {(p.kind, p.span, p.about): p.unreachable for p in coverage(policy, ()).points}
        assert all(not p.seen & closed[p.kind, p.span, p.about] for p in alone.points)


def test_only_what_decided_something_in_an_example_that_holds_is_gone_through():
    """The lamps of a shop that closes early decide nothing, and an example that fails shows nothing."""
    policy = compile_source(Source("night.guiju", NIGHT)).program
    assert policy is not None
    found = coverage(policy, [judge(case_of(policy, example)) for example in policy.examples])
    seen = {p.span.text: p.seen for p in found.points if p.kind == "condition"}
    assert seen["lamps >= 2"] == {"false"}
    assert seen["open_hours > 60 h"] == {"true", "false"}
    (clause,) = found.clauses
    assert (clause.satisfied, clause.unsatisfied, clause.not_applicable) == (0, 1, 1)


# --- proposals ---------------------------------------------------------------------------------------------------


def test_a_proposal_at_a_threshold_has_it_and_a_value_on_either_side():
    staff = [dict(e.facts)["staff"] for e in at_boundaries(program()) if e.label.en.startswith("4.1 a)")]
    assert staff == [2, 3, 4]


SIGNED = """standard demo-1 "DEMO 1"
groups section
fact earth : 欧姆
fact share : %
fact growth : %
fact cold : ℃
fact reach : %
section 1 "Room"
  a) "Earth" earth <= 4 ohm
  b) "Share" share > 0%
  c) "Growth" growth >= -5% and growth < 0%
  d) "Cold" cold >= 0 ℃
  e) "Reach" reach = 100%
levels
  L1 "Basic"
membership
  section | L1
  1 | all
score A at each level = share of clauses satisfied
grade level by A
  L1 | A = 100%
  otherwise | none
"""


def test_a_percentage_is_proposed_below_zero_or_above_the_whole_where_the_policy_asks_for_such():
    made = compile_source(Source("demo.guiju", SIGNED)).program
    assert made is not None
    proposals = list(at_boundaries(made))
    lowest = {fact: min(dict(e.facts)[fact] for e in proposals if fact in dict(e.facts)) for fact in ("share", "cold")}  # type: ignore[type-var]
    assert lowest == {"share": 0, "cold": -1}
    assert min(dict(e.facts)["growth"] for e in proposals if "growth" in dict(e.facts)) == Fraction(-6, 100)  # type: ignore[type-var]
    assert max(dict(e.facts)["reach"] for e in proposals if "reach" in dict(e.facts)) == 1  # type: ignore[type-var]
    assert max(dict(e.facts)["growth"] for e in proposals if "growth" in dict(e.facts)) == Fraction(1, 100)  # type: ignore[type-var]
    labels = [e.label for e in proposals if e.label.en.startswith("1 a)")]
    assert [label.zh for label in labels] == [f"1 a)：earth = {n} 欧" for n in (3, 4, 5)]
    assert [label.en for label in labels] == [f"1 a): earth = {n} ohm" for n in (3, 4, 5)]


def test_a_part_of_a_condition_has_a_pair_that_it_decides():
    """Over the proposals of a clause each of its comparisons is seen true and false, and so is the clause."""
    judged = [judge(case_of(program(), example)) for example in at_boundaries(program())]
    seen = coverage(program(), judged)
    conditions = {p.span.text: p.missing for p in seen.points if p.kind == "condition" and p.span.text in CONDITIONS}
    assert conditions == dict.fromkeys(CONDITIONS, ())


CONDITIONS = ("staff >= 3", "exits >= 2", "open_hours > 60 h", "lit = yes", "phone in media")


def test_a_fact_that_is_a_condition_by_itself_has_a_pair_as_well():
    """Which differs in the alarm alone, and comes to two verdicts."""
    told = [(dict(e.facts), e.expected[0].values) for e in at_boundaries(program()) if e.label.en.startswith("4.1 b)")]
    alike = [(one, other) for one, v in told for other, w in told if v != w and one["exits"] == other["exits"]]
    assert {frozenset((one["alarm_tested"], other["alarm_tested"])) for one, other in alike} == {
        frozenset((True, False))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_proposals_are_read_back_as_they_were_written(language: Language):
    examples = (*at_turns(program()), *at_boundaries(program()))
    document, mistakes = parse(Source("proposed.guiju", examples_file(program(), examples, language)))
    assert mistakes == ()
    blocks = tuple(d for d in document.declarations if isinstance(d, tree.ExampleDecl))
    assert shops().document is not None
    again, wrong = with_examples(shops().document, NO_VOCABULARIES, blocks)  # type: ignore[arg-type]
    assert wrong == ()
    assert again is not None
    read = again.examples[len(program().examples) :]
    assert len(read) == len(examples)
    for one, other in zip(examples, read, strict=True):
        assert (one.inputs, one.facts, one.readings, one.verdicts) == (
            *(other.inputs, other.facts, other.readings),
            other.verdicts,
        )
        assert (one.expected, one.proposed, one.named) == (other.expected, True, other.named)
        assert judge(case_of(again, other)).holds


def test_every_threshold_of_a_bundled_standard_has_proposals():
    found = load("gbt-45288.3-2025").program
    assert found is not None
    proposals = list(at_boundaries(found))
    assert len({e.label.zh for e in proposals}) == len(proposals) > 150
    compute = [e for e in proposals if e.label.en.startswith("6.1.1.1 e)")]
    assert [e.expected[0].values[0].value for e in compute] == ["unsatisfied", "satisfied", "satisfied"]  # type: ignore[union-attr]


OPEN = """standard demo-1 "DEMO 1"
groups section
section 1 "Shop"
  a) "Clean" attested
levels
  L1 "Basic"
membership
  section | L1
  1       | all
score A at each level = share of clauses satisfied
grade level by A
  L1        | A = 1
  otherwise | none
example "nothing seen"
  expect level = {expected}
"""


@pytest.mark.parametrize(
    ("expected", "holds"),
    [("unknown", True), ("none | L1", True), ("none | L1 | unknown", True), ("L1 | unknown", False), ("none", False)],
)
def test_what_is_expected_beside_unknown_has_to_be_all_that_is_possible(expected: str, holds: bool):
    policy = compile_source(Source("open.guiju", OPEN.format(expected=expected))).program
    assert policy is not None
    assert judge(case_of(policy, policy.examples[0])).holds is holds


COMPUTED = """standard share-1 "SHARE 1"
groups section
levels
  L1
fact fast : count
fact all_of_them : count
fact part : % = fast / all_of_them
section 1 "Shop"
  a) "Enough" all_of_them >= 8
  b) "Half" part >= 50 %
  c) "Fast" fast >= 2
membership
  section | L1
  1       | all
score A at each level = share of clauses satisfied
grade class by A
  L1 | A at L1 >= 50 %
  otherwise | none
"""


def test_a_fact_with_a_formula_drops_no_proposal():
    """As many proposals as without the formula, and each holds under the policy with it."""
    with_it = compile_source(Source("share.guiju", COMPUTED)).program
    without = compile_source(Source("share.guiju", COMPUTED.replace(" = fast / all_of_them", ""))).program
    assert with_it is not None
    assert without is not None
    found = list(at_turns(with_it))
    assert [e.label for e in found] == [e.label for e in at_turns(without)]
    assert len(found) > 1
    assert all(judge(case_of(with_it, example)).holds for example in found)


def test_a_proposal_is_called_in_the_words_of_each_language():
    called = [e.label for e in at_turns(program()) if "not-entered" in e.label.en]
    assert called
    assert all(label.zh.endswith("：未进入") for label in called)
