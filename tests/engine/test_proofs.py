"""What is proved of small standards, what shows the contrary, and what is said where nobody knows."""

from __future__ import annotations

from functools import partial
from itertools import count

import pytest

from guiju.compiler.ir import Program, Undefined, Verdict
from guiju.engine.proving import encode, solved
from guiju.engine.proving.claim import Ground, Proof
from guiju.engine.proving.properties import PROPERTIES
from guiju.engine.proving.properties.same import same_claims
from guiju.engine.proving.prover import WAYS, Prover, Way
from guiju.engine.proving.question import Gave, Unanswered
from guiju.engine.proving.replay import ReplayError
from guiju.engine.proving.swept import Sweeps
from guiju.engine.reasoning.editions.deciding import on_nothing
from tests.engine.proof_laws import POLICIES, SEVERAL_ROWS, UNDEFINED_WHERE_IT_APPLIES
from tests.engine.strategies import compiled

#: above the second level a clause counts against the subject, the third is out of reach, and the table has a gap
FLAWED = """standard s "S"
levels
  L1
  L2
  L3
fact staff : count
groups part
part 1 "One"
  a) "Staff" staff >= 3
  b) "Said" attested
  c) "Never counted" attested
membership
  part | L1 | L2 | L3
  1 | a), b), c) | all | all
score A at each level
  1 when 1 a) satisfied and 1 b) satisfied
  0 otherwise
score B
  3 when 1 a) satisfied
  2 when 1 b) satisfied and staff < 2
  1 when staff = 2
grade level by B
  L1 | 1 <= B < 2
  L2 | 2 <= B
  L3 | A = 1 and B = 2
  otherwise | none
"""


def policy(text: str) -> Program:
    program = compiled(text)
    assert program is not None
    return program


#: two open numbers meet in it otherwise than in linear terms, which no sweep tells exactly
OF_A_PRODUCT = POLICIES[0].replace("n / d", "n * d")


def proofs(text: str, property_: str, ways: tuple[Way, ...] = ("sweep", "solver")) -> dict[tuple[str, ...], Proof]:
    ground = Ground(on_nothing(policy(text), {}))
    claims = next(p for p in PROPERTIES if p.id == property_).claims(ground)
    return {claim.names: Prover(ways).prove(claim) for claim in claims}


def answers(text: str, property_: str) -> dict[tuple[str, ...], str]:
    return {names: proof.answer for names, proof in proofs(text, property_).items()}


def test_a_level_that_nobody_gets_is_refuted_without_a_witness() -> None:
    found = proofs(FLAWED, "reachable")
    assert {names: p.answer for names, p in found.items()} == {
        ("L1",): "proved",
        ("L2",): "proved",
        ("L3",): "refuted",
    }
    assert found["L3",].witness is None
    assert found["L1",].witness is not None
    assert found["L1",].witness.outcomes == (("L1",),)


def test_a_gap_of_a_table_is_shown_by_a_subject_in_it() -> None:
    (proof,) = proofs(FLAWED, "one-outcome").values()
    assert proof.answer == "refuted"
    assert proof.witness is not None
    ((outcome,),) = proof.witness.outcomes
    assert outcome == Undefined("no-row")


def test_a_clause_that_nothing_counts_is_told_and_its_neighbours_matter() -> None:
    assert answers(FLAWED, "matters") == {("1.a",): "proved", ("1.b",): "proved", ("1.c",): "refuted"}


TAKES_AWAY = """standard s "S"
levels
  L1
  L2
groups part
part 1 "One"
  a) "A" attested
  b) "B" attested
score A
  2 when exactly 1 clauses satisfied
  1 otherwise
grade level by A
  L1 | A < 2
  L2 | A >= 2
  otherwise | none
"""


def test_a_clause_that_takes_a_level_away_is_shown_with_and_without_it() -> None:
    proof = proofs(TAKES_AWAY, "monotone")["1.a",]
    assert proof.answer == "refuted"
    assert proof.witness is not None
    assert proof.witness.outcomes == (("L2",), ("L1",))
    assert [side.overridden for side in proof.witness.sides] == [
        ("1.a", Verdict.UNSATISFIED),
        ("1.a", Verdict.SATISFIED),
    ]


def test_a_number_that_counts_failures_goes_one_way_only() -> None:
    text = 'standard s "S"\ngroups part\npart 1 "One"\n  a) "A" attested\n  b) "B" attested\nscore failed = count of clauses unsatisfied\n'
    assert set(answers(text, "monotone").values()) == {"proved"}


def test_clauses_that_no_rule_tells_apart_share_a_proof() -> None:
    ground = Ground(on_nothing(policy(TAKES_AWAY), {}))
    claims = next(p for p in PROPERTIES if p.id == "matters").claims(ground)
    prover = Prover()
    assert [prover.prove(claim).as_of for claim in claims] == [(), ("1.a",)]


def test_a_level_that_is_easier_than_the_one_below_is_shown_by_who_meets_it_alone() -> None:
    proof = proofs(POLICIES[0], "never-easier")["L2", "L1"]
    assert (proof.answer, proof.by) == ("refuted", "sweep")
    assert proof.witness is not None
    proof = proofs(OF_A_PRODUCT, "never-easier")["L2", "L1"]
    assert (proof.answer, proof.by) == ("refuted", "solver")
    assert proof.witness is not None


READINGS = """fact large : yes-no
reading how "How"
  default one "One" : nothing changes
  or two "Two" : grade L1 = A < 1
  or three "Three" : clause 1 b) shall
reading whom "Whom"
  default everybody "Everybody" : nothing changes
  or some "The large" : clause 1 a) applies when large
"""


def test_a_reading_is_told_from_one_that_makes_no_difference() -> None:
    told = answers(TAKES_AWAY + READINGS, "readings")
    assert told == {("how", "two"): "proved", ("how", "three"): "refuted", ("whom", "some"): "proved"}


def test_of_two_editions_the_witness_has_both_outcomes() -> None:
    earlier, later = policy(TAKES_AWAY), policy(TAKES_AWAY.replace("exactly 1", "at least 1"))
    (claim,) = same_claims(earlier, later, {}, ({}, {}))
    proof = Prover().prove(claim)
    assert proof.answer == "refuted"
    assert proof.witness is not None
    assert proof.witness.outcomes == (("L1",), ("L2",))
    (claim,) = same_claims(earlier, policy(TAKES_AWAY.replace('"A"', '"Another wording"')), {}, ({}, {}))
    assert Prover().prove(claim).answer == "proved"


def test_of_a_level_with_several_rows_none_may_be_easier_than_all_rows_below() -> None:
    proof = proofs(SEVERAL_ROWS, "never-easier")["L2", "L1"]
    assert proof.answer == "refuted"
    assert proof.witness is not None
    assert {a.clause: a.verdict for a in proof.witness.evidence.attestations}["1.c"] == "satisfied"
    eased = SEVERAL_ROWS.replace("  otherwise", "  L1 | 1 b) satisfied or 1 c) satisfied\n  otherwise")
    assert set(answers(eased, "never-easier").values()) == {"proved"}


def test_an_undefined_clause_applies_where_its_facts_say_so() -> None:
    (proof,) = proofs(UNDEFINED_WHERE_IT_APPLIES, "one-outcome").values()
    assert proof.answer == "proved"  # else a share of no clause would be undefined


def test_each_edition_is_held_against_the_other_under_its_own_defaults() -> None:
    strict = TAKES_AWAY + READINGS
    lax = strict.replace("default one", "or one").replace("or two", "default two")
    (claim,) = same_claims(policy(strict), policy(lax), {}, ({}, {}))
    assert Prover().prove(claim).answer == "refuted"
    (claim,) = same_claims(policy(strict), policy(lax), {}, ({"how": "two"}, {"how": "two"}))
    assert Prover().prove(claim).answer == "proved"


def test_an_outcome_of_one_edition_alone_is_not_proved() -> None:
    (first, second) = same_claims(
        policy(TAKES_AWAY), policy(TAKES_AWAY.replace("grade level", "grade other")), {}, ({}, {})
    )
    told = [Prover().prove(claim) for claim in (first, second)]
    assert [(p.claim.names, p.answer, p.tried[0].why) for p in told] == [
        (("level",), "not-proved", "only-there"),
        (("other",), "not-proved", "only-here"),
    ]


def test_a_subject_of_the_solver_that_does_not_replay_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode.Encoded, "subject", lambda self, choice: {})
    with pytest.raises(ReplayError):
        proofs(FLAWED, "reachable", ("solver",))


def test_where_the_sweep_gives_up_and_no_solver_is_there_both_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solved, "is_installed", lambda: False)
    proof = proofs(OF_A_PRODUCT, "never-easier")["L2", "L1"]
    assert proof.answer == "not-proved"
    assert [(t.way, t.why) for t in proof.tried] == [("sweep", "combinations"), ("solver", "not-installed")]


def test_when_the_time_is_over_nothing_is_guessed() -> None:
    ground = Ground(on_nothing(policy(FLAWED), {}))
    prover = Prover(("sweep",), seconds=10, clock=partial(next, count(0, 100)))  # a question takes a hundred seconds
    _, *told = [prover.prove(claim) for claim in PROPERTIES[0].claims(ground)]
    assert {p.answer for p in told} == {"not-proved"}
    assert {(t.why, t.detail) for p in told for t in p.tried} == {("seconds", "10")}


def test_what_one_way_can_prove_is_proved_however_long_the_other_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sweep takes more than all of its time and comes to nothing; the solver has its own."""
    now = [0.0]

    def endless(*_: object) -> Unanswered:
        now[0] += 1000
        return Unanswered((Gave("sweep", "combinations", "1"),))

    monkeypatch.setattr(Sweeps, "answer", endless)
    claims = PROPERTIES[0].claims(Ground(on_nothing(policy(FLAWED), {})))
    alone, together = (Prover(ways, seconds=10, clock=lambda: now[0]) for ways in (("solver",), WAYS))
    answers = [alone.prove(claim).answer for claim in claims]
    assert len(answers) > 1
    assert set(answers) <= {"proved", "refuted"}
    assert [together.prove(claim).answer for claim in claims] == answers
