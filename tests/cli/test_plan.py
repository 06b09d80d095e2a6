"""`guiju plan` and the sets behind `explain --why-not`: what is printed, costs files, certificates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import guiju
from guiju.cli.main import main
from guiju.compiler.ir import OptionType
from guiju.engine.reasoning.planning import terrain
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.means import means_of
from guiju.library import bundled
from guiju.report.explanation_model import why_not_schema
from guiju.report.plan_check_model import json_schema as plan_check_schema
from guiju.report.plan_model import certificate_schema, plan_schema
from tests.feet import above_the_foot

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
    lines = above_the_foot(plan().stdout).splitlines()
    assert lines[0] == "L2 Collaborative optimisation: 3 to change, cost 3"
    assert lines[2].startswith("May change: 23 clauses and 55 facts; fixed: Service type = platform+development")
    assert lines[3].startswith(
        "  1  6.1.2.4 c) Quantisation precisions: conflicting evidence "
        "(assessor says unsatisfied, the facts say satisfied) → satisfied"
    )
    assert lines[9].startswith(
        "       Maturity level L1 Basic application → L2 Collaborative optimisation; "
        "Level score A at L2 not entered → 2.625; "
    ), "first of what it gains are the outcome and the score that its table compares there"
    assert lines[-4:-1] == [
        "  changes that all of them make: 2; besides these",
        "  either other_validation (Another test tool, or outside benchmarks) unknown → yes",
        (
            "  or tool_dimensions (Dimensions with tools) unknown → Industry"
            " (any with Industry or Application or General or Safety in it does)"
        ),
    ]


BOATS = """standard boats "Boats"
groups section
levels
  L1 "Safe"
fact crew : count
section s "s"
  a) "Manned" crew >= 3
  b) "Drilled" attested applies when crew >= 3
membership
  section | L1
  s | all
score failing at each level = count of clauses unsatisfied
grade level by failing
  L1 | failing = 0
  otherwise | none
"""


@pytest.fixture
def boat(tmp_path: Path) -> tuple[str, str]:
    """A policy in which facts decide who must drill, and a boat with a crew of one."""
    (tmp_path / "boats.guiju").write_text(BOATS, "utf-8")
    (tmp_path / "boat.yaml").write_text("guiju: evidence/1\nsubject: x\nfacts: {crew: 1}\n", "utf-8")
    return str(tmp_path / "boats.guiju"), str(tmp_path / "boat.yaml")


def test_an_impossible_level_has_no_cost(boat: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "fixed.yaml").write_text("guiju: costs/1\npinned: [crew]\n", "utf-8")
    proof = ("--certificate", str(tmp_path / "proof.json"))
    ways = ("plan", *boat, "--to", "L1", "--costs", str(tmp_path / "fixed.yaml"), "--format", "json")
    told = json.loads(run(*ways, *proof).stdout)
    Draft202012Validator(plan_schema()).validate(told)
    assert (told["state"], told["proved"], told["cost"], told["count"]) == ("impossible", True, None, None)
    checked = json.loads(run(*ways, "--check", proof[1]).stdout)
    Draft202012Validator(plan_check_schema()).validate(checked)
    assert (checked["possible"], checked["cost"]) == (False, None)


def test_why_not_says_that_its_sets_leave_all_else_as_it_is_where_a_plan_needs_more(boat: tuple[str, str]) -> None:
    assert above_the_foot(run("explain", *boat, "--why-not", "L1").stdout).splitlines()[-4:] == [
        "It would be enough to satisfy the one clause below; all else stays as it is",
        "  failed s a)",
        "Decided by facts, so that it takes other facts: s a)",
        "Facts that change for these may change which clauses apply; guiju plan … --to L1 looks at that as well",
    ]
    steps = json.loads(run("plan", *boat, "--to", "L1", "--format", "json").stdout)["steps"]
    assert [step["address"] for step in steps] == ["fact:crew", "clause:s.b"]


def test_a_number_is_told_with_its_unit_by_a_plan_and_by_the_check_of_its_certificate(tmp_path: Path) -> None:
    """What was tried above 7 days is a second more: nobody is told so."""
    proof = str(tmp_path / "proof.json")
    text = run("plan", POLICY, MID, "--to", "L3", "--certificate", proof).stdout
    for said in (text, run("plan", POLICY, MID, "--to", "L3", "--check", proof).stdout):
        assert "79.9 % → ≥ 80 %" in said
        assert "7 d → > 7 d" in said


def test_a_fact_names_the_clause_it_serves_and_evidence_to_renew_is_said_not_to_be_priced(
    tmp_path: Path,
) -> None:
    shown = plan("--lang", "en").stdout
    assert "(other_validation): unknown → yes  (cost 1; for 6.2.2.5 b))" in shown
    told, proof = json.loads(plan("--format", "json").stdout), tmp_path / "proof.json"
    assert told["not_priced"] == {"clause:6.2.2.5.b": "expired"}
    plan("--certificate", str(proof))
    assert json.loads(proof.read_text("utf-8"))["not_priced"] == told["not_priced"]
    proof.write_text(proof.read_text("utf-8").replace('"expired"', '"unconfirmed"'), "utf-8")
    assert "not_priced" in plan("--check", str(proof)).stderr  # the proof is of what is not priced, too
    assert "Not priced: renewing evidence that has expired, or having what is attested confirmed (6.2.2.5 b))" in shown


def test_why_not_names_what_renewed_evidence_would_mend() -> None:
    """The third basic item of the mid example: it takes no facts and no other verdict, only a report of today."""
    shown = run("explain", POLICY, MID, "--why-not", "L2").stdout
    assert "that is renewed\n    and says the same: 6.2.2.5 b) (EV-105)\n" in shown
    assert "takes facts or a verdict" not in shown
    answers = json.loads(run("explain", POLICY, MID, "--why-not", "L2", "--format", "json").stdout)
    Draft202012Validator(why_not_schema()).validate(answers)
    assert [answer["renewed"] for answer in answers["answers"]] == [["6.2.2.5.b"]]


def test_that_nothing_cheaper_does_is_said_of_changes_where_renewed_evidence_may_be_cheaper(tmp_path: Path) -> None:
    proof, other, full = tmp_path / "proof.json", tmp_path / "other.json", (POLICY, FULL, "--to", "L3")
    among = "nothing cheaper does among changes of clauses and facts, leaving out evidence that is renewed or confirmed"
    assert f"Proved: {among}; what" in plan("--certificate", str(proof)).stdout
    assert plan("--check", str(proof)).stdout.splitlines()[0].endswith(f"and {among}")
    checked = json.loads(plan("--check", str(proof), "--format", "json").stdout)
    Draft202012Validator(plan_check_schema()).validate(checked)
    assert (checked["renewed"], checked["by_people"]) == (["clause:6.2.2.5.b"], [])
    assert "Proved: nothing cheaper does; what" in run("plan", *full, "--certificate", str(other)).stdout
    assert run("plan", *full, "--check", str(other)).stdout.splitlines()[0].endswith("and nothing cheaper does")


def test_the_plan_as_json_follows_its_schema() -> None:
    told = json.loads(plan("--format", "json").stdout)
    Draft202012Validator(plan_schema()).validate(told)
    assert (told["state"], told["proved"], told["cost"], told["count"]) == ("found", True, "3", 2)
    assert json.loads(run("plan", POLICY, FULL, "--to", "L2", "--format", "json").stdout)["state"] == "reached"


def test_a_cost_on_a_clause_that_facts_decide_is_warned_of_with_the_facts_to_price(tmp_path: Path) -> None:
    """6.1.1.1 f) compares the linearity, which has a formula; nobody attests it, so only its facts ever change."""
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\ncosts: {6.1.1.1.f: 9, 6.1.1.1 g): 9, 6.1.2.4.c: 9}\n", "utf-8")
    said = plan("--costs", str(path)).stderr
    assert said.count("warning[facts-decide]") == 2
    assert "write it at the facts: linearity_10b" in said.replace(
        "cluster_throughput_10b, device_throughput_sum_10b, ", ""
    )
    assert "write it at the facts: training_sequence" in said
    assert "`6.1.2.4.c` is decided" not in said, "the vendor's word stands against the facts: an attestation may change"


def test_a_verdict_that_would_be_cheaper_than_the_facts_of_a_clause_is_said_to_be_left_out(tmp_path: Path) -> None:
    """6.1.3.1 d) hangs on a fact that nobody states: people may decide it as well, and no plan changes that."""
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\ncosts: {libraries_kept_current: 10}\n", "utf-8")
    asked = ("plan", POLICY, MID, "--to", "L3")
    told = "Not priced: verdicts of people on clauses that their facts leave open (6.1.3.1 d)); that may be cheaper\n"
    assert told in run(*asked, "--costs", str(path)).stdout
    assert json.loads(run(*asked, "--costs", str(path), "--format", "json").stdout)["left_to_people"] == [
        "clause:6.1.3.1.d"
    ]
    assert "verdicts of people" not in run(*asked).stdout, "a verdict costs as much as its fact"
    path.write_text("guiju: costs/1\npinned: [libraries_kept_current]\n", "utf-8")
    refused = run(*asked, "--costs", str(path)).stdout
    assert refused.startswith("No changes lead to L3")
    assert "Not looked at: verdicts of people on clauses that their facts leave open (6.1.1.1 k), 6.1.3.1 d)" in refused


def test_a_clause_that_facts_decide_cannot_be_pinned_but_its_facts_can(tmp_path: Path) -> None:
    """Such a pin was told as fixed, and the clause was then changed by way of its facts."""
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\npinned: [6.2.2.5 b), 6.1.2.4.c]\n", "utf-8")
    refused = run("plan", POLICY, MID, "--to", "L3", "--costs", str(path))
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "error[pinned-by-facts]: a plan changes `6.2.2.5 b)` through its facts" in refused.stderr
    assert "pin the facts of it that cannot change: tool_dimensions, other_validation" in refused.stderr
    assert "`6.1.2.4.c`" not in refused.stderr, "the vendor's word stands against the facts: an attestation may change"
    path.write_text("guiju: costs/1\npinned: [tool_dimensions, other_validation]\n", "utf-8")
    told = run("plan", POLICY, MID, "--to", "L3", "--costs", str(path)).stdout
    assert told.startswith("No changes lead to L3")
    assert "would have to change as well: Another test tool, or outside benchmarks (other_validation)\n" in told


def test_a_stated_number_with_a_formula_is_changed_itself_or_not_at_all(tmp_path: Path) -> None:
    """Both throughputs below the linearity may be anything, and would only contradict what is stated of it."""
    path, proof = tmp_path / "costs.yaml", tmp_path / "proof.json"
    path.write_text("guiju: costs/1\ncosts: {linearity_10b: 3}\n", "utf-8")
    asked = ("plan", POLICY, MID, "--to", "L3", "--costs", str(path))
    told = json.loads(run(*asked, "--certificate", str(proof), "--format", "json").stdout)
    assert (told["state"], told["proved"], told["cost"]) == ("found", True, "16")
    assert "throughput" not in json.dumps(told["steps"])
    assert "holds" in run(*asked, "--check", str(proof)).stdout
    path.write_text("guiju: costs/1\npinned: [linearity_10b]\n", "utf-8")
    refused = run(*asked).stdout
    assert refused.startswith("No changes lead to L3 Deep empowerment\n")
    assert "would have to change as well: Cluster linearity, 10-billion class (linearity_10b)\n" in refused


def test_no_number_of_a_bundled_standard_meets_two_others_so_every_plan_is_proved() -> None:
    """Where three meet, the plan is told as not proved, with the facts of which not every change was tried."""
    planned = 0
    for name in bundled():
        policy = guiju.load(name)
        program = policy.program
        blank = {
            "guiju": "evidence/1",
            "subject": "x",
            "inputs": {i.id: i.type.options[0] for i in program.inputs if isinstance(i.type, OptionType)},
        }
        assessment = guiju.evaluate(policy, blank)
        for level in program.levels:
            for outcome in program.outcomes[:1]:
                if wanted := wanted_from(assessment, outcome, level.id):
                    means = means_of(Aim(assessment, outcome, wanted), Terms())
                    assert means.untried == {}, (program.id, level.id)
                    planned += bool(means.kinds)
    assert planned >= 3


def test_a_step_says_how_its_own_fact_is_answered() -> None:
    lines = plan().stdout.splitlines()
    place = next(i for i, line in enumerate(lines) if "(other_validation): unknown → yes" in line)
    assert lines[place + 1].startswith("       A test tool for models that is of none of the dimensions of tools")


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
    first, *changes = above_the_foot(holds.stdout).splitlines()
    assert first.startswith(
        "The certificate holds: 4 to change at a cost of 6.5, and nothing cheaper does among changes"
    )
    planned = plan("--costs", str(costs)).stdout.splitlines()
    steps = [line[5:].partition("  (cost")[0] for line in planned if line[:5].strip().isdecimal()]
    assert sorted(line.strip() for line in changes) == sorted(steps)
    assert len(steps) == 4
    assert "certificate-refuted" in plan("--check", str(path)).stderr  # other costs
    checked = json.loads(plan("--costs", str(costs), "--check", str(path), "--format", "json").stdout)
    Draft202012Validator(plan_check_schema()).validate(checked)
    assert (checked["possible"], len(checked["changes"]), checked["cost"]) == (True, 4, "13/2")
    path.write_text(json.dumps({**data, "cost": "6"}), "utf-8")
    refused = plan("--costs", str(costs), "--check", str(path))
    assert (refused.exit_code, "`cost` is not so" in refused.stderr) == (1, True)
    assert f"{path}:{data_line(path, 'cost')}:" in refused.stderr, "at its place in the file"
    for text, code in SPELLED_OTHERWISE.items():
        path.write_text(text, "utf-8")
        result = plan("--check", str(path))
        assert (result.exit_code, f"error[{code}]" in result.stderr) == (1, True), text


#: what a certificate was made for, where it is checked for something else: what is said of it
MADE_FOR = {
    ("--to", "L3"): "`wanted` is not so: it was made for another level or outcome",
    ("--reading", "inclusive-or-more=excluded"): "`readings` is not so: it was made under other readings",
    ("--costs", "COSTS"): "is not so: it was made with other costs, pins or needs",
}


def test_a_certificate_for_something_else_is_refused_with_what_it_is_for(costs: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    plan("--certificate", str(proof))
    for options, said in MADE_FOR.items():
        asked = [str(costs) if option == "COSTS" else option for option in options]
        assert said in plan(*asked, "--check", str(proof)).stderr
    refused = run("plan", POLICY, FULL, "--to", "L2", "--check", str(proof)).stderr
    assert "is not so: it was made for other evidence" in refused
    data = json.loads(proof.read_text("utf-8"))
    proof.write_text(json.dumps({**data, "digest": "0"}), "utf-8")
    assert "`digest` is not so: it was made for another edition of the policy" in plan("--check", str(proof)).stderr


def data_line(path: Path, key: str) -> int:
    """In which line a file that is one line a key has a key."""
    return next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if f'"{key}": ' in line)


@pytest.mark.parametrize("number", ["1/0", "1e99999", "1e999999999", "1_0", " 2", "9" * 5000, "-", "1/-2"])
def test_a_number_that_no_plan_writes_refutes_its_certificate(
    number: str, boat: tuple[str, str], tmp_path: Path
) -> None:
    proof = tmp_path / "proof.json"
    assert run("plan", *boat, "--to", "L1", "--certificate", str(proof)).exit_code == 0
    data = json.loads(proof.read_text("utf-8"))
    assert data["changes"]["fact:crew"] == "3"
    proof.write_text(json.dumps({**data, "changes": {**data["changes"], "fact:crew": number}}), "utf-8")
    for language, said in (("en", "`changes/fact:crew` is not so"), ("zh", "changes/fact:crew")):
        refused = CliRunner().invoke(main, ["plan", *boat, "--to", "L1", "--check", str(proof), "--lang", language])
        assert (refused.exit_code, "certificate-refuted" in refused.stderr, said in refused.stderr) == (1, True, True)


def test_a_certificate_is_checked_or_written_and_not_both(boat: tuple[str, str], tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    run("plan", *boat, "--to", "L1", "--certificate", str(old))
    refused = run("plan", *boat, "--to", "L1", "--check", str(old), "--certificate", str(new))
    assert (refused.exit_code, "error[option-without-effect]" in refused.stderr, new.exists()) == (2, True, False)
    assert "`--certificate` does nothing beside --check" in refused.stderr


SPELLED_OTHERWISE = {
    "{}": "certificate-form",
    '{"cost": "1", "cost": "2"}': "duplicate-key",
    "\ufeff{}": "certificate-form",
    "{": "json-syntax",
    "": "nothing-in-file",
}


WRONG_COSTS = {
    "guiju: costs/2": "costs-form",
    "guiju: costs/1\ncost: {}": "unknown-key",
    "guiju: costs/1\ndefault: [1]": "costs-form",
    "guiju: costs/1\npinned: {a: 1}": "costs-form",
    "guiju: costs/1\ncosts: {6.1.2.4.c: 0}": "cost-not-positive",
    "guiju: costs/1\ncosts: {6.1.2.4.c: 1e400000000}": "number-out-of-bounds",
    "guiju: costs/1\ndefault: cheap": "cost-not-positive",
    "guiju: costs/1\npinned: [6.1.2.4.zz]": "no-such-change",
    "guiju: costs/1\npinned: [level]": "no-such-change",
    "guiju: costs/1\npinned: [service]": "input-is-chosen",
    "guiju: costs/1\ncosts: {service: 2}": "input-is-chosen",
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


def test_what_waits_for_each_other_is_told_as_a_way_around(tmp_path: Path) -> None:
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\nneeds: {6.1.2.4.c: 6.1.3.3.b, 6.1.3.3.b: 6.1.2.4.c}\n", "utf-8")
    assert "6.1.2.4.c → 6.1.3.3.b → 6.1.2.4.c" in plan("--costs", str(path)).stderr


def test_what_takes_no_part_is_not_among_what_may_change() -> None:
    """The services of 6.3 are not offered: no clause of theirs, and no fact that only they look at, is in play."""
    listed = json.loads(plan("--format", "json").stdout)["changeable"]
    assert not [address for address in listed if address.startswith("clause:6.3.")]
    assert {"clause:6.1.3.3.b", "fact:other_validation"} <= set(listed)
    assert len(listed) == 78


def test_a_level_that_does_not_exist_is_a_wrong_call() -> None:
    assert run("plan", POLICY, MID, "--to", "L9").exit_code == 2


def test_without_an_input_the_answer_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more choices than are tried."""
    monkeypatch.setattr("guiju.engine.reasoning.planning.choosing.MOST_CASES", 6)
    path = tmp_path / "evidence.yaml"
    path.write_text("guiju: evidence/1\nsubject: x\n", "utf-8")
    assert above_the_foot(run("plan", POLICY, str(path), "--to", "L2").stdout).splitlines() == [
        "No changes to L2 Collaborative optimisation were found; state first which inputs hold",
        "May change: 134 clauses and 76 facts; fixed: nothing",
        "  no evidence: service",
    ]
    refused = run("plan", POLICY, str(path), "--to", "L2", "--certificate", str(tmp_path / "proof.json"))
    assert (refused.exit_code, "plan-not-proved" in refused.stderr) == (1, True)


def test_a_plan_says_what_its_changes_come_to_under_other_readings() -> None:
    lines = plan().stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Outcome then"))
    assert lines[at + 1] == (
        "Readings: L1 or L2 depending on reading inclusive-or-more: "
        "L2 as read here; L1 with inclusive-or-more = excluded"
    )
    assert "Readings:" not in plan("--reading", "inclusive-or-more=excluded").stdout


def test_why_not_says_which_clauses_of_a_set_take_other_facts() -> None:
    told = run("explain", POLICY, MID, "--why-not", "L3").stdout
    assert "Decided by facts, so that it takes other facts: 6.1.1.1 f), 6.1.2.4 e), 6.1.3.2 e)\n" in told
    assert "Decided by facts" not in run("explain", POLICY, MID, "--why-not", "L2").stdout


def test_why_not_lists_the_minimal_sets_and_how_many_they_are(tmp_path: Path) -> None:
    lines = run("explain", POLICY, MID, "--why-not", "L2").stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("It would be enough"))
    assert lines[at].startswith(
        "It would be enough to satisfy exactly the 3 clauses below, none of which can be left out"
    )
    assert lines[at + 2] == "  not shown 6.1.2.4 c), 6.1.3.3 b), 6.2.2.5 b)"
    path = tmp_path / "evidence.yaml"
    path.write_text("guiju: evidence/1\nsubject: x\ninputs: {service: full}\n", "utf-8")
    blank = " ".join(run("explain", POLICY, str(path), "--why-not", "L2").stdout.split())
    assert (
        "exactly the clauses of any one set, none of which can be left out; all else stays as it is. "
        "There are 2918 such sets: 18 of 65 clauses each, 182 of 67 clauses each, 210 of 68 clauses each, "
        "2508 of 69 clauses each"
    ) in blank
    assert "any 3 of these 4: not shown 6.3.3.2 b), 6.3.3.2 c), 6.3.3.2 d), 6.3.3.2 e)" in blank
    told = json.loads(run("explain", POLICY, str(path), "--why-not", "L2", "--format", "json").stdout)
    mendings = told["answers"][0]["mendings"]
    assert (mendings["complete"], mendings["listed"], len(mendings["selections"])) == (True, True, 8)


def test_why_not_tells_the_sets_for_each_service_where_none_is_stated(nothing: str) -> None:
    shown = " ".join(run("explain", POLICY, nothing, "--why-not", "L2").stdout.split())
    assert (
        "Not all inputs are chosen yet, so the sets are told for each choice: with Service type = platform "
        "Platform service: 2052 sets: 126 of 40 clauses each, 210 of 41 clauses each, 1716 of 42 clauses each"
    ) in shown
    answer = json.loads(run("explain", POLICY, nothing, "--why-not", "L2", "--format", "json").stdout)
    Draft202012Validator(why_not_schema()).validate(answer)
    told = answer["answers"][0]
    assert told["mendings"] is None
    assert {c["inputs"]["service"]: c["mendings"]["complete"] for c in told["choices"]} == {
        "platform": True,
        "development": True,
        "operations": True,
        "platform+development": True,
        "full": True,
        "platform+operations": True,
        "development+operations": True,
    }
    assert sum(told["choices"][4]["mendings"]["counts"].values()) == 2918


def test_a_cost_on_what_is_pinned_is_warned_of_because_it_is_never_paid(tmp_path: Path) -> None:
    path = tmp_path / "costs.yaml"
    path.write_text("guiju: costs/1\ncosts: {6.1.2.4.c: 2}\npinned: [6.1.2.4 c)]\n", "utf-8")
    said = plan("--costs", str(path)).stderr
    assert "warning[pinned-and-priced]: `6.1.2.4.c` is pinned and has a cost as well" in said


@pytest.mark.parametrize("asked", [("plan", "--to"), ("explain", "--why-not")], ids=" ".join)
def test_of_a_standard_without_levels_its_outcomes_are_named_and_where_to_look(asked: tuple[str, str]) -> None:
    """T/TAF 320 counts what an organisation may do, and grades nobody."""
    command, option = asked
    evidence = "policies/t-taf-320-2025/evidence/provider-self-check.yaml"
    refused = run(command, "t-taf-320-2025", evidence, option, "L2")
    assert refused.exit_code == 2
    assert "error[no-levels]: this standard has no levels, so there is no `L2` to reach; its outcomes are:" in (
        refused.stderr
    )
    assert "guiju explain POLICY EVIDENCE adoption" in refused.stderr


@pytest.mark.parametrize(
    ("language", "outcomes"),
    [("zh", "可靠，可用 (A)；安全 (B)"), ("en", "Reliable, available (A); Safe (B)")],
)
def test_outcomes_with_a_comma_of_their_own_are_named_apart(
    nothing: str, tmp_path: Path, language: str, outcomes: str
) -> None:
    policy = tmp_path / "counted.guiju"
    policy.write_text(
        'standard s "S 1"\ngroups part\npart 4 "甲" / "Part"\n  a) "乙" / "First" attested\n'
        'score A "可靠，可用" / "Reliable, available" = count of clauses satisfied\n'
        'score B "安全" / "Safe" = count of clauses satisfied\n',
        "utf-8",
    )
    refused = CliRunner().invoke(main, ["plan", str(policy), nothing, "--to", "L2", "--lang", language])
    assert refused.exit_code == 2
    assert outcomes in refused.stderr


def test_a_plan_for_one_of_several_outcomes_says_what_it_makes_of_the_others() -> None:
    """One practice short of a level for threats; what stands of the assets is not touched."""
    utility = ("plan", "policies/examples/c2m2/c2m2.guiju", "policies/examples/c2m2/evidence/utility.yaml")
    asked = (*utility, "--to", "MIL2", "--outcome", "mil:THREAT")
    assert above_the_foot(run(*asked).stdout).splitlines()[-1] == "Left as they are by this plan: 1 other outcome"
    told = json.loads(run(*asked, "--format", "json").stdout)
    Draft202012Validator(plan_schema()).validate(told)
    assert told["others"] == [{"outcome": "mil:ASSET", "now": ["MIL2"], "afterwards": ["MIL2"], "exact": True}]


@pytest.fixture
def nothing(tmp_path: Path) -> str:
    """Evidence that states nothing at all."""
    path = tmp_path / "nothing.yaml"
    path.write_text("guiju: evidence/1\nsubject: Somebody\n", "utf-8")
    return str(path)


def test_with_nothing_stated_the_cheapest_service_is_taken_and_the_others_are_told(
    nothing: str, tmp_path: Path
) -> None:
    lines = above_the_foot(run("plan", POLICY, nothing, "--to", "L1").stdout).splitlines()
    assert lines[0] == "L1 Basic application: 4 to change, cost 4"
    assert lines[3] == (
        "What is not chosen yet is taken as it costs least: "
        "Service type = development Development and customisation service"
    )
    assert "  with Service type = full All three services: cost 19" in lines
    assert (
        "  with Service type = platform+operations Platform plus operations (not in Table 4): no changes lead there"
    ) in lines
    told = json.loads(run("plan", POLICY, nothing, "--to", "L1", "--format", "json").stdout)
    Draft202012Validator(plan_schema()).validate(told)
    assert (told["state"], told["proved"], told["chosen"]) == ("found", True, {"service": "development"})
    assert [c["cost"] for c in told["choices"]] == ["15", "4", "6", "13", "19", None, None]
    proof = tmp_path / "proof.json"
    run("plan", POLICY, nothing, "--to", "L1", "--certificate", str(proof))
    Draft202012Validator(certificate_schema()).validate(json.loads(proof.read_text("utf-8")))
    checked = run("plan", POLICY, nothing, "--to", "L1", "--check", str(proof))
    first, chosen, *changes = above_the_foot(checked.stdout).splitlines()
    assert first == (
        "The certificate holds: 4 to change at a cost of 4, and nothing cheaper does among changes of clauses and facts, "
        "leaving out verdicts of people on clauses that facts leave open"
    )
    assert "Not priced: verdicts of people on clauses that their facts leave open" in lines[-1]
    assert (chosen, len(changes)) == ("  Service type = development Development and customisation service", 4)
    data = json.loads(proof.read_text("utf-8"))
    data["choices"][2]["cost"] = "3"
    proof.write_text(json.dumps(data), "utf-8")
    refused = run("plan", POLICY, nothing, "--to", "L1", "--check", str(proof))
    assert (refused.exit_code, "choices/2/cost" in refused.stderr) == (1, True)


def test_a_plan_says_what_may_change_what_is_fixed_and_which_pin_is_why_there_is_none(
    boat: tuple[str, str], tmp_path: Path
) -> None:
    pins = tmp_path / "pins.yaml"
    pins.write_text("guiju: costs/1\npinned: [crew]\n", "utf-8")
    assert run("plan", *boat, "--to", "L1").stdout.splitlines()[2].startswith("May change: ")
    lines = above_the_foot(run("plan", *boat, "--to", "L1", "--costs", str(pins)).stdout).splitlines()
    assert lines == [
        "No changes lead to L1 Safe",
        "May change: 0 clauses and 0 facts; fixed: crew",
        "Of what is pinned, these would have to change as well: crew",
    ]
    told = json.loads(run("plan", *boat, "--to", "L1", "--costs", str(pins), "--format", "json").stdout)
    assert (told["changeable"], told["pinned"], told["blocking"]) == ([], ["fact:crew"], ["fact:crew"])


def test_a_step_that_settles_a_conflict_names_those_who_disagree(boat: tuple[str, str], tmp_path: Path) -> None:
    evidence = tmp_path / "torn.yaml"
    evidence.write_text(
        "guiju: evidence/1\nsubject: A boat\nas_of: 2026-06-30T00:00:00+08:00\nfacts: {crew: 4}\nattestations:\n  s b):\n"
        "    - {verdict: satisfied, voice: assessor}\n    - {verdict: unsatisfied, voice: assessor}\n",
        "utf-8",
    )
    shown = run("plan", boat[0], str(evidence), "--to", "L1").stdout
    assert (
        "s b) Drilled: conflicting evidence (assessor says satisfied, assessor says unsatisfied) → satisfied  (cost 1)"
    ) in shown


def test_a_depth_says_nothing_of_why_not_and_is_refused_there() -> None:
    refused = run("explain", POLICY, MID, "--why-not", "L2", "--depth", "engineer")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "option-without-effect" in refused.stderr
    assert "`--depth` does nothing beside --why-not" in refused.stderr


@pytest.mark.parametrize("name", ["6.1.2.4", "6.1.2.4 "])
def test_of_a_section_among_pins_the_clauses_are_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / "costs.yaml"
    path.write_text(f"guiju: costs/1\npinned: ['{name}']\n", "utf-8")
    said = plan("--costs", str(path)).stderr
    assert "is no single clause and no fact" in said
    assert "such as: 6.1.2.4.a, 6.1.2.4.b, 6.1.2.4.c" in said


def test_what_takes_too_many_steps_is_given_up_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terrain, "MOST_STEPS", 3)
    assert "not all were tried" in plan().stdout
