"""The crosswalks of the T/ISC draft and of T/TAF 320, typed from reading the texts side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import UNKNOWN
from guiju.pins import crosswalk_findings

GBT, ISC, TAF = "gbt-45288.3-2025", "t-isc-full-stack-2025-12", "t-taf-320-2025"
# clause here, relation of what the other asks to what this one asks, clauses there
ROWS: dict[str, list[tuple[str, str, str, str]]] = {
    ISC: [
        ("5.1-4", "superset", GBT, "6.1.3.3 a)"),  # virtual hardware; there also of several kinds, pooled
        ("6.2-2-4", "equal", GBT, "6.1.3.1 f)"),  # a vector database
        ("7.1.1-6", "superset", GBT, "6.1.3.3 c)"),  # parallel in one machine; there also in many, and mixed
        ("7.1.1-7", "superset", GBT, "6.1.3.3 c)"),
        ("7.1.4-1", "intersects", GBT, "6.1.3.2 b)"),  # quick recovery; there from a checkpoint, with isolation
        ("7.3.1-2", "subset", GBT, "6.3.1.2 c)"),  # inference scales; here by hand as well
        ("7.3.2-2", "equal", GBT, "6.2.2.6 a)"),  # deployment in several precisions
    ],
    TAF: [
        ("4.1.b", "intersects", GBT, "6.3.1.3 b)"),
        ("4.1.c", "intersects", GBT, "6.1.3.2 a)~b)"),
        ("4.3.c", "intersects", GBT, "6.1.2.2 c) 3)"),
        ("6.3.a", "intersects", GBT, "6.3.3.1 b)"),
        ("4.1.c", "intersects", ISC, "7.1.4-1"),
        ("4.3.c", "intersects", ISC, "6.3.2.5-1"),
    ],
}


@pytest.mark.parametrize("standard", ROWS)
def test_the_rows_are_those_typed_and_their_digests_are_current(standard: str) -> None:
    program = guiju.load(standard).program
    assert [(*c.clauses, c.relation, c.standard, c.printed) for c in program.crosswalks] == ROWS[standard]
    assert crosswalk_findings(program, lambda id_: guiju.load(id_).program) == ()


def decided(here: str, there: str, said: str, folder: Path) -> tuple[object, object]:
    """A clause of the T/ISC draft where an assessor has said this of one of GB/T 45288.3, and nothing else is known."""
    path = folder / "evidence.yaml"
    path.write_text(
        f"guiju: evidence/1\nsubject: x\nvoice: assessor\nstandards:\n  {ISC}:\n  {GBT}:\n    attestations: {{{there}: {said}}}\n",
        encoding="utf-8",
    )
    result = guiju.evaluate(ISC, path).clauses[here]
    return (UNKNOWN, result.reason) if result.verdict is UNKNOWN else (result.verdict.value, result.by)


@pytest.mark.parametrize(
    ("here", "there", "if_satisfied", "if_unsatisfied"),
    [
        ("7.3.2-2", "6.2.2.6.a", ("satisfied", "crosswalk"), ("unsatisfied", "crosswalk")),  # equal
        ("7.1.1-6", "6.1.3.3.c", ("satisfied", "crosswalk"), (UNKNOWN, "partial")),  # superset
        ("7.3.1-2", "6.3.1.2.c", (UNKNOWN, "partial"), (UNKNOWN, "partial")),  # subset
        ("7.1.4-1", "6.1.3.2.b", (UNKNOWN, "partial"), (UNKNOWN, "partial")),  # intersects
    ],
)
def test_each_relation_carries_what_it_can(
    here: str, there: str, if_satisfied: object, if_unsatisfied: object, tmp_path: Path
) -> None:
    assert decided(here, there, "satisfied", tmp_path) == if_satisfied
    assert decided(here, there, "unsatisfied", tmp_path) == if_unsatisfied
