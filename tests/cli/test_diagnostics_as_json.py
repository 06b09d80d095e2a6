"""Whatever a command finds wrong with its files, it says in one form as JSON: `diagnostics/1`."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click import Command
from jsonschema import Draft202012Validator

from guiju.cli.main import COMMANDS
from guiju.report import coverage_model, diagnostics_model, result_model
from tests.cli.test_commands import FULL, MID, POLICY, evidence, run

#: policy: two names that are taken, so that a label leads to the first
TWICE = 'standard t-1 "T"\ngroups section\nfact f : yes-no\nfact f : yes-no\nsection 1\n  a) "x" f\n'
MISTAKEN = f"guiju: evidence/1\nsubject: x\nstandard: {POLICY}\nfacts: {{offered_model: 3, offered_models: 2.5}}\n"
CALLS = {
    "check": ("check", "{policy}"),
    "evaluate": ("evaluate", POLICY, "{evidence}"),
    "explain": ("explain", "{policy}", FULL),
    "ask": ("ask", POLICY, "{evidence}"),
    "simulate": ("simulate", POLICY, "{evidence}"),
    "coverage": ("coverage", "{evidence}"),
    "review": ("review", "{policy}"),
    "plan": ("plan", POLICY, "{evidence}", "--to", "L3"),
    "compare": ("compare", POLICY, "{evidence}", FULL),
    "prove": ("prove", "{policy}"),
    "diff": ("diff", "{policy}", POLICY),
    "batch": ("batch", POLICY, "{table}"),
    "impact": ("impact", POLICY, "{table}", "--set", "6.1.1.1.f.threshold=85%"),
    "compile": ("compile", "{policy}"),
    "changelog": ("changelog", "{policy}", POLICY),
    "voices": ("voices", POLICY, "{evidence}"),
    "import-evidence": ("import-evidence", "{policy}", MID),
}


def made(form: str, folder: Path) -> str:
    """A word of a call; the mistaken files in it written down."""
    if form == "{policy}":
        return evidence(folder, TWICE, "t.guiju")
    if form == "{table}":
        return evidence(folder, "offered_model\n3\n", "t.csv")
    return evidence(folder, MISTAKEN) if form == "{evidence}" else form


@pytest.mark.parametrize("name", CALLS)
def test_what_fails_is_told_in_the_published_form(name: str, tmp_path: Path) -> None:
    result = run(*(made(word, tmp_path) for word in CALLS[name]), "--format", "json", "--lang", "zh")
    assert (result.exit_code, result.stderr) == (1, "")
    told: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(diagnostics_model.json_schema()).validate(told)
    assert told["guiju"] == "diagnostics/1"
    assert all(d["severity"] == "error" and d["help"] and d["end_column"] > d["column"] for d in told["diagnostics"])
    assert any(d["labels"] or d["suggestion"] for d in told["diagnostics"])


def test_these_are_all_commands_that_read_files_and_print_json() -> None:
    with_json = {n for n in COMMANDS if _has_json(import_module(COMMANDS[n][0]).command)}
    # `policies` reads what is bundled, `test` tells them among its results; bundles, drafts and documents to import
    # are tried where they are tested
    beside = {"policies", "test", "replay", "verify", "lint-text", "import", "batch-schema", "reassess"}
    assert with_json - beside == CALLS.keys()


def _has_json(command: Command) -> bool:
    return any(p.name == "form" and "json" in getattr(p.type, "choices", ()) for p in command.params)


def test_what_is_found_and_does_not_fail_has_the_same_items() -> None:
    checked = json.loads(run("check", POLICY, "--format", "json").stdout)
    Draft202012Validator(diagnostics_model.json_schema()).validate(checked)
    assert {d["severity"] for d in checked["diagnostics"]} == {"note"}
    for call, schema in (
        (("evaluate", POLICY, MID), result_model.json_schema()),
        (("coverage", MID), coverage_model.json_schema()),
    ):
        told = json.loads(run(*call, "--format", "json").stdout)
        Draft202012Validator(schema).validate(told)
        assert "expired-evidence" in {d["code"] for d in told["diagnostics"]}
