"""The example policies, each against cases that a person of its field can read: evidence, and what must come of it.

`verified` names what a case was checked against; `unverified` says how it was found, where nothing is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import guiju
from guiju.compiler.ir import Program, Special, Undefined, Value
from guiju.dsl.formatter import format_document
from guiju.engine.evaluate import Assessment
from guiju.library import bundled, load

POLICIES = Path(__file__).parents[3] / "policies" / "examples"
CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in POLICIES.iterdir() if path.is_dir())
KEYS = {"case", "why", "verified", "unverified", "inputs", "facts", "attested", "expect", "printed"}
OTHERS = ("all others", "其余测评项")  # every attested clause that is not named, every fact with options that is not
RANGE = re.compile(r"(?P<stem>.*)(?P<first>[a-z])~(?P<last>[a-z])")  # asset_1b~e
WHOLE_NUMBERS = re.compile(r"every whole number from (-?\d+) to (-?\d+)")

Case = Mapping[str, Any]


def path_of(name: str) -> str:
    return str(POLICIES / name / f"{name}.guiju")


def cases_of(name: str) -> list[Case]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


ALL = [pytest.param(name, case, id=f"{name}: {case['case']}") for name in NAMES for case in cases_of(name)]
PRINTED = [param for param in ALL if "printed" in param.values[1]]  # type: ignore[operator]


@cache
def policy(name: str) -> guiju.Policy:
    return guiju.load(path_of(name))


# --- From a case to evidence ------------------------------------------------------------------------------------------


def stated(case: Case, program: Program) -> dict[str, Any]:
    """The evidence that a case writes down, its ranges and its `all others` spelled out."""
    facts = dict(spelled_out(case.get("facts", {})))
    attested = dict(case.get("attested", {}))
    for word in OTHERS:
        if word in facts:
            answer = facts.pop(word)
            free = (f for f in program.facts if f.options and not {f.id, *f.aliases} & facts.keys())
            facts |= {f.id: answer for f in list(free)}
        if word in attested:
            verdict = attested.pop(word)
            attested = {c.id: verdict for c in program.clauses if c.condition is None} | attested
    inputs = case.get("inputs", {})
    return {"guiju": "evidence/1", "subject": "x", "inputs": inputs, "facts": facts, "attestations": attested}


def spelled_out(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        found = RANGE.fullmatch(name)
        letters = range(ord(found["first"]), ord(found["last"]) + 1) if found else ()
        names = [f"{found['stem']}{chr(letter)}" for letter in letters] if found else [name]
        yield from ((each, value) for each in names)


def assessed(name: str, case: Case) -> Assessment:
    return guiju.evaluate(policy(name), stated(case, policy(name).program))


# --- From a case to what is expected ------------------------------------------------------------------------------------


def expected(written: object) -> set[str]:
    """What a node must be able to be, and nothing else: one value, or a list where the evidence leaves some open."""
    found = WHOLE_NUMBERS.fullmatch(str(written))
    if found:
        return {str(n) for n in range(int(found[1]), int(found[2]) + 1)}
    return {str(each) for each in (written if isinstance(written, list) else [written])}


def shown(value: Value) -> str:
    if isinstance(value, Undefined):
        return "undefined"
    return value.value if isinstance(value, Special) else str(value)


# --- The tests ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "case"), ALL)
def test_a_case_comes_out_as_it_says(name: str, case: Case):
    assessment = assessed(name, case)
    for address, written in case["expect"].items():
        possible = assessment.possible(address)
        assert {shown(v) for v in possible.values} == expected(written), address
        assert possible.exact, address


@pytest.mark.parametrize(("name", "case"), PRINTED)
def test_a_result_rounds_to_the_one_that_was_published(name: str, case: Case):
    assessment = assessed(name, case)
    for address, written in case["printed"].items():
        (value,) = assessment.possible(address).values
        assert isinstance(value, Fraction)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        assert str(exact.quantize(Decimal(written), ROUND_HALF_UP)) == written, address


@pytest.mark.parametrize(("name", "case"), ALL)
def test_a_case_says_what_it_was_checked_against(name: str, case: Case):
    assert set(case) <= KEYS
    assert ("verified" in case) != ("unverified" in case)


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


def test_examples_are_addressed_by_path_and_not_listed():
    assert len(NAMES) == 6
    assert {path.stem for path in CASES.glob("*.yaml")} == set(NAMES)
    assert not set(NAMES) & set(bundled())
