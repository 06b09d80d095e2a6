"""What is told of a lead that one option of a reading makes an item, and of clauses that count only by a reading."""

from __future__ import annotations

from pathlib import Path

import pytest

import guiju
from guiju.engine.evaluate import Assessment
from guiju.exchange.template import template

HEAD = """standard demo-1 "DEMO 1"
groups section
levels
  L1
  L2
fact x : number
section 4.1
  clause 4.1.1 shall "lead"
    - "one" attested
section 4.2
  clause 4.2.1 should "w"
    - "p" attested
    - shall "q" attested
membership
  section | L1 | L2
  4.1 | 4.1.1 | 4.1.1
  4.2 | 4.2.1-1 | all
"""
RULES = """score s of each section at each level = share of shall clauses satisfied
score added of each section
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2
    1 when all new clauses satisfied
    0 otherwise
"""
READING = """reading r "r"
  default a : nothing changes
  or lead : clause 4.1.1 requires {lead}
  or shall : clause 4.2.1 shall
  or more : membership 4.2 L1 = 4.2.1
  or less : membership 4.2 L1 = 4.2.1-2
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return written(tmp_path, "attested")


def written(folder: Path, lead: str) -> Path:
    path = folder / "demo-1.guiju"
    path.write_text(HEAD + RULES + READING.format(lead=lead), encoding="utf-8")
    return path


def assessed(policy: Path, option: str) -> Assessment:
    evidence = {"guiju": "evidence/1", "subject": "s", "standard": "demo-1"}
    return guiju.evaluate(policy, evidence, readings={"r": option})


def told(policy: Path, option: str, node: str) -> list[str]:
    lines = guiju.explain(assessed(policy, option), node, language="en").splitlines()
    return [line.lstrip("│├└─ ◆").partition("  [")[0] for line in lines]


def by_reading(policy: Path, option: str, node: str) -> list[str]:
    return [line for line in told(policy, option, node) if "counted by" in line]


@pytest.mark.parametrize(
    ("option", "node", "clause"),
    [
        ("lead", "s:4.1@L1", "4.1.1"),
        ("shall", "s:4.2@L1", "4.2.1-1"),
        ("more", "s:4.2@L1", "4.2.1-2"),
        ("less", "added:4.2@L2", "4.2.1-1"),
    ],
)
def test_a_clause_that_only_one_option_counts_is_told_with_it(
    policy: Path, option: str, node: str, clause: str
) -> None:
    assert by_reading(policy, option, node)[0] == f"{clause}: counted by the reading r = {option}"


def test_a_clause_that_every_option_counts_is_not(policy: Path) -> None:
    assert by_reading(policy, "a", "s:4.2@L2") == []
    assert by_reading(policy, "a", "s:4.1@L1") == []


@pytest.mark.parametrize(("node", "is_new"), [("s:4.2@L2", False), ("added:4.2@L2", True)])
def test_only_a_count_of_new_clauses_is_cited_as_one(policy: Path, node: str, is_new: bool) -> None:
    cell = "4.2 L2 without L1" if is_new else "4.2 L2 ·"
    assert f"[{cell}" in guiju.explain(assessed(policy, "a"), node, language="en")


def test_a_lead_that_is_no_item_is_told_to_be_none(policy: Path) -> None:
    assert told(policy, "a", "clause:4.1.1")[0] == "4.1.1 lead: unknown (not an item under r = a)"
    assert told(policy, "lead", "clause:4.1.1")[0] == "4.1.1 lead: unknown"


def test_it_stands_among_the_clauses_of_its_group_where_it_is_an_item(policy: Path) -> None:
    assert "4.1.1 lead: unknown" not in told(policy, "a", "4.1")
    assert "4.1.1 lead: unknown" in told(policy, "lead", "4.1")


def test_the_blank_file_asks_for_it_under_the_option_alone_that_makes_it_an_item(policy: Path) -> None:
    blank = template(assessed(policy, "a").program, "en")
    assert "4.1.1:  # satisfied | unsatisfied  (under the reading r = lead)" in blank


def test_the_blank_file_asks_nobody_for_what_facts_decide(tmp_path: Path) -> None:
    blank = template(assessed(written(tmp_path, "x >= 70"), "a").program, "en")
    assert "  4.1.1:  # satisfied" not in blank
    assert "follows from the facts, no verdict is needed: x  (under the reading r = lead)" in blank


@pytest.mark.parametrize(("lead", "is_attested"), [("attested", True), ("x >= 70", False)])
def test_people_are_asked_for_it_only_where_an_option_leaves_it_to_them(
    tmp_path: Path, lead: str, is_attested: bool
) -> None:
    program = assessed(written(tmp_path, lead), "a").program
    assert program.clause["4.1.1"].is_attested is is_attested


def test_who_attests_a_section_is_offered_the_lead_with_the_option_that_makes_it_an_item(policy: Path) -> None:
    said = {"guiju": "evidence/1", "subject": "s", "standard": "demo-1", "attestations": {"4.1": "satisfied"}}
    with pytest.raises(guiju.GuijuError) as refused:
        guiju.evaluate(policy, said)
    assert "4.1.1 (r = lead), 4.1.1-1" in refused.value.diagnostics[0].help("en")
