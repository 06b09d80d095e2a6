"""A public catalog of over a thousand requirements with three baselines: imported, compiled, graded, and compared.

The numbers come from the files themselves, counted here by other means than the importer's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from guiju import Policy, evaluate
from guiju.cli.main import main
from guiju.compiler.ir import Verdict
from guiju.dsl.source import Source
from guiju.engine.reasoning.asking.questions import inquire
from guiju.engine.reasoning.editions.amendments import amendments
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.means import clauses_alone
from guiju.engine.reasoning.planning.mending import mendings
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.engine.reasoning.planning.stretch import stretch_of
from guiju.engine.reasoning.planning.terrain import explored
from guiju.intake.catalog import Catalog
from guiju.intake.read import read
from guiju.intake.skeleton import skeleton
from guiju.library import compile_source

HERE = Path(__file__).parent / "nist-sp800-53-rev4"
BASELINES = ("LOW", "MODERATE", "HIGH")
LEVELS = (*BASELINES, "whole")


@cache
def imported() -> Catalog:
    catalog, found = read(HERE / "catalog.json", tuple((name, HERE / f"{name}.json") for name in BASELINES))
    assert catalog is not None, found
    return catalog


@cache
def policy() -> Policy:
    loaded = compile_source(Source("nist.guiju", skeleton(imported(), "en")))
    assert loaded.program is not None, loaded.diagnostics
    return Policy(loaded.program, loaded.diagnostics)


@cache
def controls() -> tuple[dict[str, Any], ...]:
    """Every control and enhancement of the file that is not withdrawn."""
    catalog = json.loads((HERE / "catalog.json").read_text(encoding="utf-8"))["catalog"]
    found = [control for group in catalog["groups"] for control in _below(group)]
    return tuple(c for c in found if not any(p["value"] == "Withdrawn" for p in c["props"] if p["name"] == "status"))


def _below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for control in node.get("controls", ()):
        yield control
        yield from _below(control)


def _leaf_items(control: dict[str, Any]) -> int:
    def count(part: dict[str, Any]) -> int:
        return sum(count(inner) for inner in part["parts"]) if part.get("parts") else 1

    return sum(count(part) for part in control["parts"])


def chosen(baseline: str) -> set[str]:
    profile = json.loads((HERE / f"{baseline}.json").read_text(encoding="utf-8"))["profile"]
    return {id_ for one in profile["imports"] for part in one["include-controls"] for id_ in part["with-ids"]}


def test_every_item_of_every_control_is_a_clause():
    assert len(policy().program.items()) == sum(map(_leaf_items, controls())) == 1323
    assert len(controls()) == 826


def test_a_clause_counts_at_the_levels_of_the_baselines_that_choose_its_control():
    program = policy().program
    for baseline in BASELINES:
        expected = sum(_leaf_items(control) for control in controls() if control["id"] in chosen(baseline))
        assert sum(baseline in clause.levels for clause in program.items()) == expected
    assert all("whole" in clause.levels for clause in program.items())


def test_withdrawn_controls_are_told_with_where_they_went():
    told = {unread.quote: unread.why.en for unread in imported().unread if unread.reason == "withdrawn"}
    assert len(told) == 922 - 826
    assert told["AC-13 Supervision and Review - Access Control"] == "withdrawn, see ac-2, au-6"


def test_a_baseline_that_lacks_a_control_of_the_one_below_compiles_as_it_is_and_is_told():
    assert chosen("MODERATE") - chosen("HIGH") == {"cm-7.4"}
    assert [
        unread.why.en for unread in imported().unread if unread.reason == "choice" and "lacks" in unread.why.en
    ] == ["HIGH lacks some of MODERATE; kept as it is"]
    assert policy().diagnostics == ()


def _evidence(but: tuple[str, ...] = ()) -> dict[str, Any]:
    attested = {c.id: "unsatisfied" if c.id in but else "satisfied" for c in policy().program.items()}
    return {"guiju": "evidence/1", "subject": "Example", "voice": "assessor", "attestations": attested}


def test_it_is_graded():
    assert evaluate(policy(), _evidence()).value("level") == "whole"
    assert evaluate(policy(), _evidence(("SC-3.1",))).value("level") == "HIGH"  # in no baseline
    assert evaluate(policy(), _evidence(("AC-1.a.1",))).value("level") == "none"  # in all three


def test_with_nothing_known_every_level_can_be_reached_and_that_is_exact():
    possible = evaluate(policy(), {"guiju": "evidence/1", "subject": "Example"}).possible("level")
    assert possible.exact
    assert set(possible.values) == {*BASELINES, "whole", "none"}


def _aim(level: str) -> Aim:
    assessment = evaluate(policy(), {"guiju": "evidence/1", "subject": "Example"})
    return Aim(assessment, "level", wanted_from(assessment, "level", level))


def test_what_stands_in_the_way_of_a_baseline_is_found_in_few_states():
    """The smallest set for LOW is LOW itself: of its 415 items each counts, and nothing else does."""
    aim = _aim("LOW")
    found = mendings(aim)
    low = sum("LOW" in clause.levels for clause in policy().program.items())
    assert (found.counts, found.complete) == ({low: 1}, True)
    assert max(len(states) for states in explored(stretch_of(clauses_alone(aim))).states) <= 2 ** len(LEVELS)


def test_every_question_says_what_its_answers_leave():
    """An item of LOW that is not satisfied ends all; one that is in no baseline keeps `whole` out and nothing else."""
    inquiry = inquire(evaluate(policy(), {"guiju": "evidence/1", "subject": "Example"}).bound)
    every = frozenset({*LEVELS, "none"})
    left = {q.address: dict(q.answers) for q in inquiry.questions}
    assert len(left) == 1323
    assert all(q.exact for q in inquiry.questions)
    assert left["clause:AC-1.a.1"] == {Verdict.SATISFIED: (every,), Verdict.UNSATISFIED: (frozenset({"none"}),)}
    assert left["clause:SC-3.1"] == {Verdict.SATISFIED: (every,), Verdict.UNSATISFIED: (every - {"whole"},)}


def test_the_cheapest_way_to_a_baseline_is_proved():
    aim = _aim("LOW")
    remedy = remedy_for(aim, Terms())
    low = {f"clause:{clause.id}" for clause in policy().program.items() if "LOW" in clause.levels}
    assert (set(remedy.changes), remedy.proved) == (low, True)
    certificate = certificate_of(aim, Terms(), remedy)
    assert certificate is not None
    assert refuted(aim, Terms(), certificate) is None


def test_import_check_grade_and_diff_as_they_are_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """From the files to what changed between two imports, through the commands alone."""
    monkeypatch.chdir(tmp_path)
    low = (HERE / "LOW.json").read_text(encoding="utf-8").replace('"ac-2",', '"ac-2",\n "ac-2.1",')
    (tmp_path / "later.json").write_text(low, encoding="utf-8")
    others = [f"--profile={name}={HERE / name}.json" for name in BASELINES[1:]]
    for policy_file, lowest in (("before.guiju", HERE / "LOW.json"), ("after.guiju", tmp_path / "later.json")):
        said = _run(
            "import", str(HERE / "catalog.json"), f"--profile=LOW={lowest}", *others, "--id=nist", "-o", policy_file
        )
        assert said.startswith("catalog.json -> standard nist:")
        assert _run("check", policy_file) == f"{policy_file}: no findings\n"
    evidence = {**_evidence(("AC-2.1",)), "standard": "nist"}  # YAML holds JSON
    Path("evidence.yaml").write_text(json.dumps(evidence), encoding="utf-8")
    before, after = (_run("evaluate", policy_file, "evidence.yaml") for policy_file in ("before.guiju", "after.guiju"))
    assert "Outcome  Level: LOW" in before
    assert "Outcome  Level: no level" in after
    told = _run("diff", "before.guiju", "after.guiju")
    assert re.findall(r"^ +\d+\. (\S+) ", told, re.MULTILINE) == ["AC-2.1"], told


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert (result.exit_code, result.exception) == (0, None), result.output
    return result.stdout


def test_two_imports_are_told_apart_by_what_a_baseline_chooses(tmp_path: Path):
    """AC-2(1), which stands in MODERATE and HIGH, is taken into LOW: one amendment, and no other."""
    low = (HERE / "LOW.json").read_text(encoding="utf-8").replace('"ac-2",', '"ac-2",\n "ac-2.1",')
    (tmp_path / "LOW.json").write_text(low, encoding="utf-8")
    files = {"LOW": tmp_path / "LOW.json", "MODERATE": HERE / "MODERATE.json", "HIGH": HERE / "HIGH.json"}
    catalog, _ = read(HERE / "catalog.json", tuple(files.items()))
    assert catalog is not None
    later = compile_source(Source("nist.guiju", skeleton(catalog, "en"))).program
    assert later is not None
    assert [(a.what, a.about, a.was, a.now) for a in amendments(policy().program, later)] == [
        ("level", "clause:AC-2.1", "MODERATE, HIGH, whole", "LOW, MODERATE, HIGH, whole")
    ]
