"""What a policy settled where its standard leaves room is told at the line that it bears on, and only once in full."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.library import compile_source, load, review
from guiju.report.branch import Branch, Depth
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.own_text import failed_in_part, unlisted
from guiju.report.result import result_of
from guiju.report.settled import settled, settled_beside
from guiju.report.text import text_of

ROOT = Path(__file__).parents[2] / "policies"
EXAMPLES = sorted(path for path in ROOT.glob("*/evidence/*.yaml") if path.parents[1].name != "vocabulary")
GBT = "gbt-45288.3-2025"


def program_of(text: str) -> Program:
    compiled = compile_source(Source("p.guiju", text))
    assert compiled.program is not None, compiled.diagnostics
    return compiled.program


SMALL = """standard p-1 "P"
groups section
levels
  L1 "Basic"
section 4.1 "S"
  a) "one" attested
  b) "two" attested
  c) "three" attested
section 4.2 "T"
  a) "four" attested
membership
  section | L1
  4.1 | all
  4.2 | all
score part of each section at each level "Part" = share of clauses satisfied cites 8.1
score A at each level = mean of part over each section cites formula 1
grade level by A cites table 1
  L1 | A = 1
  otherwise | none
record note doubt "Doubt" cites 5
  why "so we say"
  affects {place}
"""


@pytest.mark.parametrize(
    ("place", "bears_on"),
    [
        pytest.param("4.1 b)", ["clause:4.1.b"], id="a clause"),
        pytest.param("4.1 b), 4.2 a)", ["clause:4.1.b", "clause:4.2.a"], id="two clauses"),
        pytest.param("4.1 a)~b)", ["clause:4.1.a", "clause:4.1.b"], id="a range of clauses"),
        pytest.param("8.1", ["part:4.1@L1", "part:4.2@L1"], id="the scores that cite it"),
        pytest.param("formula 1", ["A@L1"], id="a formula"),
        pytest.param("4.2", ["part:4.2@L1"], id="the scores of a group"),
        pytest.param("4.1~4.2", ["part:4.1@L1", "part:4.2@L1"], id="the scores of a range of groups"),
        pytest.param("8.4", ["level"], id="what nothing else cites: the outcome"),
    ],
)
def test_a_record_bears_on_what_has_the_place_that_it_names(place: str, bears_on: list[str]) -> None:
    found = settled_beside(program_of(SMALL.format(place=place)))
    assert sorted(found) == sorted(bears_on)
    assert {told.record.id for beside in found.values() for told in beside} == {"doubt"}


NESTED = SMALL.replace('  b) "two" attested\n', '  b) "two"\n    1) "first" attested\n    2) "second" attested\n')


@pytest.mark.parametrize(
    ("place", "bears_on"),
    [
        ("4.1 a)~b)", ["4.1.a", "4.1.b.1", "4.1.b.2"]),
        ("4.1 b)~c)", ["4.1.b.1", "4.1.b.2", "4.1.c"]),
        ("4.1 b) 2)~4.2 a)", ["4.1.b.2", "4.1.c", "4.2.a"]),
    ],
)
def test_a_range_to_a_clause_with_others_below_it_holds_these(place: str, bears_on: list[str]) -> None:
    found = settled_beside(program_of(NESTED.format(place=place)))
    assert sorted(found) == [f"clause:{clause}" for clause in bears_on]


def test_a_record_that_affects_nothing_is_told_at_no_line() -> None:
    assert not settled_beside(program_of(SMALL.partition("  affects")[0]))


def whole(text: str, language: Language = "en", depth: Depth = "review") -> list[Branch]:
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": {}}
    assessment = guiju.evaluate(guiju.Policy(program_of(text)), evidence)
    return list(at_depth(explain(assessment, "level", language), depth).walk())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "settled by the policy: Doubt"), ("zh", "由策略定下: Doubt")], ids=["en", "zh"]
)
def test_each_clause_says_it_and_the_first_says_why(language: Language, said: str) -> None:
    lines = whole(SMALL.format(place="4.1 b), 4.2 a)"), language)
    told = [line for line in lines if line.address == "record:doubt"]
    assert [(line.text, line.note, line.above, line.place.cites) for line in told] == [
        (said, "so we say", False, "5"),
        (said, "", True, "5"),
    ]
    below = {b.address for line in lines if told[0] in line.branches for b in [line]}
    assert below == {"clause:4.1.b"}


def test_scores_that_share_a_formula_say_it_once() -> None:
    told = [line for line in whole(SMALL.format(place="8.1")) if line.address == "record:doubt"]
    assert [line.note for line in told] == ["so we say"]


def test_it_is_for_those_who_go_from_clause_to_clause() -> None:
    shallow, deep = (whole(SMALL.format(place="4.1 b)"), depth=depth) for depth in ("gaps", "engineer"))
    assert not [line for line in shallow if line.address == "record:doubt"]
    assert len([line for line in deep if line.address == "record:doubt"]) == 1


def assessed(path: Path) -> Assessment:
    return guiju.evaluate(path.parents[1] / f"{path.parents[1].name}.guiju", path)


@pytest.mark.parametrize("depth", ["review", "engineer"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_wherever_a_line_is_told_that_something_bears_on_the_record_is_told(path: Path, depth: Depth) -> None:
    """Against the slow way: the records whose `affects` has the number of a clause, clause by clause."""
    assessment = assessed(path)
    records = {
        c.printed: {r.id for r in settled(assessment.program) if c.printed in r.affects.split(", ")}
        for c in assessment.program.clauses
    }
    clauses = {f"clause:{c.id}": c for c in assessment.program.clauses}
    in_full: Counter[str] = Counter()
    for outcome in assessment.program.outcomes[:2]:
        in_full.clear()
        for line in at_depth(explain(assessment, outcome, "en"), depth).walk():
            if line.address.startswith("record:") and not line.above:
                in_full[line.address] += 1
            if line.thing in clauses and not line.above:
                clause = clauses[line.thing]
                below = {b.address.removeprefix("record:") for b in line.branches if b.address.startswith("record:")}
                assert records[clause.printed] <= below, clause.printed
        assert all(number == 1 for number in in_full.values()), in_full


def test_of_the_grading_standard_what_bears_on_the_level_and_its_scores_is_told_there() -> None:
    assessment = assessed(ROOT / GBT / "evidence" / "full-stack-provider.yaml")
    lines = list(at_depth(explain(assessment, "level", "en"), "review").walk())
    at = {b.address: line for line in lines for b in line.branches if b.address.startswith("record:")}
    assert at["record:score-at-level"].address == "level"
    assert "8.1 b)" in at["record:more-than-half"].place.cites
    assert at["record:strict-duration"].address.startswith("clause:6.1.3.2")


@pytest.mark.parametrize(("language", "said"), [("en", "Settled by the policy where"), ("zh", "由策略定下的")])
def test_the_result_as_text_says_how_many_there_are(language: Language, said: str) -> None:
    for path in EXAMPLES:
        assessment = assessed(path)
        told = [
            line
            for line in text_of(result_of(assessment, language), assessment.program, language).splitlines()
            if said in line
        ]
        number = len(settled(assessment.program))
        assert len(told) == bool(number), path.stem
        assert all(f": {number} (" in line for line in told)


# --- doubts that are computed, where an assessment meets them ----------------------------------------------------------


IN_PART = """standard p-1 "P"
input kind : one of a | b
groups section
fact n : count
fact m : count
let both = n >= 3 and m >= 3
section 4.1 "S"
  a) "all of it" n >= 3 and m >= 3
  b) "by its name" both
  c) "either" n >= 3 or m >= 3
  d) "between, which is one condition" 6 <= n < 9
section 4.2 "T"
  a) "all of it" n >= 3 and m >= 3
weights cites table 1
  kind | 4.1 | 4.2
  a | 100% |
  b | | 100%
score S = share of clauses satisfied
"""


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        pytest.param({"n": 5, "m": 1}, ["4.1 a)", "4.1 b)"], id="a part holds and the item fails"),
        pytest.param({"n": 1, "m": 1}, [], id="no part holds"),
        pytest.param({"n": 7, "m": 5}, [], id="all parts hold"),
        pytest.param({"n": 5}, [], id="the other part is open"),
    ],
)
def test_an_item_that_fails_in_part_is_met(facts: dict[str, int], met: list[str]) -> None:
    evidence = {"guiju": "evidence/1", "subject": "x", "inputs": {"kind": "a"}, "facts": facts}
    assessment = guiju.evaluate(guiju.Policy(program_of(IN_PART)), evidence)
    assert [c.printed for c in failed_in_part(assessment)] == met


@pytest.mark.parametrize(
    ("service", "met"),
    [("platform+operations", "Platform plus operations (not in Table 4)"), ("platform+development", ""), ("", "")],
)
def test_a_combination_without_a_row_is_met_where_it_is_chosen(service: str, met: str) -> None:
    inputs = {"inputs": {"service": service}} if service else {}
    found = unlisted(guiju.evaluate(GBT, {"guiju": "evidence/1", "subject": "x", **inputs}))
    assert (found.option.label.en if found else "") == met
    assert found is None or found.cites == "table 4"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_met_is_what_a_review_finds(path: Path) -> None:
    found = review(load(path.parents[1].name))
    several = {
        str(dict(f.diagnostic.arguments)["clause"]) for f in found if f.diagnostic.code.name == "compound-requirement"
    }
    assert {c.printed for c in failed_in_part(assessed(path))} <= several
