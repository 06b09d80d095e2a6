"""Whether another reading of the text would change an outcome: every combination of those that can matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from guiju.compiler.ir import UNKNOWN, Program, Reading, Value
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


def _combinations(
    active: tuple[Reading, ...], chosen: Mapping[str, str], complete: bool
) -> Iterator[dict[str, str]]:
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


def _covered(
    changed: Mapping[str, str], outcomes: Mapping[str, frozenset[Value]], found: list[Alternative]
) -> bool:
    """Whether fewer changes already lead to the same."""
    return any(a.outcomes == outcomes and a.readings.items() <= changed.items() for a in found)


def _active(assessment: Assessment) -> tuple[Reading, ...]:
    """The readings that an outcome still depends on when all that can matter are left open together."""
    program = assessment.program
    candidates = tuple(r for r in program.readings if not _only_clauses_and_same(assessment, r))
    network = network_of(program)
    chosen = {r: o for r, o in assessment.readings.items() if r not in {c.id for c in candidates}}
    values, _ = settle(network, assessment.bound, chosen)
    below = open_below(network, values, (network.at[o] for o in program.outcomes))
    return tuple(r for r in candidates if network.at.get(f"reading:{r.id}") in below)


def _only_clauses_and_same(assessment: Assessment, reading: Reading) -> bool:
    """Whether a reading patches clauses only, and none of them comes out differently under any option."""
    program, bound = assessment.program, assessment.bound
    network = network_of(program)
    index = network.at.get(f"reading:{reading.id}")
    if index is None:
        return True
    users = {n.index for n in network.nodes if index in n.operands}
    if any(not network.nodes[u].address.startswith("clause:") for u in users):
        return False
    if _patches_open_clause(assessment, reading, program):
        return False
    for option in reading.options:
        _, clauses = settle(network, bound, {**assessment.readings, reading.id: option.id})
        if any(_shape(clauses[c]) != _shape(assessment.clauses[c]) for c in clauses):
            return False
    return True


def _shape(result: object) -> tuple[object, ...]:
    """What of a clause's result can reach an outcome: its verdict, and whether facts may still decide it."""
    verdict = getattr(result, "verdict", None)
    return (verdict, getattr(result, "reason", None) if verdict is UNKNOWN else None)


def _patches_open_clause(assessment: Assessment, reading: Reading, program: Program) -> bool:
    """Whether a clause that the reading patches is open; then its sets under the options must be compared in full."""
    network = network_of(program)
    index = network.at[f"reading:{reading.id}"]
    patched = {n.address.split("/")[0] for n in network.nodes if index in n.operands}
    return any(assessment.values[network.at[address]] is UNKNOWN for address in patched)


