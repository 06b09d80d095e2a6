"""The cheapest changes that reach a goal: least costs along a course, module by module, with every cheapest way kept.

The least cost of each state after each stage is what proves the answer: no step of the course undercuts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import TypeAlias

from guiju.engine.reasoning.planning.means import Kind
from guiju.engine.reasoning.planning.stretch import is_counted
from guiju.engine.reasoning.planning.terrain import MISSED, Terrain

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Pick:
    """Of a kind so many members changed; of a single cluster the row that it comes to."""

    kind: Kind
    number: int


#: for each kind of which something is changed, how much
Selection: TypeAlias = tuple[Pick, ...]


@dataclass(eq=False)
class Choices:
    """The ways to a state: how many there are for each cost, and what was chosen last, after which choices."""

    counts: dict[Fraction, int]
    last: list[tuple[Choices, Option]] = field(default_factory=list)

    def selections(self, cost: Fraction) -> Iterator[Selection]:
        """All ways of one cost, one after the other."""
        if not self.last:
            yield ()
        for before, option in self.last:
            for part in option.costs:
                if cost - part in before.counts:
                    yield from (a + b for a in before.selections(cost - part) for b in option.selections(part))


@dataclass(frozen=True, eq=False)
class Option:
    """One choice of a part: what it costs, each with the number of ways; without `pick` a module makes it `inner`."""

    costs: dict[Fraction, int]
    pick: Pick | None = None
    inner: Choices | None = None

    def selections(self, cost: Fraction) -> Iterator[Selection]:
        """What is chosen at this cost."""
        if self.inner is not None:
            yield from self.inner.selections(cost)
        else:
            yield (self.pick,) if self.pick is not None and cost else ()

    @cached_property
    def least(self) -> Fraction:
        """The least that it costs."""
        return min(self.costs)


def options_of(kind: Kind) -> tuple[Option, ...]:
    """What choosing each of the values of a kind costs, and in how many ways it is done."""
    if is_counted(kind):
        number, cost = len(kind.members), kind.members[0].rows[1].cost
        return tuple(Option({n * cost: comb(number, n)}, Pick(kind, n)) for n in range(number + 1))
    return tuple(Option({row.cost: len(row.ways)}, Pick(kind, i)) for i, row in enumerate(kind.members[0].rows))


#: for each stage the cheapest ways to each state after it
Layers: TypeAlias = list[list[Choices]]


def least_costs(terrain: Terrain) -> dict[int, Layers]:
    """The layers of a terrain and of those within it, by the identity of the terrain."""
    found: dict[int, Layers] = {}
    _along(terrain, found)
    return found


def _along(terrain: Terrain, found: dict[int, Layers]) -> Layers:
    before = [Choices({NOTHING: 1})]
    layers: Layers = []
    for part, inner, rows, states in zip(
        terrain.stretch.parts, terrain.inner, terrain.leads, terrain.states, strict=True
    ):
        options = options_of(part) if isinstance(part, Kind) else _as_options(_along(inner, found)[-1] if inner else [])
        after = [Choices({}) for _ in states]
        for choices, row in zip(before, rows, strict=True):
            for reached, option in zip(row, options, strict=True):
                if reached != MISSED:
                    _cheaper(after[reached], choices, option)
        layers.append(after)
        before = after
    found[id(terrain)] = layers
    return layers


def _as_options(ends: list[Choices]) -> tuple[Option, ...]:
    return tuple(Option(c.counts, None, c) for c in ends)


def _cheaper(known: Choices, choices: Choices, option: Option) -> None:
    """Keep the cheapest ways to a state."""
    (cost,) = choices.counts
    total, number = cost + option.least, choices.counts[cost] * option.costs[option.least]
    if not known.counts or total < min(known.counts):
        known.counts, known.last = {total: number}, [(choices, option)]
    elif total in known.counts:
        known.counts[total] += number
        known.last.append((choices, option))
