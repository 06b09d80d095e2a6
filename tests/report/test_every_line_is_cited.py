"""The reviewer's test: whoever has only the printed standard can find every line of an explanation in it.

Each line names a clause, a table, a formula or a section, or it is said to be the policy's own arithmetic over the
lines below. Of GB/T 45288.3 each line has a place in the standard, and no connective stands there as a bare sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import guiju
from guiju.engine.evaluate import Assessment
from guiju.report.branch import Branch, Depth
from guiju.report.depth import at_depth
from guiju.report.explain import explain

ROOT = Path(__file__).parents[2] / "policies"
EXAMPLES = sorted(path for path in ROOT.glob("**/evidence/*.yaml") if path.parents[1].name != "vocabulary")
PRINTED = re.compile(r"(clause |table |formula |figure |annex |page |[A-Z]{0,3}\.?\d)")
MOST = 3  # outcomes of one example; the groups of a standard are told in the same way


@cache
def assessed(path: Path) -> Assessment:
    folder = path.parents[1]
    return guiju.evaluate(folder / f"{folder.name}.guiju", path)


def lines(path: Path, depth: Depth) -> Iterator[Branch]:
    assessment = assessed(path)
    for outcome in assessment.program.outcomes[:MOST]:
        yield from at_depth(explain(assessment, outcome, "en"), depth).walk()


@pytest.mark.parametrize("depth", ["review", "engineer"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_line_has_a_place_in_the_standard_or_is_arithmetic_over_the_lines_below(path: Path, depth: Depth) -> None:
    looked_at = 0
    for line in lines(path, depth):
        looked_at += 1
        assert bool(line.place.cites) != bool(line.place.own), line.text
        assert line.place.policy, line.text
        if line.place.own:  # arithmetic is over something: scores, counts, facts, verdicts, constants of the policy
            told = ("=", "→", "counted", "for instance with")
            assert line.branches or line.above or any(sign in line.text for sign in told), line.text
    assert looked_at


@pytest.mark.parametrize("path", [p for p in EXAMPLES if "gbt" in str(p)], ids=lambda path: path.stem)
def test_each_line_of_the_grading_standard_can_be_looked_up_and_worked_out(path: Path) -> None:
    found = list(lines(path, "engineer"))
    assert [line.text for line in found if not PRINTED.match(line.place.cites)] == []
    bare = re.compile(r"(or|and|not|present|=|[<>]=?|[-+*/]) → ")
    assert [line.text for line in found if bare.match(line.text)] == []
    formulas = [line for line in found if " = " in line.text and "sum of weight" in line.text]
    assert formulas
    for line in formulas:
        assert {"formula 1", "formula 2", "8.2", "table 4"} <= set(line.place.cites.split(", ")), line.place.cites
    products = {line.text.rpartition(" → ")[2] for line in found if line.text.startswith("weight * score → ")}
    assert products <= {"not entered", "not taking part", "unknown"}  # all others stand in numbers


def test_a_sum_can_be_worked_out_again_from_the_numbers_in_its_line() -> None:
    """The formulas of the full-stack provider give the values of the lines above them, with nothing else to look up."""
    path = next(p for p in EXAMPLES if p.stem == "full-stack-provider")
    looked_at = 0
    for above in lines(path, "engineer"):
        for line in above.branches:
            said, _, numbers = line.text.rpartition(" = ")
            if said.startswith(("sum of", "mean of")) and re.fullmatch(r"[\d./×+() ]+", numbers):
                looked_at += 1
                exact = re.sub(r"(\d+(\.\d+)?)", r"Fraction('\1')", numbers).replace("×", "*")
                value = re.split(" = | → ", above.text)[-1].partition(" ")[0]
                assert eval(exact, {"Fraction": Fraction}) == Fraction(value), line.text
    assert looked_at > 5
