"""The rows at each end of a diagram: from place to place, a plane for each; what only counts is counted in binary."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from heapq import heappop, heappush
from typing import Any, TypeAlias

from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit
from guiju.engine.columnar.counting import Ways, count_of
from guiju.engine.columnar.diagram import Diagram, End, Fork, Meeting, Place
from guiju.engine.columnar.weighed import at_least_each

#: the plane of the rows that may have one of some letters
Allowing: TypeAlias = Callable[[Hashable, frozenset[Any]], int]
#: the plane of the rows in which one of some ways leads on from a place
_Open: TypeAlias = Callable[[Fork | Meeting, frozenset[Any]], int]


def planes_of(diagram: Diagram, start: Place, circuit: Circuit, allowing: Allowing) -> dict[Hashable, int]:
    """For each end the plane of the rows for which some completion leads to it."""

    @cache
    def part(begins: Place) -> dict[Hashable, int]:
        return planes_of(diagram, begins, circuit, allowing)

    def is_open(made: Fork | Meeting, letters: frozenset[Any]) -> int:
        if isinstance(made, Meeting):
            return circuit.any_of(part(made.part).get(n, EMPTY) for n in sorted(letters))
        return FULL if made.asked is None else allowing(made.asked, letters)

    count = count_of(diagram, start)
    if count is None:
        return _passed(diagram, start, circuit, is_open)
    return _counted(circuit, [_opened(ways, is_open) for ways in count.ways], count.ends)


def _opened(ways: Ways, is_open: _Open) -> tuple[int, int]:
    return is_open(ways.place, ways.passing), is_open(ways.place, ways.counting)


def _passed(diagram: Diagram, start: Place, circuit: Circuit, is_open: _Open) -> dict[Hashable, int]:
    """From place to place: the rows at one are those at any before it that have a way from there."""
    at: dict[Place, int] = {start: FULL}
    ends: dict[Hashable, int] = {}
    waiting = [-start]
    while waiting:
        here = -heappop(waiting)  # the latest first: what leads to a place was made after it
        if here not in at:
            continue
        plane, made = at.pop(here), diagram.places[here]
        if isinstance(made, End):
            ends[made.value] = plane
            continue
        for lead, letters in made.ways:
            at[lead] = circuit.either(at.get(lead, EMPTY), circuit.both(plane, is_open(made, letters)))
            heappush(waiting, -lead)
    return ends


def _counted(circuit: Circuit, ways: list[tuple[int, int]], ends: tuple[Hashable, ...]) -> dict[Hashable, int]:
    """By how many may count and how many must: all between these is reachable, as each goes its own way."""
    is_open = FULL
    for passing, counting in ways:
        is_open = circuit.both(is_open, circuit.either(passing, counting))
    most = at_least_each(circuit, [counting for _, counting in ways])
    least = at_least_each(circuit, [circuit.neither(passing) for passing, _ in ways])
    between = (circuit.both(may, circuit.neither(must)) for may, must in zip(most, (*least[1:], EMPTY), strict=True))
    return {end: circuit.both(is_open, plane) for end, plane in zip(ends, between, strict=True)}
