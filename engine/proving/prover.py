"""Claims -> proofs: each question is swept, and put to the solver where that gives up, until its time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal as Word
from typing import TypeAlias

from guiju.engine.proving.claim import Asked, Claim, Proof, Witness
from guiju.engine.proving.properties.same import READINGS, SAME
from guiju.engine.proving.question import Answer, Found, Gave, Never, Unanswered
from guiju.engine.proving.replay import ReplayError, replayed
from guiju.engine.proving.solved import solved
from guiju.engine.proving.swept import Sweeps
from guiju.engine.sweep import BUDGET

Way: TypeAlias = Word["sweep", "solver"]
WAYS: tuple[Way, ...] = ("sweep", "solver")
SECONDS = 600  # of each way, for all claims together
SECONDS_OF_ONE = 20  # that the solver may think about one question


@dataclass(frozen=True)
class _Answered:
    """How a question was answered: by a witness, or None where there is no subject."""

    by: Way
    witness: Witness | None


class Prover:
    """Asks questions in the ways that it was given, in their order, within so many seconds and combinations.

    Each way has all of the seconds to itself, so that together they answer whatever one of them alone does.
    """

    def __init__(
        self,
        ways: tuple[Way, ...] = WAYS,
        seconds: float = SECONDS,
        budget: int = BUDGET,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._ways, self._seconds, self._budget, self._clock = ways, seconds, budget, clock
        self._left = dict.fromkeys(ways, seconds)
        self._sweeps: dict[int, tuple[object, Sweeps]] = {}
        self._known: dict[tuple[object, ...], Proof] = {}

    def prove(self, claim: Claim) -> Proof:
        """What comes of a claim. The first question that is answered in its favour decides; if all are against, these.

        ReplayError if a subject that was found does not show what it was found for, which no user can cause; of two
        editions or readings a subject may be none that one and the same evidence can state.
        """
        key = (claim.property, claim.outcomes, claim.like)
        if claim.like and key in self._known:
            return replace(self._known[key], claim=claim, as_of=self._known[key].claim.names)
        proof = self._proof(claim)
        if proof.witness is None or claim.of_some:  # what shows that something is not so is told of each
            self._known[key] = replace(proof, witness=None)
        return proof

    def _proof(self, claim: Claim) -> Proof:
        tried: list[Gave] = []
        against: Proof | None = None
        for asked in claim.asked():
            if isinstance(asked, Gave):
                tried.append(asked)
                continue
            answer, gave = self._answer(claim, asked)
            if answer is None:
                tried += gave
            elif answer.witness is None and asked.beyond is not None:
                tried.append(asked.beyond)
            elif (answer.witness is not None) == claim.of_some:
                return Proof(claim, "proved", answer.witness, answer.by, gave)
            else:
                against = against or Proof(claim, "refuted", answer.witness, answer.by, gave)
        if tried or against is None:
            return Proof(claim, "not-proved", tried=tuple(dict.fromkeys(tried)))
        return against

    def _answer(self, claim: Claim, asked: Asked) -> tuple[_Answered | None, tuple[Gave, ...]]:
        """The answer of the first way that has one, and what kept those before it."""
        tried: tuple[Gave, ...] = ()
        for way in self._ways:
            left = self._left[way]
            if left <= 0:
                tried = (*tried, Gave(way, "seconds", f"{self._seconds:g}"))
                continue
            began = self._clock()
            answer = self._swept(asked) if way == "sweep" else solved(asked.question, min(left, SECONDS_OF_ONE))
            self._left[way] -= self._clock() - began
            if isinstance(answer, Never):
                return _Answered(way, None), tried
            if isinstance(answer, Unanswered):
                tried = (*tried, *answer.tried)
            elif (witness := _witness(claim, asked, answer)) is not None:
                return _Answered(way, witness), tried
            else:
                tried = (*tried, Gave(way, "no-evidence"))
        return None, tried

    def _swept(self, asked: Asked) -> Answer:
        """Sweeps of one network remember each other; it is kept, so that no other one gets its place in memory."""
        key = id(asked.own.network)
        if key not in self._sweeps:
            self._sweeps[key] = (asked.own.network, Sweeps(asked.own, self._budget))
        return self._sweeps[key][1].answer(asked.question)


def _witness(claim: Claim, asked: Asked, answer: Found) -> Witness | None:
    try:
        return replayed(claim, asked, answer.subject)
    except ReplayError:
        if claim.property in (READINGS.id, SAME.id):
            return None
        raise
