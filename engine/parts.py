"""Which parts of a sweep stand for themselves: what meets the rest in the same places is swept by itself first.

An *element* is an open clause with the facts that it stands on and the few other clauses that share them, or what a
relation holds together. Elements that meet others in the same nodes, as do clauses that the same counts look at or
subdomains of one domain, make a part. All that the rest sees of it is how far those counts and sums have come, so it
leaves few combinations behind, however many elements it has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_SHARING = 6  # clauses of one element: as they share facts, all their verdicts together are kept

_SEVERAL = -1  # stands on more than one element, or part

#: of each node the open operands that need a step
_Below = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Parts:
    """For the open nodes that belong to one element, or stand on one part alone, which it is."""

    element: Mapping[int, int] = field(default_factory=dict)
    part: Mapping[int, int] = field(default_factory=dict)


def parts_of(needed: Sequence[int], below: _Below, clauses: Collection[int], together: Mapping[int, int]) -> Parts:
    """The elements and the parts of a sweep.

    `needed` has operands before their users; what is `together` has the same mark.
    """
    elements = _elements(needed, below, clauses, together)
    standing_on = _homes(needed, below, elements)
    meets: dict[int, set[int]] = {}
    for index in needed:
        if standing_on[index] == _SEVERAL:
            for operand in below[index]:
                meets.setdefault(standing_on[operand], set()).add(index)
    meets.pop(_SEVERAL, None)
    numbers: dict[frozenset[int], int] = {}
    part = {one: numbers.setdefault(frozenset(at), len(numbers)) for one, at in meets.items()}
    homes = _homes(needed, below, {i: part.get(one, _SEVERAL) for i, one in elements.items()})
    return Parts(_without_several(elements), _without_several(homes))


def _without_several(homes: Mapping[int, int]) -> dict[int, int]:
    return {index: home for index, home in homes.items() if home != _SEVERAL}


def _elements(
    needed: Sequence[int], below: _Below, clauses: Collection[int], together: Mapping[int, int]
) -> dict[int, int]:
    """The element of everything that is at or below a clause, or chosen by itself; of too many clauses no element."""
    inner = set(clauses)
    for index in reversed(needed):
        if index in inner:
            inner.update(below[index])
    element: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    joined: dict[int, int] = {}
    for index in needed:
        operands = below[index]
        if index not in inner and operands:
            continue
        mark = joined.setdefault(together[index], index) if index in together else index
        element[index] = element.get(mark, index)
        members.setdefault(element[index], []).append(index)
        for other in {element[o] for o in operands} - {element[index]}:
            for member in members[other]:
                element[member] = element[index]
            members[element[index]] += members.pop(other)
    large = {one for one, nodes in members.items() if sum(n in clauses for n in nodes) > MOST_SHARING}
    return {index: _SEVERAL if one in large else one for index, one in element.items()}


def _homes(needed: Sequence[int], below: _Below, own: Mapping[int, int]) -> dict[int, int]:
    """What each node stands on, where that is one thing."""
    homes: dict[int, int] = {}
    for index in needed:
        stands_on = {own[index]} if index in own else {homes[o] for o in below[index]}
        homes[index] = stands_on.pop() if len(stands_on) == 1 else _SEVERAL
    return homes


@dataclass(frozen=True)
class SoFar:
    """How far a fold has come over the operands of one part; those of equal folds serve alike when it goes on."""

    value: Any
    operands: tuple[Any, ...] = field(compare=False)  # linked: the last, and those before it

    def and_then(self, combine: Callable[[Any, Any], Any], so_far: Any) -> Any:
        """What these operands make of a fold that has come so far elsewhere."""
        linked = self.operands
        while linked:
            operand, linked = linked
            so_far = combine(so_far, operand)
        return so_far

    def with_(self, combine: Callable[[Any, Any], Any], operand: Any) -> SoFar:
        """The same, one operand on."""
        return SoFar(combine(self.value, operand), (operand, self.operands))
