"""Answering by sweeping all completions (`engine/sweep.py`): exact, within so many combinations."""

from __future__ import annotations

from guiju.engine.possible import Known, Possible
from guiju.engine.proving.question import Answer, Found, Gave, Never, Question, Unanswered
from guiju.engine.reachable import Memory, possible_of


class Sweeps:
    """Sweeps of one policy's questions. What is swept of the policy's own nodes is swept once for all of them."""

    def __init__(self, own: Known, budget: int) -> None:
        self._size, self._budget = len(own.network.nodes), budget
        self._memory: Memory = {}

    def answer(self, question: Question) -> Answer:
        """The answer, or that more than the allowed combinations would have to be kept."""
        memory = dict(self._memory)
        found = possible_of(question.known, question.index, memory, self._budget)
        self._memory |= {key: swept for key, swept in memory.items() if self._is_own(key)}
        return _answer(found, self._budget)

    def _is_own(self, key: tuple[object, ...]) -> bool:
        """Whether what was swept holds the policy's own nodes only; others mean something else in each question."""
        inner = key[0]
        return isinstance(inner, tuple) and bool(inner) and inner[-1] < self._size


def _answer(found: Possible, budget: int) -> Answer:
    if set(found.values) <= {False}:
        return Never()
    if found.exact and True in found.values:
        return Found(found.witness(True))
    return Unanswered((Gave("sweep", "combinations", str(budget)),))
