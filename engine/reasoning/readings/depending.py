"""Whether another reading of the text would change an outcome: every combination of those that can matter.

A reading of one subdomain's clauses changes that subdomain's scores and nothing else. So each part of the network
that shares nothing open with the rest is settled under its own readings only, and of the combinations under which
every part comes to the same, one is assessed for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, islice, product
from math import prod
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Reading, Value
from guiju.engine.domains import Domains
from guiju.engine.evaluate import Assessment, settle, settle_nodes
from guiju.engine.modules import Module, modules_of
from guiju.engine.network import Node, open_below
from guiju.engine.possible import Known, Possible, Relation
from guiju.engine.reachable import Memory, contested_standing, outcomes_of, standing_of, swept_modules
from guiju.engine.reasoning.readings.contestable import contestable, opened
from guiju.engine.reasoning.readings.touched import Touched
from guiju.engine.reasoning.readings.witnessed import Witnesses
from guiju.engine.sweep import sweep
from guiju.engine.verdicts import ClauseResult

MOST_COMBINATIONS = 20_000
MOST_OPEN = 40  # undecided clauses that matter; beyond that single changes only are tried unless more is asked for
MOST_OF_OPEN = 100  # combinations that are tried even so when all are asked for,
MOST_SWEPT = 20  # and of these the ones that no witness answers: each takes a sweep of its own
ALL = 10**9  # as a limit: try all, or as many as can be


@dataclass(frozen=True)
class Alternative:
    """Options other than the ones assessed under, and the outcome values they lead to; of the `enclosed` at most."""

    readings: Mapping[str, str]
    outcomes: Mapping[str, frozenset[Value]]
    enclosed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReadingEffects:
    """What other readings do. `complete` False: of the combinations only those with the fewest changes were tried.

    `changing` are the combinations with other outcomes, those with the fewest changes first; of several that change
    the same outcome to the same values, supersets are left out. `inert` readings cannot matter for this evidence.
    `each` is every combination that was tried, the one assessed under first: the changes, and what they lead to.
    """

    active: tuple[str, ...]
    inert: tuple[str, ...]
    combinations: int
    tried: int
    complete: bool
    changing: tuple[Alternative, ...]
    reachable: Mapping[str, frozenset[Value]]
    each: tuple[Alternative, ...] = field(repr=False)


def reading_effects(assessment: Assessment, limit: int = MOST_COMBINATIONS) -> ReadingEffects:
    """Try the combinations of readings that this evidence leaves open."""
    program = assessment.program
    active = _active(assessment)
    names = tuple(r.id for r in active)
    number = prod(len(reading.options) for reading in active)
    single = sum(len(reading.options) - 1 for reading in active)
    too_open = _open_clauses(assessment) > MOST_OPEN
    enough = number if number <= limit else single
    most = max(single, MOST_OF_OPEN if limit == ALL else 0) if too_open else enough
    here = _here(assessment)
    reachable: dict[str, set[Value]] = {outcome: set(values) for outcome, values in here.items()}
    changing: list[Alternative] = []
    each = [Alternative({}, here)]
    swept = 0
    touched = Touched(assessment.network, [r.id for r in active])
    trial, witnesses = _Trial(assessment, active, touched), Witnesses(assessment)
    for changed in islice(_combinations(active, assessment.readings), most):
        readings = {**assessment.readings, **changed}
        outcomes, enclosed = witnesses.outcomes(readings), frozenset[str]()
        if outcomes is None:
            if too_open and len(each) > single and swept >= MOST_SWEPT:
                break
            possible, swept = trial.outcomes(readings), swept + 1
            outcomes = {o: frozenset(p.values) for o, p in possible.items()}
            enclosed = frozenset(o for o, p in possible.items() if not p.exact)
        each.append(found := Alternative(changed, outcomes, enclosed))
        for outcome, values in outcomes.items():
            reachable[outcome] |= values
        if outcomes != here and not _covered(found, changing):
            changing.append(found)
    inert = tuple(r.id for r in program.readings if r.id not in names)
    return ReadingEffects(
        names,
        inert,
        number,
        len(each),
        number == len(each),
        tuple(changing),
        {outcome: frozenset(values) for outcome, values in reachable.items()},
        tuple(each),
    )


def _open_clauses(assessment: Assessment) -> int:
    network = assessment.network
    below = open_below(network, assessment.values, (network.at[o] for o in assessment.program.outcomes))
    return sum(network.at[f"clause:{r.clause}"] in below for r in assessment.undecided)


def _here(assessment: Assessment) -> dict[str, frozenset[Value]]:
    return {o: frozenset(assessment.possible(o).values) for o in assessment.program.outcomes}


def _combinations(active: tuple[Reading, ...], chosen: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The other combinations one by one, those with the fewest changes first; of as many, the last readings first."""
    others = {r.id: [o.id for o in r.options if o.id != chosen[r.id]] for r in reversed(active)}
    for number in range(1, len(active) + 1):
        for changed in combinations(others, number):
            for options in product(*(others[r] for r in changed)):
                yield dict(reversed(list(zip(changed, options, strict=True))))


def _covered(one: Alternative, found: list[Alternative]) -> bool:
    """Whether fewer changes already lead to the same, and as surely."""
    fewer = (a for a in found if a.readings.items() <= one.readings.items())
    return any(a.outcomes == one.outcomes and a.enclosed <= one.enclosed for a in fewer)


def _active(assessment: Assessment) -> tuple[Reading, ...]:
    """The readings that an outcome may depend on when all of them are left open together.

    An attested clause is decided while its facts are open, and yet a reading may turn its facts against the
    attestation; so what attested clauses stand on is looked at as well, and a clause that is contested under some of
    the readings is open.
    """
    program, network = assessment.program, assessment.network
    values, clauses = settle(network, assessment.bound, {})
    attested = tuple(network.node(f"clause:{c}") for c, r in clauses.items() if r.attestations)
    decided = [node for node in attested if values[node.index] is not UNKNOWN]
    values = opened(network, values, contestable(assessment, decided), frozenset(n.index for n in attested))
    targets = (*(network.at[o] for o in program.outcomes), *(o for node in attested for o in node.operands))
    below = open_below(network, values, targets)
    return tuple(r for r in program.readings if network.at.get(f"reading:{r.id}") in below)


# --- one combination -----------------------------------------------------------------------------------------------


#: the values of a part's interface, and how the open ones go together
_Shown: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class _Part:
    """Nodes that readings touch and that share nothing open with the rest, and the readings that they stand on."""

    module: Module
    nodes: frozenset[int]
    readings: tuple[str, ...]
    numbers: dict[object, int] = field(default_factory=dict)  # of what it shows under its readings


class _Trial:
    """The outcomes under one combination of readings after another; what does not change is not done again."""

    def __init__(self, assessment: Assessment, active: tuple[Reading, ...], touched: Touched) -> None:
        self._assessment, self._network = assessment, assessment.network
        self._memory: Memory = {}
        self._outcomes: dict[object, dict[str, Possible]] = {}
        at = [self._network.at[f"reading:{r.id}"] for r in active]
        self._given = tuple(self._network.nodes[i] for i in at)
        self._touched, stands_on = touched, touched.stands_on.keys()
        self._open = open_ = [UNKNOWN if i in stands_on else v for i, v in enumerate(assessment.values)]
        self._targets = targets = [self._network.at[o] for o in assessment.program.outcomes]
        tied = self._tied(open_)
        modules = [m for m in modules_of(self._network, open_, targets, frozenset(at)) if not m.inner & tied]
        self._parts = tuple(self._part(m, frozenset(m.inner & stands_on)) for m in modules if m.inner & stands_on)
        below = open_below(self._network, open_, targets) & stands_on - set(at)
        self._nodes = frozenset(below)
        top = below.difference(*(m.inner for m in modules))
        self._top_readings = self._readings(top)
        self._looked_at: dict[tuple[str, ...], tuple[tuple[int, ...], ...]] = {}
        self._numbers: dict[_Shown, int] = {}

    def _tied(self, open_: list[Value]) -> set[int]:
        """The open nodes below attested clauses: a part that shares one of them is not for itself."""
        clauses = (self._network.node(f"clause:{c}") for c, r in self._assessment.clauses.items() if r.attestations)
        below = open_below(self._network, open_, (o for node in clauses for o in node.operands))
        return {i for i in below if self._assessment.values[i] is UNKNOWN}

    def _readings(self, nodes: frozenset[int] | set[int]) -> tuple[str, ...]:
        used = {o for i in nodes for o in self._network.nodes[i].operands}
        return tuple(_reading_of(n) for n in self._given if n.index in used)

    def _part(self, module: Module, touched: frozenset[int]) -> _Part:
        return _Part(module, touched, self._readings(touched))

    def outcomes(self, readings: Mapping[str, str]) -> dict[str, Possible]:
        """What every outcome can be under these readings."""
        top = tuple([readings[r] for r in self._top_readings])
        seen = zip(self._parts, self._interfaces(top), strict=True)
        key = (tuple([self._shown(part, readings, interface) for part, interface in seen]), top)
        if key not in self._outcomes:
            self._outcomes[key] = outcomes_of(self._known(self._nodes, readings), self._memory)
        return self._outcomes[key]

    def _shown(self, part: _Part, readings: Mapping[str, str], interface: tuple[int, ...]) -> int:
        """What the rest sees of a part: two combinations that differ in nothing here are the same to it."""
        chosen = (tuple([readings[r] for r in part.readings]), interface)
        if chosen not in part.numbers:
            known = self._known(part.nodes, readings, tied=False)
            values = tuple(known.values[i] for i in interface)
            shown = (values, *_joined(self._together(known, interface)))
            part.numbers[chosen] = self._numbers.setdefault(shown, len(self._numbers))
        return part.numbers[chosen]

    def _together(self, known: Known, interface: tuple[int, ...]) -> tuple[Relation, ...]:
        """How the open nodes of an interface go together; under settled readings it may fall into several modules."""
        domains = Domains(known.network, known.values, interface)
        modules = swept_modules(known, interface, domains, self._memory)
        relations = tuple(r for swept in modules for r in swept.relations)
        shown = {n for r in relations for n in r.nodes}
        if all(i in shown for i in interface if known.values[i] is UNKNOWN):
            return relations
        return sweep(known, interface, relations, domains=domains).relations

    def _interfaces(self, top: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
        """What of each part those nodes may look at that stand above all parts, under their own readings."""
        if top not in self._looked_at:
            values = list(self._open)
            for reading, option in zip(self._top_readings, top, strict=True):
                values[self._network.at[f"reading:{reading}"]] = option
            seen = open_below(self._network, values, self._targets)
            parts = (part.module.interface for part in self._parts)
            self._looked_at[top] = tuple(tuple(i for i in interface if i in seen) for interface in parts)
        return self._looked_at[top]

    def _known(self, nodes: frozenset[int], readings: Mapping[str, str], *, tied: bool = True) -> Known:
        """What is known where some nodes are settled under these readings; a part has nothing that is `tied`."""
        values, clauses = list(self._assessment.values), dict(self._assessment.clauses)
        again: tuple[list[Value], dict[str, ClauseResult]] = (values, clauses)
        other = (n for n in self._touched.changed(readings, self._assessment.readings) if n.index in nodes)
        settle_nodes((*self._given, *other), self._network, self._assessment.bound, readings, again)
        bound = self._assessment.bound
        standing = (
            standing_of(values, bound, clauses, self._memory) if tied else contested_standing(values, bound, clauses)
        )
        return Known(self._network, values, standing)


def _reading_of(node: Node) -> str:
    return node.address.removeprefix("reading:")


def _joined(relations: tuple[Relation, ...]) -> tuple[object, ...]:
    """Several relations as one, where that is not too large: what is the same in fewer relations is the same."""
    if prod(len(r.rows) for r in relations) > MOST_COMBINATIONS:
        return tuple((r.nodes, frozenset(r.rows), r.enclosed) for r in relations)
    nodes = [n for r in relations for n in r.nodes]
    order = sorted(range(len(nodes)), key=nodes.__getitem__)
    rows = (tuple(chain.from_iterable(row)) for row in product(*(r.rows for r in relations)))
    return (
        tuple(sorted(nodes)),
        frozenset(tuple([row[i] for i in order]) for row in rows),
        frozenset().union(*(r.enclosed for r in relations)),
    )
