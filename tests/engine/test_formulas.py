"""Facts that formulas give, stated or not, used or not: what clauses can be, against every completion there is.

All facts are answered by yes or no, so that all completions can be tried: nothing is missing, and nothing exact is more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import Value
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.formulas import unused_formulas
from guiju.engine.network import network_of
from guiju.engine.reachable import possible_of
from guiju.library import compile_source
from tests.engine.oracle import Oracle, World
from tests.engine.test_laws import drawn

BASE: tuple[str, ...] = ("b1", "b2", "b3")
MARKS = "abcd"
POLICY = """standard lights "Lights"
groups section
levels
  L1 "Lit"
{facts}
section s "s"
{clauses}
score A
  2 when all clauses satisfied
  1 when at least 2 clauses satisfied
  0 otherwise
grade level by A
  L1 | A >= 1
  otherwise | none
"""


@dataclass(frozen=True)
class Drawn:
    """A policy, and what is said of a subject."""

    text: str
    facts: Mapping[str, bool]
    said: Mapping[str, Mapping[str, str]]


@st.composite
def policies(draw: st.DrawFn) -> Drawn:
    """Few facts, formulas over them and over each other, and clauses on any of these."""

    def one(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    def looking(names: tuple[str, ...], depth: int = 2) -> str:
        if depth == 0 or one(True, False):
            return f"{one('', '', 'not ')}{one(*names)}"
        return f"({looking(names, depth - 1)}) {one('and', 'or')} ({looking(names, depth - 1)})"

    names, facts = BASE, [f"fact {name} : yes-no" for name in BASE]
    for number in range(one(1, 2, 3)):
        facts.append(f"fact w{number} : yes-no = {looking(names)}")
        names += (f"w{number}",)
    clauses = []
    for mark in MARKS:
        asked = one("attested", looking(names), looking(names))
        applies = one("", "", f" applies when {looking(names)}")
        clauses.append(f'  {mark}) "x" {asked}{applies}')
    stated = {name: one(True, False) for name in names if one(*([True, False] if name in BASE else [True]))}
    verdicts = [{"verdict": verdict, "voice": "assessor"} for verdict in ("satisfied", "unsatisfied")]
    said = {f"s.{mark}": one(*verdicts) for mark in MARKS if one(True, False, False)}
    return Drawn(POLICY.format(facts="\n".join(facts), clauses="\n".join(clauses)), stated, said)


def assessed(case: Drawn) -> Assessment:
    program = compile_source(Source("lights.guiju", case.text)).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": dict(case.facts), "attestations": dict(case.said)}
    return guiju.evaluate(guiju.Policy(program), evidence)


def told_by(world: World, address: str) -> Value:
    """What a clause or a definition is in a completion."""
    return world.clause(address.removeprefix("clause:")) if ":" in address else world.definition(address)


@drawn(60)
@given(policies())
def test_what_clauses_can_be_is_what_completions_make_of_them(case: Drawn) -> None:
    assessment = assessed(case)
    worlds = list(Oracle(assessment.bound, most=2_000).completions())
    for address in (*(f"clause:s.{mark}" for mark in MARKS), "A", "level"):
        possible = possible_of(assessment.known, assessment.network.at[address], {})
        found = {told_by(world, address) for world in worlds}
        assert found <= set(possible.values), (address, found, possible)
        assert not (worlds and possible.exact) or found == set(possible.values), (address, found, possible)


def test_formulas_that_nothing_uses_are_known_with_what_they_look_at() -> None:
    """Through one another down to what has a node; not those that something uses."""
    facts = ("fact b1 : yes-no", "fact b2 : yes-no", "fact w0 : yes-no = b1", "fact w1 : yes-no = w0 and b2")
    text = POLICY.format(facts="\n".join((*facts, "fact w2 : yes-no = b1")), clauses='  a) "x" b1\n  b) "x" w2')
    program = compile_source(Source("lights.guiju", text)).program
    assert program is not None
    network = network_of(program)
    assert unused_formulas(network) == {name: {network.at["fact:b1"]} for name in ("w0", "w1")}
