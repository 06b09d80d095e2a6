"""What stands in the way of a level: every smallest set of clauses that, were exactly these satisfied, would reach it.

Along a course each state is kept together with the states to which the proper parts of the same choice lead. Where such
a part can do all that the whole can, whatever comes, the whole is not minimal; at the goal no part may be there, too.
So what remains is minimal whatever the policy counts, and nothing minimal is left out. Which state can do what another
can is found backwards from the goal: the greatest simulation of a layered graph (Milner 1971).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from guiju.engine.reasoning.planning.changes import Aim
from guiju.engine.reasoning.planning.cheapest import NOTHING, Choices, Option, Selection, least_costs, options_of
from guiju.engine.reasoning.planning.choosing import Choice, choices_of
from guiju.engine.reasoning.planning.means import Kind, clauses_alone
from guiju.engine.reasoning.planning.stretch import stretch_of
from guiju.engine.reasoning.planning.terrain import MISSED, Terrain, TooManyStatesError, explored
from guiju.engine.reasoning.planning.unstated import Open

MOST_STEPS = 250_000  # at one stage, from each state with each choice: all of these are compared with each other
MOST_PAIRS = 20_000  # states with those of their parts, after one stage


@dataclass(frozen=True, eq=False)
class Mendings:
    """All minimal sets of clauses: how many there are of each size, and the sets themselves, the smallest first.

    `complete` False: there are more than the budget allows to look for, and these are those of the smallest size only,
    or none at all where not even these were found. `left_open`: facts that are why, as nobody states them.
    """

    counts: dict[int, int]
    complete: bool
    choices: Choices | None = field(repr=False)
    left_open: Mapping[str, Open] = field(default_factory=dict)

    def selections(self) -> Iterator[Selection]:
        """The sets, those that differ in interchangeable clauses only as one; the smallest first."""
        for size in sorted(self.counts):
            if self.choices is not None:
                yield from self.choices.selections(Fraction(size))


@dataclass(frozen=True, eq=False)
class ChosenMendings:
    """What would mend it where open inputs are chosen in one of the ways there are; no inputs: as they are."""

    choice: Choice
    found: Mendings


def mendings_by_choice(aim: Aim) -> tuple[ChosenMendings, ...]:
    """The minimal sets for each choice of the open inputs; a single one where nothing is open, or too much to try."""
    choices = () if aim.is_reached else choices_of(aim)
    return tuple(ChosenMendings(choice, mendings(choice.aim)) for choice in choices or (Choice({}, aim),))


def mendings(aim: Aim) -> Mendings:
    """The minimal sets of clauses that stand between an assessment and a goal, with all inputs as they are."""
    if aim.is_reached:
        return _told([Choices({NOTHING: 1})], complete=True)
    try:
        terrain = explored(stretch_of(clauses_alone(aim)), MOST_STEPS)
    except TooManyStatesError:
        return _told([], complete=False)
    if terrain.reached == MISSED:
        return replace(_told([], complete=not terrain.is_open), left_open=aim.left_open if terrain.is_open else {})
    try:
        goal = [1 << i if i == terrain.reached else 0 for i in range(len(terrain.states[-1]))]
        found = [choices for _, choices in _along(terrain, goal).items()]
    except TooManyStatesError:
        return _told([least_costs(terrain)[id(terrain)][-1][terrain.reached]], complete=False)
    return _told(found, complete=True)


def _told(found: list[Choices], *, complete: bool) -> Mendings:
    counts: dict[Fraction, int] = {}
    last = []
    for choices in found:
        last += choices.last
        for size, number in choices.counts.items():
            counts[size] = counts.get(size, 0) + number
    told = {int(size): number for size, number in counts.items()}
    return Mendings(told, complete, Choices(counts, last) if found else None)


# --- what can do what another can -------------------------------------------------------------------------------------

#: for each state those that can do what it can, itself included, as bits; 0: it can do nothing at all
_Above: TypeAlias = list[int]


def _aboves(terrain: Terrain, last: _Above) -> list[_Above]:
    """For the states before each stage, and after the last, which can do what each can."""
    found = [last]
    for rows in reversed(terrain.leads):
        found.append(_before(rows, found[-1]))
    return found[::-1]


def _before(rows: tuple[tuple[int, ...], ...], after: _Above) -> _Above:
    """The same one stage earlier: with each choice it leads to something that can do what the other's can."""
    found = [(1 << len(rows)) - 1] * len(rows)
    hopeless = [True] * len(rows)
    for choice in range(len(rows[0]) if rows else 0):
        leading: dict[int, int] = {}
        for i, row in enumerate(rows):
            leading[row[choice]] = leading.get(row[choice], 0) | 1 << i
        for end, those in leading.items():
            if end == MISSED or not after[end]:
                continue
            able = 0
            for other, others in leading.items():
                if other != MISSED and after[end] >> other & 1:
                    able |= others
            for i in _bits(those):
                found[i] &= able
                hopeless[i] = False
    return [0 if none else able for able, none in zip(found, hopeless, strict=True)]


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _between_choices(rows: tuple[tuple[int, ...], ...], after: _Above) -> _Above:
    """Which choices of a stage can do what each can, whatever state they are made in."""
    number = len(rows[0])
    found = []
    for one in range(number):
        able = (1 << number) - 1
        useful = False
        for row in rows:
            end = row[one]
            if end != MISSED and after[end]:
                useful = True
                able &= sum(1 << other for other, e in enumerate(row) if e != MISSED and after[end] >> e & 1)
        found.append(able if useful else 0)
    return found


# --- going along ------------------------------------------------------------------------------------------------------

#: a state, and those to which proper parts of the same choice lead, as bits
_Pair: TypeAlias = tuple[int, int]


def _along(terrain: Terrain, last: _Above) -> dict[_Pair, Choices]:
    """All pairs after the last stage, with the choices that lead there."""
    aboves = _aboves(terrain, last)
    pairs: dict[_Pair, Choices] = {(0, 0): Choices({NOTHING: 1})} if aboves[0][0] else {}
    for stage, rows in enumerate(terrain.leads):
        above = aboves[stage + 1]
        options = _options(terrain, stage, above)
        trimmed = _Trimmed(above)
        after: dict[_Pair, Choices] = {}
        for (state, parts), choices in pairs.items():
            for option, pair in _on(rows, state, parts, options, trimmed):
                _add(after, pair, choices, option)
        if len(after) > MOST_PAIRS:
            raise TooManyStatesError
        pairs = after
    return pairs


class _Trimmed(dict[int, int]):
    """Of some states those that none of the others can replace; of several that can do the same the first."""

    def __init__(self, above: _Above) -> None:
        self.above = above
        self.first = [able and min(i for i in _bits(able) if above[i] == able) for able in above]

    def __missing__(self, states: int) -> int:
        kept = 0
        for i in _bits(states):
            if self.above[i]:
                kept |= 1 << self.first[i]
        for i in _bits(kept):
            if self.above[i] & kept & ~(1 << i):
                kept &= ~(1 << i)
        self[states] = kept
        return kept


#: a choice, its number, and the numbers of the choices that are proper parts of it
_Choice: TypeAlias = tuple[Option, int, tuple[int, ...]]


def _options(terrain: Terrain, stage: int, above: _Above) -> list[_Choice]:
    part, inner = terrain.stretch.parts[stage], terrain.inner[stage]
    if isinstance(part, Kind):
        return [(option, i, tuple(range(i))) for i, option in enumerate(options_of(part))]
    assert inner is not None
    ends = _along(inner, _between_choices(terrain.leads[stage], above))
    return [(Option(c.counts, None, c), end, tuple(_bits(parts))) for (end, parts), c in ends.items()]


def _on(
    rows: Sequence[Sequence[int]], state: int, parts: int, options: list[_Choice], trimmed: _Trimmed
) -> Iterator[tuple[Option, _Pair]]:
    """Where a state goes with each choice, and where its parts go; not where a part can do as much."""
    own, of_parts = rows[state], [rows[p] for p in _bits(parts)]
    images: dict[int, int] = {}
    for option, number, lower in options:
        reached = own[number]
        if reached == MISSED or not trimmed.above[reached]:
            continue
        for each in (number, *lower):
            if each not in images:
                images[each] = _mask(row[each] for row in of_parts)
        below = images[number] | _mask(own[x] for x in lower)
        for each in lower:
            below |= images[each]
        below = trimmed[below]
        if not below & trimmed.above[reached]:
            yield option, (trimmed.first[reached], below)


def _mask(states: Iterator[int]) -> int:
    mask = 0
    for state in states:
        if state != MISSED:
            mask |= 1 << state
    return mask


def _add(after: dict[_Pair, Choices], pair: _Pair, choices: Choices, option: Option) -> None:
    known = after.setdefault(pair, Choices({}))
    known.last.append((choices, option))
    for size, number in choices.counts.items():
        for more, ways in option.costs.items():
            known.counts[size + more] = known.counts.get(size + more, 0) + number * ways
