"""What other readings do to each outcome, for the example that answers all five standards: counted slowly, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.reasoning.readings.depending import reading_effects
from tests.project.repository import ROOT

EXAMPLE = ROOT / "policies" / "vocabulary" / "evidence" / "full-stack-provider.yaml"

#: standard -> combinations of all its readings
COMBINATIONS = {
    "t-isc-full-stack-2025-12": 512,
    "t-taf-320-2025": 16,
    "caict-fangsheng": 36,
    "t-isc-23-drafting-note": 8,
}
#: standard -> the readings that, changed alone, change each outcome; worked by hand from the text of the readings.
#: Two of them ask what the file does not say (which modalities, which activities), and change nothing here: every
#: clause to which they give a condition is attested, or has one in common with a clause that is, so it applies.
#: All leads are satisfied here, as are the shoulds that may be shalls: they move shares, and nothing that blocks.
DECIDING: dict[str, dict[str, set[str]]] = {
    "gbt-45288.3-2025": {"level": set()},
    "t-isc-full-stack-2025-12": {
        "conformance": {"requirement-item", "own-lead", "conversions", "should-below-shall"},
        "blocking": set(),
        "coverage": {"requirement-item", "should-below-shall"},
    },
    "t-taf-320-2025": {"adoption": {"one-evaluation", "leads"}, "adopted": {"one-evaluation", "leads"}},
    "caict-fangsheng": {
        "industry_coverage": set(),
        "application_coverage": {"cells"},
        "general_coverage": set(),
        "safety_coverage": {"cells"},
        "framework_coverage": {"cells"},
        "challenges_met": {"challenge-met", "framework-answers"},
    },
    "t-isc-23-drafting-note": {
        "layers_covered": {"security-layer"},
        "topics_covered": {"security-layer"},
        "conformity": set(),
    },
}


def outcomes(assessment: Assessment) -> dict[str, frozenset[object]]:
    return {o: frozenset(assessment.possible(o).values) for o in assessment.program.outcomes}


def one_by_one(
    here: Assessment, names: tuple[str, ...] | None = None
) -> Iterator[tuple[Mapping[str, str], Assessment]]:
    """Every combination of readings, each assessed by itself."""
    readings = [r for r in here.program.readings if names is None or r.id in names]
    for options in product(*([o.id for o in r.options] for r in readings)):
        chosen = {r.id: option for r, option in zip(readings, options, strict=True)}
        yield chosen, evaluate(here.bound, chosen)


def check(here: Assessment, each: Iterator[tuple[Mapping[str, str], Assessment]]) -> int:
    """That what is said of combinations is what assessing them gives; how many there were."""
    effects, own, count = reading_effects(here), outcomes(here), 0
    assert effects.complete
    reachable = {o: set(values) for o, values in own.items()}
    for chosen, assessment in each:
        found = outcomes(assessment)
        for outcome, values in found.items():
            reachable[outcome] |= values
        said = [a.outcomes for a in effects.changing if a.readings.items() <= chosen.items()]
        assert found == own or found in said, chosen
        count += 1
    assert effects.reachable == reachable
    return count


@pytest.mark.parametrize("standard", COMBINATIONS)
def test_every_combination_of_readings_leads_where_it_is_said_to(standard: str) -> None:
    here = guiju.evaluate(standard, EXAMPLE)
    assert check(here, one_by_one(here)) == COMBINATIONS[standard]


@pytest.mark.slow
def test_every_combination_that_can_matter_leads_where_it_is_said_to_in_the_national_standard() -> None:
    here = guiju.evaluate("gbt-45288.3-2025", EXAMPLE)
    assert check(here, one_by_one(here, reading_effects(here).active)) == 2304


@pytest.mark.parametrize("standard", DECIDING)
def test_a_reading_decides_an_outcome_by_itself_just_where_that_was_worked_out_by_hand(standard: str) -> None:
    here = guiju.evaluate(standard, EXAMPLE)
    found: dict[str, set[str]] = {o: set() for o in here.program.outcomes}
    for reading in here.program.readings:
        for _, assessment in one_by_one(here, (reading.id,)):
            for outcome, values in outcomes(assessment).items():
                if values != outcomes(here)[outcome]:
                    found[outcome].add(reading.id)
    assert found == DECIDING[standard]


@pytest.mark.parametrize("standard", DECIDING)
def test_the_report_says_of_each_outcome_whether_readings_decide_it(standard: str) -> None:
    printed = CliRunner().invoke(main, ["evaluate", standard, str(EXAMPLE), "--lang", "en", "--format", "json"]).stdout
    told = json.loads(printed)["readings"]
    assert told["complete"]
    assert told["same"] == [o for o, readings in DECIDING[standard].items() if not readings]
    for outcome, readings in DECIDING[standard].items():
        now = next(o for o in json.loads(printed)["outcomes"] if o["id"] == outcome)["possible"]["values"]
        changed = [set(a["readings"]) for a in told["changing"] if a["outcomes"][outcome] != now]
        assert {name for names in changed if len(names) == 1 for name in names} == readings
        assert all(names & readings for names in changed)  # a combination decides by way of one that does


def test_the_report_names_the_outcomes_that_stay_the_same() -> None:
    command = ["evaluate", "t-isc-full-stack-2025-12", str(EXAMPLE), "--lang", "en"]
    said = CliRunner().invoke(main, command).stdout
    assert "  Shall items that block: nothing but 2 or 3 under any reading\n" in said
    assert "  Should coverage: what it can be depends on readings requirement-item, should-below-shall\n" in said
