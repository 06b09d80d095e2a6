"""The drafting note of 072-T/ISC-23 against the note, typed from it, its example by hand, and its crosswalk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import Program, Undefined

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
    "abbreviation": 2,
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
    assert attested == [c.id for c in program().clauses if c.id not in {"8-5", "8-7"}]  # those have a reading


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


# --- the crosswalk of the README ------------------------------------------------------------------------------------

GBT, ISC = "GB/T 45288.3", "T/ISC draft"
# Typed from the draft: how many dashes each section has, and below which of them there are more.
DASHES = """
    5.1 5, 5.2 2, 5.3 4, 5.3-4 5, 6.1 2, 6.2 2, 6.2-2 4, 6.4.1 2, 6.4.2 3, 6.4.3 3, 6.5 5, 7.1.1 10, 7.1.2.1 1, 7.1.2.2 1,
    7.1.3 3, 7.1.4 1, 7.2 5, 7.3.1 2, 7.3.2 2, 7.3.3 2, 7.4.1 2, 7.4.2 4, 7.5 2, 8.1 3, 8.2 3, 8.3 2, 8.4 2
"""
WHOLE = {"6.3.1~6.3.6", "7.1.1", "8.5"}  # sections named whole


def crosswalk() -> Iterator[tuple[str, ...]]:
    """The rows of the table, cell by cell."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = text.partition("<!-- crosswalk -->\n")[2].partition("<!-- /crosswalk -->")[0]
    for line in table.splitlines()[2:]:
        yield tuple(cell.strip() for cell in line.strip("|").split("|"))


def references(document: str) -> list[str]:
    """The references of all rows to one document, ranges as they are."""
    rows = [row[4] for row in crosswalk() if row[3] == document and not row[4].startswith("none")]
    return [reference for row in rows for reference in row.split(", ")]


def test_every_row_has_a_clause_a_relation_and_both_citations():
    rows = list(crosswalk())
    assert len(rows) == 25
    assert {row[0] for row in rows} == set(program().clause) - {"7-1"}
    assert {row[2] for row in rows} <= {"equal", "subset", "superset", "intersects"}
    assert {row[3] for row in rows} == {GBT, ISC}
    assert [row for row in rows if len(row) != 6 or not all(row)] == []
    assert [row for row in rows if row[1] != program().clause[row[0]].cites] == []


def ends(reference: str) -> tuple[str, str]:
    """First and last id of `6.1.1.1 a)~c)` or of `6.1.2.2 b) 1)~6)`."""
    first, _, last = reference.partition("~")
    marks = re.findall(r"(\w+)\)", first)
    start = ".".join((first.partition(" ")[0], *marks))
    return start, ".".join((*start.split(".")[:-1], last.strip(")"))) if last else start


def test_the_clauses_of_gbt_45288_exist():
    known = [c.id for c in guiju.load("gbt-45288.3-2025").program.clauses]
    found = [ends(reference) for reference in references(GBT)]
    assert len(found) > 80
    assert [pair for pair in found if pair[0] not in known or pair[1] not in known] == []
    assert [pair for pair in found if known.index(pair[0]) > known.index(pair[1])] == []


def test_the_dashes_of_the_draft_exist():
    dashes = {section: int(number) for section, number in (entry.split() for entry in DASHES.split(","))}
    for reference in references(ISC):
        if reference in WHOLE:
            continue
        first, _, last = reference.partition("~")
        for end in (first, last or first):
            section, _, ordinal = end.rpartition("-")
            assert 1 <= int(ordinal) <= dashes[section], reference


# Typed from the standard: what no topic of the note speaks of (interfaces, ease of use, hosting, examples, cooperation).
UNTOUCHED = """
    6.1.3.1.a 6.1.3.1.f 6.1.3.4.a 6.1.3.4.b.1 6.1.3.4.b.2 6.1.3.4.d 6.1.3.4.e 6.1.3.4.f.1 6.1.3.4.f.2 6.1.3.4.f.3 6.1.3.4.f.4
    6.3.1.2.e 6.3.3.2.b 6.3.3.2.h 6.3.3.2.i
"""


def covered(*relations: str) -> Counter[str]:
    """How often each clause of GB/T 45288.3 stands in the rows of these relations."""
    known = [c.id for c in guiju.load("gbt-45288.3-2025").program.clauses]
    counted: Counter[str] = Counter()
    for row in crosswalk():
        if row[2] in relations and row[3] == GBT and not row[4].startswith("none"):
            for first, last in map(ends, row[4].split(", ")):
                counted.update(known[known.index(first) : known.index(last) + 1])
    return counted


def test_the_clauses_without_a_topic_are_these():
    everything = [c.id for c in guiju.load("gbt-45288.3-2025").program.clauses]
    found = covered("superset", "intersects")
    assert [c for c in everything if c not in found] == UNTOUCHED.split()


def test_no_clause_lies_wholly_in_two_topics():
    assert [c for c, times in covered("superset").items() if times > 1] == []
