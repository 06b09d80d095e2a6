"""Two editions of a policy: what one says otherwise, and whether any subject comes to another outcome."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given

import guiju
from guiju.compiler.ir import Program
from guiju.dsl.formatter import format_document
from guiju.dsl.source import Source
from guiju.engine.evaluate import evaluate
from guiju.engine.reasoning.editions.amendments import amendments
from guiju.engine.reasoning.editions.deciding import Agreement, agreements
from guiju.engine.reasoning.editions.renumbering import renumberings
from guiju.engine.reasoning.editions.subject import bound_leniently
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.evidence_text import evidence_text
from guiju.library import compile_source
from tests.engine.comparisons import amended
from tests.engine.laws import document_of
from tests.engine.strategies import compiled, policies
from tests.engine.test_laws import drawn

ID = "gbt-45288.3-2025"
TEXT = Path(f"policies/{ID}/{ID}.guiju").read_text(encoding="utf-8")
STANDARD = guiju.load(ID).program

THROUGH_F = '"到 f) 为止" / "Through f)" : membership 6.1.2.4 L2 = a)~f)'
THROUGH_E = '"到 e) 为止，f) 留给第三级" / "Through e), f) left to L3" : membership 6.1.2.4 L2 = a)~e)'


def edition(*changes: tuple[str, str]) -> Program:
    """GB/T 45288.3 with some places written otherwise."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    program = compile_source(Source("new.guiju", text)).program
    assert program is not None
    return program


def told(after: Program) -> list[tuple[str, str, str, str]]:
    return [(a.what, a.about, a.was, a.now) for a in amendments(STANDARD, after)]


def agreed(after: Program) -> Agreement:
    (agreement,) = agreements(STANDARD, after, renumberings(STANDARD, after))
    return agreement


def check_the_witness_is_a_file_that_replays(agreement: Agreement, after: Program) -> None:
    assert agreement.witness is not None
    evidence, mistakes = parse_evidence(Source("witness.yaml", evidence_text(agreement.witness.evidence)))
    assert evidence is not None, mistakes
    for program, outcome in ((STANDARD, agreement.witness.before), (after, agreement.witness.after)):
        bound = bound_leniently(program, evidence)
        assert bound is not None
        assert evaluate(bound).value("level") == outcome


@pytest.mark.parametrize(
    ("change", "amendment", "outcomes"),
    [
        (
            ("linearity_10b >= 80%", "linearity_10b >= 70%"),
            ("threshold", "clause:6.1.1.1.f", "80%", "70%"),
            ("L2", "L3"),
        ),
        (
            ("  6.1.1.1 | a), b)                 | a)~f) ", "  6.1.1.1 | a), b)                 | a)~e) "),
            ("level", "clause:6.1.1.1.f", "L2, L3", "L3"),
            ("L2", "L3"),
        ),
        (
            ("    section 6.1.1.2", '      l) "新要求" / "New" attested\n    section 6.1.1.2'),
            ("clause-added", "clause:6.1.1.1.l", "", "L3"),
            ("L2", "L3"),
        ),
    ],
    ids=["a threshold lowered", "a clause moved from L2 to L3", "a clause added"],
)
def test_a_change_of_the_standard_is_named_and_has_a_witness(
    change: tuple[str, str], amendment: tuple[str, str, str, str], outcomes: tuple[str, str]
) -> None:
    after = edition(change)
    assert told(after) == [amendment]
    agreement = agreed(after)
    assert agreement.witness is not None
    assert {agreement.witness.before, agreement.witness.after} == set(outcomes)
    check_the_witness_is_a_file_that_replays(agreement, after)


def test_another_default_of_a_reading_is_named_with_the_level_that_it_moves() -> None:
    after = edition(
        (f"default through-f {THROUGH_F}", "default through-e @"),
        (f"or through-e {THROUGH_E}", f"or through-f {THROUGH_F}"),
        ("default through-e @", f"default through-e {THROUGH_E}"),
    )
    assert told(after) == [
        ("level", "clause:6.1.2.4.f", "L2, L3", "L3"),
        ("reading-default", "reading:table-3-6.1.2.4", "through-f", "through-e"),
    ]
    check_the_witness_is_a_file_that_replays(agreed(after), after)


def test_another_label_is_wording_only_and_nothing_is_computed_otherwise() -> None:
    after = edition(("Training hardware as GB/T 42018", "Training hardware, by GB/T 42018"))
    assert [(what, about) for what, about, *_ in told(after)] == [("wording", "clause:6.1.1.1.a")]
    assert agreed(after).answer == "same"


@pytest.mark.parametrize(
    ("change", "amendment"),
    [
        (
            ('class" training_compute_10b >= 50 PFLOPS', 'class" training_compute_10b >= 50 000 TFLOPS'),
            ("wording", "clause:6.1.1.1.e", "50 PFLOPS", "50 000 TFLOPS"),
        ),
        (
            ("fact training_compute_10b : PFLOPS", "fact training_compute_10b : TFLOPS"),
            ("type", "fact:training_compute_10b", "PFLOPS", "TFLOPS"),
        ),
        (
            ("use large-model\n", "use large-model\n  validity deduplication 365 d\n"),
            ("validity", "fact:deduplication", "", "365 d"),
        ),
        (
            ('"Dated, so this edition only"', '"Dated, hence this edition only"'),
            ("wording", "record:gbt-42018", "", ""),
        ),
        (
            (
                '10-billion class" linearity_10b >= 80%',
                '10-billion class" linearity_10b >= 80% applies when training_cluster',
            ),
            ("applicability", "clause:6.1.1.1.f", "", "training_cluster"),
        ),
    ],
    ids=["a unit of equal value", "the unit of a fact", "a validity", "a record", "when a clause applies"],
)
def test_what_was_written_otherwise_is_told_with_what_stood_there(
    change: tuple[str, str], amendment: tuple[str, str, str, str]
) -> None:
    assert told(edition(change)) == [amendment]


def test_where_items_are_counted_otherwise_each_clause_is_told_once() -> None:
    counted = [about for what, about, *_ in told(edition(("item leaf cites 8.1", "item lettered cites 8.1")))]
    assert "clause:6.1.2.2.b.1" in counted
    assert len(counted) == len(set(counted))


NOTE = Path("policies/t-isc-23-drafting-note/t-isc-23-drafting-note.guiju").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("| superset   | 6.1.1.1 a)~c)", "| equal      | 6.1.1.1 a)~c)", "superset", "equal"),
        ("9a40025145cf", "9a40025145c0", "591c910c9b70/9a40025145cf", "591c910c9b70/9a40025145c0"),
        (
            " 6.2.2.3 f), 6.2.2.4 b), 6.2.2.5 a)~d), 6.3.1.3 a)",
            " 6.2.2.3 f)",
            None,
            "gbt-45288.3-2025 6.1.2.6 a)~c), 6.2.2.3 f)",
        ),
    ],
    ids=["the relation", "the digest", "the clauses there"],
)
def test_a_changed_row_of_a_crosswalk_is_an_amendment(old: str, new: str, was: str | None, now: str) -> None:
    assert NOTE.count(old) == 1
    before, after = (compile_source(Source("note.guiju", t)).program for t in (NOTE, NOTE.replace(old, new)))
    assert before is not None
    assert after is not None
    (amendment,) = amendments(before, after)
    assert (amendment.what, amendment.now) == ("crosswalk", now)
    assert was in (None, amendment.was)


def test_a_clause_with_another_number_is_the_same_clause() -> None:
    before = compiled(PLAIN)
    after = compiled(PLAIN.replace('b) "lit" attested', 'b) "swept" attested\n      c) "lit" attested'))
    assert before is not None
    assert after is not None
    assert [(a.what, a.about, a.was, a.now) for a in amendments(before, after)] == [
        ("clause-added", "clause:6.1.b", "", ""),
        ("clause-renumbered", "clause:6.1.c", "6.1 b)", "6.1 c)"),
    ]


def test_a_clause_in_another_group_is_named_with_both() -> None:
    text = (ROOT / "examples/nist-sp-800-171-dod/nist-sp-800-171-dod.guiju").read_text(encoding="utf-8")
    clause, derived = (
        '  clause 3.1.1 "授权用户" / "Authorised users" attested\n',
        'derived requirements" cites 5 d) 1)\n',
    )
    moved = text.replace(clause, "").replace(derived, derived + clause, 1)
    before, after = (compile_source(Source("nist.guiju", t)).program for t in (text, moved))
    assert before is not None
    assert after is not None
    assert [(a.what, a.about, a.was, a.now) for a in amendments(before, after)] == [
        ("group", "clause:3.1.1", "five_basic", "five_derived")
    ]


def test_of_a_sum_with_hundreds_of_totals_a_witness_is_found_all_the_same() -> None:
    text = (ROOT / "examples/nist-sp-800-171-dod/nist-sp-800-171-dod.guiju").read_text(encoding="utf-8")
    doubled = text.replace("= count of clauses unsatisfied", "= 2 * count of clauses unsatisfied", 1)
    before, after = (compile_source(Source("nist.guiju", t)).program for t in (text, doubled))
    assert before is not None
    assert after is not None
    answers = {a.outcome: a for a in agreements(before, after, {}, budget=500)}
    assert answers["lost"].witness is not None
    assert answers["lost"].witness.before != answers["lost"].witness.after


ROOT = Path("policies")
PLAIN = """standard demo-1 "DEMO 1"
groups domain > section
domain d "d"
    section 6.1 "s"
      a) "closed" attested
      b) "lit" attested
score A
  1 when all clauses satisfied
  0 otherwise
grade level by A
  good | A = 1
  otherwise | none
"""


def test_the_same_condition_in_other_words_is_proved_to_change_nothing() -> None:
    text = PLAIN.replace("groups domain", "fact x : number\ngroups domain").replace('"lit" attested', '"lit" x >= 3')
    before, after = compiled(text), compiled(text.replace("x >= 3", "x > 3 or x = 3"))
    assert before is not None
    assert after is not None
    assert [a.what for a in amendments(before, after)] == ["condition"]
    assert [a.answer for a in agreements(before, after, {})] == ["never"]


def test_another_formula_has_a_witness_that_states_what_it_is_computed_from() -> None:
    text = PLAIN.replace("groups domain", "fact x : number\nfact y : number = x * 2\ngroups domain")
    text = text.replace('"lit" attested', '"lit" y <= 10')
    before, after = compiled(text), compiled(text.replace("x * 2", "x * 3"))
    assert before is not None
    assert after is not None
    (agreement,) = agreements(before, after, {})
    assert agreement.witness is not None
    assert [fact.name for fact in agreement.witness.evidence.facts] == ["x"]


def test_another_formula_of_a_whole_standard_has_a_witness() -> None:
    formula = "cluster_throughput_10b / device_throughput_sum_10b"
    after = edition((formula, "cluster_throughput_10b / (2 * device_throughput_sum_10b)"))
    check_the_witness_is_a_file_that_replays(agreed(after), after)


def test_a_policy_in_the_other_language_says_nothing_otherwise() -> None:
    chinese = compile_source(Source("zh.guiju", format_document(document_of(TEXT), "zh"))).program
    assert chinese is not None
    assert told(chinese) == []
    assert agreed(chinese).answer == "same"


@drawn(30)
@given(policies())
def test_a_policy_in_other_words_is_computed_alike(text: str) -> None:
    before, after = compiled(text), compiled(text.replace('"c"', '"another wording"').replace('"u"', '"v"'))
    assume(before is not None)
    assert before is not None
    assert after is not None
    assert {a.answer for a in agreements(before, after, {})} == {"same"}
    assert {a.what for a in amendments(before, after)} <= {"wording", "meaning"}


@drawn(20)
@given(policies())
def test_where_something_is_computed_otherwise_an_amendment_says_so(text: str) -> None:
    before = compiled(text)
    assume(before is not None)
    assert before is not None
    for number in range(3):
        after = amended(text, Random(number))
        if after is not None and any(a.answer != "same" for a in agreements(before, after, {}, budget=100)):
            assert {a.what for a in amendments(before, after)} - {"wording", "meaning"}
