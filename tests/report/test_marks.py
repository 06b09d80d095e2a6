"""◆ and ◇ belong to what a line tells: where it is told again, also in an idle place, it has the same mark."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import guiju
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.branch import DEPTHS, Branch, lines, signs
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.marks import marked_as_one
from tests.engine.laws import assess
from tests.engine.laws import shown as definitions_of
from tests.engine.strategies import Case, cases

LANGUAGES: tuple[Language, ...] = ("zh", "en")
BUNDLED = sorted(Path("policies").rglob("evidence/*.yaml"))


def line(text: str, *below: Branch, counts: bool = True, above: bool = False) -> Branch:
    return Branch(text, text, below, determining=counts, thing=text, above=above)


def shown(tree: Branch) -> list[str]:
    return list(lines(marked_as_one(tree), marked=True))


def test_a_fact_below_a_row_that_was_not_the_one_is_marked_there_as_below_the_one_that_was() -> None:
    idle = line("full → no", line("service = platform", above=True), counts=False)
    held = line("platform → yes", line("service = platform"))
    assert shown(line("weight = 100 %", held, idle)) == [
        "◆ weight = 100 %",
        "├─ ◆ platform → yes",
        "│  └─ ◆ service = platform",
        "└─ full → no",
        "   └─ ◆ service = platform ↑",
    ]


def test_what_is_told_first_in_an_idle_place_is_marked_there_as_where_it_counts() -> None:
    told = line("gate = no", line("6.1 a): unsatisfied"))
    tree = line("L1", line("L3 → no", told, counts=False), line("L2 → no", line("gate = no", above=True)))
    assert shown(tree) == [
        "◆ L1",
        "├─ L3 → no",
        "│  └─ ◆ gate = no",
        "│     └─ ◆ 6.1 a): unsatisfied",
        "└─ ◆ L2 → no",
        "   └─ ◆ gate = no ↑",
    ]


def test_what_no_marked_line_leads_to_has_no_mark() -> None:
    tree = line("L1", line("L3 → no", line("6.1 a)"), counts=False), line("L2 → no", line("6.1 b)")))
    assert shown(tree) == ["◆ L1", "├─ L3 → no", "│  └─ 6.1 a)", "└─ ◆ L2 → no", "   └─ ◆ 6.1 b)"]


def test_a_row_that_is_told_by_the_words_of_the_policy_has_the_mark_of_the_gate_that_it_tells() -> None:
    row = Branch("6.1 a) → no", "gate", (Branch("6.1 a)", "a", thing="a", determining=True),), determining=True)
    gate = Branch("gate = no", "gate", (row,), determining=True, thing="gate")
    tree = line("L1", line("L3 → no", gate, counts=False), line("L2 → no", replace(gate, above=True, branches=())))
    assert shown(tree)[1:5] == ["├─ L3 → no", "│  └─ ◆ gate = no", "│     └─ ◆ 6.1 a) → no", "│        └─ ◆ 6.1 a)"]


def test_each_of_two_marks_needs_a_line_marked_alike_somewhere_above_it() -> None:
    failed = Branch("6.1 b): unsatisfied", "b", thing="b", ruling_out=True)
    out = Branch("L3 → no", "L3", (failed,), thing="L3", ruling_out=True)
    open_ = Branch("L2 → unknown", "L2", (Branch("6.1 b)", "b", thing="b", above=True, ruling_out=True),), thing="L2")
    below = (out, replace(open_, determining=True))
    tree = Branch("L1 | L2", "level", below, state="unknown", determining=True, ruling_out=True)
    assert shown(tree) == [
        "◆ L1 | L2",
        "├─ ◇ L3 → no",
        "│  └─ ◇ 6.1 b): unsatisfied",
        "└─ ◆ L2 → unknown",
        "   └─ ◇ 6.1 b) ↑",
    ]


def test_what_is_known_and_does_both_is_marked_as_ruling_out_wherever_it_is_told() -> None:
    both = Branch("x = 3", "x", thing="x", determining=True, ruling_out=True)
    out = Branch("L3 → no", "L3", (both,), ruling_out=True)
    open_ = Branch("L2 → unknown", "L2", (replace(both, above=True),), state="unknown", determining=True)
    tree = Branch("L1 | L2", "level", (out, open_), state="unknown", determining=True, ruling_out=True)
    told = ["◆ L1 | L2", "├─ ◇ L3 → no", "│  └─ ◇ x = 3", "└─ ◆ L2 → unknown", "   └─ ◇ x = 3 ↑"]
    assert shown(tree) == told


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_a_mark_does_not_depend_on_the_place(case: Case) -> None:
    assessment = assess(*case)
    check_each_node_has_one_mark(assessment, definitions_of(case.program))


@pytest.mark.parametrize("evidence", BUNDLED, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_each_node_of_a_bundled_example_has_one_mark(evidence: Path) -> None:
    (policy,) = evidence.parent.parent.glob("*.guiju")
    assessment = guiju.evaluate(policy, evidence)
    scores = [id_ for id_ in ("A@L2",) if id_ in assessment.network.at]
    check_each_node_has_one_mark(assessment, (*assessment.program.outcomes, *scores))


def check_each_node_has_one_mark(assessment: Assessment, addresses: tuple[str, ...]) -> None:
    """At every depth, and no line both; remarks and voices, which are no nodes, are told apart by their words."""
    for address, language in product(addresses, LANGUAGES):
        tree = explain(assessment, address, language)
        for view in (tree, *(at_depth(tree, depth) for depth in DEPTHS)):
            found: dict[tuple[str, str], set[str]] = {}
            for told in view.walk():
                found.setdefault((told.address, told.thing or told.text), set()).add(signs(told))
            assert {key: marks for key, marks in found.items() if len(marks) > 1} == {}, address
            assert [told.text for told in view.walk() if told.determining and told.ruling_out] == [], address


def test_what_people_decided_is_not_put_down_to_facts_that_nobody_stated() -> None:
    """Also where the outcome is settled by all completions only, as with a clause of the level above open."""
    path = Path("policies/gbt-45288.3-2025/evidence/strong-platform-vendor.yaml")
    tree = explain(guiju.evaluate("gbt-45288.3-2025", path), "level", "en")
    left_open = [line for line in tree.walk() if "an attestation decides" in line.text]
    assert len(left_open) > 5
    assert not [below.text for line in left_open for below in line.walk() if below.determining]


def test_of_a_settled_number_no_clause_is_marked_that_nobody_speaks_of() -> None:
    path = Path("policies/gbt-45288.3-2025/evidence/strong-platform-vendor.yaml")
    tree = explain(guiju.evaluate("gbt-45288.3-2025", path), "score:hardware@L3", "en")
    told = [line for line in tree.walk() if line.address in ("clause:6.1.1.1.k", "clause:6.1.1.2.f")]
    assert {(line.address, line.determining) for line in told if line.text.startswith("6.1")} == {
        ("clause:6.1.1.1.k", True),
        ("clause:6.1.1.2.f", False),
    }


def test_of_a_conflict_both_sides_are_marked() -> None:
    path = Path("policies/gbt-45288.3-2025/evidence/mid-vendor-with-gaps.yaml")
    tree = explain(guiju.evaluate("gbt-45288.3-2025", path), "clause:6.1.2.4.c", "en")
    marked = [line.text.split(" ")[0] for line in tree.walk() if line.determining]
    assert marked == ["6.1.2.4", "quantization_precisions", "quantization_precisions", "assessor"]


def test_of_voices_that_differ_each_is_marked_and_no_fact_that_denies_neither(tmp_path: Path) -> None:
    policy = tmp_path / "s.guiju"
    policy.write_text(DISPUTED, "utf-8")
    said = [{"verdict": v, "voice": "assessor", "by": v} for v in ("satisfied", "unsatisfied")]
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"here": True}, "attestations": {"1.a": said}}
    tree = explain(guiju.evaluate(policy, evidence), "clause:1.a", "en")
    assert [(line.text.split(":")[0], line.determining) for line in tree.walk()][1:] == [
        ("applies when", False),
        ("here = yes (without evidence)", False),
        ("assessor satisfied", True),
        ("assessor unsatisfied", True),
        ("conflicting evidence", False),
    ]


DISPUTED = """standard s-1 "S 1"
groups section
fact here : yes-no
section 1 "One"
  a) "A" attested applies when here
score total = count of clauses satisfied
"""
