"""The command as a user calls it: output, exit codes, and what happens to bad input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.help import Option
from guiju.cli.main import COMMANDS, main
from guiju.cli.schema import SCHEMAS
from guiju.dsl.diagnostic import LANGUAGES
from guiju.report.policies_model import json_schema as policies_schema
from guiju.report.result_model import json_schema
from tests.feet import above_the_foot

ROOT = Path(__file__).parents[2]
POLICY = "gbt-45288.3-2025"
EXAMPLES = ROOT / "policies" / POLICY / "evidence"
FULL, MID = str(EXAMPLES / "full-stack-provider.yaml"), str(EXAMPLES / "mid-vendor-with-gaps.yaml")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def evidence(folder: Path, text: str | bytes, name: str = "evidence.yaml") -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def test_every_command_and_every_option_says_in_both_languages_what_it_is_for() -> None:
    known = [(main, ()), *((import_module(COMMANDS[name][0]).command, (name,)) for name in COMMANDS)]
    for command, path in known:
        context = click.Context(command)
        parameters = [p for p in command.get_params(context) if isinstance(p, click.Option)]
        options = [p for p in parameters if isinstance(p, Option)]
        assert options == parameters, path
        for language in LANGUAGES:
            shown = "".join(run(*path, "--help", "--lang", language).stdout.split())
            for said in (command.about, *(option.said for option in options)):
                assert "".join(said.in_language(language).split()) in shown
            assert ("用法" in shown) == (language == "zh")
    assert all(about.zh and about.en and about.zh != about.en for _, about in COMMANDS.values())


def test_where_a_result_goes_is_one_option_in_every_command() -> None:
    """The exception is a table, which `batch` and `batch-schema` take as an argument beside the one that they read."""
    commands = {name: import_module(COMMANDS[name][0]).command for name in COMMANDS}
    outs = {
        name: p for name, c in commands.items() for p in c.params if p.name == "out" and isinstance(p, click.Option)
    }
    assert {(*p.opts, p.metavar) for p in outs.values()} == {("-o", "--out", "FILE")}
    assert {"ask", "bundle", "graph", "impact", "import", "page", "publish", "template", "test"} <= set(outs)
    replaces = {p.said for c in commands.values() for p in c.params if isinstance(p, Option) and p.name == "replace"}
    assert len(replaces) == 1


@pytest.mark.parametrize(
    ("call", "has_replace"),
    [
        (("publish", POLICY, "-o", "x.md"), True),
        (("graph", POLICY, "-o", "x.svg"), True),
        (("batch-schema", POLICY, "x.md.csv"), True),
        (("template", POLICY, "-o", "x.md"), False),
        (("bundle", POLICY, FULL, "-o", "x.md"), False),
        (("plan", POLICY, FULL, "--to", "L3", "--certificate", "x.md"), False),
        (("compare", "--policies", POLICY, POLICY, "--witness", "x.md"), False),
    ],
)
def test_of_a_file_that_is_there_only_what_the_command_can_do_is_offered(
    call: tuple[str, ...], has_replace: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("x.md", "x.md.csv", "x.svg"):
        Path(name).write_text("mine", encoding="utf-8")
    for language, offered in (("en", "; --replace writes over it"), ("zh", "；加 --replace 则替换它")):
        refused = run(*call, "--lang", language)
        assert (refused.exit_code, "file-exists" in refused.stderr) == (1, True)
        assert (offered in refused.stderr) == has_replace
    assert {p.read_text("utf-8") for p in Path().iterdir()} == {"mine"}


def test_the_language_may_stand_before_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有名为" in run("--lang", "zh", "explain", POLICY, FULL, "zzzzz").stderr
    assert run("--lang", "zh", "explain", "--help").stdout.startswith("用法")
    monkeypatch.setenv("GUIJU_LANG", "zh")
    assert "显示本说明" in run("--help").stdout
    assert "Show this message" in run("--help", "--lang", "en").stdout


def test_evaluate_prints_the_grade_the_scores_and_what_stands_in_the_way() -> None:
    result = run("evaluate", POLICY, FULL, "--lang", "en")
    assert result.exit_code == 0
    for part in ("L2 Collaborative optimisation", "53/18", "6.1.2.4 f)", "table-3-6.1.2.4 = through-e"):
        assert part in result.stdout
    assert "协同优化级" in run("evaluate", POLICY, FULL, "--lang", "zh").stdout


def test_json_says_the_same_and_follows_its_schema() -> None:
    result = json.loads(run("evaluate", POLICY, MID, "--format", "json", "--lang", "en").stdout)
    Draft202012Validator(json_schema()).validate(result)
    assert result["outcomes"][0]["possible"] == {
        "values": ["L1", "L2"],
        "decided": False,
        "exact": True,
        "low": None,
        "high": None,
        "why": [],
    }
    deciding = [u["clause"] for u in result["unknown"] if u["matters"] == "alone"]
    assert deciding == ["6.1.2.4.c", "6.1.3.3.b", "6.2.2.5.b"]
    assert [u["reason"] for u in result["unknown"] if u["clause"] in deciding] == ["conflicting", "missing", "expired"]


def test_the_committed_schemas_are_those_that_are_printed() -> None:
    committed = json.loads((ROOT / "docs" / "schemas" / "result-1.schema.json").read_text("utf-8"))
    assert committed == json.loads(run("schema", "result").stdout) == json_schema()
    printed = {name: json.loads(run("schema", name).stdout) for name in SCHEMAS}
    for name, schema in printed.items():
        file = f"{schema['$id'].removeprefix('urn:guiju:schema:')}.schema.json"
        assert file.startswith(name)
        assert json.loads((ROOT / "docs" / "schemas" / file).read_text("utf-8")) == schema
    assert len({schema["$id"] for schema in printed.values()}) == len(SCHEMAS)


def test_explain_as_json_carries_its_version() -> None:
    explained = json.loads(run("explain", POLICY, FULL, "6.1.1.1.a", "--format", "json").stdout)
    assert (explained["guiju"], explained["explained"]["address"]) == ("explanation/1", "clause:6.1.1.1.a")
    answers = json.loads(run("explain", POLICY, FULL, "--why-not", "L3", "--format", "json").stdout)
    assert (answers["guiju"], answers["answers"][0]["value"]) == ("why-not/1", "L3")


def test_another_reading_may_be_chosen() -> None:
    result = run("evaluate", POLICY, FULL, "--lang", "en", "--reading", "table-3-6.1.2.4=through-e", "--format", "json")
    assert json.loads(result.stdout)["outcomes"][0]["possible"]["values"] == ["L3"]
    assert run("evaluate", POLICY, FULL, "--reading", "nonsense=1").exit_code == 2
    assert run("evaluate", POLICY, FULL, "--reading", "gate-scope=nonsense").exit_code == 2


@pytest.mark.parametrize("node", ["level", "A@L2", "hardware@L1", "6.1.1.1.f", "6.1.1.1 f)", "linearity_10b"])
def test_explain_accepts_whatever_a_report_names(node: str) -> None:
    for language in ("zh", "en"):
        result = run("explain", POLICY, FULL, node, "--lang", language)
        assert result.exit_code == 0
        assert f"{POLICY}.guiju:" in result.stdout


def test_explain_leads_from_the_grade_to_the_clause_and_its_evidence() -> None:
    text = run("explain", POLICY, FULL, "level", "--lang", "en").stdout
    for part in ("L3 | 3 < A <= 5 → no", "gate:subdomain@L3", "toolchain@L2", "6.1.2.4 f)", "[EV-202]"):
        assert part in text


def test_why_not_names_what_failed_and_what_was_not_shown() -> None:
    assert "failed  6.1.2.4 f)" in run("explain", POLICY, FULL, "--why-not", "L3", "--lang", "en").stdout
    text = run("explain", POLICY, MID, "--why-not", "L2", "--lang", "en").stdout
    assert "may or may not be reached" in text
    assert [line.split()[2] for line in text.splitlines() if "    not shown" in line] == [
        "6.1.2.4",
        "6.1.3.3",
        "6.2.2.5",
    ]
    assert run("explain", POLICY, MID, "--why-not", "L9").exit_code == 2
    assert run("explain", POLICY, MID, "nonsense").exit_code == 2


TWO_GRADES = """standard t-1 "T 1"
groups section
levels
  L1 "一级" / "One"
section 4 "四" / "Four"
  a) "甲" / "First" attested
score s at each level = count of clauses satisfied
grade fit by s "合用" / "Fitness"
  L1 | s >= 1
  otherwise | none
grade safe by s "安全" / "Safety"
  L1 | s >= 0
  otherwise | none
"""


def test_of_several_outcomes_why_not_says_which_it_speaks_of(tmp_path: Path) -> None:
    policy = evidence(tmp_path, TWO_GRADES, "t.guiju")
    stated = evidence(tmp_path, "guiju: evidence/1\nsubject: x\nattestations: {4.a: unsatisfied}\n")
    lines = above_the_foot(run("explain", policy, stated, "--why-not", "L1", "--lang", "en").stdout).splitlines()
    assert lines[0] == f"Fitness: L1 One is not reached: entered, but the score does not reach it  [{policy}:9]"
    assert lines[-1] == "Safety: L1 One is reached"
    strong = str(ROOT / "policies/gbt-45288.3-2025/evidence/strong-platform-vendor.yaml")
    above = {
        "en": "L2 Collaborative optimisation is reached: the outcome is L3",
        "zh": "L2 协同优化级 已达到，结果为 L3",
    }
    for language, told in above.items():
        asked = ("explain", "gbt-45288.3-2025", strong, "--why-not", "L2", "--lang", language)
        assert run(*asked).stdout.startswith(told)


WRONG_CALLS: dict[tuple[str, ...], tuple[str, str, str]] = {
    ("explain", POLICY, FULL, "6.1.1.1e"): ("unknown-node", "did you mean `6.1.1.1.e`?", "是不是想写“6.1.1.1.e”"),
    ("explain", POLICY, FULL, "zzzzz"): ("unknown-node", "hardware@L1", "没有名为“zzzzz”"),
    ("explain", POLICY, FULL, "--why-not", "L9"): ("unknown-level", "L1, L2, L3", "没有等级“L9”"),
    ("explain", POLICY, FULL, "level", "--why-not", "L3"): ("node-beside-why-not", "leave out `level`", "去掉“level”"),
    ("explain", POLICY, FULL, "nonsense", "--why-not", "L3"): ("node-beside-why-not", "`nonsense`", "“nonsense”"),
    ("evaluate", POLICY, FULL, "--reading", "gate=x"): ("unknown-reading", "gate-scope", "没有读法“gate”"),
    ("evaluate", POLICY, FULL, "--reading", "gate-scope=own-domain", "--reading", "gate-scope=all-domains"): (
        "said-twice",
        "gate-scope=own-domain",
        "说的是同一项",
    ),
    ("evaluate", POLICY, FULL, "--reading", "gate-scope=x"): ("unknown-option", "own-domain", "没有选项“x”"),
}


@pytest.mark.parametrize("call", WRONG_CALLS)
def test_a_wrong_call_says_what_there_is_in_the_language_asked_for(call: tuple[str, ...]) -> None:
    code, english, chinese = WRONG_CALLS[call]
    for language, said in (("en", english), ("zh", chinese)):
        result = run(*call, "--lang", language)
        assert result.exit_code == 2
        assert code in result.stderr
        assert said in result.stderr


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    result = run("template", POLICY, "--out", str(tmp_path / "none" / "x"), "--lang", "zh")
    assert result.exit_code == 1
    assert "file-not-writable" in result.stderr
    assert "建议" in result.stderr


def test_the_template_is_evidence_in_which_nothing_is_known(tmp_path: Path) -> None:
    blank = run("template", POLICY, "--lang", "en").stdout
    path = evidence(tmp_path, blank.replace("  service:", "  service: platform"))
    result = run("evaluate", POLICY, path, "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["outcomes"][0]["possible"]["values"] == ["L1", "L2", "L3", "none"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_of_the_template_works_when_it_is_uncommented(language: str, tmp_path: Path) -> None:
    blank = run("template", POLICY, "--lang", language).stdout
    assert "  # EV-001: {" in blank
    filled = blank.replace("  # EV-001: {", "  EV-001: {").replace("as_of:  # ", "as_of: ")
    result = run("explain", POLICY, evidence(tmp_path, filled), "6.1.1.1.a", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "unused-evidence" in result.stderr


def test_the_template_says_what_each_fact_is_for_and_what_follows_from_facts() -> None:
    lines = run("template", POLICY, "--lang", "en").stdout.splitlines()
    at = lines.index("  linearity_10b:  # %")
    assert "  #   6.1.1.1 f): linearity_10b >= 80%" in lines[at - 4 : at]
    at = next(i for i, line in enumerate(lines) if line.startswith("  training_sequence:"))
    assert "  #   6.1.1.1 g): training_sequence >= 128 Kitokens  (under the reading k-of-128K = binary)" in lines[:at]
    assert "  #   follows from the facts, no verdict is needed: training_compute_10b" in lines
    assert not any(line.startswith("  6.1.1.1.e:") for line in lines)
    assert any(line.startswith("  6.1.1.1.a:") for line in lines)
    assert "  #   6.1.1.1 f): 百亿级集群线性度 >= 80%" in run("template", POLICY, "--lang", "zh").stdout


def test_policies_lists_what_is_bundled() -> None:
    assert POLICY in run("policies").stdout
    printed = json.loads(run("policies", "--format", "json").stdout)
    assert printed["guiju"] == "policies/1"
    Draft202012Validator(policies_schema()).validate(printed)
    listed = {p["id"]: p["clauses"] for p in printed["policies"]}
    assert listed == {
        "caict-fangsheng": 22,
        POLICY: 193,
        "t-isc-23-drafting-note": 10,
        "t-isc-full-stack-2025-12": 129,
        "t-taf-320-2025": 31,
    }


def test_check_says_nothing_is_wrong_but_reports_the_mistake_of_the_standard() -> None:
    result = run("check", POLICY, "--lang", "en")
    assert result.exit_code == 0
    assert "mistake-in-the-standard" in result.stderr


# --- bad input ---------------------------------------------------------------------------------------------------

SOUND = "guiju: evidence/1\nsubject: x\ninputs: {service: platform}\n"

BAD: dict[str, tuple[str | bytes, str]] = {
    "an unknown key": (SOUND + "attestation: {}\n", "attestations"),
    "a wrong unit": (SOUND + "facts: {training_compute_10b: 50 TB/s}\n", "wrong-unit"),
    "a missing unit": (SOUND + "facts: {training_compute_10b: 50}\n", "missing-unit"),
    "a number as text with a stray unit": (SOUND + "facts: {offered_models: 'about 3 models'}\n", "offered_models"),
    "a fraction of a count": (SOUND + "facts: {offered_models: 2.5}\n", "not-a-whole-number"),
    "a negative count": (SOUND + "facts: {offered_models: -1}\n", "not-a-whole-number"),
    "duplicate keys": (SOUND + "facts: {}\nfacts: {}\n", "facts"),
    "a clause that does not exist": (SOUND + "attestations: {6.1.1.1.z: satisfied}\n", "6.1.1.1"),
    "a parent clause": (SOUND + "attestations: {6.1.2.2.b: satisfied}\n", "attested-parent"),
    "a verdict that does not exist": (SOUND + "attestations: {6.1.1.1.a: perhaps}\n", "perhaps"),
    "not applicable where everything applies": (
        SOUND + "attestations: {6.1.1.1.a: {verdict: not-applicable, reason: r}}\n",
        "always-applicable",
    ),
    "a fact that does not exist": (SOUND + "facts: {offered_model: 3}\n", "offered_models"),
    "an option that does not exist": ("guiju: evidence/1\nsubject: x\ninputs: {service: platfrom}\n", "platform"),
    "another standard": (SOUND + "standard: other-1\n", "other-standard"),
    "a target that does not exist": (SOUND + "target: L9\n", "unknown-target"),
    "10 MB of nesting": (b"[" * 10_000_000, "evidence.yaml:1"),
    "NUL bytes": (SOUND.encode() + b"facts: {a: \x00}\n", "U+0000"),
    "GB18030": ("guiju: evidence/1\nsubject: 测试服务平台（虚构）\n".encode("gb18030"), "GB18030"),
    "an alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "evidence.yaml:1"),
    "an empty file": ("", "nothing-in-file"),
    "a date without zone": (SOUND + "as_of: 2026-01-01T00:00:00\n", "as_of"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_bad_evidence_gets_a_diagnostic_and_no_verdict(name: str, language: str, tmp_path: Path) -> None:
    text, expected = BAD[name]
    path = evidence(tmp_path, text)
    result = run("evaluate", POLICY, path, "--lang", language)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert expected in result.stderr
    as_json = run("evaluate", POLICY, path, "--format", "json")
    assert as_json.exit_code == 1
    assert all(d["code"] and d["help"] for d in json.loads(as_json.stdout)["diagnostics"])


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf" + SOUND.encode(), SOUND.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_carriage_returns_do_not_change_the_result(text: bytes, tmp_path: Path) -> None:
    plain = run("explain", POLICY, evidence(tmp_path, SOUND), "level", "--lang", "en")
    other = run("explain", POLICY, evidence(tmp_path, text, "other.yaml"), "level", "--lang", "en")
    assert plain.exit_code == other.exit_code == 0
    assert plain.stdout == other.stdout.replace("Evidence: other.yaml", "Evidence: evidence.yaml")


def test_files_that_are_not_there_are_diagnosed() -> None:
    assert run("evaluate", POLICY, "no-such-file.yaml").exit_code == 1
    assert run("evaluate", "no-such-policy", FULL).exit_code == 1
    assert run("check", "no-such-policy.guiju").exit_code == 1
    assert run("evaluate", POLICY).exit_code == 2


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00",
        b"\xef\xbb\xbf",
        "标准 甲".encode("gb18030"),
        b"(" * 1_000_000,
        b'standard a "b"\nlet x = ' + b"(" * 9999,
    ],
)
def test_bad_policies_are_diagnosed(text: bytes, tmp_path: Path) -> None:
    path = evidence(tmp_path, text, "policy.guiju")
    assert run("check", path).exit_code == 1
    assert run("evaluate", path, FULL).exit_code == 1


def test_format_rewrites_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "policy.guiju"
    shutil.copy(ROOT / "tests" / "dsl" / "tour.en.guiju", path)
    assert run("format", str(path), "--lang", "zh", "--write").exit_code == 0
    assert "标准 demo-1.0" in path.read_text("utf-8")
    assert run("format", str(path), "--check").exit_code == 0
    broken = path.read_text("utf-8") + "\nnonsense here\n"
    path.write_text(broken, "utf-8")
    assert run("format", str(path), "--write").exit_code == 1
    assert path.read_text("utf-8") == broken


def test_a_folder_stands_for_its_one_policy_when_that_is_formatted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    policy = tmp_path / "demo.guiju"
    policy.write_text('standard   demo-1 "DEMO 1"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("format", "--write", ".").exit_code == 0
    assert policy.read_text("utf-8") == 'standard demo-1 "DEMO 1"\n'
    policy.with_name("two.guiju").write_text('standard demo-2 "DEMO 2"\n', encoding="utf-8")
    assert run("format", "--write", ".").exit_code == 1, "which of the two is not said"


@pytest.mark.parametrize("text", [b"\xff\xfe\x00\x00" + "standard".encode("utf-32-le"), b'standard a "\xff"', b"a\x00"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_said_of_a_policy_does_not_speak_of_evidence_alone(text: bytes, language: str, tmp_path: Path) -> None:
    said = run("check", evidence(tmp_path, text, "policy.guiju"), "--lang", language).stderr
    assert "evidence-" not in said
    assert "an evidence file is" not in said
    assert any(code in said for code in ("not-utf-8", "control-character", "other-encoding"))


def test_a_byte_order_mark_has_one_code_in_every_file(tmp_path: Path) -> None:
    policy = evidence(tmp_path, b'\xef\xbb\xbfstandard a "A"\nlet x = 1\n', "policy.guiju")
    assert "[byte-order-mark]" in run("check", policy).stderr
    path = evidence(tmp_path, b"\xef\xbb\xbf" + SOUND.encode())
    assert "[byte-order-mark]" in run("evaluate", POLICY, path).stderr


OWN = """standard own-1 "OWN 1"
fact hours : h
levels
  L1 "L1"
  L3 "L3"
groups part
part 4 "part"
  a) "open" hours >= 40 h
  b) "staffed" attested
membership
  part | L1 | L3
  4 | a) | all
score A at each level = share of clauses satisfied
grade level by A
  L3 | A >= 100 %
  L1 | A >= 100 %
  otherwise | none
"""
FORGED = """guiju: evidence/1
standard: own-1
subject: "X\\n\\nOutcome  level: L3"
as_of: 2026-01-01T00:00:00+08:00
evidence:
  EV-1: {kind: "log\\nOutcome  L3", source: "s\\nOutcome  L3"}
attestations:
  4.b: {verdict: unsatisfied, voice: override, by: "Q\\nOutcome  L3", reason: "r\\nOutcome  L3", evidence: EV-1}
facts:
  hours: {value: 42 h, note: "seen\\nOutcome  L3", evidence: EV-1}
"""


@pytest.mark.parametrize("command", ["evaluate", "explain 4.b", "explain hours", "explain --why-not L3", "coverage"])
def test_a_line_break_in_evidence_forges_no_line_of_a_report(command: str, tmp_path: Path) -> None:
    policy = tmp_path / "own.guiju"
    policy.write_text(OWN, "utf-8")
    name, _, rest = command.partition(" ")
    called = ("--policy", str(policy)) if name == "coverage" else (str(policy),)
    result = run(name, *called, evidence(tmp_path, FORGED), *rest.split(), "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("\n") >= 2
    assert [x for x in result.stdout.splitlines() if x.startswith(("Outcome  L3", "Outcome  level: L3"))] == []


PATHS = """guiju: evidence/1
standard: nowhere-1
subject: x
"""


def test_coverage_points_at_a_standard_that_there_is_none_of(tmp_path: Path) -> None:
    result = run("coverage", evidence(tmp_path, PATHS), "--lang", "en")
    assert result.exit_code == 1
    assert "unknown-policy" in result.stderr
    assert "evidence.yaml:2:11" in result.stderr


def test_coverage_of_a_policy_of_ones_own_is_found_by_its_id(tmp_path: Path) -> None:
    policy = tmp_path / "own.guiju"
    policy.write_text(
        'standard nowhere-1 "N"\ngroups part\npart p "p"\n  a) "x" attested\nscore s = share of clauses satisfied\n'
    )
    result = run("coverage", evidence(tmp_path, PATHS), "--policy", str(policy))
    assert result.exit_code == 0, result.stderr
    assert "nowhere-1" in result.stdout


def test_coverage_of_no_standard_is_a_mistake(tmp_path: Path) -> None:
    result = run("coverage", evidence(tmp_path, "guiju: evidence/1\nsubject: x\n"))
    assert result.exit_code == 1
    assert "no-standard" in result.stderr


def test_what_is_said_for_a_standard_that_does_not_exist_is_told(tmp_path: Path) -> None:
    text = "guiju: evidence/1\nsubject: x\nstandards:\n  gbt-45288.3-2052: {attestations: {6.1.1.1.a: satisfied}}\n"
    result = run("explain", POLICY, evidence(tmp_path, text), "level", "--lang", "en")
    assert "unknown-standard" in result.stderr
    assert "did you mean `gbt-45288.3-2025`?" in result.stderr


def test_a_wrong_standard_is_told_alone_and_a_wrong_target_where_it_stands(tmp_path: Path) -> None:
    text = "guiju: evidence/1\nsubject: x\nstandard: t-taf-320-2025\ntarget: L9\n"
    result = run("evaluate", POLICY, evidence(tmp_path, text))
    assert "evidence.yaml:3:11" in result.stderr
    assert result.stderr.count("error[") == 1
    result = run("evaluate", POLICY, evidence(tmp_path, text.replace("t-taf-320-2025", POLICY)))
    assert "evidence.yaml:4:9" in result.stderr


def test_a_blank_file_never_takes_the_place_of_one_that_exists(tmp_path: Path) -> None:
    filled = evidence(tmp_path, "mine")
    result = run("template", POLICY, "--out", filled)
    assert result.exit_code == 1
    assert "file-exists" in result.stderr
    assert Path(filled).read_text() == "mine"


def test_format_writes_the_file_that_a_link_leads_to_and_keeps_its_mode(tmp_path: Path) -> None:
    policy, link = tmp_path / "p.guiju", tmp_path / "l.guiju"
    policy.write_text('standard   x-1 "X"\n')
    policy.chmod(0o600)
    (tmp_path / "l.guiju.part").write_text("mine")
    link.symlink_to(policy)
    assert run("format", str(link), "--write").exit_code == 0
    assert link.is_symlink()
    assert policy.read_text() == 'standard x-1 "X"\n'
    assert policy.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "l.guiju.part").read_text() == "mine"
    policy.chmod(0o400)
    policy_text = policy.read_text()
    assert run("format", str(link), "--write", "--lang", "zh").exit_code == 1
    assert policy.read_text() == policy_text


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("evaluat x", "没有命令“evaluat”。是不是想写“evaluate”？"),
        ("evaluate --lang zh", "缺少参数 POLICY。"),
        ("evaluate x y --lang fr", "--lang 的值不对。可用的值：zh、en。"),
        ("evaluate x y --frmat json", "没有选项“--frmat”。是不是想写“--format”？"),
        ("evaluate x y z", "多了参数：z。"),
        ("check", "缺少参数 POLICIES...。"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(call: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_LANG", "zh")
    result = run(*call.split())
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("name", ["", "a" * 5000])
def test_a_name_that_no_file_can_have_is_no_policy(name: str) -> None:
    result = run("check", name)
    assert result.exit_code == 1
    assert "unknown-policy" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_result_that_cannot_be_printed_has_an_exit_code_of_its_own() -> None:
    command = [sys.executable, "-m", "guiju", "policies"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


INTERRUPTED = """
import sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == awaited:
            raise KeyboardInterrupt

awaited = sys.argv.pop()
sys.meta_path.insert(0, Interrupting())
sys.argv[0] = "guiju"
from guiju.__main__ import main
main()
"""


@pytest.mark.parametrize("module", ["click", "guiju.cli.help", "guiju.cli.policies"])
def test_an_interrupt_ends_a_command_without_a_traceback_while_it_is_imported(module: str):
    call = [sys.executable, "-c", INTERRUPTED, "policies", module]
    ran = subprocess.run(call, check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr.strip()) == (130, "")


ENDING = """
import atexit, gc, os, sys

atexit.register(lambda: print(gc.get_freeze_count() > 0, os.environ["OPENBLAS_NUM_THREADS"]))
from guiju.__main__ import main
sys.argv = ["guiju", "--version"]
main()
"""


@pytest.mark.parametrize("threads", [None, "2"])
def test_a_command_starts_no_threads_that_it_has_no_use_for_and_looks_for_no_garbage_as_it_ends(threads: str | None):
    others = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    environment = others if threads is None else others | {"OPENBLAS_NUM_THREADS": threads}
    ran = subprocess.run([sys.executable, "-c", ENDING], check=True, capture_output=True, text=True, env=environment)
    assert ran.stdout.splitlines()[-1] == f"True {threads or 1}"
