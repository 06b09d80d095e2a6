"""The example policies, each against the cases beside it, which a person of its field can read.

`verified` names what a case was checked against; `unverified` says how it was found, where nothing is published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.dsl.formatter import format_document
from guiju.dsl.source import Source
from guiju.engine.examples.case import Case
from guiju.engine.examples.judging import judge
from guiju.examples import gathered
from guiju.library import bundled, compile_source, load

POLICIES = Path(__file__).parents[3] / "policies" / "examples"
EDITIONS = {"reading-rooms"}  # one standard in several editions, to be compared: tests/cli/test_diff.py
NAMES = sorted(path.name for path in POLICIES.iterdir() if path.is_dir() and path.name not in EDITIONS)


def path_of(name: str) -> str:
    return str(POLICIES / name / f"{name}.guiju")


def cases_in(name: str) -> tuple[Case, ...]:
    found = gathered(load(path_of(name)))
    assert found.diagnostics == ()
    return found.cases


ALL = [pytest.param(case, id=f"{name}: {case.name.zh}") for name in NAMES for case in cases_in(name)]


@cache
def policy(name: str) -> guiju.Policy:
    return guiju.load(path_of(name))


# --- The tests ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ALL)
def test_a_case_comes_out_as_it_says(case: Case):
    assert [(f.expected, f.possible, f.exact) for f in judge(case).failures] == []


# The last practice of each level, typed from the public lists that the README of the example names.
C2M2_LEVELS = {"ASSET-1": {"MIL1": "a", "MIL2": "e", "MIL3": "h"}, "THREAT-1": {"MIL1": "d", "MIL2": "i", "MIL3": "m"}}


@pytest.mark.parametrize("objective", C2M2_LEVELS)
def test_a_practice_of_c2m2_is_at_the_level_that_a_public_list_gives(objective: str):
    clauses = [c for c in policy("c2m2").program.clauses if c.group == objective]
    for level, last in C2M2_LEVELS[objective].items():
        at_level = [c.id.rpartition(".")[2] for c in clauses if level in c.levels]
        assert at_level == [chr(letter) for letter in range(ord("a"), ord(last) + 1)]


@pytest.mark.parametrize("risk", ["critical", "high", "medium", "low"])
def test_a_weight_of_scorecard_is_written_once(risk: str):
    """Whatever it is, full points in every check are an aggregate of 10."""
    text = re.sub(
        rf"(?m)^let {risk}_weight = \S+",
        f"let {risk}_weight = 3",
        Path(path_of("openssf-scorecard")).read_text("utf-8"),
    )
    changed = compile_source(Source("changed.guiju", text)).program
    assert changed is not None
    assert changed.digest != policy("openssf-scorecard").program.digest
    full = {"guiju": "evidence/1", "subject": "x", "facts": {f.id: 10 for f in changed.facts}}
    assert guiju.evaluate(guiju.Policy(changed), full).value("aggregate") == 10


@pytest.mark.parametrize("name", NAMES)
def test_a_case_says_what_it_was_checked_against(name: str):
    (file,) = (POLICIES / name / "cases").glob("*.yaml")
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]
    assert len(listed) == len(cases_in(name))
    assert [case["case"] for case in listed if ("verified" in case) == ("unverified" in case)] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_no_findings_and_is_canonical(name: str):
    loaded = load(path_of(name))
    assert loaded.diagnostics == ()
    assert loaded.document is not None
    assert format_document(loaded.document) == loaded.source.text


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_described_and_labelled_in_both_languages(name: str):
    program = policy(name).program
    assert program.id == name
    named = [*program.clauses, *program.groups, *program.facts]
    assert [t.id for t in named if t.label.zh == t.label.en] == []
    readme = (POLICIES / name / "README.md").read_text(encoding="utf-8")
    assert "**Unverified.**" in readme


# --- Evidence of their own, and nothing else -------------------------------------------------------------------------------

#: example -> its evidence, and what an outcome comes to: as the case of the same evidence has it
EVIDENCE: Mapping[str, tuple[str, str, str]] = {
    "openssf-scorecard": ("scorecard-run", "aggregate", "176/21"),
    "nist-sp-800-171-dod": ("self-assessment", "total@assessed", "101"),
    "owasp-samm": ("governance", "overall", "5/4"),
    "c2m2": ("utility", "mil:ASSET", "MIL2"),
    "iso-iec-33020": ("process", "capability", "CL2"),
    "classified-protection": ("system", "conclusion", "中等"),
}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_evaluated_by_the_command_that_its_page_shows(name: str):
    file, _, _ = EVIDENCE[name]
    call = ["evaluate", f"policies/examples/{name}/{name}.guiju", f"policies/examples/{name}/evidence/{file}.yaml"]
    assert f"$ guiju {' '.join(call)}\n" in (POLICIES / "README.md").read_text(encoding="utf-8")
    called = [part if part == "evaluate" else str(POLICIES.parents[1] / part) for part in call]
    result = CliRunner().invoke(main, called)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_of_another_shape_needs_only_files_under_policies(name: str, tmp_path: Path):
    """Its folder alone, anywhere else, under another name: nothing in the program knows the policy by its id or place."""
    file, address, value = EVIDENCE[name]
    policy = tmp_path / "own.guiju"
    policy.write_text(
        re.sub(
            rf"^(standard|标准) {name}", r"\1 own", Path(path_of(name)).read_text(encoding="utf-8"), flags=re.MULTILINE
        ),
        encoding="utf-8",
    )
    stated = (POLICIES / name / "evidence" / f"{file}.yaml").read_text(encoding="utf-8")
    evidence = tmp_path / "evidence.yaml"
    evidence.write_text(stated.replace(f"standard: {name}", "standard: own"), encoding="utf-8")
    assessment = guiju.evaluate(guiju.load(str(policy)), evidence)
    assert assessment.program.id == "own"
    assert [str(v) for v in assessment.possible(address).values] == [value]


def test_no_line_of_the_program_names_an_example():
    root = POLICIES.parents[1]
    files = [f for room in ("dsl", "compiler", "engine", "guiju") for f in (root / room).rglob("*.*") if f.is_file()]
    program = [f for f in files if f.suffix in (".py", ".lark") and root / "guiju" / "policies" not in f.parents]
    names = re.compile("|".join(map(re.escape, NAMES)) + r"|samm\b|800-171|33020|等保|\bMIL\d", re.IGNORECASE)
    assert len(program) > 100
    assert [str(f.relative_to(root)) for f in program if names.search(f.read_text(encoding="utf-8"))] == []


def test_examples_are_addressed_by_path_and_not_listed():
    assert len(NAMES) == 6
    assert {path.stem for path in POLICIES.glob("*/cases/*.yaml")} == set(NAMES)
    assert not set(NAMES) & set(bundled())
