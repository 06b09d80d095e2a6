"""`guiju import-evidence` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.dsl.source import Source
from guiju.exchange.yaml_tree import read_yaml
from guiju.intake.evidence.mapping import json_schema as mapping_schema
from guiju.report.taken_model import json_schema
from tests.exchange.plain import plain_data
from tests.intake.evidence.standard import MAPPING, program, workbook


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def call(tmp_path: Path) -> tuple[str, ...]:
    """The call with a workbook and its mapping."""
    program(tmp_path)
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    path = workbook(tmp_path / "a.xlsx")
    return ("import-evidence", str(tmp_path / "rooms-1.guiju"), str(path), "--mapping", str(tmp_path / "m.yaml"))


def test_the_account_adds_up_and_follows_its_schema(call: tuple[str, ...]):
    for language in ("en", "zh"):
        told = json.loads(run(*call, "--format", "json", "--lang", language).stdout)
        Draft202012Validator(json_schema()).validate(told)
        assert sum(told["counts"].values()) == len(told["rows"]) == 21
        assert told["counts"]["verdict"] == 4
        assert told["text"].startswith("guiju: evidence/2\n")


def as_json(text: str) -> object:
    return json.loads(json.dumps(plain_data(Source("m.yaml", text)), default=int))


def test_the_mapping_suits_its_schema():
    Draft202012Validator.check_schema(mapping_schema())
    validator = Draft202012Validator(mapping_schema())
    validator.validate(as_json(MAPPING))
    assert not validator.is_valid(as_json(MAPPING.replace("holds: facts", "holds: x")))
    assert read_yaml(Source("m.yaml", MAPPING))[1] == ()


def test_the_file_is_written_where_all_is_understood_and_else_not(call: tuple[str, ...], tmp_path: Path):
    out = tmp_path / "e.yaml"
    done = run(*call, "-o", str(out), "--lang", "en")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "a.xlsx -> evidence for rooms-1, rows: 21" in done.stdout
    assert "条款!10 — 5 | 4 a) | 下月再查 — not answered" in done.stdout
    assert run("evaluate", call[1], str(out)).exit_code == 0
    assert run(*call, "-o", str(out)).exit_code == 1
    kept = out.read_bytes()
    Path(call[4]).write_text(MAPPING.replace("符合: satisfied", "合格: satisfied"), "utf-8")
    refused = run(*call, "-o", str(out), "--replace", "--lang", "zh")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "错误[word-not-known]" in refused.stderr
    assert "a.xlsx!条款!D4" in refused.stderr
    assert out.read_bytes() == kept
    assert run(*call, "-o", call[2], "--replace").exit_code == 2


def test_what_is_printed_is_the_evidence_alone(call: tuple[str, ...]):
    printed = run(*call, "--lang", "en")
    assert printed.stdout.startswith("guiju: evidence/2\n")
    assert "not answered:" in printed.stderr
    again = run(*call, "--lang", "en")
    assert (again.stdout, again.stderr) == (printed.stdout, printed.stderr)


def test_a_round_trip_through_oscal_by_the_command(tmp_path: Path):
    policy, results, evidence = "t-taf-320-2025", tmp_path / "r.json", tmp_path / "e.yaml"
    given = "policies/t-taf-320-2025/evidence/provider-self-check.yaml"
    assert run("export", policy, given, "--to", "oscal-results", "-o", str(results)).exit_code == 0
    assert run("import-evidence", policy, str(results), "-o", str(evidence)).exit_code == 0
    before, after = (json.loads(run("evaluate", policy, p, "--format", "json").stdout) for p in (given, str(evidence)))
    assert [c["verdict"] for c in after["clauses"]] == [c["verdict"] for c in before["clauses"]]
    assert [o["possible"] for o in after["outcomes"]] == [o["possible"] for o in before["outcomes"]]
