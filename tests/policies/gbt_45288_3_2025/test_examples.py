"""The example assessments: their files are sound, and their stories come out as their comments tell them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from guiju.dsl.diagnostic import has_errors
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import evaluate
from guiju.exchange.evidence import read_evidence
from tests.policies.gbt_45288_3_2025.policy import FOLDER, program

STRONG, MID, FULL = "strong-platform-vendor", "mid-vendor-with-gaps", "full-stack-provider"
EXAMPLES = (STRONG, MID, FULL)

# example, readings, levels that can be reached
STORIES: tuple[tuple[str, Mapping[str, str], set[str]], ...] = (
    (STRONG, {}, {"L3"}),
    (STRONG, {"inclusive-or-more": "excluded"}, {"L2"}),
    (STRONG, {"k-of-128K": "binary"}, {"L3"}),
    (MID, {}, {"L1", "L2"}),
    (MID, {"inclusive-or-more": "excluded"}, {"L1"}),
    (FULL, {}, {"L2"}),
    (FULL, {"table-3-6.1.2.4": "through-e"}, {"L3"}),
    (FULL, {"gate-scope": "own-domain"}, {"L2"}),
    (FULL, {"gate-scope": "own-domain-carried"}, {"L3"}),
)


def bound(name: str) -> tuple[Bound, list[str]]:
    """An example bound to the policy, and the codes of what there is to say about it."""
    evidence, found = read_evidence(FOLDER / "evidence" / f"{name}.yaml")
    assert evidence is not None, found
    made, more = bind(program(), evidence)
    assert not has_errors(more), more
    return made, [d.code.name for d in (*found, *more)]


def test_the_examples_are_all_there():
    assert {path.stem for path in (FOLDER / "evidence").glob("*.yaml")} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_sound_and_marked_as_fictional(name: str):
    made, said = bound(name)
    assert made.evidence.fictional
    assert said == (["expired-evidence"] if name == MID else [])


@pytest.mark.parametrize(("name", "readings", "levels"), STORIES, ids=lambda x: x if isinstance(x, str) else "-")
def test_an_example_tells_its_story(name: str, readings: Mapping[str, str], levels: set[str]):
    assessment = evaluate(bound(name)[0], readings)
    assert set(assessment.possible("level").values) == levels


def test_the_mid_vendor_has_three_open_basic_items():
    assessment = evaluate(bound(MID)[0])
    basic = {r.clause: r.reason for r in assessment.undecided if "L1" in program().clause[r.clause].levels}
    inside = {clause: reason for clause, reason in basic.items() if not clause.startswith("6.3")}
    assert inside == {"6.1.2.4.c": "conflicting", "6.1.3.3.b": "missing", "6.2.2.5.b": "expired"}
