"""Questions about clauses that nothing but counts looks at: what each answer leaves, against every completion."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.asking.questions import inquire
from guiju.engine.tallied import counted_apart
from guiju.exchange.evidence import parse_evidence
from guiju.library import compile_source
from tests.engine.interviews import LAWS
from tests.engine.laws import bound_to

LISTED = """standard listed "Listed"
groups section
levels
  L1 "1"
  L2 "2"
  L3 "3"
section 1 "One"
  a) "A" attested
  b) "B" attested
  c) "C" attested
section 2 "Two"
  a) "D" attested
  b) "E" attested
membership
  section | L1 | L2 | L3
  1 | a) | a)~b) | all
  2 | a) | a) | all
score reached at each level = MEASURE of clauses satisfied
grade level by reached
ROWS
  otherwise | none
"""
RULES = {
    "whole": ("share", "  L1 | reached = 100%\n  L2 | reached = 100%\n  L3 | reached = 100%"),
    "part": ("share", "  L1 | reached >= 50%\n  L2 | reached > 60%\n  L3 | reached >= 80%"),
    "count": ("count", "  L1 | reached >= 1\n  L2 | reached >= 2\n  L3 | reached >= 4"),
    "odd": ("count", "  L1 | reached < 2\n  L2 | reached != 1\n  L3 | reached = 3"),
}
SAID: dict[str, dict[str, Any]] = {
    "nothing": {},
    "one satisfied": {"1.a": "satisfied"},
    "one not": {"2.b": "unsatisfied"},
    "two known": {"1.b": "unsatisfied", "2.a": "satisfied"},
    "two voices": {
        "1.a": [{"verdict": "satisfied", "voice": "vendor"}, {"verdict": "unsatisfied", "voice": "assessor"}]
    },
}


def policy(rule: str) -> Program:
    measure, rows = RULES[rule]
    loaded = compile_source(Source("listed.guiju", LISTED.replace("MEASURE", measure).replace("ROWS", rows)))
    assert loaded.program is not None, loaded.diagnostics
    return loaded.program


def evidence(said: str) -> Evidence:
    text = json.dumps({"guiju": "evidence/1", "subject": "x", "attestations": SAID[said]})
    stated, found = parse_evidence(Source("evidence.json", text))
    assert stated is not None, found
    return stated


ZERO = """standard zero "Zero"
groups section
fact n : number
section 1 "One"
  a) "A" n / 0 > 1
  b) "B" attested
score A = count of clauses satisfied
grade level by A
  good | A >= 1
  otherwise | none
"""


def test_a_clause_is_asked_that_its_facts_cannot_decide_whatever_they_are() -> None:
    """Of a formula that divides by zero no fact was asked, and the clause, which people decide then, was not either."""
    loaded = compile_source(Source("zero.guiju", ZERO))
    assert loaded.program is not None, loaded.diagnostics
    stated, _ = parse_evidence(
        Source("evidence.json", '{"guiju": "evidence/1", "subject": "x", "attestations": {"1.b": "unsatisfied"}}')
    )
    assert stated is not None
    inquiry = inquire(bound_to(loaded.program, stated))
    assert not inquiry.is_settled
    assert inquiry.next is not None
    assert inquiry.next.address == "clause:1.a"


SOLE = """standard sole "Sole"
groups domain > subdomain > section
fact n1 : number
fact k1 : count
fact b2 : yes-no
fact c1 : count = 2.5 * n1 - k1
levels
  L1 "L1"
domain d1 "d"
  subdomain u1 "u"
    section 6.1 "s"
      a) may "c" (c1 != 7) or (b2 = yes)
      b) "c" 6.1 a) unsatisfied
membership
  section | L1
  6.1 | all
score of each subdomain
  at L1
    3 when 1 / count of clauses unsatisfied < 1
    0 otherwise
score of each domain at each level = mean of score over each subdomain
score A at each level = sum of score over each domain
grade level by A exactly one
  L1 | 1 <= A <= 2
  otherwise | none
"""


def test_an_enclosure_of_one_value_is_settled_as_it_is_in_an_assessment() -> None:
    """An interview ended with nothing left to ask and an outcome that was still open, with one value."""
    loaded = compile_source(Source("sole.guiju", SOLE))
    assert loaded.program is not None, loaded.diagnostics
    stated, _ = parse_evidence(Source("evidence.json", '{"guiju": "evidence/1", "subject": "x"}'))
    assert stated is not None
    bound = bound_to(loaded.program, stated)
    assert evaluate(bound).possible("level").exact
    assert inquire(bound).is_settled


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("rule", RULES)
def test_the_laws_of_asking_hold(rule: str, said: str) -> None:
    for check in LAWS:
        check(policy(rule), evidence(said))


@pytest.mark.parametrize("rule", RULES)
def test_the_answers_are_those_of_a_sweep_clause_by_clause(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bound = bound_to(policy(rule), evidence("nothing"))
    taken: list[bool] = []

    def noted(*arguments: Any) -> Any:
        found = counted_apart(*arguments)
        taken.append(bool(found))
        return found

    monkeypatch.setattr("guiju.engine.reasoning.asking.outlook.counted_apart", noted)
    told = {q.address: (set(q.answers), q.exact) for q in inquire(bound).questions}
    assert taken == [True], "else both are swept clause by clause"
    monkeypatch.setattr("guiju.engine.reasoning.asking.outlook.counted_apart", lambda *_: ())
    assert told == {q.address: (set(q.answers), q.exact) for q in inquire(bound).questions}
    assert all(exact for _, exact in told.values())
