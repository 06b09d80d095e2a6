"""The shared vocabulary: who asks for what, its example under all five standards, and what sharing saves, counted slowly."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.compiler.ir import UNKNOWN, Choice, Clause, Expression, FactRef, Operation, Program, Ref, Verdict
from guiju.engine.evaluate import Assessment, evaluate
from guiju.exchange.evidence import read_evidence
from guiju.library import load
from guiju.lookup import Standards
from guiju.standards import bind_for
from tests.docs.pages import between
from tests.project.repository import ROOT

GBT, ISC, TAF = "gbt-45288.3-2025", "t-isc-full-stack-2025-12", "t-taf-320-2025"
FANGSHENG, NOTE = "caict-fangsheng", "t-isc-23-drafting-note"
STANDARDS = (GBT, ISC, TAF, FANGSHENG, NOTE)
FOLDER = ROOT / "policies" / "vocabulary"
EXAMPLE = FOLDER / "evidence" / "full-stack-provider.yaml"
CASE = Path(__file__).with_name("coverage.md")


@cache
def program(standard: str) -> Program:
    found = guiju.load(standard).program
    assert found is not None
    return found


def text_of(standard: str) -> str:
    """A policy as it is written, without comments."""
    text = (ROOT / "policies" / standard / f"{standard}.guiju").read_text(encoding="utf-8")
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


def shared() -> list[str]:
    """The facts that the vocabulary declares, from its text."""
    text = (FOLDER / "large-model.guiju").read_text(encoding="utf-8")
    return re.findall(r"^fact (\w+) : ", text, re.MULTILINE)


# --- the vocabulary -------------------------------------------------------------------------------------------------


def facts_of(standard: str, expression: Expression | None) -> set[str]:
    """Every fact that an expression stands on, under whatever reading."""
    match expression:
        case FactRef():
            return {expression.fact}
        case Ref():
            return facts_of(standard, program(standard).definition[expression.name].expression)
        case Choice():
            return {fact for _, option in expression.options for fact in facts_of(standard, option)}
        case Operation():
            return {fact for operand in expression.operands for fact in facts_of(standard, operand)}
    return set()


def test_every_fact_serves_at_least_two_standards() -> None:
    assert len(shared()) == 26
    users = Counter(f.id for s in STANDARDS for f in program(s).facts if f.vocabulary == "large-model")
    assert set(users) == set(shared())
    assert min(users.values()) >= 2
    assert [f for f, n in users.items() if n > 2] == ["labels_reviewed", "training_recovery"]


def _facts_of(standard: str, clause: Clause) -> set[str]:
    return facts_of(standard, clause.condition) | facts_of(standard, clause.applies)


def test_the_readme_tells_which_clauses_stand_on_which_fact() -> None:
    rows = [r.strip("|").split("|") for r in between(FOLDER / "README.md", "shared").strip().splitlines()[2:]]
    told = {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in rows}
    assert list(told) == shared()
    for fact, cells in told.items():
        for standard, cell in zip(STANDARDS, cells, strict=True):
            clauses = program(standard).clauses
            users = [c.printed for c in clauses if fact in _facts_of(standard, c)]
            assert cell == ", ".join(users), (fact, standard)


def test_no_standard_states_a_period_so_no_fact_has_a_validity() -> None:
    assert [f.id for s in STANDARDS for f in program(s).facts if f.validity is not None] == []


def test_a_shared_fact_has_label_guidance_and_evidence_in_both_languages() -> None:
    for fact in {f.id: f for s in STANDARDS for f in program(s).facts if f.vocabulary}.values():
        for text in (fact.label, fact.guidance, fact.evidence, *(o.label for o in fact.options)):
            assert text is not None, fact.id
            assert re.search("[\u4e00-\u9fff]", text.zh), fact.id
            assert text.en.isascii(), fact.id
        assert fact.aliases, fact.id


# --- the example ----------------------------------------------------------------------------------------------------


def assess(standard: str, path: Path = EXAMPLE) -> tuple[Assessment, list[str]]:
    """One standard of the example, and what there is to say about it."""
    evidence, found = read_evidence(path)
    assert evidence is not None, found
    bindings = bind_for(program(standard), evidence, Standards(()))
    said = [f"{d.code.name} {dict(d.arguments)['name']}" for d in (*found, *bindings.diagnostics)]
    return evaluate(bindings.bound), said


# Worked by hand from the file: what is not satisfied, and what is open with its reason.
UNSATISFIED: Mapping[str, str] = {
    GBT: """
        6.1.1.3.h 6.1.2.4.f 6.1.3.4.e 6.2.1.2.d 6.2.2.2.b 6.2.2.6.g 6.3.1.3.g 6.3.2.1.b 6.3.2.2.j 6.3.3.2.f
    """,
    ISC: "6.3.1-1 6.4.3-3 8.5-3",
    TAF: "5.1.a 6.2.e 6.4.d",
    FANGSHENG: "datasets-application methods-application tools-application tools-safety 3-4",
    NOTE: "",
}
OPEN: Mapping[str, Mapping[str, str]] = {
    GBT: {"6.1.1.2.e": "missing", "6.1.3.2.c": "missing", "6.2.2.1.c": "missing", "6.3.3.2.h": "missing"},
    ISC: {"6.3.3-3": "missing", "7.5-2": "expired"},
    TAF: {"6.3.c": "missing"},
    FANGSHENG: {"3-2": "missing", "3-6": "missing"},
    NOTE: {"8-2": "partial", "8-5": "partial", "8-7": "partial"},
}


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_example_evaluates_under_every_standard(standard: str) -> None:
    assessment, said = assess(standard)
    assert assessment.bound.evidence.fictional
    assert said == (["expired-evidence inference_rescue"] if standard == ISC else [])
    verdicts = {i: r.verdict for i, r in assessment.clauses.items()}
    assert [i for i, v in verdicts.items() if v is Verdict.UNSATISFIED] == UNSATISFIED[standard].split()
    assert {r.clause: r.reason for r in assessment.undecided} == OPEN[standard]


def test_one_fact_is_enough_for_one_standard_and_not_for_another() -> None:
    """Duplicates are removed within a set; versions can be trained again and not compared."""
    gbt, isc = assess(GBT)[0].clauses, assess(ISC)[0].clauses
    assert gbt["6.1.2.2.b.3"].verdict is Verdict.SATISFIED
    assert isc["6.3.1-1"].verdict is Verdict.UNSATISFIED
    assert gbt["6.2.2.2.b"].verdict is Verdict.UNSATISFIED
    assert isc["7.1.1-5"].verdict is Verdict.SATISFIED


def test_a_policy_is_compiled_anew_when_its_vocabulary_has_changed(tmp_path: Path) -> None:
    policy, vocabulary = tmp_path / "p.guiju", tmp_path / "words.guiju"
    policy.write_text(
        'standard p "P"\nuse words\ngroups section\nsection 1.1\n  a) "甲" / "A" lit = yes\n', encoding="utf-8"
    )
    for number, label in enumerate(("灯", "灯光")):
        vocabulary.write_text(f'vocabulary words "词"\nfact lit : yes-no "{label}"\n', encoding="utf-8")
        os.utime(vocabulary, ns=(number, number))
        found = load(str(policy)).program
        assert found is not None
        assert found.fact["lit"].label.zh == label


# --- what comes through the crosswalk -------------------------------------------------------------------------------


def test_the_layers_are_covered_by_way_of_the_crosswalk() -> None:
    assessment, _ = assess(NOTE)
    by = {i: r.by for i, r in assessment.clauses.items()}
    assert [i for i, decider in by.items() if decider == "crosswalk"] == ["8-1", "8-3", "8-4"]
    assert set(assessment.possible("layers_covered").values) == {Fraction(3, 5), Fraction(4, 5), Fraction(1)}


def test_an_explanation_names_the_relation_in_its_language() -> None:
    assessment, _ = assess(NOTE)
    assert "满足 (超集) [F-01] — 15 条中 15 条满足" in guiju.explain(assessment, "8-1", language="zh")
    assert "satisfied (superset) [F-01] — 15 of 15 satisfied" in guiju.explain(assessment, "8-1", language="en")


@pytest.mark.parametrize(("layer", "clause"), [("8-1", "5.1-1"), ("8-3", "7.3.2-1"), ("8-4", "8.3-2")], ids=str)
def test_a_layer_opens_when_one_source_clause_is_no_longer_satisfied(layer: str, clause: str, tmp_path: Path) -> None:
    line = re.compile(rf"^(      {re.escape(clause)}: {{verdict: )satisfied", re.MULTILINE)
    text, changed = line.subn(r"\1unsatisfied", EXAMPLE.read_text(encoding="utf-8"))
    assert changed == 1
    path = tmp_path / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    assessment, _ = assess(NOTE, path)
    result = assessment.clauses[layer]
    assert (result.verdict, result.reason) == (UNKNOWN, "partial")
    low = min(v for v in assessment.possible("layers_covered").values if isinstance(v, Fraction))
    assert low == Fraction(2, 5)


# --- what sharing saves, counted from the texts ---------------------------------------------------------------------


def own_facts(standard: str) -> Iterator[str]:
    """The facts that a policy declares itself and gives no formula."""
    for name, rest in re.findall(r"^fact (\w+) : (.*)$", text_of(standard), re.MULTILINE):
        if not re.match(r"\S+ = ", rest):
            yield f"{standard} {name}"


def taken_up(standard: str) -> Iterator[str]:
    """The shared facts that a policy names."""
    words = set(re.findall(r"\w+", text_of(standard)))
    yield from (fact for fact in shared() if fact in words)


def attested(standard: str) -> Iterator[str]:
    """The clauses of a policy that say `attested`."""
    lines = [line for line in text_of(standard).splitlines() if re.search(r" attested( applies .*| cites .*)?$", line)]
    yield from (f"{standard} {line.strip()} {number}" for number, line in enumerate(lines))


def coverage() -> dict[str, object]:
    result = CliRunner().invoke(main, ["coverage", str(EXAMPLE), "--format", "json"])
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_the_figures_of_the_coverage_are_those_of_a_slow_count() -> None:
    asked = {s: [*own_facts(s), *taken_up(s), *attested(s)] for s in STANDARDS}
    alone = sum(len(questions) for questions in asked.values())
    different = len({q for questions in asked.values() for q in questions})
    by_crosswalk = sum(r.by == "crosswalk" for s in STANDARDS for r in assess(s)[0].clauses.values())
    found = coverage()
    assert found["questions_alone"] == alone
    assert found["questions_together"] == different - by_crosswalk
    assert found["saved_by_vocabulary"] == alone - different
    assert found["saved_by_crosswalk"] == by_crosswalk == 3
    # two facts serve three standards, the other 24 serve two
    assert alone - different == 2 * 2 + 24
    listed = found["standards"]
    assert isinstance(listed, list)
    assert {s["policy"]: s["questions"] for s in listed} == {s: len(questions) for s, questions in asked.items()}
    assert {s["policy"]: s["shared"] for s in listed} == {s: len(list(taken_up(s))) for s in STANDARDS}


def test_every_clause_is_counted_once() -> None:
    for s in coverage()["standards"]:  # type: ignore[attr-defined]
        counted = [s[key] for key in ("satisfied", "unsatisfied", "not_applicable", "unknown")]
        assert sum(counted) == len(program(s["policy"]).items())
        assert s["unsatisfied"] == len(UNSATISFIED[s["policy"]].split())
        assert s["unknown"] == len(OPEN[s["policy"]])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_coverage_is_printed_as_the_case_shows_it(language: str, request: pytest.FixtureRequest) -> None:
    printed = CliRunner().invoke(main, ["coverage", str(EXAMPLE), "--lang", language]).stdout
    text = CASE.read_text(encoding="utf-8")
    block = re.compile(rf"(^## {language}\n\n```text\n)((?:.*\n)*?)(```)", re.MULTILINE)
    if request.config.getoption("--update-cases", default=False):
        CASE.write_text(block.sub(lambda m: m[1] + printed + m[3], text), encoding="utf-8")
        return
    found = block.search(text)
    assert found is not None
    assert found[2] == printed
