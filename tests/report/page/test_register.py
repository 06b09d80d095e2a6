"""What the register holds is on the page: dates, samples, waivers, findings, and what each piece of evidence is for."""

from __future__ import annotations

import pytest

from guiju.dsl.diagnostic import Language
from guiju.report.document import Listing, Paragraph, Row, Section, Table
from guiju.report.explained.limits import limits
from guiju.report.explained.registers import evidence
from guiju.report.explained.subject import Explained
from guiju.report.result import result_of
from tests.engine.registered import assess

POLICY = """groups section
fact n : count
section 1
  a) "a" attested
  b) "b" n >= 3
score S = share of clauses satisfied
"""
EVIDENCE = """evidence:
  visit: {kind: inspection, collected: 2026-01-10, received: 2026-01-12, period: {from: 2026-01-01}, method: walk,
    revision: "2", confidentiality: internal}
  leave: {kind: letter}
  note: {kind: letter}
  mended: {kind: photo}
  drawn: {kind: log}
  counted: {kind: log}
  idle: {kind: log}
attestations:
  1.a: [{verdict: unsatisfied, evidence: visit}, {voice: waiver, by: Board, reason: r, until: 2026-12-31, evidence: leave}]
samples:
  s: {clause: 1.a, population: 9, rule: all, voice: assessor, results: {i: {result: unsatisfied, evidence: drawn}}}
  t: {fact: n, population: 9, rule: count, results: {i: {result: satisfied, evidence: counted}}}
findings:
  F-1: {clause: 1.a, grade: observation, statement: dark, evidence: note,
    closure: {on: 2026-03-01, by: A, evidence: mended}}
"""


def explained(language: Language) -> Explained:
    found = assess(POLICY, EVIDENCE)
    return Explained(found, result_of(found, language), language)


def rows(section: Section) -> dict[str, str]:
    """The rows of a table by their first cells, each as one text."""
    (table,) = section.blocks
    assert isinstance(table, Table)
    lines = {row.anchor.removeprefix("evidence-"): _text(row) for row in table.rows}
    return {next(word for word in text.split() if word): text for text in lines.values()}


def _text(row: Row) -> str:
    return " ".join(run.text for cell in row.cells for line in cell.lines for run in line)


def test_each_piece_of_evidence_says_what_it_is_for() -> None:
    told = rows(evidence(explained("en")))
    for part in ("collected 2026-01-10", "received 2026-01-12", "about 2026-01-01 to …", "method: walk", "revision 2"):
        assert part in told["visit"]
    assert "confidentiality: internal" in told["visit"]
    for used in ("visit", "leave", "note", "mended", "drawn"):
        assert told[used].endswith("1 a)"), told[used]
    assert told["counted"].endswith(" n")
    assert told["idle"].endswith("no fact or attestation names it")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            (
                "Waivers (they change no verdict and no score): 1",
                "waiver by Board until 2026-12-31: r",
                "Findings: 1",
                "F-1  observation  1 a) a: dark  (closed by A on 2026-03-01)  [note]  (closed, but the clause is unsatisfied)",
            ),
        ),
        (
            "zh",
            (
                "豁免 (不改变结论和得分): 1",
                "Board豁免至 2026-12-31: r",
                "评价发现: 1",
                "F-1  观察项  1 a) a: dark  (A 2026-03-01 关闭)  [note]  (已关闭，条款却不满足)",
            ),
        ),
    ],
)
def test_waivers_and_findings_are_among_the_limits(language: Language, lines: tuple[str, ...]) -> None:
    said = []
    for block in limits(explained(language)).blocks:
        if isinstance(block, Paragraph):
            said.append("".join(run.text for run in block.runs))
        elif isinstance(block, Listing):
            said += ["".join(run.text for run in item) for item in block.items]
    for line in lines:
        assert any(line in text for text in said), line
