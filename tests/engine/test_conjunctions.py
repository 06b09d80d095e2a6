"""Gates that ask something of every section: what targets see through them is found once, and comes to the same."""

from __future__ import annotations

import random
from typing import Any

import pytest

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine import conjunctions, targets
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.possible import Known, Possible, Swept
from guiju.engine.read_off import read_off
from guiju.engine.rows import bind_row, evidence_of
from guiju.engine.sweep import sweep
from guiju.library import compile_source
from tests.engine.laws import evidence_of as told_by

SECTIONS = 12


def gated(sections: int) -> Program:
    """A standard with sections of six clauses, two new at each level; behind a gate that is shut nothing is scored."""
    numbers = range(1, sections + 1)
    lines = ['standard t-1 "T"', "groups section", "levels", '  L1 "1"', '  L2 "2"', '  L3 "3"']
    for n in numbers:
        lines += [f'section {n} "S{n}"', *(f'  {mark}) "c" attested' for mark in "abcdef")]
    lines += ["membership", "  section | L1 | L2 | L3", *(f"  {n} | a)~b) | a)~d) | a)~f)" for n in numbers)]
    lines += ["score of each section", "  at L1", "    2 when all clauses satisfied", "    0 otherwise"]
    for level, gate, full in (("L2", "2 at L1", 3), ("L3", "2 at L1, 3 at L2", 5)):
        lines += [f"  at {level} after every section scores {gate}", f"    {full} when all clauses satisfied"]
        lines += [f"    {full - 1} when more than half of new clauses satisfied", f"    {full - 2} otherwise"]
    lines += ["score total at each level = mean of score over each section", "grade level by total"]
    lines += ["  L1 | 1 <= total <= 2", "  L2 | 2 < total <= 3", "  L3 | 3 < total <= 5", "  otherwise | none"]
    compiled = compile_source(Source("t.guiju", "\n".join(lines) + "\n"))
    assert compiled.program is not None, compiled.diagnostics
    return compiled.program


def drawn(program: Program, seed: int) -> Evidence:
    """Evidence in which most clauses are satisfied and more sections are open than a target goes through by itself."""
    chance = random.Random(seed)
    weights = (80, chance.choice((0, 0, 1)), chance.choice((8, 20)))
    verdicts = chance.choices((True, False, None), weights, k=len(program.clauses))
    return evidence_of(program, verdicts, "row")


def assessed(program: Program, evidence: Evidence) -> Assessment:
    """The assessment of evidence that is in order."""
    row = {a.clause: a.verdict == "satisfied" for a in evidence.attestations}
    bound, wrong = bind_row(program, [row.get(c.id) for c in program.clauses], "row")
    assert not wrong
    return evaluate(bound)


def by_itself(patch: pytest.MonkeyPatch) -> None:
    """Let each target go through every section by itself."""
    patch.setattr(conjunctions, "FEW", 10_000)
    patch.setattr(targets, "read_off", lambda *_: {})


def as_sets(open_: dict[int, Possible]) -> dict[int, tuple[frozenset[object], bool]]:
    """What open nodes can be, whatever the order."""
    return {index: (frozenset(possible.values), possible.exact) for index, possible in open_.items()}


@pytest.mark.parametrize("seed", range(12))
def test_what_is_found_once_for_all_targets_is_what_each_finds_by_itself(seed: int) -> None:
    program = gated(SECTIONS)
    evidence = drawn(program, seed)
    together = assessed(program, evidence)
    with pytest.MonkeyPatch.context() as patch:
        by_itself(patch)
        alone = assessed(program, evidence)
    assert together.open
    found, expected = as_sets(dict(together.open)), as_sets(dict(alone.open))
    assert {index: found[index] for index in expected} == expected


@pytest.mark.parametrize("id_", ["score:1@L2", "score:1@L3", "gate:score:section@L3", "level"])
def test_its_witnesses_lead_to_their_values(id_: str) -> None:
    program = gated(SECTIONS)
    evidence = with_one_open(program)
    possible = assessed(program, evidence).possible(id_)
    assert len(possible.values) > 1
    for value in possible.values:
        told = told_by(program, evidence, possible.witness(value))
        assert assessed(program, told).value(id_) == value


def with_one_open(program: Program) -> Evidence:
    """Evidence in which one clause of each section is open, and the others are satisfied."""
    row = [not c.id.endswith((".b", ".d", ".f")[n // 6 % 3]) or None for n, c in enumerate(program.clauses)]
    return evidence_of(program, row, "row")


def moves(sections: int) -> int:
    """The work of the sweeps of scores behind gates where one clause of each section is open."""
    program, counted = gated(sections), list[int]()

    def counting(known: Known, targets: tuple[int, ...], *given: Any) -> Swept:
        swept = sweep(known, targets, *given)
        behind = "score:" in known.network.nodes[targets[0]].address and bool(given[0])
        counted.append(swept.moves if behind else 0)
        return swept

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(targets, "sweep", counting)
        assessed(program, with_one_open(program))
    return sum(counted)


def test_a_gate_is_not_gone_through_anew_for_each_score_behind_it() -> None:
    """Four times the sections are some four times the work; they were sixteen times."""
    assert moves(4 * SECTIONS) < 5 * moves(SECTIONS)


def test_what_stands_on_two_open_nodes_is_not_read_off() -> None:
    program = gated(3)
    bound, _ = bind_row(program, [None] * len(program.clauses), "row")
    assessment = evaluate(bound)
    at = assessment.network.at
    found = {at[f"clause:1.{mark}"]: assessment.possible(f"clause:1.{mark}") for mark in "ab"}
    known: Known = assessment.known
    assert not read_off(known, at["score:1@L1"], found)
