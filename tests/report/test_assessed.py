"""What an answer is of is said with it: who holds a print-out sees the standard, the subject, the evidence, the readings."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from tests.feet import foot_of

POLICY = """standard shop-1 "SHOP 1—2026"
  title zh "小店"
  title en "Small shops"
  status draft
  issued 2026-02-01
input kind : one of food | books "种类" / "Kind"
  food "食品" / "Food"
  books "书店" / "Books"
fact hours : count
groups section
levels
  L1
section 1
  a) "营业" / "open long" hours >= 8
  b) "应答" / "someone answers" attested applies when kind = food
membership
  section | L1
  1 | all
score A at each level = share of clauses satisfied
grade level by A
  L1 | A >= 100%
  otherwise | none
reading answers "Who answers"
  default strict : nothing changes
  or wide : clause 1 b) should
reading hours-asked "How long"
  default eight : nothing changes
  or nine : clause 1 a) requires hours >= 9
"""
EVIDENCE = "guiju: evidence/1\nsubject: {subject}\nas_of: 2026-06-30T00:00:00+08:00\n{more}facts: {{hours: {hours}}}\n"
FOOT = [
    "Standard: SHOP 1—2026  Small shops",
    "Edition: draft, issued 2026-02-01",
    "Subject: Corner shop  (a fictional example)",
    "Kind: books  Books",
    "As of: 2026-06-30T00:00:00+08:00",
    "Evidence: corner.yaml",
    "Readings taken: answers = wide; 1 other as the policy sets them",
]
FOOT_ZH = [
    "标准: SHOP 1—2026  小店",
    "版本: 草案, 2026-02-01 发布",
    "对象: Corner shop  (虚构的例子)",
    "种类: books  书店",
    "评价时点: 2026-06-30T00:00:00+08:00",
    "证据: corner.yaml",
    "所取读法: answers = wide; 其余 1 处如策略所定",
]
ANSWERS = [
    ("explain", "shop.guiju", "2026/corner.yaml", "--depth", "summary"),
    ("explain", "shop.guiju", "2026/corner.yaml", "1.a"),
    ("explain", "shop.guiju", "2026/corner.yaml", "--why-not", "L1"),
    ("plan", "shop.guiju", "2026/corner.yaml", "--to", "L1"),
]


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Any:
    (tmp_path / "shop.guiju").write_text(POLICY, "utf-8")
    for year, hours in (("2026", 7), ("2027", 9)):
        (tmp_path / year).mkdir()
        stated = EVIDENCE.format(subject="Corner shop", more="fictional: true\ninputs: {kind: books}\n", hours=hours)
        (tmp_path / year / "corner.yaml").write_text(stated, "utf-8")
    (tmp_path / "harbour.yaml").write_text(EVIDENCE.format(subject="Harbour shop", more="", hours=7), "utf-8")
    with chdir(tmp_path):
        yield


def run(*arguments: str, language: str = "en") -> str:
    result = CliRunner().invoke(main, [*arguments, "--lang", language])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", ANSWERS)
def test_an_answer_says_below_it_what_it_is_of(command: tuple[str, ...]) -> None:
    assert foot_of(run(*command, "--reading", "answers=wide")) == FOOT
    assert foot_of(run(*command, "--reading", "answers=wide", language="zh")) == FOOT_ZH


def test_a_simulation_says_above_it_what_it_supposes_otherwise() -> None:
    supposed = ("simulate", "shop.guiju", "2026/corner.yaml", "--set", "kind=food", "--reading", "answers=wide")
    assert run(*supposed).splitlines()[: len(FOOT)] == FOOT, "the input as it is stated; what is set stands below"
    assert run(*supposed, language="zh").splitlines()[: len(FOOT)] == FOOT_ZH


@pytest.mark.parametrize("depth", ["review", "engineer"])
def test_who_checks_is_told_the_option_of_every_reading(depth: str) -> None:
    asked = ("explain", "shop.guiju", "2026/corner.yaml", "--depth", depth)
    assert foot_of(run(*asked))[-1] == "Readings taken: as the policy sets them: answers = strict, hours-asked = eight"
    other = run(*asked, "--reading", "answers=wide", language="zh")
    assert foot_of(other)[-1] == "所取读法: answers = wide; 如策略所定: hours-asked = eight"


def test_an_evaluation_names_the_readings_that_are_not_the_policys_own() -> None:
    asked = ("evaluate", "shop.guiju", "2026/corner.yaml")
    told = [FOOT[0].removeprefix("Standard: "), *FOOT[2:5], FOOT[-1], ""]
    assert run(*asked, "--reading", "answers=wide").splitlines()[: len(told)] == told
    assert "Readings taken" not in run(*asked)


def test_without_an_as_of_instant_the_foot_says_so(tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text("guiju: evidence/1\nsubject: x\n", "utf-8")
    foot = foot_of(run("explain", "shop.guiju", "bare.yaml", language="zh"))
    assert foot[3:5] == ["种类: 未知", "评价时点: （无）"]


def test_a_comparison_names_both_sides_where_they_differ() -> None:
    asked = ("compare", "shop.guiju", "harbour.yaml", "2026/corner.yaml", "--other-reading", "answers=wide")
    assert foot_of(run(*asked)) == [
        *FOOT[:2],
        "Subject: Harbour shop → Corner shop  (a fictional example)",
        "Kind: unknown → books  Books",
        FOOT[4],
        "Evidence: harbour.yaml → corner.yaml",
        "Readings taken: as the policy sets them (2) → answers = wide; 1 other as the policy sets them",
    ]


def test_two_files_of_one_name_are_told_apart_by_their_digests() -> None:
    asked = ("compare", "shop.guiju", "2026/corner.yaml", "2027/corner.yaml")
    sides = json.loads(run(*asked, "--format", "json"))
    before, after = (sides[side]["evidence_digest"][:19] for side in ("before", "after"))
    assert before != after
    assert f"Evidence: corner.yaml ({before}) → corner.yaml ({after})" in foot_of(run(*asked))


def test_two_editions_are_named_with_their_files(tmp_path: Path) -> None:
    later = POLICY.replace("2026", "2027").replace(">= 8", ">= 9")
    (tmp_path / "later.guiju").write_text(later, "utf-8")
    assert foot_of(run("compare", "--policies", "shop.guiju", "later.guiju")) == [
        "Standard: SHOP 1—2026  Small shops → SHOP 1—2027  Small shops",
        "Edition: draft, issued 2026-02-01 → draft, issued 2027-02-01",
        "Policy: shop.guiju → later.guiju",
    ]


@pytest.mark.parametrize("command", [*ANSWERS, ("simulate", *ANSWERS[0][1:3])])
def test_programs_are_told_the_same(command: tuple[str, ...]) -> None:
    told = json.loads(run(*command, "--reading", "answers=wide", "--format", "json"))["assessed"]
    assert {name: told[name] for name in told if not name.endswith("_digest")} == {
        "designation": "SHOP 1—2026",
        "title": "Small shops",
        "edition": {"status": "draft", "issued": "2026-02-01"},
        "subject": "Corner shop",
        "fictional": True,
        "inputs": {"kind": "books"},
        "as_of": "2026-06-30T00:00:00+08:00",
        "evidence": "corner.yaml",
        "readings": {"answers": "wide", "hours-asked": "eight"},
    }


def test_programs_are_told_both_sides_of_a_comparison() -> None:
    told = json.loads(run("compare", "shop.guiju", "harbour.yaml", "2026/corner.yaml", "--format", "json"))
    names = ("designation", "title", "subject", "evidence")
    assert [[told[side][name] for name in names] for side in ("before", "after")] == [
        ["SHOP 1—2026", "Small shops", "Harbour shop", "harbour.yaml"],
        ["SHOP 1—2026", "Small shops", "Corner shop", "corner.yaml"],
    ]
