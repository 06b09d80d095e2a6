"""A policy as a function of what is stated of a subject, for programs that ask it often: `guiju.compiled`.

What is stated goes by name: inputs, facts and clauses by every name that evidence may use, values as a row of a plain
table has them (`engine.rows`): a number in the unit of its fact and never a float, a clause True, False or a word for a
verdict, as an assessor's; None is unknown, and so is what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guiju.compiler.ir import Program
from guiju.engine.compiled.answer import Answer
from guiju.engine.compiled.compiled import Compiled, compiled
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.rows import bind_row
from guiju.engine.simulating import simulation as engine
from guiju.stating import SUBJECT, Stating


class CompiledFunction:
    """A policy under some readings, ready to answer: as `guiju.evaluate` does, without the derivation."""

    def __init__(self, program: Program, readings: Mapping[str, str]) -> None:
        self.program = program
        self.compiled: Compiled = compiled(program, readings)
        self._stating = Stating(program)

    def answer(self, stated: Mapping[str, Any]) -> Answer:
        """What each outcome is or can still be, with its bounds and the row of its table that gives it.

        Raises GuijuError, which tells all of it at once, where nothing that can be stated has such a name, two names
        are of the same thing, or a value is out of type or bounds; TypeError where `stated` is no mapping.
        """
        return self.compiled.answer(self.row(stated))

    def simulation(self, stated: Mapping[str, Any]) -> Simulation:
        """A subject that takes changes, and takes them back; raises what `answer` raises.

        The first of a policy takes as long as some hundred evaluations: what all of them share is laid down then.
        """
        return Simulation(self, stated)

    def assessment(self, stated: Mapping[str, Any]) -> Assessment:
        """All of it from the reference evaluator, for `guiju.explain`; raises what `answer` raises."""
        return self.assessment_of(self.row(stated))

    def assessment_of(self, row: Iterable[Any]) -> Assessment:
        """The same of a row that `row` gave."""
        bound, _ = bind_row(self.program, tuple(row), SUBJECT)
        return evaluate(bound, self.compiled.readings)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all that can be stated: inputs, facts, clauses, in the order of the policy."""
        return tuple(slot.name for slot in self.compiled.slots)

    def row(self, stated: Mapping[str, Any]) -> list[Any]:
        """What is stated in the order of `columns`."""
        row: list[Any] = [None] * len(self.compiled.slots)
        for place, value in self.placed(stated).items():
            row[place] = value
        return row

    def placed(self, stated: Mapping[str, Any]) -> dict[int, Any]:
        """What is stated by its places among the columns; raises what `answer` raises."""
        return self._stating.placed(stated)


class Simulation:
    """One subject as it would be if some things were otherwise.

    `answer` is at any time what `CompiledFunction.answer` gives for all that is `stated` then.
    """

    def __init__(self, function: CompiledFunction, stated: Mapping[str, Any]) -> None:
        self._function = function
        self._subject = engine.Simulation(function.compiled, function.row(stated))

    @property
    def answer(self) -> Answer:
        """What each outcome is or can still be as things now stand."""
        return self._subject.answer

    @property
    def stated(self) -> dict[str, Any]:
        """What is stated now, by the names of the columns; to change it changes nothing of the subject."""
        named = zip(self._function.columns, self._subject.row, strict=True)
        return {name: value for name, value in named if value is not None}

    @property
    def changes(self) -> int:
        """How many changes can be taken back."""
        return self._subject.changes

    def set(self, stated: Mapping[str, Any]) -> Answer:
        """Set some things at once, None to take away what is said; where it raises, like `answer`, nothing is set."""
        self._subject.change(self._function.placed(stated))
        return self._subject.answer

    def undo(self) -> Answer:
        """Take back what the last `set` set; IndexError where nothing is left to take back."""
        self._subject.undo()
        return self._subject.answer

    def assessment(self) -> Assessment:
        """All of it as things now stand, from the reference evaluator, for `guiju.explain`."""
        return self._function.assessment_of(self._subject.row)
