"""A sweep over a blank row as a decision diagram: from place to place by what a row states, to the values at the end.

The sweep of `engine.sweep` keeps every combination that completions can reach. Seen from its end, many combinations
lead to the same by whatever follows; such are one place here (the reduction of decision diagrams, Bryant 1986), and
what makes no difference is not asked. A part that the sweep goes through by itself stays a diagram by itself, whose
ends are what the rest sees of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from guiju.engine.sweep import Join, Run, Stage

Place: TypeAlias = int

#: what a stage asks of a row: a name for it and every letter that there is, None of these where a row may have none of
#: them; None where it asks nothing. Without a name no column says it: it may be any of the letters, or where none are
#: given any way
Asked: TypeAlias = tuple[Hashable, Collection[Any] | None]
Asking: TypeAlias = "Callable[[Stage], Asked | Within | None]"


@dataclass(frozen=True, eq=False)
class Within:
    """What a stage takes from a sweep of its own: rows of some of that sweep's targets, by their places among these."""

    run: Run
    asking: Asking
    places: tuple[int, ...]

    def row(self, state: tuple[int, ...]) -> Any:
        """What the stage sees of a last combination of that sweep."""
        row = self.run.row(state)
        return tuple([row[i] for i in self.places])


@dataclass(frozen=True)
class End:
    """Where a diagram ends: with the values of the targets, or with the number of what the rest sees of a part."""

    value: Any


@dataclass(frozen=True)
class Fork:
    """A place where a letter of `asked` leads on; None: any of the ways may be taken, and nothing says which."""

    asked: Hashable
    ways: tuple[tuple[Place, frozenset[Any]], ...]


@dataclass(frozen=True)
class Meeting:
    """A place where a part joins: each of its ends leads on."""

    part: Place
    ways: tuple[tuple[Place, frozenset[Any]], ...]


@dataclass
class Diagram:
    """Places, each made after all that it leads to; equal ones are one."""

    places: list[End | Fork | Meeting] = field(default_factory=list)
    begun: dict[object, Place] = field(default_factory=dict)  # where sweeps within others begin
    _numbers: dict[End | Fork | Meeting, Place] = field(default_factory=dict)

    def place(self, made: End | Fork | Meeting) -> Place:
        """The number of a place."""
        if made not in self._numbers:
            self._numbers[made] = len(self.places)
            self.places.append(made)
        return self._numbers[made]

    def fork(self, asked: Hashable, leads: Mapping[Any, Place], letters: Collection[Any] | None) -> Place:
        """A place where letters lead on; where all there are lead to one place, and a row has one, that place."""
        ways = _by_place(leads)
        if len(ways) == 1 and letters is not None and all(letter in leads for letter in letters):
            return ways[0][0]
        return self.place(Fork(asked, ways))

    def any_way(self, leads: Iterable[Place]) -> Place:
        """A place from which some others may be reached, and nothing says which."""
        found: dict[Place, None] = {}
        for lead in leads:
            made = self.places[lead]
            inner = [p for p, _ in made.ways] if isinstance(made, Fork) and made.asked is None else [lead]
            found.update(dict.fromkeys(inner))
        if len(found) == 1:
            return next(iter(found))
        return self.place(Fork(None, tuple((p, frozenset()) for p in sorted(found))))


def diagram_of(run: Run, asking: Asking, into: Diagram) -> Place:
    """The place where a kept sweep begins, over what its stages ask; its ends are the values of its targets."""
    ends = {state: into.place(End(run.row(state))) for state in _after(run.stages)}
    return _back(run.stages, ends, asking, into)


def _after(stages: Sequence[Stage | Join]) -> list[tuple[int, ...]]:
    """The combinations that a sweep ends with."""
    last = stages[-1]
    if isinstance(last, Join):
        return [(*state, *own) for state in last.before for own in last.alone]
    return list(dict.fromkeys(after for state in last.before for _, after in _moves(last, state)))


def _moves(stage: Stage, state: tuple[int, ...]) -> list[tuple[int, tuple[int, ...]]]:
    """Where a stage leads from a combination: the number of the value that it comes to, and the combination then."""
    kept, found = stage.move.stay(state), []
    for number, _, is_false in stage.ways[stage.move.arguments(state)]:
        rest = kept
        if is_false and stage.move.forgets:
            rest = tuple([0 if i in stage.move.forgets else v for i, v in enumerate(kept)])
        found.append((number, (*rest, number) if stage.move.holds else rest))
    return found


def _back(
    stages: Sequence[Stage | Join], ends: Mapping[tuple[int, ...], Place], asking: Asking, into: Diagram
) -> Place:
    """The place before some stages, from the places after them."""
    after: Mapping[tuple[int, ...], Place] = ends
    for stage in reversed(stages):
        if isinstance(stage, Join):
            after = _before_join(stage, after, asking, into)
        else:
            after = _before(stage, after, asking(stage), into)
    assert len(after) == 1
    return next(iter(after.values()))


def _before(
    stage: Stage,
    after: Mapping[tuple[int, ...], Place],
    asked: Asked | Within | None,
    into: Diagram,
) -> dict[tuple[int, ...], Place]:
    if isinstance(asked, Within):
        return _before_within(stage, after, asked, into)
    before: dict[tuple[int, ...], Place] = {}
    for state in stage.before:
        moves = _moves(stage, state)
        if asked is None or moves[0][0] == 0:  # 0: a value that nothing looks at
            assert len(moves) == 1, "a step goes several ways, and no column says which"
            before[state] = after[moves[0][1]]
            continue
        name, letters = asked
        leads = {_letter(stage.values[number]): after[then] for number, then in moves}
        if name is None:
            before[state] = into.any_way(lead for letter, lead in leads.items() if not letters or letter in letters)
        else:
            before[state] = into.fork(name, leads, letters)
    return before


def _letter(value: Any) -> Any:
    """What a column says where a step comes to a value: nodes that say the same have one letter together."""
    return value[0] if isinstance(value, tuple) and isinstance(value[0], bool) else value


def _before_join(
    join: Join, after: Mapping[tuple[int, ...], Place], asking: Asking, into: Diagram
) -> dict[tuple[int, ...], Place]:
    seen, leads = _seen({own: tuple([after[*state, *own] for state in join.before]) for own in join.alone})
    part = _back(join.stages, {own: into.place(End(number)) for own, number in seen.items()}, asking, into)
    return _met(join.before, leads, part, into)


def _before_within(
    stage: Stage, after: Mapping[tuple[int, ...], Place], within: Within, into: Diagram
) -> dict[tuple[int, ...], Place]:
    columns: dict[Any, list[Place]] = {}
    for state in stage.before:
        for number, then in _moves(stage, state):
            columns.setdefault(stage.values[number], []).append(after[then])
    seen, leads = _seen({row: tuple(column) for row, column in columns.items()})
    is_one = len(within.places) == 1 and not isinstance(next(iter(seen)), tuple)
    key = (id(within.run), within.places, tuple(seen.items()))
    if key not in into.begun:
        rows = {state: within.row(state) for state in _after(within.run.stages)}
        ends = {state: into.place(End(seen[row[0] if is_one else row])) for state, row in rows.items()}
        into.begun[key] = _back(within.run.stages, ends, within.asking, into)
    return _met(stage.before, leads, into.begun[key], into)


_Key = TypeVar("_Key", bound=Hashable)


def _seen(columns: Mapping[_Key, tuple[Place, ...]]) -> tuple[dict[_Key, int], tuple[tuple[Place, ...], ...]]:
    """What the rest sees of each way through a part, by where each place before it then leads: a number, and these."""
    numbers: dict[tuple[Place, ...], int] = {}
    seen = {key: numbers.setdefault(column, len(numbers)) for key, column in columns.items()}
    return seen, tuple(numbers)


def _met(
    before: Sequence[tuple[int, ...]], leads: Sequence[tuple[Place, ...]], part: Place, into: Diagram
) -> dict[tuple[int, ...], Place]:
    """The places where a part meets what is before it."""
    made, found = into.places[part], dict[tuple[int, ...], Place]()
    for i, state in enumerate(before):
        ways = {number: column[i] for number, column in enumerate(leads)}
        found[state] = ways[made.value] if isinstance(made, End) else into.place(Meeting(part, _by_place(ways)))
    return found


def _by_place(leads: Mapping[Any, Place]) -> tuple[tuple[Place, frozenset[Any]], ...]:
    letters: dict[Place, set[Any]] = {}
    for letter, lead in leads.items():
        letters.setdefault(lead, set()).add(letter)
    return tuple(sorted((lead, frozenset(found)) for lead, found in letters.items()))
