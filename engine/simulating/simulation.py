"""One subject of which things are set otherwise and taken back, and its answer after each of these at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guiju.compiler.ir import Program, Value
from guiju.engine.compiled.answer import Answer, Outcome, outcome_of
from guiju.engine.compiled.compiled import Compiled
from guiju.engine.layout import layout
from guiju.engine.simulating.gates import turn_back
from guiju.engine.simulating.laid import Ends, Test, laid
from guiju.engine.simulating.letters import reader


@dataclass(slots=True)
class _Change:
    """All that takes a change back: what stood in its columns, and what was so before.

    `stale` are the columns of which the gates did not know yet, `turned` the gates that turned when they were told.
    """

    row: Mapping[int, Any]
    doubts: frozenset[Test]
    answer: Answer | None
    stale: frozenset[int]
    turned: Sequence[int] = ()


class Simulation:
    """A subject under a compiled function of all columns.

    Its answer is that of the function for the row as it then is, by the gates where they tell it. Where nothing is open
    and there are no facts, the function is quicker with the whole row than gates with what a verdict turns.
    """

    def __init__(self, function: Compiled, row: Sequence[Any]) -> None:
        """UnplainError of a value that is out of type at first sight, as with each change."""
        self._function, self._row = function, list(row)
        self._readers = _readers(function.program)
        self._said: dict[int, Value] = {}
        self._say({slot: self._readers[slot](value) for slot, value in enumerate(row)})
        self._laid = laid(function.program, tuple(sorted(function.readings.items())), function.targets)
        self._bits = self._laid.bits(self._said)
        doubts = (test for tests in self._laid.doubts.values() for test in tests)
        self._doubts = frozenset(test for test in doubts if test(self._said))
        self._stale = _NOTHING
        self._changes: list[_Change] = []
        self._known: dict[
            tuple[str, object], Outcome | None
        ] = {}  # by the bits of an outcome: values take long to compare
        self._answer: Answer | None = None

    @property
    def row(self) -> tuple[Any, ...]:
        """What is stated now, in the order of the layout; None is unknown."""
        return tuple(self._row)

    @property
    def changes(self) -> int:
        """How many changes can be taken back."""
        return len(self._changes)

    def change(self, values: Mapping[int, Any]) -> None:
        """State something else in some columns, all at once."""
        read = {slot: self._readers[slot](value) for slot, value in values.items()}
        row = {slot: self._row[slot] for slot in values}
        self._changes.append(_Change(row, self._doubts, self._answer, self._stale))
        self._put(values, read)
        self._stale = self._stale.union(values)
        self._doubts, self._answer = self._doubts_with(values), None

    def undo(self) -> None:
        """Take the last change back; IndexError where there is none."""
        if not self._changes:
            raise IndexError("nothing is left to undo: all that was set has been taken back, or nothing was set")
        change = self._changes.pop()
        self._put(change.row, {slot: self._readers[slot](value) for slot, value in change.row.items()})
        turn_back(self._bits, change.turned)
        self._stale, self._doubts, self._answer = change.stale, change.doubts, change.answer

    def _put(self, values: Mapping[int, Any], read: Mapping[int, Value | None]) -> None:
        for slot, value in values.items():
            self._row[slot] = value
        self._say(read)

    def _say(self, read: Mapping[int, Value | None]) -> None:
        for slot, value in read.items():
            if value is None:
                self._said.pop(slot, None)
            else:
                self._said[slot] = value

    def _doubts_with(self, slots: Iterable[int]) -> frozenset[Test]:
        near = [test for slot in slots for test in self._laid.doubts.get(slot, ())]
        if not near:
            return self._doubts
        return self._doubts.difference(near) | {test for test in near if test(self._said)}

    @property
    def is_told(self) -> bool:
        """Whether the gates tell the answer, so that nobody else is asked."""
        return not self._doubts and self._told() is not None

    @property
    def answer(self) -> Answer:
        """What the outcomes are or can be as things now stand."""
        if self._answer is None:
            is_plain = len(self._said) == len(self._row) and not self._function.program.facts
            told = None if self._doubts or is_plain else self._told()
            self._answer = self._function.answer(self._row) if told is None else told
        return self._answer

    def _told(self) -> Answer | None:
        """What the gates tell, None where that is not all."""
        if self._stale:
            turned = self._laid.gates.turn(self._bits, self._laid.turned(self._said, self._stale, self._bits))
            self._changes[-1].turned, self._stale = turned, _NOTHING
        bits, outcomes = self._bits, dict[str, Outcome]()
        for id_ in self._function.targets:
            ends = self._laid.ends.get(id_)
            if ends is None or not bits[ends.told]:
                return None
            key = (id_, ends.bits(bits))
            if key not in self._known:
                self._known[key] = self._outcome(ends)
            outcome = self._known[key]
            if outcome is None:
                return None
            outcomes[id_] = outcome
        return Answer(outcomes)

    def _outcome(self, ends: Ends) -> Outcome | None:
        """An outcome as the gates of its values now stand; None where they do not tell which row gives its value."""
        reached = [value for value, gate in ends.values if self._bits[gate]]
        is_one = len(reached) == 1
        if is_one and not ends.tells_rule(reached[0]):
            return None
        rule = ends.rules.get(reached[0]) if is_one else None
        return outcome_of(self._function.program, reached, exact=True, rule=rule)


_NOTHING = frozenset[int]()


@lru_cache(maxsize=8)
def _readers(program: Program) -> tuple[Callable[[Any], Value | None], ...]:
    return tuple(map(reader, layout(program)))
