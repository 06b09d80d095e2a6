"""Diagrams that only count: whatever is asked next, each way from a place adds one to a number, or nothing.

Such a diagram has a place for each number after each letter, so it grows with the square of the letters; what it comes
to is told by two sums (`ends`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.engine.columnar.diagram import Diagram, End, Fork, Meeting, Place

FEWEST = 12  # letters: fewer are passed with fewer operations than they are counted


@dataclass(frozen=True)
class Ways:
    """What is asked at one place, and at all others that are met after as many letters: what adds nothing, what one."""

    place: Fork | Meeting
    passing: frozenset[Any]
    counting: frozenset[Any]


@dataclass(frozen=True)
class Count:
    """What is asked one after the other, and where each number leads, from none to all."""

    ways: tuple[Ways, ...]
    ends: tuple[Hashable, ...]


def count_of(diagram: Diagram, start: Place) -> Count | None:
    """A diagram as a count; None where it does anything else, or has less to ask than pays."""
    here, found = [start], list[Ways]()  # the place of each number so far
    while not isinstance(diagram.places[here[0]], End):
        made = [diagram.places[place] for place in here]
        after = _after(made) if len({_asked(one) for one in made}) == 1 else None
        if after is None:
            return None
        here, ways = after
        found.append(ways)
    ends = [diagram.places[place] for place in here]
    if len(found) < FEWEST or not all(isinstance(end, End) for end in ends):
        return None
    return Count(tuple(found), tuple(end.value for end in ends if isinstance(end, End)))


def _asked(made: End | Fork | Meeting) -> Hashable:
    """What a place asks, None where it asks nothing or leaves open which way is gone."""
    match made:
        case Fork(asked, _) if asked is not None:
            return Fork, asked
        case Meeting(part, _):
            return Meeting, part
    return made, None


def _after(made: list[Any]) -> tuple[list[Place], Ways] | None:
    """The places after one more letter, by number, where each way adds one or nothing, whatever the number."""
    leads: list[Mapping[frozenset[Any], Place]] = [
        {} if isinstance(one, End) else {letters: lead for lead, letters in one.ways} for one in made
    ]
    letters = sorted(leads[0], key=lambda several: sorted(map(str, several)))  # so that counts of the same are the same
    if len(letters) != 2 or any(lead.keys() != leads[0].keys() for lead in leads):
        return None
    for passing, counting in (letters, letters[::-1]):
        numbers = [lead[passing] for lead in leads]
        if [lead[counting] for lead in leads[:-1]] == numbers[1:] and leads[-1][counting] not in numbers:
            return [*numbers, leads[-1][counting]], Ways(made[0], passing, counting)
    return None
