"""Whether another reading of the text would change an outcome: every combination of those that can matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from guiju.compiler.ir import Reading, Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, Memory, outcome_values, settle
from guiju.engine.network import network_of, open_below

MOST_COMBINATIONS = 384
MOST_OPEN = 40  # undecided clauses that matter; beyond that no combination is tried unless asked for


@dataclass(frozen=True)
class Alternative:
    """Options other than the ones assessed under, and the outcome values they lead to."""

    readings: Mapping[str, str]
    outcomes: Mapping[str, frozenset[Value]]


@dataclass(frozen=True)
class ReadingEffects:
    """What other readings do. `complete` False: beyond the limit only single readings were tried.

    `changing` are the combinations with other outcomes, those with the fewest changes first; of several that change
    the same outcome to the same values, supersets are left out. `inert` readings cannot matter for this evidence.
    """

    active: tuple[str, ...]
    inert: tuple[str, ...]
    combinations: int
    tried: int
    complete: bool
    changing: tuple[Alternative, ...]
    reachable: Mapping[str, frozenset[Value]]


def reading_effects(assessment: Assessment, limit: int = MOST_COMBINATIONS) -> ReadingEffects:
    """Try the combinations of readings that this evidence leaves open."""
    program, bound = assessment.program, assessment.bound
    active = _active(assessment)
    names = tuple(r.id for r in active)
    combinations = 1
    for reading in active:
        combinations *= len(reading.options)
    complete = combinations <= limit
    too_open = limit == MOST_COMBINATIONS and _open_clauses(assessment) > MOST_OPEN
    here = _here(assessment)
    reachable: dict[str, set[Value]] = {outcome: set(values) for outcome, values in here.items()}
    changing: list[Alternative] = []
    tried = 0
    memory: Memory = {}
    for changed in () if too_open else _combinations(active, assessment.readings, complete):
        outcomes = _under(bound, {**assessment.readings, **changed}, memory)
        tried += 1
        for outcome, values in outcomes.items():
            reachable[outcome] |= values
        if outcomes != here and not _covered(changed, outcomes, changing):
            changing.append(Alternative(changed, outcomes))
    inert = tuple(r.id for r in program.readings if r.id not in names)
    return ReadingEffects(
        names,
        inert,
        combinations,
        tried + 1,
        combinations == tried + 1,
        tuple(changing),
        {outcome: frozenset(values) for outcome, values in reachable.items()},
    )


def _open_clauses(assessment: Assessment) -> int:
    network = network_of(assessment.program)
    below = open_below(network, assessment.values, (network.at[o] for o in assessment.program.outcomes))
    return sum(network.at[f"clause:{r.clause}"] in below for r in assessment.undecided)


def _here(assessment: Assessment) -> dict[str, frozenset[Value]]:
    return {o: frozenset(assessment.possible(o).values) for o in assessment.program.outcomes}


def _under(bound: Bound, readings: Mapping[str, str], memory: Memory) -> dict[str, frozenset[Value]]:
    return {outcome: frozenset(p.values) for outcome, p in outcome_values(bound, readings, memory).items()}


def _combinations(active: tuple[Reading, ...], chosen: Mapping[str, str], complete: bool) -> Iterator[dict[str, str]]:
    """The other combinations, those with the fewest changes first; beyond the limit single changes only."""
    others = [[o.id for o in r.options if o.id != chosen[r.id]] for r in active]
    if not complete:
        yield from ({r.id: option} for r, options in zip(active, others, strict=True) for option in options)
        return
    every = [(chosen[r.id], *options) for r, options in zip(active, others, strict=True)]
    changes = [
        {r.id: option for r, option in zip(active, row, strict=True) if option != chosen[r.id]}
        for row in product(*every)
    ]
    yield from sorted((c for c in changes if c), key=len)


def _covered(changed: Mapping[str, str], outcomes: Mapping[str, frozenset[Value]], found: list[Alternative]) -> bool:
    """Whether fewer changes already lead to the same."""
    return any(a.outcomes == outcomes and a.readings.items() <= changed.items() for a in found)


def _active(assessment: Assessment) -> tuple[Reading, ...]:
    """The readings that an outcome may depend on when all of them are left open together.

    An attested clause is decided while its facts are open, and yet a reading may turn its facts against the
    attestation; so what attested clauses stand on is looked at as well.
    """
    program, network = assessment.program, assessment.network
    values, clauses = settle(network, assessment.bound, {})
    attested = (network.node(f"clause:{c}") for c, r in clauses.items() if r.attestations)
    targets = (*(network.at[o] for o in program.outcomes), *(o for node in attested for o in node.operands))
    below = open_below(network, values, targets)
    return tuple(r for r in program.readings if network.at.get(f"reading:{r.id}") in below)
