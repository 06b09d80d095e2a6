"""The live formulas of a workbook and the engine, over fillings of all kinds: nothing that a sheet settles is otherwise.

`make workbooks` computes them in LibreOffice; elsewhere these tests are skipped and say so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.exchange.workbook.write import workbook_bytes
from guiju.library import load
from tests.engine.strategies import programs
from tests.workbooks.agreement import Job, Tally, blocks, come_back, compare, job, typed
from tests.workbooks.drawn import fillings
from tests.workbooks.office import recalculated

pytestmark = [
    pytest.mark.workbooks,
    pytest.mark.skipif("GUIJU_OFFICE_TESTS" not in os.environ, reason="`make workbooks` computes them in LibreOffice"),
]
ROOT = Path(__file__).parents[2] / "policies"
BUNDLED = {
    "gbt-45288.3-2025": 120,
    "t-isc-full-stack-2025-12": 48,
    "t-isc-23-drafting-note": 24,
    "t-taf-320-2025": 24,
    "caict-fangsheng": 24,
    **{
        str(ROOT / "examples" / name): 24
        for name in (
            "c2m2",
            "classified-protection",
            "iso-iec-33020",
            "nist-sp-800-171-dod",
            "openssf-scorecard",
            "owasp-samm",
            "reading-rooms/reading-rooms-2024.guiju",
        )
    },
}
LOOKALIKES = """standard lookalikes "LOOKALIKES 1"
fact GPU : % "One"
fact gpu : % "Other"
fact delay : ms "Delay"
levels
  L1 "One"
groups part
part a "Names that differ in case alone"
  clause ac-1 "Small" attested
  clause AC-1 "Large" attested
  clause ac-2 "Lower" gpu >= 99.9 %
  clause ac-3 "Upper" GPU >= 57.3 %
  clause ac-4 "Quick" delay <= 0.3 s
membership
  part | L1
  a | all
score of each part at each level = count of clauses satisfied
"""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
DRAWN, FILLINGS_OF_DRAWN = 40, 12


def agree(jobs: list[Job], folder: Path, saved: int = 1) -> Tally:
    """Every filling of every workbook, computed in one office; prints how much was compared.

    Of each workbook the last few are saved as the office does, and read back.
    """
    books = []
    for n, new in enumerate(jobs):
        new.path, new.saved = folder / f"{n}.xlsx", saved
        new.path.write_bytes(workbook_bytes(new.book))
        entries = [
            {"blocks": blocks(new.answers, f), "typed": typed(new.answers, f), "saved": str(new.saved_as(m) or "")}
            for m, f in enumerate(new.fillings)
        ]
        books.append({"path": str(new.path), "fillings": entries, "read": new.read})
    tally, rows = Tally(), 0
    for new, found in zip(jobs, recalculated(books), strict=True):
        for n, cells in enumerate(found):
            compare(new, n, cells, tally)
            come_back(new, n, tally)
        rows += len(found) * len(new.program.clauses)
    print(  # noqa: T201 - the gate tells its figures
        f"\n{len(jobs)} policies, {sum(len(j.fillings) for j in jobs)} sets, {rows} rows, {tally.values} values:"
        f" {tally.settled} settled by both, {tally.open_in_sheet} by the engine alone,"
        f" {tally.cells} cells read back,"
        f" {len(tally.differences)} differences",
        *tally.differences,
        sep="\n",
    )
    return tally


def test_the_bundled_policies_come_to_what_the_engine_says(tmp_path: Path) -> None:
    jobs = []
    for name, number in BUNDLED.items():
        program = load(name).program
        assert program is not None
        for n, language in enumerate(LANGUAGES):
            drawn = list(fillings(program, number // 2, n, language))
            jobs.append(job(program, program.defaults, drawn, language))
    tally = agree(jobs, tmp_path)
    assert tally.differences == []
    assert tally.settled * 2 > tally.values  # what agrees only because nothing is settled shows nothing
    assert not [n.address for j in jobs for n in j.circuit.not_live]


def test_what_is_written_below_a_list_settles_nothing_otherwise(tmp_path: Path) -> None:
    jobs = []
    short = {"evidence": 1, "statements": 2, "findings": 1, "samples": 1, "instances": 1}
    for name in ("t-taf-320-2025", "caict-fangsheng"):
        program = load(name).program
        assert program is not None
        jobs.append(job(program, program.defaults, list(fillings(program, 24, 1)), short=short))
    tally = agree(jobs, tmp_path, saved=0)
    assert tally.differences == []
    assert tally.settled


def test_names_that_differ_in_case_alone_are_different_names(tmp_path: Path) -> None:
    path = tmp_path / "lookalikes.guiju"
    path.write_text(LOOKALIKES, "utf-8")
    program = load(str(path)).program
    assert program is not None
    jobs = [
        job(program, {}, list(fillings(program, 60, n, language)), language) for n, language in enumerate(LANGUAGES)
    ]
    tally = agree(jobs, tmp_path, saved=12)
    assert tally.differences == []
    assert tally.cells > 0


def test_drawn_policies_come_to_what_the_engine_says(tmp_path: Path) -> None:
    drawn: list[Program] = []

    @seed(7)
    @settings(max_examples=DRAWN, phases=[Phase.generate], database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(programs())
    def collect(program: Program) -> None:
        drawn.append(program)

    collect()
    jobs = []
    for n, program in enumerate(drawn):
        language = LANGUAGES[n % 2]
        filled = list(fillings(program, FILLINGS_OF_DRAWN, n, language))
        jobs.append(job(program, program.defaults, filled, language))
    assert agree(jobs, tmp_path).differences == []
