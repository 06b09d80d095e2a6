"""`guiju simulate` as people meet it: what changes, by how much a threshold is met, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.report.simulation_model import json_schema
from tests.project.repository import ROOT

POLICY = """standard simulated-1 "SIMULATED 1"
groups section
levels
  L1
  L2
input use : one of near | far
fact done : number
fact all_of_it : number
fact ratio : % = done / all_of_it "Ratio"
fact power : PFLOPS "Power"
fact cables : set of red | blue "Cables"
section 6.1
  a) "good ratio" ratio >= 80 %
  b) "big" power > 50 PFLOPS
  c) "tidy" attested
  d) "wired" red in cables
membership
  section | L1 | L2
  6.1     | a)~c) | all
score A
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2 after A at L1 >= 1
    2 when all clauses satisfied
    0 otherwise
grade level by A
  L2 | 2 <= A
  L1 | 1 <= A < 2
  otherwise | none
"""
EVIDENCE = """guiju: evidence/1
subject: somebody
facts: {done: 81, all_of_it: 100, power: 50 PFLOPS, cables: [blue]}
attestations: {6.1.c: {verdict: satisfied, voice: assessor}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.guiju").write_text(POLICY, encoding="utf-8")
    (tmp_path / "e.yaml").write_text(EVIDENCE, encoding="utf-8")
    return tmp_path


def simulate(*arguments: str, language: str = "en") -> Result:
    result = CliRunner().invoke(main, ["simulate", "p.guiju", "e.yaml", *arguments, "--lang", language])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_fact_that_is_set_shows_all_that_changes_with_it() -> None:
    shown = simulate("--set", "power=60 PFLOPS").stdout
    assert "  power  Power  50 PFLOPS → 60 PFLOPS\n" in shown
    assert "Outcome  level: no level → L1" in shown
    assert "  6.1 b)  big  unsatisfied → satisfied\n" in shown
    assert "6.1 a)" not in shown, "what stays is not told"


def test_several_things_are_set_together_and_clauses_stand_as_overridden() -> None:
    shown = simulate("--set", "power=60 PFLOPS", "--set", "6.1 d)=satisfied").stdout
    assert "Outcome  level: no level → L2" in shown
    assert "(supposed)  (nothing stated) → satisfied" in shown, "nobody has overridden it"


def test_what_is_set_to_unknown_is_taken_away() -> None:
    shown = simulate("--set", "6.1.c=unknown", "--set", "power=60 PFLOPS").stdout
    assert "satisfied → unknown (no evidence)" in shown
    assert "Outcome  level: no level → L1 | no level" in shown


def test_a_change_without_effect_says_so() -> None:
    shown = simulate("--set", "cables=blue").stdout
    assert "Outcome  level: no level (unchanged)" in shown
    assert shown.endswith("Nothing else changes\n")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("power", "error[not-a-setting]"),
        ("powr=60 PFLOPS", "error[unknown-fact]"),
        ("power=60", "error[missing-unit]"),
        ("6.1.x=satisfied", "error[unknown-clause-in-evidence]"),
        ("6.1.c=perhaps", "error[word-not-known]"),
        ("use=middle", "error[unknown-option]"),
    ],
)
def test_a_setting_that_means_nothing_is_a_wrong_call(setting: str, says: str) -> None:
    refused = simulate("--set", setting)
    assert refused.exit_code == 2
    assert says in refused.stderr


@pytest.mark.parametrize(("setting", "name"), [("power", "power"), ("power=", "power"), ("=60", "NAME")])
def test_how_a_setting_is_written_is_told_of_the_one_that_was_given(setting: str, name: str) -> None:
    refused = simulate("--set", setting)
    assert (refused.exit_code, f"write {name}=VALUE\n" in refused.stderr) == (2, True)


def test_every_setting_that_means_nothing_is_told_at_once_at_its_own_words() -> None:
    refused = simulate("--set", "6.1.c=perhaps", "--set", "power=60 PFLOPS", "--set", "6.1 d)=never").stderr
    assert [line.strip() for line in refused.splitlines() if "-->" in line] == ["--> --set:1:7", "--> --set:1:8"]
    assert "1 | 6.1.c=perhaps\n" in refused
    assert "1 | 6.1 d)=never\n" in refused


def test_margins_are_exact_and_in_the_unit_of_the_fact() -> None:
    shown = simulate("--margins").stdout
    assert "holds by 1 point     6.1 a)  unchanged" in shown
    assert "equal; must be more" in shown, "the threshold itself is not enough"
    assert "short by 0" not in shown
    assert "不成立，正好相等，须更大" in simulate("--margins", language="zh").stdout
    assert "→ L1" in shown, "beyond it the outcome is another one"


def test_a_margin_says_what_is_asked_of_the_number_and_leaves_out_a_divisor_that_is_zero() -> None:
    told = json.loads(simulate("--margins", "--format", "json").stdout)["margins"]
    assert [(m["fact"], m["comparator"], m["threshold"]) for m in told] == [
        ("done", ">=", "80"),
        ("all_of_it", "<=", "405/4"),
        ("ratio", ">=", "80"),
        ("power", ">", "50"),
    ]
    assert "> 50 PFLOPS" in simulate("--margins").stdout


def test_a_number_has_a_margin_where_facts_are_one_side_of_a_dispute(folder: Path) -> None:
    said = EVIDENCE + "  6.1.a: {verdict: unsatisfied, voice: assessor}\n"
    (folder / "e.yaml").write_text(
        said.replace("attestations: {6.1.c: {verdict: satisfied, voice: assessor}}", "attestations:")
    )
    assert "6.1 a)" in simulate("--margins").stdout
    (folder / "e.yaml").write_text((folder / "e.yaml").read_text().replace("assessor}", "override, reason: r}"))
    assert "6.1 a)" not in simulate("--margins").stdout, "an override stands, whatever the number is"


HOURS = """standard simulated-2 "SIMULATED 2"
groups section
fact hours : h
section 1
  a) "long" hours >= 40 h
  b) "other" attested
score total = 10 * count of clauses satisfied + hours / 1 h
"""
WORKED = "guiju: evidence/1\nsubject: somebody\nfacts: {hours: 100 h}\nattestations: {1.b: {verdict: satisfied, voice: assessor}}\n"


def test_an_outcome_that_moves_with_the_number_comes_near_a_limit(folder: Path) -> None:
    (folder / "p.guiju").write_text(HOURS, encoding="utf-8")
    (folder / "e.yaml").write_text(WORKED, encoding="utf-8")
    assert "holds by 60 h  1 a)    → approaching 50\n" in simulate().stdout
    assert "→ 趋近 50\n" in simulate(language="zh").stdout
    (margin,) = json.loads(simulate("--format", "json").stdout)["margins"]
    assert (margin["beyond"], margin["beyond_is_limit"], margin["turns"][0]["after"]["values"]) == ("40", True, ["50"])
    (folder / "e.yaml").write_text(WORKED.partition("attestations")[0], encoding="utf-8")
    assert "→ approaching 40 | 50\n" in simulate().stdout, "b) is open"


def test_a_comparison_that_cannot_be_solved_leaves_the_others_their_margins(folder: Path) -> None:
    levels = HOURS.replace("fact", "levels\n  L1\n  L2\nfact", 1)
    rows = "grade level by total\n  L1 | total >= {l1}\n  L2 | total >= 57\n  otherwise | none\n"
    (folder / "p.guiju").write_text(levels + rows.format(l1=45), encoding="utf-8")
    (folder / "e.yaml").write_text(WORKED, encoding="utf-8")
    shown = simulate().stdout
    assert "holds by 60 h  1 a)    → L1\n" in shown
    assert shown.endswith("  hours in level: no threshold follows from the formula that it goes through\n")
    assert "No known number" not in shown
    (folder / "p.guiju").write_text(levels + rows.format(l1=50), encoding="utf-8")
    assert "not proved\n" in simulate().stdout, "just below 40 h, which is 50, it is no L1; but that is not seen"


def test_the_threshold_of_a_whole_number_is_whole(folder: Path) -> None:
    policy = POLICY.replace("done : number", "done : count").replace("all_of_it : number", "all_of_it : count")
    (folder / "p.guiju").write_text(policy.replace(">= 80 %", ">= 90 %"), encoding="utf-8")
    (folder / "e.yaml").write_text(EVIDENCE.replace("81, all_of_it: 100", "30, all_of_it: 40"), encoding="utf-8")
    told = json.loads(simulate("--margins", "--format", "json").stdout)["margins"]
    seen = {m["fact"]: (m["comparator"], m["threshold"], m["distance"], m["beyond"]) for m in told}
    assert (seen["done"], seen["all_of_it"]) == ((">=", "36", "6", "36"), ("<=", "33", "7", "33"))
    (folder / "e.yaml").write_text(EVIDENCE.replace("81, all_of_it: 100", "30, all_of_it: 31"), encoding="utf-8")
    told = json.loads(simulate("--margins", "--format", "json").stdout)["margins"]
    seen = {m["fact"]: (m["comparator"], m["threshold"], m["distance"], m["beyond"]) for m in told}
    assert seen["all_of_it"] == ("<=", "33", "2", "34"), "the last that holds, and the next beyond it"


def test_a_warning_of_a_line_that_is_replaced_is_not_told(folder: Path) -> None:
    record = "E1: {kind: test-report, title: t, collected_on: 2020-01-01, expires: 2021-01-01}"
    old = f"as_of: 2026-06-30T00:00:00+08:00\nevidence: {{{record}}}\n"
    (folder / "e.yaml").write_text(EVIDENCE.replace("voice: assessor", "voice: assessor, evidence: [E1]") + old)
    assert "expired-evidence" in simulate("--margins").stderr
    assert "expired-evidence" not in simulate("--set", "6.1.c=satisfied").stderr


def test_margins_in_chinese_count_points_of_percentages() -> None:
    assert "成立，余 1 个百分点" in simulate("--margins", language="zh").stdout


def test_margins_may_be_asked_for_after_a_change() -> None:
    told = json.loads(simulate("--margins", "--set", "done=79", "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(told)
    ratio = next(m for m in told["margins"] if m["fact"] == "ratio")
    assert (ratio["value"], ratio["threshold"], ratio["distance"], ratio["holds"]) == ("79", "80", "1", "false")
    assert ratio["clauses"] == ["6.1.a"]


def test_programs_get_the_same_as_data() -> None:
    told = json.loads(simulate("--set", "power=60 PFLOPS", "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(told)
    assert told["changes"] == [
        {"kind": "fact", "id": "power", "label": "Power", "before": "50 PFLOPS", "after": "60 PFLOPS"}
    ]
    assert [o["after"]["values"] for o in told["outcomes"]] == [["L1"]]
    assert told["margins"] is None


@pytest.mark.parametrize("example", ["strong-platform-vendor", "mid-vendor-with-gaps", "full-stack-provider"])
def test_the_examples_have_their_margins(example: str) -> None:
    path = ROOT / "policies" / "gbt-45288.3-2025" / "evidence" / f"{example}.yaml"
    shown = CliRunner().invoke(main, ["simulate", "gbt-45288.3-2025", str(path), "--lang", "en"])
    assert shown.exit_code == 0, shown.output
    assert "holds by" in shown.stdout


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Thresholds not found", "  all_of_it in 6.1 a): compared together with an open number (done)"]),
        ("zh", ["求不出阈值的", "  all_of_it（6.1 a)）: 与未知的数一同比较（done）"]),
    ],
)
def test_a_number_without_margins_says_why(folder: Path, language: str, said: list[str]) -> None:
    (folder / "e.yaml").write_text(EVIDENCE.replace("done: 81, ", ""), encoding="utf-8")
    lines = simulate("--margins", language=language).stdout.splitlines()
    assert lines[-2:] == said
    told = json.loads(simulate("--margins", "--format", "json").stdout)
    assert (told["without_margin"], told["why_without_margin"]) == (["all_of_it"], {"all_of_it": "open"})


@pytest.mark.parametrize("second", ["6.1.c=unsatisfied", "６.１ c)=unsatisfied"])
def test_one_thing_set_twice_is_no_question(second: str) -> None:
    result = CliRunner().invoke(main, ["simulate", "p.guiju", "e.yaml", "--set", "6.1.c=satisfied", "--set", second])
    assert (result.exit_code, "error[said-twice]" in result.stderr, result.stdout) == (2, True, "")


def test_a_list_that_is_not_closed_is_no_value(folder: Path) -> None:
    policy = (
        (folder / "p.guiju").read_text("utf-8").replace("fact power", "fact wires : set of red | blue\nfact power", 1)
    )
    (folder / "p.guiju").write_text(policy, "utf-8")
    assert simulate("--set", "wires=[red, blue]").exit_code == 0
    refused = CliRunner().invoke(main, ["simulate", "p.guiju", "e.yaml", "--set", "wires=[red", "--lang", "en"])
    assert refused.exit_code == 2
    assert "`[red`" in refused.stderr
