"""Every state of a stretch, and where each choice leads from it: explored once, for all that is asked about it."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.compiler.ir import Value
from guiju.engine.reasoning.planning.course import End, State
from guiju.engine.reasoning.planning.means import Kind
from guiju.engine.reasoning.planning.stretch import Stretch, values_of

MOST_STATES = 50_000  # after one stage
MOST_STEPS = 1_000_000  # at all stages of a stretch, from each state with each choice
MISSED = -1  # in place of a state


class TooManyStatesError(Exception):
    """More states would have to be kept than the budget allows."""


@dataclass(frozen=True, eq=False)
class Terrain:
    """A stretch explored. `choices` are the values that each part can come to, `leads` where each leads by number.

    `states` holds those after each stage, `inner` the terrain of each part that is a stretch itself.
    """

    stretch: Stretch
    inner: tuple[Terrain | None, ...]
    choices: tuple[tuple[tuple[Value, ...], ...], ...]
    states: tuple[tuple[State, ...], ...]
    leads: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def reached(self) -> int:
        """The number of the state in which the goal is reached; MISSED if there is none."""
        last = self.states[-1] if self.states else ()
        return last.index(End.REACHED) if End.REACHED in last else MISSED

    @property
    def is_open(self) -> bool:
        """Whether the goal stays unknown in some last state, so that no state reached does not mean that none is."""
        course = self.stretch.course
        return course.is_open(self.states[-1] if self.states else (course.start,))


def explored(stretch: Stretch, most_steps: int | None = None) -> Terrain:
    """All states of a stretch, and of those within it; `most_steps`: at one stage, from each state with each choice."""
    inner = tuple(None if isinstance(part, Kind) else explored(part, most_steps) for part in stretch.parts)
    choices = tuple(_choices(part, below) for part, below in zip(stretch.parts, inner, strict=True))
    course, before = stretch.course, [stretch.course.start]
    states, leads, steps = [], [], 0
    for stage, values in enumerate(choices):
        settled = [course.numbered(stage, v) for v in values]
        here = len(before) * len(settled)
        steps += here
        if steps > MOST_STEPS or (most_steps is not None and here > most_steps):
            raise TooManyStatesError
        numbers: dict[State, int] = {End.MISSED: MISSED}
        after: list[State] = []
        rows = []
        for state in before:
            row = []
            for each in settled:
                reached = course.step(stage, state, each)
                if reached not in numbers:
                    numbers[reached] = len(after)
                    after.append(reached)
                row.append(numbers[reached])
            rows.append(tuple(row))
        if len(after) > MOST_STATES:
            raise TooManyStatesError
        states.append(tuple(after))
        leads.append(tuple(rows))
        before = after
    return Terrain(stretch, inner, choices, tuple(states), tuple(leads))


def _choices(part: Kind | Stretch, below: Terrain | None) -> tuple[tuple[Value, ...], ...]:
    if isinstance(part, Kind):
        return values_of(part)
    assert below is not None
    return tuple(part.course.ends(state) for state in below.states[-1])
