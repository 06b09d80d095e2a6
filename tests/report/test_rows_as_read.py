"""A row of a grade is told as it is read: where a reading writes another condition or result, that, and the reading."""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.why.why_not import why_not_from
from guiju.library import compile_source
from guiju.report.branch import DEPTHS
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.why_not import why_not_lines

POLICY = """standard w "W"
groups section
levels
  L1 "One"
section 4 "Section"
  a) "First" attested
  b) "Second" attested
  c) "Third" attested
score A cites 8.1
  2 when all clauses satisfied
  1 when more than half of clauses satisfied
  0 otherwise
grade level by A cites table 1
  L1 | A >= 1
  otherwise | none
reading least "What is enough" cites table 2
  default one : nothing changes
  or two : grade level L1 = A >= 2
reading below "What is below" cites 8.4
  default nothing : nothing changes
  or not-said : grade level otherwise = undefined
"""
TWO_OF_THREE = {"4.a": "satisfied", "4.b": "satisfied", "4.c": "unsatisfied"}


def assessed(**readings: str) -> Assessment:
    program = compile_source(Source("w.guiju", POLICY)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": TWO_OF_THREE}
    return guiju.evaluate(guiju.Policy(program), evidence, readings=readings)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(
    ("readings", "told"),
    [
        ({}, {"L1 | A >= 1 → yes": "table 1"}),
        ({"least": "two"}, {"L1 | A >= 2 → no": "table 2; reading least", "otherwise → no level": "table 1"}),
        (
            {"least": "two", "below": "not-said"},
            {
                "L1 | A >= 2 → no": "table 2; reading least",
                "otherwise → the standard gives no grade": "8.4; reading below",
            },
        ),
    ],
)
def test_a_row_is_told_and_cited_as_it_is_read_at_every_depth(
    depth: str, readings: dict[str, str], told: dict[str, str]
) -> None:
    tree = at_depth(explain(assessed(**readings), "level", "en"), depth)  # type: ignore[arg-type]
    rows = {b.text: b.place.cites for b in tree.branches if b.text.startswith(("L1 |", "otherwise"))}
    assert {text: rows.get(text) for text in told} == told
    assert not any(text.startswith("L1 | A >= 1") for text in rows) or not readings


def test_a_comment_at_the_margin_ends_no_reading() -> None:
    text = POLICY.replace("  or two : grade", "# a comment\n  or two :\n# another\n    grade")
    program = compile_source(Source("w.guiju", text)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": TWO_OF_THREE}
    tree = explain(guiju.evaluate(guiju.Policy(program), evidence, readings={"least": "two"}), "level", "en")
    assert [b.place.cites for b in tree.branches if b.text == "L1 | A >= 2 → no"] == ["table 2; reading least"]


def test_what_a_level_asks_is_cited_where_the_reading_asks_it() -> None:
    subject = assessed(least="two")
    answer = why_not_from(subject, "level", "L1")
    assert answer is not None
    row, score, *_ = why_not_lines(subject, "level", answer, "en")
    assert row.endswith("[table 2; reading least · w.guiju:18]")
    assert score == "  A: 1 (required ≥ 2)  [table 2; reading least · w.guiju:18]"


WEIGHED = """standard w "W"
groups section
input kind : one of food | both cites table 3
levels
  L1 "One"
section 4 "Four"
  a) "First" attested
section 5 "Five"
  a) "Second" attested
membership
  section | L1
  4 | all
  5 | all
score of each section at each level = share of clauses satisfied
weights cites table 3
  kind | 4 | 5
  food | 100% |
  both | 50% | 50%
score A at each level = sum of weight * score over each section
grade level by A
  L1 | A >= 50%
  otherwise | none
reading thirds "How both weigh" cites 8.8
  default halves : nothing changes
  or thirds : weights both = 100% / 3 | 200% / 3
"""


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("halves", {"weight:4 Four = 50 %": "table 3", "both → yes": "table 3"}),
        ("thirds", {"weight:4 Four = 100/3 % (≈33.33 %)": "8.8; reading thirds", "both → yes": "8.8; reading thirds"}),
    ],
)
def test_a_weight_and_its_row_are_cited_where_they_are_said(option: str, told: dict[str, str]) -> None:
    program = compile_source(Source("w.guiju", WEIGHED)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"kind": "both"}, "attestations": {}}
    subject = guiju.evaluate(guiju.Policy(program), evidence, readings={"thirds": option})
    tree = at_depth(explain(subject, "weight:4", "en"), "review")
    assert {branch.text: branch.place.cites for branch in (tree, *tree.branches)} == told


def test_when_a_clause_applies_is_cited_where_the_reading_says_it() -> None:
    subject = guiju.evaluate(
        "gbt-45288.3-2025",
        {
            "guiju": "evidence/1",
            "subject": "x",
            "inputs": {"service": "platform"},
            "facts": {"trained_scales": ["b100"]},
        },
        readings={"conditional-items": "only-where-it-applies"},
    )
    (applies,) = (b for b in explain(subject, "clause:6.1.1.1.e", "en").branches if b.text.startswith("applies when"))
    assert applies.text == "applies when: b10 in trained_scales → no"
    assert applies.place.cites.endswith("; reading conditional-items")
    lines = subject.program.span.source.text.splitlines()
    said = lines[int(applies.place.policy.rpartition(":")[2]) - 1].strip()
    assert said == "clause 6.1.1.1 e) applies when b10 in trained_scales"
