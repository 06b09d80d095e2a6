"""`guiju prove` as it is called: what it prints, saves and ends with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.engine.proving import solved
from guiju.engine.proving.question import Gave
from guiju.report.proofs_model import json_schema
from tests.engine.test_proofs import OF_A_PRODUCT, READINGS, TAKES_AWAY


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "s.guiju"
    path.write_text(TAKES_AWAY, encoding="utf-8")
    return path


def prove(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["prove", *map(str, arguments)])


def test_what_is_refuted_is_told_with_both_sides_of_its_witness(policy: Path) -> None:
    result = prove(policy, "--property", "monotone", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:6] == [
        "One clause more never lowers the outcome: refuted (0 of 2 proved)",
        "  refuted  1 a) A  some subject gets a lower outcome for satisfying it",
        "    level L2  (1 a) unsatisfied)",
        "    level L1  (1 a) satisfied)",
    ]


def test_the_same_is_told_in_chinese(policy: Path) -> None:
    told = prove(policy, "--property", "monotone", "--lang", "zh").stdout
    assert "多满足一条，结论不会更低：不成立（2 项中 0 项已证）" in told
    assert "level L1  (满足 1 a))" in told


def test_a_saved_witness_is_cases_that_hold(policy: Path) -> None:
    saved = policy.parent / "cases" / "witness.yaml"
    assert not saved.parent.exists(), "it is made for what is saved"
    prove(policy, "--property", "monotone", "--save", saved)
    text = saved.read_text(encoding="utf-8")
    tested = CliRunner().invoke(main, ["test", str(policy), "--lang", "en"])
    assert tested.exit_code == 0
    assert '"level": ["L2"]' in text
    assert "4 proposed" in tested.stdout  # of either clause the subject with it and the one without
    saved.write_text(text.replace("proposed: true", "verified: by hand"), encoding="utf-8")
    tested = CliRunner().invoke(main, ["test", str(policy), "--lang", "en"])
    assert (tested.exit_code, tested.stdout.splitlines()[-1]) == (0, "4 examples: 4 hold, 0 fail; 0 proposed")


def test_what_json_says_follows_its_schema(policy: Path) -> None:
    printed = json.loads(prove(policy, "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(printed)
    assert [p["property"] for p in printed["properties"]] == [
        *("reachable", "one-outcome", "never-easier", "monotone", "matters", "readings")
    ]
    assert printed["answer"] == "refuted"


def test_two_editions_are_the_same_or_a_witness_says_where_not(policy: Path, tmp_path: Path) -> None:
    other = tmp_path / "later.guiju"
    other.write_text(TAKES_AWAY.replace('"A"', '"Other words"'), encoding="utf-8")
    assert prove(other, "--same-as", policy).exit_code == 0
    other.write_text(TAKES_AWAY.replace("exactly 1", "at least 1"), encoding="utf-8")
    result = prove(other, "--same-as", policy, "--lang", "en")
    assert result.exit_code == 1
    assert "some subject has another outcome under the other edition" in result.stdout


def test_a_default_that_changed_is_a_difference_unless_a_reading_is_named(tmp_path: Path) -> None:
    earlier, later = tmp_path / "earlier.guiju", tmp_path / "later.guiju"
    earlier.write_text(TAKES_AWAY + READINGS, encoding="utf-8")
    changed = READINGS.replace("default one", "or one").replace("or two", "default two")
    later.write_text(TAKES_AWAY + changed, encoding="utf-8")
    assert prove(later, "--same-as", earlier).exit_code == 1
    assert prove(later, "--same-as", earlier, "--reading", "how=one").exit_code == 0


def test_an_option_that_one_edition_alone_has_is_said_to_be_left_out(tmp_path: Path) -> None:
    earlier, later = tmp_path / "earlier.guiju", tmp_path / "later.guiju"
    earlier.write_text(TAKES_AWAY + READINGS, encoding="utf-8")
    another = READINGS.replace('or two "Two" : grade L1 = A < 1', 'or four "Four" : clause 1 a) should')
    assert another != READINGS
    later.write_text(TAKES_AWAY + another, encoding="utf-8")
    told = prove(later, "--same-as", earlier, "--lang", "en").stdout
    assert [line for line in told.splitlines() if line.startswith("not compared")] == [
        "not compared, as S alone has it: reading how = two",
        "not compared, as S alone has it: reading how = four",
    ]
    compared = CliRunner().invoke(main, ["compare", "--policies", str(earlier), str(later), "--lang", "zh"]).stdout
    assert "未比较，因只有 S 有：读法 how = two" in compared
    both = [json.loads(prove(later, "--same-as", earlier, "--format", "json").stdout)["left_out"]]
    assert [one["options"] for one in both[0]] == [["two"], ["four"]]


def test_editions_without_a_common_outcome_are_not_said_to_be_the_same(policy: Path, tmp_path: Path) -> None:
    other = tmp_path / "later.guiju"
    other.write_text(TAKES_AWAY.replace("grade level", "grade maturity"), encoding="utf-8")
    result = prove(other, "--same-as", policy, "--lang", "en")
    assert result.exit_code == 4
    assert result.stdout.splitlines()[2:] == [
        "Two editions have the same outcomes: not proved (0 of 2 proved)",
        "  not proved  level  only the other edition has this outcome",
        "  not proved  maturity  the other edition has no such outcome",
    ]


def test_without_the_solver_what_only_it_can_prove_is_not_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.guiju"
    path.write_text(OF_A_PRODUCT, encoding="utf-8")
    monkeypatch.setattr(solved, "is_installed", lambda: False)
    result = prove(path, "--property", "matters", "--lang", "en")
    assert result.exit_code == 4
    assert "pip install 'guiju[prove]'" in result.stderr
    assert "no solver is installed" in result.stdout


def test_a_policy_that_does_not_compile_is_told_as_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "s.guiju"
    path.write_text("standard", encoding="utf-8")
    result = prove(path, "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "error" in result.stderr


@pytest.mark.parametrize("seconds", ["nan", "inf", "0", "1e-300"])
def test_a_time_that_never_ends_or_never_begins_is_refused(policy: Path, seconds: str) -> None:
    assert prove(policy, "--seconds", seconds).exit_code == 2


def test_each_way_says_for_itself_that_its_time_was_over(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.engine.proving.prover.Prover._answer", _out_of_time)
    told = prove(policy, "--property", "monotone", "--seconds", "0.001", "--lang", "en")
    assert told.exit_code == 4
    assert "the 0.001 seconds of the sweep were over; the 0.001 seconds of the solver were over" in told.stdout


def _out_of_time(*_: object) -> tuple[None, tuple[Gave, ...]]:
    return None, (Gave("sweep", "seconds", "0.001"), Gave("solver", "seconds", "0.001"))


@pytest.mark.parametrize("place", ["nowhere/x.yaml", ".", "s.guiju"])
def test_where_to_save_is_looked_at_before_the_work(policy: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.cli.prove._proofs", None)  # nothing is proved
    refused = prove(policy, "--save", policy.parent / place, "--lang", "en")
    assert refused.exit_code == 1
    assert re.search(r"error\[(file-not-writable|file-exists)\]", refused.stderr)


def test_that_nothing_was_saved_is_told(policy: Path) -> None:
    told = prove(policy, "--property", "one-outcome", "--save", policy.parent / "w.yaml", "--lang", "en")
    assert "no witness to save" in told.stderr
    assert not (policy.parent / "w.yaml").exists()


COMPUTED = """standard c-1 "C 1"
groups section
fact pairs : count "Pairs"
fact shoes : count = 2 * pairs "Shoes"
section s "S"
  a) "Seven" shoes = 7
score x
  2 when s a) satisfied
  1 otherwise
grade g by x
  one | x = 1
  two | x = 2
  otherwise | none
"""


def test_what_evidence_may_state_against_a_formula_is_named_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    """No two shoes make seven, and so no subject has them; evidence that says seven is assessed all the same."""
    path, evidence = tmp_path / "c.guiju", tmp_path / "e.yaml"
    path.write_text(COMPUTED, encoding="utf-8")
    evidence.write_text("guiju: evidence/1\nsubject: x\nfacts: {shoes: 7}\n", encoding="utf-8")
    assessed = CliRunner().invoke(main, ["evaluate", str(path), str(evidence), "--lang", "en"])
    assert "Outcome  g: two" in assessed.stdout
    for language, said in (
        (
            "en",
            "Taken as their formulas give them: shoes. Of evidence that states them otherwise, nothing is said here",
        ),
        ("zh", "由公式算得的事实只取算得的值：shoes。证据另有陈述而与公式不合的，以上不适用"),
    ):
        told = prove(path, "--property", "reachable", "--lang", language)
        assert (told.exit_code, told.stdout.splitlines()[-1]) == (1, said)
    assert json.loads(prove(path, "--property", "reachable", "--format", "json").stdout)["computed"] == ["shoes"]


def test_of_a_policy_without_formulas_nothing_is_named(policy: Path) -> None:
    assert "formulas" not in prove(policy, "--lang", "en").stdout
    assert json.loads(prove(policy, "--format", "json").stdout)["computed"] == []
