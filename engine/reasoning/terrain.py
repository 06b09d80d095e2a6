"""Every state of a course, and where each choice leads from it: explored once, for all that is asked about it.

What shares nothing open with the rest, as most groups do, is a stretch of its own: the course to the goal takes what it
comes to as one choice.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.compiler.ir import Value, Verdict
from guiju.engine.modules import modules_of
from guiju.engine.reasoning.course import Course, End, State
from guiju.engine.reasoning.means import Kind, Means

MOST_STATES = 50_000  # after one stage
MOST_STEPS = 1_000_000  # at all stages of a stretch, from each state with each choice
MISSED = -1  # in place of a state


class TooManyStatesError(Exception):
    """More states would have to be kept than the budget allows."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """A course with the kinds and modules that are its parts, in order; `kind` None: a module."""

    course: Course
    parts: tuple[Kind | Stretch, ...]


def stretch_of(means: Means) -> Stretch:
    """The course to the goal; what shares nothing with the rest, as most groups do, has a course of its own."""
    aim, values = means.aim, means.values
    tied = [frozenset(kind.nodes) for kind in means.kinds if len(kind.members[0].nodes) > 1]
    rest = list(means.kinds)
    parts: list[Kind | Stretch] = []
    for module in modules_of(aim.network, values, (aim.goal,), tied=tied):
        inside = [k for k in rest if module.inner.issuperset(k.nodes)]
        if len(inside) > 1 and aim.goal not in module.inner:
            course = Course(aim.network, values, [k.nodes for k in inside], module.interface)
            parts.append(Stretch(course, tuple(inside)))
            rest = [k for k in rest if k not in inside]
    parts = sorted([*parts, *rest], key=_first_node)
    nodes = [p.nodes if isinstance(p, Kind) else p.course.targets for p in parts]
    return Stretch(Course(aim.network, values, nodes, (aim.goal,), aim.goal), tuple(parts))


def _first_node(part: Kind | Stretch) -> int:
    return min(part.nodes) if isinstance(part, Kind) else min(_first_node(p) for p in part.parts)


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


def values_of(kind: Kind) -> tuple[tuple[Value, ...], ...]:
    """What the nodes of a kind can come to: so many of its clusters changed, the first ones for all; or each row."""
    number = len(kind.members)
    if not is_counted(kind):
        return tuple(row.values for row in kind.members[0].rows)
    changed, kept = (Verdict.SATISFIED,), (Verdict.UNSATISFIED,)
    return tuple(changed * n + kept * (number - n) for n in range(number + 1))


def is_counted(kind: Kind) -> bool:
    """Whether of a kind only the number that is changed matters."""
    return len(kind.members) > 1
