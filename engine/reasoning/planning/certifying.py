"""The certificate of a remedy: the least costs that the search found, for a check that believes none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guiju.engine.reasoning.planning.certificate import (
    Certificate,
    Stage,
    addresses_of,
    asked_of,
    spelled,
    spelled_costs,
)
from guiju.engine.reasoning.planning.changes import Aim, Terms
from guiju.engine.reasoning.planning.cheapest import Layers
from guiju.engine.reasoning.planning.remedy import Remedy
from guiju.engine.reasoning.planning.terrain import Terrain


def certificate_of(aim: Aim, terms: Terms, remedy: Remedy) -> Certificate | None:
    """The certificate of an answer; None where it is not proved."""
    if not remedy.proved:
        return None
    changes = None if remedy.steps is None else {a: spelled(v) for a, v in sorted(remedy.changes.items())}
    choices = tuple(certificate_of(each.choice.aim, terms, each.remedy) for each in remedy.choices)
    missed = {a: spelled(v) for a, v in sorted(remedy.missed.items())} if remedy.missed is not None else None
    by_course = remedy.found if not choices and missed is None else None
    course = _stages(by_course.terrain, by_course.layers) if by_course is not None else ()
    told = asked_of(aim, terms, changes, str(remedy.cost), course)
    return replace(told, choices=tuple(c for c in choices if c is not None), missed=None if choices else missed)


def _stages(terrain: Terrain, layers: Mapping[int, Layers]) -> tuple[Stage, ...]:
    stretch, stages = terrain.stretch, []
    for number, inner in enumerate(terrain.inner):
        states = zip(terrain.states[number], layers[id(terrain)][number], strict=True)
        costs = {state: min(choices.counts) for state, choices in states}
        within = _stages(inner, layers) if inner is not None else ()
        stages.append(Stage(addresses_of(stretch.course, number), within, spelled_costs(stretch.course, number, costs)))
    return tuple(stages)
