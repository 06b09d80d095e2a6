"""The page on what is proved of the bundled standards: its tables are what `guiju prove` says."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from tests.docs import proofs
from tests.docs.pages import between

QUICK = ("t-isc-23-drafting-note",)
LONG = (
    "gbt-45288.3-2025",
    "t-isc-full-stack-2025-12",
    "openssf-scorecard",
    "owasp-samm",
)  # minutes each: `make proofs`
TIMED = (
    "openssf-scorecard",
    "gbt-45288.3-2025",
)  # the solver runs out of time on some claims, on other machines on other ones
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", proofs.PAGES)


def _gate(standard: str) -> tuple[pytest.MarkDecorator, ...]:
    """Where the rows of a standard are held: with all tests, in `make slow`, or in `make proofs`."""
    return () if standard in QUICK else (pytest.mark.proofs if standard in LONG else pytest.mark.slow,)


def rows_of(language: str, marker: str) -> list[list[str]]:
    lines = [line for line in between(proofs.PAGES[language], marker).strip().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@IN_EACH_LANGUAGE
def test_every_property_and_every_standard_has_its_row(language: str) -> None:
    assert rows_of(language, "properties") == proofs.properties(language)
    assert [row[0] for row in rows_of(language, "totals")] == [f"`{s}`" for s in proofs.STANDARDS]


@pytest.mark.parametrize(
    "standard",
    [pytest.param(s, marks=_gate(s)) for s in proofs.STANDARDS],
)
def test_the_rows_of_a_standard_are_what_the_command_says(standard: str) -> None:
    result = CliRunner().invoke(main, ["prove", proofs.path_of(standard), "--format", "json", "--lang", "en"])
    printed = json.loads(result.stdout)
    for language in proofs.PAGES:
        found = [row for row in rows_of(language, "findings") if row[0] == f"`{standard}`"]
        told = proofs.findings(standard, printed, language)
        if standard in TIMED:
            assert found[0] == told[0]
            continue
        assert found == told
        assert proofs.totals(standard, printed, language) in rows_of(language, "totals")
    assert result.exit_code == {"proved": 0, "refuted": 1, "not-proved": 4}[printed["answer"]]
