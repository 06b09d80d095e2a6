"""`guiju plan` and the sets behind `explain --why-not`: what is printed, costs files, certificates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.report.plan_model import certificate_schema, plan_schema

POLICY = "gbt-45288.3-2025"
MID = f"policies/{POLICY}/evidence/mid-vendor-with-gaps.yaml"
FULL = f"policies/{POLICY}/evidence/full-stack-provider.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def plan(*arguments: str) -> Result:
    return run("plan", POLICY, MID, "--to", "L2", *arguments)


@pytest.fixture
def costs(tmp_path: Path) -> Path:
    path = tmp_path / "costs.yaml"
    path.write_text(
        "guiju: costs/1\n"
        "costs: {6.1.2.4.c: 2, other_validation: 5/2}\n"
        "pinned: [tool_dimensions]\n"
        "needs:\n"
        "  6.1.3.3 b): [6.1.1.3.f]\n",
        "utf-8",
    )
    return path


def test_a_plan_says_what_to_change_in_which_order_and_what_it_gains() -> None:
    lines = plan().stdout.splitlines()
    assert lines[0] == "L2 Collaborative optimisation: 3 to change, cost 3"
    assert lines[2].startswith("  1  6.1.2.4 c) Quantisation precisions: not shown → satisfied")
    assert "Maturity level L1 Basic application → L2 Collaborative optimisation" in lines[7]
    assert lines[-3:] == [
        "  changes that all of them make: 2; besides these",
        "  either other_validation",
        "  either tool_dimensions",
    ]


def test_a_number_is_told_with_its_unit() -> None:
    text = run("plan", POLICY, MID, "--to", "L3").stdout
    assert "79.9 % → ≥ 80 %" in text
    assert "7 d → > 7 d" in text


def test_the_plan_as_json_follows_its_schema() -> None:
    told = json.loads(plan("--format", "json").stdout)
    Draft202012Validator(plan_schema()).validate(told)
    assert (told["state"], told["proved"], told["cost"], told["count"]) == ("found", True, "3", 2)
    assert json.loads(run("plan", POLICY, FULL, "--to", "L2", "--format", "json").stdout)["state"] == "reached"


def test_costs_pins_and_needs_change_the_plan(costs: Path) -> None:
    text = plan("--costs", str(costs)).stdout
    assert text.startswith("L2 Collaborative optimisation: 4 to change, cost 6.5\n")
    assert text.index("6.1.1.3 f)") < text.index("6.1.3.3 b)")


def test_a_certificate_is_written_checked_and_refused_where_it_was_changed(costs: Path, tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    assert plan("--costs", str(costs), "--certificate", str(path)).exit_code == 0
    data = json.loads(path.read_text("utf-8"))
    Draft202012Validator(certificate_schema()).validate(data)
    holds = plan("--costs", str(costs), "--check", str(path))
    assert holds.stdout == "The certificate holds: 4 to change at a cost of 13/2, and nothing cheaper does\n"
    assert "certificate-refuted" in plan("--check", str(path)).stderr  # other costs
    path.write_text(json.dumps({**data, "cost": "6"}), "utf-8")
    refused = plan("--costs", str(costs), "--check", str(path))
    assert (refused.exit_code, "`cost` is not so" in refused.stderr) == (1, True)
    path.write_text("{}", "utf-8")
    assert "certificate-form" in plan("--check", str(path)).stderr


WRONG_COSTS = {
    "guiju: costs/2": "costs-form",
    "guiju: costs/1\ncost: {}": "costs-form",
    "guiju: costs/1\npinned: {a: 1}": "costs-form",
    "guiju: costs/1\ncosts: {6.1.2.4.c: 0}": "cost-not-positive",
    "guiju: costs/1\ndefault: cheap": "cost-not-positive",
    "guiju: costs/1\npinned: [6.1.2.4.zz]": "no-such-change",
    "guiju: costs/1\npinned: [level]": "no-such-change",
    "guiju: costs/1\nneeds: {6.1.2.4.c: 6.1.3.3.b, 6.1.3.3.b: 6.1.2.4.c}": "needs-cycle",
    "guiju: costs/1\nneeds: {6.1.2.4.c: learning_frameworks}": "needs-a-number",
    "guiju: costs/1\nneeds: {linearity_10b: 6.1.1.1.f}": "needs-cycle",  # the clause stands on the fact
    "guiju: costs/1\ncosts: {tool_dimensions: 1, 工具维度: 2}": "cost-twice",
}


@pytest.mark.parametrize(("text", "code"), WRONG_COSTS.items())
def test_a_mistake_in_a_costs_file_is_told_with_its_place(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "costs.yaml"
    path.write_text(text + "\n", "utf-8")
    result = plan("--costs", str(path))
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert "costs.yaml:" in result.stderr


def test_a_group_is_not_suggested_in_place_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\npinned: [6.1.2.4]\n", "utf-8")
    assert "did you mean `6.1.2.4`" not in plan("--costs", str(path)).stderr


def test_a_clause_that_is_needed_first_may_follow_from_a_number(tmp_path: Path) -> None:
    path, proof = tmp_path / "costs.yaml", tmp_path / "proof.json"
    path.write_text("guiju: costs/1\nneeds: {6.1.3.3.b: 6.1.1.1.f}\n", "utf-8")
    text = plan("--costs", str(path), "--certificate", str(proof)).stdout
    assert text.startswith("L2 Collaborative optimisation: 4 to change, cost 4\n")
    assert text.index("(linearity_10b): 79.9 % → ≥ 80 %") < text.index("6.1.3.3 b)")
    assert "The certificate holds" in plan("--costs", str(path), "--check", str(proof)).stdout


def test_a_level_of_groups_alone_is_told_so() -> None:
    folder = Path("policies/examples/c2m2")
    told = run("plan", str(folder / "c2m2.guiju"), str(folder / "evidence/utility.yaml"), "--to", "MIL2")
    assert (told.exit_code, "level-never-given" in told.stderr) == (2, True)


def test_what_waits_for_each_other_is_told_as_a_way_around(tmp_path: Path) -> None:
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\nneeds: {6.1.2.4.c: 6.1.3.3.b, 6.1.3.3.b: 6.1.2.4.c}\n", "utf-8")
    assert "6.1.2.4.c → 6.1.3.3.b → 6.1.2.4.c" in plan("--costs", str(path)).stderr


def test_a_level_that_does_not_exist_is_a_wrong_call() -> None:
    assert run("plan", POLICY, MID, "--to", "L9").exit_code == 2


def test_without_an_input_the_answer_says_so(tmp_path: Path) -> None:
    path = tmp_path / "evidence.yaml"
    path.write_text("guiju: evidence/1\nsubject: x\n", "utf-8")
    assert run("plan", POLICY, str(path), "--to", "L2").stdout.splitlines() == [
        "No changes to L2 Collaborative optimisation were found; state first which inputs hold",
        "  no evidence: service",
    ]
    refused = run("plan", POLICY, str(path), "--to", "L2", "--certificate", str(tmp_path / "proof.json"))
    assert (refused.exit_code, "plan-not-proved" in refused.stderr) == (1, True)


def test_why_not_lists_the_minimal_sets_and_how_many_they_are(tmp_path: Path) -> None:
    lines = run("explain", POLICY, MID, "--why-not", "L2").stdout.splitlines()
    assert lines[-2].endswith("were exactly these satisfied: 1 in all (1 of 3)")
    assert lines[-1] == "  not shown 6.1.2.4 c), 6.1.3.3 b), 6.2.2.5 b)"
    path = tmp_path / "evidence.yaml"
    path.write_text("guiju: evidence/1\nsubject: x\ninputs: {service: full}\n", "utf-8")
    blank = run("explain", POLICY, str(path), "--why-not", "L2").stdout
    assert "2918 in all (18 of 65, 182 of 67, 210 of 68, 2508 of 69)" in blank
    assert "any 3 of these 4: not shown 6.3.3.2 b), 6.3.3.2 c), 6.3.3.2 d), 6.3.3.2 e)" in blank
    told = json.loads(run("explain", POLICY, str(path), "--why-not", "L2", "--format", "json").stdout)
    mendings = told["answers"][0]["mendings"]
    assert (mendings["complete"], mendings["listed"], len(mendings["selections"])) == (True, True, 8)
