"""The drafting note of 072-T/ISC-23 against the note, typed from it, its example by hand, and its crosswalk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.compiler.ir import Crosswalk, NumberType, Program, Undefined
from guiju.engine.crosswalk import leaves_of
from guiju.pins import crosswalk_findings

ID = "t-isc-23-drafting-note"
FOLDER = Path(__file__).parents[2] / "policies" / ID
EXAMPLE = FOLDER / "evidence" / "model-alone.yaml"

# Typed from the note: chapter 8 (layers in order, roles, evaluation), chapter 2 (architecture), chapters 7 and 11.
TOPICS = {
    "layers": {"8-1": "基础设施层", "8-2": "数据层", "8-3": "模型层", "8-4": "应用层", "8-5": "系统安全层"},
    "contents": {"2-1": "架构", "8-6": "角色", "8-7": "能力评估"},
    "indicators": {"7-1": "功能", "7-2": "性能"},
}
RELATED = {"gbt-41867": "GB/T 41867-2020", "aiia-0141": "AIIA/PG 0141-2024", "aiia-0074": "AIIA/PG 0074-2022"}
MILESTONES = ("2023-08-18", "2023-09-28", "2023-10-18", "2023-11", "2024-09-12")
NUMBERS = {"plan": "072", "drafting-units": "19", "first-units": "10", "second-units": "8", "beijing": "15"}
RECORDS = {
    "direction": 4,
    "list": 1,
    "milestone": 5,
    "mistake": 7,
    "name": 4,
    "not-encoded": 8,
    "note": 17,
    "reference": 1,
    "relation": 6,
    "role": 8,
    "statement": 4,
    "term": 2,
}
READINGS = {
    "object-of-requirements": ("any-object", "systems-only"),
    "security-layer": ("own-layer", "across-layers"),
    "object-of-evaluation": ("attested-evaluation", "whole-system"),
}


def program() -> Program:
    return guiju.load(ID).program


def test_the_topics_are_those_that_the_note_names():
    assert [g.id for g in program().groups] == list(TOPICS)
    for part, topics in TOPICS.items():
        clauses = [c for c in program().clauses if c.group == part]
        assert [c.id for c in clauses] == list(topics)
        assert all(topics[c.id] in c.label.zh for c in clauses)
    assert len(program().clauses) == 5 + 3 + 2


def test_no_topic_is_a_requirement():
    assert {c.modality for c in program().clauses} == {None}
    attested = [c.id for c in program().clauses if c.condition is None]
    with_reading, shared = {"8-5", "8-7"}, {"7-1", "7-2"}  # whether there are results, other standards ask as well
    assert attested == [c.id for c in program().clauses if c.id not in with_reading | shared]


def test_the_related_standards_are_cited_as_printed():
    relations = {r.id: r for r in program().records if r.kind == "relation"}
    for name, designation in RELATED.items():
        assert designation in relations[name].label.zh
        assert relations[name].cites == "8"


def test_the_dates_and_numbers_are_on_record():
    dates = [r.label.en for r in program().records if r.kind == "milestone"]
    assert len(dates) == len(MILESTONES)
    assert all(text.startswith(date) for text, date in zip(dates, MILESTONES, strict=True))
    label = {r.id: r.label for r in program().records}
    assert [name for name, n in NUMBERS.items() if n not in label[name].zh or n not in label[name].en] == []


def test_the_records_are_counted_and_every_finding_has_its_class():
    assert Counter(r.kind for r in program().records) == RECORDS
    findings = [r for r in program().records if r.kind in {"note", "mistake"}]
    assert [r.id for r in findings if "reason" not in dict(r.properties)] == []
    unencoded = [r for r in program().records if r.kind == "not-encoded"]
    assert [r.id for r in unencoded if "why" not in dict(r.properties) or not r.cites] == []


def test_the_readings_and_their_options_default_first():
    assert {r.id: tuple(o.id for o in r.options) for r in program().readings} == READINGS
    assert all(r.why and r.cites for r in program().readings)


# --- the example, by hand -------------------------------------------------------------------------------------------
# Satisfied: 8-2, 8-3, 8-5; 2-1, 8-6, 8-7; 7-1. Not: 8-1, 7-2. Open: 8-4.

F = Fraction
STORIES: tuple[tuple[Mapping[str, str], set[Fraction], set[Fraction]], ...] = (
    ({}, {F(3, 5), F(4, 5)}, {F(7, 10), F(8, 10)}),
    # 8-3, 8-7, 7-1 and 7-2 apply to a model
    ({"object-of-requirements": "systems-only"}, {F(1)}, {F(3, 4)}),
    # infrastructure and application are not covered, so 8-5 fails, whatever the vendor says
    ({"security-layer": "across-layers"}, {F(2, 5), F(3, 5)}, {F(6, 10), F(7, 10)}),
    # the model alone was evaluated, the assessor is content: 8-7 is open
    ({"object-of-evaluation": "whole-system"}, {F(3, 5), F(4, 5)}, {F(6, 10), F(7, 10), F(8, 10)}),
    (
        {"object-of-requirements": "systems-only", "object-of-evaluation": "whole-system"},
        {F(1)},
        {F(2, 4), F(3, 4)},
    ),
)


@pytest.mark.parametrize(("readings", "layers", "topics"), STORIES, ids=str)
def test_the_example_tells_its_story(readings: Mapping[str, str], layers: set[Fraction], topics: set[Fraction]):
    assessment = guiju.evaluate(ID, EXAMPLE, readings)
    assert set(assessment.possible("layers_covered").values) == layers
    assert set(assessment.possible("topics_covered").values) == topics


def test_the_example_covers_the_parts():
    assessment = guiju.evaluate(ID, EXAMPLE)
    assert assessment.bound.evidence.fictional
    assert (assessment.value("coverage:contents"), assessment.value("coverage:indicators")) == (1, F(1, 2))
    assert [r.clause for r in assessment.undecided] == ["8-4"]


def test_conformity_is_an_outcome_and_has_no_value():
    assessment = guiju.evaluate(ID, EXAMPLE)
    assert program().outcomes == ("layers_covered", "topics_covered", "conformity")
    assert assessment.possible("conformity").values == (Undefined(reason="share-of-nothing"),)
    printed = CliRunner().invoke(main, ["evaluate", ID, str(EXAMPLE), "--lang", "en"]).stdout
    unencoded = [r for r in program().records if r.kind == "not-encoded"]
    assert f"Not encoded: {len(unencoded)}\n" in printed
    for record in unencoded:
        assert f"  {record.label.en} ({record.cites})\n    {dict(record.properties)['why'].en[:40]}" in printed


# --- the crosswalk ----------------------------------------------------------------------------------------------------

GBT, ISC = "gbt-45288.3-2025", "t-isc-full-stack-2025-12"
# Judged by hand, row by row: of the clauses there, how many rows of each relation a topic has.
ROWS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    GBT: {
        "8-1": ("superset", "intersects"),
        "8-2": ("superset", "intersects"),
        "8-3": ("superset", "intersects"),
        "8-4": ("superset", "intersects"),
        "8-5": ("intersects",),
        "8-7": ("intersects",),
        "7-2": ("intersects",),
    },
    ISC: {
        "8-1": ("superset", "intersects"),
        "8-2": ("superset", "intersects"),
        "8-3": ("superset", "intersects"),
        "8-4": ("superset", "intersects"),
        "8-5": ("superset",),
        "8-7": ("intersects",),
        "7-2": ("intersects",),
    },
}
RELATIONS = {(GBT, "superset"): 4, (GBT, "intersects"): 7, (ISC, "superset"): 5, (ISC, "intersects"): 6}
# Counted in the texts: how many leaves of the other standard the rows of a topic hold, by relation.
LEAVES = {
    (GBT, "8-1", "superset"): 22,
    (GBT, "8-1", "intersects"): 21,
    (GBT, "8-2", "superset"): 25,
    (GBT, "8-4", "superset"): 13,
    (ISC, "8-1", "superset"): 15,
    (ISC, "8-2", "superset"): 61,
    (ISC, "8-3", "superset"): 15,
    (ISC, "8-4", "superset"): 10,
    (ISC, "8-5", "superset"): 10,
    (ISC, "8-7", "intersects"): 5,
}


def other(standard: str) -> Program:
    found = guiju.load(standard).program
    assert found is not None
    return found


def held(crosswalk: Crosswalk) -> list[str]:
    """The leaves of the other standard that a row holds."""
    leaves, missing = leaves_of(other(crosswalk.standard), crosswalk.others)
    assert missing == (), crosswalk.printed
    return [leaf.id for leaf in leaves]


def test_the_rows_are_those_that_were_judged():
    assert Counter((c.standard, c.relation) for c in program().crosswalks) == RELATIONS
    for standard, topics in ROWS.items():
        rows = [c for c in program().crosswalks if c.standard == standard]
        assert [(c.clauses, c.relation) for c in rows] == [((t,), r) for t, found in topics.items() for r in found]
    assert sum(RELATIONS.values()) == 22


def test_every_clause_there_exists_and_none_stands_in_a_row_twice():
    for crosswalk in program().crosswalks:
        each = [leaves_of(other(crosswalk.standard), (reference,))[0] for reference in crosswalk.others]
        assert all(each)
        assert sum(map(len, each)) == len(held(crosswalk))


@pytest.mark.parametrize("row", LEAVES, ids=str)
def test_a_row_holds_the_leaves_counted_in_the_text(row: tuple[str, str, str]):
    standard, topic, relation = row
    found = [c for c in program().crosswalks if (c.standard, c.clauses, c.relation) == (standard, (topic,), relation)]
    assert [len(held(c)) for c in found] == [LEAVES[row]]


# Typed from the standard: what no topic of the note speaks of (interfaces, ease of use, hosting, examples, cooperation).
UNTOUCHED = """
    6.1.3.1.a 6.1.3.1.f 6.1.3.4.a 6.1.3.4.b.1 6.1.3.4.b.2 6.1.3.4.d 6.1.3.4.e 6.1.3.4.f.1 6.1.3.4.f.2 6.1.3.4.f.3 6.1.3.4.f.4
    6.3.1.2.e 6.3.3.2.b 6.3.3.2.h 6.3.3.2.i
"""


def covered(standard: str, *relations: str) -> Counter[str]:
    """How often each clause of another standard stands in the rows of these relations."""
    rows = [c for c in program().crosswalks if c.standard == standard and c.relation in relations]
    return Counter(leaf for row in rows for leaf in held(row))


def test_the_clauses_without_a_topic_are_these():
    found = covered(GBT, "superset", "intersects")
    assert [c.id for c in other(GBT).items() if c.id not in found] == UNTOUCHED.split()
    found = covered(ISC, "superset", "intersects")
    assert [c.id for c in other(ISC).items() if c.id not in found] == []


def test_no_clause_makes_up_two_topics():
    for standard in (GBT, ISC):
        assert [c for c, times in covered(standard, "superset").items() if times > 1] == []


def test_the_digests_are_current_and_an_amended_clause_flags_its_rows():
    assert crosswalk_findings(program(), other) == ()
    amended = other(ISC)
    clauses = tuple(replace(c, modality="should") if c.id == "5.1-4" else c for c in amended.clauses)
    changed = {ISC: replace(amended, clauses=clauses), GBT: other(GBT)}
    found = crosswalk_findings(program(), changed.get)
    assert [d.code.name for d in found] == ["crosswalk-outdated"]
    assert "5.1-1~5.1-5" in found[0].span.text


def test_a_shared_fact_that_has_changed_flags_the_rows_of_both_standards_that_stand_on_it():
    def amended(program: Program) -> Program:
        facts = (replace(f, type=NumberType()) if f.id == "hardware_virtualised" else f for f in program.facts)
        return replace(program, facts=tuple(facts))

    found = crosswalk_findings(program(), lambda standard: amended(other(standard)))
    assert [
        (d.code.name, c.standard, c.clauses) for d, c in zip(found, rows_of("6.1.3.3.a", "5.1-4"), strict=True)
    ] == [
        ("crosswalk-outdated", GBT, ("8-1",)),
        ("crosswalk-outdated", ISC, ("8-1",)),
    ]


def rows_of(*clauses: str) -> list[Crosswalk]:
    """The rows that hold one of these clauses of another standard."""
    return [c for c in program().crosswalks if set(held(c)) & set(clauses)]


def test_what_has_no_row_is_told():
    told = (FOLDER / "README.md").read_text(encoding="utf-8").partition("**Without a row**")[2]
    assert set(program().clause) - {t for topics in ROWS.values() for t in topics} == {"2-1", "8-6", "7-1"}
    assert all(f"{topic}, " in told for topic in ("2-1", "8-6", "7-1"))
