"""`guiju reassess`: which way it went by its exit code, what was carried over, and which policy is asked."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main
from guiju.report.reassessment_model import json_schema

POLICY = """standard t-1 "T"
groups section
fact n : count
levels
  L1
  L2
section 1
  a) "a" attested
  b) "b" n >= 3
score S = share of clauses satisfied
grade level by S
  L1        | 50% <= S < 100%
  L2        | S >= 100%
  otherwise | none
"""
HEAD = "guiju: evidence/2\nsubject: x\nas_of: %s-03-31T09:00:00+08:00\nvoice: assessor\n"
EVIDENCE = """evidence: {e: {kind: log, collected: 2026-01-10, expires: 2026-12-31}}
facts: {n: {value: 2, evidence: e}}
attestations: {1.a: {verdict: satisfied, evidence: e}}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--lang", "en"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t-1.guiju").write_text(POLICY, encoding="utf-8")
    (tmp_path / "was.yaml").write_text(HEAD % 2026 + EVIDENCE, encoding="utf-8")
    made = run("bundle", tmp_path / "t-1.guiju", tmp_path / "was.yaml", "-o", tmp_path / "was.json")
    assert made.exit_code == 0, made.output
    return tmp_path


def again(folder: Path, evidence: str, *more: object) -> Result:
    (folder / "now.yaml").write_text(evidence, encoding="utf-8")
    return run("reassess", "--baseline", folder / "was.json", folder / "now.yaml", *more)


NEW = HEAD % 2027 + EVIDENCE.replace("2026-01-10, expires: 2026-12-31", "2027-01-10")


@pytest.mark.parametrize(
    ("evidence", "code", "says"),
    [
        (HEAD % 2026 + EVIDENCE, 0, "Since the baseline: unchanged"),
        (NEW, 0, "nothing is carried over without being confirmed"),
        (NEW.replace("value: 2", "value: 5"), 10, "level: L1 → L2"),
        (NEW.replace("satisfied", "unsatisfied"), 11, "level: L1 → no level"),
        (HEAD % 2027 + EVIDENCE, 12, "e was valid until 2026-12-31"),
        (NEW.replace("facts:", "fact:"), 1, "unknown-key"),
    ],
)
def test_it_ends_by_which_way_the_outcomes_went(folder: Path, evidence: str, code: int, says: str) -> None:
    result = again(folder, evidence)
    assert result.exit_code == code, result.output
    assert says in result.output


def test_the_policy_is_that_of_the_bundle_whatever_lies_about(folder: Path) -> None:
    (folder / "t-1.guiju").write_text(POLICY.replace("n >= 3", "n >= 2"), encoding="utf-8")
    assert again(folder, NEW).exit_code == 0
    result = again(folder, NEW, "--policy", folder / "t-1.guiju")
    assert result.exit_code == 10
    assert "threshold" in result.output


def test_json_says_what_was_carried_over_and_by_which_cause(folder: Path) -> None:
    told = json.loads(again(folder, NEW.replace("{value: 2, evidence: e}", "2"), "--format", "json").stdout)
    jsonschema.Draft202012Validator(json_schema()).validate(told)
    assert told["direction"] == "unchanged"
    assert [(c["about"], c["evidence"], c["confirmed"]) for c in told["carried_over"]] == [("n", [], False)]
    causes = {(c["what"], c["about"]) for c in told["comparison"]["causes"]}
    assert ("as-of", "") in causes
    assert ("fact", "n") in causes


def test_a_baseline_that_is_damaged_or_of_another_standard_is_refused(folder: Path) -> None:
    text = (folder / "was.json").read_text(encoding="utf-8")
    (folder / "was.json").write_text(text.replace("value: 2", "value: 9"), encoding="utf-8")
    assert again(folder, NEW).exit_code == 1
    (folder / "was.json").write_text(text, encoding="utf-8")
    (folder / "other.guiju").write_text(POLICY.replace("t-1", "u-1").replace('"T"', '"U"'), encoding="utf-8")
    result = again(folder, NEW, "--policy", folder / "other.guiju")
    assert result.exit_code == 1
    assert "two-standards" in result.output


def test_what_may_not_be_reachable_is_told_as_such(folder: Path) -> None:
    products = POLICY.replace("fact n : count", "fact n : count\nfact x : number").replace("n >= 3", "n * x >= 3")
    products = products.replace("score S = share of clauses satisfied", "let S = n * x").replace("S < 100%", "S < 1")
    (folder / "t-1.guiju").write_text(
        products.replace("50% <= S", "0 <= S").replace(">= 100%", ">= 1"), encoding="utf-8"
    )
    (folder / "was.yaml").write_text(HEAD % 2026 + "attestations: {1.a: satisfied}\n", encoding="utf-8")
    (folder / "was.json").unlink()
    assert run("bundle", folder / "t-1.guiju", folder / "was.yaml", "-o", folder / "was.json").exit_code == 0
    result = again(folder, HEAD % 2027 + "attestations: {1.a: satisfied}\n")
    assert (
        "level: L1 | L2 | no level (enclosure: some of these may not be reachable; why: open numbers meet"
        in result.output
    )


def test_a_baseline_must_be_given(folder: Path) -> None:
    assert run("reassess", folder / "was.yaml").exit_code == 2


def test_a_finding_and_a_verdict_stay_the_same_where_their_clause_has_another_number(folder: Path) -> None:
    finding = (
        "standard: t-%d\nattestations: {1 %s): satisfied}\n"
        "findings: {F: {clause: 1 %s), grade: minor, statement: s, owner: B, due: 2027-12-31}}\n"
    )
    (folder / "was.yaml").write_text(HEAD % 2026 + finding % (1, "a", "a"), encoding="utf-8")
    assert run("bundle", folder / "t-1.guiju", folder / "was.yaml", "-o", folder / "f.json").exit_code == 0
    moved = POLICY.replace('t-1 "T"', 't-2 "T2"\n  replaces "T"\n  renumbered "1 a)" 1 c)\n')
    moved = moved.replace('a) "a" attested', 'a) "new" attested').replace("n >= 3", 'n >= 3\n  c) "a" attested')
    (folder / "t-2.guiju").write_text(moved, encoding="utf-8")
    changes = []
    for clause in ("a", "c"):
        (folder / "now.yaml").write_text(HEAD % 2027 + finding % (2, clause, clause), encoding="utf-8")
        asked = ("--baseline", folder / "f.json", "--policy", folder / "t-2.guiju", "--format", "json")
        told = json.loads(run("reassess", *asked, folder / "now.yaml").stdout)
        changes.append(([s["change"] for s in told["findings"]], [c["about"] for c in told["carried_over"]]))
    assert changes == [(["raised", "dropped"], []), (["still-open"], ["1.c assessor"])]


@pytest.mark.parametrize(("language", "told"), [("en", "satisfied, unsatisfied"), ("zh", "满足, 不满足")])
def test_what_two_assessors_said_otherwise_is_carried_over_with_both_verdicts(
    folder: Path, language: str, told: str
) -> None:
    both = "attestations: {1.a: [{verdict: satisfied, by: A}, {verdict: unsatisfied, by: B}]}\n"
    for year in (2026, 2027):
        (folder / f"{year}.yaml").write_text(HEAD % year + both, encoding="utf-8")
    assert run("bundle", folder / "t-1.guiju", folder / "2026.yaml", "-o", folder / "both.json").exit_code == 0
    asked = ("--baseline", folder / "both.json", folder / "2027.yaml", "--lang", language)
    result = CliRunner().invoke(main, ["reassess", *map(str, asked)])
    assert told in result.output
